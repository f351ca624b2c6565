"""What an orchestrator and its agents promise: of answers, of assignments and their tokens, of reports, and of how a workflow ends."""

from __future__ import annotations

from collections.abc import Iterator

from concordant.spec.common import calls as common
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Fair,
    Fault,
    Map,
    Need,
    Rejected,
    Reply,
    Seen,
    Send,
    always,
    always_each,
    at_rest,
    case,
    eventually,
    every_step,
    on_event,
    sometimes,
)
from concordant.spec.workflows.orchestrator import (
    BUSY,
    TAKEN,
    Accepted,
    AgentView,
    Assigned,
    Began,
    Ended,
    Held,
    History,
    Job,
    OrchestratorView,
    Policy,
    Run,
    StageEnded,
    Submit,
    TakenBack,
    TaskAssignment,
    TaskComplete,
    TaskFailed,
)
from concordant.spec.workflows.shared.stages import Stage, StageStatus, complaints, endings, graph, served

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY
NOBODY = Held(Address("nobody"), 0)

# ---- clauses: what is accepted, and what is answered


def wrong(stages: tuple[Stage, ...], policy: Policy) -> Iterator[Rejected]:
    """Yield every reason for which stages are turned down."""
    yield from map(Rejected, complaints(stages, policy.able.values()))
    yield from (Rejected(f"{stage.name} must run alone, which nobody can promise") for stage in stages if stage.exclusive)


@on_event(Accepted, under=ALL)
def what_begins_was_asked_for(before: History, by: Address, event: Accepted) -> Cases:
    """A workflow begins for a client that waits for it, while none is under way, and only if nothing is wrong with its stages."""
    asked = before.calls.open.get(Call(event.client, by))
    reasons = tuple(wrong(event.stages, before.policy))
    right = asked == Submit(event.workflow, event.stages) and before.run(by).is_over and not reasons
    yield case(right, asked=asked, begins=event, under_way=before.run(by), wrong=reasons)


@on_event(Reply, under=ALL)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """A client is told how its workflow ended, also if that was before it asked again, or what is wrong with its request."""
    call = Call(event.to, by)
    asked, awaited = before.calls.open.get(call), bool(before.calls.others(call))
    true = tuple(truths(before.run(by), asked, before.policy, awaited=awaited))
    yield case(event.answer in true, to=event.to, asked=asked, told=event.answer, true=true)


def truths(run: Run, asked: object, policy: Policy, *, awaited: bool) -> Iterator[object]:
    """Yield all that may be answered to a request. `awaited`: whether somebody else waits."""
    if isinstance(asked, Submit):
        same = run.workflow == asked.workflow
        if same and run.stages != asked.stages:
            yield TAKEN
        elif same and run.outcome is not None:
            yield run.outcome
        elif not run.is_over and (awaited or not same):
            yield BUSY
        else:
            yield from wrong(asked.stages, policy)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """Only those who wait are answered: every request once, and nobody else."""
    yield from common.answered_once(seen.history.calls)


# ---- clauses: assignments


@on_event(Assigned, under=ALL)
def precedence(before: History, by: Address, event: Assigned) -> Cases:
    """A stage is assigned only when all that it depends on is done, or is optional and has failed."""
    run = before.run(by)
    known = graph(run.stages)
    right = event.stage in known and served(known[event.stage], known, run.ended)
    yield case(right, assigned=event, ended=run.ended)


@on_event(Assigned, under=ALL)
def tokens_grow(before: History, by: Address, event: Assigned) -> Cases:
    """Every assignment of an orchestrator has a higher token than all before it, also after a crash, and in another workflow."""
    yield case(event.token > before.run(by).token, assigned=event, last=before.run(by).token)


@on_event(Assigned, under=ALL)
def a_stage_has_one_agent(before: History, by: Address, event: Assigned) -> Cases:
    """No stage is assigned while somebody is held for it, or that has ended, or was assigned as often as it may be."""
    run = before.run(by)
    tries = run.tries.get(event.stage, 0)
    right = event.stage not in run.held and event.stage not in run.ended and tries < before.policy.attempts
    yield case(right, assigned=event, held=run.held, ended=run.ended, tries=tries)


@on_event(Assigned, under=ALL)
def an_agent_is_held_for_one_stage(before: History, by: Address, event: Assigned) -> Cases:
    """Whoever is held for a stage has the capability that it needs, and is held for no other."""
    run = before.run(by)
    stage = graph(run.stages).get(event.stage, Stage(event.stage))
    free = event.agent not in (held.agent for held in run.held.values())
    yield case(free and event.agent in before.can_do(stage), assigned=event, held=run.held, able=before.policy.able)


