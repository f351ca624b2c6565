"""What else managers and workers do wrong: in what they take, give out, report and tell."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.hierarchies.manager_worker import ALONE, HEAD, Idle, Leading, Manager, Managing, Ready, Worker, below_head, system
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.hierarchies.manager_worker import Assign, Credit, Ended, Perform, Place, Report, Task
from concordant.spec.hierarchies.manager_worker import clauses as spec
from concordant.spec.vocabulary import Address, Faults, Network, Reply, Send

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


# ---- who is given what


@frozen
class GivesToAnybody(Manager):
    """Gives what nobody can do to somebody else."""

    def chosen(self, state: Leading, task: Task) -> Address | None:
        return super().chosen(state, task) or next(iter(self.below(self.me)))


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


# ---- what is reported, and told


@frozen
class TakesTheCredit(Manager):
    """Credits itself with what was done below it."""

    def heard(self, state: Leading, report: Report) -> Step[Managing]:
        mine = tuple(Credit(credit.task, self.me) for credit in report.credits)
        return super().heard(state, report if self.is_head() else evolve(report, credits=mine))


@frozen
class ReportsTheFirst(Manager):
    """Reports of what is left only what it could not see to itself."""

    def end(self, state: Leading) -> Step[Managing]:
        return super().end(evolve(state, left=state.left[:1]))


@frozen
class LosesTheRest(Manager):
    """What comes back from below takes the place of all that is left."""

    def heard(self, state: Leading, report: Report) -> Step[Managing]:
        return super().heard(evolve(state, left=state.left[:1]) if report.left else state, report)


@frozen
class TakesLateReports(Manager):
    """Takes any report for that of who has the task now."""

    def is_awaited(self, state: Leading, source: Address, report: Report) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class TriesOneOnly(Manager):
    """Gives up when somebody has failed, if it is no head."""

    def heard(self, state: Leading, report: Report) -> Step[Managing]:
        if report.left and not self.is_head():
            return self.end(evolve(state, left=(*report.left, *state.left[1:])))
        return super().heard(state, report)


@frozen
class AnswersEachPart(Manager):
    """Tells the client of each part that is done, and at last of the whole."""

    def give(self, state: Leading, to: Address) -> Step[Managing]:
        given = super().give(state, to)
        told = (Reply(state.above, Ended(state.credits, state.left)),) if state.credits else ()
        return Step(given.state, (*given.effects, *told))


# ---- the end


@frozen
class DeafToSuspicion(Manager):
    """Waits for whoever is down."""

    def suspect(self, state: Managing, peer: Address) -> Step[Managing] | None:  # noqa: ARG002  # that is the mistake
        return None


@frozen
class DeafToFailure(Manager):
    """Waits for a success."""

    def heard(self, state: Leading, report: Report) -> Step[Managing]:
        return step(state) if report.left else super().heard(state, report)


# ---- the pitfalls

A, B = Task("a"), Task("b")
BOTH = Task("ab", (A, B))
MANAGER, FIRST = Address("manager", 1), Address("worker")


def below_manager(*can: str) -> tuple[Place, ...]:
    """Return a head, below it another manager, and below that workers."""
    workers = (evolve(place, manager=MANAGER) for place in below_head(*can)[1:])
    return (ALONE, Place(MANAGER, HEAD), *workers)


ERRS = Faults(detector=True, mistakes=1)
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
BOASTS = Pitfall(
    "manager_worker.TakesTheCredit",
    "A manager reports as its own what a worker below it has done.",
    breaks=spec.a_report_is_true_and_whole,
    subject=system(A, staff=below_manager("a"), manager=TakesTheCredit),
    length=5,
)
REST_NOT_REPORTED = Pitfall(
    "manager_worker.ReportsTheFirst",
    "A manager could not see to the first part, and says nothing of the second.",
    breaks=spec.a_report_is_true_and_whole,
    subject=system(BOTH, staff=below_manager("a", "b"), manager=ReportsTheFirst),
    length=5,
)
REST_LOST = Pitfall(
    "manager_worker.LosesTheRest",
    "The first part of a task comes back, and with it the second is forgotten, which nobody did.",
    breaks=spec.the_answer_is_true_and_whole,
    subject=system(BOTH, staff=below_head("a", "a b"), manager=LosesTheRest),
    length=7,
)
CREDITED_TWICE = Pitfall(
    "manager_worker.TakesLateReports",
    "A worker that was given up reports after all, and is believed beside who has the task now.",
    breaks=spec.the_answer_is_true_and_whole,
    subject=system(A, staff=below_head("a", "a"), faults=ERRS, manager=TakesLateReports),
    length=5,
)
COPY_BELIEVED = Pitfall(
    "manager_worker.TakesLateReports/copies",
    "A copy of the report on the first part is taken for that on the second: the first is credited twice, and the second is lost.",
    breaks=spec.the_answer_is_true_and_whole,
    subject=system(BOTH, staff=below_head("a b"), network=Network(duplicating=True), manager=TakesLateReports),
    length=5,
)
ONE_TRIED = Pitfall(
    "manager_worker.TriesOneOnly",
    "A manager reports as left what a second worker below it could have done.",
    breaks=spec.what_is_reported_left_nobody_could_do,
    subject=system(A, staff=below_manager("a", "a"), manager=TriesOneOnly),
    length=5,
)
ANSWERED_TWICE = Pitfall(
    "manager_worker.AnswersEachPart",
    "The client is told of the first part, and then of the whole.",
    breaks=spec.nobody_is_answered_twice,
    subject=system(BOTH, staff=below_head("a b"), manager=AnswersEachPart),
    length=7,
)
WAITS_FOR_THE_DEAD = Pitfall(
    "manager_worker.DeafToSuspicion",
    "A worker crashes, and its manager waits for it.",
    breaks=spec.nobody_waits,
    subject=system(A, staff=below_head("a"), faults=CRASH, manager=DeafToSuspicion),
    length=3,
)
STUCK = Pitfall(
    "manager_worker.DeafToFailure",
    "A worker fails, and its manager waits for it.",
    breaks=spec.every_task_ends,
    subject=system(A, staff=below_head("a"), manager=DeafToFailure),
    length=4,
)
