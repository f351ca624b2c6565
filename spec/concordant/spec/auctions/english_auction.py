"""English auction: a clock goes up from its lowest price, bidders drop out for good, and whoever is left has bought.

Source: Milgrom and Weber, "A Theory of Auctions and Competitive Bidding", 1982, whose clock goes up without steps; FIPA
XC00031, which has a process of it. The good is sold at the price at which the last rival dropped out. Where all that are left
drop out at once, it is sold at the price before, which they would all have paid, to the first by name: not to nobody. Where two
would pay the last price, who would pay more stays unknown, and nothing is sold. In steps it is not quite honest: who drops out
together with its last rival saves a step. No lie saves more than that.
"""

from __future__ import annotations

from itertools import pairwise

from concordant.spec.auctions.shared.clocks import (
    Clock,
    Outcome,
    Rule,
    Sold,
    Unresolved,
    bidders,
    individually_rational,
    made,
    malformed_clocks_are_rejected,
    misreport,
    nobody_bids_a_step_more_than_the_winner,
    order_of_bids_is_irrelevant,
    price_is_on_the_clock,
    ties_are_told_and_broken_by_name,
    unsold_only_if_nobody_would_pay_the_reserve,
    utility,
    would_pay,
)
from concordant.spec.vocabulary import Amount, Cases, Draw, case, for_all, relates


@for_all
def the_clock_stops_as_soon_as_it_can(clock: Clock, outcome: Outcome) -> Cases:
    """Two would pay every price below the one at which it is sold; and if several would pay that, nobody would pay more."""
    if isinstance(outcome, Sold):
        for price in clock.prices:
            willing = would_pay(clock, price)
            if price < outcome.price:
                yield case(len(willing) > 1, price=price, willing=willing)
            if price > outcome.price and len(would_pay(clock, outcome.price)) > 1:
                yield case(willing == (), price=price, willing=willing)


@for_all
def price_is_within_a_step_of_the_second_bid(clock: Clock, outcome: Outcome) -> Cases:
    """The clock shows no price between the second bid and the price: they are less than a step apart; the lowest price, if there is no rival."""
    if isinstance(outcome, Sold):
        rivals = [bid for bidder, bid in made(clock).items() if bidder != outcome.winner]
        second = max(rivals, default=None)
        for price in clock.prices:
            above = second is None or second < price
            between = price < outcome.price if above else outcome.price < price
            yield case(not between, price=price, second=second, sold_at=outcome.price)


@for_all
def unresolved_only_if_two_would_pay_the_last_price(clock: Clock, outcome: Outcome) -> Cases:
    """If, and only if, two would pay the last price of the clock, all who would are named, and nothing is sold."""
    left = would_pay(clock, clock.prices[-1])
    told = outcome.active if isinstance(outcome, Unresolved) else None
    yield case(told == (left if len(left) > 1 else None), left=left, outcome=outcome)


@for_all
def prices_shown_are_counted(clock: Clock, outcome: Outcome) -> Cases:
    """As many prices were shown as there are up to the price, and one more where all that were left dropped out at once."""
    if isinstance(outcome, Sold):
        passed = [price for price in clock.prices if price <= outcome.price]
        one_more = 1 if len(outcome.tied) > 1 else 0
        yield case(outcome.shown == len(passed) + one_more, shown=outcome.shown, passed=passed, tied=outcome.tied)


@for_all
def price_is_no_more_than_the_second_bid(clock: Clock, outcome: Outcome) -> Cases:
    """Nobody pays more than the second bid, or the lowest price: as in a second-price auction."""
    if isinstance(outcome, Sold):
        rivals = [bid for bidder, bid in made(clock).items() if bidder != outcome.winner]
        second = max((clock.prices[0], *rivals))
        yield case(outcome.price <= second, price=outcome.price, second=second)


@relates
def no_lie_gains_more_than_a_step(rule: Rule, clock: Clock, draw: Draw) -> Cases:
    """No bidder gains by a lie more than the widest step of the clock."""
    if bidders(clock):
        agent = draw.one_of("who lies", bidders(clock))
        lie = misreport(clock, agent, draw)
        honest, lying = rule(clock), rule(lie)
        gains, would_gain = utility(clock, agent, honest), utility(clock, agent, lying)
        step = widest_step(clock)
        yield case(would_gain - gains <= step, agent=agent, honest=honest, lying=lying, gains=gains, would_gain=would_gain, step=step)


def widest_step(clock: Clock) -> Amount:
    """Return how far the clock goes at once at most; 0 where it shows one price."""
    return max((later - earlier for earlier, later in pairwise(clock.prices)), default=0)


@relates
def a_longer_clock_sells_the_same(rule: Rule, clock: Clock, draw: Draw) -> Cases:
    """Where the clock ends makes no difference."""
    longer = Clock(clock.bids, (*clock.prices, clock.prices[-1] + 1 + draw.amount("one step more, beyond 1")))
    yield case(rule(longer) == rule(clock), longer=rule(longer), as_it_is=rule(clock))


CLAUSES = (
    malformed_clocks_are_rejected,
    unsold_only_if_nobody_would_pay_the_reserve,
    unresolved_only_if_two_would_pay_the_last_price,
    price_is_on_the_clock,
    the_clock_stops_as_soon_as_it_can,
    price_is_within_a_step_of_the_second_bid,
    individually_rational,
    ties_are_told_and_broken_by_name,
    nobody_bids_a_step_more_than_the_winner,
    prices_shown_are_counted,
    order_of_bids_is_irrelevant,
    no_lie_gains_more_than_a_step,
)
