"""Borda's rule, election in and outcome out."""

from __future__ import annotations

from fractions import Fraction

import pytest

from concordant.refimpl.voting.borda_count import BORDA_RULE, borda, points
from concordant.refimpl.voting.shared.compared import copeland, plurality
from concordant.spec.common.no_amounts import NO_AMOUNTS
from concordant.spec.vocabulary import Amount, Case, ForAll, Map, Recorded, Rejected, RuleClause
from concordant.spec.voting.borda_count import every_ballot_gives_the_same_points, points_are_won_in_pairs
from concordant.spec.voting.shared import voting
from concordant.spec.voting.shared.elections import all_electorates, elections_in_any_order, malformed
from concordant.spec.voting.shared.voting import (
    Ballot,
    Elected,
    Election,
    Ranking,
    Undecided,
    misreport,
    neutral,
    satisfaction,
    tied,
)

OPTIONS = ("a", "b", "c")


def election(*ballots: Ballot) -> Election:
    return Election(OPTIONS, ballots)


def group(ranking: str, weight: Amount = 1) -> Ballot:
    return Ballot(ranking or "nobody", tuple(ranking), weight)


THREE_TO_TWO = election(group("abc", 3), group("bca", 2))


class TestBorda:
    def test_elects_whom_the_documents_elect_against_the_majority(self) -> None:
        assert borda(THREE_TO_TWO) == Elected("b", ("b",), Map.of({"a": 6, "b": 7, "c": 2}))

    def test_reports_all_who_are_tied_and_elects_the_first_of_them_in_the_order_of_options(self) -> None:
        ballots = (group("abc"), group("bac"))
        scores: Map[str, Amount] = Map.of({"a": 3, "b": 3, "c": 0})

        assert borda(Election(("a", "b", "c"), ballots)) == Elected("a", ("a", "b"), scores)
        assert borda(Election(("b", "a", "c"), ballots)) == Elected("b", ("a", "b"), scores)

    def test_shares_the_last_places_among_options_that_are_not_listed(self) -> None:
        scores: dict[str, Amount] = {"a": 2, "b": Fraction(1, 2), "c": Fraction(1, 2)}

        assert borda(election(group("a"))) == Elected("a", ("a",), Map.of(scores))
        assert borda(election(group(""))) == Elected("a", ("a", "b", "c"), Map.of(dict.fromkeys(OPTIONS, Fraction(1))))

    @pytest.mark.parametrize(("ranking", "given"), [("abc", (2, 1, 0)), ("ab", (2, 1, 0)), ("b", (Fraction(1, 2), 2, Fraction(1, 2)))])
    def test_gives_points_for_places_from_below(self, ranking: str, given: tuple[Amount, ...]) -> None:
        assert tuple(points(tuple(ranking), option, 3) for option in OPTIONS) == given

    def test_counts_a_ballot_as_often_as_its_weight_says(self) -> None:
        single = (Ballot("ann", ("a", "b", "c")), Ballot("bob", ("a", "b", "c")), Ballot("cy", ("c", "b", "a")))

        assert borda(election(*single)) == borda(election(group("abc", 2), group("cba", 1)))


class TestTheOtherRules:
    def test_plurality_counts_first_places_only(self) -> None:
        assert plurality(THREE_TO_TWO) == Elected("a", ("a",), Map.of({"a": 3, "b": 2, "c": 0}))

    def test_copeland_counts_contests_won_less_those_lost(self) -> None:
        assert copeland(THREE_TO_TWO) == Elected("a", ("a",), Map.of({"a": 2, "b": 0, "c": -2}))
        assert copeland(election(group("abc"), group("bca"), group("cab"))) == Elected("a", OPTIONS, Map.of(dict.fromkeys(OPTIONS, 0)))


REASONS = {
    "no options": voting.NO_OPTIONS,
    "an option twice": voting.DUPLICATE_OPTION,
    "no voters": voting.NO_VOTERS,
    "no weight": voting.NO_VOTERS,
    "a voter twice": voting.DUPLICATE_VOTER,
    **{f"a weight: {kind}": voting.NEGATIVE if kind == "negative" else voting.NOT_EXACT for kind in NO_AMOUNTS},
    "no ranking": voting.NO_RANKING,
    "overlong": voting.OVERLONG,
    "unknown": voting.UNKNOWN_OPTION,
    "repeated": voting.REPEATED_OPTION,
    **{
        f"{which} ballot: {kind}": reason
        for which in ("the only", "the first")
        for kind, reason in {
            "no ranking": voting.NO_RANKING,
            "overlong": voting.OVERLONG,
            "unknown": voting.UNKNOWN_OPTION,
            "repeated": voting.REPEATED_OPTION,
            **dict.fromkeys(NO_AMOUNTS, voting.NOT_EXACT),
            "negative": voting.NEGATIVE,
        }.items()
    },
}


