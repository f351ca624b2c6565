"""Voting: ballots that rank options, what is elected, and the axioms that a voting rule may keep.

A ballot lists options, best first; options that it does not list share the last places, and an empty one abstains. Its
weight says how many voters cast it, so that a few ballots stand for an electorate of any size. Whoever deviates in a clause
is one ballot. Source: Brandt et al., "Handbook of Computational Social Choice", 2016, chapters 2 to 4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations, permutations
from typing import TypeAlias, TypeVar

from attrs import evolve, frozen

from concordant.spec.vocabulary import Amount, Cases, Draw, Flaws, Map, Rejected, case, for_all, is_amount, rejection, relates

Ranking: TypeAlias = tuple[str, ...]


@frozen
class Ballot:
    """What a voter wants, or what several voters want alike."""

    voter: str
    ranking: Ranking
    weight: Amount = 1


@frozen
class Election:
    """All ballots. The order of `options` breaks ties, and says nothing else."""

    options: tuple[str, ...]
    ballots: tuple[Ballot, ...]


@frozen
class Elected:
    """Who is elected, all who have the same claim to it, sorted, the winner among them, and what everybody scored."""

    winner: str
    tied: tuple[str, ...]
    scores: Map[str, Amount]


@frozen
class Undecided:
    """Nobody is elected."""

    scores: Map[str, Amount]


Outcome: TypeAlias = Elected | Undecided | Rejected
E = TypeVar("E", bound=Election)
Rule: TypeAlias = Callable[[Election], Outcome]

NO_OPTIONS = Rejected("there is no option")
DUPLICATE_OPTION = Rejected("an option is listed twice")
NO_VOTERS = Rejected("there is no voter")
DUPLICATE_VOTER = Rejected("a voter votes twice")
NOT_EXACT = Rejected("a number of the election is no exact amount")
NEGATIVE = Rejected("a number of the election is negative")
NO_RANKING = Rejected("a ballot is no tuple of options")
OVERLONG = Rejected("a ballot lists more options than there are")
UNKNOWN_OPTION = Rejected("a ballot lists what is no option")
REPEATED_OPTION = Rejected("a ballot lists an option twice")


REJECTED: Flaws[Election] = (
    (NO_OPTIONS, lambda election: election.options == ()),
    (DUPLICATE_OPTION, lambda election: repeats(election.options)),
    (DUPLICATE_VOTER, lambda election: repeats(tuple(ballot.voter for ballot in election.ballots))),
    (NOT_EXACT, lambda election: not all(is_amount(ballot.weight) for ballot in election.ballots)),
    (NEGATIVE, lambda election: any(ballot.weight < 0 for ballot in election.ballots)),
    (NO_RANKING, lambda election: not all(isinstance(ballot.ranking, tuple) for ballot in election.ballots)),
    (OVERLONG, lambda election: any(len(ballot.ranking) > len(election.options) for ballot in election.ballots)),
    (UNKNOWN_OPTION, lambda election: not all(option in election.options for ballot in election.ballots for option in ballot.ranking)),
    (REPEATED_OPTION, lambda election: any(repeats(ballot.ranking) for ballot in election.ballots)),
)
"""What every rule rejects, and why."""

REJECTED_WITHOUT_VOTERS: Flaws[Election] = (*REJECTED, (NO_VOTERS, lambda election: size(election) == 0))
"""What a rule rejects that needs a voter."""


def repeats(names: tuple[str, ...]) -> bool:
    """Tell whether a name is listed twice."""
    return any(one == other for one, other in combinations(names, 2))


def place(ballot: Ballot, option: str) -> int:
    """Return the place of an option on a ballot, from 0; what is not listed shares the first place after the list."""
    return ballot.ranking.index(option) if option in ballot.ranking else len(ballot.ranking)


def size(election: Election) -> Amount:
    """Return how many voters there are."""
    return sum(ballot.weight for ballot in election.ballots)


def prefer(election: Election, one: str, other: str) -> Amount:
    """Return how many voters rank one option above another."""
    return sum(ballot.weight for ballot in election.ballots if place(ballot, one) < place(ballot, other))


def beats(election: Election, one: str, other: str) -> bool:
    """Tell whether more voters prefer one option to another than the other way round."""
    return prefer(election, one, other) > prefer(election, other, one)


def others(election: Election, option: str) -> tuple[str, ...]:
    """Return all options but one."""
    return tuple(other for other in election.options if other != option)


def claiming(outcome: Elected) -> set[str]:
    """Return who is elected, and all who are said to have the same claim."""
    return {outcome.winner, *outcome.tied}


def tied(outcome: Outcome) -> tuple[str, ...]:
    """Return who has the best claim; nobody where nobody is elected."""
    return outcome.tied if isinstance(outcome, Elected) else ()


# ---- axioms about one election


@for_all
def malformed_elections_are_rejected(election: Election, outcome: Outcome) -> Cases:
    """An election is rejected if, and only if, it breaks a rule, and with the reason of the first that it breaks."""
    yield from rejection(REJECTED_WITHOUT_VOTERS, election, outcome)


@for_all
def ties_are_told_and_broken_by_order(election: Election, outcome: Outcome) -> Cases:
    """All who score as well as the winner are named, nobody scores better, and the first of them in the order of options wins."""
    if isinstance(outcome, Elected):
        best = [option for option in election.options if not any(score > outcome.scores[option] for score in outcome.scores.values())]
        yield case(outcome.winner == best[0] and outcome.tied == tuple(sorted(best)), best=best, winner=outcome.winner, tied=outcome.tied)


@for_all
def pareto(election: Election, outcome: Outcome) -> Cases:
    """An option that every voter ranks below another has no claim to win."""
    if isinstance(outcome, Elected):
        for loser in election.options:
            for better in others(election, loser):
                if prefer(election, better, loser) == size(election):
                    yield case(loser not in claiming(outcome), better=better, loser=loser)


@for_all
def majority_winner_is_elected(election: Election, outcome: Outcome) -> Cases:
    """An option that more than half of the voters rank first is elected."""
    if isinstance(outcome, Elected):
        for option in election.options:
            firsts = sum(ballot.weight for ballot in election.ballots if ballot.ranking[:1] == (option,))
            if firsts + firsts > size(election):
                yield case(claiming(outcome) == {option}, majority=option, elected=outcome.tied)


@for_all
def condorcet_winner_is_elected(election: Election, outcome: Outcome) -> Cases:
    """An option that beats every other in a contest of two is elected (Condorcet 1785)."""
    if isinstance(outcome, Elected):
        for option in election.options:
            if all(beats(election, option, other) for other in others(election, option)):
                yield case(claiming(outcome) == {option}, condorcet=option, elected=outcome.tied)


@for_all
def condorcet_loser_is_not_elected(election: Election, outcome: Outcome) -> Cases:
    """An option that loses every contest of two, if there is one, is not even tied."""
    if isinstance(outcome, Elected):
        for option in election.options:
            rivals = others(election, option)
            if rivals and all(beats(election, other, option) for other in rivals):
                yield case(option not in claiming(outcome), loser=option, elected=outcome.tied)


@for_all
def condorcet_winner_is_never_last(election: Election, outcome: Outcome) -> Cases:
    """An option that wins every contest of two, if there is one, scores more than some other."""
    if isinstance(outcome, Elected):
        for option in election.options:
            rivals = others(election, option)
            if rivals and all(beats(election, option, other) for other in rivals):
                scores = [outcome.scores[other] for other in rivals]
                yield case(any(outcome.scores[option] > score for score in scores), condorcet=option, scores=outcome.scores)


# ---- axioms about several elections


@relates
def anonymous(rule: Rule, election: Election, draw: Draw) -> Cases:
    """It makes no difference who casts a ballot: the same ballots from other hands elect the same."""
    ballots = election.ballots
    if ballots:
        place = draw.one_of("moved to the front", range(len(ballots)))
        names = [ballot.voter for ballot in ballots]
        moved = (ballots[place], *ballots[:place], *ballots[place + 1 :])
        exchanged = tuple(evolve(ballot, voter=name) for ballot, name in zip(moved, names, strict=True))
        yield case(rule(evolve(election, ballots=exchanged)) == rule(election), moved=ballots[place])


@relates
def neutral(rule: Rule, election: Election, draw: Draw) -> Cases:
    """What options are called makes no difference: if names are exchanged on all ballots, they are exchanged among the tied.

    Of who wins among the tied this cannot hold: a tie has to be broken by something.
    """
    names = dict(zip(election.options, draw.one_of("renaming", tuple(permutations(election.options))), strict=True))
    ballots = tuple(evolve(ballot, ranking=tuple(names[option] for option in ballot.ranking)) for ballot in election.ballots)
    one, two = tied(rule(election)), tied(rule(evolve(election, ballots=ballots)))
    yield case(two == tuple(sorted(names[option] for option in one)), tied=one, renamed=two)


@relates
def monotone(rule: Rule, election: Election, draw: Draw) -> Cases:
    """A winner that one voter ranks higher than before, all else equal, is still the winner."""
    before = rule(election)
    if isinstance(before, Elected):
        place = draw.one_of("who raises the winner", range(len(election.ballots)))
        ballot = election.ballots[place]
        if before.winner not in ballot.ranking[:1]:
            at = place_above(ballot, before.winner)
            ranking = (*ballot.ranking[:at], before.winner, *(option for option in ballot.ranking[at:] if option != before.winner))
            after = rule(with_ballot(election, place, evolve(ballot, ranking=ranking)))
            yield case(isinstance(after, Elected) and after.winner == before.winner, raised=ranking, before=before, after=after)


@relates
def participation(rule: Rule, election: Election, draw: Draw) -> Cases:
    """No voter is better off staying at home (Fishburn and Brams 1983: the no-show paradox)."""
    if election.ballots:
        home = draw.one_of("who stays at home", range(len(election.ballots)))
        voting, absent = rule(election), rule(evolve(election, ballots=without(election.ballots, home)))
        if isinstance(voting, Elected) and isinstance(absent, Elected):
            ballot = election.ballots[home]
            yield case(place(ballot, voting.winner) <= place(ballot, absent.winner), ballot=ballot, voting=voting, absent=absent)


@relates
def reinforcing(rule: Rule, election: Election, draw: Draw) -> Cases:
    """Two electorates that agree on some winner together elect exactly those on whom they agree (Young 1974)."""
    if len(election.ballots) > 1:
        cut = draw.one_of("voters of the first", range(1, len(election.ballots)))
        parts = [tied(rule(evolve(election, ballots=part))) for part in (election.ballots[:cut], election.ballots[cut:])]
        agreed = tuple(option for option in parts[0] if option in parts[1])
        if agreed:
            together = tied(rule(election))
            yield case(together == agreed, first=parts[0], second=parts[1], together=together)


@relates
def independent_of_losers(rule: Rule, election: Election, draw: Draw) -> Cases:
    """An option that withdraws and would not have won changes nothing (a form of Arrow's independence of irrelevant alternatives)."""
    before = rule(election)
    if isinstance(before, Elected) and (losers := tuple(option for option in election.options if option not in before.tied)):
        loser = draw.one_of("who withdraws", losers)
        after = rule(withdrawn(election, loser))
        yield case(tied(after) == before.tied, loser=loser, before=before, after=after)


@relates
def independent_of_clones(rule: Rule, election: Election, draw: Draw) -> Cases:
    """Of two options that everybody ranks side by side one may withdraw: the winner is the same, or the other one (Tideman 1987)."""
    one, two = draw.one_of("clones", tuple((one, two) for one in election.options for two in election.options if one != two))
    clones = all(place(ballot, one) - place(ballot, two) in {1, -1} for ballot in election.ballots)
    before = rule(election)
    if clones and isinstance(before, Elected):
        after = rule(withdrawn(election, two))
        expected = {one if option == two else option for option in before.tied}
        yield case(set(tied(after)) == expected, withdrawn=two, before=before, after=after)


def place_above(ballot: Ballot, option: str) -> int:
    """Return the place above that of an option on a ballot; of one that is not listed, the first after the list."""
    return ballot.ranking.index(option) - 1 if option in ballot.ranking else len(ballot.ranking)


def with_ballot(election: E, place: int, ballot: Ballot) -> E:
    """Return the election with another ballot at a place."""
    return evolve(election, ballots=(*election.ballots[:place], ballot, *election.ballots[place + 1 :]))


def without(ballots: tuple[Ballot, ...], place: int) -> tuple[Ballot, ...]:
    """Return the ballots without that at a place."""
    return (*ballots[:place], *ballots[place + 1 :])


def withdrawn(election: E, option: str) -> E:
    """Return the election without an option."""
    ballots = tuple(evolve(ballot, ranking=tuple(each for each in ballot.ranking if each != option)) for ballot in election.ballots)
    return evolve(election, options=others(election, option), ballots=ballots)


def satisfaction(election: Election, voter: int, outcome: Outcome) -> Amount:
    """Return what an outcome is worth to the voter at a place: the higher it ranks who is elected, the more."""
    worst = len(election.options)
    return worst - place(election.ballots[voter], outcome.winner) if isinstance(outcome, Elected) else 0


def rankings(options: tuple[str, ...], *, truncated: bool = False) -> tuple[Ranking, ...]:
    """List all rankings of options; `truncated`: those that list only some of them, the empty one included, first."""
    lengths = range(len(options) + 1) if truncated else (len(options),)
    return tuple(ranking for length in lengths for ranking in permutations(options, length))


def misreport(election: Election, place: int, draw: Draw) -> Election:
    """Draw another ranking for one voter."""
    lie = draw.one_of("the lie", rankings(election.options))
    return with_ballot(election, place, evolve(election.ballots[place], ranking=lie))


def voters(election: Election) -> Iterable[int]:
    """List the voters, by the places of their ballots."""
    return range(len(election.ballots))
