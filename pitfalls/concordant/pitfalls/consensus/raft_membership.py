"""What goes wrong when the members of Raft change: majorities that do not meet, of configurations that are too far from each other."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.consensus.raft import Leader, State, Trigger
from concordant.refimpl.consensus.raft_membership import SAFETY, Server, system
from concordant.refimpl.machine import ANY, Ask, Fire, Pitfall, Receive, Step, System, step
from concordant.spec.consensus import raft_membership as spec
from concordant.spec.consensus.raft import (
    AppendEntries,
    Committed,
    Contact,
    Elect,
    Grant,
    History,
    Log,
    Message,
    Mismatch,
    RequestVote,
    Stored,
    Submit,
    Written,
)
from concordant.spec.consensus.raft import clauses as core
from concordant.spec.consensus.raft_membership import NOT_NOW, Change, Members, Request
from concordant.spec.vocabulary import Address, Faults, Network, Reply, addresses

# ---- mistakes


@frozen
class ChangesBeforeItHasBegun(Server):
    """Changes the members before an entry of its term is committed, as Raft was published in 2014."""

    def has_begun(self, state: State) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class ChangesBeforeTheLast(Server):
    """Changes the members before its last change is committed."""

    def is_settled(self, state: State) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class ChangesManyAtOnce(Server):
    """Makes any servers the members."""

    def may_change(self, state: State, asked: Members) -> bool:
        return self.me in asked and self.is_settled(state) and self.has_begun(state)


@frozen
class ChangesToTheSame(Server):
    """Takes the members that there are for a change like any other."""

    def may_change(self, state: State, asked: Members) -> bool:
        return super().may_change(state, asked) or (asked == self.members(state.log) and self.is_settled(state) and self.has_begun(state))


@frozen
class KeepsTheFirstMembers(Server):
    """Goes on with the members that it has started with."""

    def members(self, log: Log) -> Members:  # noqa: ARG002  # that is the mistake
        return self.first


@frozen
class AsksTheFirstMembers(Server):
    """Stands before the members that it has started with."""

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        return super().fire(state, trigger) if isinstance(state.role, Leader) else self.among(()).fire(state, trigger)

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        if isinstance(message, Grant):
            return self.among(()).receive(state, source, message)
        return super().receive(state, source, message)


@frozen
class SaysYesAtOnce(Server):
    """Confirms a change as soon as it is in force at itself."""

    def change(self, state: State, role: Leader, client: Address, request: Change) -> Step[State]:
        after = super().change(state, role, client, request)
        return (
            after
            if after.effects[-1:] == (Reply(client, NOT_NOW),)
            else step(state, Reply(client, Committed(len(after.state.log), state.term)))
        )


@frozen
class ChangesInSilence(Server):
    """Appends a change, and tells nobody of it."""

    def change(self, state: State, role: Leader, client: Address, request: Change) -> Step[State]:
        after = super().change(state, role, client, request)
        return step(after.state, *(effect for effect in after.effects if isinstance(effect, Reply)))


@frozen
class CountsWhoIsBehind(Server):
    """Takes whatever a follower has stored for all of its log."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        return super().receive(state, source, evolve(message, index=len(state.log)) if isinstance(message, Stored) else message)


@frozen
class PutsOffInSilence(Server):
    """Gives no answer to a change that it may not make."""

    def change(self, state: State, role: Leader, client: Address, request: Change) -> Step[State]:
        after = super().change(state, role, client, request)
        return step(after.state, *(effect for effect in after.effects if effect != Reply(client, NOT_NOW)))


@frozen
class ContactsTheFirstMembers(Server):
    """Contacts by itself only those who were members at first."""

    def armed(self, state: State) -> tuple[Trigger, ...]:
        return tuple(trigger for trigger in super().armed(state) if not isinstance(trigger, Contact) or trigger.to in self.first)


