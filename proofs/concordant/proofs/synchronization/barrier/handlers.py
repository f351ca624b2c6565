"""Barriers: the shipped handlers take only steps of the proved model, and handlers with a mistake do not.

Assumes: one barrier, which does not crash; that one more is the next round.
Not covered: more than three parties; that waits end.
"""

from __future__ import annotations

from attrs import frozen

from concordant.proofs.kernel.role_theorems import WrongHandler, role_theorems
from concordant.proofs.kernel.stability import stability_theorem
from concordant.proofs.synchronization.barrier.meaning import Barriers
from concordant.refimpl.machine import Step, step
from concordant.refimpl.synchronization.barrier import Barrier, Filling, State, Waiting
from concordant.spec.synchronization.barrier import Passed
from concordant.spec.vocabulary import Address, Map

BARRIERS = Barriers()


@frozen
class CountsAllButOne(Barrier):
    """Lets all pass when all but one have come."""

    def all_are_there(self, waiting: Waiting) -> bool:
        return len(waiting) >= len(self.parties) - 1 and bool(waiting)


@frozen
class LetsAnybodyCome(Barrier):
    """Waits for who is no party, too."""

    def may_come(self, party: Address) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class StaysInItsRound(Barrier):
    """Lets all pass, and waits for them in the same round again. A bridge does not see it: who has passed a round was there."""

    def release(self, round: int, waiting: Waiting) -> Step[State]:
        return step(Filling(round), *self.tell(waiting, Passed(round)))


@frozen
class TellsTheNextRound(Barrier):
    """Tells who passes the round that begins."""

    def release(self, round: int, waiting: Waiting) -> Step[State]:
        return step(Filling(round + 1), *self.tell(waiting, Passed(round + 1)))


@frozen
class BeginsFromTheFirst(Barrier):
    """Begins from the first round once it is broken and reset."""

    def break_up(self, state: State) -> Step[State]:
        return step(Filling(), *super().break_up(state).effects)


@frozen
class KeepsAllButOne(Barrier):
    """Lets all pass, and counts all but one of them as there in the next round."""

    def release(self, round: int, waiting: Waiting) -> Step[State]:
        return step(Filling(round + 1, Map(waiting.pairs[1:])), *super().release(round, waiting).effects)


WRONG = (
    WrongHandler(BARRIERS, CountsAllButOne, "guard release.all_there", "Arrive", mutant="barrier.counts_arrivals"),
    WrongHandler(
        BARRIERS, LetsAnybodyCome, "Filling.waiting is Map({{request.party, user}}), which is none of the shapes that were run", "Arrive"
    ),
    WrongHandler(BARRIERS, StaysInItsRound, "Filling: all that has passed is earlier than its round", "Arrive", mutant="barrier.goes_back"),
    WrongHandler(BARRIERS, TellsTheNextRound, "Passed: the party has come in the round", "Arrive"),
    WrongHandler(BARRIERS, BeginsFromTheFirst, "Filling: all that has passed is earlier than its round", "TimeOut"),
    WrongHandler(BARRIERS, KeepsAllButOne, "Filling: those wait, in its round, and nobody else", "Arrive"),
)
HANDLERS = tuple(theorem for role in BARRIERS.roles for theorem in role_theorems(BARRIERS, role, WRONG))
STABLE = stability_theorem(BARRIERS)
