"""What goes wrong where buyers come in turn: with who buys, and with what a lie would gain."""

from __future__ import annotations

from concordant.pitfalls.markets.posted_price_market.buyers import WantsABargain
from concordant.refimpl.machine import Pitfall
from concordant.refimpl.markets.posted_price_market import SHOP, Shop, in_turn, served
from concordant.spec.markets.posted_price_market import SOLD_OUT, Answer, Bought, TooDear, queues
from concordant.spec.markets.posted_price_market.queues import Queue


def to_who_wants_a_bargain(queue: Queue) -> tuple[Answer, ...]:
    """Serve buyers who leave what costs just what it is worth."""
    return served(Shop(queue.stock, queue.price), WantsABargain(SHOP), queue.values)


def at_what_it_is_worth(queue: Queue) -> tuple[Answer, ...]:
    """Ask each buyer what a unit is worth to it, and charge that, where it is no less than the price."""
    answers: list[Answer] = []
    for value in queue.values:
        sold = sum(isinstance(answer, Bought) for answer in answers)
        told = Bought(value) if value >= queue.price else TooDear(queue.price)
        answers.append(told if sold < queue.stock else SOLD_OUT)
    return tuple(answers)


BARGAIN_IN_TURN = Pitfall(
    "posted_price_market.WantsABargain/in_turn",
    "The same, of buyers who come in turn.",
    breaks=queues.whoever_would_pay_buys_while_there_is_any,
    subject=in_turn(1, to_who_wants_a_bargain),
    length=3,
)
WORTH_IN_TURN = Pitfall(
    "posted_price_market.at_what_it_is_worth",
    "Whoever would pay more than the price is charged more, so that it had better say less.",
    breaks=queues.honesty,
    subject=in_turn(1, at_what_it_is_worth),
    length=5,
)
