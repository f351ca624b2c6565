"""PBFT's checkpoints: replicas discard what a quorum has executed, take nothing in beyond a window, and hand a certified state to whoever is behind.

Source: Castro and Liskov, "Practical Byzantine Fault Tolerance" (OSDI 1999), section 4.3. Every request executed is a checkpoint. A state
stands for its digest, too: the paper's replicas sign the digest and fetch the state. Within one view a quorum of votes decides: what
the third phase is for, and the certificates that are shown when the view changes, is in `pbft`.
Assumes: n replicas, of which at most f lie, and n ≥ 3f + 1; a signature cannot be forged, though anybody may show it again.
Survives loss, duplication, delay and reordering.
Does not promise: that anything is executed where the primary lies, since the view never changes.
"""

from __future__ import annotations

from itertools import combinations
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common import calls
from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Fault,
    Map,
    Rejected,
    Reply,
    Seen,
    Send,
    Unheard,
    always,
    always_each,
    at_rest,
    case,
    every_step,
    on_event,
    sometimes,
)

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.BYZANTINE
State: TypeAlias = tuple[str, ...]
"""What was executed, in order: the state of the strictest state machine. Its length is the sequence number that it comes after."""


@frozen
class Proposal:
    """The primary gives a request this sequence number. It is its vote, too."""

    number: int
    value: str


@frozen
class Vote:
    """The sender has accepted the primary's proposal, and accepts no other for this number."""

    number: int
    value: str


@frozen
class Checkpoint:
    """The sender has executed all that leads to this state."""

    state: State

    @property
    def number(self) -> int:
        """The sequence number of the request executed last."""
        return len(self.state)


Signable: TypeAlias = Proposal | Vote | Checkpoint
"""Of each kind, an honest replica signs one for a sequence number."""


@frozen
class Certificate:
    """A checkpoint is stable: these have signed it. Everybody begins with the empty state, which needs no signature."""

    state: State = ()
    signers: frozenset[Address] = frozenset()


@frozen
class Fetch:
    """The sender was told by the receiver of something beyond its window, and did not take it in."""


@frozen
class Transfer:
    """Answers a `Fetch`: the latest stable checkpoint of the sender, and what it has signed that goes further."""

    stable: Certificate
    signed: frozenset[Signable]


Message: TypeAlias = Signable | Fetch | Transfer


@frozen
class Submit:
    """A user asks a replica to have this executed."""

    value: str


@frozen
class Done:
    """It was executed, under this sequence number."""

    number: int


NOT_PRIMARY = Rejected("another replica is the primary")
NO_ROOM = Rejected("the window is full: nothing is proposed above the high mark")


@frozen
class Executed:
    """A replica executes a request on which a quorum has voted."""

    number: int
    value: str


@frozen
class Stabilized:
    """A checkpoint is stable for a replica, which discards all that led to it, and makes the state its own where it has not come so far."""

    certificate: Certificate


@frozen
class Signed:
    """A message with the signature of its sender."""

    by: Address
    message: Signable


@frozen
class ReplicaView:
    """The latest stable checkpoint of a replica, the state that it has come to, and the messages that it keeps."""

    stable: Certificate = Certificate()
    state: State = ()
    kept: frozenset[Signed] = frozenset()


# ---- history


@frozen
class History:
    """What honest replicas have signed, what they have executed, or taken over, and which checkpoints are stable for them.

    `honest`: who does not lie; `enough`: how many honest replicas there are, at least, in a quorum; `window`: how far above the low mark
    the high mark is; `owed`: who has still to be sent in this step what others were sent; `taken_over`: who has a state that it has not executed.
    """

    members: tuple[Address, ...]
    honest: frozenset[Address]
    enough: int
    window: int
    signed: frozenset[Signed] = frozenset()
    owed: frozenset[Send] = frozenset()
    states: Map[Address, State] = Map()
    stable: Map[Address, Certificate] = Map()
    taken_over: frozenset[Address] = frozenset()
    calls: Calls = Calls()

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        match happening:
            case Submit() | Reply() | Unheard():
                return evolve(self, calls=self.calls.after(at, by, happening))
            case Send(_, (Proposal() | Vote() | Checkpoint()) as message):
                owed = self.owed or {Send(other, message) for other in self.members if other != at}
                return evolve(self, signed=self.signed | {Signed(at, message)}, owed=frozenset(owed - {happening}))
            case Executed(_, value):
                return evolve(self, states=self.states.put(at, (*self.state(at), value)))
            case Stabilized(certificate):
                behind = len(self.state(at)) < len(certificate.state)
                return evolve(
                    self,
                    stable=self.stable.put(at, certificate),
                    states=self.states.put(at, certificate.state) if behind else self.states,
                    taken_over=self.taken_over | {at} if behind else self.taken_over,
                )
            case _:
                return self

    def state(self, of: Address) -> State:
        """Return the state that an honest replica has come to."""
        return self.states.get(of, ())

    def low(self, of: Address) -> int:
        """Return the low mark of an honest replica: the sequence number of its latest stable checkpoint."""
        return len(self.stable.get(of, Certificate()).state)

    def voters(self, number: int, value: str) -> frozenset[Address]:
        """List the honest replicas that have signed a request under a sequence number."""
        return frozenset(one.by for one in self.signed if one.message in (Proposal(number, value), Vote(number, value)))

    def is_backed(self, certificate: Certificate) -> bool:
        """Tell whether the honest ones that a certificate names have signed it, and are enough."""
        named = certificate.signers & self.honest
        signed = all(Signed(each, Checkpoint(certificate.state)) in self.signed for each in named)
        return not certificate.state or (signed and len(named) >= self.enough)

    def can_be_said(self, message: object) -> bool:
        """Tell whether a message can be sent, also by a liar: the signatures of honest ones in it must have been made."""
        if not isinstance(message, Transfer):
            return True
        named = message.stable.signers & self.honest
        return all(Signed(each, Checkpoint(message.stable.state)) in self.signed for each in named)


