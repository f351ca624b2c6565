"""Attacks on bridges: what is told of the code is a tale, which leads through all of the model, whatever the code does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from attrs import evolve

from concordant.checks.answers import Conclusion
from concordant.checks.bridge import cross, crossable, unnoticed
from concordant.checks.questions.bridge import ask
from concordant.checks.questions.question import Means
from concordant.checks.registry import protocol
from concordant.checks.semantics.symmetry_check import UntrueSymmetry
from concordant.proofs.bridges import bridges
from concordant.proofs.consensus.two_phase_commit.bridge import BRIDGE
from concordant.proofs.kernel.refinement import Bridge, Fact
from concordant.proofs.kernel.role_theorems import RoleTheorem, on_its_way
from concordant.proofs.kernel.said import TOLD, on_record
from concordant.proofs.kernel.theorems import collected
from concordant.proofs.said import spoken
from concordant.proofs.synchronization.barrier.bridge import BRIDGE as BARRIER
from concordant.refimpl.consensus.two_phase_commit import Logged, Participating, system
from concordant.spec.consensus.two_phase_commit import Phase
from concordant.spec.vocabulary import Address, Network, addresses
from tests.proofs.test_theorems import LONG

FIRST, SECOND = PARTICIPANTS = addresses("participant", 2)
COMMITTED = ("commit_logged",), *((name, each) for name in ("prepared", "committed") for each in PARTICIPANTS)
ABORTED = ("abort_logged",), ("refused", FIRST), ("aborted", FIRST), ("aborted", SECOND)


def tale(address: Address, state: object) -> tuple[Fact, ...]:  # noqa: ARG001  # the signature of a bridge
    """Tell of a run to its end as soon as the coordinator has decided, and never look at a participant."""
    match state:
        case Logged(True):
            return COMMITTED
        case Logged(False):
            return ABORTED
        case _:
            return ()


TWO = evolve(system(network=Network(duplicating=True)), symmetric=())
"""A coordinator and two participants, which the tale tells apart."""
TALE = evolve(BRIDGE, local=tale, happened=lambda *_: (), elements=lambda *_: PARTICIPANTS, most=6)


def test_a_bridge_that_plays_a_script_is_refused_since_it_notices_no_mistake_of_those_at_whom_it_does_not_look() -> None:
    of = protocol("two_phase_commit")
    crossing = cross(TALE, TWO)

    assert (crossing.problem, set(crossing.actions) - {"stutter"}) == (None, set(TALE.model().actions))
    assert unnoticed(TALE, crossable(TALE, of.scopes), of.pitfalls) == ("participant",)
    assert unnoticed(BRIDGE, crossable(BRIDGE, of.scopes), of.pitfalls) == ()


def test_a_role_of_which_a_bridge_says_nothing_is_named_where_it_is_told_what_was_crossed() -> None:
    (question,) = ask(protocol("two_phase_commit"))

    assert question.title.endswith("every action of the model is taken; of each role some mistake is none.")
    assert evolve(question, bridge=evolve(TALE, silent=("participant",))).title.endswith("The model says nothing of participant.")


def test_a_bridge_that_tells_another_thing_each_time_that_it_is_asked_is_refused() -> None:
    asked: Counter[Address] = Counter()

    def by_turns(address: Address, state: object) -> Iterator[Fact]:
        match state:
            case Participating(Phase.ABORTED):
                asked[address] += 1
                yield from (("aborted", address), ("refused", address))[: asked[address]]
            case _:
                yield from BRIDGE.local(address, state)

    problem = cross(evolve(BRIDGE, local=by_turns, most=6), TWO).problem

    assert problem == "what a state of participant0 stands for is another thing when it is asked again"


def test_a_mistake_of_machines_that_are_put_together_shows_nothing_of_a_bridge_about_one_of_them() -> None:
    of = protocol("barrier")
    together = [pitfall for pitfall in of.pitfalls if pitfall.id == "X-3"]

    assert len(together) == 1
    assert unnoticed(BARRIER, crossable(BARRIER, of.scopes), together) == ("barrier",)


def without_second(told: Any) -> frozenset[Any]:
    """Look away from the second participant."""
    return frozenset(fact for fact in told if SECOND not in fact)


@pytest.mark.parametrize(
    ("blind", "by"),
    [
        (evolve(BRIDGE, happened=lambda *given: without_second(BRIDGE.happened(*given))), "what happens"),
        (evolve(BRIDGE, happened=lambda *given: () if given[0] == SECOND else BRIDGE.happened(*given)), "what happens"),
        (evolve(BRIDGE, recalled=lambda *given: [("refused", FIRST)] if given[1] == FIRST else ()), "what is recalled"),
        (evolve(BRIDGE, joined=without_second), "what is joined"),
    ],
)
def test_a_bridge_that_is_blind_to_one_of_those_that_can_be_exchanged_is_refused(blind: Bridge, by: str) -> None:
    with pytest.raises(UntrueSymmetry, match=f"the bridge tells participant0 and participant1 apart, by {by}$"):
        cross(blind, evolve(system(), users=()))


def without(relation: str, of_states: bool) -> Bridge:  # it is a parameter of a test
    """Return the bridge of two-phase commit that no longer tells of a relation by states, or by what happens."""

    def less(tells: Callable[..., Iterable[Any]]) -> Callable[..., Iterable[Any]]:
        return lambda *given: [fact for fact in tells(*given) if fact[0] != relation]

    return evolve(BRIDGE, local=less(BRIDGE.local)) if of_states else evolve(BRIDGE, happened=less(BRIDGE.happened))


@pytest.mark.parametrize(
    ("relation", "of_states", "by"),
    [
        ("prepared", True, {"Participating"}),
        ("commit_logged", True, {"Logged"}),
        ("abort_logged", False, {"Resolved", "Reply Resolved"}),
    ],
)
def test_a_bridge_that_leaves_out_what_another_row_tells_as_well_tells_less(relation: str, of_states: bool, by: set[str]) -> None:
    """No step shows it as long as the code is right: what is logged was announced, too."""
    all_of_it, less = cross(BRIDGE, TWO), cross(without(relation, of_states), TWO)

    assert (less.problem, less.actions) == (None, all_of_it.actions)
    assert all_of_it.told - less.told == {(relation, each) for each in by}


def test_a_bridge_that_tells_less_than_is_on_record_is_not_as_claimed() -> None:
    (question,) = ask(protocol("two_phase_commit"))
    answer = evolve(question, bridge=without("commit_logged", of_states=True)).answer(Means())
    problem = answer.note("problem")

    assert question.answer(Means()).conclusion is Conclusion.AS_CLAIMED
    assert answer.conclusion is Conclusion.NOT_AS_CLAIMED
    assert problem is not None
    assert str(problem.fields["value"]).startswith("“commit_logged” is on record beside something else")


def test_what_every_model_meaning_lemma_and_bridge_says_is_on_record() -> None:
    """What roles suppose on their way is compared wherever they are proved, which those of long proofs are not in `make test`."""
    said = spoken(on_the_way=False)
    bridged = {each.stem for each in bridges()}
    ways = {(each.stem, on_its_way(each.role)) for each in collected(RoleTheorem)}

    assert bridged <= said.keys()
    assert {stem: {of for of in on_record(stem) if (stem, of) not in ways} for stem in said} == {
        stem: {*of, *((TOLD,) if stem in bridged else ())} for stem, of in said.items()
    }
    for stem, of in spoken(LONG).items():
        assert set(on_record(stem)) - {TOLD} == of.keys()
