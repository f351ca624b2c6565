"""The majority rule, poll in and outcome out."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from concordant.refimpl.voting.majority_vote import majority
from concordant.spec.common.no_amounts import NO_AMOUNTS
from concordant.spec.vocabulary import Amount, Case, ForAll, Map, Recorded, Rejected, Relates
from concordant.spec.voting import majority_vote as spec
from concordant.spec.voting.majority_vote import HALF, Poll, any_polls, malformed, weighted_polls
from concordant.spec.voting.shared import voting
from concordant.spec.voting.shared.voting import Ballot, Elected, Outcome, Undecided

TWO_THIRDS = Fraction(2, 3)


def poll(votes: str, threshold: Amount = HALF, electorate: int | None = None) -> Poll:
    """Make a poll of `a` against `b`; each letter is an elector, a dash abstains, a dot is absent."""
    ballots = tuple(Ballot(f"elector{place}", () if vote == "-" else (vote,)) for place, vote in enumerate(votes) if vote != ".")
    return Poll(("a", "b"), ballots, len(votes) if electorate is None else electorate, threshold)


def scores(votes: str) -> Map[str, Amount]:
    return Map.of({option: votes.count(option) for option in "ab"})


def elected(option: str, votes: str) -> Elected:
    return Elected(option, (option,), scores(votes))


class TestMajority:
    @pytest.mark.parametrize("votes", ["".join(votes) for votes in product("ab-.", repeat=3)])
    def test_of_three_electors_elects_what_two_vote_for(self, votes: str) -> None:
        expected = next((elected(option, votes) for option in "ab" if votes.count(option) >= 2), Undecided(scores(votes)))

        assert majority(poll(votes)) == expected

    @pytest.mark.parametrize(
        ("votes", "threshold", "winner"),
        [
            ("ab", HALF, None),
            ("aab", HALF, "a"),
            ("aab", TWO_THIRDS, None),
            ("aaab", TWO_THIRDS, "a"),
            ("bbb", TWO_THIRDS, "b"),
            ("aaab", 1, None),
            ("aaa", 1, "a"),
        ],
    )
    def test_asks_for_more_than_the_threshold_or_everybody(self, votes: str, threshold: Amount, winner: str | None) -> None:
        assert majority(poll(votes, threshold)) == (elected(winner, votes) if winner else Undecided(scores(votes)))

    def test_measures_by_the_electorate_and_not_by_the_votes_received(self) -> None:
        assert majority(poll("a", electorate=2)) == Undecided(scores("a"))

    def test_counts_a_vote_as_often_as_its_weight_says(self) -> None:
        blocks = Poll(("a", "b"), (Ballot("ann", ("a",), Fraction(1, 2)), Ballot("bob", ("b",), 1)), Fraction(3, 2))

        assert majority(blocks) == Elected("b", ("b",), Map.of({"a": Fraction(1, 2), "b": Fraction(1)}))


REASONS = {
    "no options": voting.NO_OPTIONS,
    "an option twice": voting.DUPLICATE_OPTION,
    "overlong": voting.OVERLONG,
    "an option repeated": voting.REPEATED_OPTION,
    "no electors": spec.EMPTY_ELECTORATE,
    "too many votes": spec.MORE_VOTES_THAN_ELECTORS,
    "threshold too low": spec.THRESHOLD_OUT_OF_RANGE,
    "threshold too high": spec.THRESHOLD_OUT_OF_RANGE,
    "votes twice": voting.DUPLICATE_VOTER,
    "unknown option": voting.UNKNOWN_OPTION,
    "several options": spec.SEVERAL_CHOICES,
    "no vote": voting.NO_RANKING,
    **{f"{what}: {kind}": voting.NOT_EXACT for what in ("the electorate", "the threshold", "a weight") for kind in NO_AMOUNTS},
    "the electorate: negative": voting.NEGATIVE,
    "the threshold: negative": spec.THRESHOLD_OUT_OF_RANGE,
    "a weight: negative": voting.NEGATIVE,
    **{
        f"{which} vote: {kind}": reason
        for which in ("the only", "the first")
        for kind, reason in {
            "unknown option": voting.UNKNOWN_OPTION,
            "several options": spec.SEVERAL_CHOICES,
            "none": voting.NO_RANKING,
            "overlong": voting.OVERLONG,
            "repeated": voting.REPEATED_OPTION,
            **dict.fromkeys(NO_AMOUNTS, voting.NOT_EXACT),
            "negative": voting.NEGATIVE,
        }.items()
    },
}


def test_malformed_polls_are_rejected_with_one_reason_per_rule() -> None:
    assert {kind: majority(broken) for kind, broken in malformed().items()} == REASONS


def test_a_sound_poll_must_not_be_rejected() -> None:
    sound = poll("ab-.")

    assert [case.holds for case in spec.malformed_polls_are_rejected.cases(sound, majority(sound))] == [True]
    assert [case.holds for case in spec.malformed_polls_are_rejected.cases(sound, spec.EMPTY_ELECTORATE)] == [False]


class TestClauses:
    @pytest.mark.parametrize(
        "clause",
        [clause for clause in (*spec.CLAUSES, spec.always_decides) if isinstance(clause, ForAll) and clause is not spec.POLLS.rejection],
        ids=lambda clause: clause.name,
    )
    def test_about_one_poll_say_nothing_of_one_that_is_rejected(self, clause: ForAll[Poll, Outcome]) -> None:
        assert list(clause.cases(poll("aa"), Rejected("no"))) == []

    def test_about_turning_voters_say_nothing_where_nobody_votes(self) -> None:
        assert [judged(clause, poll("..")) for clause in TURNING] == [[], [], []]

    @pytest.mark.parametrize(
        ("votes", "options", "threshold"), [("ab", ("a", "b", "c"), HALF), ("ab", ("a", "b"), TWO_THIRDS), ("aab", ("a", "b"), HALF)]
    )
    def test_about_ties_say_nothing_where_there_is_none(self, votes: str, options: tuple[str, ...], threshold: Amount) -> None:
        of = Poll(options, poll(votes).ballots, len(votes), threshold)

        assert judged(spec.positively_responsive, of, {"who turns": 0, "to": "b" if votes == "aab" else "a"}) == []

    def test_a_voter_who_breaks_a_tie_is_a_case(self) -> None:
        assert [case.holds for case in judged(spec.positively_responsive, poll("ab"), {"who turns": 1, "to": "a"})] == [True]
        assert judged(spec.positively_responsive, poll("a-"), {"who turns": 1, "to": "a"}) == []

    def test_a_proposal_has_an_opposite_only_between_two_options(self) -> None:
        three = Poll(("a", "b", "c"), poll("aab").ballots, 3)

        assert judged(spec.exclusive_proposals_never_both_pass, three) == []
        assert [case.holds for case in judged(spec.exclusive_proposals_never_both_pass, poll("aab-"))] == [True]


TURNING = (spec.one_more_vote_never_harms, spec.positively_responsive, spec.positively_responsive_whoever_abstains)


def judged(clause: Relates[Poll, Outcome], on: Poll, draws: dict[str, object] | None = None) -> list[Case]:
    return list(clause.cases(majority, on, Recorded(draws or {})))


def test_blocks_of_any_weight_make_up_the_electorate_with_those_who_are_absent() -> None:
    drawn = weighted_polls(
        Recorded(
            {
                "elector0": 2,
                "elector1": Fraction(1, 2),
                "elector2": 3,
                "elector0 votes": ("a",),
                "elector1 votes": (),
                "elector2 votes": None,
                "threshold": TWO_THIRDS,
            }
        ),
        3,
    )

    assert drawn == Poll(("a", "b"), (Ballot("elector0", ("a",), 2), Ballot("elector1", (), Fraction(1, 2))), Fraction(11, 2), TWO_THIRDS)


def test_any_electorate_is_one_voter_and_so_many_others_for_each_option_abstaining_or_absent() -> None:
    draws = {"voter": (), "others for nothing": 1, "others for a": 2, "others for b": 3, "absent": 4, "threshold": 1}
    drawn = any_polls(Recorded(draws), ("a", "b"))

    ballots = (Ballot("voter", ()), Ballot("abstain", (), 1), Ballot("a", ("a",), 2), Ballot("b", ("b",), 3))
    assert drawn == Poll(("a", "b"), ballots, 11, 1)


def test_a_vote_is_worth_something_to_who_votes_for_what_is_elected_and_nothing_to_who_abstains() -> None:
    outcomes = (elected("a", "aab-"), Undecided(scores("ab--")), elected("b", "abb-"), Rejected("no"))

    assert [[spec.gain(poll("ab-"), voter, outcome) for outcome in outcomes] for voter in range(3)] == [
        [1, 0, -1, 0],
        [-1, 0, 1, 0],
        [0, 0, 0, 0],
    ]
