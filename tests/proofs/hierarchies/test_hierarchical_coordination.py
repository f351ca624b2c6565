"""Reports in a tree: which shipped mistakes the bridge sees, where an attack gets stuck, and that the function of the theorems is the shipped one."""

from __future__ import annotations

import pytest
import z3

from concordant.proofs.hierarchies.hierarchical_coordination.bridge import BRIDGE
from concordant.proofs.hierarchies.hierarchical_coordination.claim import REPORTS
from concordant.proofs.hierarchies.hierarchical_coordination.trees import DEGREE, PARENT, PLACE, is_parent
from concordant.proofs.kernel.proofs import stopped_by
from concordant.refimpl.hierarchies.hierarchical_coordination import parent
from concordant.spec.hierarchies.hierarchical_coordination import Tree
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

STEM = "hierarchical_coordination"


def own(*names: str) -> tuple[str, ...]:
    return tuple(f"{STEM}.{name}" for name in names)


SEEN = {
    **dict.fromkeys(("HIE-3", "HIE-5", *own("Crossed", "Crossed/star", "AwaitsOne")), 1),
    **dict.fromkeys(
        own(
            "HandsOnToAll",
            "HandsOnToAll/early",
            "LosesTheLast",
            "GivesUpInSilence",
            "CreditsTheSilent",
            "ForgetsTheMissing",
            "AnswersTwice",
            "CreditsItsParent",
        ),
        2,
    ),
    **dict.fromkeys(own("StartsAnew", "ReportsAtOnce"), 3),
    **dict.fromkeys(own("CountsAgain", "GivesAllUp"), 4),
    **dict.fromkeys(own("CountsChildren", "CountsAgain/below"), 5),
    **dict.fromkeys(own("CountsChildren/below"), 6),
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    **dict.fromkeys(("HIE-6", *own("HandsOnToOne", "WaitsForEver", "AsksForEver", "OnlyTheTopGivesUp", "HearsNobody")), LIVENESS),
    **dict.fromkeys(own("HandsOnToOne/in_time"), LIVENESS),
    **dict.fromkeys(("HIE-2", "HIE-4", "HIE-7", *own("LeavesOneOut", "WantsABranching")), UNSAID),  # what was asked for
    **dict.fromkeys(own("StartsAtOne", "OneLeader"), UNSAID),  # which tree it is
    **dict.fromkeys(own("HandsItToItself", "ReportsToTheTop", "TellsTheChildren"), UNSAID),  # to whom a message goes
    **dict.fromkeys(own("DoesItAgain"), UNSAID),  # how often the task is done
    **dict.fromkeys(own("NamesEverybodyBelow", "GivesItselfUp"), UNSAID),  # what is announced beside the reports
}


@pytest.mark.parametrize("id", pitfalls(STEM))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls(STEM)[id], SEEN, NOT_SEEN)


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(REPORTS, mutant) for mutant in REPORTS.mutants} == {
        "counts_again": (7, "guard awaited"),
        "reports_early": (4, "guard awaits_nobody"),
        "credits_the_silent": None,  # the protocol names whoever is given up as missing
        "does_it_unasked": (3, "guard asked"),
        "two_parents": (5, "guard new"),
    }


def test_the_parent_of_which_the_theorems_speak_is_that_of_the_shipped_function() -> None:
    places = [(degree, place) for degree in range(1, 5) for place in range(1, 16)]

    def fits(degree: int, place: int, chosen: int) -> bool:
        chosen_so = ((DEGREE, degree), (PLACE, place), (PARENT, chosen))
        return bool(
            z3.is_true(z3.simplify(z3.substitute(is_parent(PARENT, PLACE), *((name, z3.IntVal(value)) for name, value in chosen_so))))
        )

    assert [each for each in places if not fits(*each, parent(Tree(each[0]), each[1]))] == []
    assert [each for each in places if fits(*each, parent(Tree(each[0]), each[1]) + 1)] == []
