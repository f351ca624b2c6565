"""What wrong rules of bargaining break."""

from __future__ import annotations

from functools import partial

from concordant.pitfalls.conflict.bargaining.rules import (
    alone,
    as_part_of_the_best,
    at_no_loss,
    at_one_stroke,
    both_wait,
    changed,
    disagreement_is_an_error,
    everything_tied,
    first_listed,
    goes_on,
    greatest,
    in_all,
    in_small_steps,
    kindest_first,
    last_of_equals,
    losses_multiplied,
    not_looking_for,
    nowhere_to_walk,
    nowhere_to_walk_for_the_last,
    of_the_first,
    of_the_first_and_least_of_the_others,
    of_the_poorest,
    of_the_product,
    only_if_all_is_possible,
    only_the_last_round,
    takes_the_first_offer,
    told_twice,
    told_twice_before_others,
    turned_round,
    unkindest_first,
)
from concordant.refimpl.conflict.bargaining import bargaining, concede, on_malformed, talking
from concordant.refimpl.machine import Pitfall
from concordant.spec.conflict import bargaining as spec
from concordant.spec.conflict.bargaining import (
    DUPLICATE,
    NO_PARTNER,
    NOT_EVERYBODY,
    NOT_EXACT,
)

TWO, WORTHY = partial(spec.problems, most=2), partial(spec.of_some_worth, most=2)
TALKS = partial(spec.of_some_worth, most=3)

