"""fastlob's Orderbook beside `continuous_double_auction.exchange`. An order without a price has the worst there is, and what is left of it is cancelled.

A price of zero is refused by it: all are one higher.
"""

import logging

from exchanging import Exchange
from fastlob import Orderbook, OrderParams, OrderSide

logging.disable()
WORST = {"buy": 1000, "sell": 0}
"""The price at which an order meets any other."""


class Adapter(Exchange):
    """Orderbook. Whom an order has met is seen by what is left of each that rested."""

    def make(self):
        self.book, self.number_of = Orderbook(start=True), {}

    def arrive(self, known, order):
        before = {each: self.left(each) for each in self.number_of}
        price = WORST[order["side"]] if order["price"] is None else order["price"]
        side = OrderSide.BID if order["side"] == "buy" else OrderSide.ASK
        placed = self.book(OrderParams(side, price + 1, order["quantity"]))
        self.number_of[known] = placed.orderid()
        met = [each for each in before if self.left(each) < before[each]]
        met.sort(key=lambda each: self.orders[each]["order"]["price"], reverse=order["side"] == "sell")
        trades = [(each, before[each] - self.left(each), self.orders[each]["order"]["price"]) for each in met]
        if order["price"] is None and self.left(known):
            self.withdraw(known)
            return trades, False
        return trades, True

    def left(self, known):
        return int(self.book.get_status(self.number_of[known])[1])

    def withdraw(self, known):
        self.book.cancel(self.number_of[known])

    def end(self):
        self.book.stop()
