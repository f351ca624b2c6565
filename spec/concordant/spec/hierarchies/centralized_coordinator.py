"""A coordinator has agents do the subtasks of a task one after the other, and changes the common state by whole tasks only.

Source: Smith and Davis, "Frameworks for Cooperation in Distributed Problem Solving" (1981), of centralized task sharing; Gray, "The
Transaction Concept" (1981), of all or nothing. Agents are those of `supervisor`. Each subtask is given to an agent when it is its
turn: the one of those that can do it, and are not known to be down, that had the fewest in this task.
Assumes: the coordinator does not crash; whoever crashed stays down. One task at a time.
Does not promise: an end, where an agent is down and nobody says so, or a message is lost.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.spec.common import calls as common
from concordant.spec.common.calls import Calls
from concordant.spec.hierarchies.shared.runs import Accepted, Run
from concordant.spec.hierarchies.shared.subtasks import Subtask, complaints
from concordant.spec.hierarchies.supervisor import AgentView, Began, Fails, Given, Succeeds
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
    Suspected,
    always,
    always_each,
    at_rest,
    case,
    eventually,
    on_event,
    sometimes,
)

# ---- requests and answers


@frozen
class Perform:
    """A user asks for a task. Answered by `Performed` or `Aborted`, or `Rejected` where nobody can do it or while another is under way."""

    subtasks: tuple[Subtask, ...]


@frozen
class Performed:
    """All subtasks are done, and the common state holds their results."""

    results: Map[str, str]


@frozen
class Aborted:
    """This subtask failed, or was not to be done any more, and the common state is as if the task had not been."""

    subtask: str


BUSY = Rejected("another task is under way")

# ---- views


@frozen
class CoordinatorView:
    """The common state: the results of tasks that were performed."""

    world: Map[str, str]


# ---- history


@frozen
class Log:
    """What happened in the task that is under way, and the results of all that were performed. `able`, what each agent can do, is fixed.

    `suspected`: which agents the coordinator knows to be down. `client`: whose task it is. `given`: under which number what was given
    to whom; `begun`: what of it an agent has begun. `results`, `failed`: what became of that, whoever was told.
    """

    able: Map[Address, frozenset[str]]
    calls: Calls = Calls()
    suspected: frozenset[Address] = frozenset()
    world: Map[str, str] = Map()
    client: Address | None = None
    subtasks: tuple[Subtask, ...] = ()
    given: Map[int, Given] = Map()
    begun: frozenset[Run] = frozenset()
    results: Map[str, str] = Map()
    failed: frozenset[str] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> Log:
        """Fold one happening."""
        after = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Accepted(client, subtasks):
                return evolve(after, client=client, subtasks=subtasks)
            case Send(to, Run(number, subtask)):
                return evolve(after, given=self.given.put(number, Given(subtask, to)))
            case Began(run) if self.given.get(run.number) == Given(run.subtask, at):
                return evolve(after, begun=self.begun | {run})
            case Succeeds(run):
                return evolve(after, results=self.results.put(run.subtask, happening.outcome.result))
            case Fails(run):
                return evolve(after, failed=self.failed | {run.subtask})
            case Suspected(peer):
                return evolve(after, suspected=self.suspected | {peer})
            case Reply(user, answer) if user == self.client:
                new = self.results.items() if isinstance(answer, Performed) else ()
                return Log(self.able, after.calls, self.suspected, Map.of((*self.world.items(), *new)))
            case _:
                return after

    @property
    def up(self) -> Map[Address, frozenset[str]]:
        """What each agent can do that is not known to be down."""
        return Map.of({agent: can for agent, can in self.able.items() if agent not in self.suspected})

    def needs(self, name: str) -> str | None:
        """Return what the agent of a subtask must be able to do; None if it is none of this task."""
        return {subtask.name: subtask.needs for subtask in self.subtasks}.get(name)

    def had(self, agent: Address) -> int:
        """Count what an agent was given in this task."""
        return len([given for given in self.given.values() if given.agent == agent])


# ---- clauses: what is accepted, and what is answered

ALL = Fault.DUPLICATION | Fault.CRASH


@on_event(Accepted, under=ALL)
def what_is_accepted_was_asked_for_and_can_be_done(before: Log, by: Address, event: Accepted) -> Cases:
    """A task begins for a client that waits for it, while no other is under way, and only if some agent can do each subtask."""
    wrong = tuple(complaints(event.subtasks, before.up))
    asked = before.calls.open.get(Call(event.client, by))
    right = before.client is None and asked == Perform(event.subtasks) and not wrong
    yield case(right, accepted=event, under_way=before.client, asked=asked, wrong=wrong)


@on_event(Reply, under=ALL)
def an_answer_is_true(before: Log, by: Address, event: Reply) -> Cases:
    """Performed means that every subtask is done, and each result its own; aborted, that this one was not; who is rejected is told why."""
    asked = before.calls.open.get(Call(event.to, by))
    subtasks = asked.subtasks if isinstance(asked, Perform) else ()
    ends = isinstance(event.answer, Performed | Aborted)
    yield case(ends == (event.to == before.client), to=event.to, told=event.answer, whose_task=before.client)
    match event.answer:
        case Performed(results):
            whole = results.keys() == tuple(sorted(subtask.name for subtask in subtasks))
            yield case(whole and results == before.results, told=results, results=before.results, asked=asked)
        case Aborted(name):
            given = [given.agent for given in before.given.values() if given.subtask == name]
            lost = any(agent in before.suspected for agent in given) or f"no agent can do {name}" in complaints(subtasks, before.up)
            yield case(name in before.failed or lost, told=event.answer, failed=before.failed, suspected=before.suspected)
        case answer:
            busy = (BUSY,) if before.client is not None else ()
            reasons = (*busy, *map(Rejected, complaints(subtasks, before.up)))
            yield case(answer in reasons, told=answer, reasons=reasons)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[Log]) -> Cases:
    """Only those who wait are answered: every request once, and nobody else."""
    yield from common.answered_once(seen.history.calls)


# ---- clauses: who does what


@on_event(Send, under=ALL)
def one_after_the_other(before: Log, by: Address, event: Send) -> Cases:  # noqa: ARG001  # the signature of the kind
    """Subtasks are given out in their order, each once, and under a number of its own, when all before it are done."""
    if isinstance(event.message, Run):
        given, done = len(before.given), len(before.results)
        names = [subtask.name for subtask in before.subtasks[done : done + 1]]
        right = names == [event.message.subtask] and given <= done and event.message.number not in before.given
        yield case(right, gives=event.message, given=before.given, done=before.results)


@on_event(Send, under=ALL)
def it_is_given_to_who_can_do_it(before: Log, by: Address, event: Send) -> Cases:  # noqa: ARG001
    """Whoever is given a subtask can do it, and is not known to be down when it is given."""
    if isinstance(event.message, Run):
        needs = before.needs(event.message.subtask)
        yield case(needs in before.up.get(event.to, ()), to=event.to, needs=needs, up=before.up)


@on_event(Send, under=ALL)
def the_work_is_shared(before: Log, by: Address, event: Send) -> Cases:  # noqa: ARG001
    """Whoever is given a subtask has had no more in this task than any other who could do it."""
    if isinstance(event.message, Run):
        needs = before.needs(event.message.subtask)
        had = tuple((agent, before.had(agent)) for agent, can in before.up.items() if needs in can)
        yield case(all(before.had(event.to) <= count for _, count in had), to=event.to, had=had)


@always(under=ALL)
def an_agent_works_on_what_it_was_given(seen: Seen[Log]) -> Cases:
    """Whatever an agent works on it was given in the task that is under way, and has begun."""
    working = {agent: view.run for agent, view in seen.views(AgentView).items() if view.run is not None}
    if working:
        yield case(frozenset(working.values()) <= seen.history.begun, working=tuple(working.items()), begun=seen.history.begun)


# ---- clauses: the common state, and the end


@always_each(CoordinatorView, under=ALL)
def the_common_state_holds_whole_tasks(view: CoordinatorView, coordinator: Address, history: Log) -> Cases:  # noqa: ARG001
    """The common state holds the results of tasks that were performed, and nothing of one that is under way or was aborted."""
    yield case(view.world == history.world, shown=view.world, performed=history.world)


@at_rest(under=ALL, needs=Need.PERFECT_DETECTOR)
def nobody_waits(seen: Seen[Log]) -> Cases:
    """At rest no client waits for an answer, whoever has crashed."""
    return common.nobody_waits(seen)


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=ALL, needs=Need.PERFECT_DETECTOR)
def every_task_ends(seen: Seen[Log]) -> Cases:
    """Every task ends, if every subtask does whose agent is up, and the coordinator hears of each agent that is not."""
    yield case(not seen.waiting(), waiting=seen.waiting())


# ---- what can happen


@sometimes
def two_agents_share_a_task(seen: Seen[Log]) -> Cases:
    """All subtasks of a task are done, not all by one agent."""
    history = seen.history
    agents = tuple(given.agent for given in history.given.values())
    yield case(len(history.results) == len(history.subtasks) and len(frozenset(agents)) > 1, agents=agents)


@sometimes
def what_was_done_is_in_vain(seen: Seen[Log]) -> Cases:
    """A subtask fails, after another of its task was done."""
    yield case(bool(seen.history.failed) and bool(seen.history.results), failed=seen.history.failed, results=seen.history.results)
