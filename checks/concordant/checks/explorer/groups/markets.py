"""Markets: what is asked for and bid over time."""

from __future__ import annotations

from typing import Any

from concordant.checks.explorer.groups.hooks import Hook, Timeline, Views
from concordant.checks.semantics.canonical import text


def _posted(history: Any, _: Views) -> dict[str, str]:
    held = {str(buyer): f"holds one at {text(price)}" for buyer, price in history.held.items()}
    return {"the price": text(history.price), **held, **{str(buyer): f"has paid {text(price)}" for buyer, price in history.sold.items()}}


def _in_the_book(_: Any, views: Views) -> dict[str, str]:
    """The best orders of each side."""
    for view in [each for each in views.values() if hasattr(each, "orders")][:1]:
        still = [each.order for each in view.orders if each.order.price is not None and each.order.quantity > each.filled + each.cancelled]
        prices = {side: [order.price for order in still if order.side.name.lower() == side] for side in ("buy", "sell")}
        best = {"buy": max(prices["buy"], default=None), "sell": min(prices["sell"], default=None)}
        return {f"best to {side}": text(price) for side, price in best.items() if price is not None}
    return {}


PICTURES: dict[str, Hook] = {
    "posted_price_market": Timeline("The price, and who took it", _posted),
    "continuous_double_auction": Timeline("The best prices in the book", _in_the_book),
}
