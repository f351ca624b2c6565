"""Elections that are drawn: small ones, of any order or weights, of any electorate, malformed."""

from __future__ import annotations

from itertools import permutations
from typing import Any

from attrs import evolve

from concordant.spec.common.names import some_names
from concordant.spec.common.no_amounts import NO_AMOUNTS, perhaps
from concordant.spec.vocabulary import Domain, Draw
from concordant.spec.voting.shared.voting import (
    Ballot,
    Election,
    malformed_elections_are_rejected,
    misreport,
    rankings,
    satisfaction,
    voters,
)


def small_elections(draw: Draw, options: int, most: int, *, truncated: bool = False) -> Election:
    """Draw an election of up to `most` voters, on up to `options` options, at least two."""
    names = tuple("abcde"[: draw.one_of("options", range(2, options + 1))])
    possible = rankings(names, truncated=truncated)
    count = draw.one_of("voters", range(1, most + 1))
    return Election(names, tuple(Ballot(f"voter{each}", draw.one_of(f"voter{each}", possible)) for each in range(count)))


def elections_in_any_order(draw: Draw, options: int, most: int) -> Election:
    """Draw an election whose options are listed in any order, and whose ballots came in any."""
    election = small_elections(draw, options, most)
    listed, came = draw.one_of("listed", tuple(permutations(election.options))), draw.one_of("came", (1, -1))
    return Election(listed, election.ballots[::came])


def weighted_elections(draw: Draw, options: int, most: int) -> Election:
    """Draw an election in which each ballot was cast by any number of voters."""
    election = small_elections(draw, options, most)
    return evolve(election, ballots=tuple(evolve(ballot, weight=draw.amount(f"{ballot.voter} weighs")) for ballot in election.ballots))


def all_electorates(draw: Draw, options: tuple[str, ...] = ("c", "a", "b")) -> Election:
    """Draw an electorate of any size: one voter, and how many others cast each ranking."""
    possible = rankings(options)
    others = tuple(Ballot("".join(each), each, draw.amount(f"voters for {'>'.join(each)}")) for each in possible)
    return Election(options, (Ballot("voter", draw.one_of("voter", possible)), *others))


def elections_at_large(draw: Draw) -> Election:
    """Draw an election of up to six ballots of any weights, which may be truncated, on up to five options, of any names."""
    options, voters = some_names(draw, "option", 1, 5), some_names(draw, "voter", 1, 6)
    possible = rankings(options, truncated=True)
    return Election(options, tuple(Ballot(each, draw.one_of(f"{each} ranks", possible), draw.amount(f"{each} weighs")) for each in voters))


def careless_elections(draw: Draw) -> Election:
    """Draw an election with any flaws, or none: what is told is the first."""
    options = tuple(draw.one_of(f"option {place}", ("a", "b", "c")) for place in range(draw.one_of("options", range(4))))
    return Election(options, careless_ballots(draw))


def careless_ballots(draw: Draw) -> tuple[Ballot, ...]:
    """Draw ballots with any flaws, or none."""
    no_ranking: Any = None
    possible = (("a",), ("a", "b"), (), ("b", "b"), ("z",), ("a", "b", "z", "a"), no_ranking)
    return tuple(
        Ballot(
            draw.one_of(f"voter {place}", ("ann", "bob", "cid")),
            draw.one_of(f"ranking {place}", possible),
            perhaps(draw, f"weight {place}"),
        )
        for place in range(draw.one_of("ballots", range(4)))
    )


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

    def at_other_places(ballot: Any) -> dict[str, Election]:
        return {"the only ballot": Election(("a", "b"), (ballot,)), "the first ballot": Election(("a", "b"), (ballot, good))}

    no_ranking: Any = None
    wrong = {
        "no ranking": Ballot("bob", no_ranking),
        "overlong": Ballot("bob", ("a", "b", "b")),
        "unknown": Ballot("bob", ("b", "z")),
        "repeated": Ballot("bob", ("b", "b")),
        **{kind: Ballot("bob", ("b", "a"), value) for kind, value in NO_AMOUNTS.items()},
    }
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
        **{f"{which}: {kind}": election for kind, ballot in wrong.items() for which, election in at_other_places(ballot).items()},
    }


ELECTIONS = Domain(small_elections, malformed_elections, malformed_elections_are_rejected, voters, misreport, satisfaction)
strategy_proof = ELECTIONS.truthful
