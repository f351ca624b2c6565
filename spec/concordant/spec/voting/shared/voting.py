"""Voting: ballots that rank options, what is elected, and the axioms that a voting rule may keep.

A ballot lists options, best first; options that it does not list share the last places, and an empty one abstains. Its
weight says how many voters cast it, so that a few ballots stand for an electorate of any size. Whoever deviates in a clause
is one ballot. Source: Brandt et al., "Handbook of Computational Social Choice", 2016, chapters 2 to 4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import permutations
from typing import Any, TypeAlias, TypeVar

from attrs import evolve, frozen

from concordant.spec.common.no_amounts import NO_AMOUNTS
from concordant.spec.vocabulary import Amount, Cases, Draw, Map, Rejected, case, for_all, is_amount, relates, truthful

Ranking: TypeAlias = tuple[str, ...]


@frozen
class Ballot:
    """What a voter wants, or so many voters who want the same."""

    voter: str
    ranking: Ranking
    weight: Amount = 1

    def place(self, option: str) -> int:
        """Return the place of an option, from 0; what is not listed shares the first place after the list."""
        return self.ranking.index(option) if option in self.ranking else len(self.ranking)


@frozen
class Election:
    """All ballots. The order of `options` breaks ties, and says nothing else."""

    options: tuple[str, ...]
    ballots: tuple[Ballot, ...]

    def voters(self) -> Amount:
        """Return how many voters there are."""
        return sum(ballot.weight for ballot in self.ballots)

    def prefer(self, one: str, other: str) -> Amount:
        """Return how many voters rank one option above another."""
        return sum(ballot.weight for ballot in self.ballots if ballot.place(one) < ballot.place(other))

    def beats(self, one: str, other: str) -> bool:
        """Tell whether more voters prefer one option to another than the other way round."""
        return self.prefer(one, other) > self.prefer(other, one)

    def others(self, option: str) -> tuple[str, ...]:
        """Return all options but one."""
        return tuple(other for other in self.options if other != option)


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


def fault(election: Election) -> Rejected | None:
    """Return why an election is refused; None where it is not."""
    options, ballots = election.options, election.ballots
    if not options:
        return NO_OPTIONS
    if len(set(options)) < len(options):
        return DUPLICATE_OPTION
    if len({ballot.voter for ballot in ballots}) < len(ballots):
        return DUPLICATE_VOTER
    if not all(is_amount(ballot.weight) for ballot in ballots):
        return NOT_EXACT
    if any(ballot.weight < 0 for ballot in ballots):
        return NEGATIVE
    return next((reason for ballot in ballots if (reason := fault_of_ranking(ballot.ranking, options))), None)


def fault_of_ranking(ranking: object, options: tuple[str, ...]) -> Rejected | None:
    """Return why a ranking is refused; None where it is not."""
    if not isinstance(ranking, tuple):
        return NO_RANKING
    if len(ranking) > len(options):
        return OVERLONG
    if not all(option in options for option in ranking):
        return UNKNOWN_OPTION
    if len(set(ranking)) < len(ranking):
        return REPEATED_OPTION
    return None


def fault_of_ranked(election: Election) -> Rejected | None:
    """Return why an election is refused by a rule that needs a voter."""
    return fault(election) or (NO_VOTERS if election.voters() == 0 else None)


def tied(outcome: Outcome) -> tuple[str, ...]:
    """Return who has the best claim; nobody where nobody is elected."""
    return outcome.tied if isinstance(outcome, Elected) else ()


# ---- axioms about one election


@for_all
def malformed_elections_are_rejected(election: Election, outcome: Outcome) -> Cases:
    """An election that breaks a rule is rejected, with the reason of that rule."""
    reason = fault_of_ranked(election)
    if reason is not None:
        yield case(outcome == reason, reason=reason, outcome=outcome)


@for_all
def ties_are_told_and_broken_by_order(election: Election, outcome: Outcome) -> Cases:
    """All who score as well as the winner are named, nobody scores better, and the first of them in the order of options wins."""
    if isinstance(outcome, Elected):
        best = [option for option in election.options if not any(score > outcome.scores[option] for score in outcome.scores.values())]
        yield case(outcome.winner == best[0] and outcome.tied == tuple(sorted(best)), best=best, winner=outcome.winner, tied=outcome.tied)


@for_all
def pareto(election: Election, outcome: Outcome) -> Cases:
    """Who is ranked below another by every voter has no claim to win."""
    if isinstance(outcome, Elected):
        for loser in election.options:
            for better in election.others(loser):
                if election.prefer(better, loser) == election.voters():
                    yield case(loser not in outcome.tied, better=better, loser=loser)


@for_all
def majority_winner_is_elected(election: Election, outcome: Outcome) -> Cases:
    """Who is ranked first by more than half of the voters is elected."""
    if isinstance(outcome, Elected):
        for option in election.options:
            firsts = sum(ballot.weight for ballot in election.ballots if ballot.ranking[:1] == (option,))
            if firsts + firsts > election.voters():
                yield case(outcome.tied == (option,), majority=option, elected=outcome.tied)


@for_all
def condorcet_winner_is_elected(election: Election, outcome: Outcome) -> Cases:
    """Who beats every other in a contest of two is elected (Condorcet 1785)."""
    if isinstance(outcome, Elected):
        for option in election.options:
            if all(election.beats(option, other) for other in election.others(option)):
                yield case(outcome.tied == (option,), condorcet=option, elected=outcome.tied)


@for_all
def condorcet_loser_is_not_elected(election: Election, outcome: Outcome) -> Cases:
    """Who loses against every other in a contest of two is not even tied."""
    if isinstance(outcome, Elected):
        for option in election.options:
            if all(election.beats(other, option) for other in election.others(option)):
                yield case(option not in outcome.tied, loser=option, elected=outcome.tied)


@for_all
def condorcet_winner_is_never_last(election: Election, outcome: Outcome) -> Cases:
    """Who beats every other in a contest of two scores more than somebody."""
    if isinstance(outcome, Elected):
        for option in election.options:
            if all(election.beats(option, other) for other in election.others(option)):
                others = [outcome.scores[other] for other in election.others(option)]
                yield case(any(outcome.scores[option] > score for score in others), condorcet=option, scores=outcome.scores)


# ---- axioms about several elections


@relates
def anonymous(rule: Rule, election: Election, draw: Draw) -> Cases:
    """Who casts a ballot makes no difference: the same ballots from other hands elect the same."""
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
        if before.winner in ballot.ranking[1:]:
            at = ballot.ranking.index(before.winner)
            ranking = (*ballot.ranking[: at - 1], before.winner, ballot.ranking[at - 1], *ballot.ranking[at + 1 :])
            after = rule(with_ballot(election, place, evolve(ballot, ranking=ranking)))
            yield case(isinstance(after, Elected) and after.winner == before.winner, raised=ranking, before=before, after=after)


@relates
def participation(rule: Rule, election: Election, draw: Draw) -> Cases:
    """No voter is better off by staying at home (Fishburn and Brams 1983: the no-show paradox)."""
    if election.ballots:
        place = draw.one_of("who stays at home", range(len(election.ballots)))
        voting, absent = rule(election), rule(evolve(election, ballots=without(election.ballots, place)))
        if isinstance(voting, Elected) and isinstance(absent, Elected):
            ballot = election.ballots[place]
            yield case(ballot.place(voting.winner) <= ballot.place(absent.winner), ballot=ballot, voting=voting, absent=absent)


@relates
def reinforcing(rule: Rule, election: Election, draw: Draw) -> Cases:
    """Two electorates that agree on somebody elect together exactly those on whom they agree (Young 1974)."""
    if len(election.ballots) > 1:
        cut = draw.one_of("voters of the first", range(1, len(election.ballots)))
        parts = [tied(rule(evolve(election, ballots=part))) for part in (election.ballots[:cut], election.ballots[cut:])]
        agreed = tuple(option for option in parts[0] if option in parts[1])
        if agreed:
            together = tied(rule(election))
            yield case(together == agreed, first=parts[0], second=parts[1], together=together)


@relates
def independent_of_losers(rule: Rule, election: Election, draw: Draw) -> Cases:
    """Who withdraws and would not have won changes nothing (a form of Arrow's independence of irrelevant alternatives)."""
    before = rule(election)
    if isinstance(before, Elected) and (losers := tuple(option for option in election.options if option not in before.tied)):
        loser = draw.one_of("who withdraws", losers)
        after = rule(withdrawn(election, loser))
        yield case(tied(after) == before.tied, loser=loser, before=before, after=after)


@relates
def independent_of_clones(rule: Rule, election: Election, draw: Draw) -> Cases:
    """Of two options that everybody ranks side by side one may withdraw: the winner is the same, or the other one (Tideman 1987)."""
    one, two = draw.one_of("clones", tuple((one, two) for one in election.options for two in election.options if one != two))
    clones = all(ballot.place(one) - ballot.place(two) in {1, -1} for ballot in election.ballots)
    before = rule(election)
    if clones and isinstance(before, Elected):
        after = rule(withdrawn(election, two))
        expected = {one if option == two else option for option in before.tied}
        yield case(set(tied(after)) == expected, withdrawn=two, before=before, after=after)


def with_ballot(election: E, place: int, ballot: Ballot) -> E:
    """Return the election with another ballot at a place."""
    return evolve(election, ballots=(*election.ballots[:place], ballot, *election.ballots[place + 1 :]))


def without(ballots: tuple[Ballot, ...], place: int) -> tuple[Ballot, ...]:
    """Return the ballots without that at a place."""
    return (*ballots[:place], *ballots[place + 1 :])


def withdrawn(election: E, option: str) -> E:
    """Return the election without an option."""
    ballots = tuple(evolve(ballot, ranking=tuple(each for each in ballot.ranking if each != option)) for ballot in election.ballots)
    return evolve(election, options=election.others(option), ballots=ballots)


def satisfaction(election: Election, place: int, outcome: Outcome) -> Amount:
    """Return what an outcome is worth to the voter at a place: the higher it ranks who is elected, the more."""
    worst = len(election.options)
    return worst - election.ballots[place].place(outcome.winner) if isinstance(outcome, Elected) else 0


def misreport(election: Election, place: int, draw: Draw) -> Election:
    """Draw another ranking for one voter."""
    lie = draw.one_of("the lie", rankings(election.options))
    return with_ballot(election, place, evolve(election.ballots[place], ranking=lie))


def voters(election: Election) -> Iterable[int]:
    """List the voters, by the places of their ballots."""
    return range(len(election.ballots))


strategy_proof = truthful(voters, misreport, satisfaction)


# ---- elections to judge


def rankings(options: tuple[str, ...], *, truncated: bool = False) -> tuple[Ranking, ...]:
    """List all rankings of options; `truncated`: those that list only some of them, the empty one included, first."""
    lengths = range(len(options) + 1) if truncated else (len(options),)
    return tuple(ranking for length in lengths for ranking in permutations(options, length))


def small_elections(draw: Draw, options: int, most: int, *, truncated: bool = False) -> Election:
    """Draw an election of up to so many voters, on 2 to so many options."""
    names = tuple("abcde"[: draw.one_of("options", range(2, options + 1))])
    possible = rankings(names, truncated=truncated)
    count = draw.one_of("voters", range(1, most + 1))
    return Election(names, tuple(Ballot(f"voter{each}", draw.one_of(f"voter{each}", possible)) for each in range(count)))


def all_electorates(draw: Draw, options: tuple[str, ...] = ("a", "b", "c")) -> Election:
    """Draw an electorate of any size: one voter, and how many others cast each ranking."""
    possible = rankings(options)
    others = tuple(Ballot("".join(each), each, draw.amount(f"voters for {'>'.join(each)}")) for each in possible)
    return Election(options, (Ballot("voter", draw.one_of("voter", possible)), *others))


def malformed_elections(draw: Draw, kinds: tuple[str, ...] = ()) -> Election:
    """Draw an election that breaks a rule. `kinds`: only these of `malformed`."""
    broken = malformed()
    return broken[draw.one_of("malformed", kinds or tuple(broken))]


def malformed() -> dict[str, Election]:
    """Return elections that break the rules, each in one way."""
    good = Ballot("ann", ("a", "b"))

    def ballots(*others: Ballot) -> Election:
        return Election(("a", "b"), (good, *others))

    def weight(value: Any) -> Election:
        return ballots(Ballot("bob", ("b", "a"), value))

    def ranking(value: Any) -> Election:
        return ballots(Ballot("bob", value))

    return {
        "no options": Election((), (Ballot("ann", ()),)),
        "an option twice": Election(("a", "b", "a"), (good,)),
        "no voters": Election(("a", "b"), ()),
        "no weight": Election(("a", "b"), (evolve(good, weight=0),)),
        "a voter twice": ballots(Ballot("ann", ("b", "a"))),
        **{f"a weight: {kind}": weight(value) for kind, value in NO_AMOUNTS.items()},
        "no ranking": ranking(None),
        "overlong": ranking(("a", "b", "b")),
        "unknown": ranking(("b", "z")),
        "repeated": ranking(("b", "b")),
    }
