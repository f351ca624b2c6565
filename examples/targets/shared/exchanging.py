"""What adapters of exchanges share. A book matches orders; who has what, and what orders are called, is kept here."""

from concordant.checks import Adapter


class Exchange(Adapter):
    """Enters and cancels. `orders`: by trader and name, an order and how much of it is filled and cancelled."""

    def hello(self):
        supports = {"stem": "continuous_double_auction", "roles": ["exchange"]}
        return {"protocol": 1, "impl": {"name": type(self).__name__, "language": "Python"}, "supports": [supports]}

    def start(self, at, config):
        if any(account != {"money": 100, "units": 100} for account in config["accounts"].values()):
            return {"unsupported": "traders that cannot settle"}
        self.orders, self.events = {}, []
        self.make()
        return {"effects": [], "armed": [], "view": None}

    def tell(self, type, **fields):
        self.events.append({"announce": {"type": type, **fields}})

    def request(self, at, user, request):
        asked = request.get("order", request)
        known, sound = (user, asked["name"]), "order" not in request or self.is_sound(asked)
        if not sound:
            answer = {"type": "Rejected", "reason": "it is not sound"}
        elif "order" in request and known in self.orders and self.orders[known]["order"] != asked:
            answer = {"type": "Rejected", "reason": "there is another order of this name"}
        elif "order" not in request and known not in self.orders:
            answer = {"type": "Rejected", "reason": "there is no order of this name"}
        else:
            if known not in self.orders:
                self.enter(known, asked)
            elif "order" not in request and self.open_of(known):
                self.withdraw(known)
                self.cancelled(known)
            entry = self.orders[known]
            answer = {"type": "Report", "filled": entry["filled"], "open": self.open_of(known), "cancelled": entry["cancelled"]}
        effects, self.events = [*self.events, {"reply": answer, "to": user}], []
        return {"effects": effects, "armed": [], "view": None}

    def is_sound(self, order):
        return all(type(number) is int for number in (order["quantity"], order["price"] or 0)) and order["quantity"] > 0 <= (
            order["price"] or 0
        )

    def open_of(self, known):
        entry = self.orders[known]
        return entry["order"]["quantity"] - entry["filled"] - entry["cancelled"]

    def enter(self, known, order):
        self.orders[known] = {"order": order, "filled": 0, "cancelled": 0}
        self.tell("Entered", trader=known[0], **self.orders[known])
        self.set_aside(known, order["quantity"])
        trades, rests = self.arrive(known, order)
        for resting, quantity, price in trades:
            self.tell("Traded", arriving=list(known), resting=list(resting), quantity=quantity, price=price)
            for each in (known, resting):
                self.orders[each]["filled"] += quantity
                self.set_aside(each, -quantity)
                sign = 1 if self.orders[each]["order"]["side"] == "buy" else -1
                self.tell("Settled", trader=each[0], money=-sign * price * quantity, units=sign * quantity)
        if self.open_of(known) and not rests:
            self.cancelled(known)

    def cancelled(self, known):
        self.tell("Cancelled", known=list(known))
        self.set_aside(known, -self.open_of(known))
        self.orders[known]["cancelled"] += self.open_of(known)

    def set_aside(self, known, quantity):
        order = self.orders[known]["order"]
        if order["price"] is not None:
            money, units = (order["price"] * quantity, 0) if order["side"] == "buy" else (0, quantity)
            self.tell("SetAside", trader=known[0], money=money, units=units)
