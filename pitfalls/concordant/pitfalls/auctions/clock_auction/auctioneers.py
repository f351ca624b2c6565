"""What goes wrong with auctioneers who call prices. The documents name FIPA's protocols and have no code of them: these are ours."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.auctions.clock_auction import Auctioneer, Auctioning, Calling, Over, system
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.auctions.clock_auction import AuctioneerView, Counted, Ended, GoOn, Propose, Result, Way
from concordant.spec.auctions.clock_auction import clauses as spec
from concordant.spec.auctions.shared.auctions import Bid
from concordant.spec.auctions.shared.clocks import Clock, Sold, Unresolved, Unsold
from concordant.spec.vocabulary import Address, Amount, Announce, Faults, Network, Send


@frozen
class SkipsAPrice(Auctioneer):
    """Goes two steps at once, since two would pay."""

    def call(self, state: Calling) -> Step[Auctioning]:
        return super().call(evolve(state, place=min(2 * state.place, len(self.prices) - 1)))


@frozen
class CallsAfterTheEnd(Auctioneer):
    """Has sold, and goes on with the next price all the same."""

    def end(self, state: Calling) -> Step[Auctioning]:
        return super().end(state).then(lambda over: Step(over, self.call(evolve(state, place=state.place + 1)).effects))


@frozen
class RaisesOnOne(Auctioneer):
    """Goes up as long as anybody would pay."""

    def must_go_on(self, paying: tuple[Address, ...]) -> bool:
        return bool(paying)


@frozen
class WaitsForTheNextPrice(Auctioneer):
    """Goes down though somebody has taken, in case that more do."""

    def must_go_on(self, paying: tuple[Address, ...]) -> bool:
        return len(paying) < len(self.bidders)


@frozen
class CountsOldProposals(Auctioneer):
    """Counts what a bidder proposes whatever the clock shows by then."""

    def counts(self, state: Calling, source: Address, price: Amount) -> bool:  # noqa: ARG002  # that is the mistake
        return source in state.asked and source not in state.heard


@frozen
class LetsThemComeBack(Auctioneer):
    """Asks everybody at every price, also who has dropped out."""

    def next_asked(self, state: Calling) -> tuple[Address, ...]:  # noqa: ARG002  # that is the mistake
        return self.bidders


@frozen
class AwardsLateTakes(Auctioneer):
    """Accepts a take that comes when the good is sold, as it accepted the first."""

    def receive(self, state: Auctioning, source: Address, message: Propose) -> Step[Auctioning] | None:
        if not isinstance(state, Over):
            return super().receive(state, source, message)
        clock = Clock((Bid(str(source), message.price),), self.prices)
        return step(state, Announce(Ended(clock, self.rule(clock))))


@frozen
class CountsAfterTheEnd(Auctioneer):
    """Counts a proposal that comes when the good is sold, for the record."""

    def receive(self, state: Auctioning, source: Address, message: Propose) -> Step[Auctioning] | None:
        late: Step[Auctioning] = step(state, Announce(Counted(source, message.price)))
        return late if isinstance(state, Over) else super().receive(state, source, message)


@frozen
class CountsForAnother(Auctioneer):
    """Counts what it hears for the bidder that is first on its list."""

    def receive(self, state: Auctioning, source: Address, message: Propose) -> Step[Auctioning] | None:  # noqa: ARG002  # that is the mistake
        return super().receive(state, self.bidders[0], message)


@frozen
class CountsTwice(Auctioneer):
    """Counts a proposal as often as it comes."""

    def counts(self, state: Calling, source: Address, price: Amount) -> bool:
        return super().counts(evolve(state, heard=state.heard.drop(source)), source, price)


@frozen
class WaitsForTheTime(Auctioneer):
    """Goes on when the time for a price is over, also where nothing is left to be heard."""

    def all_heard(self, state: Calling) -> bool:  # noqa: ARG002  # that is the mistake
        return False


@frozen
class Shill(Auctioneer):
    """Drives the price up by a bidder of its own."""

    def clock(self, state: Calling) -> Clock:
        heard = super().clock(state)
        return evolve(heard, bids=(*heard.bids, Bid("shill", self.price(state))))


@frozen
class RaisesTheReserve(Auctioneer):
    """Sells at no price below the last that was called."""

    def clock(self, state: Calling) -> Clock:
        return evolve(super().clock(state), prices=self.prices[self.prices.index(self.price(state)) :])


@frozen
class SellsToTheFastest(Auctioneer):
    """Sells to the first who takes, and hears no more."""

    def all_heard(self, state: Calling) -> bool:
        return bool(self.paying(state))


@frozen
class LooksOpen(Auctioneer):
    """Has sold, and shows nobody that the auction is over."""

    def view(self, state: Auctioning) -> AuctioneerView:  # noqa: ARG002  # that is the mistake
        return AuctioneerView(over=False)


@frozen
class LooksOver(Auctioneer):
    """Shows from the beginning that the auction is over."""

    def view(self, state: Auctioning) -> AuctioneerView:  # noqa: ARG002  # that is the mistake
        return AuctioneerView(over=True)


@frozen
class TellsAnotherPrice(Auctioneer):
    """Tells bidders that the good was sold for more than it was."""

    def end(self, state: Calling) -> Step[Auctioning]:
        ended = super().end(state)
        told = tuple(Send(each.to, self.told(each.message)) if isinstance(each, Send) else each for each in ended.effects)
        return Step(ended.state, told)

    def told(self, message: object) -> object:
        match message:
            case Result(Sold() as sold):
                return Result(evolve(sold, price=sold.price + 1))
            case _:
                return message


@frozen
class TellsThatNobodyBought(TellsAnotherPrice):
    """Tells bidders that the good is unsold."""

    def told(self, message: object) -> object:  # noqa: ARG002  # that is the mistake
        return Result(Unsold())


@frozen
class TellsThatItIsOpen(TellsAnotherPrice):
    """Tells bidders that it is open who buys."""

    def told(self, message: object) -> object:  # noqa: ARG002  # that is the mistake
        return Result(Unresolved(()))


@frozen
class TellsWhoIsLeft(Auctioneer):
    """Tells the outcome to those only whom it would ask next."""

    def end(self, state: Calling) -> Step[Auctioning]:
        ended = super().end(state)
        return Step(ended.state, tuple(each for each in ended.effects if not isinstance(each, Send) or each.to in self.paying(state)))


@frozen
class WaitsForAll(Auctioneer):
    """Goes on when all have been heard, and not before."""

    def armed(self, state: Auctioning) -> tuple[GoOn, ...]:  # noqa: ARG002  # that is the mistake
        return ()


@frozen
class AsksAgain(Auctioneer):
    """Gives the silent more time, and again."""

    def fire(self, state: Auctioning, trigger: GoOn) -> Step[Auctioning]:
        return step(state) if isinstance(state, Calling) and not self.all_heard(state) else super().fire(state, trigger)


@frozen
class CountsWithoutATrace(Auctioneer):
    """Counts what it hears, and does not say so."""

    def receive(self, state: Auctioning, source: Address, message: Propose) -> Step[Auctioning] | None:
        heard = super().receive(state, source, message)
        if heard is None:
            return None
        return Step(
            heard.state, tuple(each for each in heard.effects if not (isinstance(each, Announce) and isinstance(each.event, Counted)))
        )


# ---- the pitfalls, in systems as small as shows them

TIMELY = Faults(synchronous=True)
TWO = (1, 2)

LATE_TAKE = Pitfall(
    "DUT-3",
    "A take that was under way when the good was sold is accepted too: two have bought.",
    breaks=spec.it_ends_once,
    subject=system(1, 1, way=Way.DOWN, prices=(1,), auctioneer=AwardsLateTakes),
    length=3,
)
OLD_TAKE = Pitfall(
    "DUT-3/price",
    "A take counts that was under way while the price fell: its bidder has named a price which the clock does not show.",
    breaks=spec.what_counts_was_proposed_in_time,
    subject=system(2, way=Way.DOWN, prices=TWO, auctioneer=CountsOldProposals),
    length=3,
)
SKIPS_A_PRICE = Pitfall(
    "clock_auction.SkipsAPrice",
    "The clock goes two steps at once, and passes the price at which one would have dropped out.",
    breaks=spec.prices_are_called_in_order,
    subject=system(3, 3, prices=(1, 2, 3), auctioneer=SkipsAPrice),
    length=4,
)
CALLS_AFTER_THE_END = Pitfall(
    "clock_auction.CallsAfterTheEnd",
    "A price is called when the good is sold.",
    breaks=spec.prices_are_called_in_order,
    subject=system(1, prices=(1, 2), auctioneer=CallsAfterTheEnd),
    length=1,
)
RAISES_ON_ONE = Pitfall(
    "clock_auction.RaisesOnOne",
    "The price goes up on a bidder that is left alone: it bids against itself.",
    breaks=spec.the_clock_goes_on_only_where_it_must,
    subject=system(2, prices=TWO, auctioneer=RaisesOnOne),
    length=2,
)
WAITS_FOR_THE_NEXT_PRICE = Pitfall(
    "clock_auction.WaitsForTheNextPrice",
    "The price falls though somebody has taken the good.",
    breaks=spec.the_clock_goes_on_only_where_it_must,
    subject=system(2, 2, way=Way.DOWN, prices=TWO, auctioneer=WaitsForTheNextPrice),
    length=3,
)
LETS_THEM_COME_BACK = Pitfall(
    "clock_auction.LetsThemComeBack",
    "Who has dropped out comes back at a higher price: whoever hides until the end learns what the others would pay.",
    breaks=spec.who_has_dropped_out_stays_out,
    subject=system(2, 2, 2, prices=TWO, auctioneer=LetsThemComeBack),
    length=7,
)
COUNTS_AFTER_THE_END = Pitfall(
    "DUT-3/counts",
    "A take counts that comes when the good is sold: whoever reads the record finds two buyers.",
    breaks=spec.what_counts_was_proposed_in_time,
    subject=system(1, way=Way.DOWN, prices=(1,), auctioneer=CountsAfterTheEnd),
    length=3,
)
COUNTS_FOR_ANOTHER = Pitfall(
    "clock_auction.CountsForAnother",
    "What one bidder proposes counts for another, which has said nothing.",
    breaks=spec.what_counts_was_proposed_in_time,
    subject=system(0, 1, prices=(1,), auctioneer=CountsForAnother),
    length=2,
)
COUNTS_TWICE = Pitfall(
    "clock_auction.CountsTwice",
    "A proposal that is duplicated counts twice.",
    breaks=spec.what_counts_was_proposed_in_time,
    subject=system(1, 1, prices=(1,), network=Network(duplicating=True), auctioneer=CountsTwice),
    length=3,
)
WAITS_FOR_THE_TIME = Pitfall(
    "clock_auction.WaitsForTheTime",
    "All are heard, and the clock stands still until the time is over.",
    breaks=spec.the_last_proposal_moves_the_clock,
    subject=system(1, prices=(1,), auctioneer=WaitsForTheTime),
    length=2,
)
SHILL = Pitfall(
    "clock_auction.Shill",
    "The auctioneer is heard to pay the price, and nobody else was.",
    breaks=spec.the_rule_runs_on_what_was_heard,
    subject=system(1, prices=(1,), auctioneer=Shill),
    length=1,
)
RAISES_THE_RESERVE = Pitfall(
    "clock_auction.RaisesTheReserve",
    "The clock on which the good is sold is another than was announced.",
    breaks=spec.the_rule_runs_on_what_was_heard,
    subject=system(2, 2, prices=TWO, auctioneer=RaisesTheReserve),
    length=5,
)
COUNTS_WITHOUT_A_TRACE = Pitfall(
    "clock_auction.CountsWithoutATrace",
    "A bid counts that nobody was told to have been heard.",
    breaks=spec.the_rule_runs_on_what_was_heard,
    subject=system(1, prices=(1,), auctioneer=CountsWithoutATrace),
    length=2,
)
SELLS_TO_THE_FASTEST = Pitfall(
    "clock_auction.SellsToTheFastest",
    "The first who takes has bought: of two that would pay as much it is the one with the faster line, and nobody is told of the other.",
    breaks=spec.in_time_it_is_sold_as_if_all_were_known,
    subject=system(1, 1, way=Way.DOWN, prices=(1,), faults=TIMELY, auctioneer=SellsToTheFastest),
    length=2,
)
LOOKS_OPEN = Pitfall(
    "clock_auction.LooksOpen",
    "The auction is over, and looks as if it were not.",
    breaks=spec.it_is_seen_to_be_over,
    subject=system(1, prices=(1,), auctioneer=LooksOpen),
    length=1,
)
LOOKS_OVER = Pitfall(
    "clock_auction.LooksOver",
    "The auction looks as if it were over, and has not ended.",
    breaks=spec.it_is_seen_to_be_over,
    subject=system(1, prices=(1,), auctioneer=LooksOver),
    length=0,
)
TELLS_THAT_NOBODY_BOUGHT = Pitfall(
    "clock_auction.TellsThatNobodyBought",
    "Bidders are told that the good is unsold, and one of them has bought it.",
    breaks=spec.nobody_is_told_otherwise,
    subject=system(1, prices=(1,), auctioneer=TellsThatNobodyBought),
    length=3,
)
TELLS_THAT_IT_IS_OPEN = Pitfall(
    "clock_auction.TellsThatItIsOpen",
    "Bidders are told that it is open who buys, and one of them has.",
    breaks=spec.nobody_is_told_otherwise,
    subject=system(1, prices=(1,), auctioneer=TellsThatItIsOpen),
    length=2,
)
TELLS_ANOTHER_PRICE = Pitfall(
    "clock_auction.TellsAnotherPrice",
    "Bidders are told another price than the good was sold at.",
    breaks=spec.nobody_is_told_otherwise,
    subject=system(1, prices=(1,), auctioneer=TellsAnotherPrice),
    length=3,
)
TELLS_WHO_IS_LEFT = Pitfall(
    "clock_auction.TellsWhoIsLeft",
    "A bidder that has dropped out is told nothing, and goes on waiting.",
    breaks=spec.everybody_is_told,
    subject=system(0, prices=(1,), auctioneer=TellsWhoIsLeft),
    length=2,
)
WAITS_FOR_ALL = Pitfall(
    "clock_auction.WaitsForAll",
    "An answer is awaited from everybody: one is lost, and the clock stands still for ever.",
    breaks=spec.it_ends,
    subject=system(1, prices=(1,), network=Network(losses=1), auctioneer=WaitsForAll),
    length=1,
)
ASKS_AGAIN = Pitfall(
    "clock_auction.AsksAgain",
    "Whenever the time for a price is over there is some more, as long as somebody is silent: it never comes to an end.",
    breaks=spec.it_ends,
    subject=system(1, prices=(1,), network=Network(losses=1), auctioneer=AsksAgain),
    length=2,
)
