"""The documents' two contract nets as they are written, taken apart: what one of them does wrong is done here by a right one.

Both collect bids in a loop of calls, award, and return. Of the first, who is called may return nothing for a bid, and whether the
winner takes the award nobody looks at; of the second, agents call each other, and none has a list of tasks that ever changes.
"""

from __future__ import annotations

from attrs import frozen

from concordant.refimpl.auctions.contract_net import (
    SAFE,
    Awaiting,
    Calling,
    Contractor,
    Deals,
    Done,
    Holding,
    Manager,
    Managing,
    Over,
    Working,
    system,
)
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.auctions.contract_net import (
    Accept,
    CallForProposals,
    Cancel,
    Close,
    Completed,
    Contract,
    Failure,
    GiveUp,
    Inform,
    Propose,
    Refuse,
    Reject,
    Started,
)
from concordant.spec.auctions.contract_net import clauses as spec
from concordant.spec.vocabulary import Address, Amount, Announce, Faults, Map, Network, Rejected, Reply, Send

# ---- managers


@frozen
class CountsRefusals(Manager):
    """Puts what a contractor that refuses returns, which is nothing, among the bids, and then looks for the cost in it."""

    def close(self, state: Calling) -> Step[Managing]:
        return raised(state, "TypeError: 'NoneType' object is not subscriptable") if state.refused else super().close(state)


@frozen
class LooksForACostInTheCost(Manager):
    """Has a cost for a bid, and reads the cost of that."""

    def close(self, state: Calling) -> Step[Managing]:
        return raised(state, "AttributeError: 'int' object has no attribute 'cost'") if state.proposals else super().close(state)


def raised(state: Calling, error: str) -> Step[Managing]:
    """End with an error, which is all that the user hears."""
    return step(Done(Rejected(error)), Reply(state.client, Rejected(error)))


@frozen
class TakesEveryAnswerForDone(Manager):
    """Awaits the answer to the award, and does not look at it."""

    def receive(self, state: Managing, source: Address, message: Propose | Refuse | Inform | Failure) -> Step[Managing] | None:
        return super().receive(state, source, Inform() if isinstance(message, Failure) else message)


@frozen
class BelievesTheName(Manager):
    """Believes a bid about whose it is: here all say that they are of the last contractor."""

    def receive(self, state: Managing, source: Address, message: Propose | Refuse | Inform | Failure) -> Step[Managing] | None:
        return super().receive(state, self.contractors[-1] if isinstance(message, Propose) else source, message)


@frozen
class TellsTheWinnerAlone(Manager):
    """Tells the losers nothing."""

    def close(self, state: Calling) -> Step[Managing]:
        closed = super().close(state)
        return Step(closed.state, tuple(each for each in closed.effects if not (isinstance(each, Send) and each.message == Reject())))


@frozen
class TakesZeroForNothing(Manager):
    """Asks whether there is a bid by asking whether it is true, which 0 is not."""

    def receive(self, state: Managing, source: Address, message: Propose | Refuse | Inform | Failure) -> Step[Managing] | None:
        nothing = isinstance(message, Propose) and not message.cost
        return super().receive(state, source, Refuse() if nothing else message)


@frozen
class TakesTheAwardForTheDeed(Manager):
    """Returns when the task is awarded."""

    def close(self, state: Calling) -> Step[Managing]:
        closed = super().close(state)
        match closed.state:
            case Awaiting(_, contractor, cost):
                learned = self.learn(closed.state, Completed(contractor, cost))
                return Step(learned.state, (*closed.effects, *learned.effects))
            case _:
                return closed


@frozen
class WaitsForTheDeed(Manager):
    """Awaits the contractor, however long that takes."""

    def armed(self, state: Managing) -> tuple[Close | GiveUp, ...]:
        return (Close(),) if isinstance(state, Calling) else ()


@frozen
class WaitsForEverybody(Manager):
    """Awaits every bid, however long that takes."""

    def armed(self, state: Managing) -> tuple[Close | GiveUp, ...]:
        return () if isinstance(state, Calling) else super().armed(state)


@frozen
class CallsTheOthers(Manager):
    """Calls all other agents, and not the contractor that is itself, which has its number."""

    def request(self, state: Managing, client: Address, request: Contract) -> Step[Managing]:
        asked = super().request(state, client, request)
        return Step(asked.state, tuple(each for each in asked.effects if each != Send(Address("contractor"), CallForProposals())))


@frozen
class FirstCalledWins(Manager):
    """Takes the first of the cheapest in the list that it has called, which begins with the last."""

    def best(self, proposals: Map[Address, Amount]) -> Address:
        return min((each for each in self.contractors[::-1] if each in proposals), key=lambda each: proposals[each])


# ---- contractors


@frozen
class BidsAndForgets(Contractor):
    """Looks at its load when it bids, and neither keeps room for what it has bid for nor looks again when it is awarded that."""

    def room(self, state: Deals) -> int:
        return self.capacity - sum(isinstance(deal, Working) for deal in state.values())


