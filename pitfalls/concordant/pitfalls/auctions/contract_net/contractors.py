"""Contractors that go wrong, by slips in ours."""

from __future__ import annotations

from attrs import frozen

from concordant.refimpl.auctions.contract_net import SAFE, Contractor, Deals, Holding, Over, Working, system
from concordant.refimpl.machine import Pitfall, Step, step
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
from concordant.spec.auctions.contract_net import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Faults, Map, Network, Send


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


# ---- the pitfalls

TWICE = Network(duplicating=True)
LOSING = Network(losses=1)

NEVER_LAPSES = Pitfall(
    "contract_net.NeverLapses",
    "The award is lost, and room is held for the task for ever.",
    breaks=spec.nothing_stays_held,
    subject=system((1,), network=LOSING, contractor=NeverLapses),
    length=4,
)
NEVER_LAPSES_ENDS = Pitfall(
    "contract_net.NeverLapses/ends",
    "The same: nothing more happens.",
    breaks=spec.room_becomes_free,
    subject=system((1,), network=LOSING, contractor=NeverLapses),
    length=3,
)
REMINDS = Pitfall(
    "contract_net.Reminds",
    "Room is held for ever, and the manager reminded again and again.",
    breaks=spec.room_becomes_free,
    subject=system((1,), network=Network(losses=None, copies=1), contractor=Reminds),
    length=4,
)
PROPOSES_ANYTHING = Pitfall(
    "contract_net.ProposesAnything",
    "A contractor proposes what it cannot do.",
    breaks=spec.only_who_can_proposes,
    subject=system((None,), contractor=ProposesAnything),
    length=2,
)
PROPOSES_ANEW = Pitfall(
    "contract_net.ProposesAnew",
    "A call that comes again is answered by a new proposal, though the first is over.",
    breaks=spec.only_who_can_proposes,
    subject=system((1,), network=TWICE, contractor=ProposesAnew),
    length=4,
)
PROPOSES_ANEW_DECLINES = Pitfall(
    "contract_net.ProposesAnew/declines",
    "The same, by one that has no room now: it refuses what it has proposed before.",
    breaks=spec.who_can_proposes,
    subject=system((1, 1), network=TWICE, contractor=ProposesAnew),
    length=5,
)
ONE_MANAGER = Pitfall(
    "contract_net.OneManager",
    "A contractor whose task is over refuses the next one.",
    breaks=spec.who_can_proposes,
    subject=system((1, 1), contractor=OneManager),
    length=5,
)
EAGER = Pitfall(
    "contract_net.Eager",
    "A contractor begins before the task is awarded.",
    breaks=spec.only_the_winner_begins,
    subject=system((1,), contractor=Eager),
    length=2,
)
BEGINS_TOO_LATE = Pitfall(
    "contract_net.BeginsTooLate",
    "The award comes when the proposal has lapsed, and the contractor begins, with no room held for the task.",
    breaks=spec.only_the_winner_begins,
    subject=system((1,), contractor=BeginsTooLate),
    length=5,
)
GIVES_UP_WHAT_IT_DOES = Pitfall(
    "contract_net.GivesUpWhatItDoes",
    "The time of a proposal runs out although it was accepted, and the task is given up.",
    breaks=spec.room_is_released_for_a_reason,
    subject=system((1,), contractor=GivesUpWhatItDoes),
    length=5,
)
BLAMES_THE_MANAGER = Pitfall(
    "contract_net.BlamesTheManager",
    "A proposal that has lapsed is said to have been turned down.",
    breaks=spec.room_is_released_for_a_reason,
    subject=system((1,), contractor=BlamesTheManager),
    length=3,
)
SHOWS_WHAT_IT_DOES = Pitfall(
    "contract_net.ShowsWhatItDoes",
    "A contractor shows room that it holds for a task.",
    breaks=spec.a_contractor_shows_its_room,
    subject=system((1,), contractor=ShowsWhatItDoes),
    length=2,
)
ALWAYS_DONE = Pitfall(
    "contract_net.AlwaysDone",
    "A contractor that could not do the task says that it is done.",
    breaks=spec.what_is_learned_is_true_and_final,
    subject=system((1,), contractor=AlwaysDone),
    length=6,
)
SAYS_NOTHING = Pitfall(
    "contract_net.SaysNothing",
    "A task is done, and its manager never hears of it.",
    breaks=spec.every_manager_knows_in_the_end,
    subject=system((1,), contractor=SaysNothing),
    length=6,
)
CHANGES_ITS_MIND = Pitfall(
    "contract_net.ChangesItsMind",
    "A contractor that has refused proposes when the call comes again, which the manager has taken for an answer.",
    breaks=spec.only_who_can_proposes,
    subject=system((1, 1), network=TWICE, contractor=ChangesItsMind),
    length=6,
)
CHANGES_ITS_MIND_NOT = Pitfall(
    "contract_net.ChangesItsMind/not",
    "The same, by one that cannot do the task: it refuses again.",
    breaks=spec.who_can_proposes,
    subject=system((None,), network=TWICE, contractor=ChangesItsMind),
    length=3,
)
TAKES_IT_BACK = Pitfall(
    "contract_net.TakesItBack",
    "A contractor that has proposed refuses when the call comes again, since it holds all its room for the task.",
    breaks=spec.who_can_proposes,
    subject=system((1,), network=TWICE, contractor=TakesItBack),
    length=3,
)
NAMES_ANOTHER_COST = Pitfall(
    "contract_net.NamesAnotherCost",
    "A contractor proposes at another cost than it was given.",
    breaks=spec.only_who_can_proposes,
    subject=system((1,), contractor=NamesAnotherCost),
    length=2,
)
BEGINS_IN_SILENCE = Pitfall(
    "contract_net.BeginsInSilence",
    "Work ends of which nobody knew that it had begun.",
    breaks=spec.only_what_was_begun_ends,
    subject=system((1,), contractor=BeginsInSilence),
    length=5,
)
ENDS_AS_IT_LIKES = Pitfall(
    "contract_net.EndsAsItLikes",
    "Work ends because another was preferred, though it was begun.",
    breaks=spec.only_what_was_begun_ends,
    subject=system((1,), contractor=EndsAsItLikes),
    length=5,
)
NEVER_ENDS = Pitfall(
    "contract_net.NeverEnds",
    "What is begun takes room for ever.",
    breaks=spec.nothing_stays_held,
    subject=system((1,), contractor=NeverEnds),
    length=5,
)
NEVER_ENDS_ENDS = Pitfall(
    "contract_net.NeverEnds/ends",
    "The same: nothing more happens.",
    breaks=spec.room_becomes_free,
    subject=system((1,), contractor=NeverEnds),
    length=5,
)
RELEASES_AGAIN = Pitfall(
    "contract_net.ReleasesAgain",
    "A rejection that comes again gives room back again.",
    breaks=spec.room_is_released_for_a_reason,
    subject=system((1,), network=TWICE, contractor=ReleasesAgain),
    length=6,
)
KEEPS_REJECTED = Pitfall(
    "contract_net.KeepsRejected",
    "A contractor that was turned down holds room until its proposal lapses.",
    breaks=spec.nothing_lapses_in_time,
    subject=system((1,), (1,), faults=Faults(synchronous=True), contractor=KeepsRejected, promises=SAFE),
    length=10,
)
SHOWS_NO_ROOM = Pitfall(
    "contract_net.ShowsNoRoom",
    "A contractor shows no room where there is some.",
    breaks=spec.a_contractor_shows_its_room,
    subject=system((1,), contractor=ShowsNoRoom),
    length=0,
)
TELLS_THE_FIRST = Pitfall(
    "contract_net.TellsTheFirst",
    "Of two tasks that are done, one manager hears of its own.",
    breaks=spec.every_manager_knows_in_the_end,
    subject=system((1, 1), contractor=TellsTheFirst),
    length=9,
)
