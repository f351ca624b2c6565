"""Managers and workers as two machines: a manager is given a task as a worker is, and gives it, or its parts, to those below it."""

from __future__ import annotations

from typing import Never, TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Ask, Crash, Fire, KnownViolation, Process, Receive, Step, Suspect, System, User, step
from concordant.spec.hierarchies.manager_worker import (
    BUSY,
    Accepted,
    Assign,
    Credit,
    Divided,
    Ended,
    Fails,
    Log,
    ManagerView,
    Perform,
    Place,
    Report,
    Staff,
    Succeeds,
    Task,
    WorkerView,
)
from concordant.spec.hierarchies.manager_worker import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Map, Network, Rejected, Reply, Send

# ---- manager


@frozen
class Idle:
    """Has no task. `last`: the number of what it was given last; `had`: how often it gave something to whom; `down`: whom it knows to be down."""

    last: int = 0
    had: Map[Address, int] = Map()
    down: frozenset[Address] = frozenset()


@frozen
class Leading:
    """Has a task of a client, or of its own manager.

    `left`: what is to be done, of which `to` has the first; `credits`: by whom what was done; `tried`: which task came back from whom.
    """

    lasting: Idle
    above: Address
    left: tuple[Task, ...]
    to: Address | None = None
    credits: tuple[Credit, ...] = ()
    tried: frozenset[tuple[str, Address]] = frozenset()


Managing: TypeAlias = Idle | Leading


