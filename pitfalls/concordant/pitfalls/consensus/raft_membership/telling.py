"""What goes wrong around changes of the members of Raft: clients that are told what is not so, or nothing, and members to which nothing is sent."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.consensus.raft_membership.changing import PAIR, RELIABLE, S0, S1, TIMELY, TRIO, alone, pair
from concordant.refimpl.consensus.raft import Leader, State, Trigger
from concordant.refimpl.consensus.raft_membership import SAFETY, Server, system
from concordant.refimpl.machine import Pitfall, Step, System, step
from concordant.spec.consensus import raft_membership as spec
from concordant.spec.consensus.raft import (
    Committed,
    Contact,
    History,
    Message,
    Mismatch,
    NotLeader,
    Submit,
)
from concordant.spec.consensus.raft import clauses as core
from concordant.spec.consensus.raft_membership import NOT_NOW, Change, Request
from concordant.spec.vocabulary import Address, Map, Reply, Unknown

# ---- mistakes


@frozen
class AwaitsACommand(Server):
    """Changes the members only when more is committed than the entry with which its term begins."""

    def has_begun(self, state: State) -> bool:
        return super().has_begun(state) and state.commit > 1


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
class PutsOffInSilence(Server):
    """Gives no answer to a change that it may not make."""

    def change(self, state: State, role: Leader, client: Address, request: Change) -> Step[State]:
        after = super().change(state, role, client, request)
        return step(after.state, *(effect for effect in after.effects if effect != Reply(client, NOT_NOW)))


@frozen
class QueuesInSilence(Server):
    """Keeps a change for later that comes while another is under way, and forgets it."""

    def change(self, state: State, role: Leader, client: Address, request: Change) -> Step[State]:
        return super().change(state, role, client, request) if self.is_settled(state) else step(state)


@frozen
class LeavesWhoWaits(Server):
    """Does not tell who waits that it is deposed."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        after = super().receive(state, source, message)
        return after and step(after.state, *(effect for effect in after.effects if effect not in self.unsure(state)))

    def unsure(self, state: State) -> tuple[Reply, ...]:
        """Return what it owes those who wait."""
        return tuple(Reply(client, Unknown()) for client in state.role.waiting.values()) if isinstance(state.role, Leader) else ()


@frozen
class DropsWhoWaits(Server):
    """Begins anew with a change: who waits for a command is forgotten."""

    def change(self, state: State, role: Leader, client: Address, request: Change) -> Step[State]:
        return super().change(state, evolve(role, waiting=Map()), client, request)


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
class HintsAtItself(Server):
    """Sends whoever asks it back to itself."""

    def request(self, state: State, client: Address, request: Request) -> Step[State]:
        return super().request(state, client, request) if isinstance(state.role, Leader) else step(state, Reply(client, NotLeader(self.me)))


@frozen
class GivesNoHint(Server):
    """Says that it does not lead, and not who does."""

    def request(self, state: State, client: Address, request: Request) -> Step[State]:
        return super().request(state, client, request) if isinstance(state.role, Leader) else step(state, Reply(client, NotLeader(None)))


@frozen
class NumbersChangesAnew(Server):
    """Gives a change a number of its own, so that nobody knows it again."""

    def change(self, state: State, role: Leader, client: Address, request: Change) -> Step[State]:
        return super().change(state, role, client, evolve(request, number=request.number + 1))


# ---- the pitfalls, in systems as small as show them


AWAITS_A_COMMAND = Pitfall(
    "raft_membership.AwaitsACommand",
    "A leader has committed the entry with which its term begins, and puts off a change as if it had not: nobody may ask for anything else.",
    breaks=spec.an_answer_is_true,
    subject=alone(AwaitsACommand, (S0, (PAIR,))),
    length=3,
)
SAYS_YES_AT_ONCE = Pitfall(
    "raft_membership.SaysYesAtOnce",
    "A change is confirmed before a majority of the new members has it.",
    breaks=spec.an_answer_is_true,
    subject=alone(SaysYesAtOnce, (S0, (PAIR,))),
    length=3,
)
CHANGES_IN_SILENCE = Pitfall(
    "raft_membership.ChangesInSilence",
    "A leader changes the members by itself, and does not say so.",
    breaks=spec.a_leader_tells_its_log,
    subject=alone(ChangesInSilence, (S0, (PAIR,))),
    length=3,
)
PUTS_OFF_IN_SILENCE = Pitfall(
    "raft_membership.PutsOffInSilence",
    "A change that may not be made is dropped, and its client waits.",
    breaks=spec.a_change_waits_where_it_is,
    subject=alone(PutsOffInSilence, (S0, (PAIR,))),
    length=2,
)
QUEUES_IN_SILENCE = Pitfall(
    "raft_membership.QueuesInSilence",
    "A change that comes while another is under way is neither made nor put off: its client waits for nothing.",
    breaks=spec.a_change_waits_where_it_is,
    subject=alone(QueuesInSilence, (S0, (PAIR,)), (S0, (TRIO,))),
    length=4,
)
LEAVES_WHO_WAITS = Pitfall(
    "raft_membership.LeavesWhoWaits",
    "A leader is deposed before its change is committed, and does not say so: its client waits at a server that can do nothing for it.",
    breaks=spec.a_change_waits_where_it_is,
    subject=pair(LeavesWhoWaits, (S0, (frozenset({S0}),))),
    length=10,
)


def _joining(server: type[Server]) -> System[History]:
    promises = (*SAFETY, spec.every_request_is_answered)
    return system((S0, (PAIR,)), first=1, servers=2, candidates=(S0,), network=RELIABLE, faults=TIMELY, server=server, promises=promises)


DROPS_WHO_WAITS = Pitfall(
    "raft_membership.DropsWhoWaits",
    "A command is under way when the members change: it is committed, and its client hears nothing.",
    breaks=core.nobody_waits_for_what_is_committed,
    subject=pair(DropsWhoWaits, (S0, ("x",)), (S0, (frozenset({S0}),))),
    length=10,
)
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
    subject=alone(PutsOffCommands, (S0, (PAIR,)), (S0, ("x",))),
    length=4,
)
PUTS_OFF_EVERYWHERE = Pitfall(
    "raft_membership.PutsOffEverywhere",
    "A server that does not lead puts a change off, instead of saying so: its client waits for the wrong server.",
    breaks=spec.an_answer_is_true,
    subject=alone(PutsOffEverywhere, (S0, (PAIR,)), informed=False),
    length=1,
)
HINTS_AT_ITSELF = Pitfall(
    "raft_membership.HintsAtItself",
    "A server that does not lead names itself as whom to ask: its client comes back for ever.",
    breaks=spec.an_answer_is_true,
    subject=alone(HintsAtItself, (S0, ("x",)), informed=False),
    length=1,
)
GIVES_NO_HINT = Pitfall(
    "raft_membership.GivesNoHint",
    "A server hears from its leader, and does not send clients there: these must try the servers one by one, and know not which there are.",
    breaks=spec.whoever_follows_says_whom,
    subject=pair(GivesNoHint, (S1, ("x",)), informed=False),
    length=7,
)
NUMBERS_CHANGES_ANEW = Pitfall(
    "raft_membership.NumbersChangesAnew",
    "A change stands in the log under another number than its client has given it.",
    breaks=spec.validity,
    subject=alone(NumbersChangesAnew, (S0, (PAIR,))),
    length=3,
)
