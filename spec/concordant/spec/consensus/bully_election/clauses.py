"""What bully election promises, clause by clause."""

from __future__ import annotations

from collections.abc import Iterator

from concordant.spec.consensus.bully_election import AreYouThere, Coordinator, Elected, Election, Here, History, MemberView, Missed
from concordant.spec.vocabulary import (
    Address,
    Case,
    Cases,
    Fair,
    Fault,
    Need,
    Seen,
    Send,
    Suspected,
    always,
    always_each,
    case,
    eventually,
    every_step,
    on_event,
    sometimes,
)

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY | Fault.SUSPICION


# ---- epochs


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


@on_event(Elected, under=ALL)
def rounds_rise_by_one(before: History, by: Address, event: Elected) -> Cases:  # noqa: ARG001  # the signature of the kind
    """The round after one that has begun is the next: rounds count elections, of which there was each."""
    rounds = frozenset(epoch.round for epoch in before.epochs)
    yield case(event.epoch.round - 1 in rounds, begins=event.epoch, rounds=rounds)


# ---- what is said


@on_event(Send, under=ALL)
def a_message_is_true(before: History, by: Address, event: Send) -> Cases:
    """Nobody is told of an epoch that has not begun, nor asked to stand, or whether it is there, by one that is higher; and whoever says that it is there was asked.

    Of another's reign only who stands tells, and others than leaders only who stands asks whether they are there.
    """
    higher, leads = before.above(by), frozenset(epoch.leader for epoch in before.epochs)
    match event.message:
        case Coordinator(epoch):
            yield case(epoch in before.epochs and event.to != by, tells=epoch, to=event.to, epochs=before.epochs)
            yield case(epoch.leader == by or by in before.stood, tells=epoch, by=by, stood=before.stood)
        case Election():
            yield case(event.to in higher, asks=event.to, higher=higher)
        case AreYouThere():
            yield case(event.to in higher and (event.to in leads or by in before.stood), asks=event.to, higher=higher, leads=leads)
        case Here():
            yield case((event.to, by) in before.probed, answers=event.to, probed=before.probed)


@always(under=ALL)
def all_are_told(seen: Seen[History]) -> Cases:
    """Whoever is elected tells all others, and whoever stands asks all that are higher, in the same step, unless it crashes meanwhile.

    Before anybody has had a cause to stand there is nobody to tell, so that nothing is judged.
    """
    if seen.history.caused:
        yield case(not seen.history.owed, owed=seen.history.owed)


@always_each(MemberView, under=ALL)
def whoever_stands_has_asked(view: MemberView, member: Address, history: History) -> Cases:
    """Whoever follows nobody has asked others to stand, and has had a cause."""
    if view.leader is None:
        yield case(member in history.stood & history.caused, member=member, stood=history.stood, caused=history.caused)


@on_event(Elected, under=ALL)
def nobody_is_elected_without_a_cause(before: History, by: Address, event: Elected) -> Cases:  # noqa: ARG001  # the signature of the kind
    """Whoever is elected has had a cause to stand.

    One that is higher was reported, or asked whether it is there; one that is lower has asked it to stand, or leads; or it was down.
    """
    yield case(by in before.caused, by=by, caused=before.caused)


@on_event(Elected, under=ALL)
def no_reign_begins_in_vain(before: History, by: Address, event: Elected) -> Cases:  # noqa: ARG001  # the signature of the kind
    """Whoever leads in the latest epoch is not elected again, unless it was down."""
    latest = max(before.epochs)
    yield case(latest.leader != by or by not in before.reigned, by=by, latest=latest, reigned=before.reigned)


# ---- who is down


@always_each(MemberView, under=ALL)
def nobody_is_suspected_without_a_cause(view: MemberView, member: Address, history: History) -> Cases:
    """Whoever a member suspects is down, as the detector says, or was asked whether it is there, and was silent."""
    if view.suspects:
        yield case(view.suspects <= history.doubted(member), member=member, suspects=view.suspects, doubted=history.doubted(member))


@always_each(MemberView, under=ALL)
def a_report_is_believed(view: MemberView, member: Address, history: History) -> Cases:
    """A member suspects whoever is down as the detector, or silence, says, unless it may have heard that this one leads."""
    silent = frozenset(peer for to, peer in history.reported if to == member and peer not in history.proclaimed)
    if silent:
        yield case(silent <= view.suspects, member=member, suspects=view.suspects, reported=silent)


@on_event(Suspected, under=ALL)
def a_report_is_heard_once(before: History, by: Address, event: Suspected) -> Cases:
    """A member takes no notice of a report that it has heard before, unless it may have heard that whom it is about leads."""
    again = (by, event.peer) in before.reported and event.peer not in before.proclaimed
    yield case(not again, by=by, of=event.peer, reported=before.reported, proclaimed=before.proclaimed)


@on_event(Send, under=Fault.CRASH | Fault.RECOVERY, needs=Need.TIMELY)
def nobody_is_asked_in_vain(before: History, by: Address, event: Send) -> Cases:
    """A member that was asked whether it is there, and neither has said anything since nor is said to lead, is not asked again: it is down."""
    if isinstance(event.message, AreYouThere):
        yield case((by, event.to) not in before.awaited or event.to in before.proclaimed, by=by, asks=event.to, awaited=before.awaited)


@on_event(Missed, under=Fault.CRASH, needs=Need.TIMELY)
def nobody_is_given_up_that_answers(before: History, by: Address, event: Missed) -> Cases:
    """Whoever is taken for down was asked whether it is there, and has said nothing since; and is taken for down once, unless it is said to lead."""
    pairs = frozenset((by, peer) for peer in event.peers)
    again = frozenset(peer for _, peer in pairs & before.reported) - before.proclaimed
    yield case(pairs <= before.awaited, by=by, takes_for_down=event.peers, awaited=before.awaited)
    yield case(not again, by=by, takes_for_down=event.peers, reported=before.reported)


@always_each(MemberView, under=ALL)
def nobody_follows_whom_it_suspects(view: MemberView, member: Address, history: History) -> Cases:  # noqa: ARG001
    """Whoever suspects its leader follows nobody: it stands, or leads."""
    if view.suspects:
        yield case(view.leader not in view.suspects, member=member, leader=view.leader, suspects=view.suspects)


# ---- who leads


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
    """The same without a detector, where silence is proof."""
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
    """The same without a detector, where silence is proof."""
    yield from none_higher(seen)


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=Fault.CRASH | Fault.RECOVERY | Fault.SUSPICION, needs=Need.EVENTUALLY_PERFECT_DETECTOR)
def one_leader_for_good(seen: Seen[History]) -> Cases:
    """In the end all that are up follow the highest of them, for good, also where the detector has erred before."""
    yield from all_follow_the_highest(seen)


@eventually(Fair.TRIGGERS, under=Fault.CRASH | Fault.RECOVERY | Fault.SUSPICION, needs=Need.EVENTUALLY_PERFECT_DETECTOR)
def nobody_is_suspected_for_good(seen: Seen[History]) -> Cases:
    """In the end nobody suspects one that is up, for good."""
    up = {member: view for member, view in seen.views(MemberView).items() if seen.up(member)}
    for member, view in up.items():
        if len(up) > 1:
            yield case(view.suspects.isdisjoint(up), member=member, suspects=view.suspects, up=tuple(up))


@eventually(Fair.DELIVERY | Fair.CHOICES, under=Fault.CRASH | Fault.RECOVERY, needs=Need.TIMELY)
def one_leader_for_good_in_time(seen: Seen[History]) -> Cases:
    """The same without a detector, where silence is proof, and everybody has its turn to probe."""
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
