"""What goes wrong with what is sold to whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import evolve

from concordant.refimpl.auctions.combinatorial_auction import (
    BY_LOSS,
    GREEDILY,
    allocation,
    allocations,
    best_allocation,
    fits,
    greedy,
    loss_of_the_others,
    named,
    own_bid,
    rank,
    vickrey_clarke_groves,
    worth,
)
from concordant.refimpl.machine import Pitfall, Reason, Unmodelled
from concordant.spec.auctions.combinatorial_auction import NOT_WHOLE, Allocation, Bid, Outcome, Rule, Sale
from concordant.spec.auctions.combinatorial_auction import clauses as spec
from concordant.spec.vocabulary import Map

# ---- rules


def one_after_another(sale: Sale, bids: list[Bid]) -> tuple[Bid, ...]:
    """Take each bid that still fits, of a bidder that has nothing yet."""
    won: tuple[Bid, ...] = ()
    for bid in bids:
        if bid.bidder not in [each.bidder for each in won] and fits(sale, (*won, bid)):
            won = (*won, bid)
    return tuple(sorted(won, key=named))


def by_amount(sale: Sale) -> Outcome:
    """Take bids from the highest to the lowest, as long as they fit."""
    descending = sorted(sorted(sale.bids, key=named), key=lambda bid: bid.amount, reverse=True)
    return allocation(sale, one_after_another(sale, descending), 1, loss_of_the_others)


def by_amount_as_bid(sale: Sale) -> Outcome:
    """Do the same, and let each pay what it bids."""
    descending = sorted(sorted(sale.bids, key=named), key=lambda bid: bid.amount, reverse=True)
    return allocation(sale, one_after_another(sale, descending), 1, own_bid)


def as_they_come(sale: Sale) -> Outcome:
    """Take bids as they are listed, as long as they fit."""
    return allocation(sale, one_after_another(sale, list(sale.bids)), 1, own_bid)


def any_number_of_packages(sale: Sale) -> Outcome:
    """Take each bid for a bidder of its own, as if whoever wants this or that wanted both."""
    apart = evolve(sale, bids=tuple(evolve(bid, bidder=f"{bid.bidder}/{place}") for place, bid in enumerate(sale.bids)))
    best = max(allocations(apart, tuple(bid.bidder for bid in apart.bids)), key=worth)
    won = tuple(sale.bids[int(bid.bidder.partition("/")[2])] for bid in best)
    return allocation(sale, tuple(sorted(won, key=named)), 1, own_bid)


def good_by_good(sale: Sale) -> Outcome:
    """Sell each good apart, to the highest bid for a package with it, for a part of the bid."""
    parts: dict[str, dict[str, int]] = {}
    for good in sale.supply:
        wanting = [bid for bid in sale.bids if good in bid.package]
        if wanting:
            parts.setdefault(max(wanting, key=lambda bid: bid.amount).bidder, {})[good] = 1
    amounts = {bid.bidder: bid.amount for bid in sale.bids}
    return allocation(sale, tuple(Bid(bidder, Map.of(part), amounts[bidder]) for bidder, part in sorted(parts.items())), 1, own_bid)


def to_each_its_best(sale: Sale) -> Outcome:
    """Sell to each bidder the package for which it bids most, whoever else wants it."""
    bidders = sorted({bid.bidder for bid in sale.bids})
    best = tuple(max((bid for bid in sale.bids if bid.bidder == bidder), key=lambda bid: bid.amount) for bidder in bidders)
    return allocation(sale, best, 1, own_bid)


def whole_or_not(sale: Sale) -> Outcome:
    """Do not ask whether units are whole numbers."""
    outcome = vickrey_clarke_groves(sale)
    return best_allocation(evolve(sale, bids=sale.bids[:1]), own_bid) if outcome == NOT_WHOLE else outcome


def told(change: Callable[[Sale, Allocation], Outcome], rule: Rule = vickrey_clarke_groves) -> Rule:
    """Choose as one should, and make something else of it."""

    def changed(sale: Sale) -> Outcome:
        outcome = rule(sale)
        return change(sale, outcome) if isinstance(outcome, Allocation) else outcome

    return changed


def tied(sale: Sale, found: Allocation) -> list[tuple[Bid, ...]]:
    """List the allocations that are worth as much as the one chosen."""
    every = allocations(sale, tuple(sorted({bid.bidder for bid in sale.bids})))
    return [each for each in every if worth(each) == worth(found.won)]


def paying(sale: Sale, won: tuple[Bid, ...], count: int | None) -> Outcome:
    """Let each pay what its presence costs the others."""
    return allocation(sale, won, count, loss_of_the_others)


def last_by_name(sale: Sale, found: Allocation) -> Outcome:
    """Of what is worth as much choose what is last by name, among the fewest packages."""
    equal = [each for each in tied(sale, found) if len(each) == len(found.won)]
    return paying(sale, max(equal, key=lambda won: [named(bid) for bid in won]), found.tied)


def most_packages(sale: Sale, found: Allocation) -> Outcome:
    """Of what is worth as much choose the most packages: also what is worth nothing is sold."""
    return paying(sale, max(tied(sale, found), key=len), found.tied)


def ties_uncounted(sale: Sale, found: Allocation) -> Outcome:  # noqa: ARG001  # as the others
    """Do not tell how many would have been as good."""
    return evolve(found, tied=1)


def all_counted(sale: Sale, found: Allocation) -> Outcome:
    """Count all that could be sold."""
    return evolve(found, tied=len(tuple(allocations(sale, tuple(sorted({bid.bidder for bid in sale.bids}))))))


def ties_untold(sale: Sale, found: Allocation) -> Outcome:  # noqa: ARG001  # as the others
    """Do not say that anything was counted."""
    return evolve(found, tied=None)


def no_result(sale: Sale) -> Any:
    """Return nothing where nothing is sold."""
    outcome = vickrey_clarke_groves(sale)
    return None if isinstance(outcome, Allocation) and not outcome.won else outcome


def until_one_does_not_fit(sale: Sale) -> Outcome:
    """Go through the bids from the best to the worst, and stop at the first that cannot be taken."""
    won: tuple[Bid, ...] = ()
    for bid in sorted(sorted(sale.bids, key=named), key=rank, reverse=True):
        if bid.bidder in [each.bidder for each in won] or not fits(sale, (*won, bid)):
            break
        won = (*won, bid)
    return allocation(sale, tuple(sorted(won, key=named)), None, own_bid)


def listed_backwards(sale: Sale, found: Allocation) -> Outcome:  # noqa: ARG001  # as the others
    """List the winners from the last to the first."""
    return evolve(found, won=found.won[::-1])


# ---- the pitfalls

UNDEFINED = Unmodelled(
    "CMB-1", Reason.NO_CODE, "`run_combinatorial_auction` and the clearing of such a market are called and defined nowhere."
)
ANY_NUMBER_OF_PACKAGES = Pitfall(
    "CMB-2",
    "A bid says neither that it is for a package nor that it excludes another: who wants either good is sold both.",
    breaks=spec.one_package_each_as_bid,
    subject=BY_LOSS.replaced_by(any_number_of_packages).on(1, 2),
    length=4,
)
BY_AMOUNT = Pitfall(
    "CMB-3",
    "Bids are taken from the highest on: one for everything shuts out others that are worth more together.",
    breaks=spec.sold_for_the_most,
    subject=BY_LOSS.replaced_by(by_amount).on(3, 1),
    length=7,
)
BY_AMOUNT_AT_LEAST = Pitfall(
    "CMB-3/bound",
    "The same, where a package of everything counts as much as a single good: it is not even nearly the best.",
    breaks=spec.within_the_root_of_the_number_of_goods,
    subject=GREEDILY.replaced_by(by_amount_as_bid).on(3, 1),
    length=7,
)
GOOD_BY_GOOD = Pitfall(
    "CMB-5",
    "Goods are sold one by one: who needs two is left with one of them.",
    breaks=spec.one_package_each_as_bid,
    subject=BY_LOSS.replaced_by(good_by_good).on(2, 1),
    length=5,
)
TO_EACH_ITS_BEST = Pitfall(
    "combinatorial_auction.ToEachItsBest",
    "Each bidder gets the best of its packages, whether or not others get the same.",
    breaks=spec.no_unit_is_sold_twice,
    subject=BY_LOSS.replaced_by(to_each_its_best).on(2, 1),
    length=5,
)
AS_THEY_COME = Pitfall(
    "combinatorial_auction.AsTheyCome",
    "Bids are taken as they come, as long as there is enough.",
    breaks=spec.order_of_bids_is_irrelevant,
    subject=BY_LOSS.replaced_by(as_they_come).on(2, 1),
    length=6,
)
LAST_BY_NAME = Pitfall(
    "combinatorial_auction.LastByName",
    "Of equal bids for one package the last by name wins.",
    breaks=spec.ties_are_counted_and_broken_by_name,
    subject=BY_LOSS.replaced_by(told(last_by_name), "last by name").on(2, 1),
    length=5,
)
MOST_PACKAGES = Pitfall(
    "combinatorial_auction.MostPackages",
    "Also what is worth nothing to its bidder is sold to it.",
    breaks=spec.ties_are_counted_and_broken_by_name,
    subject=BY_LOSS.replaced_by(told(most_packages), "most packages").on(2, 1),
    length=3,
)
TIES_UNCOUNTED = Pitfall(
    "combinatorial_auction.TiesUncounted",
    "Nobody is told that another allocation would have been as good.",
    breaks=spec.ties_are_counted_and_broken_by_name,
    subject=BY_LOSS.replaced_by(told(ties_uncounted), "ties uncounted").on(2, 1),
    length=3,
)
LISTED_BACKWARDS = Pitfall(
    "combinatorial_auction.ListedBackwards",
    "Winners are listed from the last to the first.",
    breaks=spec.one_package_each_as_bid,
    subject=GREEDILY.replaced_by(told(listed_backwards, greedy), "listed backwards").on(2, 1),
    length=5,
)
TO_EACH_ITS_BEST_FOR_MORE = Pitfall(
    "combinatorial_auction.ToEachItsBest/worth",
    "The same: what is sold is worth more than what there is.",
    breaks=spec.sold_for_the_most,
    subject=BY_LOSS.replaced_by(to_each_its_best).on(2, 1),
    length=5,
)
ALL_COUNTED = Pitfall(
    "combinatorial_auction.AllCounted",
    "All allocations are counted, also those that are worth less.",
    breaks=spec.ties_are_counted_and_broken_by_name,
    subject=BY_LOSS.replaced_by(told(all_counted), "all counted").on(2, 1),
    length=3,
)
PASSED_OVER = Pitfall(
    "combinatorial_auction.AsTheyCome/greedy",
    "Bids are taken as they come, though others rank before them.",
    breaks=spec.nobody_is_passed_over,
    subject=GREEDILY.replaced_by(as_they_come).on(2, 1),
    length=5,
)
NOT_BY_ROOT = Pitfall(
    "CMB-3/root",
    "Bids are ranked by their amount, whatever they take for it.",
    breaks=spec.nobody_is_passed_over,
    subject=GREEDILY.replaced_by(by_amount_as_bid).on(2, 1),
    length=5,
)
TIES_UNTOLD = Pitfall(
    "combinatorial_auction.TiesUntold",
    "It is not said whether there were others as good.",
    breaks=spec.ties_are_counted_and_broken_by_name,
    subject=BY_LOSS.replaced_by(told(ties_untold), "ties untold").on(2, 1),
    length=3,
)
NO_RESULT = Pitfall(
    "combinatorial_auction.NoResult",
    "Where nothing is sold there is no result.",
    breaks=spec.allocated_or_rejected,
    subject=BY_LOSS.replaced_by(no_result).on(2, 1),
    length=3,
)
UNTIL_ONE_DOES_NOT_FIT = Pitfall(
    "combinatorial_auction.UntilOneDoesNotFit",
    "After the first bid that cannot be taken no other is looked at, though there may be enough for it.",
    breaks=spec.nobody_is_passed_over,
    subject=GREEDILY.replaced_by(until_one_does_not_fit).on(3, 1),
    length=7,
)
WHOLE_OR_NOT = Pitfall(
    "combinatorial_auction.WholeOrNot",
    "Half a unit, or less than none, is sold as if there were such a thing.",
    breaks=spec.malformed_sales_are_rejected,
    subject=BY_LOSS.replaced_by(whole_or_not).on_malformed(("units",)),
    length=7,
)