@frozen
class NeverBusy(Contractor):
    """Puts nothing into the list of its tasks when it begins one."""

    def room(self, state: Deals) -> int:
        return self.capacity - sum(isinstance(deal, Holding) for deal in state.values())


@frozen
class DoesItAgain(Contractor):
    """Takes each award for a new one."""

    def receive(self, state: Deals, source: Address, message: CallForProposals | Accept | Reject | Cancel) -> Step[Deals] | None:
        if isinstance(message, Accept) and state.get(source) in (Working(), Over(Inform())):
            return step(state.put(source, Working()), Announce(Started(source)))
        return super().receive(state, source, message)


# ---- the pitfalls

TWICE = Network(duplicating=True)
IN_TIME = Faults(synchronous=True)
FAILING = Faults(crashes=1, who=(Address("contractor"),))

COUNTS_REFUSALS = Pitfall(
    "CNP-1",
    "A refusal is counted as a bid, and an error when bids are compared: where all refuse, nobody says that there are no bids.",
    breaks=spec.an_answer_is_true,
    subject=system((None,), manager=CountsRefusals),
    length=3,
)
AWARD_REFUSED = Pitfall(
    "CNP-2",
    "A contractor answers that it does not take the award, and the user is told that it has the task.",
    breaks=spec.what_is_learned_is_true_and_final,
    subject=system((1,), manager=TakesEveryAnswerForDone),
    length=6,
)
VICTIM = Pitfall(
    "CNP-3",
    "A bid names somebody else, who has not bid and cannot do the task, and it is awarded to that one.",
    breaks=spec.what_is_compared_was_proposed,
    subject=system((1,), (None,), manager=BelievesTheName),
    length=4,
)
LOSER_NOT_TOLD = Pitfall(
    "CNP-4",
    "The loser is never told.",
    breaks=spec.everybody_who_proposes_is_told,
    subject=system((1,), (1,), manager=TellsTheWinnerAlone),
    length=9,
)
COST_OF_A_COST = Pitfall(
    "CNP-5",
    "Wherever somebody has bid, the comparison is an error.",
    breaks=spec.an_answer_is_true,
    subject=system((1,), manager=LooksForACostInTheCost),
    length=3,
)
ZERO = Pitfall(
    "CNP-6",
    "A bid of 0, the best there can be, is taken for none.",
    breaks=spec.everybody_is_heard_in_time,
    subject=system((0,), (1,), faults=IN_TIME, manager=TakesZeroForNothing, promises=SAFE),
    length=5,
)
BIDS_AND_FORGETS = Pitfall(
    "CNP-7",
    "A contractor with room for one task bids for two, and has both when both are awarded to it.",
    breaks=spec.nobody_takes_on_too_much,
    subject=system((1, 1), contractor=BidsAndForgets),
    length=4,
)
AWARDED_IS_NOT_DONE = Pitfall(
    "CNP-8",
    "The user is told that all is well when the task is awarded, and nobody knows whether it is ever done.",
    breaks=spec.what_is_learned_is_true_and_final,
    subject=system((1,), manager=TakesTheAwardForTheDeed),
    length=3,
)
FAILS_UNNOTICED = Pitfall(
    "CNP-8/crash",
    "The contractor fails when it has been awarded the task, and the user waits for ever.",
    breaks=spec.nobody_waits,
    subject=system((1,), faults=FAILING, manager=WaitsForTheDeed),
    length=5,
)
FAILS_UNNOTICED_ENDS = Pitfall(
    "CNP-8/ends",
    "The same: nothing more happens.",
    breaks=spec.every_wait_ends,
    subject=system((1,), faults=FAILING, manager=WaitsForTheDeed),
    length=4,
)
SILENT = Pitfall(
    "CNP-9",
    "One silent contractor keeps the manager from awarding the task to another.",
    breaks=spec.nobody_waits,
    subject=system((1,), (1,), faults=FAILING, manager=WaitsForEverybody),
    length=6,
)
DONE_TWICE = Pitfall(
    "CNP-10",
    "An award that comes again has the task done again.",
    breaks=spec.a_task_is_begun_once,
    subject=system((1,), network=TWICE, contractor=DoesItAgain),
    length=5,
)
NEVER_BUSY = Pitfall(
    "CNP-11",
    "What is being done counts for nothing: whoever is cheapest has one task after the other awarded to it.",
    breaks=spec.nobody_takes_on_too_much,
    subject=system((1, 1), contractor=NeverBusy),
    length=6,
)
NOT_MYSELF = Pitfall(
    "CNP-12",
    "A manager does not ask itself, and finds nobody for what it could do itself.",
    breaks=spec.everybody_is_heard_in_time,
    subject=system((1,), (None,), faults=IN_TIME, manager=CallsTheOthers, promises=SAFE),
    length=4,
)
FIRST_CALLED = Pitfall(
    "CNP-13",
    "Of equals the first that was called wins.",
    breaks=spec.the_cheapest_wins,
    subject=system((1,), (1,), manager=FirstCalledWins),
    length=5,
)
