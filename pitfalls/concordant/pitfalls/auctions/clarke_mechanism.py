"""What goes wrong with public decisions: the documents auction them off, and taxes that look like Clarke's are reasons to lie."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from concordant.refimpl.auctions.clarke_mechanism import PIVOT_RULE, best, clarke, tax, worth
from concordant.refimpl.machine import Pitfall
from concordant.spec.auctions import clarke_mechanism as spec
from concordant.spec.auctions.clarke_mechanism import Decision, Outcome, Poll, Rule, agents
from concordant.spec.vocabulary import Amount, Map, ratio

# ---- other choices


def highest_single_bid(poll: Poll) -> Outcome:
    """Let each agent bid for the option that it likes best, and sell the decision to the highest bid, at the second highest."""
    bids = []
    for valuation in poll.valuations:
        value, option = max(zip(valuation.values, poll.options, strict=True), key=lambda pair: pair[0])
        bids.append((value, option, valuation.agent))
    descending = sorted(bids, key=lambda bid: bid[0], reverse=True)
    _, option, winner = descending[0]
    price = descending[min(1, len(descending) - 1)][0]
    return Decision(option, (option,), Map.of({agent: price if agent == winner else 0 for agent in agents(poll)}))


def favourite_of_most(poll: Poll) -> Outcome:
    """Choose what is the favourite of most agents, however much the others care."""
    favourites = [poll.options[valuation.values.index(max(valuation.values))] for valuation in poll.valuations]
    option = max(sorted(set(favourites)), key=favourites.count)
    return Decision(option, (option,), Map.of({agent: tax(poll, agent, option) for agent in agents(poll)}))


def first_listed(poll: Poll) -> Outcome:
    """Of options worth as much, choose the one that is listed first."""
    most = best(poll)
    option = next(option for option in poll.options if worth(poll, option) == most)
    return Decision(option, (option,), Map.of({agent: tax(poll, agent, option) for agent in agents(poll)}))


# ---- other taxes


def taxed(tax: Callable[[Poll, str, str], Amount]) -> Rule:
    """Choose as Clarke does, and tax otherwise."""

    def rule(poll: Poll) -> Outcome:
        outcome = clarke(poll)
        if not isinstance(outcome, Decision):
            return outcome
        return evolve(outcome, taxes=Map.of({agent: tax(poll, agent, outcome.option) for agent in agents(poll)}))

    return rule


def own_value(poll: Poll, agent: str, chosen: str) -> Amount:
    """Let each pay what the decision is worth to it."""
    return worth(poll, chosen) - worth(poll, chosen, agent)


def others_value(poll: Poll, agent: str, chosen: str) -> Amount:
    """Pay each what the decision is worth to the others: Groves' rule without the pivot."""
    return 0 - worth(poll, chosen, agent)


def whole_loss(poll: Poll, agent: str, chosen: str) -> Amount:  # noqa: ARG001  # that is the mistake
    """Let each pay all that the others could have had, also what they get."""
    return best(poll, agent)


def given_back(poll: Poll, agent: str, chosen: str) -> Amount:
    """Give what the taxes bring back to all in equal shares."""
    everyone = agents(poll)
    return tax(poll, agent, chosen) - ratio(sum(tax(poll, each, chosen) for each in everyone), len(everyone))


def unchecked(poll: Poll) -> Outcome:
    """Decide on whatever is reported."""
    most = best(poll)
    tied = tuple(sorted(option for option in poll.options if worth(poll, option) == most))
    return Decision(tied[0], tied, Map.of({agent: tax(poll, agent, tied[0]) for agent in agents(poll)}))


def cheapest_alternative(poll: Poll, agent: str, chosen: str) -> Amount:
    """Take what the others could at least have had for what they could have had."""
    return min(worth(poll, option, agent) for option in poll.options) - worth(poll, chosen, agent)


def with_a_fee(poll: Poll, agent: str, chosen: str) -> Amount:
    """Add one for the trouble."""
    return tax(poll, agent, chosen) + 1


def only_the_first(poll: Poll, agent: str, chosen: str) -> Amount:
    """Tax the first agent listed."""
    return tax(poll, agent, chosen) if agent == agents(poll)[0] else 0


def no_for_nothing(poll: Poll, agent: str, chosen: str) -> Amount:
    """Tell an agent that pays nothing that it does not pay."""
    return tax(poll, agent, chosen) or False


