"""Resource partitioning: goods that cannot be cut are divided into a part for each agent; by taking turns, or by dividing and choosing.

Source: Caragiannis et al., "The Unreasonable Fairness of Maximum Nash Welfare", 2019, section 2, for round robin; Budish, "The
Combinatorial Assignment Problem", 2011, for envy up to one good and the maximin share; Steinhaus, "The Problem of Fair Division", 1948.
What a part is worth to an agent is the sum of what its goods are worth to it. The documents name this strategy and hold no code; it is
read as the division of whole goods, since `proportional_allocation` divides what can be cut. Agents take turns, or divide and choose,
in the order in which they are listed; by turns, of goods that are worth the same the first in the list is taken.
Does not promise: into which of several equally good pairs of parts the goods are divided; that nobody envies anybody, which is
impossible with one good; nor that values are told truly. What an agent must have is given to it before the rest is divided, as by
`priority_override`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, permutations, product
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.names import some_names
from concordant.spec.common.no_amounts import NO_AMOUNTS, perhaps
from concordant.spec.vocabulary import Amount, Cases, Domain, Draw, Flaws, Map, Rejected, case, for_all, is_amount, rejection, relates


@frozen
class Valuation:
    """What each good is worth to one agent, in the order of the goods."""

    agent: str
    values: tuple[Amount, ...]


@frozen
class Division:
    """What is to be divided, and among whom; the agents in the order of their turns."""

    goods: tuple[str, ...]
    valuations: tuple[Valuation, ...]


@frozen
class Parts:
    """Who gets each good."""

    holders: Map[str, str]


Outcome: TypeAlias = Parts | Rejected
Rule: TypeAlias = Callable[[Division], Outcome]

NOBODY = Rejected("there is no agent")
DUPLICATE_AGENT = Rejected("an agent is listed twice")
DUPLICATE_GOOD = Rejected("a good is listed twice")
NOT_ALL_VALUED = Rejected("an agent does not value each good once")
NOT_EXACT = Rejected("a value is no exact amount")
NEGATIVE = Rejected("a value is negative")
NOT_TWO = Rejected("there are not two agents")

REJECTED: Flaws[Division] = (
    (NOBODY, lambda division: division.valuations == ()),
    (DUPLICATE_AGENT, lambda division: any(one.agent == other.agent for one, other in combinations(division.valuations, 2))),
    (DUPLICATE_GOOD, lambda division: any(one == other for one, other in combinations(division.goods, 2))),
    (NOT_ALL_VALUED, lambda division: any(len(each.values) != len(division.goods) for each in division.valuations)),
    (NOT_EXACT, lambda division: not all(is_amount(value) for each in division.valuations for value in each.values)),
    (NEGATIVE, lambda division: any(value < 0 for each in division.valuations for value in each.values)),
)
REJECTED_OF_TWO: Flaws[Division] = (*REJECTED, (NOT_TWO, lambda division: len(division.valuations) != 2))
"""What is rejected, and why: by turns, and where two divide and choose."""


def worth(division: Division, valuation: Valuation, outcome: Parts, holder: str) -> list[Amount]:
    """List what the goods that somebody holds are worth to an agent."""
    values = zip(division.goods, valuation.values, strict=True)
    return [value for good, value in values if good in outcome.holders and outcome.holders[good] == holder]


# ---- clauses about one division


@for_all
def every_good_is_given_away(division: Division, outcome: Outcome) -> Cases:
    """Each good, and nothing else, is given to one of the agents."""
    if isinstance(outcome, Parts):
        yield case(set(outcome.holders) == set(division.goods), holders=outcome.holders)
        yield case(all(holder in agents(division) for holder in outcome.holders.values()), holders=outcome.holders)


@for_all
def no_envy_up_to_one_good(division: Division, outcome: Outcome) -> Cases:
    """An agent's part is worth to it no less than another's without one good of that."""
    if isinstance(outcome, Parts):
        for one, other in permutations(division.valuations, 2):
            own, others = (worth(division, one, outcome, each.agent) for each in (one, other))
            yield case(sum(own) >= sum(others) - max(others, default=0), agent=one, envied=other.agent, holders=outcome.holders)


@for_all
def proportional_up_to_one_good(division: Division, outcome: Outcome) -> Cases:
    """An agent's part, with one good more, would be worth to it its share of all: a third where there are three."""
    if isinstance(outcome, Parts):
        for one in division.valuations:
            own = sum(worth(division, one, outcome, one.agent))
            missing = [value for other in division.valuations if other != one for value in worth(division, one, outcome, other.agent)]
            enough = (own + max(missing, default=0)) * len(division.valuations) >= sum(one.values)
            yield case(enough, agent=one, holders=outcome.holders)


