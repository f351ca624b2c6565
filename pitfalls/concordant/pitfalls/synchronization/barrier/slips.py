"""Slips in a barrier that knows its parties."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.synchronization.barrier.as_written import CANCELLED, FIRST
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.synchronization.barrier import (
    PROMISES,
    Barrier,
    Broken,
    Filling,
    State,
    Waiting,
    somebody,
    system,
)
from concordant.spec.synchronization import barrier as spec
from concordant.spec.synchronization.barrier import BROKEN, WITHDRAWN, Arrive, BarrierView, Passed, Ready, Reset, TimeOut
from concordant.spec.vocabulary import Address, Reply


@frozen
class WaitsForOneMore(Barrier):
    """Compares with one too many."""

    def all_are_there(self, waiting: Waiting) -> bool:
        return len(waiting) > len(self.parties)


@frozen
class BreaksForOthers(Barrier):
    """Breaks when a wait is cancelled only if others wait, who are to hear of it."""

    def withdraw(self, rest: Filling, client: Address) -> Step[State]:
        return super().withdraw(rest, client) if rest.waiting else step(rest, Reply(client, WITHDRAWN))


@frozen
class CallsARetryBroken(Barrier):
    """Tells a party that waits already that the barrier is broken."""

    def arrive(self, state: State, client: Address, party: Address) -> Step[State]:
        waits = isinstance(state, Filling) and party in state.waiting
        return step(state, Reply(client, BROKEN)) if waits else super().arrive(state, client, party)


@frozen
class KeepsTheCancelled(Barrier):
    """Answers whose wait is cancelled, and keeps it among those who wait."""

    def cancel(self, state: State, client: Address) -> Step[State]:
        return step(state, Reply(client, WITHDRAWN))


@frozen
class HoldsTheLast(Barrier):
    """Takes no notice of a cancellation while one party alone is missing."""

    def cancel(self, state: State, client: Address) -> Step[State]:
        missing = self.parties - frozenset(self.who_waits(state))
        return super().cancel(state, client) if len(missing) > 1 else step(state)


@frozen
class LeavesTheOthers(Barrier):
    """Lets a party go whose wait is cancelled, and tells nobody."""

    def withdraw(self, rest: Filling, client: Address) -> Step[State]:
        return step(rest, Reply(client, WITHDRAWN))


@frozen
class SkipsARound(Barrier):
    """Counts a round once when all have come, and once when all have left."""

    def release(self, round: int, waiting: Waiting) -> Step[State]:
        return step(Filling(round + 2), *super().release(round, waiting).effects)


@frozen
class TellsARoundBefore(Barrier):
    """Counts rounds from 0 where it tells them."""

    def tell(self, waiting: Waiting, answer: object) -> tuple[Reply, ...]:
        return tuple(renumbered(reply, -1) for reply in super().tell(waiting, answer))


@frozen
class TellsARoundAfter(Barrier):
    """Tells the round that comes next."""

    def tell(self, waiting: Waiting, answer: object) -> tuple[Reply, ...]:
        return tuple(renumbered(reply, 1) for reply in super().tell(waiting, answer))


@frozen
class TellsTheFirstTheRoundBefore(Barrier):
    """Counts the round once the first was told that it has passed."""

    def tell(self, waiting: Waiting, answer: object) -> tuple[Reply, ...]:
        return tuple(renumbered(reply, -(not place)) for place, reply in enumerate(super().tell(waiting, answer)))


@frozen
class TellsTheFirstTheNextRound(Barrier):
    """Tells the first for which round it may come now."""

    def tell(self, waiting: Waiting, answer: object) -> tuple[Reply, ...]:
        return tuple(renumbered(reply, int(not place)) for place, reply in enumerate(super().tell(waiting, answer)))


@frozen
class CountsDown(Barrier):
    """Tells the right round to the first, and to each other one an earlier one."""

    def tell(self, waiting: Waiting, answer: object) -> tuple[Reply, ...]:
        return tuple(renumbered(reply, -place) for place, reply in enumerate(super().tell(waiting, answer)))


@frozen
class CountsParties(Barrier):
    """Tells the right round to the first, and to each other one a later one."""

    def tell(self, waiting: Waiting, answer: object) -> tuple[Reply, ...]:
        return tuple(renumbered(reply, place) for place, reply in enumerate(super().tell(waiting, answer)))


def renumbered(reply: Reply, more: int) -> Reply:
    """Return a reply with another round."""
    return Reply(reply.to, Passed(reply.answer.round + more)) if isinstance(reply.answer, Passed) else reply


@frozen
class CallsAResetBroken(Barrier):
    """Tells who resets the barrier what it tells who waits."""

    def request(self, state: State, client: Address, request: Arrive | Reset) -> Step[State]:
        after = super().request(state, client, request)
        return step(after.state, *(Reply(client, BROKEN) if effect == Reply(client, Ready()) else effect for effect in after.effects))


@frozen
class CallsABreakReady(Barrier):
    """Tells who waits what it tells who resets the barrier."""

    def tell(self, waiting: Waiting, answer: object) -> tuple[Reply, ...]:
        return super().tell(waiting, Ready() if answer == BROKEN else answer)


@frozen
class StaysBroken(Barrier):
    """Says that it is ready, and is broken still."""

    def request(self, state: State, client: Address, request: Arrive | Reset) -> Step[State]:
        if isinstance(state, Broken) and isinstance(request, Reset):
            return step(state, Reply(client, Ready()))
        return super().request(state, client, request)


@frozen
class HasNoTimeOut(Barrier):
    """Lets everybody wait as long as it takes."""

    def armed(self, state: State) -> tuple[TimeOut, ...]:  # noqa: ARG002  # that is the mistake
        return ()


@frozen
class TimesOutAlone(Barrier):
    """Has a deadline for every round, whether anybody waits or not."""

    def armed(self, state: State) -> tuple[TimeOut, ...]:
        return (TimeOut(),) if isinstance(state, Filling) else ()


@frozen
class LetsNobodyGo(HasNoTimeOut):
    """Mends what is broken, and lets nobody go who waits: neither time nor a reset ends a wait."""

    def request(self, state: State, client: Address, request: Arrive | Reset) -> Step[State]:
        if isinstance(state, Filling) and isinstance(request, Reset):
            return step(state, Reply(client, Ready()))
        return super().request(state, client, request)


@frozen
class LooksWhole(Barrier):
    """Shows nobody that it is broken."""

    def view(self, state: State) -> BarrierView:
        return evolve(super().view(state), broken=False)


@frozen
class LooksEmpty(Barrier):
    """Shows nobody who waits."""

    def view(self, state: State) -> BarrierView:
        return evolve(super().view(state), waiting=frozenset())


@frozen
class WaitsABitLonger(Barrier):
    """Begins to wait anew when the time has run out."""

    def fire(self, state: State, trigger: TimeOut) -> Step[State]:  # noqa: ARG002  # there is one trigger
        return step(state)


WAITS_FOR_ONE_MORE = Pitfall(
    "barrier.WaitsForOneMore",
    "All have come, one more is waited for, and the time runs out.",
    breaks=spec.it_breaks_only_who_waits_for_others,
    subject=system(barrier=WaitsForOneMore),
    length=3,
)
CALLS_A_RETRY_BROKEN = Pitfall(
    "barrier.CallsARetryBroken",
    "A party that comes again while it waits is told that the barrier is broken, which it is not.",
    breaks=spec.an_answer_is_true,
    subject=system(others=(somebody("again", Arrive(FIRST)),), barrier=CallsARetryBroken),
    length=2,
)
KEEPS_THE_CANCELLED = Pitfall(
    "barrier.KeepsTheCancelled",
    "A party whose wait was cancelled is kept, and answered once more when all have come.",
    breaks=spec.nobody_is_answered_twice,
    subject=system(faults=CANCELLED, barrier=KeepsTheCancelled),
    length=3,
)
HOLDS_THE_LAST = Pitfall(
    "barrier.HoldsTheLast",
    "A party cancels when the last is about to come, and is kept waiting.",
    breaks=spec.who_cancels_leaves_at_once,
    subject=system(faults=CANCELLED, barrier=HoldsTheLast),
    length=2,
)
LEAVES_THE_OTHERS = Pitfall(
    "barrier.LeavesTheOthers",
    "A wait is cancelled, and the others are not told although the barrier is one that breaks.",
    breaks=spec.nobody_leaves_alone,
    subject=system(3, faults=CANCELLED, barrier=LeavesTheOthers),
    length=3,
)
BREAKS_FOR_OTHERS = Pitfall(
    "barrier.BreaksForOthers",
    "A wait is cancelled while nobody else waits, and whoever comes next waits for a party that has gone.",
    breaks=spec.who_cancels_breaks_it,
    subject=system(faults=CANCELLED, barrier=BreaksForOthers),
    length=2,
)
SKIPS_A_ROUND = Pitfall(
    "barrier.SkipsARound",
    "A round is counted twice, so that the next one is taken for the one after.",
    breaks=spec.the_view_is_true,
    subject=system(barrier=SkipsARound),
    length=2,
)


def _tells_a_wrong_round(barrier: type[Barrier], mistake: str) -> Pitfall:
    id = f"barrier.{barrier.__name__}"
    return Pitfall(id, mistake, breaks=spec.nobody_passes_alone, subject=system(rounds=1, barrier=barrier), length=2)


TELLS_A_ROUND_BEFORE = _tells_a_wrong_round(TellsARoundBefore, "All pass the first round, and are told that it was the one before.")
TELLS_A_ROUND_AFTER = _tells_a_wrong_round(TellsARoundAfter, "All pass the first round, and are told that it was the second.")
TELLS_THE_FIRST_THE_ROUND_BEFORE = _tells_a_wrong_round(
    TellsTheFirstTheRoundBefore, "Two pass one round, and the first of them is told the one before."
)
TELLS_THE_FIRST_THE_NEXT_ROUND = _tells_a_wrong_round(
    TellsTheFirstTheNextRound, "Two pass one round, and the first of them is told the one that comes next."
)
COUNTS_DOWN = _tells_a_wrong_round(CountsDown, "Two pass one round, and the second of them is told an earlier one.")
COUNTS_PARTIES = _tells_a_wrong_round(CountsParties, "Two pass one round, and the second of them is told a later one.")

CALLS_A_RESET_BROKEN = Pitfall(
    "barrier.CallsAResetBroken",
    "Who resets the barrier is told that it is broken, instead of that it is ready.",
    breaks=spec.an_answer_is_true,
    subject=system(others=(somebody("chair", Reset()),), barrier=CallsAResetBroken),
    length=1,
)
CALLS_A_BREAK_READY = Pitfall(
    "barrier.CallsABreakReady",
    "Who waits when the barrier breaks is told that it is ready, and takes that for having passed.",
    breaks=spec.an_answer_is_true,
    subject=system(barrier=CallsABreakReady),
    length=2,
)
STAYS_BROKEN = Pitfall(
    "barrier.StaysBroken",
    "The barrier is reset, and is broken still: from then on nobody will ever pass.",
    breaks=spec.it_can_be_mended,
    subject=system(others=(somebody("chair", Reset(), repeat=True),), barrier=StaysBroken),
    length=2,
)
TIMES_OUT_ALONE = Pitfall(
    "barrier.TimesOutAlone",
    "Time runs out where nobody waits, and the first who comes finds the barrier broken.",
    breaks=spec.it_breaks_only_who_waits_for_others,
    subject=system(barrier=TimesOutAlone),
    length=1,
)
LETS_NOBODY_GO = Pitfall(
    "barrier.LetsNobodyGo",
    "Only a party that comes ends a wait: after a retry too many one is left over, and nothing lets it go.",
    breaks=spec.it_can_be_mended,
    subject=system(rounds=1, others=(somebody("chair", Reset(), repeat=True), somebody("again", Arrive(FIRST))), barrier=LetsNobodyGo),
    length=3,
)
LOOKS_WHOLE = Pitfall(
    "barrier.LooksWhole",
    "Whether it is broken cannot be seen from outside.",
    breaks=spec.the_view_is_true,
    subject=system(barrier=LooksWhole),
    length=2,
)
LOOKS_EMPTY = Pitfall(
    "barrier.LooksEmpty",
    "Who waits cannot be seen from outside.",
    breaks=spec.the_view_is_true,
    subject=system(barrier=LooksEmpty),
    length=1,
)
HAS_NO_TIME_OUT = Pitfall(
    "barrier.HasNoTimeOut",
    "Who waits for a party that never comes waits for ever: nothing more happens.",
    breaks=spec.every_wait_ends,
    subject=system(barrier=HasNoTimeOut, promises=PROMISES),
    length=1,
)
WAITS_A_BIT_LONGER = Pitfall(
    "barrier.WaitsABitLonger",
    "Whenever the time runs out, it begins anew: much happens, and who waits waits for ever.",
    breaks=spec.every_wait_ends,
    subject=system(barrier=WaitsABitLonger),
    length=2,
)