def surplus_to_the_last(poll: Poll, agent: str, chosen: str) -> Amount:
    """Pay all taxes to the last agent listed."""
    *others, last = agents(poll)
    return 0 - sum(tax(poll, each, chosen) for each in others) if agent == last else tax(poll, agent, chosen)


def surplus_to_everybody(poll: Poll, agent: str, chosen: str) -> Amount:
    """Pay all taxes to each."""
    return tax(poll, agent, chosen) - sum(tax(poll, each, chosen) for each in agents(poll))


# ---- other words


def told(change: Callable[[Decision], Decision]) -> Rule:
    """Decide as Clarke does, and tell something else."""

    def rule(poll: Poll) -> Outcome:
        outcome = clarke(poll)
        return change(outcome) if isinstance(outcome, Decision) else outcome

    return rule


def last_of_the_tied(decision: Decision) -> Decision:
    """Choose the last by name."""
    return evolve(decision, option=decision.tied[-1])


def chosen_named_twice(decision: Decision) -> Decision:
    """Add the option chosen to those that are worth as much, among which it is already."""
    return evolve(decision, tied=(decision.option, *decision.tied))


def tied_in_any_order(decision: Decision) -> Decision:
    """Name the option chosen, and then the others from the last to the first."""
    return evolve(decision, tied=(decision.tied[0], *decision.tied[:0:-1]))


def without_those_who_pay_nothing(decision: Decision) -> Decision:
    """Leave out who pays nothing."""
    return evolve(decision, taxes=Map.of({agent: tax for agent, tax in decision.taxes.items() if tax != 0}))


# ---- the pitfalls

