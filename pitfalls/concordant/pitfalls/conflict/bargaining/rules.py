"""What goes wrong with bargaining: the documents call a function for it that they do not hold, and take disagreement for an error."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from concordant.refimpl.conflict.bargaining import Gains, concede, favourite, flaw, gained, nash, product
from concordant.spec.conflict import bargaining as spec
from concordant.spec.conflict.bargaining import (
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


def told_twice_before_others(problem: Problem, agreed: Agreed) -> Agreed:
    """Tell the first round twice, where others follow."""
    return told_twice(problem, agreed) if len(agreed.talks) > 1 else agreed


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
    """Let the first agent offer at once what both will agree on."""
    first = agreed.talks[0]
    return evolve(agreed, talks=(first, (agreed.agreement, first[1]))) if len(agreed.talks) > 2 else agreed


def in_small_steps(problem: Problem, agreed: Agreed) -> Agreed:
    """Give in for the last time in two steps, the first of which is too small to make the other give in."""
    if len(agreed.talks) < 3:
        return agreed
    before, last = agreed.talks[-2:]
    place = 0 if before[0] != last[0] else 1
    gains = gained(problem)
    less = [name for name in gains if gains[name][place] < gains[before[place]][place]]
    step = max(less, key=lambda name: gains[name][place])
    offers = (step, before[1]) if place == 0 else (before[0], step)
    return evolve(agreed, talks=(*agreed.talks[:-1], offers, last)) if offers != last else agreed


def not_looking_for(reason: Rejected) -> Rule:
    """Return a rule that does not look for a flaw of a problem."""
    return lambda problem: Disagreed() if flaw(problem) == reason else nash(problem)
