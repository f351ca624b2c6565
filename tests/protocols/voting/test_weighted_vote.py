"""The weighted rule, poll in and outcome out."""

from __future__ import annotations

from fractions import Fraction

import pytest

from concordant.refimpl.voting.weighted_vote import WEIGHTED_RULE, majority_of_blocks, weighted
from concordant.spec.common.no_amounts import NO_AMOUNTS
from concordant.spec.vocabulary import Amount, Case, ForAll, Map, Recorded, Rejected, Relates
from concordant.spec.voting import weighted_vote as spec
from concordant.spec.voting.majority_vote import HALF, THRESHOLD_OUT_OF_RANGE
from concordant.spec.voting.shared import voting
from concordant.spec.voting.shared.voting import Elected, Outcome, Undecided
from concordant.spec.voting.weighted_vote import Elector, Vote, WeightedPoll, malformed, polls_at_large

TWO_THIRDS = Fraction(2, 3)


def poll(votes: str, weights: tuple[Amount, ...], threshold: Amount = HALF) -> WeightedPoll:
    """Make a poll of `a` against `b`; each letter is an elector, a dash abstains, a dot is absent."""
    electors = tuple(Elector(f"elector{place}", weight) for place, weight in enumerate(weights))
    cast = tuple(Vote(elector.name, None if vote == "-" else vote) for elector, vote in zip(electors, votes, strict=True) if vote != ".")
    return WeightedPoll(("a", "b"), electors, cast, threshold)


def elected(option: str, a: Amount, b: Amount) -> Elected:
    return Elected(option, (option,), Map.of({"a": a, "b": b}))


def undecided(a: Amount, b: Amount) -> Undecided:
    return Undecided(Map.of({"a": a, "b": b}))


class TestWeighted:
    @pytest.mark.parametrize(
        ("votes", "weights", "threshold", "outcome"),
        [
            ("abb", (3, 1, 1), HALF, elected("a", 3, 2)),
            ("abb", (2, 1, 1), HALF, undecided(2, 2)),
            ("ab.", (2, 1, 1), HALF, undecided(2, 1)),
            ("a--", (Fraction(1, 3), Fraction(1, 6), Fraction(1, 6)), HALF, undecided(Fraction(1, 3), 0)),
            ("aab", (1, 1, 1), TWO_THIRDS, undecided(2, 1)),
            ("aab", (2, 1, 1), TWO_THIRDS, elected("a", 3, 1)),
            ("bb-", (1, 1, 0), 1, elected("b", 0, 2)),
            ("bbb", (1, 1, 1), 1, elected("b", 0, 3)),
        ],
    )
    def test_elects_what_more_than_the_threshold_of_all_weight_votes_for_or_all_of_it(
        self, votes: str, weights: tuple[Amount, ...], threshold: Amount, outcome: Outcome
    ) -> None:
        assert weighted(poll(votes, weights, threshold)) == outcome

    def test_adds_up_exactly_what_floats_would_take_for_more_than_half(self) -> None:
        tenths = (Fraction(3, 10), Fraction(2, 10), Fraction(1, 10))

        assert weighted(poll(".aa", tenths)) == undecided(Fraction(3, 10), 0)

    def test_elects_as_a_majority_does_of_as_many_electors_as_each_one_weighs(self) -> None:
        of = poll("ab-", (3, 1, 1))

        assert majority_of_blocks(of) == weighted(of) == elected("a", 3, 1)


REASONS = {
    "no options": voting.NO_OPTIONS,
    "an option twice": voting.DUPLICATE_OPTION,
    "an elector twice": spec.LISTED_TWICE,
    "no electors": spec.WEIGHTLESS,
    "nobody listed": spec.WEIGHTLESS,
    "no weight": spec.WEIGHTLESS,
    "threshold too low": THRESHOLD_OUT_OF_RANGE,
    "threshold too high": THRESHOLD_OUT_OF_RANGE,
    "votes twice": voting.DUPLICATE_VOTER,
    "a stranger votes": spec.NOT_LISTED,
    "a stranger votes first": spec.NOT_LISTED,
    "unknown option": voting.UNKNOWN_OPTION,
    "unknown option first": voting.UNKNOWN_OPTION,
    **{f"{what}: {kind}": voting.NOT_EXACT for what in ("the threshold", "the first weight", "the second weight") for kind in NO_AMOUNTS},
    "the threshold: negative": THRESHOLD_OUT_OF_RANGE,
    "the first weight: negative": voting.NEGATIVE,
    "the second weight: negative": voting.NEGATIVE,
}


