"""What goes wrong with what is said of stages that end, and with what an orchestrator shows of its books."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.workflows.orchestrator.assigning import B_AFTER_A, B
from concordant.pitfalls.workflows.orchestrator.omitted import A
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.workflows.orchestrator import Orchestrating, Orchestrator, system
from concordant.spec.vocabulary import Address, Announce, Map, Network
from concordant.spec.workflows.orchestrator import Ended, OrchestratorView, Report, StageEnded, TaskFailed
from concordant.spec.workflows.orchestrator import clauses as spec
from concordant.spec.workflows.shared.stages import StageStatus

# ---- what is said


@frozen
class Announcer(Orchestrator):
    """Announces of a stage that ends something else than is so."""

    def ended(self, state: Orchestrating, stage: str, status: StageStatus, token: int | None) -> Step[Orchestrating]:
        return step(super().ended(state, stage, status, token).state, Announce(StageEnded(stage, self.told(status), self.credited(token))))

    def told(self, status: StageStatus) -> StageStatus:
        return status

    def credited(self, token: int | None) -> int | None:
        return token


@frozen
class ReportsProgress(Announcer):
    """Says that a stage is being done, when it has failed."""

    def told(self, status: StageStatus) -> StageStatus:
        return StageStatus.RUNNING if status is StageStatus.FAILED else status


@frozen
class PutsBack(Announcer):
    """Says that a stage waits, when it was skipped."""

    def told(self, status: StageStatus) -> StageStatus:
        return StageStatus.WAITING if status is StageStatus.SKIPPED else status


@frozen
class CreditsNobody(Announcer):
    """Does not say whose result a stage has."""

    def credited(self, token: int | None) -> None:  # noqa: ARG002  # that is the mistake
        return None


@frozen
class CreditsTheLast(Announcer):
    """Says that a stage has the result of the assignment before."""

    def credited(self, token: int | None) -> int | None:
        return None if token is None else token - 1


@frozen
class CreditsTheNext(Announcer):
    """Says that a stage has the result of the next assignment."""

    def credited(self, token: int | None) -> int | None:
        return None if token is None else token + 1


@frozen
class CreditsWhoFailed(Announcer):
    """Says that a stage has the result of the first assignment, which has none."""

    def credited(self, token: int | None) -> int:
        return 1 if token is None else token


@frozen
class SaysItTwice(Orchestrator):
    """Says of each stage twice how it has ended."""

    def ended(self, state: Orchestrating, stage: str, status: StageStatus, token: int | None) -> Step[Orchestrating]:
        once = super().ended(state, stage, status, token)
        return Step(once.state, once.effects * 2)


@frozen
class SwallowsFailures(Orchestrator):
    """Takes whatever is reported for a result."""

    def receive(self, state: Orchestrating, source: Address, message: Report) -> Step[Orchestrating] | None:
        if not isinstance(message, TaskFailed) or not self.is_current(state, source, message):
            return super().receive(state, source, message)
        return self.ended(state, message.stage, StageStatus.DONE, message.token).then(self.go_on)


@frozen
class EndsTwice(Orchestrator):
    """Announces the end of a workflow twice."""

    def end(self, state: Orchestrating) -> Step[Orchestrating]:
        over = super().end(state)
        return Step(over.state, (over.effects[0], *over.effects))


@frozen
class ForgetsItsName(Orchestrator):
    """Says that a workflow has ended, and not which."""

    def end(self, state: Orchestrating) -> Step[Orchestrating]:
        over = super().end(state)
        nameless = Ended("", self.is_complete(state), state.ended)
        return Step(over.state, (Announce(nameless), *over.effects[1:]))


# ---- what is shown


@frozen
class ShowsNoResults(Orchestrator):
    """Shows how stages have ended, and not what they left."""

    def view(self, state: Orchestrating) -> OrchestratorView:
        return evolve(super().view(state), results=Map[str, str]())


@frozen
class IsOverEarly(Orchestrator):
    """Shows a workflow as over that has begun."""

    def view(self, state: Orchestrating) -> OrchestratorView:
        return evolve(super().view(state), is_over=True)


# ---- the pitfalls

REPORTS_PROGRESS = Pitfall(
    "orchestrator.ReportsProgress",
    "A stage that has failed is said to be under way.",
    breaks=spec.a_stage_ends_as_it_did,
    subject=system(A, attempts=1, orchestrator=ReportsProgress),
    length=2,
)
PUTS_BACK = Pitfall(
    "orchestrator.PutsBack",
    "A stage that is skipped is said to wait.",
    breaks=spec.a_stage_ends_as_it_did,
    subject=system(A, B_AFTER_A, attempts=1, orchestrator=PutsBack),
    length=2,
)
CREDITS_NOBODY = Pitfall(
    "orchestrator.CreditsNobody",
    "Of a stage that is done it is not said whose result it has.",
    breaks=spec.a_result_is_of_the_current_assignment,
    subject=system(A, orchestrator=CreditsNobody),
    length=4,
)
CREDITS_THE_LAST = Pitfall(
    "orchestrator.CreditsTheLast",
    "A stage is said to have the result of the assignment before.",
    breaks=spec.a_result_is_of_the_current_assignment,
    subject=system(A, orchestrator=CreditsTheLast),
    length=4,
)
CREDITS_THE_NEXT = Pitfall(
    "orchestrator.CreditsTheNext",
    "A stage is said to have the result of an assignment that has not been.",
    breaks=spec.a_result_is_of_the_current_assignment,
    subject=system(A, orchestrator=CreditsTheNext),
    length=4,
)
SAYS_IT_TWICE = Pitfall(
    "orchestrator.SaysItTwice",
    "A stage that has failed fails again.",
    breaks=spec.a_stage_ends_as_it_did,
    subject=system(A, attempts=1, orchestrator=SaysItTwice),
    length=2,
)
SWALLOWS_FAILURES = Pitfall(
    "orchestrator.SwallowsFailures",
    "An agent says that it has failed, and the stage is done.",
    breaks=spec.a_result_is_of_the_current_assignment,
    subject=system(A, orchestrator=SwallowsFailures),
    length=4,
)
ENDS_TWICE = Pitfall(
    "orchestrator.EndsTwice",
    "A workflow that has ended ends again.",
    breaks=spec.the_end_tells_how_each_stage_ended,
    subject=system(A, attempts=1, orchestrator=EndsTwice),
    length=2,
)
FORGETS_ITS_NAME = Pitfall(
    "orchestrator.ForgetsItsName",
    "It is not said which workflow has ended.",
    breaks=spec.the_end_tells_how_each_stage_ended,
    subject=system(A, attempts=1, orchestrator=ForgetsItsName),
    length=2,
)
SHOWS_NO_RESULTS = Pitfall(
    "orchestrator.ShowsNoResults",
    "What was done cannot be seen.",
    breaks=spec.the_books_are_true,
    subject=system(A, B, network=Network(), orchestrator=ShowsNoResults),
    length=4,
)
IS_OVER_EARLY = Pitfall(
    "orchestrator.IsOverEarly",
    "A workflow is shown as over that is under way.",
    breaks=spec.the_books_are_true,
    subject=system(A, orchestrator=IsOverEarly),
    length=1,
)
CREDITS_WHO_FAILED = Pitfall(
    "orchestrator.CreditsWhoFailed",
    "A stage that has failed is said to have a result.",
    breaks=spec.a_stage_ends_as_it_did,
    subject=system(A, attempts=1, orchestrator=CreditsWhoFailed),
    length=2,
)