@on_event(Assigned, under=ALL)
def another_is_asked_first(before: History, by: Address, event: Assigned) -> Cases:
    """A stage does not go again to an agent that had it before while another that can do it is free."""
    run = before.run(by)
    gone = run.gone.get(event.stage, frozenset[Address]())
    others = before.can_do(graph(run.stages).get(event.stage, Stage(event.stage))) - gone - {held.agent for held in run.held.values()}
    if gone:
        yield case(event.agent not in gone or not others, assigned=event, gone=gone, others=others)


@on_event(TakenBack, under=ALL)
def only_who_is_held_is_let_go(before: History, by: Address, event: TakenBack) -> Cases:
    """An agent is let go once for each time that it is held; and that it failed is said only if it has done nothing, and is at it no more."""
    held = before.run(by).held.get(event.stage, NOBODY)
    job = Job(by, event.token)
    true = not event.failed or (job in before.begun and job not in before.done and job not in before.at_work)
    yield case(held.token == event.token and true, taken_back=event, held=held, done=before.done, at_work=before.at_work)


@on_event(TakenBack, needs=Need.TIMELY, under=Fault.CRASH | Fault.RECOVERY)
def nobody_is_given_up_who_works(before: History, by: Address, event: TakenBack) -> Cases:
    """Where time tells truly that nothing more is to come, only an agent that has crashed is given up."""
    held = before.run(by).held.get(event.stage, NOBODY)
    if not event.failed:
        yield case(held.agent in before.crashed, taken_back=event, held=held, crashed=before.crashed)


@on_event(Send, under=ALL)
def only_what_is_assigned_is_sent(before: History, by: Address, event: Send) -> Cases:
    """An assignment is sent to the agent that is held for the stage, under its token, with what those before it left; never to anybody else."""
    if isinstance(event.message, TaskAssignment):
        run, sent = before.run(by), event.message
        after = graph(run.stages).get(sent.stage, Stage(sent.stage)).after
        left = Map.of({name: run.results.get(name) for name in after})
        right = run.held.get(sent.stage) == Held(event.to, sent.token) and sent.read == left
        yield case(right, to=event.to, sends=sent, held=run.held, left=left)


# ---- clauses: agents


@on_event(Began, under=ALL)
def what_is_begun_was_given(before: History, by: Address, event: Began) -> Cases:
    """An agent begins what it was given, once, whatever is repeated or late; and nothing older than what it has begun already."""
    later = [job for job, agent in before.begun.items() if agent == by and job.orchestrator == event.job.orchestrator and job >= event.job]
    yield case(before.given.get(event.job) == by and not later, begins=event.job, given=before.given, begun=later)


@on_event(Send, under=ALL)
def what_agents_say_is_true(before: History, by: Address, event: Send) -> Cases:
    """An agent tells who gave it something what came of that; that it failed, only if it is at it no more and has not done it."""
    job = Job(event.to, getattr(event.message, "token", 0))
    match event.message:
        case TaskComplete(_, stage, result):
            right = result == before.done.get(job) and result.startswith(f"{stage} ")
            yield case(right, to=event.to, says=event.message, done=before.done)
        case TaskFailed():
            right = before.begun.get(job) == by and job not in before.done and job not in before.at_work
            yield case(right, to=event.to, says=event.message, done=before.done, at_work=before.at_work)
        case _:
            pass


@always_each(AgentView, under=ALL)
def an_agent_shows_what_it_is_at(view: AgentView, agent: Address, history: History) -> Cases:
    """What an agent is at is known, and so is the last that it has begun for each orchestrator: also after a crash."""
    begun = sorted(job for job, by in history.begun.items() if by == agent)
    last = {job.orchestrator: job.token for job in begun}
    at_work = frozenset(job for job in begun if job in history.at_work)
    yield case(view == AgentView(at_work, Map.of(last)), shown=view, at_work=at_work, last=last)


# ---- clauses: how stages end


@on_event(StageEnded, under=ALL)
def a_result_is_of_the_current_assignment(before: History, by: Address, event: StageEnded) -> Cases:
    """A stage is done once, with the result of the agent that is held for it, under the current token: one that comes late is turned away."""
    run = before.run(by)
    if event.status is StageStatus.DONE:
        current = run.held.get(event.stage, NOBODY)
        yield case(event.token == current.token and Job(by, current.token) in before.done, ended=event, current=current, done=before.done)


