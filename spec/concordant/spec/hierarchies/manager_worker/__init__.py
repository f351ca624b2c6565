"""Managers hand a task down to whoever can do it, a worker or another manager, or divide it and hand down its parts.

Source: Fox, "An Organizational View of Distributed Systems" (1981), of delegation in a hierarchy; Armstrong, "Making reliable
distributed systems in the presence of software errors" (2003), of handing on what was another's who failed. A manager takes a task
as a worker does, under a number, and reports what of it was done by whom, and what is left. It hands down one part at a time.
Assumes: the head, whom clients ask, does not crash; whoever crashed stays down, and managers hear of it. One task at a time.
Does not promise: an end, where somebody is down and nobody says so, or a message is lost; that a task is done once, where who had it
is given up: it may have done it, and its report be lost. It is credited once all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import Address, Completion, Map, Rejected, Reply, Send, Suspected

# ---- the organisation, and what there is to do


@frozen
class Place:
    """An agent's place in the organisation: below whom, None for a head, and what it can do itself, which is nothing where it is a manager."""

    agent: Address
    manager: Address | None
    can: frozenset[str] = frozenset()


Staff: TypeAlias = tuple[Place, ...]


@frozen
class Task:
    """Something to do. Who can do what has its name can do it; it is done as well if it has parts, and all are done."""

    name: str
    parts: tuple[Task, ...] = ()


def whole(task: Task) -> tuple[Task, ...]:
    """Return a task, its parts, their parts and so on.

    >>> [each.name for each in whole(Task("house", (Task("roof"), Task("walls", (Task("bricks"),)))))]
    ['house', 'roof', 'walls', 'bricks']
    """
    return (task, *(each for part in task.parts for each in whole(part)))


def names(task: Task) -> tuple[str, ...]:
    """Return the names of a task, and of all its parts."""
    return tuple(each.name for each in whole(task))


def path(staff: Staff, agent: Address) -> tuple[Address, ...]:
    """Return an agent, its manager and so on, up to one who has none, or no place, or is on the path already."""
    managers = {place.agent: place.manager for place in staff}
    found = [agent]
    while (manager := managers.get(found[-1])) is not None and manager not in found:
        found.append(manager)
    return tuple(found)


def heads(staff: Staff) -> frozenset[Address]:
    """Return those who are below nobody."""
    return frozenset(place.agent for place in staff if place.manager is None)


def flaws(staff: Staff) -> Iterator[Rejected]:
    """Yield everything for which an organisation is no forest."""
    agents = [place.agent for place in staff]
    for place in staff:
        if agents.count(place.agent) > 1:
            yield Rejected(f"{place.agent} has two places")
        if path(staff, place.agent)[-1] not in heads(staff):
            yield Rejected(f"no path leads from {place.agent} to a head")


def complaints(task: Task) -> Iterator[Rejected]:
    """Yield everything that is wrong with a task."""
    for name in names(task):
        if names(task).count(name) > 1:
            yield Rejected(f"two tasks are named {name}")


# ---- messages


@frozen
class Assign:
    """A manager gives a task to one who is below it. Numbers tell one time from the next; a manager's grow."""

    number: int
    task: Task


@frozen
class Credit:
    """Who has done a task, and is credited with it."""

    task: str
    agent: Address


@frozen
class Report:
    """Who was given a task under this number tells its manager by whom what of it was done, and what is left, since nobody could do the first of it."""

    number: int
    credits: tuple[Credit, ...]
    left: tuple[Task, ...]


# ---- requests and answers


@frozen
class Perform:
    """A user asks for a task. Answered by `Ended`, or `Rejected` where it, or the organisation, is flawed, or while another is under way."""

    task: Task


@frozen
class Ended:
    """By whom what of the task was done, and what is left, since nobody could do the first of it. The task is done if nothing is."""

    credits: tuple[Credit, ...]
    left: tuple[Task, ...]


BUSY = Rejected("another task is under way")

# ---- triggers: what becomes of a task that a worker has


@frozen
class Succeeds(Completion):
    """It is done."""

    task: str


@frozen
class Fails(Completion):
    """The worker could not do it."""

    task: str


# ---- events


@frozen
class Accepted:
    """The head has taken a client's task."""

    client: Address
    task: Task


