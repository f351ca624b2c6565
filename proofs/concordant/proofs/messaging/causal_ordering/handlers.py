"""Causal order: the shipped handlers take only steps of the proved model, and handlers with a mistake do not.

They are run as long as nothing is held: so what comes is what may be handed up. Of two processes the order is that of each sender; of three
it is causal, which is proved on request, since it takes longer.
Not covered: what was held before, each with a clock: with one message held, runs of two processes did not end within a minute of processor
time; that messages are handed up in the end.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.proofs.kernel.role_theorems import WrongHandler, role_theorems
from concordant.proofs.kernel.stability import stability_theorem
from concordant.proofs.messaging.causal_ordering.meaning import VectorClocks
from concordant.refimpl.machine import Step, step
from concordant.refimpl.messaging.causal_ordering import Clocked, Ordering
from concordant.spec.messaging.causal_ordering import Stamped
from concordant.spec.messaging.shared.broadcasts import Broadcast, Name
from concordant.spec.vocabulary import Address, Deliver, Map, broadcast

CLOCKS = VectorClocks()


@frozen
class HandsUpAtOnce(Ordering):
    """Waits for nothing."""

    def is_next(self, clock: Map[Address, int], name: Name, stamped: Stamped) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class WaitsForTheSenderOnly(Ordering):
    """Looks at what the sender has sent before, and not at what it had been handed. Of two processes no mistake: it takes three to see it."""

    def is_next(self, clock: Map[Address, int], name: Name, stamped: Stamped) -> bool:  # noqa: ARG002
        return name.number == clock.get(name.origin, 0)


@frozen
class HandsUpInItsOwnName(Ordering):
    """Says of what came that it is its own."""

    def handed_up(self, state: Clocked) -> Step[Clocked]:
        done = super().handed_up(state)
        return step(done.state, *(Deliver(self.me, each.message) for each in done.effects if isinstance(each, Deliver)))


@frozen
class CountsNothing(Ordering):
    """Hands up, and does not count it."""

    def handed_up(self, state: Clocked) -> Step[Clocked]:
        done = super().handed_up(state)
        return Step(evolve(done.state, clock=state.clock), done.effects)


@frozen
class TellsOfItsOwn(Ordering):
    """Tells in a clock of its own messages only."""

    def request(self, state: Clocked, client: Address, request: Broadcast) -> Step[Clocked]:  # noqa: ARG002
        after = self.counted(state.clock, self.me)
        stamped = Stamped(Map(((self.me, after[self.me]),)), request.message)
        return step(evolve(state, clock=after), *broadcast(self.peers, stamped), Deliver(self.me, request.message))


@frozen
class CountsNoneOfItsOwn(Ordering):
    """Does not count what it sends, so that the next has the same number."""

    def request(self, state: Clocked, client: Address, request: Broadcast) -> Step[Clocked]:
        return Step(state, super().request(state, client, request).effects)


WRONG = tuple(
    WrongHandler(CLOCKS, kind, by, at, mutant)
    for kind, by, at, mutant in (
        (HandsUpAtOnce, "guard hand_up.causes", "Stamped", "causal_ordering.hands_up_at_once"),
        (HandsUpInItsOwnName, "guard hand_up.was_sent", "Stamped", "causal_ordering.makes_up"),
        (CountsNothing, "Clocked: it was handed up what its clock counts, and nothing else", "Stamped", None),
        (TellsOfItsOwn, "Stamped: its clock tells what happened before it", "Broadcast", None),
        (
            CountsNoneOfItsOwn,
            "Clocked: it was handed up what its clock counts, and nothing else",
            "Broadcast",
            "causal_ordering.sends_again",
        ),
    )
)
HANDLERS = tuple(theorem for role in CLOCKS.roles for theorem in role_theorems(CLOCKS, role, WRONG))
STABLE = stability_theorem(CLOCKS)
