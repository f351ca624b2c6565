"""What else managers and workers do wrong: in what they report, believe and tell, and in waiting."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.hierarchies.manager_worker.giving import below_manager
from concordant.refimpl.hierarchies.manager_worker import (
    HEAD,
    Leading,
    Manager,
    Managing,
    Ready,
    Worker,
    Working,
    below_head,
    system,
)
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.hierarchies.manager_worker import BUSY, Assign, Credit, Ended, Fails, Perform, Report, Succeeds, Task
from concordant.spec.hierarchies.manager_worker import clauses as spec
from concordant.spec.vocabulary import Address, Faults, Network, Reply, Send

# ---- what is reported, and told


@frozen
class TakesTheCredit(Manager):
    """Credits itself with what was done below it."""

    def heard(self, state: Leading, source: Address, report: Report) -> Step[Managing]:
        mine = tuple(Credit(credit.task, self.me) for credit in report.credits)
        return super().heard(state, source, report if self.is_head() else evolve(report, credits=mine))


@frozen
class ReportsTheFirst(Manager):
    """Reports of what is left only what it could not see to itself."""

    def end(self, state: Leading) -> Step[Managing]:
        return super().end(evolve(state, left=state.left[:1]))


@frozen
class LosesTheRest(Manager):
    """What comes back from below takes the place of all that is left."""

    def heard(self, state: Leading, source: Address, report: Report) -> Step[Managing]:
        return super().heard(evolve(state, left=state.left[:1]) if report.left else state, source, report)


@frozen
class StripsParts(Manager):
    """Tells of what is left the names only."""

    def end(self, state: Leading) -> Step[Managing]:
        return super().end(evolve(state, left=tuple(Task(task.name) for task in state.left)))


@frozen
class CountsReports(Manager):
    """Reports under the next number."""

    def end(self, state: Leading) -> Step[Managing]:
        return super().end(evolve(state, lasting=evolve(state.lasting, last=state.lasting.last + 1)))


@frozen
class ForgetsItsNumber(Manager):
    """Reports under no number."""

    def end(self, state: Leading) -> Step[Managing]:
        return super().end(evolve(state, lasting=evolve(state.lasting, last=0)))


@frozen
class KeepsItsReport(Worker):
    """Reports to itself."""

    def over(self, given: Assign, trigger: Succeeds | Fails) -> Step[Ready | Working]:
        over = super().over(given, trigger)
        return step(over.state, *(Send(self.me, sent.message) for sent in over.effects if isinstance(sent, Send)))


@frozen
class ReportsToTheHead(Worker):
    """Reports to the head, whoever is its manager."""

    def over(self, given: Assign, trigger: Succeeds | Fails) -> Step[Ready | Working]:
        over = super().over(given, trigger)
        return step(over.state, *(Send(HEAD, sent.message) for sent in over.effects if isinstance(sent, Send)))


@frozen
class TakesLateReports(Manager):
    """Takes any report for that of who has the task now."""

    def is_awaited(self, state: Leading, report: Report) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class TriesOneOnly(Manager):
    """Gives up when somebody has failed, if it is no head."""

    def heard(self, state: Leading, source: Address, report: Report) -> Step[Managing]:
        if report.left and not self.is_head():
            return self.end(evolve(state, left=(*report.left, *state.left[1:])))
        return super().heard(state, source, report)


@frozen
class AnswersEachPart(Manager):
    """Tells the client of each part that is done, and at last of the whole."""

    def give(self, state: Leading, to: Address) -> Step[Managing]:
        given = super().give(state, to)
        told = (Reply(state.above, Ended(state.credits, state.left)),) if state.credits else ()
        return Step(given.state, (*given.effects, *told))


@frozen
class RejectsWhatFails(Manager):
    """Tells a client whose task cannot be done to the end that there was no time for it."""

    def end(self, state: Leading) -> Step[Managing]:
        return step(state.lasting, Reply(state.above, BUSY)) if self.is_head() and state.left else super().end(state)


@frozen
class TellsWhoAskedLast(Manager):
    """Remembers who has asked last, and tells it the outcome."""

    def request(self, state: Managing, client: Address, request: Perform) -> Step[Managing]:
        return step(evolve(state, above=client)) if isinstance(state, Leading) else super().request(state, client, request)


# ---- the end


@frozen
class DeafToSuspicion(Manager):
    """Waits for whoever is down."""

    def suspect(self, state: Managing, peer: Address) -> Step[Managing] | None:  # noqa: ARG002  # that is the mistake
        return None


@frozen
class DeafToFailure(Manager):
    """Waits for a success."""

    def heard(self, state: Leading, source: Address, report: Report) -> Step[Managing]:
        return step(state) if report.left else super().heard(state, source, report)


# ---- the pitfalls

A, B = Task("a"), Task("b")
BOTH = Task("ab", (A, B))
MANAGER, FIRST = Address("manager", 1), Address("worker")


ERRS = Faults(detector=True, mistakes=1)
CRASH = Faults(detector=True, crashes=1, who=(FIRST,))

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
PARTS_LOST = Pitfall(
    "manager_worker.StripsParts",
    "What is left has parts, of which the client is not told.",
    breaks=spec.the_answer_is_true_and_whole,
    subject=system(Task("cab", (Task("c"), BOTH)), staff=below_head("a b"), manager=StripsParts),
    length=1,
)
PARTS_NOT_REPORTED = Pitfall(
    "manager_worker.StripsParts/report",
    "What a manager reports as left has parts, of which it says nothing.",
    breaks=spec.a_report_is_true_and_whole,
    subject=system(Task("cab", (Task("c"), BOTH)), staff=below_manager("a b c"), manager=StripsParts),
    length=5,
)
ANOTHER_NUMBER = Pitfall(
    "manager_worker.CountsReports",
    "A report has a number under which nothing was given yet: it will be taken for that on the next task.",
    breaks=spec.a_report_is_true_and_whole,
    subject=system(A, staff=below_manager("a"), manager=CountsReports),
    length=5,
)
NO_NUMBER = Pitfall(
    "manager_worker.ForgetsItsNumber",
    "A report does not say on what it is.",
    breaks=spec.a_report_is_true_and_whole,
    subject=system(A, staff=below_manager("a"), manager=ForgetsItsNumber),
    length=5,
)
NOBODY_TOLD = Pitfall(
    "manager_worker.KeepsItsReport",
    "A worker reports to itself.",
    breaks=spec.a_report_is_true_and_whole,
    subject=system(A, staff=below_head("a"), worker=KeepsItsReport),
    length=3,
)
PAST_ITS_MANAGER = Pitfall(
    "manager_worker.ReportsToTheHead",
    "A worker reports past its manager, which waits.",
    breaks=spec.a_report_is_true_and_whole,
    subject=system(A, staff=below_manager("a"), worker=ReportsToTheHead),
    length=4,
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
REJECTED_LATE = Pitfall(
    "manager_worker.RejectsWhatFails",
    "A client whose task was taken is told that another was under way.",
    breaks=spec.a_rejection_has_a_reason,
    subject=system(A, staff=below_head("a"), manager=RejectsWhatFails),
    length=4,
)
ANOTHER_TOLD = Pitfall(
    "manager_worker.TellsWhoAskedLast",
    "A client that has asked for the same is told what became of another's task.",
    breaks=spec.the_answer_is_true_and_whole,
    subject=system(A, staff=below_head("a"), rival=(A,), manager=TellsWhoAskedLast),
    length=5,
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
