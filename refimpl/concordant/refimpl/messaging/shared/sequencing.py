"""One process of a group with a sequencer: what partial and total order have in common."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Process, Step, step
from concordant.spec.messaging.shared.broadcasts import Broadcast, Name
from concordant.spec.messaging.shared.sequencing import Carried, OrderView
from concordant.spec.vocabulary import Address, Deliver, Effect, Map, Send, broadcast


@frozen
class Sequencing:
    """The state of a process: how many messages it has sent, what it was handed up, what it holds, and by class the next place."""

    sent: int = 0
    delivered: frozenset[Name] = frozenset()
    held: Map[Name, Carried] = Map()
    places: Map[str, int] = Map()


@frozen
class Sequenced(Process[Sequencing, Carried, Broadcast]):
    """A process, the others of its group, and who of them all is the sequencer."""

    me: Address
    peers: tuple[Address, ...]
    sequencer: Address

    def start(self) -> Step[Sequencing]:
        return step(Sequencing())

    def sent(self, state: Sequencing, message: object, after: frozenset[Name], conflict: str | None) -> Step[Sequencing]:
        """Send a message to all, or to the sequencer if it needs a place."""
        carried = Carried(Name(self.me, state.sent), message, after, conflict)
        counted = evolve(state, sent=state.sent + 1)
        if conflict is None:
            return step(counted, *broadcast(self.peers, carried)).then(lambda now: self.taken(now, carried))
        return self.taken(counted, carried) if self.me == self.sequencer else step(counted, Send(self.sequencer, carried))

    # ---- receiving

    def receive(self, state: Sequencing, source: Address, message: Carried) -> Step[Sequencing] | None:  # noqa: ARG002  # its name says whose it is
        return None if self.was_handed_up(state, message.name) else self.taken(state, message)

    def was_handed_up(self, state: Sequencing, name: Name) -> bool:
        """Tell whether a message was handed up: then this is a copy. A copy of what is held takes its place, and is the same."""
        return name in state.delivered

    def taken(self, state: Sequencing, carried: Carried) -> Step[Sequencing]:
        """Take a message, and hand up what can be."""
        return self.handed_up(evolve(state, held=state.held.put(carried.name, carried)))

    def handed_up(self, state: Sequencing) -> Step[Sequencing]:
        """Hand up what is held and can be, one after the other: each may be what others lack."""
        ready = next((carried for carried in state.held.values() if self.is_next(state, carried)), None)
        if ready is None:
            return step(state)
        after = evolve(state, delivered=state.delivered | {ready.name}, held=state.held.drop(ready.name))
        if ready.conflict is None:
            return step(after, self.delivery(ready)).then(self.handed_up)
        place = state.places.get(ready.conflict, 0)
        counted = evolve(after, places=state.places.put(ready.conflict, place + 1))
        return step(counted, *self.announced(ready, place), self.delivery(ready)).then(self.handed_up)

    def is_next(self, state: Sequencing, carried: Carried) -> bool:
        """Tell whether all was handed up here that a message comes after, and it is in the next place of its class.

        The sequencer gives it that place, and does so only when it hands the message up itself: whatever that comes after, in its
        class or not, was handed up here before, so that nobody who goes by the places can be stuck.
        """
        return carried.after <= state.delivered and (self.gives_places(carried) or self.is_in_turn(state, carried))

    def gives_places(self, carried: Carried) -> bool:  # noqa: ARG002  # whosever it is
        """Tell whether it is for this process to give a message its place, if it needs one."""
        return self.me == self.sequencer

    def is_in_turn(self, state: Sequencing, carried: Carried) -> bool:
        """Tell whether a message needs no place, or has the next."""
        return carried.conflict is None or carried.place == state.places.get(carried.conflict, 0)

    def announced(self, carried: Carried, place: int) -> tuple[Send, ...]:
        """Tell all of the place of a message, if it was given here."""
        return broadcast(self.peers, evolve(carried, place=place)) if self.gives_places(carried) else ()

    def delivery(self, carried: Carried) -> Effect:
        """Hand a message up as its sender's, whoever has sent it on."""
        return Deliver(carried.name.origin, carried.message)

    def view(self, state: Sequencing) -> OrderView:
        return OrderView(self.sequencer, frozenset(state.held))