def contradict(one: Signable, other: Signable) -> bool:
    """Tell whether nobody honest has signed both: they are of one kind and number, and differ."""
    return type(one) is type(other) and one.number == other.number and one != other


# ---- safety


@always(under=ALL)
def agreement(seen: Seen[History]) -> Cases:
    """Of any two honest replicas one has executed, or taken over, what the other has, and perhaps more: also where the requests are discarded."""
    states = {address: view.state for address, view in seen.views(ReplicaView).items()}
    for (one, first), (other, second) in combinations(states.items(), 2):
        if first and second:
            common = min(len(first), len(second))
            yield case(first[:common] == second[:common], who=(one, other), first=first, second=second)


@always_each(ReplicaView, under=ALL)
def a_stable_checkpoint_is_backed(view: ReplicaView, replica: Address, history: History) -> Cases:
    """Whoever is named in a stable checkpoint has signed it, and f + 1 of them are honest."""
    if view.stable.state:
        yield case(history.is_backed(view.stable), replica=replica, stable=view.stable, signed=history.signed)


@on_event(Stabilized, under=ALL)
def what_is_discarded_is_executed(before: History, by: Address, event: Stabilized) -> Cases:
    """A quorum less those who may lie has come to a state before anybody discards what led to it: enough to hand it to all others; and each goes further than the last."""
    state = event.certificate.state
    who = frozenset(each for each in before.honest if before.state(each)[: len(state)] == state)
    yield case(len(who) >= before.enough, discards=state, who=who, enough=before.enough)
    yield case(len(state) > before.low(by), discards=state, low=before.low(by))


@always_each(ReplicaView, under=ALL)
def what_is_stable_is_its_state(view: ReplicaView, replica: Address, history: History) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A replica has come at least as far as its stable checkpoint: it executes no request twice, and skips none."""
    if view.stable.state:
        yield case(view.state[: len(view.stable.state)] == view.stable.state, replica=replica, stable=view.stable, state=view.state)


@always_each(ReplicaView, under=ALL)
def nothing_above_the_high_mark_is_kept(view: ReplicaView, replica: Address, history: History) -> Cases:
    """A replica takes nothing in above its high mark, or a liar who picks large numbers would fill its log."""
    if view.kept:
        highest, high = max(each.message.number for each in view.kept), len(view.stable.state) + history.window
        yield case(highest <= high, replica=replica, keeps=highest, high=high)


@always_each(ReplicaView, under=ALL)
def what_is_stable_is_not_kept(view: ReplicaView, replica: Address, history: History) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A replica keeps no message that led to its stable checkpoint, or its log would grow for ever."""
    if view.kept:
        lowest = min(each.message.number for each in view.kept)
        yield case(lowest > len(view.stable.state), replica=replica, keeps=lowest, low=len(view.stable.state))


@always_each(ReplicaView, under=ALL)
def a_liar_does_not_fill_a_log(view: ReplicaView, replica: Address, history: History) -> Cases:
    """Of each replica one message of each kind and number is kept, and nothing of anybody else."""
    if view.kept:
        kinds = {(each.by, type(each.message), each.message.number) for each in view.kept}
        yield case(len(kinds) == len(view.kept), replica=replica, kept=view.kept)
        yield case({each.by for each in view.kept} <= set(history.members), replica=replica, kept=view.kept)


@every_step(ReplicaView, under=ALL)
def what_counts_is_kept(before: ReplicaView, after: ReplicaView) -> Cases:
    """A replica drops nothing above its stable checkpoint, also what it has executed: others may need that."""
    counts = frozenset(each for each in before.kept if each.message.number > len(after.stable.state))
    if counts:
        yield case(counts <= after.kept, dropped=counts - after.kept)


@every_step(ReplicaView, under=ALL)
def nothing_is_taken_back(before: ReplicaView, after: ReplicaView) -> Cases:
    """A replica goes back neither behind what it has executed nor to an earlier stable checkpoint."""
    if before.state:
        yield case(after.state[: len(before.state)] == before.state, before=before.state, after=after.state)
        yield case(len(after.stable.state) >= len(before.stable.state), before=before.stable, after=after.stable)