@for_all
def turns_are_even(division: Division, outcome: Outcome) -> Cases:
    """Nobody gets more goods than one whose turn is earlier, and nobody more than one good fewer."""
    if isinstance(outcome, Parts):
        for earlier, later in combinations(division.valuations, 2):
            more = len(worth(division, earlier, outcome, earlier.agent)) - len(worth(division, later, outcome, later.agent))
            yield case(more in (0, 1), earlier=earlier.agent, later=later.agent, holders=outcome.holders)


@for_all
def the_earlier_do_not_envy_the_later(division: Division, outcome: Outcome) -> Cases:
    """An agent's part is worth to it no less than that of one whose turn is later."""
    if isinstance(outcome, Parts):
        for earlier, later in combinations(division.valuations, 2):
            own, others = (sum(worth(division, earlier, outcome, each.agent)) for each in (earlier, later))
            yield case(own >= others, earlier=earlier, later=later.agent, holders=outcome.holders)


@for_all
def each_takes_the_best_that_is_left(division: Division, outcome: Outcome) -> Cases:
    """In its turn an agent takes what is worth most to it of all that is left, of equal goods the first in the list.

    In which turn a good is taken follows from who holds it: whoever takes the best each time takes what it holds in the order of its values.
    """
    if isinstance(outcome, Parts):
        turns = turns_of(division, outcome)
        for valuation in division.valuations:
            for good, other in permutations(range(len(division.goods)), 2):
                if outcome.holders.get(division.goods[good]) == valuation.agent and turns[good] < turns[other]:
                    liked = (
                        valuation.values[good] > valuation.values[other]
                        if other < good
                        else valuation.values[good] >= valuation.values[other]
                    )
                    yield case(liked, agent=valuation, takes=division.goods[good], leaves=division.goods[other], holders=outcome.holders)


def turns_of(division: Division, outcome: Parts) -> dict[int, int]:
    """Return for each place of a good in the list in which turn it was taken; what nobody holds, after all others."""
    count = len(division.valuations)
    turns = dict.fromkeys(range(len(division.goods)), count * len(division.goods))
    for place, valuation in enumerate(division.valuations):
        own = [good for good, name in enumerate(division.goods) if outcome.holders.get(name) == valuation.agent]
        best_first = sorted(own, key=lambda good: (-valuation.values[good], good))
        turns.update({good: place + count * number for number, good in enumerate(best_first)})
    return turns


@for_all
def the_chooser_envies_nobody(division: Division, outcome: Outcome) -> Cases:
    """The second agent's part is worth to it no less than the first one's: at least half of all."""
    if isinstance(outcome, Parts):
        divider, chooser = division.valuations
        own, others = (sum(worth(division, chooser, outcome, each.agent)) for each in (chooser, divider))
        yield case(own >= others, own=own, others=others)


@for_all
def the_divider_has_its_maximin_share(division: Division, outcome: Outcome) -> Cases:
    """However the goods were divided in two, one part would be worth no more to the first agent than what it has."""
    if isinstance(outcome, Parts):
        divider = division.valuations[0]
        own = sum(worth(division, divider, outcome, divider.agent))
        for taken in product((False, True), repeat=len(division.goods)):
            part = sum(value for value, is_taken in zip(divider.values, taken, strict=True) if is_taken)
            yield case(own >= part or own >= sum(divider.values) - part, own=own, part=part)


@for_all
def malformed_divisions_are_rejected(division: Division, outcome: Outcome) -> Cases:
    """A division is rejected if, and only if, it breaks a rule, and with the reason of the first that it breaks."""
    yield from rejection(REJECTED, division, outcome)


@for_all
def all_but_divisions_of_two_are_rejected(division: Division, outcome: Outcome) -> Cases:
    """Where two divide and choose it is one of the rules that there are two."""
    yield from rejection(REJECTED_OF_TWO, division, outcome)


# ---- clauses about several divisions


@relates
def scale_is_irrelevant(rule: Rule, division: Division, draw: Draw) -> Cases:
    """If one agent writes its values in another unit, all get what they had."""
    agent, unit = draw.one_of("who", agents(division)), draw.one_of("its unit is worth", (Fraction(1, 3), Fraction(2)))
    valuations = (
        evolve(each, values=tuple(value * unit for value in each.values)) if each.agent == agent else each for each in division.valuations
    )
    yield case(rule(evolve(division, valuations=tuple(valuations))) == rule(division), agent=agent, unit=unit)


def agents(division: Division) -> tuple[str, ...]:
    """List who takes part, in the order of turns."""
    return tuple(valuation.agent for valuation in division.valuations)


