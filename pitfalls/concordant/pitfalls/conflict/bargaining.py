"""What goes wrong with bargaining: the documents call a function for it that they do not hold, and take disagreement for an error."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from attrs import evolve

from concordant.refimpl.conflict.bargaining import Gains, bargaining, concede, favourite, flaw, gained, nash, on_malformed, product, talking
from concordant.refimpl.machine import Pitfall
from concordant.spec.conflict import bargaining as spec
from concordant.spec.conflict.bargaining import (
    DUPLICATE,
    NO_PARTNER,
    NOT_EVERYBODY,
    NOT_EXACT,
    Agreed,
    Disagreed,
    Outcome,
    Problem,
    Rule,
)
from concordant.spec.vocabulary import Amount, Map, Rejected, ratio


def greatest(score: Callable[[tuple[Amount, ...], Gains], Amount]) -> Rule:
    """Return a rule that chooses what has the greatest score, of what is gained by it, among all that is possible."""

    def rule(problem: Problem) -> Outcome:
        reason = flaw(problem)
        gains = {} if reason is not None else gained(problem)
        if reason is not None or not gains:
            return reason or Disagreed()
        scores = {name: score(each, gains) for name, each in gains.items()}
        chosen = min(scores, key=lambda name: (-scores[name], name))
        return Agreed(chosen, tuple(name for name, each in gains.items() if product(each) == product(gains[chosen])))

    return rule


def in_all(gains: tuple[Amount, ...], others: Gains) -> Amount:  # noqa: ARG001
    """Add what all gain."""
    return sum(gains)


def of_the_poorest(gains: tuple[Amount, ...], others: Gains) -> Amount:  # noqa: ARG001
    """Take what the one gains who gains least."""
    return min(gains)


def of_the_first(gains: tuple[Amount, ...], others: Gains) -> Amount:  # noqa: ARG001
    """Take what the first gains."""
    return gains[0]


def of_the_first_and_least_of_the_others(gains: tuple[Amount, ...], others: Gains) -> Amount:
    """Take what the first gains, and of equals the worst for the others."""
    most = max(sum(other) for other in others.values())
    return gains[0] * (most + 1) - sum(gains[1:])


def as_part_of_the_best(gains: tuple[Amount, ...], others: Gains) -> Amount:
    """Take the smallest part of what somebody could gain at best (Kalai and Smorodinsky 1975)."""
    return min(ratio(gain, max(other[place] for other in others.values())) for place, gain in enumerate(gains))


def of_the_product(gains: tuple[Amount, ...], others: Gains) -> Amount:  # noqa: ARG001
    """Take the smallest product."""
    return -product(gains)


def disagreement_is_an_error(problem: Problem) -> Outcome:
    """Take an agreement out of what is returned, whatever that is."""
    outcome = nash(problem)
    if isinstance(outcome, Disagreed):
        raise ValueError("no match of right hand side value: {:error, :disagreement}")
    return outcome


def nowhere_to_walk(problem: Problem) -> Outcome:
    """Do not ask what it is worth to walk away."""
    reason = flaw(problem)
    return reason or nash(evolve(problem, reservations=Map.of(dict.fromkeys(problem.agents, -1))))


def nowhere_to_walk_for_the_last(problem: Problem) -> Outcome:
    """Do not ask what it is worth to the last agent to walk away."""
    reason = flaw(problem)
    return reason or nash(evolve(problem, reservations=problem.reservations.put(problem.agents[-1], -1)))


def at_no_loss(problem: Problem) -> Outcome:
    """Agree also to what is worth no more than to walk away, where nothing else is there."""
    outcome = nash(problem)
    free = [each for each in problem.agreements if isinstance(outcome, Disagreed) and each.worth == problem.reservations]
    return Agreed(free[0].name, (free[0].name,)) if free else outcome


def losses_multiplied(problem: Problem) -> Outcome:
    """Look at the product alone, which is positive where both lose."""
    outcome = nash(problem)
    both = [each.name for each in problem.agreements if isinstance(outcome, Disagreed) and spec.product(problem, each.name) > 0]
    return Agreed(both[0], tuple(both)) if both else outcome


def only_if_all_is_possible(problem: Problem) -> Outcome:
    """Give up if something that could be agreed on is worth too little to somebody."""
    outcome = nash(problem)
    return Disagreed() if isinstance(outcome, Agreed) and len(gained(problem)) < len(problem.agreements) else outcome


def changed(change: Callable[[Problem, Agreed], Agreed], rule: Rule = nash) -> Rule:
    """Return a rule that tells something else of an agreement."""

    def changing(problem: Problem) -> Outcome:
        outcome = rule(problem)
        return change(problem, outcome) if isinstance(outcome, Agreed) else outcome

    return changing


def last_of_equals(problem: Problem, agreed: Agreed) -> Agreed:  # noqa: ARG001
    """Choose the last of those with the same product."""
    return evolve(agreed, agreement=agreed.tied[-1])


def first_listed(problem: Problem, agreed: Agreed) -> Agreed:
    """Choose of those with the same product the one that is listed first."""
    return evolve(agreed, agreement=next(name for name in spec.names(problem) if name in agreed.tied))


def alone(problem: Problem, agreed: Agreed) -> Agreed:  # noqa: ARG001
    """Do not tell which others have the same product."""
    return evolve(agreed, tied=(agreed.agreement,))


def everything_tied(problem: Problem, agreed: Agreed) -> Agreed:
    """Tell all by which all gain."""
    return evolve(agreed, tied=tuple(gained(problem)))


# ---- talks


def both_wait(problem: Problem) -> Outcome:
    """At equal risks wait for the other to concede."""
    outcome = concede(problem)
    if isinstance(outcome, Agreed):
        gains = gained(problem)
        for one, other in outcome.talks:
            if one != other and product(gains[one]) == product(gains[other]):
                return Disagreed()
    return outcome


def takes_the_first_offer(problem: Problem, agreed: Agreed) -> Agreed:  # noqa: ARG001
    """Accept what the first agent offers first."""
    return evolve(agreed, agreement=agreed.talks[0][0], talks=agreed.talks[:1])


def only_the_last_round(problem: Problem, agreed: Agreed) -> Agreed:  # noqa: ARG001
    """Begin with the offers on which they come to agree."""
    return evolve(agreed, talks=((agreed.agreement, agreed.agreement),))


def turned_round(problem: Problem, agreed: Agreed) -> Agreed:  # noqa: ARG001
    """Tell the offers of each as the other's, but for the first."""
    return evolve(agreed, talks=(agreed.talks[0], *((other, one) for one, other in agreed.talks[1:])))


