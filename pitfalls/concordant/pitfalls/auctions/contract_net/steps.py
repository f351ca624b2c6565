"""Which promise about one thing that comes to a contractor each breaks, whatever it held and did before."""

from __future__ import annotations

from functools import partial

from attrs import frozen

from concordant.pitfalls.auctions.contract_net.as_written import BidsAndForgets
from concordant.pitfalls.auctions.contract_net.contractors import Eager, KeepsRejected, OneManager, ProposesAnew, Reminds
from concordant.refimpl.auctions.contract_net import Contractor, Deals, Working, asked_of, step_by_step
from concordant.refimpl.machine import Mechanism, Pitfall, Step
from concordant.spec.auctions.contract_net import Accept, CallForProposals, Cancel, Ends, Lapse, Reject
from concordant.spec.auctions.contract_net import steps as spec
from concordant.spec.auctions.contract_net.steps import Asked
from concordant.spec.vocabulary import Address, Map


@frozen
class ForgetsTheOthers(Contractor):
    """Forgets what else it holds when it begins a task."""

    def receive(self, state: Deals, source: Address, message: CallForProposals | Accept | Reject | Cancel) -> Step[Deals] | None:
        following = super().receive(state, source, message)
        if following is None or following.state.get(source) != Working():
            return following
        return Step(Map.of({source: Working()}), following.effects)


@frozen
class Hesitates(Contractor):
    """Does not begin what is awarded to it while it does something else."""

    def receive(self, state: Deals, source: Address, message: CallForProposals | Accept | Reject | Cancel) -> Step[Deals] | None:
        if isinstance(message, Accept) and Working() in state.values():
            return None
        return super().receive(state, source, message)


@frozen
class HeedsNoCancellation(Contractor):
    """Goes on with what is cancelled."""

    def receive(self, state: Deals, source: Address, message: CallForProposals | Accept | Reject | Cancel) -> Step[Deals] | None:
        if isinstance(message, Cancel) and state.get(source) == Working():
            return None
        return super().receive(state, source, message)


@frozen
class GoesOn(Contractor):
    """Goes on when it has said that it is done."""

    def fire(self, state: Deals, trigger: Lapse | Ends) -> Step[Deals]:
        ended = super().fire(state, trigger)
        return Step(state, ended.effects) if isinstance(trigger, Ends) else ended


def of(kind: type[Contractor]) -> Mechanism[Asked, spec.Deals]:
    """Return what a contractor of this kind makes of what comes, with two managers."""
    return step_by_step(2, partial(asked_of, kind))


TAKES_ON_TOO_MUCH = Pitfall(
    "CNP-7/step",
    "The same, of one thing that comes: with one task held a contractor that has no more room proposes another.",
    breaks=spec.nobody_takes_on_more_than_it_can,
    subject=of(BidsAndForgets),
    length=5,
)
EAGER_IN_STEPS = Pitfall(
    "contract_net.Eager/step",
    "The same, of one thing that comes.",
    breaks=spec.a_task_is_begun_when_it_is_awarded_and_held,
    subject=of(Eager),
    length=5,
)
PROPOSED_ANEW_IN_STEPS = Pitfall(
    "contract_net.ProposesAnew/step",
    "The same, of one thing that comes.",
    breaks=spec.a_deal_that_is_over_stays_over,
    subject=of(ProposesAnew),
    length=5,
)
ONE_MANAGER_IN_STEPS = Pitfall(
    "contract_net.OneManager/step",
    "The same, of one thing that comes.",
    breaks=spec.room_is_held_while_there_is_some,
    subject=of(OneManager),
    length=5,
)
REJECTED_KEPT_IN_STEPS = Pitfall(
    "contract_net.KeepsRejected/step",
    "The same, of one thing that comes.",
    breaks=spec.what_ends_or_is_called_off_is_over,
    subject=of(KeepsRejected),
    length=5,
)
FORGETS_THE_OTHERS = Pitfall(
    "contract_net.ForgetsTheOthers",
    "A contractor that begins a task forgets what it has proposed to others.",
    breaks=spec.other_deals_are_left_alone,
    subject=of(ForgetsTheOthers),
    length=5,
)
HELD_WITHOUT_ROOM = Pitfall(
    "CNP-7/held",
    "The same: room is held that there is not.",
    breaks=spec.room_is_held_while_there_is_some,
    subject=of(BidsAndForgets),
    length=5,
)
HESITATES = Pitfall(
    "contract_net.Hesitates",
    "A contractor has proposed two tasks, and does not begin the second before the first is done.",
    breaks=spec.a_task_is_begun_when_it_is_awarded_and_held,
    subject=of(Hesitates),
    length=5,
)
REMINDED_IN_STEPS = Pitfall(
    "contract_net.Reminds/step",
    "The same, of one thing that comes.",
    breaks=spec.what_ends_or_is_called_off_is_over,
    subject=of(Reminds),
    length=5,
)
HEEDS_NO_CANCELLATION = Pitfall(
    "contract_net.HeedsNoCancellation",
    "A contractor goes on with a task that is cancelled.",
    breaks=spec.what_ends_or_is_called_off_is_over,
    subject=of(HeedsNoCancellation),
    length=5,
)
GOES_ON = Pitfall(
    "contract_net.GoesOn",
    "A contractor says that a task is done, and keeps the room for it.",
    breaks=spec.what_ends_or_is_called_off_is_over,
    subject=of(GoesOn),
    length=5,
)
