"""Bracha's broadcast as one machine that every process runs: it echoes, is ready, and delivers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.consensus.shared.byzantine import Sizes, tells
from concordant.refimpl.machine import Ask, Byzantine, KnownViolation, Process, Receive, Step, System, User, step
from concordant.spec.consensus import byzantine_broadcast as spec
from concordant.spec.consensus.byzantine_broadcast import SENDER, Broadcast, Delivered, DeliveryView, Echo, History, Initial, Ready
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Map, Network, Send, addresses, broadcast


@frozen
class Listening:
    """Counts what each process said last, itself among them; those that do not lie say one thing."""

    echoes: Map[Address, str] = Map()
    readies: Map[Address, str] = Map()


@frozen
class Readied:
    """Is ready for a value, and counts who else is. `echoed`: whether it has echoed what the sender told it."""

    value: str
    echoed: bool
    readies: frozenset[Address]


@frozen
class Done:
    """Has delivered a value. Whoever waits for others will hear enough of them without it."""

    value: str


State: TypeAlias = Listening | Readied | Done
Message: TypeAlias = Initial | Echo | Ready


@frozen
class Peer(Process[State, Message, Broadcast]):
    """One of several processes, all of which know the sender and each other."""

    me: Address
    peers: tuple[Address, ...]
    sizes: Sizes

    def start(self) -> Step[State]:
        return step(Listening())

    def request(self, state: State, client: Address, request: Broadcast) -> Step[State] | None:  # noqa: ARG002  # nobody is answered
        if self.me != SENDER or isinstance(state, Done) or self.has_echoed(state):
            return None
        echoed = self.echo(state, request.value)
        return step(echoed.state, *broadcast(self.peers, Initial(request.value)), *echoed.effects)

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        if isinstance(state, Done) or not self.is_member(source):
            return None
        match message:
            case Initial(value):
                return self.echo(state, value) if self.is_sender(source) and not self.has_echoed(state) else None
            case Echo(value):
                return self.listened(evolve(state, echoes=state.echoes.put(source, value)), value) if isinstance(state, Listening) else None
            case Ready(value):
                return self.heard_ready(state, source, value)
            case _:
                assert_never(message)

    def is_member(self, source: Address) -> bool:
        return source in self.peers

    def is_sender(self, source: Address) -> bool:
        return source == SENDER

    def has_echoed(self, state: Listening | Readied) -> bool:
        return self.me in state.echoes if isinstance(state, Listening) else state.echoed

    def echo(self, state: Listening | Readied, value: str) -> Step[State]:
        # Also who is ready echoes. Of more than four processes two may be ready, and too few to make others so; if those two
        # echoed no more, the others could be one echo short of a quorum for ever.
        listened = (
            self.listened(evolve(state, echoes=state.echoes.put(self.me, value)), value)
            if isinstance(state, Listening)
            else step(evolve(state, echoed=True))
        )
        return step(listened.state, *broadcast(self.peers, Echo(value)), *listened.effects)

    def heard_ready(self, state: Listening | Readied, source: Address, value: str) -> Step[State] | None:
        if isinstance(state, Listening):
            return self.listened(evolve(state, readies=state.readies.put(source, value)), value)
        return self.counted(evolve(state, readies=state.readies | {source})) if value == state.value else None

    def listened(self, state: Listening, value: str) -> Step[State]:
        """Be ready for a value that was just heard, if that is safe."""
        if not self.may_be_ready(state, value):
            return step(state)
        counted = self.counted(Readied(value, self.me in state.echoes, frozenset({self.me, *who_said(state.readies, value)})))
        return step(counted.state, *broadcast(self.peers, Ready(value)), *counted.effects)

    def may_be_ready(self, state: Listening, value: str) -> bool:
        # The hard step. Two quorums of echoes have an honest process in common, and that echoes one value: so all who are
        # ready by a quorum are so for one value. Of f + 1 that are ready one is honest: whoever believes them follows somebody who was
        # ready by a quorum, so that what f lie about is never enough. And it must believe them: a liar may have completed
        # the quorum for one process, and be silent to all others.
        echoes, readies = len(who_said(state.echoes, value)), len(who_said(state.readies, value))
        return echoes >= self.sizes.quorum or readies >= self.sizes.witnesses

    def counted(self, state: Readied) -> Step[State]:
        """Deliver, if enough are ready: f + 1 of them are honest, and those make everybody ready."""
        if len(state.readies) < self.sizes.lasting:
            return step(state)
        return step(Done(state.value), Announce(Delivered(state.value)))

    def survives(self, state: State) -> Iterable[State]:
        return (state,)  # it does not come back: what it had delivered when it stopped is what it is seen to have delivered

    def view(self, state: State) -> DeliveryView:
        return DeliveryView(state.value if isinstance(state, Done) else None)


def who_said(said: Map[Address, str], value: str) -> tuple[Address, ...]:
    """List who said a value."""
    return tuple(address for address, heard in said.items() if heard == value)


# ---- together

SAFETY: tuple[Clause, ...] = (
    spec.agreement,
    spec.nothing_is_delivered_twice,
    spec.nobody_honest_equivocates,
    spec.is_delivered,
)
LIVENESS: tuple[Clause, ...] = (spec.all_deliver_or_none,)
OF_AN_HONEST_SENDER: tuple[Clause, ...] = (
    spec.what_an_honest_sender_did_not_say_is_not_delivered,
    spec.what_an_honest_sender_says_is_delivered,
)
OF_A_LIAR: tuple[Clause, ...] = (spec.is_delivered_by_who_echoed_another,)


def system(
    members: int = 4,
    *,
    faulty: int = 1,
    liars: tuple[Address, ...] = (),
    values: tuple[str, ...] = ("x",),
    asks: int = 1,
    lies: tuple[Send, ...] | None = None,
    network: Network = Network(),
    faults: Faults = Faults(),
    peer: type[Peer] = Peer,
    promises: tuple[Clause, ...] | None = None,
) -> System[History]:
    """Put so many processes together, which are prepared for so many faulty ones; the first is the sender.

    `values`: what it may be asked to broadcast, so many times, one of them each time. `lies`: what liars may say, by default anything with these values to anybody. `promises`: by default what fits the sender, who may be a liar.
    """
    everybody = addresses("process", members)
    honest = tuple(name for name in everybody if name not in liars)
    sizes = Sizes(members, faulty)
    said = tells(honest, *(says(value) for says in (Initial, Echo, Ready) for value in values)) if lies is None else lies
    of_the_sender = OF_AN_HONEST_SENDER if SENDER in honest else OF_A_LIAR
    return System(
        {name: peer(name, tuple(other for other in everybody if other != name), sizes) for name in honest},
        History(frozenset(honest)),
        (*SAFETY, *LIVENESS, *of_the_sender) if promises is None else promises,
        network,
        faults,
        (User(Address("user"), honest, (tuple(Broadcast(value) for value in values),) * asks),),
        tuple(Byzantine(name, lambda _: said) for name in liars),
        symmetric=(tuple((name,) for name in honest if name != SENDER),) if lies is None else (),
    )


P0, P1, P2, *_ = addresses("process", 3)

TOO_MANY_LIARS = KnownViolation(
    spec.what_an_honest_sender_says_is_delivered,
    "Of three processes one lies, and is silent: the others are no quorum, and with less than a quorum liars could make two of them disagree.",
    system(3, liars=(P2,)),
    (
        Ask(P0, Address("user"), Broadcast("x")),
        Receive(P1, P0, Initial("x")),
        Receive(P1, P0, Echo("x")),
        Receive(P0, P1, Echo("x")),
    ),
)