@frozen
class Manager(Process[Managing, Assign | Report, Perform, Never]):
    """Sees to one task at a time. A head is asked by clients, another by its manager."""

    me: Address
    staff: Staff

    def start(self) -> Step[Managing]:
        return step(Idle())

    def request(self, state: Managing, client: Address, request: Perform) -> Step[Managing]:
        match state:
            case Leading():
                return step(state, Reply(client, BUSY))
            case Idle():
                wrong = self.flaw(request.task)
                if wrong is not None:
                    return step(state, Reply(client, Rejected(wrong)))
                led = self.go_on(Leading(state, client, (request.task,)))
                return Step(led.state, (Announce(Accepted(client, request.task)), *led.effects))
            case _:
                assert_never(state)

    def flaw(self, task: Task) -> str | None:
        """Say what is wrong with the organisation, or a task; None if nothing is."""
        return self.flaw_of_staff() or self.flaw_of_task([task], [])

    def flaw_of_staff(self) -> str | None:
        agents = [place.agent for place in self.staff]
        reached: set[Address | None] = {None}
        while more := {place.agent for place in self.staff if place.manager in reached} - reached:
            reached |= more
        for agent in agents:
            if agents.count(agent) > 1:
                return f"{agent} has two places"
            if agent not in reached:
                return f"no path leads from {agent} to a head"
        return None

    def flaw_of_task(self, tasks: list[Task], known: list[str]) -> str | None:
        for task in tasks:
            if task.name in known:
                return f"two tasks are named {task.name}"
            known.append(task.name)
            wrong = self.flaw_of_task(list(task.parts), known)
            if wrong is not None:
                return wrong
        return None

    def receive(self, state: Managing, source: Address, message: Assign | Report) -> Step[Managing] | None:
        match message:
            case Assign(number, task):
                if isinstance(state, Leading) or number <= state.last:
                    return None  # a copy: nothing new is given before this is over
                return self.go_on(Leading(evolve(state, last=number), source, (task,)))
            case Report():
                if isinstance(state, Idle) or not self.is_awaited(state, message):
                    return None  # a copy, or from one who was given up
                return self.heard(state, source, message)
            case _:
                assert_never(message)

    def is_awaited(self, state: Leading, report: Report) -> bool:
        return report.number == self.number(state.lasting)

    def number(self, lasting: Idle) -> int:
        """Return the number of what was given last."""
        return sum(lasting.had.values())

    def heard(self, state: Leading, source: Address, report: Report) -> Step[Managing]:
        # The hard step: the report takes the place of what was given, so that each part is credited, or left, and none is both. What
        # came back goes to somebody else: in all, each part comes back from each agent once at most, so that this ends.
        tried = state.tried | {(each.name, source) for each in report.left[:1]}
        credits = (*state.credits, *report.credits)
        return self.go_on(evolve(state, left=(*report.left, *state.left[1:]), credits=credits, tried=tried))

    def go_on(self, state: Leading) -> Step[Managing]:
        """Give out what is next, or divide it; end where there is nothing, or nobody can do it."""
        if not state.left:
            return self.end(state)
        to = self.chosen(state, state.left[0])
        if to is not None:
            return self.give(state, to)
        return self.divide(state) if self.may_divide(state.left[0]) else self.end(state)

    def chosen(self, state: Leading, task: Task) -> Address | None:
        able = [each for each in self.below(self.me) if (task.name, each) not in state.tried and self.can(state.lasting, each, task)]
        return min(able, key=lambda each: state.lasting.had.get(each, 0), default=None)

    def below(self, manager: Address) -> list[Address]:
        return [place.agent for place in self.staff if place.manager == manager]

    def can(self, lasting: Idle, agent: Address, task: Task) -> bool:
        """Tell whether somebody can do a task, or has below it who can do it, or each of its parts."""
        if agent in lasting.down:
            return False
        below = self.below(agent)
        if any(place.agent == agent and task.name in place.can for place in self.staff):
            return True
        if any(self.can(lasting, each, task) for each in below):
            return True
        return bool(below) and bool(task.parts) and all(self.can(lasting, agent, part) for part in task.parts)

    def give(self, state: Leading, to: Address) -> Step[Managing]:
        lasting = evolve(state.lasting, had=state.lasting.had.put(to, state.lasting.had.get(to, 0) + 1))
        return step(evolve(state, lasting=lasting, to=to), Send(to, Assign(self.number(lasting), state.left[0])))

    def may_divide(self, task: Task) -> bool:
        return bool(self.parts(task))

    def parts(self, task: Task) -> tuple[Task, ...]:
        return task.parts

    def divide(self, state: Leading) -> Step[Managing]:
        task, *rest = state.left
        divided = self.go_on(evolve(state, left=(*self.parts(task), *rest)))
        return Step(divided.state, (Announce(Divided(task, self.parts(task))), *divided.effects))

    def end(self, state: Leading) -> Step[Managing]:
        """Tell the client, or the manager, what was done and what is left."""
        if self.is_head():
            return step(state.lasting, Reply(state.above, Ended(state.credits, state.left)))
        return step(state.lasting, Send(state.above, Report(state.lasting.last, state.credits, state.left)))

    def is_head(self) -> bool:
        return any(place.agent == self.me and place.manager is None for place in self.staff)

    def suspect(self, state: Managing, peer: Address) -> Step[Managing] | None:
        lasting = state if isinstance(state, Idle) else state.lasting
        if peer in lasting.down:
            return None
        warned = evolve(lasting, down=lasting.down | {peer})
        if isinstance(state, Idle):
            return step(warned)
        after = evolve(state, lasting=warned)
        return self.go_on(after) if peer == state.to else step(after)

    def view(self, state: Managing) -> ManagerView:  # noqa: ARG002  # what it knows is its own
        return ManagerView()


# ---- worker


@frozen
class Ready:
    """Works on nothing. `last`: the number of what it was given last."""

    last: int = 0


@frozen
class Working:
    """Works on what it was given."""

    given: Assign


