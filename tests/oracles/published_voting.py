"""Our rules of voting elect whom `pref_voting` elects, which nobody here has written: https://pref-voting.readthedocs.io."""

from __future__ import annotations

from random import Random

import pytest
from pref_voting.c1_methods import condorcet, copeland
from pref_voting.other_methods import absolute_majority
from pref_voting.profiles import Profile
from pref_voting.profiles_with_ties import ProfileWithTies
from pref_voting.scoring_methods import borda, borda_for_profile_with_ties, plurality

from concordant.refimpl.voting import borda_count, majority_vote
from concordant.refimpl.voting.shared import compared
from concordant.spec.voting.majority_vote import Poll
from concordant.spec.voting.shared.voting import Ballot, Elected, Election, beats, others, rankings, size, tied

OPTIONS = ("a", "b", "c", "d")
SEEDS = range(300)


def election(seed: int, *, truncated: bool = False) -> Election:
    """Draw up to seven ballots, each of up to three voters, on two to four options."""
    choose = Random(seed)  # noqa: S311  # a test that repeats
    options = OPTIONS[: choose.randrange(2, 5)]
    ballots = (
        Ballot(f"voter{number}", choose.choice(rankings(options, truncated=truncated)), choose.randrange(1, 4))
        for number in range(choose.randrange(1, 8))
    )
    return Election(options, tuple(ballots))


def published(ours: Election) -> Profile:
    """Return an election of whole rankings as theirs: options by their places."""
    ballots = [[ours.options.index(option) for option in ballot.ranking] for ballot in ours.ballots]
    return Profile(ballots, [ballot.weight for ballot in ours.ballots])


def by_name(ours: Election, theirs: list[int]) -> tuple[str, ...]:
    """Return their winners by name, sorted as ours are."""
    return tuple(sorted(ours.options[place] for place in theirs))


@pytest.mark.parametrize("seed", SEEDS)
def test_rules_by_points_or_contests_have_the_published_winners(seed: int) -> None:
    ours = election(seed)
    theirs = published(ours)

    assert tied(borda_count.borda(ours)) == by_name(ours, borda(theirs))
    assert tied(compared.copeland(ours)) == by_name(ours, copeland(theirs))
    assert tied(compared.plurality(ours)) == by_name(ours, plurality(theirs))


@pytest.mark.parametrize("seed", SEEDS)
def test_borda_scores_are_the_published_ones(seed: int) -> None:
    ours = election(seed)
    outcome = borda_count.borda(ours)
    assert isinstance(outcome, Elected)

    assert dict(outcome.scores.items()) == {ours.options[place]: score for place, score in published(ours).borda_scores().items()}


@pytest.mark.parametrize("seed", SEEDS)
def test_of_ballots_that_list_only_some_options_bordas_rule_has_the_published_winners(seed: int) -> None:
    ours = election(seed, truncated=True)
    places = [{ours.options.index(option): place for place, option in enumerate(ballot.ranking)} for ballot in ours.ballots]
    whole = [{option: each.get(option, len(ours.options)) for option in range(len(ours.options))} for each in places]
    theirs = ProfileWithTies(whole, [ballot.weight for ballot in ours.ballots], candidates=list(range(len(ours.options))))

    assert tied(borda_count.borda(ours)) == by_name(ours, borda_for_profile_with_ties(theirs))


@pytest.mark.parametrize("seed", SEEDS)
def test_majorities_and_condorcet_winners_are_the_published_ones(seed: int) -> None:
    ours = election(seed)
    theirs = published(ours)
    votes = tuple(Ballot(ballot.voter, ballot.ranking[:1], ballot.weight) for ballot in ours.ballots)
    winners = tuple(option for option in ours.options if all(beats(ours, option, other) for other in others(ours, option)))

    assert tied(majority_vote.majority(Poll(ours.options, votes, size(ours)))) == by_name(ours, absolute_majority(theirs))
    assert winners == (by_name(ours, condorcet(theirs)) if theirs.condorcet_winner() is not None else ())


def test_the_elections_that_are_compared_have_ties_and_none_majorities_and_none() -> None:
    outcomes = [tied(borda_count.borda(election(seed))) for seed in SEEDS]
    has_majority = {bool(absolute_majority(published(election(seed)))) for seed in SEEDS}

    assert {len(each) > 1 for each in outcomes} == has_majority == {True, False}
    assert {len(each.options) for each in map(election, SEEDS)} == {2, 3, 4}