@frozen
class NeverGoesBack(Server):
    """Sends a new member what is new, and not what that lacks."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        return None if isinstance(message, Mismatch) else super().receive(state, source, message)


@frozen
class PutsOffCommands(Server):
    """Takes no command while a change is not committed."""

    def request(self, state: State, client: Address, request: Request) -> Step[State]:
        if isinstance(request, Submit) and not self.is_settled(state):
            return step(state, Reply(client, NOT_NOW))
        return super().request(state, client, request)


@frozen
class PutsOffEverywhere(Server):
    """Says *not now* to a change although it does not lead."""

    def request(self, state: State, client: Address, request: Request) -> Step[State]:
        return super().request(state, client, request) if isinstance(state.role, Leader) else step(state, Reply(client, NOT_NOW))


@frozen
class NumbersChangesAnew(Server):
    """Gives a change a number of its own, so that nobody knows it again."""

    def change(self, state: State, role: Leader, client: Address, request: Change) -> Step[State]:
        return super().change(state, role, client, evolve(request, number=request.number + 1))


# ---- the pitfalls, in systems as small as show them

RELIABLE, TIMELY = Network(), Faults(synchronous=True)
S0, S1, S2, S3 = addresses("server", 4)
C0, C1 = addresses("client", 2)
PAIR, TRIO = frozenset({S0, S1}), frozenset({S0, S1, S2})


def elect(leader: Address, term: int, *voters: Address) -> tuple[object, ...]:
    """Stand, and be elected by these and itself."""
    asked = tuple(
        move for voter in voters for move in (Receive(voter, leader, RequestVote(term, ANY)), Receive(leader, voter, Grant(term)))
    )
    return (Fire(leader, Elect), *asked)


def send(leader: Address, peer: Address, answer: type[Stored | Mismatch] = Stored) -> tuple[object, ...]:
    """Send a peer the next entry, which it stores, or which does not match what it has."""
    return (Fire(leader, Contact(peer)), Receive(peer, leader, AppendEntries), Receive(leader, peer, answer))


CROSSING = ((S0, (frozenset({S0, S2, S3}),)), (S1, (frozenset({S1, S2, S3}),)))
CHANGES_BEFORE_IT_HAS_BEGUN = Pitfall(
    "raft_membership.ChangesBeforeItHasBegun",
    "Two leaders change the members that both have found, of which the second does not know of the first: two majorities that do not meet, and one elects who lacks what the other has committed (raft-dev, 2015).",
    breaks=core.what_is_committed_stays,
    subject=system(*CROSSING, first=4, servers=4, candidates=(S0, S1, S0), network=RELIABLE, server=ChangesBeforeItHasBegun),
    length=40,
    schedule=(
        *elect(S0, 1, S1, S2),
        Ask(S0, C0, ANY),  # the second server is to leave: so far only the first knows
        Fire(S0, Written),
        *elect(S1, 2, S2, S3),
        Ask(S1, C1, ANY),  # the first is to leave: its second and third are a majority of the rest
        Fire(S1, Written),
        *send(S1, S2),
        *send(S1, S2),  # here that is committed
        Receive(S0, S1, RequestVote(2, ANY)),
        *elect(S0, 3, S3),  # a majority of the first, the third and the fourth
        Fire(S0, Written),
        *send(S0, S3, Mismatch),
        *send(S0, S3, Mismatch),
        *send(S0, S3),
        *send(S0, S3),
        *send(S0, S3),  # and commits: at the first place there are two entries
    ),
    correct=system(*CROSSING, first=4, servers=4, candidates=(S0, S1, S0), network=RELIABLE),
    correct_stops_at=25,
)


def _alone(server: type[Server], *scripts: tuple[Address, tuple[str | Members, ...]], informed: bool = True) -> System[History]:
    """One server, which leads; two others may join it."""
    return system(*scripts, first=1, servers=3, candidates=(S0,), informed=informed, network=RELIABLE, faults=TIMELY, server=server)


CHANGES_AT_ONCE = Pitfall(
    "raft_membership.ChangesBeforeItHasBegun/alone",
    "A leader changes the members before an entry of its term is committed.",
    breaks=spec.one_change_at_a_time,
    subject=_alone(ChangesBeforeItHasBegun, (S0, (PAIR,))),
    length=2,
)
CHANGES_BEFORE_THE_LAST = Pitfall(
    "raft_membership.ChangesBeforeTheLast",
    "A leader adds a second server before that the first is a member is committed.",
    breaks=spec.one_change_at_a_time,
    subject=_alone(ChangesBeforeTheLast, (S0, (PAIR,)), (S0, (TRIO,))),
    length=4,
)
CHANGES_MANY_AT_ONCE = Pitfall(
    "raft_membership.ChangesManyAtOnce",
    "A leader adds two servers by one change: one server was a majority, and the two others are one.",
    breaks=spec.one_change_at_a_time,
    subject=_alone(ChangesManyAtOnce, (S0, (TRIO,))),
    length=3,
)
CHANGES_TO_THE_SAME = Pitfall(
    "raft_membership.ChangesToTheSame",
    "A leader takes the members that there are for a change: its log has a configuration that changes nothing, and holds up the next.",
    breaks=spec.one_change_at_a_time,
    subject=_alone(ChangesToTheSame, (S0, (frozenset({S0}),))),
    length=3,
)
COMMITS_BY_THE_FIRST_MEMBERS = Pitfall(
    "raft_membership.KeepsTheFirstMembers",
    "A leader counts those who were members at first: it commits by itself although another has joined.",
    breaks=spec.a_commitment_needs_a_majority,
    subject=_alone(KeepsTheFirstMembers, (S0, (PAIR,))),
    length=4,
)
ASKS_THE_FIRST_MEMBERS = Pitfall(
    "raft_membership.AsksTheFirstMembers",
    "A server that was removed still counts as a voter.",
    breaks=spec.an_election_needs_a_majority,
    subject=system((S0, (PAIR,)), first=3, servers=3, candidates=(S0, S1), network=RELIABLE, faults=TIMELY, server=AsksTheFirstMembers),
    length=17,
)
SAYS_YES_AT_ONCE = Pitfall(
    "raft_membership.SaysYesAtOnce",
    "A change is confirmed before a majority of the new members has it.",
    breaks=spec.an_answer_is_true,
    subject=_alone(SaysYesAtOnce, (S0, (PAIR,))),
    length=3,
)
CHANGES_IN_SILENCE = Pitfall(
    "raft_membership.ChangesInSilence",
    "A leader changes the members by itself, and does not say so.",
    breaks=spec.a_leader_tells_its_log,
    subject=_alone(ChangesInSilence, (S0, (PAIR,))),
    length=3,
)
COUNTS_WHO_IS_BEHIND = Pitfall(
    "raft_membership.CountsWhoIsBehind",
    "A new member that stores the first entry is counted for all of them.",
    breaks=spec.a_commitment_needs_a_majority,
    subject=_alone(CountsWhoIsBehind, (S0, (PAIR,))),
    length=10,
)
PUTS_OFF_IN_SILENCE = Pitfall(
    "raft_membership.PutsOffInSilence",
    "A change that may not be made is dropped, and its client waits.",
    breaks=spec.a_change_waits_where_it_is,
    subject=_alone(PutsOffInSilence, (S0, (PAIR,))),
    length=2,
)


def _joining(server: type[Server]) -> System[History]:
    promises = (*SAFETY, spec.every_request_is_answered)
    return system((S0, (PAIR,)), first=1, servers=2, candidates=(S0,), network=RELIABLE, faults=TIMELY, server=server, promises=promises)


CONTACTS_THE_FIRST_MEMBERS = Pitfall(
    "raft_membership.ContactsTheFirstMembers",
    "A new member is counted, and nothing is sent to it.",
    breaks=spec.every_request_is_answered,
    subject=_joining(ContactsTheFirstMembers),
    length=4,
)
NEVER_GOES_BACK = Pitfall(
    "raft_membership.NeverGoesBack",
    "A new member lacks the entries from before it joined, and is sent the last one again and again.",
    breaks=spec.every_request_is_answered,
    subject=_joining(NeverGoesBack),
    length=9,
)
PUTS_OFF_COMMANDS = Pitfall(
    "raft_membership.PutsOffCommands",
    "A leader takes no commands while a change is under way.",
    breaks=spec.an_answer_is_true,
    subject=_alone(PutsOffCommands, (S0, (PAIR,)), (S0, ("x",))),
    length=4,
)
PUTS_OFF_EVERYWHERE = Pitfall(
    "raft_membership.PutsOffEverywhere",
    "A server that does not lead puts a change off, instead of saying so: its client waits for the wrong server.",
    breaks=spec.an_answer_is_true,
    subject=_alone(PutsOffEverywhere, (S0, (PAIR,)), informed=False),
    length=1,
)
NUMBERS_CHANGES_ANEW = Pitfall(
    "raft_membership.NumbersChangesAnew",
    "A change stands in the log under another number than its client has given it.",
    breaks=spec.validity,
    subject=_alone(NumbersChangesAnew, (S0, (PAIR,))),
    length=3,
)
