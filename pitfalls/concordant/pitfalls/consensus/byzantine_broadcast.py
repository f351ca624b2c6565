"""What goes wrong with broadcasts where some lie: too few are asked, or too many, or a step of the three is left out."""

from __future__ import annotations

from typing import Any

from attrs import evolve, frozen

from concordant.refimpl.consensus.byzantine_broadcast import Done, Listening, Message, Peer, Readied, State, system, who_said
from concordant.refimpl.consensus.shared.byzantine import tells
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.consensus import byzantine_broadcast as spec
from concordant.spec.consensus.byzantine_broadcast import Delivered, Echo, Initial, Ready
from concordant.spec.vocabulary import Address, Announce, Network, addresses, broadcast

P0, P1, P2, P3 = addresses("process", 4)
COPIES = Network(duplicating=True)


@frozen
class CountsWhomItCanWaitFor(Peer):
    """Takes n - f for a quorum, and for enough that are ready: so many it can wait for."""

    def may_be_ready(self, state: Listening, value: str) -> bool:
        return len(who_said(state.echoes, value)) >= len(self.peers) + 1 - self.sizes.liars

    def counted(self, state: Readied) -> Step[State]:
        enough = len(state.readies) >= len(self.peers) + 1 - self.sizes.liars
        return step(Done(state.value), Announce(Delivered(state.value))) if enough else step(state)


@frozen
class DeliversWhatIsEchoed(Peer):
    """Delivers what a quorum has echoed: nobody honest can deliver anything else, but who says that they deliver anything?"""

    def listened(self, state: Listening, value: str) -> Step[State]:
        enough = len(who_said(state.echoes, value)) >= self.sizes.quorum
        return step(Done(value), Announce(Delivered(value))) if enough else step(state)


@frozen
class NeedsAQuorumOfItsOwn(Peer):
    """Is ready for what a quorum has echoed, however many others are."""

    def may_be_ready(self, state: Listening, value: str) -> bool:
        return len(who_said(state.echoes, value)) >= self.sizes.quorum


@frozen
class DeliversByWitnesses(Peer):
    """Delivers as soon as one that is ready is honest."""

    def counted(self, state: Readied) -> Step[State]:
        return step(Done(state.value), Announce(Delivered(state.value))) if len(state.readies) >= self.sizes.witnesses else step(state)


@frozen
class BelievesOne(Peer):
    """Is ready as soon as another is."""

    def may_be_ready(self, state: Listening, value: str) -> bool:
        return super().may_be_ready(state, value) or bool(who_said(state.readies, value))


