"""Contractors that go wrong, by slips in ours."""

from __future__ import annotations

from attrs import frozen

from concordant.refimpl.auctions.contract_net import Contractor, Deals, Holding, Over, Working
from concordant.refimpl.machine import Step, step
from concordant.spec.auctions.contract_net import (
    LAPSED,
    REJECTED,
    Accept,
    CallForProposals,
    Cancel,
    ContractorView,
    Declined,
    Ends,
    Failure,
    Inform,
    Lapse,
    Propose,
    Proposed,
    Refuse,
    Reject,
    Started,
)
from concordant.spec.vocabulary import Address, Announce, Map, Send


@frozen
class NeverLapses(Contractor):
    """Holds room for a task, however long it takes."""

    def armed(self, state: Deals) -> tuple[Lapse | Ends, ...]:
        return tuple(each for each in super().armed(state) if isinstance(each, Ends))


@frozen
class Reminds(Contractor):
    """Reminds the manager when it has held room long enough, and goes on holding it."""

    def fire(self, state: Deals, trigger: Lapse | Ends) -> Step[Deals]:
        lapses = isinstance(trigger, Lapse)
        return step(state, Send(trigger.manager, Propose(self.costs[trigger.manager]))) if lapses else super().fire(state, trigger)


@frozen
class ProposesAnything(Contractor):
    """Proposes at no cost what it cannot do."""

    def propose(self, state: Deals, manager: Address) -> Step[Deals]:
        if manager not in self.costs and self.room(state):
            return step(state.put(manager, Holding()), Announce(Proposed(manager, 0)), Send(manager, Propose(0)))
        return super().propose(state, manager)


@frozen
class ProposesAnew(Contractor):
    """Takes a call that comes again for a new one, though the deal is over."""

    def receive(self, state: Deals, source: Address, message: CallForProposals | Accept | Reject | Cancel) -> Step[Deals] | None:
        if isinstance(message, CallForProposals) and isinstance(state.get(source), Over):
            return self.propose(state, source)
        return super().receive(state, source, message)


@frozen
class OneManager(Contractor):
    """Refuses whoever calls after another, though the other's task is over."""

    def propose(self, state: Deals, manager: Address) -> Step[Deals]:
        if state:
            return step(state.put(manager, Over(Refuse())), Announce(Declined(manager)), Send(manager, Refuse()))
        return super().propose(state, manager)


@frozen
class Eager(Contractor):
    """Begins as it proposes."""

    def propose(self, state: Deals, manager: Address) -> Step[Deals]:
        proposed = super().propose(state, manager)
        if not isinstance(proposed.state[manager], Holding):
            return proposed
        return Step(proposed.state.put(manager, Working()), (*proposed.effects, Announce(Started(manager))))


@frozen
class BeginsTooLate(Contractor):
    """Begins when the award comes, though it holds no room for the task any more."""

    def receive(self, state: Deals, source: Address, message: CallForProposals | Accept | Reject | Cancel) -> Step[Deals] | None:
        if isinstance(message, Accept) and state.get(source) == Over(Failure(LAPSED)):
            return step(state.put(source, Working()), Announce(Started(source)))
        return super().receive(state, source, message)


@frozen
class GivesUpWhatItDoes(Contractor):
    """Lets the time of a proposal run out while it does the task."""

    def armed(self, state: Deals) -> tuple[Lapse | Ends, ...]:
        return (*super().armed(state), *(Lapse(manager) for manager, deal in state.items() if deal == Working()))


@frozen
class BlamesTheManager(Contractor):
    """Says that it was turned down when it has held room long enough."""

    def fire(self, state: Deals, trigger: Lapse | Ends) -> Step[Deals]:
        return self.release(state, trigger.manager, REJECTED) if isinstance(trigger, Lapse) else super().fire(state, trigger)


@frozen
class ShowsWhatItDoes(Contractor):
    """Shows as room what is held for a task that is not begun."""

    def view(self, state: Deals) -> ContractorView:
        return ContractorView(self.capacity - sum(deal == Working() for deal in state.values()))


