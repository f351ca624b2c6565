"""lightmatchingengine beside `continuous_double_auction.exchange`. A price of zero says: any."""

from exchanging import Exchange
from lightmatchingengine.lightmatchingengine import LightMatchingEngine, Side


class Adapter(Exchange):
    """LightMatchingEngine."""

    def make(self):
        self.engine, self.number_of, self.known = LightMatchingEngine(), {}, {}

    def arrive(self, known, order):
        side = Side.BUY if order["side"] == "buy" else Side.SELL
        entered, trades = self.engine.add_order("good", order["price"] or 0, order["quantity"], side)
        self.number_of[known], self.known[entered.order_id] = entered.order_id, known
        passive = [trade for trade in trades if trade.order_id != entered.order_id]
        return [(self.known[each.order_id], each.trade_qty, each.trade_price) for each in passive], self.rests(entered)

    def rests(self, order):
        book = self.engine.order_books["good"]
        return any(order in level for levels in (book.bids, book.asks) for level in levels.values())

    def withdraw(self, known):
        self.engine.cancel_order(self.number_of[known], "good")
