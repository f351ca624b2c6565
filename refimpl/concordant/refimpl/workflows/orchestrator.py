"""An orchestrator and its agents as machines: what each keeps on its disk, and what is forgotten in a crash."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Never, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Move, Process, Step, System, User, step
from concordant.refimpl.workflows.stage_executor import doomed, flaw, may_run
from concordant.spec.vocabulary import Address, Announce, Clause, Effect, Faults, Map, Network, Rejected, Reply, Seen, Send, addresses
from concordant.spec.workflows.orchestrator import (
    BUSY,
    TAKEN,
    Accepted,
    AgentView,
    AskAgain,
    Assigned,
    Began,
    Ended,
    Fails,
    GiveUp,
    Held,
    History,
    Job,
    OrchestratorView,
    Policy,
    Report,
    StageEnded,
    Submit,
    Succeeds,
    TakenBack,
    TaskAssignment,
    TaskComplete,
    TaskFailed,
)
from concordant.spec.workflows.orchestrator import clauses as spec
from concordant.spec.workflows.shared.stages import Stage, StageStatus, graph

# ---- orchestrator


@frozen
class Orchestrating:
    """The last workflow, who is held for which stage, who had it before, and the last token: all on the disk. `client`, who waits, is not."""

    workflow: str | None = None
    stages: tuple[Stage, ...] = ()
    held: Map[str, Held] = Map()
    gone: Map[str, tuple[Address, ...]] = Map()
    ended: Map[str, StageStatus] = Map()
    results: Map[str, str] = Map()
    outcome: Ended | None = None
    token: int = 0
    client: Address | None = None

    @property
    def statuses(self) -> Map[str, StageStatus]:
        """How each stage has ended, or that it has not."""
        return Map.of({stage.name: self.ended.get(stage.name, StageStatus.WAITING) for stage in self.stages})

    @property
    def is_over(self) -> bool:
        """Whether nothing is under way."""
        return self.workflow is None or self.outcome is not None


@frozen
class Orchestrator(Process[Orchestrating, Report, Submit, AskAgain | GiveUp]):
    """Has one workflow at a time carried out by agents."""

    policy: Policy

    def start(self) -> Step[Orchestrating]:
        return step(Orchestrating())

    # ---- requests

    def request(self, state: Orchestrating, client: Address, request: Submit) -> Step[Orchestrating]:
        if request.workflow == state.workflow:
            return self.asked_again(state, client, request)
        if not state.is_over:
            return step(state, Reply(client, BUSY))
        reason = self.refuses(request.stages)
        if reason is not None:
            return step(state, Reply(client, Rejected(reason)))
        begun = Orchestrating(request.workflow, request.stages, token=self.last_token(state), client=client)
        return Step(begun, (Announce(Accepted(client, request.workflow, request.stages)),)).then(self.go_on)

    def asked_again(self, state: Orchestrating, client: Address, request: Submit) -> Step[Orchestrating]:
        if request.stages != state.stages:
            return step(state, Reply(client, TAKEN))
        if state.outcome is not None:
            return step(state, Reply(client, state.outcome))
        return step(evolve(state, client=client)) if state.client is None else step(state, Reply(client, BUSY))

    def refuses(self, stages: tuple[Stage, ...]) -> str | None:
        alone = [f"{stage.name} must run alone, which nobody can promise" for stage in stages if stage.exclusive]
        unable = [f"no worker can do {stage.name}" for stage in stages if not self.able(stage)]
        return next(iter((*alone, *unable)), None) or flaw(stages)

    def able(self, stage: Stage) -> tuple[Address, ...]:
        return tuple(agent for agent, can in self.policy.able.items() if stage.needs in can)

    def last_token(self, state: Orchestrating) -> int:
        return state.token

    # ---- reports and time

    def receive(self, state: Orchestrating, source: Address, message: Report) -> Step[Orchestrating] | None:
        # The hard step: a report counts only if it is of who is held now, under the token of now. An agent that was given up may
        # end what it was at; a report may be a copy, or of a workflow that is over. Its token, which is never used again, tells.
        if not self.is_current(state, source, message):
            return None
        match message:
            case TaskComplete(token, stage, result):
                stored = evolve(state, results=state.results.put(stage, result))
                return self.ended(stored, stage, StageStatus.DONE, token).then(self.go_on)
            case TaskFailed(_, stage):
                return self.take_back(state, stage, failed=True)
            case _:
                assert_never(message)

    def is_current(self, state: Orchestrating, source: Address, message: Report) -> bool:
        return state.held.get(message.stage) == Held(source, message.token)

    def armed(self, state: Orchestrating) -> tuple[AskAgain | GiveUp, ...]:
        return tuple(deadline(stage) for stage in state.held for deadline in (AskAgain, GiveUp))

    def fire(self, state: Orchestrating, trigger: AskAgain | GiveUp) -> Step[Orchestrating]:
        match trigger:
            case AskAgain(stage):
                return step(state, self.assignment(state, stage))
            case GiveUp(stage):
                return self.take_back(state, stage, failed=False)
            case _:
                assert_never(trigger)

    def take_back(self, state: Orchestrating, stage: str, *, failed: bool) -> Step[Orchestrating]:
        held = state.held[stage]
        gone = state.gone.put(stage, (*state.gone.get(stage, ()), held.agent))
        return step(evolve(state, held=state.held.drop(stage), gone=gone), Announce(TakenBack(stage, held.token, failed))).then(self.go_on)

    # ---- what can go on

    def go_on(self, state: Orchestrating) -> Step[Orchestrating]:
        """End what can no longer be done, assign what can be, and end the workflow when nothing is left."""
        after = self.settle(state).then(self.assign)
        return after.then(self.end) if self.is_done(after.state) else after

    def settle(self, state: Orchestrating) -> Step[Orchestrating]:
        for stage in state.stages:
            status = None if stage.name in state.ended else self.hopeless(state, stage)
            if status is not None:
                return self.ended(state, stage.name, status, None).then(self.settle)
        return step(state)

    def hopeless(self, state: Orchestrating, stage: Stage) -> StageStatus | None:
        if len(state.gone.get(stage.name, ())) >= self.policy.attempts:
            return StageStatus.FAILED
        return StageStatus.SKIPPED if doomed(stage, graph(state.stages), state.statuses) else None

    def ended(self, state: Orchestrating, stage: str, status: StageStatus, token: int | None) -> Step[Orchestrating]:
        after = evolve(state, held=state.held.drop(stage), ended=state.ended.put(stage, status))
        return step(after, Announce(StageEnded(stage, status, token)))

    def assign(self, state: Orchestrating) -> Step[Orchestrating]:
        for stage in state.stages:
            agent = self.agent_for(state, stage) if self.is_ready(state, stage) else None
            if agent is not None:
                token = self.last_token(state) + 1
                after = evolve(state, held=state.held.put(stage.name, Held(agent, token)), token=token)
                effects: tuple[Effect, ...] = (Announce(Assigned(stage.name, agent, token)), self.assignment(after, stage.name))
                return Step(after, effects).then(self.assign)
        return step(state)

    def is_ready(self, state: Orchestrating, stage: Stage) -> bool:
        waits = stage.name not in state.ended and stage.name not in state.held
        return waits and may_run(stage, graph(state.stages), state.statuses)

    def agent_for(self, state: Orchestrating, stage: Stage) -> Address | None:
        """Return who is free and can do a stage: one who has not had it, if there is any."""
        busy, gone = [held.agent for held in state.held.values()], state.gone.get(stage.name, ())
        free = [agent for agent in self.able(stage) if agent not in busy]
        return min(free, key=lambda agent: (agent in gone, agent), default=None)

    def assignment(self, state: Orchestrating, stage: str) -> Send:
        held = state.held[stage]
        read = Map.of({before: state.results.get(before) for before in graph(state.stages)[stage].after})
        return Send(held.agent, TaskAssignment(held.token, stage, read))

    def is_done(self, state: Orchestrating) -> bool:
        return len(state.ended) == len(state.stages)

    def end(self, state: Orchestrating) -> Step[Orchestrating]:
        outcome = Ended(state.workflow or "", self.is_complete(state), state.ended)
        told = () if state.client is None else (Reply(state.client, outcome),)
        return step(evolve(state, outcome=outcome, client=None), Announce(outcome), *told)

    def is_complete(self, state: Orchestrating) -> bool:
        return all(state.ended[stage.name] is StageStatus.DONE for stage in state.stages if not stage.optional)

    # ---- crashes

    def survives(self, state: Orchestrating) -> Iterable[Orchestrating]:
        return (evolve(state, client=None),)

    def recover(self, state: Orchestrating) -> Step[Orchestrating]:
        return step(state)  # it asks again in time, who is held and how far that is

    def view(self, state: Orchestrating) -> OrchestratorView:
        return OrchestratorView(state.held, state.ended, state.results, state.is_over)


# ---- agent


@frozen
class Task:
    """The last that an orchestrator has given to an agent, and what it has reported of it; None while it is at it, or if it was cut short."""

    token: int
    stage: str
    report: Report | None = None


@frozen
class Serving:
    """The last task of each orchestrator, on the disk; and for whom it is at work, which a crash ends."""

    tasks: Map[Address, Task] = Map()
    busy: frozenset[Address] = frozenset()


@frozen
class Agent(Process[Serving, TaskAssignment, Never, Succeeds | Fails]):
    """Carries out what each orchestrator gave it last; who asks for that again is told what came of it."""

    def start(self) -> Step[Serving]:
        return step(Serving())

    def receive(self, state: Serving, source: Address, message: TaskAssignment) -> Step[Serving] | None:
        known = state.tasks.get(source)
        if known is None or message.token > known.token:
            return self.begin(state, source, message)
        # Who asks, however late, is told of the last that it gave, once there is something to tell.
        return None if source in state.busy else self.tell(state, source, known.report or self.cut_short(known))

    def cut_short(self, task: Task) -> Report:
        return TaskFailed(task.token, task.stage)

    def begin(self, state: Serving, source: Address, message: TaskAssignment) -> Step[Serving]:
        task = Task(message.token, message.stage)
        after = evolve(state, tasks=state.tasks.put(source, task), busy=state.busy | {source})
        return step(after, Announce(Began(Job(source, message.token))))

    def tell(self, state: Serving, orchestrator: Address, report: Report) -> Step[Serving]:
        return step(state, Send(orchestrator, report))

    def armed(self, state: Serving) -> tuple[Succeeds | Fails, ...]:
        at_work = [(Job(who, state.tasks[who].token), state.tasks[who].stage) for who in sorted(state.busy)]
        return tuple(ending for job, stage in at_work for ending in (Succeeds(job, stage), Fails(job)))

    def fire(self, state: Serving, trigger: Succeeds | Fails) -> Step[Serving]:
        who = trigger.job.orchestrator
        task = state.tasks[who]
        match trigger:
            case Succeeds():
                report: Report = TaskComplete(task.token, task.stage, trigger.result)
            case Fails():
                report = TaskFailed(task.token, task.stage)
            case _:
                assert_never(trigger)
        kept = evolve(state, tasks=state.tasks.put(who, evolve(task, report=report)), busy=state.busy - {who})
        return self.tell(kept, who, report)

    def survives(self, state: Serving) -> Iterable[Serving]:
        return (Serving(state.tasks),)

    def recover(self, state: Serving) -> Step[Serving]:
        return step(state)

    def view(self, state: Serving) -> AgentView:
        at_work = frozenset(Job(who, state.tasks[who].token) for who in state.busy)
        return AgentView(at_work, Map.of({who: task.token for who, task in state.tasks.items()}))


PROMISES: tuple[Clause, ...] = (
    spec.what_begins_was_asked_for,
    spec.an_answer_is_true,
    spec.nobody_is_answered_twice,
    spec.precedence,
    spec.tokens_grow,
    spec.a_stage_has_one_agent,
    spec.an_agent_is_held_for_one_stage,
    spec.another_is_asked_first,
    spec.only_who_is_held_is_let_go,
    spec.nobody_is_given_up_who_works,
    spec.only_what_is_assigned_is_sent,
    spec.what_is_begun_was_given,
    spec.what_agents_say_is_true,
    spec.an_agent_shows_what_it_is_at,
    spec.a_result_is_of_the_current_assignment,
    spec.a_stage_ends_as_it_did,
    spec.the_books_are_true,
    spec.nothing_waits_beside_a_free_agent,
    spec.what_is_known_stays,
    spec.the_end_tells_how_each_stage_ended,
    spec.the_outcome_does_not_depend_on_the_order,
    spec.nobody_waits,
    spec.every_workflow_ends,
)

ORCHESTRATOR, OTHER = addresses("orchestrator", 2)
USER, RIVAL = addresses("user", 2)
ANYTHING = frozenset({"any"})
LOSSY = Network(losses=None, copies=1)


def system(
    *stages: Stage,
    then: tuple[Submit, ...] = (),
    rival: tuple[Submit, ...] = (),
    rival_at: Address = ORCHESTRATOR,
    able: tuple[frozenset[str], ...] = (ANYTHING, ANYTHING),
    attempts: int = 2,
    network: Network = LOSSY,
    faults: Faults = Faults(),
    orchestrator: type[Orchestrator] = Orchestrator,
    agent: type[Agent] = Agent,
    assume: tuple[Callable[[Move, Seen[History]], bool], ...] = (),
    promises: tuple[Clause, ...] = PROMISES,
) -> System[History]:
    """Put an orchestrator, an agent for each place of `able`, and users together: one asks for the workflow w; a rival asks at `rival_at`, if anything."""
    policy = Policy(Map.of(zip(addresses("agent", len(able)), able, strict=True)), attempts)
    scripts = (User(USER, (ORCHESTRATOR,), ((Submit("w", stages),), *((each,) for each in then))),)
    rivals = (User(RIVAL, (rival_at,), tuple((each,) for each in rival)),) if rival else ()
    orchestrators = dict.fromkeys((ORCHESTRATOR, rival_at) if rival else (ORCHESTRATOR,), orchestrator(policy))
    return System(
        {**orchestrators, **{name: agent() for name in policy.able}},
        History(policy),
        promises,
        network,
        faults,
        (*scripts, *rivals),
        assume=assume,
    )
