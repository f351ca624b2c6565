"""Buyers who come to a shop one after another, where nothing is lost: who is sold a unit, and that honesty is a dominant strategy.

What a unit is worth to a buyer decides only whether it takes the posted price: it says nothing that could change the price.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.markets.posted_price_market import Answer, Bought
from concordant.spec.vocabulary import Amount, Cases, Draw, case, for_all, truthful


@frozen
class Queue:
    """How many units there are, the price, and what a unit is worth to each buyer, in the order in which they come."""

    stock: int
    price: Amount
    values: tuple[Amount, ...]


Rule: TypeAlias = Callable[[Queue], tuple[Answer, ...]]
"""What becomes of each order."""


@for_all
def whoever_would_pay_buys_while_there_is_any(queue: Queue, answers: tuple[Answer, ...]) -> Cases:
    """The first to whom a unit is worth its price buy at that price, as many as there are units; nobody else does."""
    left = queue.stock
    for value, answer in zip(queue.values, answers, strict=True):
        buys = left > 0 and value >= queue.price
        left -= buys
        due = answer == Bought(queue.price) if buys else not isinstance(answer, Bought)
        yield case(due, value=value, price=queue.price, answer=answer)


def buyers(queue: Queue) -> Iterable[int]:
    """List the buyers, by their places."""
    return range(len(queue.values))


def utility(queue: Queue, buyer: int, answers: tuple[Answer, ...]) -> Amount:
    """Return what a buyer gains: what its unit is worth to it, less the price; nothing without a unit."""
    answer = answers[buyer]
    return queue.values[buyer] - answer.price if isinstance(answer, Bought) else 0


def misreport(queue: Queue, buyer: int, draw: Draw) -> Queue:
    """Draw another value on which a buyer acts."""
    return evolve(queue, values=(*queue.values[:buyer], draw.amount("the lie"), *queue.values[buyer + 1 :]))


honesty = truthful(buyers, misreport, utility)

CLAUSES = (whoever_would_pay_buys_while_there_is_any, honesty)


def queues(draw: Draw, buyers: int) -> Queue:
    """Draw so many buyers, a price, and up to as many units."""
    values = tuple(draw.amount(f"worth to buyer {place}") for place in range(buyers))
    return Queue(draw.one_of("stock", range(buyers + 1)), draw.amount("price"), values)