SOLD_TO_ONE = Pitfall(
    "SPA-5",
    "A decision that all must live with is auctioned: the highest single bid wins, and values of the same option are not added.",
    breaks=spec.decided_for_the_most_value,
    subject=PIVOT_RULE.replaced_by(highest_single_bid).on(3, 2),
    length=6,
)
SOLD_TO_ONE_LIES = Pitfall(
    "SPA-5/lie",
    "The same: a lone bidder pays its bid, though nobody loses anything by the decision.",
    breaks=spec.truthful_reports,
    subject=PIVOT_RULE.replaced_by(highest_single_bid).on(2, 2),
    length=5,
)
FAVOURITE_OF_MOST = Pitfall(
    "clarke_mechanism.FavouriteOfMost",
    "Heads are counted, not values.",
    breaks=spec.decided_for_the_most_value,
    subject=PIVOT_RULE.replaced_by(favourite_of_most).on(3, 2),
    length=6,
)
FIRST_LISTED = Pitfall(
    "clarke_mechanism.FirstListed",
    "Whoever writes the list of options decides ties.",
    breaks=spec.order_is_irrelevant,
    subject=PIVOT_RULE.replaced_by(first_listed).on(2, 2),
    length=6,
)
TIES_UNTOLD = Pitfall(
    "clarke_mechanism.TiesUntold",
    "Nobody is told that there was a tie.",
    breaks=spec.ties_are_told_and_broken_by_name,
    subject=PIVOT_RULE.replaced_by(first_listed).on(2, 2),
    length=4,
)
PAYS_ITS_VALUE = Pitfall(
    "clarke_mechanism.OwnValue",
    "Each pays what it says that the decision is worth to it, and says less.",
    breaks=spec.truthful_reports,
    subject=PIVOT_RULE.replaced_by(taxed(own_value)).on(2, 2),
    length=5,
)
GIVEN_BACK = Pitfall(
    "clarke_mechanism.GivenBack",
    "The taxes are given back to all in equal shares: an agent that pays nothing gains by making another pay more.",
    breaks=spec.truthful_reports,
    subject=PIVOT_RULE.replaced_by(taxed(given_back)).on(2, 2),
    length=9,
)
NO_PIVOT = Pitfall(
    "clarke_mechanism.OthersValue",
    "Each is paid what the others gain: honest, and somebody must bring the money.",
    breaks=spec.nobody_is_paid,
    subject=PIVOT_RULE.replaced_by(taxed(others_value)).on(2, 2),
    length=4,
)
NO_PIVOT_TAXES = Pitfall(
    "clarke_mechanism.OthersValue/taxes",
    "The same: an agent that changes nothing is paid too.",
    breaks=spec.taxes_are_what_the_others_lose,
    subject=PIVOT_RULE.replaced_by(taxed(others_value)).on(2, 2),
    length=4,
)
WHOLE_LOSS = Pitfall(
    "clarke_mechanism.WholeLoss",
    "What the others get is not taken off what they lose: an agent that changes nothing pays for everything.",
    breaks=spec.individually_rational,
    subject=PIVOT_RULE.replaced_by(taxed(whole_loss)).on(2, 2),
    length=4,
)
NOTHING_TO_CHOOSE = Pitfall(
    "clarke_mechanism.Unchecked",
    "Of no options the best is asked for.",
    breaks=spec.malformed_polls_are_rejected,
    subject=PIVOT_RULE.replaced_by(unchecked).on_malformed(("no option",)),
    length=5,
    raises=True,
)
COUNTED_TWICE = Pitfall(
    "clarke_mechanism.Unchecked/twice",
    "An agent listed twice is counted twice, and taxed as if it had not been there at all.",
    breaks=spec.malformed_polls_are_rejected,
    subject=PIVOT_RULE.replaced_by(unchecked).on_malformed(("an agent twice",)),
    length=5,
)
LAST_OF_THE_TIED = Pitfall(
    "clarke_mechanism.LastOfTheTied",
    "Of options that are worth as much the last by name is chosen.",
    breaks=spec.ties_are_told_and_broken_by_name,
    subject=PIVOT_RULE.replaced_by(told(last_of_the_tied)).on(1, 2),
    length=4,
)
CHOSEN_NAMED_TWICE = Pitfall(
    "clarke_mechanism.ChosenNamedTwice",
    "The option chosen is named twice among those that are worth as much.",
    breaks=spec.ties_are_told_and_broken_by_name,
    subject=PIVOT_RULE.replaced_by(told(chosen_named_twice)).on(1, 1),
    length=3,
)
TIED_IN_ANY_ORDER = Pitfall(
    "clarke_mechanism.TiedInAnyOrder",
    "Of options that are worth as much the first is named first, and the others in another order.",
    breaks=spec.ties_are_told_and_broken_by_name,
    subject=PIVOT_RULE.replaced_by(told(tied_in_any_order)).on(1, 3),
    length=5,
)
PAYS_NOTHING_UNTOLD = Pitfall(
    "clarke_mechanism.WithoutThoseWhoPayNothing",
    "An agent that pays nothing is told nothing.",
    breaks=spec.taxes_are_what_the_others_lose,
    subject=PIVOT_RULE.replaced_by(told(without_those_who_pay_nothing)).on(1, 1),
    length=3,
)
CHEAPEST_ALTERNATIVE = Pitfall(
    "clarke_mechanism.CheapestAlternative",
    "What the others could at least have had is taken for what they could have had: a `min` where a `max` belongs.",
    breaks=spec.taxes_are_what_the_others_lose,
    subject=PIVOT_RULE.replaced_by(taxed(cheapest_alternative)).on(2, 2),
    length=6,
)
WITH_A_FEE = Pitfall(
    "clarke_mechanism.WithAFee",
    "Everybody pays a fee on top.",
    breaks=spec.taxes_are_what_the_others_lose,
    subject=PIVOT_RULE.replaced_by(taxed(with_a_fee)).on(1, 1),
    length=3,
)
ONLY_THE_FIRST = Pitfall(
    "clarke_mechanism.OnlyTheFirst",
    "Only the first agent listed pays what its presence costs.",
    breaks=spec.taxes_are_what_the_others_lose,
    subject=PIVOT_RULE.replaced_by(taxed(only_the_first)).on(2, 2),
    length=6,
)
SURPLUS_TO_THE_LAST = Pitfall(
    "clarke_mechanism.SurplusToTheLast",
    "The taxes are given to the last agent listed.",
    breaks=spec.nobody_is_paid,
    subject=PIVOT_RULE.replaced_by(taxed(surplus_to_the_last)).on(2, 2),
    length=6,
)
NO_FOR_NOTHING = Pitfall(
    "clarke_mechanism.NoForNothing",
    "Who pays nothing has a no for its tax, which is no number.",
    breaks=spec.nobody_is_paid,
    subject=PIVOT_RULE.replaced_by(taxed(no_for_nothing)).on(2, 2),
    length=3,
)
SURPLUS_TO_EVERYBODY = Pitfall(
    "clarke_mechanism.SurplusToEverybody",
    "All taxes are given back to each agent, and not a part to each: the group pays out more than it takes.",
    breaks=spec.budget_balanced,
    subject=PIVOT_RULE.replaced_by(taxed(surplus_to_everybody)).promising(spec.budget_balanced).on(2, 2),
    length=6,
)
