"""What else managers do wrong in what they take, divide and give out, and workers in what they do."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.hierarchies.manager_worker import ALONE, HEAD, Idle, Leading, Manager, Managing, Ready, Worker, below_head, system
from concordant.refimpl.machine import Pitfall, Step
from concordant.spec.hierarchies.manager_worker import Assign, Perform, Place, Task
from concordant.spec.hierarchies.manager_worker import clauses as spec
from concordant.spec.vocabulary import Address, Faults, Network, Send

# ---- what is taken


@frozen
class TakesAnother(Manager):
    """Takes a task while another is under way."""

    def request(self, state: Managing, client: Address, request: Perform) -> Step[Managing]:
        return super().request(state.lasting if isinstance(state, Leading) else state, client, request)


@frozen
class TakesTwins(Manager):
    """Does not ask whether two parts have one name."""

    def flaw_of_task(self, tasks: list[Task], known: list[str]) -> str | None:  # noqa: ARG002  # that is the mistake
        return None


@frozen
class WantsOneForAll(Manager):
    """Rejects a task that nobody directly below can see to as a whole."""

    def flaw(self, task: Task) -> str | None:
        able = [each for each in self.below(self.me) if self.can(Idle(), each, task)]
        return super().flaw(task) if able else f"nobody can do {task.name}"


@frozen
class TakesTheFirst(Manager):
    """Takes the first part of a task for the whole."""

    def request(self, state: Managing, client: Address, request: Perform) -> Step[Managing]:
        return super().request(state, client, Perform(request.task.parts[0]) if request.task.parts else request)


# ---- who is given what


@frozen
class GivesToAnybody(Manager):
    """Gives what nobody can do to somebody else."""

    def chosen(self, state: Leading, task: Task) -> Address | None:
        return super().chosen(state, task) or next(iter(self.below(self.me)))


@frozen
class SkipsALevel(Manager):
    """Gives a task to the worker that can do it, whoever manages that."""

    def below(self, manager: Address) -> list[Address]:  # noqa: ARG002  # that is the mistake
        return [place.agent for place in self.staff if place.can]


@frozen
class ForgetsWhoIsDown(Manager):
    """Does not ask whether somebody is down."""

    def can(self, lasting: Idle, agent: Address, task: Task) -> bool:
        return super().can(evolve(lasting, down=frozenset()), agent, task)


@frozen
class DividesFirst(Manager):
    """Divides whatever has parts."""

    def chosen(self, state: Leading, task: Task) -> Address | None:
        return None if task.parts else super().chosen(state, task)


@frozen
class LosesAPart(Manager):
    """Divides a task into all its parts but the last."""

    def parts(self, task: Task) -> tuple[Task, ...]:
        return task.parts[:-1]


@frozen
class GivesTheFirst(Manager):
    """Gives the first part of a task away, while the task is whole."""

    def give(self, state: Leading, to: Address) -> Step[Managing]:
        return super().give(evolve(state, left=(*state.left[0].parts, *state.left[1:]) if state.left[0].parts else state.left), to)


@frozen
class AsksTwo(Manager):
    """Gives a task to another, too, under the same number: the first report will do."""

    def give(self, state: Leading, to: Address) -> Step[Managing]:
        given = super().give(state, to)
        more = (Send(each, Assign(1, state.left[0])) for each in self.below(self.me) if each != to)
        return Step(given.state, (*given.effects, *more))


@frozen
class TakesCopies(Worker):
    """Does not tell a copy of what it was given from something new."""

    def is_old(self, state: Ready, message: Assign) -> bool:  # noqa: ARG002  # that is the mistake
        return False


# ---- the pitfalls

A, B = Task("a"), Task("b")
BOTH = Task("ab", (A, B))
MANAGER, FIRST = Address("manager", 1), Address("worker")


def below_manager(*can: str) -> tuple[Place, ...]:
    """Return a head, below it another manager, and below that workers."""
    workers = (evolve(place, manager=MANAGER) for place in below_head(*can)[1:])
    return (ALONE, Place(MANAGER, HEAD), *workers)


CRASH = Faults(detector=True, crashes=1, who=(FIRST,))

OVERWRITES = Pitfall(
    "manager_worker.TakesAnother",
    "A second task takes the place of the first, whose client is forgotten.",
    breaks=spec.what_is_accepted_was_asked_for,
    subject=system(A, staff=below_head("a"), rival=(A,), manager=TakesAnother),
    length=2,
)
TWINS = Pitfall(
    "manager_worker.TakesTwins",
    "A task is taken of which two parts have one name: whose report is whose nobody can tell.",
    breaks=spec.what_is_accepted_was_asked_for,
    subject=system(Task("aa", (A, A)), staff=below_head("a"), manager=TakesTwins),
    length=1,
)
A_PART_TAKEN = Pitfall(
    "manager_worker.TakesTheFirst",
    "Of a task with two parts the first is taken for the whole.",
    breaks=spec.what_is_accepted_was_asked_for,
    subject=system(BOTH, staff=below_head("a b"), manager=TakesTheFirst),
    length=1,
)
NOT_ALONE = Pitfall(
    "manager_worker.WantsOneForAll",
    "A task is rejected since it must be divided.",
    breaks=spec.a_rejection_has_a_reason,
    subject=system(BOTH, staff=below_head("a", "b"), manager=WantsOneForAll),
    length=1,
)
CANNOT = Pitfall(
    "manager_worker.GivesToAnybody",
    "A task that nobody can do is given to somebody.",
    breaks=spec.a_task_is_given_to_who_can_do_it,
    subject=system(A, staff=below_head("b"), manager=GivesToAnybody),
    length=1,
)
OVER_ITS_HEAD = Pitfall(
    "manager_worker.SkipsALevel",
    "A head gives a task to a worker whose manager is another.",
    breaks=spec.a_task_is_given_to_who_can_do_it,
    subject=system(A, staff=below_manager("a"), manager=SkipsALevel),
    length=1,
)
GIVES_TO_THE_DEAD = Pitfall(
    "manager_worker.ForgetsWhoIsDown",
    "A task is given to a worker that is known to be down.",
    breaks=spec.a_task_is_given_to_who_can_do_it,
    subject=system(A, staff=below_head("a"), faults=CRASH, manager=ForgetsWhoIsDown),
    length=3,
)
DIVIDED = Pitfall(
    "manager_worker.DividesFirst",
    "A task is divided that a worker could have done.",
    breaks=spec.a_task_is_divided_into_its_parts,
    subject=system(BOTH, staff=below_head("ab"), manager=DividesFirst),
    length=1,
)
A_PART_LESS = Pitfall(
    "manager_worker.LosesAPart",
    "A part is lost when a task is divided.",
    breaks=spec.a_task_is_divided_into_its_parts,
    subject=system(BOTH, staff=below_head("a", "b"), manager=LosesAPart),
    length=1,
)
NOT_DIVIDED = Pitfall(
    "manager_worker.GivesTheFirst",
    "Of a task that a manager could see to it is given the first part only.",
    breaks=spec.a_part_is_given_once_its_whole_is_divided,
    subject=system(BOTH, staff=below_manager("a b"), manager=GivesTheFirst),
    length=1,
)
BOTH_AT_IT = Pitfall(
    "manager_worker.AsksTwo",
    "Two workers work at one task.",
    breaks=spec.one_after_the_other,
    subject=system(A, staff=below_head("a", "a"), manager=AsksTwo),
    length=3,
)
BOTH_DO_IT = Pitfall(
    "manager_worker.AsksTwo/done",
    "Two workers do one task, though none is given up.",
    breaks=spec.nothing_is_done_again,
    subject=system(A, staff=below_head("a", "a"), manager=AsksTwo),
    length=3,
)
DONE_AGAIN = Pitfall(
    "manager_worker.TakesCopies",
    "A copy of what a worker was given arrives when that is done, and it does it again.",
    breaks=spec.nothing_is_done_again,
    subject=system(A, staff=below_head("a"), network=Network(duplicating=True), worker=TakesCopies),
    length=5,
)