@on_event(StageEnded, under=ALL)
def a_stage_ends_as_it_did(before: History, by: Address, event: StageEnded) -> Cases:
    """A stage that is not done has failed if it was assigned as often as it may be, and is skipped if it never can be."""
    run, known = before.run(by), graph(before.run(by).stages)
    tries, stage = run.tries.get(event.stage, 0), graph(run.stages).get(event.stage)
    if event.status is not StageStatus.DONE:
        last = tries == before.policy.attempts and event.stage not in run.held
        hopeless = stage is not None and any(name in run.ended for name in stage.after if not served(Stage("", (name,)), known, run.ended))
        right = event.status is StageStatus.FAILED if last else event.status is StageStatus.SKIPPED and hopeless and not tries
        yield case(right and event.token is None and event.stage not in run.ended, ended=event, tries=tries, before=run.ended)


@always_each(OrchestratorView, under=ALL)
def the_books_are_true(view: OrchestratorView, orchestrator: Address, history: History) -> Cases:
    """An orchestrator knows who is held, how stages ended, and what they left: also after a crash."""
    run = history.run(orchestrator)
    yield case(view == OrchestratorView(run.held, run.ended, run.results, run.is_over), shown=view, so=run)


@always_each(OrchestratorView, under=ALL)
def nothing_waits_beside_a_free_agent(view: OrchestratorView, orchestrator: Address, history: History) -> Cases:
    """A stage that could be assigned does not wait for an agent that is free, and not for stages that do not concern it."""
    run, known = history.run(orchestrator), graph(history.run(orchestrator).stages)
    if not run.is_over:
        ready = [stage for stage in run.stages if stage.name not in {**dict(run.ended.items()), **dict(view.held.items())}]
        waiting = [stage for stage in ready if served(stage, known, run.ended)]
        free = frozenset(history.policy.able) - {held.agent for held in view.held.values()}
        yield case(not any(history.can_do(stage) & free for stage in waiting), waiting=waiting, held=view.held)


@every_step(OrchestratorView, under=ALL)
def what_is_known_stays(before: OrchestratorView, after: OrchestratorView) -> Cases:
    """How a stage has ended, and what it left, stays as it is until the workflow is over, whatever crashes."""
    if not before.is_over:
        kept = {*before.ended.items()} <= {*after.ended.items()} and {*before.results.items()} <= {*after.results.items()}
        yield case(kept, before=before, after=after)


# ---- clauses: the end


@on_event(Ended, under=ALL)
def the_end_tells_how_each_stage_ended(before: History, by: Address, event: Ended) -> Cases:
    """A workflow ends once, nobody is held for it any more, and it is completed if and only if all its mandatory stages are done."""
    run = before.run(by)
    mandatory = [stage.name for stage in run.stages if not stage.optional]
    completed = all(run.ended.get(name) is StageStatus.DONE for name in mandatory)
    right = not run.is_over and not run.held and event == Ended(run.workflow or "", completed, run.ended)
    yield case(right, told=event, ended=run.ended, held=run.held, before=run.outcome)


@on_event(Ended, under=ALL)
def the_outcome_does_not_depend_on_the_order(before: History, by: Address, event: Ended) -> Cases:
    """How every stage ends is a function of the graph and of which fail, whoever was quicker, slower or down."""
    failed = frozenset(name for name, status in event.statuses.items() if status is StageStatus.FAILED)
    due = endings(before.run(by).stages, failed)
    yield case(event.statuses == due, told=event.statuses, failed=failed, due=due)


@at_rest(under=ALL)
def nobody_waits(seen: Seen[History]) -> Cases:
    """At rest nobody waits for a workflow."""
    yield from common.nobody_waits(seen)


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=ALL)
def every_workflow_ends(seen: Seen[History]) -> Cases:
    """Every workflow ends, whatever is lost and whichever agents crash, unless its orchestrator stays down; and nobody is held for ever."""
    unfinished = tuple(who for who, run in seen.history.runs.items() if seen.up(who) and (run.held or not run.is_over))
    yield case(not unfinished, unfinished=unfinished)
    yield from common.nobody_waits(seen)


# ---- what can happen


@sometimes
def two_are_at_one_stage(seen: Seen[History]) -> Cases:
    """An agent that was given up is still at a stage, and another is at it too."""
    work = seen.history.at_work
    yield case(any(one != other and one.orchestrator == other.orchestrator for one in work for other in work))


@sometimes
def who_comes_late_is_turned_away(seen: Seen[History]) -> Cases:
    """A stage was done by an agent that was given up, and again by another, whose result it has."""
    done = seen.history.done
    late = [job for job, result in done.items() if result not in seen.history.run(job.orchestrator).results.values()]
    yield case(any(seen.history.run(job.orchestrator).outcome for job in late), late=late)


@sometimes
def a_workflow_outlives_its_client(seen: Seen[History]) -> Cases:
    """A workflow is completed after a crash of its orchestrator has ended its client's call."""
    yield case(any(run.outcome and run.outcome.completed for run in seen.history.runs.values()) and not seen.history.calls.answered)
