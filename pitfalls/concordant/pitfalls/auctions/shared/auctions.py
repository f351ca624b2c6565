"""Sealed-bid auctions as the documents write them, line by line: a reverse one in Python, a forward one in Elixir."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from concordant.spec.auctions.shared.auctions import Bid, NoSale, Outcome, Profile, Sale
from concordant.spec.vocabulary import Amount, Rejected

NO_BIDS = Rejected("there are no bids")

# ---- in Python: the lowest bid wins


def lowest_first(profile: Profile) -> Outcome:
    """Award to the lowest bid, at that bid."""
    bids: dict[str, Any] = {bid.bidder: bid.amount for bid in profile.bids}
    winner = min(bids, key=lambda bidder: bids[bidder])
    return Sale(winner, bids[winner], (winner,))


def lowest_second(profile: Profile) -> Outcome:
    """Award to the lowest bid, at the second lowest; at the lowest where there is no other."""
    bids: dict[str, Any] = {bid.bidder: bid.amount for bid in profile.bids}
    ascending = sorted(bids.items(), key=lambda pair: pair[1])
    winner = ascending[0][0]
    price = ascending[1][1] if len(ascending) > 1 else ascending[0][1]
    return Sale(winner, price, (winner,))


# ---- in Elixir: the highest bid wins


def highest_first(profile: Profile) -> Outcome:
    """Award to the highest bid, at that bid."""
    return highest(profile, lambda descending: descending[0].amount)


def highest_second(profile: Profile) -> Outcome:
    """Award to the highest bid, at the second highest; at the highest where there is no other."""
    return highest(profile, lambda descending: descending[min(1, len(descending) - 1)].amount)


def highest(profile: Profile, payment: Callable[[list[Bid]], Any]) -> Outcome:
    """Sort bids from the highest to the lowest, equal ones as they came, and award to the first."""
    descending = sorted(profile.bids, key=lambda bid: term_order(bid.amount), reverse=True)
    if not descending:
        return NO_BIDS
    return Sale(descending[0].bidder, payment(descending), (descending[0].bidder,))


def term_order(amount: Any) -> tuple[int, Any]:
    """Order as Erlang orders terms: numbers before atoms, such as nil, before texts."""
    match amount:
        case None | True | False:
            return 1, 0
        case str():
            return 2, amount
        case _:
            return 0, amount


# ---- what may be done first


def among_those_who_bid(rule: Callable[[Profile], Outcome]) -> Callable[[Profile], Outcome]:
    """Let who declines take no part, so that what else is wrong with a rule shows."""

    def among(profile: Profile) -> Outcome:
        made = tuple(bid for bid in profile.bids if bid.amount is not None)
        return rule(Profile(made, profile.reserve, profile.direction)) if made else NoSale()

    return among


def defaulting_to_nothing(rule: Callable[[Profile], Outcome]) -> Callable[[Profile], Outcome]:
    """Let who did not bid bid 0, as `Keyword.get(opts, :bid, 0.0)` does where there is no such key."""

    def defaulting(profile: Profile) -> Outcome:
        amounts: list[Amount] = [0 if bid.amount is None else bid.amount for bid in profile.bids]
        bids = tuple(Bid(bid.bidder, amount) for bid, amount in zip(profile.bids, amounts, strict=True))
        return rule(Profile(bids, profile.reserve, profile.direction))

    return defaulting
