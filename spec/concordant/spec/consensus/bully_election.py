"""Bully election: of the members that are up the highest leads, and each leader has an epoch that no other has had.

Source: Garcia-Molina, "Elections in a Distributed Computing System" (IEEE Transactions on Computers 1982); Stoller, "Leader Election in
Asynchronous Distributed Systems" (2000), with a failure detector in place of deadlines; Chandra and Toueg, "Unreliable failure
detectors" (1996). Who is higher is decided by priority, and by name where priorities are equal. An epoch is a round and its leader.
Assumes: the members and their priorities are fixed; the latest epoch that a member knows is on its disk. Either a failure detector
tells who is down, or members probe each other on a network on which silence is a proof: messages arrive before a deadline passes.
Does not promise: one leader at a time where the detector errs, or who leads comes back. Then two may lead, in two epochs, and whoever
obeys the later epoch only is never led by both; see `leader_decision`. Nor an end without messages that arrive.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.vocabulary import (
    Address,
    Case,
    Cases,
    Deadline,
    Fair,
    Fault,
    Need,
    Seen,
    Send,
    always,
    always_each,
    case,
    eventually,
    every_step,
    on_event,
    sometimes,
)


@frozen(order=True)
class Epoch:
    """A reign. Of two the later has the higher round, or, where both rounds are equal, the leader whose name comes later."""

    round: int
    leader: Address


# ---- messages


@frozen
class Election:
    """A member stands, and asks one that is higher to stand, too. `epoch`: the latest that it knows."""

    epoch: Epoch


@frozen
class Coordinator:
    """This epoch has begun, and its leader leads. Also the answer to who tells of an earlier one."""

    epoch: Epoch


@frozen
class AreYouThere:
    """Are you up? Answered by `Here`."""


@frozen
class Here:
    """The sender is up."""


Message: TypeAlias = Election | Coordinator | AreYouThere | Here

# ---- triggers


@frozen
class Probe(Deadline):
    """It is time to ask those on whom a member waits, or whom it follows, whether they are there."""


@frozen
class Silence(Deadline):
    """Who has not answered by now is down."""


# ---- events


@frozen
class Elected:
    """A member begins a reign of its own."""

    epoch: Epoch


# ---- views


@frozen
class MemberView:
    """What a member knows. `epoch`: the latest; `leader`: whom it follows, perhaps itself, None while it stands; `suspects`: who seems to be down."""

    epoch: Epoch
    leader: Address | None
    suspects: frozenset[Address]


# ---- history


@frozen
class History:
    """Which epochs have begun, the first among them. `order`: the members, the lowest first."""

    order: tuple[Address, ...]
    epochs: frozenset[Epoch]

    def after(self, at: Address, by: Address, happening: object) -> History:  # noqa: ARG002  # the signature of the kind
        """Fold one happening."""
        return evolve(self, epochs=self.epochs | {happening.epoch}) if isinstance(happening, Elected) else self

    def above(self, member: Address) -> tuple[Address, ...]:
        """Return who is higher than a member."""
        return self.order[self.order.index(member) + 1 :]


# ---- clauses: epochs

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY | Fault.SUSPICION


@on_event(Elected, under=ALL)
def one_leader_per_epoch(before: History, by: Address, event: Elected) -> Cases:
    """An epoch begins once, and who begins it leads in it.

    Its leader's name is part of it, and no member begins one that is not later than all that it knows, whose latest is on its disk.
    """
    yield case(event.epoch not in before.epochs and event.epoch.leader == by, begins=event.epoch, by=by, before=before.epochs)


@every_step(MemberView, under=ALL)
def epochs_never_go_back(before: MemberView, after: MemberView) -> Cases:
    """A member never goes back to an earlier epoch, not even through a crash: it obeys nobody who has led before."""
    yield case(before.epoch <= after.epoch, before=before.epoch, after=after.epoch)


@always_each(MemberView, under=ALL)
def a_member_knows_what_has_begun(view: MemberView, member: Address, history: History) -> Cases:
    """The latest epoch that a member knows has begun, and whom it follows leads in it."""
    follows = view.leader in (None, view.epoch.leader)
    yield case(view.epoch in history.epochs and follows, member=member, knows=view, epochs=history.epochs)


@on_event(Send, under=ALL)
def a_message_is_true(before: History, by: Address, event: Send) -> Cases:
    """Nobody is told of an epoch that has not begun, or asked to stand by who is higher."""
    match event.message:
        case Coordinator(epoch):
            yield case(epoch in before.epochs and event.to != by, tells=epoch, to=event.to, epochs=before.epochs)
        case Election(epoch):
            yield case(epoch in before.epochs and event.to in before.above(by), knows=epoch, asks=event.to, higher=before.above(by))


@always_each(MemberView, under=ALL)
def nobody_follows_whom_it_suspects(view: MemberView, member: Address, history: History) -> Cases:  # noqa: ARG001
    """Whoever suspects its leader follows nobody: it stands, or leads."""
    if view.suspects:
        yield case(view.leader not in view.suspects, member=member, leader=view.leader, suspects=view.suspects)


# ---- clauses: who leads


def _leaders(seen: Seen[History]) -> tuple[Address, ...]:
    return tuple(member for member, view in seen.views(MemberView).items() if view.leader == member and seen.up(member))


def at_most_one(seen: Seen[History]) -> Iterator[Case]:
    """Judge whether no two members that are up lead."""
    leaders = _leaders(seen)
    if leaders:
        yield case(len(leaders) == 1, leaders=leaders)


def none_higher(seen: Seen[History]) -> Iterator[Case]:
    """Judge whether all that are higher than one that leads are down."""
    for leader in _leaders(seen):
        above = tuple(member for member in seen.history.above(leader) if seen.up(member))
        yield case(not above, leader=leader, higher_and_up=above)


def all_follow_the_highest(seen: Seen[History]) -> Iterator[Case]:
    """Judge whether all members that are up follow the highest of them, in one epoch."""
    up = {member: view for member, view in seen.views(MemberView).items() if seen.up(member)}
    if up:
        highest = max(up, key=seen.history.order.index)
        astray = tuple((member, view) for member, view in up.items() if (view.leader, view.epoch) != (highest, up[highest].epoch))
        yield case(not astray, highest=highest, epoch=up[highest].epoch, astray=astray)


@always(under=Fault.CRASH, needs=Need.PERFECT_DETECTOR)
def one_leader_at_a_time(seen: Seen[History]) -> Cases:
    """No two members that are up lead.

    Whoever leads has suspected all that are higher. Those are down for good, so that of two who lead one is down.
    """
    yield from at_most_one(seen)


@always(under=Fault.CRASH, needs=Need.TIMELY)
def one_leader_in_time(seen: Seen[History]) -> Cases:
    """The same without a detector, where silence is a proof."""
    yield from at_most_one(seen)


@always(under=Fault.CRASH | Fault.RECOVERY | Fault.SUSPICION)
def one_leader_whatever(seen: Seen[History]) -> Cases:
    """The same, whatever the detector says, and whoever comes back."""
    yield from at_most_one(seen)


@always(under=Fault.CRASH, needs=Need.PERFECT_DETECTOR)
def the_highest_leads(seen: Seen[History]) -> Cases:
    """Whoever leads, all that are higher are down."""
    yield from none_higher(seen)


@always(under=Fault.CRASH, needs=Need.TIMELY)
def the_highest_leads_in_time(seen: Seen[History]) -> Cases:
    """The same without a detector, where silence is a proof."""
    yield from none_higher(seen)


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=Fault.CRASH | Fault.RECOVERY | Fault.SUSPICION, needs=Need.EVENTUALLY_PERFECT_DETECTOR)
def one_leader_for_good(seen: Seen[History]) -> Cases:
    """In the end all that are up follow the highest of them, for good, also where the detector has erred before."""
    yield from all_follow_the_highest(seen)


@eventually(Fair.DELIVERY | Fair.CHOICES, under=Fault.CRASH | Fault.RECOVERY, needs=Need.TIMELY)
def one_leader_for_good_in_time(seen: Seen[History]) -> Cases:
    """The same without a detector, where silence is a proof, and everybody has its turn to probe."""
    yield from all_follow_the_highest(seen)


@sometimes
def another_takes_over(seen: Seen[History]) -> Cases:
    """After a crash another member leads, and is followed."""
    views = seen.views(MemberView)
    yield case(any(view.leader not in (None, member, seen.history.order[-1]) for member, view in views.items()))


@sometimes
def two_lead(seen: Seen[History]) -> Cases:
    """Two members lead, in two epochs."""
    yield case(len(_leaders(seen)) > 1)