@on_event(Executed, under=ALL)
def an_execution_has_a_quorum(before: History, by: Address, event: Executed) -> Cases:
    """A quorum less those who may lie has voted for what is executed, and it comes next."""
    voters = before.voters(event.number, event.value)
    yield case(len(voters) >= before.enough, executes=event, voters=voters, enough=before.enough)
    yield case(event.number == len(before.state(by)) + 1, executes=event, state=before.state(by))


@on_event(Send, under=ALL)
def a_message_is_true(before: History, by: Address, event: Send) -> Cases:
    """What honest ones send, to others, is so: within their window, what the primary proposes, what they have executed, what is stable for them; and they sign nothing that contradicts what they have signed."""
    message, primary = event.message, before.members[0]
    yield case(event.to != by, sends=message, to=event.to)
    match message:
        case Proposal() | Vote() | Checkpoint():
            low, clash = before.low(by), frozenset(one for one in before.signed if one.by == by and contradict(one.message, message))
            yield case(low < message.number <= low + before.window and not clash, signs=message, low=low, clash=clash)
            yield case(Signed(by, message) not in before.signed or event in before.owed, sends_again=message, to=event.to)
            if isinstance(message, Checkpoint):
                yield case(message.state == before.state(by), signs=message, state=before.state(by))
            else:
                yield case((by == primary) == isinstance(message, Proposal), signs=message, primary=primary)
            if isinstance(message, Vote) and primary in before.honest:
                yield case(Signed(primary, Proposal(message.number, message.value)) in before.signed, signs=message)
        case Transfer(stable, signed):
            own = frozenset(one.message for one in before.signed if one.by == by and one.message.number > before.low(by))
            yield case(stable == before.stable.get(by, Certificate()) and signed == own, sends=message, stable=stable, own=own)
        case _:  # a `Fetch`
            beyond = any(one.by == event.to and one.message.number > before.low(by) + before.window for one in before.signed)
            yield case(beyond or event.to not in before.honest, fetches_from=event.to, low=before.low(by))


@always(under=ALL)
def all_are_told(seen: Seen[History]) -> Cases:
    """A replica sends what it signs to all others, in one step."""
    if seen.history.signed:
        yield case(not seen.history.owed, owed=seen.history.owed)


@always(under=ALL)
def what_is_done_is_on_record(seen: Seen[History]) -> Cases:
    """A replica has said what it has executed, and what is stable for it."""
    for address, view in seen.views(ReplicaView).items():
        if view.state or view.stable.state:
            said = seen.history.state(address), seen.history.stable.get(address, Certificate())
            yield case((view.state, view.stable) == said, replica=address, state=view.state, stable=view.stable, said=said)


@on_event(Reply, under=ALL)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """What was executed has the number and the value that the answer is about; and nobody is turned away who asks the primary while its window has room."""
    if isinstance(event.answer, Done):
        number, asked, state = event.answer.number, before.calls.open[Call(event.to, by)], before.state(by)
        yield case(0 < number <= len(state) and asked == Submit(state[number - 1]), answer=event.answer, asked=asked, state=state)
    else:
        proposed = max((one.message.number for one in before.signed if isinstance(one.message, Proposal)), default=0)
        full = proposed >= before.low(by) + before.window
        due = NOT_PRIMARY if by != before.members[0] else NO_ROOM if full else None
        yield case(event.answer == due, answer=event.answer, should_be=due)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """Each request is answered once."""
    return calls.answered_once(seen.history.calls)


@at_rest(under=Fault.DUPLICATION | Fault.BYZANTINE)
def every_request_is_answered(seen: Seen[History]) -> Cases:
    """At rest every request that an honest primary has taken is executed: it waits for nobody who lies, and whoever did not take something in has fetched it."""
    return calls.nobody_waits(seen)


@at_rest(under=Fault.DUPLICATION | Fault.BYZANTINE)
def nobody_is_left_behind(seen: Seen[History]) -> Cases:
    """At rest, where the primary is honest, all honest replicas have come to one state, it is stable for all, and of what led to it nothing is left."""
    views, honest = seen.views(ReplicaView), seen.history.honest
    if seen.history.members[0] in honest and any(view.state for view in views.values()):
        yield case(len({(view.state, view.stable.state) for view in views.values()}) == 1, views=tuple(views.items()))
        kept = frozenset(each for view in views.values() for each in view.kept if each.by in honest)
        yield case(not kept, kept=kept)


@sometimes
def a_state_is_taken_over(seen: Seen[History]) -> Cases:
    """A replica comes to a state by a certificate, and has not executed what led to it."""
    yield case(bool(seen.history.taken_over), who=seen.history.taken_over)


@sometimes
def more_is_executed_than_is_stable(seen: Seen[History]) -> Cases:
    """A replica has executed as much as its window holds, and nothing of it is stable."""
    for view in seen.views(ReplicaView).values():
        yield case(len(view.state) == len(view.stable.state) + seen.history.window, view=view)
