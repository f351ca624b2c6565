"""Byzantine broadcast: the shipped handlers take only steps of the proved model, and handlers with a mistake do not.

Assumes: whoever receives a message knows who sent it.
Not covered: four processes and more, whose paths are too many: what is run counts to quorums and to f + 1 as the code does among two,
of whom none or one lies, and with `--large` among three (8,131 paths in about a minute of one core). With so few, quorums meet all the
same; it is delivery that takes n ≥ 3f + 1, and that is not covered: nor is it that all deliver or none.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.proofs.consensus.byzantine_broadcast.meaning import Broadcasts
from concordant.proofs.kernel.role_theorems import WrongHandler, role_theorems
from concordant.proofs.kernel.stability import stability_theorem
from concordant.refimpl.consensus.byzantine_broadcast import Listening, Message, Peer, Readied, State
from concordant.refimpl.machine import Step, step
from concordant.spec.consensus.byzantine_broadcast import Delivered, Initial
from concordant.spec.vocabulary import Address, Announce

BROADCASTS = Broadcasts()


@frozen
class EchoesTwice(Peer):
    """Echoes each value that it is told."""

    def has_echoed(self, state: Listening | Readied) -> bool:  # noqa: ARG002  # that is the mistake
        return False


@frozen
class IsReadyAtOnce(Peer):
    """Is ready for what it hears of, without a quorum."""

    def may_be_ready(self, state: Listening, value: str) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class BelievesOne(Peer):
    """Is ready where f others say that they are, all of whom may lie."""

    def may_be_ready(self, state: Listening, value: str) -> bool:
        return super().may_be_ready(state, value) or len(state.readies) >= self.sizes.liars > 0


@frozen
class CountsAllValues(Peer):
    """Counts all echoes, whatever is echoed."""

    def may_be_ready(self, state: Listening, value: str) -> bool:
        return super().may_be_ready(state, value) or len(state.echoes) >= self.sizes.quorum


@frozen
class BelievesWhoeverSaysSo(Peer):
    """Takes whoever says so for the sender."""

    def is_sender(self, source: Address) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class HearsStrangers(Peer):
    """Counts whoever says something."""

    def is_member(self, source: Address) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class DeliversAtOnce(Peer):
    """Delivers what the sender tells, for which nobody may be ready."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        after = super().receive(state, source, message)
        if after is None or not isinstance(message, Initial):
            return after
        return step(after.state, *after.effects, Announce(Delivered(message.value)))


@frozen
class ForgetsItsEcho(Peer):
    """Is ready, and does not know any more that it has echoed."""

    def listened(self, state: Listening, value: str) -> Step[State]:
        after = super().listened(state, value)
        return step(evolve(after.state, echoed=False), *after.effects) if isinstance(after.state, Readied) else after


WRONG = (
    WrongHandler(BROADCASTS, EchoesTwice, "guard echo.once", "Initial", mutant="byzantine_broadcast.echoes_twice"),
    WrongHandler(BROADCASTS, IsReadyAtOnce, "guard be_ready.quorum_echoed", "Initial", mutant="byzantine_broadcast.ready_for_anything"),
    WrongHandler(BROADCASTS, BelievesOne, "guard be_ready.quorum_echoed", "Ready", mutant="byzantine_broadcast.ready_for_anything"),
    WrongHandler(BROADCASTS, CountsAllValues, "guard be_ready.quorum_echoed", "Initial"),
    WrongHandler(
        BROADCASTS, BelievesWhoeverSaysSo, "guard echo.was_told", "Initial", mutant="byzantine_broadcast.believes_whoever_says_so"
    ),
    WrongHandler(BROADCASTS, HearsStrangers, "Listening: whom it has heard are members", "Echo"),
    WrongHandler(BROADCASTS, DeliversAtOnce, "guard deliver.witness_is_ready", "Initial", mutant="byzantine_broadcast.delivers_at_once"),
    WrongHandler(BROADCASTS, ForgetsItsEcho, "Readied: before it has echoed it has told nothing", "Initial"),
)
HANDLERS = tuple(theorem for role in BROADCASTS.roles for theorem in role_theorems(BROADCASTS, role, WRONG))
STABLE = stability_theorem(BROADCASTS)