@frozen
class Worker(Process[Ready | Working, Assign, Never, Succeeds | Fails]):
    """Does one task at a time, itself."""

    me: Address
    manager: Address

    def start(self) -> Step[Ready | Working]:
        return step(Ready())

    def receive(self, state: Ready | Working, source: Address, message: Assign) -> Step[Ready | Working] | None:  # noqa: ARG002  # it has one manager
        if isinstance(state, Working) or self.is_old(state, message):
            return None  # a copy: nothing new is given before this is over
        return step(Working(message))

    def is_old(self, state: Ready, message: Assign) -> bool:
        return message.number <= state.last

    def armed(self, state: Ready | Working) -> tuple[Succeeds | Fails, ...]:
        return (Succeeds(state.given.task.name), Fails(state.given.task.name)) if isinstance(state, Working) else ()

    def fire(self, state: Ready | Working, trigger: Succeeds | Fails) -> Step[Ready | Working]:
        return self.over(state.given, trigger) if isinstance(state, Working) else step(state)

    def over(self, given: Assign, trigger: Succeeds | Fails) -> Step[Ready | Working]:
        match trigger:
            case Succeeds(task):
                report = Report(given.number, (Credit(task, self.me),), ())
            case Fails():
                report = Report(given.number, (), (given.task,))
            case _:
                assert_never(trigger)
        return step(Ready(given.number), Send(self.manager, report))

    def view(self, state: Ready | Working) -> WorkerView:
        return WorkerView(state.given.task.name if isinstance(state, Working) else None)


PROMISES: tuple[Clause, ...] = (
    spec.what_is_accepted_was_asked_for,
    spec.the_organisation_is_a_forest,
    spec.a_rejection_has_a_reason,
    spec.nobody_is_answered_twice,
    spec.a_task_is_given_to_who_can_do_it,
    spec.the_work_is_shared,
    spec.a_task_is_divided_into_its_parts,
    spec.a_part_is_given_once_its_whole_is_divided,
    spec.nothing_is_done_again,
    spec.one_after_the_other,
    spec.a_report_is_true_and_whole,
    spec.the_answer_is_true_and_whole,
    spec.what_is_reported_left_nobody_could_do,
    spec.what_is_left_nobody_could_do,
    spec.nobody_waits,
    spec.every_task_ends,
)

HEAD, USER, RIVAL = Address("manager"), Address("user"), Address("user", 1)
ALONE = Place(HEAD, None)


def below_head(*can: str) -> Staff:
    """Return a head, and below it workers of whom each can do what is listed, words apart."""
    workers = (Place(Address("worker", number), HEAD, frozenset(each.split())) for number, each in enumerate(can))
    return (ALONE, *workers)


def system(
    *tasks: Task,
    staff: Staff,
    rival: tuple[Task, ...] = (),
    network: Network = Network(),
    faults: Faults = Faults(detector=True),
    manager: type[Manager] = Manager,
    worker: type[Worker] = Worker,
    promises: tuple[Clause, ...] = PROMISES,
) -> System[Log]:
    """Put managers, workers and users together: one asks the head for these tasks, one after the other; a rival asks whenever it likes."""
    managers = {place.agent: manager(place.agent, staff) for place in staff if place.agent.role == "manager"}
    workers = {
        place.agent: worker(place.agent, place.manager) for place in staff if place.agent.role == "worker" and place.manager is not None
    }
    users = tuple(
        User(name, (HEAD,), tuple((Perform(task),) for task in script)) for name, script in ((USER, tasks), (RIVAL, rival)) if script
    )
    return System({**managers, **workers}, Log(staff), promises, network, faults, users)


A, FIRST, SECOND = Task("a"), Address("worker"), Address("worker", 1)

DONE_AND_LOST = KnownViolation(
    spec.everything_is_done_once,
    "A worker does its task and crashes; its manager hears of the crash before it hears that the task is done, and gives it to another.",
    system(
        A,
        staff=below_head("a", "a"),
        faults=Faults(detector=True, crashes=1, who=(FIRST,)),
        promises=(spec.everything_is_done_once,),
    ),
    witness=(
        Ask(HEAD, USER, Perform(A)),
        Receive(FIRST, HEAD, Assign(1, A)),
        Fire(FIRST, Succeeds("a")),
        Crash(FIRST, Ready()),
        Suspect(HEAD, FIRST),
        Receive(SECOND, HEAD, Assign(2, A)),
    ),
)