def told_twice(problem: Problem, agreed: Agreed) -> Agreed:  # noqa: ARG001
    """Tell the first round twice, in which nobody concedes."""
    return evolve(agreed, talks=(agreed.talks[0], *agreed.talks))


def goes_on(problem: Problem, agreed: Agreed) -> Agreed:
    """Talk on when one could accept, beginning anew."""
    gains = gained(problem)
    return evolve(agreed, talks=(*agreed.talks, (favourite(gains, 0, 0), favourite(gains, 1, 0)))) if len(agreed.talks) > 1 else agreed


def kindest_first(problem: Problem, agreed: Agreed) -> Agreed:
    """Begin with what is best for the other."""
    gains = gained(problem)
    return evolve(agreed, talks=((favourite(gains, 1, 0), favourite(gains, 0, 0)), *agreed.talks[1:]))


def unkindest_first(problem: Problem, agreed: Agreed) -> Agreed:
    """Begin with what is best for itself, and of that what is worst for the other."""
    gains = gained(problem)
    first, second = (min(gains, key=lambda name: (-gains[name][place], gains[name][1 - place])) for place in (0, 1))
    return evolve(agreed, talks=((first, second), *agreed.talks[1:]))


def at_one_stroke(problem: Problem, agreed: Agreed) -> Agreed:  # noqa: ARG001
    """Give in by as much as it takes to agree at once."""
    if len(agreed.talks) < 3 or agreed.talks[-1][0] == agreed.talks[0][0]:
        return agreed
    return evolve(agreed, talks=(agreed.talks[0], (agreed.talks[-1][0], agreed.talks[0][1]), *agreed.talks[-1:]))


def not_looking_for(reason: Rejected) -> Rule:
    """Return a rule that does not look for a flaw of a problem."""
    return lambda problem: Disagreed() if flaw(problem) == reason else nash(problem)


# ---- the pitfalls

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
    subject=talking(spec.concessions, changed(told_twice, concede)),
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