@pytest.mark.parametrize("rule", [borda, plurality, copeland])
def test_malformed_elections_are_rejected_with_one_reason_per_rule(rule: voting.Rule) -> None:
    assert {kind: rule(broken) for kind, broken in malformed().items()} == REASONS


def test_well_formed_elections_are_not_rejected() -> None:
    assert [rejected_rightly(rule(THREE_TO_TWO)) for rule in (borda, plurality, copeland)] == [True, True, True]
    assert not rejected_rightly(voting.NO_VOTERS)


def rejected_rightly(outcome: voting.Outcome) -> bool:
    """Tell whether the clause on what is rejected holds of an outcome of a sound election."""
    (case,) = voting.malformed_elections_are_rejected.cases(THREE_TO_TWO, outcome)
    return case.holds


class TestAxioms:
    """What the axioms say of outcomes that elect nobody: nothing. None of them may then have a case that fails."""

    @pytest.mark.parametrize("outcome", [Undecided(Map()), Rejected("no")])
    @pytest.mark.parametrize(
        "clause",
        [
            every_ballot_gives_the_same_points,
            points_are_won_in_pairs,
            voting.ties_are_told_and_broken_by_order,
            voting.pareto,
            voting.majority_winner_is_elected,
            voting.condorcet_winner_is_elected,
            voting.condorcet_loser_is_not_elected,
            voting.condorcet_winner_is_never_last,
            voting.monotone,
            voting.participation,
            voting.reinforcing,
            voting.independent_of_losers,
            voting.independent_of_clones,
        ],
        ids=lambda clause: clause.name,
    )
    def test_hold_of_nobody(self, clause: RuleClause, outcome: voting.Outcome) -> None:
        draws = {"who raises the winner": 0, "who stays at home": 0, "voters of the first": 1, "who withdraws": "c", "clones": ("b", "c")}

        assert list(judged(clause, THREE_TO_TWO, outcome, draws)) == []

    @pytest.mark.parametrize("clause", [voting.anonymous, voting.participation, voting.reinforcing], ids=lambda clause: clause.name)
    def test_say_nothing_of_nobody_who_votes(self, clause: RuleClause) -> None:
        assert list(judged(clause, election(), Undecided(Map()), {})) == []

    def test_neutrality_compares_nobody_with_nobody(self) -> None:
        (case,) = judged(neutral, THREE_TO_TWO, Undecided(Map()), {"renaming": ("b", "a", "c")})

        assert case.holds

    def test_a_voter_has_more_of_what_it_ranks_higher_and_nothing_of_a_rejected_election(self) -> None:
        outcomes = (Elected("a", ("a",), Map()), Elected("c", ("c",), Map()), Undecided(Map()))

        assert [satisfaction(THREE_TO_TWO, 0, outcome) for outcome in outcomes] == [3, 1, 0]
        assert tied(Rejected("no")) == ()

    def test_a_lie_is_another_ranking_of_the_same_voter(self) -> None:
        lie: Ranking = ("c", "b", "a")

        assert misreport(THREE_TO_TWO, 1, Recorded({"the lie": lie})) == election(group("abc", 3), Ballot("bca", lie, 2))


def judged(clause: RuleClause, on: Election, outcome: voting.Outcome, draws: dict[str, object]) -> list[Case]:
    if isinstance(clause, ForAll):
        return list(clause.cases(on, outcome))
    return list(clause.cases(lambda _: outcome, on, Recorded(draws)))


def test_any_electorate_is_one_voter_and_so_many_others_for_each_ranking() -> None:
    rankings = {f"voters for {'>'.join(each)}": number for number, each in enumerate(voting.rankings(("c", "a", "b")))}

    drawn = BORDA_RULE.over(all_electorates).profiles(Recorded({"voter": ("c", "b", "a"), **rankings}))

    assert drawn.ballots[0] == Ballot("voter", ("c", "b", "a"))
    assert voting.size(drawn) == 1 + sum(rankings.values())


def test_options_may_be_listed_in_any_order_and_the_first_listed_wins_a_tie() -> None:
    draws = {"options": 2, "voters": 2, "voter0": ("a", "b"), "voter1": ("b", "a"), "listed": ("b", "a"), "came": -1}

    drawn = elections_in_any_order(Recorded(draws), 2, 2)

    assert drawn == Election(("b", "a"), (Ballot("voter1", ("b", "a")), Ballot("voter0", ("a", "b"))))
    assert borda(drawn) == Elected("b", ("a", "b"), Map.of({"a": 1, "b": 1}))
