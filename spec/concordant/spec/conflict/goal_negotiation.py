"""Goal negotiation: each party may propose, and of what all can accept the proposal with the best published score is chosen.

Source: choice among final offers, as in arbitration: Stevens, "Is Compulsory Arbitration Compatible with Bargaining?", 1966; that a choice is
binding only where nobody is worse off than without it is individual rationality, as in Nash, "The Bargaining Problem", 1950.
Scores are published before anybody proposes, so that everybody can check the choice; what a proposal is worth to a party is its own affair,
and decides only whether the party accepts it.
Chosen: of equal scores the first by name. A party that proposes nothing has a say like any other. That nothing is acceptable is an outcome
like any other; whatever comes of it, all parties are told, since an agreement of which a party does not know is none.
Does not promise: that it pays to be honest about what is acceptable; that the best for all is proposed.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.names import some_names
from concordant.spec.common.no_amounts import NO_AMOUNTS
from concordant.spec.vocabulary import Amount, Cases, Draw, Flaws, Map, Rejected, case, for_all, is_amount, rejection, relates


@frozen
class Party:
    """What a party proposes, if anything; what each proposal is worth to it, and the least with which it is content."""

    name: str
    proposal: str | None
    worth: Map[str, Amount]
    least: Amount


@frozen
class Negotiation:
    """All parties, in the order in which they came, and the published score of each proposal that can be made."""

    parties: tuple[Party, ...]
    scores: Map[str, Amount]


@frozen
class Chosen:
    """The proposal, and all that are acceptable and score as well, by name. `told`: which parties know of it, by name."""

    proposal: str
    tied: tuple[str, ...]
    told: tuple[str, ...]


@frozen
class Nothing:
    """Nothing that was proposed is acceptable to all. `told`: which parties know that, by name."""

    told: tuple[str, ...]


Outcome: TypeAlias = Chosen | Nothing | Rejected
Rule: TypeAlias = Callable[[Negotiation], Outcome]

NO_PARTIES = Rejected("there are not two parties or more, each listed once")
UNKNOWN_PROPOSAL = Rejected("a proposal has no score, or nobody knows what it is worth to a party")
NOT_EXACT = Rejected("a score, a worth or the least that contents a party is no exact amount")

REJECTED: Flaws[Negotiation] = (
    (NO_PARTIES, lambda one: len(one.parties) < 2 or any(each.name == other.name for each, other in combinations(one.parties, 2))),
    (UNKNOWN_PROPOSAL, lambda one: any(not is_known(one, name) for name in proposed(one))),
    (NOT_EXACT, lambda one: not all(is_amount(amount) for amount in amounts(one))),
)
"""What is rejected, and why."""


def proposed(negotiation: Negotiation) -> tuple[str, ...]:
    """List what is proposed, each once, by name."""
    return tuple(sorted({party.proposal for party in negotiation.parties if party.proposal is not None}))


def is_known(negotiation: Negotiation, proposal: str) -> bool:
    """Tell whether a proposal has a score, and each party knows what it is worth to it."""
    return proposal in negotiation.scores and all(proposal in party.worth for party in negotiation.parties)


def amounts(negotiation: Negotiation) -> list[Amount]:
    """List all amounts of a negotiation."""
    return [*negotiation.scores.values(), *(amount for each in negotiation.parties for amount in (each.least, *each.worth.values()))]


def contents(party: Party, proposal: str) -> bool:
    """Tell whether a party is content with a proposal."""
    return not party.worth[proposal] < party.least


def is_acceptable(negotiation: Negotiation, proposal: str) -> bool:
    """Tell whether all parties are content with a proposal."""
    return not any(not contents(party, proposal) for party in negotiation.parties)


# ---- clauses about one negotiation


@for_all
def only_what_is_proposed_is_chosen(negotiation: Negotiation, outcome: Outcome) -> Cases:
    """What is chosen was proposed by somebody."""
    if isinstance(outcome, Chosen):
        yield case(outcome.proposal in proposed(negotiation), chosen=outcome.proposal, proposed=proposed(negotiation))


@for_all
def everybody_is_content(negotiation: Negotiation, outcome: Outcome) -> Cases:
    """What is chosen is worth no less to each party than the least with which it is content."""
    if isinstance(outcome, Chosen):
        for party in negotiation.parties:
            yield case(contents(party, outcome.proposal), party=party, chosen=outcome.proposal)


@for_all
def the_best_score_wins(negotiation: Negotiation, outcome: Outcome) -> Cases:
    """No proposal that all can accept has a better score; those with the same are told, and the first of them by name is chosen."""
    if isinstance(outcome, Chosen):
        possible = [name for name in proposed(negotiation) if is_acceptable(negotiation, name)]
        tied = tuple(name for name in possible if not any(negotiation.scores[name] < negotiation.scores[other] for other in possible))
        yield case(outcome.tied == tied and tied[:1] == (outcome.proposal,), outcome=outcome, tied=tied)


@for_all
def something_is_chosen_where_it_can_be(negotiation: Negotiation, outcome: Outcome) -> Cases:
    """Nothing is chosen if, and only if, nothing that was proposed is acceptable to all."""
    if not isinstance(outcome, Rejected):
        possible = any(is_acceptable(negotiation, name) for name in proposed(negotiation))
        yield case(isinstance(outcome, Chosen) == possible, outcome=outcome)


@for_all
def everybody_is_told(negotiation: Negotiation, outcome: Outcome) -> Cases:
    """Whatever comes of it, all parties know it."""
    if not isinstance(outcome, Rejected):
        yield case(outcome.told == tuple(sorted(party.name for party in negotiation.parties)), told=outcome.told)


@for_all
def malformed_negotiations_are_rejected(negotiation: Negotiation, outcome: Outcome) -> Cases:
    """A negotiation is rejected if, and only if, it breaks a rule, and with the reason of the first that it breaks."""
    yield from rejection(REJECTED, negotiation, outcome)


# ---- clauses about several negotiations


@relates
def order_of_parties_is_irrelevant(rule: Rule, negotiation: Negotiation, draw: Draw) -> Cases:
    """Whoever comes earlier gains nothing by it."""
    if negotiation.parties:
        place = draw.one_of("moved to the front", range(len(negotiation.parties)))
        moved = (negotiation.parties[place], *negotiation.parties[:place], *negotiation.parties[place + 1 :])
        before, after = rule(negotiation), rule(evolve(negotiation, parties=moved))
        yield case(before == after, before=before, after=after)


@relates
def who_proposes_is_irrelevant(rule: Rule, negotiation: Negotiation, draw: Draw) -> Cases:
    """If two parties propose each what the other did, the same is chosen."""
    if len(negotiation.parties) > 1:
        one, other = draw.one_of("exchange", tuple(combinations(range(len(negotiation.parties)), 2)))
        parties = list(negotiation.parties)
        parties[one] = evolve(negotiation.parties[one], proposal=negotiation.parties[other].proposal)
        parties[other] = evolve(negotiation.parties[other], proposal=negotiation.parties[one].proposal)
        before, after = rule(negotiation), rule(evolve(negotiation, parties=tuple(parties)))
        yield case(before == after, before=before, after=after)


CLAUSES = (
    malformed_negotiations_are_rejected,
    only_what_is_proposed_is_chosen,
    everybody_is_content,
    the_best_score_wins,
    something_is_chosen_where_it_can_be,
    everybody_is_told,
    order_of_parties_is_irrelevant,
    who_proposes_is_irrelevant,
)

# ---- negotiations

PROPOSALS = ("cut", "keep", "grow")


def negotiations(draw: Draw) -> Negotiation:
    """Draw a negotiation of two parties that are content with what is worth 1 to them; each may make a proposal of its own."""
    parties = []
    for name, own in zip(("ann", "bob"), PROPOSALS, strict=False):
        worth = {each: draw.amount(f"{each} to {name}") for each in PROPOSALS[:2]}
        parties.append(Party(name, own if draw.one_of(f"{name} proposes", (True, False)) else None, Map.of(worth), 1))
    return Negotiation(tuple(parties), Map.of({each: draw.amount(f"{each} scores") for each in PROPOSALS[:2]}))


def negotiation_of(draw: Draw, names: tuple[str, ...], proposals: tuple[str, ...]) -> Negotiation:
    """Draw what some parties propose, and what these proposals are worth to each and score."""
    parties = []
    for name in names:
        proposal = draw.one_of(f"{name} proposes", (None, *proposals))
        worth = {each: draw.amount(f"{each} to {name}") for each in proposals}
        parties.append(Party(name, proposal, Map.of(worth), draw.amount(f"the least for {name}")))
    return Negotiation(tuple(parties), Map.of({each: draw.amount(f"{each} scores") for each in proposals}))


def two_content_parties(draw: Draw) -> Negotiation:
    """Draw a negotiation of two parties that are content with anything."""
    parties = []
    for name in ("ann", "bob"):
        proposal = draw.one_of(f"{name} proposes", (None, *PROPOSALS[:2]))
        parties.append(Party(name, proposal, Map.of(dict.fromkeys(PROPOSALS, 0)), 0))
    return Negotiation(tuple(parties), Map.of({each: draw.amount(f"{each} scores") for each in PROPOSALS}))


def negotiations_at_large(draw: Draw) -> Negotiation:
    """Draw a negotiation of two to five parties of any names, and three proposals."""
    return negotiation_of(draw, some_names(draw, "party", 2, 5), PROPOSALS)


FLAWS = ("one party", "a party twice", "no score", "no worth", "a score", "a worth", "the least")


def malformed(draw: Draw, flaws: tuple[str, ...] = FLAWS) -> Negotiation:
    """Draw a negotiation of two parties with one of these flaws."""
    worth = Map.of(dict.fromkeys(PROPOSALS, draw.amount("worth")))
    first, second = (Party(name, proposal, worth, 0) for name, proposal in zip(("ann", "bob"), PROPOSALS, strict=False))
    sound = Negotiation((first, second), worth)
    match draw.one_of("flaw", flaws):
        case "one party":
            return evolve(sound, parties=(first,))
        case "a party twice":
            return evolve(sound, parties=(first, second, first))
        case "no score":
            return evolve(sound, scores=worth.drop(PROPOSALS[1]))
        case "no worth":
            return evolve(sound, parties=(first, evolve(second, worth=worth.drop(PROPOSALS[0]))))
        case which:
            wrong = NO_AMOUNTS[draw.one_of("it is", tuple(kind for kind in NO_AMOUNTS if kind != "negative"))]  # a worth may be negative
            if which == "a score":
                return evolve(sound, scores=worth.put("grow", wrong))
            return evolve(
                sound,
                parties=(first, evolve(second, worth=worth.put("grow", wrong)) if which == "a worth" else evolve(second, least=wrong)),
            )
