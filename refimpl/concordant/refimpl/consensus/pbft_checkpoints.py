"""PBFT's checkpoints as a machine: a replica that does whatever its log allows, discards what is stable, and fetches what it did not take in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Never

from attrs import evolve, frozen

from concordant.refimpl.consensus.shared.byzantine import Sizes
from concordant.refimpl.machine import Byzantine, Forge, Move, Process, Receive, Step, System, User, step
from concordant.spec.consensus import pbft_checkpoints as spec
from concordant.spec.consensus.pbft_checkpoints import (
    NO_ROOM,
    NOT_PRIMARY,
    Certificate,
    Checkpoint,
    Done,
    Executed,
    Fetch,
    History,
    Message,
    Proposal,
    ReplicaView,
    Signable,
    Signed,
    Stabilized,
    Submit,
    Transfer,
    Vote,
    contradict,
)
from concordant.spec.vocabulary import Address, Announce, Clause, Map, Network, Reply, Seen, Send, addresses, broadcast


@frozen
class State:
    """`stable`: the latest stable checkpoint; `executed`: all that it has executed, or taken over; `waiting`: who asked for what it has proposed under which number.

    `log`: what it holds of the window, its own messages among them.
    """

    stable: Certificate = Certificate()
    executed: spec.State = ()
    log: frozenset[Signed] = frozenset()
    waiting: Map[int, Address] = Map()

    @property
    def low(self) -> int:
        """The low mark."""
        return len(self.stable.state)

    def signs(self, by: Address, message: Signable) -> State:
        """Put a message into the log."""
        return evolve(self, log=self.log | {Signed(by, message)})

    def signed(self, by: Address) -> frozenset[Signable]:
        """List what somebody has signed, of the window."""
        return frozenset(one.message for one in self.log if one.by == by)


@frozen
class Replica(Process[State, Message, Submit, Never]):
    """One of several replicas, of which the first is the primary."""

    me: Address
    members: tuple[Address, ...]
    sizes: Sizes
    window: int

    @property
    def peers(self) -> tuple[Address, ...]:
        """The other replicas."""
        return tuple(member for member in self.members if member != self.me)

    @property
    def primary(self) -> Address:
        """Who gives requests their numbers."""
        return self.members[0]

    def start(self) -> Step[State]:
        return step(State())

    # ---- users

    def request(self, state: State, client: Address, request: Submit) -> Step[State]:
        if self.me != self.primary:
            return step(state, Reply(client, NOT_PRIMARY))
        number = 1 + max((one.number for one in state.signed(self.me)), default=state.low)
        if not self.has_room(state, number):
            return step(state, Reply(client, NO_ROOM))
        return self.sign(evolve(state, waiting=state.waiting.put(number, client)), Proposal(number, request.value))

    def has_room(self, state: State, number: int) -> bool:
        """Tell whether a number is not above the high mark."""
        return number <= state.low + self.window

    def sign(self, state: State, message: Signable) -> Step[State]:
        return step(state.signs(self.me, message), *broadcast(self.peers, message))

    # ---- messages

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        if not self.is_member(source):
            return None
        match message:
            case Fetch():
                return step(state, Send(source, Transfer(state.stable, state.signed(self.me))))
            case Transfer(stable, signed):
                return self.take_over(state, source, stable, signed)
            case _ if not self.has_room(state, message.number):
                return step(state, *self.instead(source))
            case _:
                return self.went_on(state, step(self.take(state, source, message)))

    def is_member(self, source: Address) -> bool:
        return source in self.members

    def instead(self, source: Address) -> tuple[Send, ...]:
        """Return what is sent to whoever told of something beyond the window."""
        return (Send(source, Fetch()),)

    def take_over(self, state: State, source: Address, stable: Certificate, signed: Iterable[Signable]) -> Step[State] | None:
        newer = len(stable.state) > state.low and self.is_certificate(stable)
        begun = self.stabilized(state, stable) if newer else step(state)
        return self.went_on(state, begun.then(lambda left: step(self.take_all(left, source, signed))))

    def take_all(self, state: State, source: Address, signed: Iterable[Signable]) -> State:
        for message in sorted(signed, key=str):
            state = self.take(state, source, message) if self.has_room(state, message.number) else state
        return state

    def take(self, state: State, source: Address, message: Signable) -> State:
        """Put a message into the log, unless that is over, or its sender has signed another."""
        known = any(contradict(other, message) for other in state.signed(source))
        return state if self.is_over(state, message) or known else state.signs(source, message)

    def is_over(self, state: State, message: Signable) -> bool:
        return message.number <= state.low

    def is_certificate(self, stable: Certificate) -> bool:
        # The hard step. A quorum has executed what led to this state, and any other quorum has an honest member in common with it, which
        # has executed the same under each number: so no other state of that number is ever stable, and nobody needs to see what led to it.
        return self.is_quorum(stable.signers)

    def is_quorum(self, who: frozenset[Address]) -> bool:
        return len(who & set(self.members)) >= self.sizes.quorum

    # ---- what the log allows

    def went_on(self, before: State, after: Step[State]) -> Step[State] | None:
        """Do whatever the log allows now; nothing where nothing has come of a message."""
        return None if after.state == before else after.then(self.advance)

    def advance(self, state: State) -> Step[State]:
        """Do whatever the log allows: each rule may make another apply."""
        for rule in (self.vote, self.execute, self.stabilize, self.answer):
            done = rule(state)
            if done is not None:
                return done.then(self.advance)
        return step(state)

    def vote(self, state: State) -> Step[State] | None:
        signed = frozenset(one.number for one in state.signed(self.me))
        proposed = frozenset(
            (one.number, one.value) for one in state.signed(self.primary) if isinstance(one, Proposal) and one.number not in signed
        )
        return None if self.me == self.primary or not proposed else self.sign(state, Vote(*min(proposed)))

    def execute(self, state: State) -> Step[State] | None:
        number = len(state.executed) + 1
        votes = frozenset(
            (one.by, one.message.value) for one in state.log if isinstance(one.message, Proposal | Vote) and one.message.number == number
        )
        for value in sorted({value for _, value in votes}):
            if self.is_quorum(frozenset(by for by, voted in votes if voted == value)):
                return self.executed(state, number, value)
        return None

    def executed(self, state: State, number: int, value: str) -> Step[State]:
        done = evolve(state, executed=(*state.executed, value))
        return step(done, Announce(Executed(number, value))).then(lambda left: self.sign(left, Checkpoint(left.executed)))

    def stabilize(self, state: State) -> Step[State] | None:
        signed = frozenset((one.by, one.message.state) for one in state.log if isinstance(one.message, Checkpoint))
        certificates = (
            Certificate(reached, frozenset(by for by, other in signed if other == reached))
            for _, reached in sorted({(len(reached), reached) for _, reached in signed})
        )
        stable = tuple(each for each in certificates if self.is_quorum(each.signers))
        return self.stabilized(state, stable[-1]) if stable else None

    def stabilized(self, state: State, stable: Certificate) -> Step[State]:
        behind = len(state.executed) < len(stable.state)
        reached = evolve(state, stable=stable, executed=stable.state if behind else state.executed)
        return step(evolve(reached, log=self.kept(reached)), Announce(Stabilized(stable)))

    def kept(self, state: State) -> frozenset[Signed]:
        """Return what is left of the log above the low mark."""
        return frozenset(one for one in state.log if one.message.number > state.low)

    def answer(self, state: State) -> Step[State] | None:
        done = tuple(number for number in state.waiting if number <= len(state.executed))
        left = Map.of({number: user for number, user in state.waiting.items() if number not in done})
        return step(evolve(state, waiting=left), *(Reply(state.waiting[number], Done(number)) for number in done)) if done else None

    def view(self, state: State) -> ReplicaView:
        return ReplicaView(state.stable, state.executed, state.log)


# ---- together

SAFETY: tuple[Clause, ...] = (
    spec.agreement,
    spec.a_stable_checkpoint_is_backed,
    spec.what_is_discarded_is_executed,
    spec.what_is_stable_is_its_state,
    spec.nothing_above_the_high_mark_is_kept,
    spec.what_is_stable_is_not_kept,
    spec.a_liar_does_not_fill_a_log,
    spec.what_counts_is_kept,
    spec.nothing_is_taken_back,
    spec.an_execution_has_a_quorum,
    spec.a_message_is_true,
    spec.all_are_told,
    spec.what_is_done_is_on_record,
    spec.an_answer_is_true,
    spec.nobody_is_answered_twice,
)
PROMISES: tuple[Clause, ...] = (*SAFETY, spec.every_request_is_answered, spec.nobody_is_left_behind)


def last_is_late(move: Move, seen: Seen[History]) -> bool:
    """Assume that the last replica hears nothing before something is stable for all others, and that these hear of it only what it wants to fetch."""
    *_, last = seen.history.members
    match move:
        case Receive(at) if at == last:
            return all(view.stable.state for address, view in seen.views(ReplicaView).items() if address != last)
        case Receive(_, source, message) if source == last:
            return isinstance(message, Fetch)
        case _:
            return True


def system(
    members: int = 4,
    *,
    faulty: int = 1,
    window: int = 2,
    asks: tuple[tuple[Address, tuple[str, ...]], ...] = (),
    liars: tuple[Address, ...] = (),
    lies: tuple[Forge, ...] = (),
    network: Network = Network(),
    assume: tuple[Callable[[Move, Seen[History]], bool], ...] = (),
    replica: type[Replica] = Replica,
    promises: tuple[Clause, ...] = PROMISES,
) -> System[History]:
    """Put so many replicas together, which are prepared for so many that lie, and users.

    `asks`: which replica each user asks, and for what; `liars`: replicas and others; `lies`: what they say, as far as it can be signed.
    """
    everybody, sizes = addresses("replica", members), Sizes(members, faulty)
    honest = tuple(name for name in everybody if name not in liars)

    def says(liar: Address) -> Byzantine[History]:
        told = tuple(Send(lie.at, lie.message) for lie in lies if lie.by == liar)
        return Byzantine(liar, lambda history: tuple(lie for lie in told if history.can_be_said(lie.message)))

    return System(
        {name: replica(name, everybody, sizes, window) for name in honest},
        History(everybody, frozenset(honest), sizes.quorum - faulty, window),
        promises,
        network,
        users=tuple(
            User(Address("user", number), (at,), tuple((Submit(value),) for value in values)) for number, (at, values) in enumerate(asks)
        ),
        byzantine=tuple(says(liar) for liar in liars),
        assume=assume,
    )