def test_malformed_polls_are_rejected_with_one_reason_per_rule() -> None:
    assert {kind: weighted(broken) for kind, broken in malformed().items()} == REASONS


def judged(clause: Relates[WeightedPoll, Outcome], on: WeightedPoll, draws: dict[str, object]) -> list[Case]:
    return list(clause.cases(weighted, on, Recorded(draws)))


class TestClauses:
    @pytest.mark.parametrize(
        "clause",
        [clause for clause in spec.CLAUSES if isinstance(clause, ForAll) and clause is not spec.POLLS.rejection],
        ids=lambda clause: clause.name,
    )
    def test_about_one_poll_say_nothing_of_one_that_is_rejected(self, clause: ForAll[WeightedPoll, Outcome]) -> None:
        assert list(clause.cases(poll("aa", (1, 1)), Rejected("no"))) == []

    def test_about_several_polls_say_nothing_of_one_that_is_rejected(self) -> None:
        refused = poll("ab", (1, 1), 0)
        turns: dict[str, object] = {"who turns": 0, "to": "a", "who exchange": (0, 1)}

        assert [judged(clause, refused, turns) for clause in (spec.a_dummy_changes_nothing, spec.all_are_exchangeable)] == [[], []]
        assert list(spec.elects_as_a_majority.cases(refused, weighted(refused), weighted(refused))) == []

    def test_about_turning_electors_say_nothing_where_nobody_votes(self) -> None:
        turning = (spec.one_more_vote_never_harms, spec.a_dummy_changes_nothing, spec.equals_are_exchangeable, spec.all_are_exchangeable)

        assert [judged(clause, poll("..", (1, 1)), {}) for clause in turning] == [[], [], [], []]

    def test_whoever_is_no_dummy_is_no_case_and_one_beside_a_dictator_is_one_whatever_it_weighs(self) -> None:
        turns: dict[str, object] = {"who turns": 1, "to": "a"}

        assert judged(spec.a_dummy_changes_nothing, poll("ab", (1, 1)), turns) == []
        assert [case.holds for case in judged(spec.a_dummy_changes_nothing, poll("ab", (3, 2)), turns)] == [True]

    def test_the_lightest_of_three_electors_may_be_as_powerful_as_the_others(self) -> None:
        of = poll("ab.", (2, 2, 1))

        assert [spec.is_dummy(of, elector) for elector in of.electorate] == [False, False, False]
        assert [spec.decides(of, pair) for pair in ((of.electorate[0], of.electorate[2]), of.electorate[:1])] == [True, False]

    def test_electors_of_different_weights_are_exchangeable_in_no_promised_clause(self) -> None:
        exchange: dict[str, object] = {"who exchange": (0, 1)}

        assert judged(spec.equals_are_exchangeable, poll("ab", (2, 1)), exchange) == []
        assert [case.holds for case in judged(spec.all_are_exchangeable, poll("ab", (2, 1)), exchange)] == [False]


def test_a_vote_is_worth_something_to_who_votes_for_what_is_elected_and_nothing_to_who_abstains() -> None:
    outcomes = (elected("a", 2, 1), undecided(1, 1), elected("b", 1, 2), Rejected("no"))

    assert [[spec.gain(poll("ab-", (1, 1, 1)), voter, outcome) for outcome in outcomes] for voter in range(3)] == [
        [1, 0, -1, 0],
        [-1, 0, 1, 0],
        [0, 0, 0, 0],
    ]


@pytest.mark.parametrize(("just_met", "threshold"), [(True, Fraction(3, 4)), (False, TWO_THIRDS)])
def test_a_threshold_may_be_drawn_that_is_just_met(just_met: bool, threshold: Fraction) -> None:
    draws = {
        "options": 1,
        "option 0": "b",
        "electors": 2,
        "elector 0": "A",
        "elector 1": "a",
        "A weighs": 3,
        "A votes": "b",
        "a weighs": 1,
        "a votes": spec.ABSENT,
        "threshold above a half": TWO_THIRDS - HALF,
        "the threshold is just met": just_met,
    }

    assert polls_at_large(Recorded(draws)) == WeightedPoll(("b",), (Elector("A", 3), Elector("a", 1)), (Vote("A", "b"),), threshold)


def test_the_rule_promises_its_clauses_and_to_elect_as_a_majority_of_blocks() -> None:
    assert [clause.name for clause in WEIGHTED_RULE.promises[len(spec.CLAUSES) :]] == ["elects_as_a_majority"]
