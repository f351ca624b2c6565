"""The documents' manager as it is written; where it calls what is written nowhere, read in the way that shows what they say of it."""

from __future__ import annotations

from typing import cast

from attrs import evolve, frozen

from concordant.refimpl.hierarchies.manager_worker import ALONE, HEAD, Idle, Leading, Manager, Managing, below_head, system
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.hierarchies.manager_worker import Place, Report, Task
from concordant.spec.hierarchies.manager_worker import clauses as spec
from concordant.spec.vocabulary import Address, Internal


@frozen
class AsWritten(Manager):
    """Validates nothing; the first that can do a task itself gets it, or else it is divided; what fails raises an error, which ends the task."""

    def flaw(self, task: Task) -> str | None:  # noqa: ARG002  # nothing is validated
        return None

    def chosen(self, state: Leading, task: Task) -> Address | None:
        return next((each for each in self.below(self.me) if self.can(state.lasting, each, task)), None)

    def can(self, lasting: Idle, agent: Address, task: Task) -> bool:  # noqa: ARG002  # nobody is known to be down
        return any(place.agent == agent and task.name in place.can for place in self.staff)

    def may_divide(self, task: Task) -> bool:  # noqa: ARG002  # whatever nobody can do is divided
        return True

    def heard(self, state: Leading, source: Address, report: Report) -> Step[Managing]:
        if report.left:
            return self.end(evolve(state, left=(*report.left, *state.left[1:])))
        return super().heard(state, source, report)


@frozen
class NoSuchMethod(AsWritten):
    """Asks those below whether they can do a task, which managers have no method for: the error ends the task."""

    def chosen(self, state: Leading, task: Task) -> Address | None:
        return None if any(map(self.below, self.below(self.me))) else super().chosen(state, task)

    def may_divide(self, task: Task) -> bool:  # noqa: ARG002  # it does not come to that
        return False


@frozen
class Divide(Internal):
    """A manager calls itself with the parts of a task."""


@frozen
class DividesForEver(AsWritten):
    """What cannot be divided is its own only part."""

    def parts(self, task: Task) -> tuple[Task, ...]:
        return task.parts or (task,)

    def go_on(self, state: Leading) -> Step[Managing]:
        return step(state) if self.is_to_divide(state) else super().go_on(state)

    def is_to_divide(self, state: Managing) -> bool:
        return isinstance(state, Leading) and state.left != () and self.chosen(state, state.left[0]) is None

    def armed(self, state: Managing) -> tuple[Divide, ...]:  # type: ignore[override]  # the right one needs no step in between
        return (Divide(),) if self.is_to_divide(state) else ()

    def fire(self, state: Managing, trigger: Divide) -> Step[Managing]:  # noqa: ARG002  # there is one trigger
        return self.divide(cast("Leading", state))


# ---- the pitfalls

A, B = Task("a"), Task("b")
BOTH = Task("ab", (A, B))
MANAGER, WORKER = Address("manager", 1), Address("worker")
CAN = frozenset({"a"})

FOR_EVER = Pitfall(
    "MGR-1",
    "Nobody can do a task that has no parts: it is divided into itself, and so on for ever.",
    breaks=spec.every_task_ends,
    subject=system(A, staff=below_head("b"), manager=DividesForEver),
    length=3,
)
NOTHING_TO_DO = Pitfall(
    "MGR-2",
    "Nobody can do a task that has no parts: it is divided into nothing, of which all is done.",
    breaks=spec.the_answer_is_true_and_whole,
    subject=system(A, staff=below_head("b"), manager=AsWritten),
    length=1,
)
NO_PARTS = Pitfall(
    "MGR-2/divided",
    "A task that has no parts is divided.",
    breaks=spec.a_task_is_divided_into_its_parts,
    subject=system(A, staff=below_head("b"), manager=AsWritten),
    length=1,
)
ONE_LEVEL = Pitfall(
    "MGR-3",
    "A manager below another lacks the methods of a worker, and the task ends in an error, though a worker below it could have done it.",
    breaks=spec.what_is_left_nobody_could_do,
    subject=system(A, staff=(ALONE, Place(MANAGER, HEAD), Place(WORKER, MANAGER, CAN)), manager=NoSuchMethod),
    length=1,
)
NEVER_TRIED = Pitfall(
    "MGR-4",
    "The first worker that can do a task fails, and the second is never tried.",
    breaks=spec.what_is_left_nobody_could_do,
    subject=system(A, staff=below_head("a", "a"), manager=AsWritten),
    length=4,
)
UNREGISTERED = Pitfall(
    "MGR-5",
    "A worker is put below a manager that has no place: nothing ever comes to it.",
    breaks=spec.the_organisation_is_a_forest,
    subject=system(A, staff=(ALONE, Place(WORKER, MANAGER, CAN)), manager=AsWritten),
    length=1,
)
TWO_MANAGERS = Pitfall(
    "MGR-6",
    "A worker is put below two managers, and counts twice.",
    breaks=spec.the_organisation_is_a_forest,
    subject=system(A, staff=(ALONE, Place(MANAGER, HEAD), Place(WORKER, MANAGER, CAN), Place(WORKER, HEAD, CAN)), manager=AsWritten),
    length=1,
)
CIRCLE = Pitfall(
    "MGR-7",
    "Two managers are put below each other.",
    breaks=spec.the_organisation_is_a_forest,
    subject=system(A, staff=(Place(HEAD, MANAGER), Place(MANAGER, HEAD), Place(WORKER, HEAD, CAN)), manager=AsWritten),
    length=1,
)
FIRST_OF_ALL = Pitfall(
    "MGR-8",
    "Of two workers that can do everything the first that is listed gets everything, and the other nothing.",
    breaks=spec.the_work_is_shared,
    subject=system(BOTH, staff=below_head("a b", "a b"), manager=AsWritten),
    length=4,
)