@frozen
class AlwaysDone(Contractor):
    """Says that all is done, whatever has become of it."""

    def fire(self, state: Deals, trigger: Lapse | Ends) -> Step[Deals]:
        match trigger:
            case Ends(manager):
                return step(state.put(manager, Over(Inform())), Send(manager, Inform()))
            case _:
                return super().fire(state, trigger)


@frozen
class SaysNothing(Contractor):
    """Says nothing when the task is done."""

    def fire(self, state: Deals, trigger: Lapse | Ends) -> Step[Deals]:
        ended = super().fire(state, trigger)
        return Step(ended.state, tuple(each for each in ended.effects if not isinstance(each, Send)))


@frozen
class ChangesItsMind(Contractor):
    """Takes a call that comes again for a new one, if it has refused the first."""

    def receive(self, state: Deals, source: Address, message: CallForProposals | Accept | Reject | Cancel) -> Step[Deals] | None:
        if isinstance(message, CallForProposals) and state.get(source) == Over(Refuse()):
            return self.propose(state, source)
        return super().receive(state, source, message)


@frozen
class TakesItBack(Contractor):
    """Takes a call that comes again for a new one, for which there is no room."""

    def receive(self, state: Deals, source: Address, message: CallForProposals | Accept | Reject | Cancel) -> Step[Deals] | None:
        if isinstance(message, CallForProposals) and state.get(source) == Holding():
            return self.propose(state, source)
        return super().receive(state, source, message)


@frozen
class NamesAnotherCost(Contractor):
    """Proposes at one more than the task costs it."""

    def propose(self, state: Deals, manager: Address) -> Step[Deals]:
        dearer = Map.of({each: cost + 1 for each, cost in self.costs.items()})
        return Contractor(self.capacity, dearer).propose(state, manager)


@frozen
class BeginsInSilence(Contractor):
    """Does not say that it begins."""

    def receive(self, state: Deals, source: Address, message: CallForProposals | Accept | Reject | Cancel) -> Step[Deals] | None:
        begun = super().receive(state, source, message)
        return step(begun.state) if begun is not None and begun.state.get(source) == Working() else begun


@frozen
class EndsAsItLikes(Contractor):
    """Ends what it does for reasons of its own."""

    def armed(self, state: Deals) -> tuple[Lapse | Ends, ...]:
        return tuple(Ends(each.manager, each.why and REJECTED) if isinstance(each, Ends) else each for each in super().armed(state))


@frozen
class NeverEnds(Contractor):
    """Never ends what it has begun."""

    def armed(self, state: Deals) -> tuple[Lapse | Ends, ...]:
        return tuple(each for each in super().armed(state) if isinstance(each, Lapse))


@frozen
class ReleasesAgain(Contractor):
    """Gives room back whenever it is rejected."""

    def receive(self, state: Deals, source: Address, message: CallForProposals | Accept | Reject | Cancel) -> Step[Deals] | None:
        again = isinstance(message, Reject) and isinstance(state.get(source), Over)
        return self.release(state, source, REJECTED) if again else super().receive(state, source, message)


@frozen
class KeepsRejected(Contractor):
    """Does not heed that it is rejected."""

    def receive(self, state: Deals, source: Address, message: CallForProposals | Accept | Reject | Cancel) -> Step[Deals] | None:
        return None if isinstance(message, Reject) else super().receive(state, source, message)


@frozen
class ShowsNoRoom(Contractor):
    """Shows no room, so as to be left alone."""

    def view(self, state: Deals) -> ContractorView:  # noqa: ARG002  # that is the mistake
        return ContractorView(0)


@frozen
class TellsTheFirst(Contractor):
    """Tells only the first manager when its task is done."""

    def fire(self, state: Deals, trigger: Lapse | Ends) -> Step[Deals]:
        ended = super().fire(state, trigger)
        return ended if trigger.manager.number == 0 else step(ended.state)
