"""Alternating offers: agents take turns to offer how a pie is divided, which is worth less to each with every round; the first offer is accepted.

Source: Rubinstein, "Perfect Equilibrium in a Bargaining Model", 1982; with a last round, Ståhl, "Bargaining Theory", 1972. An agent's
discount is what a part of the pie is worth to it a round later, as a part of what it is worth now. Turns go in the order in which
agents are listed, and then round; an offer stands if all accept it.
Chosen: there is a last round, and nobody gets anything after it. Whoever is offered what waiting is worth to it accepts. So what would be
offered in each round is found from the last one backwards; it is told of all rounds, though the first offer ends the talks.
Of two, the first gets Rubinstein's share, (1 - d2)/(1 - d1 d2), but for what the last round makes of it, which is less with each round.
Does not promise: that it pays to be honest about how patient one is, nor that agents who are as patient get as much. `bargaining` is
what is agreed on by products and concessions, where time is worth nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, pairwise
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.names import some_names
from concordant.spec.common.no_amounts import NO_AMOUNTS
from concordant.spec.vocabulary import Amount, Cases, Domain, Draw, Flaws, Map, Rejected, case, for_all, is_amount, rejection, relates


@frozen
class Talks:
    """Who takes turns, the first one first; the discount of each, from 0 to 1; and how many rounds there are."""

    agents: tuple[str, ...]
    discounts: Map[str, Amount]
    rounds: int


@frozen
class Agreed:
    """What would be offered to each agent in each round, as parts of 1. The first offer is what they agree on."""

    offers: tuple[Map[str, Amount], ...]


Outcome: TypeAlias = Agreed | Rejected
Rule: TypeAlias = Callable[[Talks], Outcome]

NO_PARTNER = Rejected("there are not two agents or more, each listed once")
NO_ROUND = Rejected("there is not a whole number of rounds, 1 or more")
NOT_EVERYBODY = Rejected("discounts are not told for each agent, and for nobody else")
NO_DISCOUNT = Rejected("a discount is no exact amount from 0 to 1")

REJECTED: Flaws[Talks] = (
    (NO_PARTNER, lambda talks: len(talks.agents) < 2 or any(one == other for one, other in combinations(talks.agents, 2))),
    (NO_ROUND, lambda talks: not isinstance(talks.rounds, int) or isinstance(talks.rounds, bool) or talks.rounds < 1),  # no amount
    (NOT_EVERYBODY, lambda talks: {*talks.discounts} != {*talks.agents}),
    (NO_DISCOUNT, lambda talks: not all(is_amount(each) and 0 <= each <= 1 for each in talks.discounts.values())),
)
"""What is rejected, and why."""


def offering(talks: Talks, place: int) -> str:
    """Return whose turn it is."""
    return talks.agents[place % len(talks.agents)]


def waiting(talks: Talks, agent: str, later: Map[str, Amount]) -> Amount:
    """Return what the offer of the next round is worth to an agent in this one."""
    return talks.discounts[agent] * later[agent]


# ---- clauses about one outcome


@for_all
def each_round_has_an_offer(talks: Talks, outcome: Outcome) -> Cases:
    """It is told what would be offered in each round, and in no other."""
    if isinstance(outcome, Agreed):
        yield case(len(outcome.offers) == talks.rounds, offers=outcome.offers, rounds=talks.rounds)


@for_all
def everything_is_divided(talks: Talks, outcome: Outcome) -> Cases:
    """Each offer gives every agent, and nobody else, a part that is not negative, and all together the whole pie."""
    if isinstance(outcome, Agreed):
        for offer in outcome.offers:
            right = {*offer} == {*talks.agents} and sum(offer.values()) == 1 and all(part >= 0 for part in offer.values())
            yield case(right, offer=offer)


@for_all
def the_last_to_offer_would_keep_all(talks: Talks, outcome: Outcome) -> Cases:
    """Whoever offers in the last round offers nothing to the others, who would get nothing after it."""
    if isinstance(outcome, Agreed):
        last = offering(talks, talks.rounds - 1)
        yield case(outcome.offers[-1][last] == 1, last=last, offer=outcome.offers[-1])


@for_all
def nobody_gains_by_refusing(talks: Talks, outcome: Outcome) -> Cases:
    """What is offered to an agent is worth no less to it than to wait for the next offer."""
    if isinstance(outcome, Agreed):
        for offer, later in pairwise(outcome.offers):
            for agent in talks.agents:
                least = waiting(talks, agent, later)
                yield case(offer[agent] >= least, agent=agent, offer=offer, waiting=least)


@for_all
def nobody_gains_by_offering_less(talks: Talks, outcome: Outcome) -> Cases:
    """Whoever offers gives nobody more than waiting is worth to it: with less it would refuse."""
    if isinstance(outcome, Agreed):
        for place, (offer, later) in enumerate(pairwise(outcome.offers)):
            for agent in talks.agents:
                if agent != offering(talks, place):
                    least = waiting(talks, agent, later)
                    yield case(offer[agent] <= least, agent=agent, offer=offer, waiting=least)


@for_all
def of_two_the_first_gets_rubinsteins_share_but_for_the_end(talks: Talks, outcome: Outcome) -> Cases:
    """Of two, the first has its share of endless talks, but for a part that each two rounds make smaller by both discounts."""
    if isinstance(outcome, Agreed) and len(talks.agents) == 2:
        own, others = (talks.discounts[agent] for agent in talks.agents)
        end: Amount = 1
        for _ in range(talks.rounds // 2):
            end = end * own * others
        endless = 1 - others  # as a part of 1 - d1 d2, so that nothing is divided by
        due = endless * (1 - end) if talks.rounds % 2 == 0 else endless + others * (1 - own) * end
        share = outcome.offers[0][talks.agents[0]]
        yield case(share * (1 - own * others) == due, share=share, due=due)


@for_all
def malformed_talks_are_rejected(talks: Talks, outcome: Outcome) -> Cases:
    """Talks are rejected if, and only if, they break a rule, and with the reason of the first that they break."""
    yield from rejection(REJECTED, talks, outcome)


# ---- clauses about several outcomes


@relates
def later_talks_are_the_rest_of_these(rule: Rule, talks: Talks, draw: Draw) -> Cases:  # noqa: ARG001  # nothing more is drawn
    """If talks begin a round later, with whoever is then on turn, all is offered that would be from then on."""
    before = rule(talks)
    if isinstance(before, Agreed) and talks.rounds > 1:
        after = rule(evolve(talks, agents=(*talks.agents[1:], talks.agents[0]), rounds=talks.rounds - 1))
        yield case(after == Agreed(before.offers[1:]), before=before, after=after)


@relates
def of_two_patience_pays(rule: Rule, talks: Talks, draw: Draw) -> Cases:
    """Of two, whoever loses less by waiting gets no less."""
    if len(talks.agents) == 2:
        agent, patience = draw.one_of("who is more patient", talks.agents), draw.amount("patience", at_most=1)
        discount = talks.discounts[agent]
        before, after = rule(talks), rule(told(talks, agent, discount + (1 - discount) * patience))
        if isinstance(before, Agreed) and isinstance(after, Agreed):
            yield case(after.offers[0][agent] >= before.offers[0][agent], agent=agent, before=before, after=after)


@relates
def names_are_irrelevant(rule: Rule, talks: Talks, draw: Draw) -> Cases:
    """If two agents exchange their names, each has what it had, in each round."""
    if len(talks.agents) > 1:
        one, other = draw.one_of("exchange their names", tuple(combinations(talks.agents, 2)))
        called = {agent: {one: other, other: one}.get(agent, agent) for agent in talks.agents}

        def renamed(parts: Map[str, Amount]) -> Map[str, Amount]:
            return Map.of({called[agent]: part for agent, part in parts.items()})

        before = rule(talks)
        after = rule(Talks(tuple(called[agent] for agent in talks.agents), renamed(talks.discounts), talks.rounds))
        if isinstance(before, Agreed):
            yield case(after == Agreed(tuple(map(renamed, before.offers))), one=one, other=other, before=before, after=after)


# ---- lies


def told(talks: Talks, agent: str, discount: Amount) -> Talks:
    """Return the talks in which one agent says another discount."""
    return evolve(talks, discounts=talks.discounts.put(agent, discount))


def agents_of(talks: Talks) -> tuple[str, ...]:
    """List who may lie."""
    return talks.agents


def misreport(talks: Talks, agent: str, draw: Draw) -> Talks:
    """Draw another discount of one agent."""
    return told(talks, agent, draw.amount("the lie", at_most=1))


def utility(talks: Talks, agent: str, outcome: Outcome) -> Amount:  # noqa: ARG001  # the first offer is accepted, so that nobody waits
    """Return what an agent gets."""
    return outcome.offers[0][agent] if isinstance(outcome, Agreed) else 0


# ---- talks


def talks_of(draw: Draw, agents: int, rounds: int) -> Talks:
    """Draw the discounts of so many agents, and up to so many rounds."""
    names = tuple(f"agent{number}" for number in range(agents))
    return Talks(names, discounts_of(draw, names), draw.one_of("rounds", range(1, rounds + 1)))


def discounts_of(draw: Draw, agents: tuple[str, ...]) -> Map[str, Amount]:
    """Draw a discount of each agent."""
    return Map.of({agent: draw.amount(f"discount of {agent}", at_most=1) for agent in agents})


def talks_at_large(draw: Draw) -> Talks:
    """Draw talks of two to five agents of any names, in up to eight rounds."""
    names = some_names(draw, "agent", 2, 5)
    return Talks(names, discounts_of(draw, names), draw.one_of("rounds", range(1, 9)))


FLAWS = ("alone", "one twice", "no round", "a fraction of a round", "one left out", "one too many", "a discount", "the last discount")


def malformed(draw: Draw, flaws: tuple[str, ...] = FLAWS) -> Talks:
    """Draw talks of two agents with one of these flaws."""
    sound = Talks(("ann", "bob"), Map.of({"ann": draw.amount("discount", at_most=1), "bob": 1}), 2)
    match draw.one_of("flaw", flaws):
        case "alone":
            return evolve(sound, agents=("ann",), discounts=sound.discounts.drop("bob"))
        case "one twice":
            return evolve(sound, agents=("ann", "bob", "ann"))
        case "no round":
            return evolve(sound, rounds=0)
        case "a fraction of a round":
            return evolve(sound, rounds=draw.one_of("rounds", (True, NO_AMOUNTS["a float"], "2")))
        case "one left out":
            return evolve(sound, discounts=sound.discounts.drop("bob"))
        case "one too many":
            return evolve(sound, discounts=sound.discounts.put("eve", 1))
        case flaw:
            wrong = {**NO_AMOUNTS, "more than 1": 2}
            return told(sound, "ann" if flaw == "a discount" else "bob", wrong[draw.one_of("it is", tuple(wrong))])


TALKS = Domain(talks_of, malformed, malformed_talks_are_rejected, agents_of, misreport, utility)
truthful_discounts = TALKS.truthful

OF_TWO = (of_two_the_first_gets_rubinsteins_share_but_for_the_end, of_two_patience_pays)
OF_MORE = (
    malformed_talks_are_rejected,
    each_round_has_an_offer,
    everything_is_divided,
    the_last_to_offer_would_keep_all,
    nobody_gains_by_refusing,
    nobody_gains_by_offering_less,
    later_talks_are_the_rest_of_these,
    names_are_irrelevant,
)
CLAUSES = (*OF_MORE, *OF_TWO)