def misreport(division: Division, agent: str, draw: Draw) -> Division:
    """Draw other values of one agent."""
    lie = Valuation(agent, tuple(draw.amount(f"the lie about {good}") for good in division.goods))
    return evolve(division, valuations=tuple(lie if each.agent == agent else each for each in division.valuations))


def utility(division: Division, agent: str, outcome: Outcome) -> Amount:
    """Return what the outcome is worth to an agent whose values are those in the division."""
    if isinstance(outcome, Rejected):
        return 0
    own = next(valuation for valuation in division.valuations if valuation.agent == agent)
    return sum(worth(division, own, outcome, agent))


# ---- divisions


def divisions(draw: Draw, most: int, goods: int, *, least: int = 1) -> Division:
    """Draw a division of up to so many goods among so many agents."""
    names = [f"agent{number}" for number in range(draw.one_of("agents", range(least, most + 1)))]
    listed = tuple(f"good{number}" for number in range(draw.one_of("goods", range(goods + 1))))
    return Division(listed, tuple(Valuation(name, tuple(draw.amount(f"{good} to {name}") for good in listed)) for name in names))


def divisions_at_large(draw: Draw, least: int = 1, most: int = 5) -> Division:
    """Draw a division of up to six goods among up to five agents, of any names."""
    names, goods = some_names(draw, "agent", least, most), some_names(draw, "good", 0, 6)
    return Division(goods, tuple(Valuation(name, tuple(draw.amount(f"{good} to {name}") for good in goods)) for name in names))


FLAWS = ("nobody", "an agent twice", "a good twice", "a value missing", "a value", "the last value")
FLAWS_OF_TWO = (*FLAWS, "one agent", "three agents")
"""What may be wrong with a division that is drawn: by turns, and where two divide and choose."""


def malformed(draw: Draw, flaws: tuple[str, ...] = FLAWS) -> Division:
    """Draw a division of two goods between two agents with one of these flaws."""
    first, second = (Valuation(f"agent{number}", (draw.amount(f"to agent{number}"), 1)) for number in range(2))
    sound = Division(("good0", "good1"), (first, second))
    match draw.one_of("flaw", flaws):
        case "nobody":
            return evolve(sound, valuations=())
        case "an agent twice":
            return evolve(sound, valuations=(first, second, first))
        case "a good twice":
            return Division(("good0", "good1", "good0"), tuple(evolve(each, values=(*each.values, 1)) for each in (first, second)))
        case "a value missing":
            return evolve(sound, valuations=(first, evolve(second, values=second.values[:1])))
        case "a value":
            return evolve(sound, valuations=(evolve(first, values=(wrong(draw), 1)), second))
        case "the last value":
            return evolve(sound, valuations=(first, evolve(second, values=(1, wrong(draw)))))
        case "one agent":
            return evolve(sound, valuations=(first,))
        case _:
            return evolve(sound, valuations=(first, second, evolve(first, agent="agent2")))


def wrong(draw: Draw) -> Amount:
    """Draw what is no value."""
    amount: Amount = NO_AMOUNTS[draw.one_of("it is", NO_AMOUNTS)]
    return amount


def malformed_of_two(draw: Draw) -> Division:
    """Draw a division with a flaw where there must be two agents."""
    return malformed(draw, FLAWS_OF_TWO)


def careless(draw: Draw) -> Division:
    """Draw a division with any flaws, or none: what is told is the first."""
    goods = tuple(draw.one_of(f"good {place}", ("disk", "lamp", "pen")) for place in range(draw.one_of("goods", range(3))))
    valuations = []
    for place in range(draw.one_of("agents", range(4))):
        values = tuple(perhaps(draw, f"value {place} of {good}") for good in range(len(goods)))
        short = draw.one_of(f"valuation {place} is short", (False, False, False, True))
        valuations.append(Valuation(draw.one_of(f"agent {place}", ("ann", "bob", "cid")), values[1:] if short else values))
    return Division(goods, tuple(valuations))


DIVISIONS = Domain(divisions, malformed, malformed_divisions_are_rejected, agents, misreport, utility)
OF_TWO = Domain(divisions, malformed_of_two, all_but_divisions_of_two_are_rejected, agents, misreport, utility)
truthful_values = DIVISIONS.truthful

FAIR = (every_good_is_given_away, no_envy_up_to_one_good, proportional_up_to_one_good, scale_is_irrelevant)
BY_TURNS = (malformed_divisions_are_rejected, *FAIR, turns_are_even, each_takes_the_best_that_is_left, the_earlier_do_not_envy_the_later)
BY_CHOICE = (all_but_divisions_of_two_are_rejected, *FAIR, the_chooser_envies_nobody, the_divider_has_its_maximin_share)
"""What both rules promise; and with that round robin, and divide and choose."""
