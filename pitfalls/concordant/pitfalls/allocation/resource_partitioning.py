"""What goes wrong where whole goods are divided. The documents name the strategy and hold no code of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from concordant.refimpl.allocation.resource_partitioning import DIVIDE_AND_CHOOSE, ROUND_ROBIN, divide_and_choose, flaw, round_robin
from concordant.refimpl.machine import Pitfall, Reason, Unmodelled
from concordant.spec.allocation import resource_partitioning as spec
from concordant.spec.allocation.resource_partitioning import NEGATIVE, Division, Outcome, Parts, Valuation
from concordant.spec.vocabulary import Amount, Map

# ---- rules


def sound(holder: Callable[[Division, int], str]) -> Callable[[Division], Outcome]:
    """Return a rule that refuses what is malformed, and says of each good, by its place in the list, who gets it."""

    def rule(division: Division) -> Outcome:
        reason = flaw(division)
        if reason is not None:
            return reason
        return Parts(Map.of({good: holder(division, place) for place, good in enumerate(division.goods)}))

    return rule


def by_turns(order: Callable[[int, int], int], take: Callable[[Sequence[int], Valuation], int]) -> Callable[[Division], Outcome]:
    """Return a rule that refuses what is malformed, and lets agents take turns in some order, each taking what it will."""

    def rule(division: Division) -> Outcome:
        reason = flaw(division)
        if reason is not None:
            return reason
        left, holders = list(range(len(division.goods))), {}
        for turn in range(len(division.goods)):
            taker = division.valuations[order(turn, len(division.valuations))]
            good = take(left, taker)
            left.remove(good)
            holders[division.goods[good]] = taker.agent
        return Parts(Map.of(holders))

    return rule


def in_turn(turn: int, count: int) -> int:
    """Let the first go on where the last has been."""
    return turn % count


def there_and_back(turn: int, count: int) -> int:
    """Let the last take twice, and go back to the first, which takes twice."""
    return min(turn % (2 * count), 2 * count - 1 - turn % (2 * count))


def second_last(turn: int, count: int) -> int:
    """Let the second take its turn after all others."""
    return (0, *range(2, count), 1)[turn % count] if count > 1 else 0


def liked_best_last(left: Sequence[int], taker: Valuation) -> int:
    """Take what is worth most, of equal ones the last."""
    return max(left, key=lambda good: (taker.values[good], good))


def liked_best(left: Sequence[int], taker: Valuation) -> int:
    """Take what is worth most."""
    return max(left, key=lambda good: (taker.values[good], -good))


def second_of_three(left: Sequence[int], taker: Valuation) -> int:
    """Of three take what is worth second most."""
    return sorted(left, key=lambda good: (-taker.values[good], good))[1 if len(left) == 3 else 0]


def liked_enough(left: Sequence[int], taker: Valuation) -> int:
    """Take the first that is worth 1 or more, or else the first."""
    return next((good for good in left if taker.values[good] >= 1), left[0])


def first_left(left: Sequence[int], taker: Valuation) -> int:  # noqa: ARG001
    """Take the first that is left."""
    return left[0]


def equal_numbers(division: Division) -> Outcome:
    """Give everybody as many goods, which are none if there are more agents than goods, and keep the rest."""
    outcome = round_robin(division)
    each = len(division.goods) // len(division.valuations) if division.valuations else 0
    if not isinstance(outcome, Parts):
        return outcome
    return Parts(Map.of({good: outcome.holders[good] for good in division.goods[: each * len(division.valuations)]}))


def rest_to_the_house(division: Division, place: int) -> str:
    """Give each its first good, and what is left to the house."""
    return division.valuations[place].agent if place < len(division.valuations) else "the house"


def all_to_the_first(division: Division, place: int) -> str:  # noqa: ARG001
    """Give everything to the first agent."""
    return division.valuations[0].agent


def takes_negative_values(division: Division) -> Outcome:
    """Look whether values are amounts, and not whether they are negative."""
    reason = flaw(division)
    return looks_at_nothing(division) if reason == NEGATIVE else round_robin(division)


def looks_at_nothing(division: Division) -> Outcome:
    """Deal goods out, to nobody too."""
    count = len(division.valuations)
    return Parts(Map.of({good: division.valuations[place % count].agent for place, good in enumerate(division.goods)}))


def first_two_divide(division: Division) -> Outcome:
    """Divide between the first two, and forget any other."""
    return divide_and_choose(Division(division.goods, division.valuations[:2]))


def divided_by(part: Callable[[Division], Sequence[int]], *, divider_chooses: bool = False) -> Callable[[Division], Outcome]:
    """Return a rule that divides otherwise; or lets the divider choose."""

    def rule(division: Division) -> Outcome:
        if not isinstance(outcome := divide_and_choose(division), Parts):
            return outcome
        chooser, other = (division.valuations[number] for number in ((0, 1) if divider_chooses else (1, 0)))
        chosen = part(division)
        better = worth(chooser, chosen) + worth(chooser, chosen) >= sum(chooser.values)
        return Parts(Map.of({good: (chooser if (n in chosen) == better else other).agent for n, good in enumerate(division.goods)}))

    return rule


def worth(valuation: Valuation, part: Sequence[int]) -> Amount:
    """Return what some goods are worth to an agent."""
    return sum(valuation.values[good] for good in part)


def first_half(division: Division) -> Sequence[int]:
    """Part the list in the middle."""
    return range(len(division.goods) // 2)


def largest_alone(division: Division) -> Sequence[int]:
    """Part what the divider likes best from the rest."""
    values = division.valuations[0].values
    return [max(range(len(values)), key=lambda good: values[good])] if values else []


# ---- the pitfalls

NO_CODE = Unmodelled("RPT-1", Reason.NO_CODE, "The strategy calls a function that is not there; what it may do is decided here.")
EQUAL_NUMBERS = Pitfall(
    "RPT-2",
    "Everybody gets as many goods, rounded down: nothing is given away if there are more agents than goods.",
    breaks=spec.every_good_is_given_away,
    subject=ROUND_ROBIN.replaced_by(equal_numbers).on(2, 3),
    length=4,
)
REST_TO_THE_HOUSE = Pitfall(
    "resource_partitioning.RestToTheHouse",
    "What is left after one turn is held under the name of nobody who takes part.",
    breaks=spec.every_good_is_given_away,
    subject=ROUND_ROBIN.replaced_by(sound(rest_to_the_house), "rest to the house").on(2, 3),
    length=4,
)
DEALT_OUT = Pitfall(
    "resource_partitioning.DealtOut",
    "Goods are dealt out like cards, whatever they are worth to anybody.",
    breaks=spec.no_envy_up_to_one_good,
    subject=ROUND_ROBIN.replaced_by(by_turns(in_turn, first_left), "dealt out").on(2, 3),
    length=8,
)
ALL_TO_THE_FIRST = Pitfall(
    "resource_partitioning.AllToTheFirst",
    "The first agent gets everything.",
    breaks=spec.proportional_up_to_one_good,
    subject=ROUND_ROBIN.replaced_by(sound(all_to_the_first), "all to the first").on(2, 3),
    length=8,
)
TWO_TO_THE_FIRST = Pitfall(
    "resource_partitioning.AllToTheFirst/number",
    "The same: it gets two goods more than the other.",
    breaks=spec.turns_are_even,
    subject=ROUND_ROBIN.replaced_by(sound(all_to_the_first), "all to the first").on(2, 3),
    length=6,
)
THERE_AND_BACK = Pitfall(
    "resource_partitioning.ThereAndBack",
    "Turns go to the last agent and back: of three goods the second takes two.",
    breaks=spec.turns_are_even,
    subject=ROUND_ROBIN.replaced_by(by_turns(there_and_back, liked_best), "there and back").on(2, 3),
    length=8,
)
THERE_AND_BACK_IS_ENVIED = Pitfall(
    "resource_partitioning.ThereAndBack/envy",
    "The same: the first would rather have the two goods of the second.",
    breaks=spec.the_earlier_do_not_envy_the_later,
    subject=ROUND_ROBIN.replaced_by(by_turns(there_and_back, liked_best), "there and back").on(2, 3),
    length=8,
)
SECOND_LAST = tuple(
    Pitfall(
        f"resource_partitioning.SecondLast/{clause.name}",
        "Of three agents the second takes its turn last, and gets nothing of two goods.",
        breaks=clause,
        subject=ROUND_ROBIN.replaced_by(by_turns(second_last, liked_best), "second last").on(3, 2),
        length=8,
    )
    for clause in (spec.turns_are_even, spec.the_earlier_do_not_envy_the_later)
)
LAST_OF_EQUALS = Pitfall(
    "resource_partitioning.LastOfEquals",
    "Of goods that are worth the same the last in the list is taken.",
    breaks=spec.each_takes_the_best_that_is_left,
    subject=ROUND_ROBIN.replaced_by(by_turns(in_turn, liked_best_last), "last of equals").on(2, 2),
    length=6,
)
SECOND_OF_THREE = Pitfall(
    "resource_partitioning.SecondOfThree",
    "Of three goods an agent takes the second, in the hope that the best is left for its next turn.",
    breaks=spec.each_takes_the_best_that_is_left,
    subject=ROUND_ROBIN.replaced_by(by_turns(in_turn, second_of_three), "second of three").on(2, 3),
    length=8,
)
LIKED_ENOUGH = Pitfall(
    "resource_partitioning.LikedEnough",
    "An agent takes the first good that is worth 1 or more to it: in another unit that is another.",
    breaks=spec.scale_is_irrelevant,
    subject=ROUND_ROBIN.replaced_by(by_turns(in_turn, liked_enough), "liked enough").on(2, 2),
    length=8,
)
LOOKS_AT_NOTHING = Pitfall(
    "resource_partitioning.LooksAtNothing",
    "Goods are dealt out without a look at the division: among nobody, by zero.",
    breaks=spec.malformed_divisions_are_rejected,
    subject=ROUND_ROBIN.replaced_by(looks_at_nothing).on_malformed(),
    length=3,
    raises=True,
)
NEGATIVE_VALUES = Pitfall(
    "resource_partitioning.TakesNegativeValues",
    "A good may be worth less than nothing, and is dealt out like another.",
    breaks=spec.malformed_divisions_are_rejected,
    subject=ROUND_ROBIN.replaced_by(takes_negative_values).on_malformed(("a value",)),
    length=4,
)
THE_THIRD_FORGOTTEN = Pitfall(
    "resource_partitioning.FirstTwoDivide",
    "The first two divide and choose, and the third gets nothing.",
    breaks=spec.all_but_divisions_of_two_are_rejected,
    subject=DIVIDE_AND_CHOOSE.replaced_by(first_two_divide).on_malformed(),
    length=3,
)
THE_DIVIDER_CHOOSES = Pitfall(
    "resource_partitioning.TheDividerChooses",
    "Whoever divides also chooses.",
    breaks=spec.the_chooser_envies_nobody,
    subject=DIVIDE_AND_CHOOSE.replaced_by(divided_by(largest_alone, divider_chooses=True), "the divider chooses").on(2, 2, least=2),
    length=4,
)
HALVES_OF_THE_LIST = Pitfall(
    "resource_partitioning.HalvesOfTheList",
    "The list of goods is parted in the middle, whatever they are worth.",
    breaks=spec.the_divider_has_its_maximin_share,
    subject=DIVIDE_AND_CHOOSE.replaced_by(divided_by(first_half), "halves of the list").on(2, 3, least=2),
    length=8,
)
LARGEST_ALONE = Pitfall(
    "resource_partitioning.LargestAlone",
    "What the divider likes best is one part, and all the rest the other: of four that it likes alike it may be left with one.",
    breaks=spec.the_divider_has_its_maximin_share,
    subject=DIVIDE_AND_CHOOSE.replaced_by(divided_by(largest_alone), "largest alone").on(2, 4, least=2),
    length=10,
)