@frozen
class Divided:
    """A manager goes on with the parts of a task, instead of it."""

    task: Task
    parts: tuple[Task, ...]


# ---- views


@frozen
class ManagerView:
    """Nothing: what a manager knows shows in what it sends."""


@frozen
class WorkerView:
    """What a worker works on; None if on nothing."""

    task: str | None


# ---- history


@frozen
class Log:
    """What happened to the task that is under way. `staff` is fixed.

    `suspected`: whom each manager knows to be down. `had`: how often somebody was given something, in all tasks; `assigned`: what that was last.
    `given`: to whom a manager gave a task, or what it is a part of, last. `divided`: which tasks a manager went on with part by part.
    `done`, `failed`: what workers did, and could not do.
    """

    staff: Staff
    calls: Calls = Calls()
    client: Address | None = None
    task: Task | None = None
    suspected: Map[Address, frozenset[Address]] = Map()
    had: Map[Address, int] = Map()
    assigned: Map[Address, Assign] = Map()
    given: Map[Address, Map[str, Address]] = Map()
    divided: frozenset[str] = frozenset()
    done: frozenset[Credit] = frozenset()
    failed: frozenset[Credit] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> Log:
        """Fold one happening."""
        after = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Accepted(client, task):
                begun = evolve(after, client=client, task=task)
                return evolve(begun, given=Map(), divided=frozenset(), done=frozenset(), failed=frozenset())
            case Divided(task):
                return evolve(after, divided=self.divided | {task.name})
            case Send(to, Assign(_, task) as assigned):
                given = Map.of((*self.given.get(at, Map()).items(), *((name, to) for name in names(task))))
                had = self.had.put(to, self.had.get(to, 0) + 1)
                return evolve(after, had=had, assigned=self.assigned.put(to, assigned), given=self.given.put(at, given))
            case Succeeds(task):
                return evolve(after, done=self.done | {Credit(task, at)})
            case Fails(task) if self.has(at, task):
                return evolve(after, failed=self.failed | {Credit(task, at)})
            case Suspected(peer):
                return evolve(after, suspected=self.suspected.put(at, self.known_down(at) | {peer}))
            case Reply(client) if client == self.client:
                return evolve(after, client=None)
            case _:
                return after

    def known_down(self, manager: Address) -> frozenset[Address]:
        """Return whom a manager knows to be down."""
        return self.suspected.get(manager, frozenset())

    def has(self, worker: Address, task: str) -> bool:
        """Tell whether a worker's manager gave it a task, of the one that is under way, and nobody else since."""
        managers = [place.manager for place in self.staff if place.agent == worker]
        return any(manager is not None and self.given_by(manager, task) == worker for manager in managers)

    def given_by(self, manager: Address, task: str) -> Address | None:
        """Return to whom a manager gave a task, or what it is a part of, last; None if to nobody."""
        return self.given.get(manager, Map()).get(task)

    @property
    def down(self) -> frozenset[Address]:
        """Whom anybody suspects."""
        return frozenset(agent for suspected in self.suspected.values() for agent in suspected)

    def given_up(self, agent: Address) -> bool:
        """Tell whether anybody suspects an agent, or one above it."""
        return any(each in self.down for each in path(self.staff, agent))

    def below(self, manager: Address) -> tuple[Address, ...]:
        """Return those directly below a manager."""
        return tuple(place.agent for place in self.staff if place.manager == manager)

    def can(self, agent: Address, task: Task, down: frozenset[Address]) -> bool:
        """Tell whether an agent can do a task, or see to it: with all that are below it, but for those who are down, or failed at it, or are below such."""
        reach = {place: path(self.staff, place.agent) for place in self.staff}
        up = [place for place, above in reach.items() if agent in above and not down & set(above[: above.index(agent) + 1])]
        able = {name for place in up for name in place.can if Credit(name, place.agent) not in self.failed}
        return self._comes_about(task, able, divides=bool(self.below(agent)))

    def _comes_about(self, task: Task, able: set[str], *, divides: bool) -> bool:
        parts = task.parts if divides else ()
        return task.name in able or (bool(parts) and all(self._comes_about(part, able, divides=divides) for part in parts))
