"""Delegation: which shipped mistakes the bridge sees, where an attack gets stuck, and that the shipped manager goes on as its measure says."""

from __future__ import annotations

import pytest
from attrs import evolve, frozen

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.scope import Scope
from concordant.checks.scopes.hierarchies.manager_worker import SCOPES
from concordant.checks.semantics.handlers import BrokenProcess
from concordant.proofs.hierarchies.manager_worker.bridge import BRIDGE
from concordant.proofs.hierarchies.manager_worker.claim import DELEGATION
from concordant.proofs.kernel.proofs import stopped_by
from concordant.refimpl.hierarchies.manager_worker import Leading, Manager, Managing
from concordant.refimpl.machine import Step
from concordant.spec.hierarchies.manager_worker import Assign, Report, Task, whole
from concordant.spec.vocabulary import Address
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

OURS = "manager_worker"
NOT_CROSSED = {
    "MGR-7",  # it ends in an error
    f"{OURS}.GivesToAnybody",  # it gives the same task for ever, under ever higher numbers
}
CROSSED = {id: each for id, each in pitfalls(OURS).items() if id not in NOT_CROSSED}
SEEN = {
    **dict.fromkeys(("MGR-2", "MGR-2/divided", "MGR-3", "MGR-5"), 1),
    **{f"{OURS}.{name}": 1 for name in ("DividesFirst", "LosesAPart", "StripsParts")},
    **{f"{OURS}.{name}": 3 for name in ("SkipsALevel", "KeepsItsReport")},
    **{f"{OURS}.{name}": 4 for name in ("TakesTwins", "LosesTheRest", "AnswersEachPart")},
    **{f"{OURS}.{name}": 5 for name in ("AsksTwo", "AsksTwo/done", "TakesCopies", "ReportsTheFirst", "StripsParts/report")},
    **{f"{OURS}.{name}": 5 for name in ("CountsReports", "ForgetsItsNumber", "TakesLateReports", "TakesLateReports/copies")},
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    **dict.fromkeys(("MGR-6", f"{OURS}.TakesAnother", f"{OURS}.TakesTheFirst", f"{OURS}.WantsOneForAll"), UNSAID),  # what is taken, of whom
    **dict.fromkeys(("MGR-4", "MGR-8", f"{OURS}.ForgetsWhoIsDown", f"{OURS}.TriesOneOnly"), UNSAID),  # who is given what
    f"{OURS}.GivesTheFirst": UNSAID,  # when a task is divided
    **dict.fromkeys((f"{OURS}.TakesTheCredit", f"{OURS}.ReportsToTheHead"), UNSAID),  # who is credited, and who reports to whom
    **dict.fromkeys((f"{OURS}.RejectsWhatFails", f"{OURS}.TellsWhoAskedLast"), UNSAID),  # which client is told, and that one is
    **dict.fromkeys(("MGR-1", f"{OURS}.DeafToSuspicion", f"{OURS}.DeafToFailure"), LIVENESS),
}


@pytest.mark.parametrize("id", CROSSED)
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, CROSSED[id], SEEN, NOT_SEEN)


STOPPED = {
    "drops_what_is_left": None,
    "does_a_part_of_it": (5, "guard is_all_of_it"),
    "reports_what_is_not_done": None,
    "keeps_what_is_credited": None,
    "hears_what_was_not_said": (5, "guard reported"),
    "reports_what_it_never_had": (5, "guard is_its_own"),
    "gives_more_later": (7, "guard is_not_begun"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant; None where it comes to nothing there."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(DELEGATION, mutant) for mutant in DELEGATION.mutants} == STOPPED


@frozen
class Measured(Manager):
    """Requires that it goes on with a task only as `measure` says."""

    def receive(self, state: Managing, source: Address, message: Assign | Report) -> Step[Managing] | None:
        return lessened(state, super().receive(state, source, message))

    def suspect(self, state: Managing, peer: Address) -> Step[Managing] | None:
        return lessened(state, super().suspect(state, peer))

    def divide(self, state: Leading) -> Step[Managing]:
        assert count((*self.parts(state.left[0]), *state.left[1:])) < count(state.left)
        return super().divide(state)


@frozen
class GivesItAgain(Measured):
    """Forgets who could not do a task."""

    def heard(self, state: Leading, source: Address, report: Report) -> Step[Managing]:
        after = super().heard(state, source, report)
        return evolve(after, state=evolve(after.state, tried=frozenset())) if isinstance(after.state, Leading) else after


def lessened(before: Managing, after: Step[Managing] | None) -> Step[Managing] | None:
    """Return a step, if it is none, begins or ends a task, or lessens the measure."""
    if after is not None and isinstance(before, Leading) and isinstance(after.state, Leading):
        now = after.state
        assert count(now.left) <= count(before.left)
        assert now.tried >= before.tried
        assert now.lasting.down >= before.lasting.down
        less = count(now.left) < count(before.left)
        assert less or now.tried > before.tried or now.lasting.down > before.lasting.down
    return after


def count(tasks: tuple[Task, ...]) -> int:
    """Count tasks, their parts and the parts of these."""
    return sum(len(whole(task)) for task in tasks)


def explored(scope: Scope, manager: type[Manager]) -> int:
    """Return how many states a scope has with managers of a class in place of its own."""
    processes = {name: manager(each.me, each.staff) if isinstance(each, Manager) else each for name, each in scope.system.processes.items()}
    return explore(evolve(scope.system, processes=processes), ()).states


@pytest.mark.parametrize("name", ["levels", "nested", "crash", "errs"])
def test_the_shipped_manager_goes_on_as_its_measure_says(name: str) -> None:
    (scope,) = (each for each in SCOPES if each.name == name and isinstance(each, Scope))

    assert scope.expected is not None
    assert explored(scope, Measured) == scope.expected.states


def test_a_manager_that_gives_a_task_again_does_not() -> None:
    (scope,) = (each for each in SCOPES if each.name == "levels" and isinstance(each, Scope))

    with pytest.raises(BrokenProcess, match="AssertionError"):
        explored(scope, GivesItAgain)