ERROR = Pitfall(
    "BRG-1",
    "Where the agents do not agree an error is raised, and whatever should be tried next is not.",
    breaks=spec.they_agree_where_all_can_gain,
    subject=bargaining(TWO, disagreement_is_an_error),
    length=3,
    raises=True,
)
NO_RESERVATION = Pitfall(
    "BRG-2",
    "Nobody asks what it is worth to walk away: an agent agrees to what is worth less to it.",
    breaks=spec.everybody_gains,
    subject=bargaining(TWO, nowhere_to_walk),
    length=5,
)
BOTH_WAIT = Pitfall(
    "BRG-3",
    "Of two agents that would lose the same each waits for the other, and they do not agree.",
    breaks=spec.they_agree_where_all_can_gain,
    subject=talking(TALKS, both_wait),
    length=5,
)
AT_NO_LOSS = Pitfall(
    "bargaining.AtNoLoss",
    "Agents agree to what is worth no more to them than to walk away.",
    breaks=spec.everybody_gains,
    subject=bargaining(TWO, at_no_loss),
    length=5,
)
LOSSES_MULTIPLIED = Pitfall(
    "bargaining.LossesMultiplied",
    "Two losses make a product above zero, and both agree to lose.",
    breaks=spec.everybody_gains,
    subject=bargaining(TWO, losses_multiplied),
    length=5,
)
LOSSES_AGREED = Pitfall(
    "bargaining.LossesMultiplied/agreed",
    "The same: they agree where there is nothing to gain.",
    breaks=spec.they_agree_where_all_can_gain,
    subject=bargaining(TWO, losses_multiplied),
    length=5,
)
ONLY_IF_ALL = Pitfall(
    "bargaining.OnlyIfAllIsPossible",
    "Agents disagree because one of the things that they could agree on is worth nothing to one of them.",
    breaks=spec.they_agree_where_all_can_gain,
    subject=bargaining(TWO, only_if_all_is_possible),
    length=7,
)
IN_ALL = Pitfall(
    "bargaining.Greatest/sum",
    "The greatest sum is chosen: whoever measures in smaller units counts for more.",
    breaks=spec.units_of_worth_are_irrelevant,
    subject=bargaining(WORTHY, greatest(in_all)),
    length=8,
)
POOREST = Pitfall(
    "bargaining.Greatest/poorest",
    "Whoever gains least is to gain most, in units that nobody can compare.",
    breaks=spec.units_of_worth_are_irrelevant,
    subject=bargaining(WORTHY, greatest(of_the_poorest)),
    length=8,
)
FIRST = Pitfall(
    "bargaining.Greatest/first",
    "What is best for the first agent is chosen.",
    breaks=spec.agents_are_treated_alike,
    subject=bargaining(WORTHY, greatest(of_the_first)),
    length=6,
)
PART_OF_THE_BEST = Pitfall(
    "bargaining.Greatest/part",
    "What each could gain at best decides, so that what is not chosen has a say.",
    breaks=spec.what_is_not_chosen_is_irrelevant,
    subject=bargaining(partial(spec.of_some_worth, most=3), greatest(as_part_of_the_best)),
    length=8,
)
SMALLEST = Pitfall(
    "bargaining.Greatest/smallest",
    "The smallest product is chosen.",
    breaks=spec.the_product_is_greatest,
    subject=bargaining(WORTHY, greatest(of_the_product)),
    length=5,
)
SMALLEST_IS_WORSE = Pitfall(
    "bargaining.Greatest/worse",
    "The same: another agreement is better for all.",
    breaks=spec.nothing_is_better_for_all,
    subject=bargaining(WORTHY, greatest(of_the_product)),
    length=5,
)
LAST_OF_EQUALS = Pitfall(
    "bargaining.LastOfEquals",
    "Of equals the last is chosen.",
    breaks=spec.ties_go_by_name,
    subject=bargaining(WORTHY, changed(last_of_equals)),
    length=5,
)
FIRST_LISTED = Pitfall(
    "bargaining.FirstListed",
    "Of equals the first that is listed is chosen.",
    breaks=spec.order_is_irrelevant,
    subject=bargaining(WORTHY, changed(first_listed)),
    length=5,
)
ALONE = Pitfall(
    "bargaining.Alone",
    "Nobody is told that a tie was decided by name.",
    breaks=spec.the_product_is_greatest,
    subject=bargaining(WORTHY, changed(alone)),
    length=5,
)
EVERYTHING_TIED = Pitfall(
    "bargaining.EverythingTied",
    "All that is possible is told as if it were as good.",
    breaks=spec.the_product_is_greatest,
    subject=bargaining(WORTHY, changed(everything_tied)),
    length=5,
)
TAKES_THE_FIRST_OFFER = Pitfall(
    "bargaining.TakesTheFirstOffer",
    "The second agent accepts whatever the first one wants.",
    breaks=spec.the_product_is_greatest,
    subject=talking(TALKS, changed(takes_the_first_offer, concede)),
    length=5,
)
ONLY_THE_LAST_ROUND = Pitfall(
    "bargaining.OnlyTheLastRound",
    "Both begin with the agreement.",
    breaks=spec.each_begins_with_what_is_best_for_it,
    subject=talking(TALKS, changed(only_the_last_round, concede)),
    length=5,
)
TURNED_ROUND = Pitfall(
    "bargaining.TurnedRound",
    "The offer of the one is told as the other's.",
    breaks=spec.whoever_risks_less_concedes,
    subject=talking(TALKS, changed(turned_round, concede)),
    length=7,
)
TOLD_TWICE = Pitfall(
    "bargaining.ToldTwice",
    "A round goes by in which nobody concedes.",
    breaks=spec.whoever_risks_less_concedes,
    subject=talking(TALKS, changed(told_twice, concede)),
    length=3,
)
GOES_ON = Pitfall(
    "bargaining.GoesOn",
    "Talks end with other offers than the one that is accepted.",
    breaks=spec.talks_end_with_the_agreement,
    subject=talking(TALKS, changed(goes_on, concede)),
    length=7,
)
TOLD_TWICE_LATER = Pitfall(
    "bargaining.ToldTwice/later",
    "The same, where both have given in before they agree.",
    breaks=spec.whoever_risks_less_concedes,
    subject=talking(spec.concessions, changed(told_twice_before_others, concede)),
    length=6,
)
KINDEST_FIRST = Pitfall(
    "bargaining.KindestFirst",
    "Each begins with what is best for the other.",
    breaks=spec.each_begins_with_what_is_best_for_it,
    subject=talking(TALKS, changed(kindest_first, concede)),
    length=5,
)
UNKINDEST_FIRST = Pitfall(
    "bargaining.UnkindestFirst",
    "Of what is best for it, each begins with what is worst for the other.",
    breaks=spec.each_begins_with_what_is_best_for_it,
    subject=talking(TALKS, changed(unkindest_first, concede)),
    length=5,
)
IN_SMALL_STEPS = Pitfall(
    "bargaining.InSmallSteps",
    "An agent gives in by too little, so that the other has no reason to.",
    breaks=spec.a_concession_is_as_small_as_it_can_be,
    subject=talking(spec.concessions, changed(in_small_steps, concede)),
    length=6,
)
AT_ONE_STROKE = Pitfall(
    "bargaining.AtOneStroke",
    "The first agent gives in by more than it needs to.",
    breaks=spec.a_concession_is_as_small_as_it_can_be,
    subject=talking(spec.concessions, changed(at_one_stroke, concede)),
    length=6,
)
LAST_LOSES = Pitfall(
    "bargaining.NowhereToWalkForTheLast",
    "The last agent is not asked what it is worth to it to walk away.",
    breaks=spec.everybody_gains,
    subject=bargaining(TWO, nowhere_to_walk_for_the_last),
    length=5,
)
LEAST_OF_THE_OTHERS = Pitfall(
    "bargaining.Greatest/spite",
    "What is best for the first is chosen, and of equals what is worst for the other.",
    breaks=spec.nothing_is_better_for_all,
    subject=bargaining(WORTHY, greatest(of_the_first_and_least_of_the_others)),
    length=5,
)
NO_PARTNERS = Pitfall(
    "bargaining.NotLookingFor/partner",
    "An agent bargains with itself.",
    breaks=spec.malformed_problems_are_rejected,
    subject=on_malformed(not_looking_for(NO_PARTNER)),
    length=2,
)
TWO_OF_ONE_NAME = Pitfall(
    "bargaining.NotLookingFor/names",
    "Two agreements have one name.",
    breaks=spec.malformed_problems_are_rejected,
    subject=on_malformed(not_looking_for(DUPLICATE)),
    length=2,
)
LEFT_OUT = Pitfall(
    "bargaining.NotLookingFor/everybody",
    "An agreement is taken of which nobody knows what it is worth to one of the agents.",
    breaks=spec.malformed_problems_are_rejected,
    subject=on_malformed(not_looking_for(NOT_EVERYBODY)),
    length=2,
)
INEXACT = Pitfall(
    "bargaining.NotLookingFor/amounts",
    "Something is worth what is no amount.",
    breaks=spec.malformed_problems_are_rejected,
    subject=on_malformed(not_looking_for(NOT_EXACT)),
    length=3,
)