@frozen
class BelievesWhoeverSaysSo(Peer):
    """Takes whoever sends an initial message for the sender."""

    def is_sender(self, source: Address) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class EchoesWhateverItIsTold(Peer):
    """Echoes each value that the sender tells it."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        if isinstance(message, Initial) and self.is_sender(source) and isinstance(state, Listening):
            return step(state, *broadcast(self.peers, Echo(message.value)))
        return super().receive(state, source, message)


@frozen
class WaitsForEverybody(Peer):
    """Takes all processes for a quorum: one that lies need only be silent."""

    def may_be_ready(self, state: Listening, value: str) -> bool:
        return len(who_said(state.echoes, value)) == len(self.peers) + 1


@frozen
class GoesOnCounting(Peer):
    """Delivers once more when one more is ready."""

    def counted(self, state: Readied) -> Step[State]:
        return evolve(super().counted(state), state=state)


@frozen
class CountsAnybody(Peer):
    """Counts whoever says something, also who is no member."""

    def is_member(self, source: Address) -> bool:  # noqa: ARG002  # that is the mistake
        return True


def lying_sender(peer: type[Peer], *lies: Message, members: int = 4) -> Any:
    """Return a system whose sender lies, and where messages are duplicated, which leaves fewer states."""
    return system(members, liars=(P0,), lies=tells(addresses("process", members)[1:], *lies), network=COPIES, peer=peer)


X, Y = Initial("x"), Initial("y")

THREE_TIMES_F = Pitfall(
    "byzantine_broadcast.CountsWhomItCanWaitFor",
    "Of three one lies, and two are taken for a quorum: the liar is in both quorums, tells x to one process and y to the other, and both deliver.",
    breaks=spec.agreement,
    subject=lying_sender(CountsWhomItCanWaitFor, X, Y, Echo("x"), Echo("y"), Ready("x"), Ready("y"), members=3),
    length=6,
)
NO_READY = Pitfall(
    "byzantine_broadcast.DeliversWhatIsEchoed",
    "What a quorum has echoed is delivered at once: a liar completes the quorum for one process and not for the others.",
    breaks=spec.all_deliver_or_none,
    subject=lying_sender(DeliversWhatIsEchoed, X, Y, Echo("x")),
    length=7,
)
NO_WITNESSES = Pitfall(
    "byzantine_broadcast.NeedsAQuorumOfItsOwn",
    "A process is ready only by a quorum of echoes that it has heard itself: one to which the liar sent none is never ready.",
    breaks=spec.all_deliver_or_none,
    subject=lying_sender(NeedsAQuorumOfItsOwn, X, Echo("x"), Ready("x")),
    length=13,
    quick=False,
)
TOO_FEW_READY = Pitfall(
    "byzantine_broadcast.DeliversByWitnesses",
    "A value is delivered when f + 1 are ready, of whom a liar may be one: the others do not hear of enough.",
    breaks=spec.all_deliver_or_none,
    subject=lying_sender(DeliversByWitnesses, X, Echo("x"), Ready("x")),
    length=10,
    quick=False,
)
ONE_WITNESS = Pitfall(
    "byzantine_broadcast.BelievesOne",
    "A process is ready because one other says it is: that one lies, and three deliver what nobody broadcast.",
    breaks=spec.what_an_honest_sender_did_not_say_is_not_delivered,
    subject=system(liars=(P3,), lies=tells((P0, P1, P2), Ready("x")), peer=BelievesOne),
    length=3,
)
NO_SENDER = Pitfall(
    "byzantine_broadcast.BelievesWhoeverSaysSo",
    "Whoever sends an initial message is taken for the sender.",
    breaks=spec.what_an_honest_sender_did_not_say_is_not_delivered,
    subject=system(liars=(P3,), lies=tells((P0, P1, P2), Initial("x"), Echo("x"), Ready("x")), network=COPIES, peer=BelievesWhoeverSaysSo),
    length=6,
)
ECHOES_TWICE = Pitfall(
    "byzantine_broadcast.EchoesWhateverItIsTold",
    "A process echoes each value that the sender tells it, and stands in a quorum for each.",
    breaks=spec.nobody_honest_equivocates,
    subject=lying_sender(EchoesWhateverItIsTold, X, Y),
    length=2,
)
WAITS = Pitfall(
    "byzantine_broadcast.WaitsForEverybody",
    "All must echo: one that lies is silent, and nothing is delivered.",
    breaks=spec.what_an_honest_sender_says_is_delivered,
    subject=system(liars=(P3,), lies=(), peer=WaitsForEverybody),
    length=9,
)
DELIVERS_AGAIN = Pitfall(
    "byzantine_broadcast.GoesOnCounting",
    "A value is delivered again for each one more that is ready.",
    breaks=spec.nothing_is_delivered_twice,
    subject=system(3, faulty=0, peer=GoesOnCounting),
    length=5,
)
STRANGERS = Pitfall(
    "byzantine_broadcast.CountsAnybody",
    "Whoever says that it is ready is counted, also who is no member.",
    breaks=spec.what_an_honest_sender_did_not_say_is_not_delivered,
    subject=system(2, faulty=0, liars=(Address("stranger"),), peer=CountsAnybody),
    length=1,
)
