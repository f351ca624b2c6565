"""What goes wrong with pools. The documents hold the data of one and no code: these are its natural readings, and slips in ours."""

from __future__ import annotations

from fractions import Fraction
from typing import Never

from attrs import evolve, frozen

from concordant.pitfalls.allocation.capacity_planning import as_written
from concordant.refimpl.compositions import planned_pool
from concordant.refimpl.machine import Pitfall, Process, Reason, Step, System, Unmodelled, step
from concordant.refimpl.synchronization.resource_pool import POOL, Lending, Pool, Request, system
from concordant.spec.allocation.capacity_planning import Plan
from concordant.spec.synchronization import resource_pool as spec
from concordant.spec.synchronization.resource_pool import (
    CANCELLED,
    FAILED,
    HOLDS_NONE,
    HOLDS_ONE,
    TIMED_OUT,
    Acquire,
    Granted,
    PoolView,
    Release,
    Released,
    TimeOut,
)
from concordant.spec.vocabulary import Address, Clause, Faults, Internal, Rejected, Reply, addresses

TAKE, GIVE = Acquire(), Release()
FIRST, SECOND = addresses("agent", 2)

# ---- natural readings


@frozen
class SetUp(Internal):
    """A task that has found a unit free goes on, and takes one."""

    agent: Address


@frozen
class ChecksThenWaits(Process[tuple[Address, ...], Never, Acquire, SetUp]):
    """Looks whether a unit is free, prepares it, and counts it then: who comes in between finds the same unit free.

    Its state: who prepares. A unit is numbered when it is counted.
    """

    capacity: int

    def start(self) -> Step[tuple[Address, ...]]:
        return step(())

    def request(self, state: tuple[Address, ...], client: Address, request: Acquire) -> Step[tuple[Address, ...]]:  # noqa: ARG002
        return step((*state, client))

    def armed(self, state: tuple[Address, ...]) -> tuple[SetUp, ...]:
        return tuple(map(SetUp, state))

    def fire(self, state: tuple[Address, ...], trigger: SetUp) -> Step[tuple[Address, ...]]:
        return step(tuple(each for each in state if each != trigger.agent), Reply(trigger.agent, Granted(0)))

    def view(self, state: tuple[Address, ...]) -> PoolView:
        return PoolView(frozenset(), state)


@frozen
class WithTickets(Lending):
    """Also who was told that its time has run out, and is still in the queue."""

    dead: frozenset[Address] = frozenset()


@frozen
class KeepsTheTicket(Pool):
    """Tells who has waited too long, and cannot take it out of the queue: a unit that becomes free goes to it, and nobody hears of that."""

    def dead(self, state: Lending) -> frozenset[Address]:
        return state.dead if isinstance(state, WithTickets) else frozenset()

    def fire(self, state: Lending, trigger: TimeOut) -> Step[Lending]:
        dead = self.dead(state) | {trigger.agent}
        return step(WithTickets(state.held, state.waiting, dead), Reply(trigger.agent, TIMED_OUT))

    def serve(self, state: Lending) -> Step[Lending]:
        after = super().serve(state)
        return step(after.state) if set(state.waiting[:1]) & self.dead(state) else after

    def armed(self, state: Lending) -> tuple[TimeOut, ...]:
        return tuple(each for each in super().armed(state) if each.agent not in self.dead(state))

    def view(self, state: Lending) -> PoolView:
        shown = super().view(state)
        return evolve(shown, waiting=tuple(each for each in shown.waiting if each not in self.dead(state)))


@frozen
class HoldsAgain(Pool):
    """Grants one more unit to who holds one, and keeps the agents that hold any in a set."""

    def acquire(self, state: Lending, client: Address) -> Step[Lending]:
        free = self.free(state)
        return step(state, Reply(client, Granted(free[0]))) if client in state.held and free else super().acquire(state, client)


@frozen
class ReleasesAgain(Pool):
    """Takes back what nobody holds."""

    def request(self, state: Lending, client: Address, request: Request) -> Step[Lending]:
        if request == GIVE and client not in state.held:
            return step(state, Reply(client, Released()))
        return super().request(state, client, request)


@frozen
class ForgetsTheFailed(Pool):
    """Waits for whoever holds a unit to give it back, also when it has failed."""

    def forget(self, state: Lending, agent: Address) -> Step[Lending]:
        return super().forget(state, agent) if agent in state.waiting else step(state)


@frozen
class OfAnySize(Pool):
    """Has as many units as it is told, be it none, and lets whoever finds none free wait for as long as it takes."""

    capacity: int

    def armed(self, state: Lending) -> tuple[TimeOut, ...]:  # noqa: ARG002  # whoever waits
        return ()


def checks_then_waits() -> System[spec.History]:
    """Put two agents and a pool together that checks, and then waits."""
    return evolve(system(script=(TAKE,)), processes={POOL: ChecksThenWaits(1)})


KEEPS_THE_TICKET = Pitfall(
    "POL-1",
    "Who waits too long is told so, and stays in the queue: the unit goes to it when it is given back, and to nobody ever after.",
    breaks=spec.the_view_is_true,
    subject=system(pool=KeepsTheTicket),
    length=4,
)
HOLDS_AGAIN = Pitfall(
    "POL-2",
    "Agents that hold a unit are kept in a set: one takes two, and is in it once, so that nobody knows of the second unit.",
    breaks=spec.no_unit_is_held_twice,
    subject=system(1, 2, (TAKE, TAKE), pool=HoldsAgain),
    length=2,
)
RELEASES_AGAIN = Pitfall(
    "POL-3",
    "A unit is given back twice, at the end of a block and by hand: there is one more than there are.",
    breaks=spec.an_answer_is_true,
    subject=system(1, 1, (TAKE, GIVE, GIVE), pool=ReleasesAgain),
    length=3,
)
CHECKS_THEN_WAITS = Pitfall(
    "POL-4",
    "Between the check that a unit is free and its being counted there is an await: two hold the one unit.",
    breaks=spec.no_unit_is_held_twice,
    subject=checks_then_waits(),
    length=4,
)
FORGETS_THE_FAILED = Pitfall(
    "POL-7",
    "An agent fails while it holds a unit, and nobody gives that back: who waits, waits although nobody holds it.",
    breaks=spec.nobody_waits_while_a_unit_is_free,
    subject=system(failed=(FIRST,), pool=ForgetsTheFailed),
    length=3,
)
TWO_MEANINGS = Unmodelled(
    "POL-6",
    Reason.NO_CODE,
    "The argument of acquire is who asks in one place, and what is asked for in another; of neither is there code.",
)

# ---- slips


@frozen
class ServesTheLatest(Pool):
    """Takes from the wrong end of the queue."""

    def next(self, state: Lending) -> Address:
        return state.waiting[-1]


@frozen
class LendsTheLast(Pool):
    """Keeps free units on a stack."""

    def free(self, state: Lending) -> tuple[int, ...]:
        return super().free(state)[::-1]


@frozen
class LosesAUnit(Pool):
    """Takes a wait that is cancelled for a holder that it has served already."""

    def cancel(self, state: Lending, client: Address) -> Step[Lending]:
        after = super().cancel(state, client)
        return step(evolve(after.state, waiting=state.waiting), *after.effects)


@frozen
class KeepsTheNext(Pool):
    """Takes no notice of a cancellation by whoever is next."""

    def cancel(self, state: Lending, client: Address) -> Step[Lending]:
        return step(state) if state.waiting[0] == client else super().cancel(state, client)


@frozen
class GivesUpAtOnce(Pool):
    """Says that no unit became free in time, whatever ended the wait."""

    def give_up(self, state: Lending, client: Address, why: Rejected) -> Step[Lending]:  # noqa: ARG002  # that is the mistake
        return super().give_up(state, client, TIMED_OUT)


@frozen
class SaysFailed(Pool):
    """Says that the agent has failed, whatever ended the wait."""

    def give_up(self, state: Lending, client: Address, why: Rejected) -> Step[Lending]:  # noqa: ARG002  # that is the mistake
        return super().give_up(state, client, FAILED)


@frozen
class SaysCancelled(Pool):
    """Says that the wait was cancelled, whatever ended it."""

    def give_up(self, state: Lending, client: Address, why: Rejected) -> Step[Lending]:  # noqa: ARG002  # that is the mistake
        return super().give_up(state, client, CANCELLED)


@frozen
class TakesAllForHolders(Pool):
    """Rejects who comes as if it held a unit."""

    def acquire(self, state: Lending, client: Address) -> Step[Lending]:
        return step(state, Reply(client, HOLDS_ONE))


@frozen
class KeepsAUnit(Pool):
    """Lends one unit fewer than there are."""

    def free(self, state: Lending) -> tuple[int, ...]:
        return super().free(state)[1:]


@frozen
class LendsOneMore(Pool):
    """Counts the units from 0 up to their number."""

    def free(self, state: Lending) -> tuple[int, ...]:
        return tuple(unit for unit in range(self.capacity + 1) if unit not in state.held.values())


@frozen
class TakesNothingBack(Pool):
    """Tells who gives its unit back that it holds none."""

    def release(self, state: Lending, client: Address) -> Step[Lending]:
        return step(state, Reply(client, HOLDS_NONE))


@frozen
class AnswersTwice(Pool):
    """Tells who gives a unit back so twice: at once, and when somebody else has it."""

    def fire(self, state: Lending, trigger: TimeOut) -> Step[Lending]:
        after = super().fire(state, trigger)
        holder = next(iter(state.held))
        return step(after.state, *after.effects, Reply(holder, Released()))


@frozen
class HasNoTimeOut(Pool):
    """Lets everybody wait as long as it takes."""

    def armed(self, state: Lending) -> tuple[TimeOut, ...]:  # noqa: ARG002  # that is the mistake
        return ()


@frozen
class WaitsABitLonger(Pool):
    """Begins to wait anew when the time has run out."""

    def fire(self, state: Lending, trigger: TimeOut) -> Step[Lending]:  # noqa: ARG002  # whose time it was
        return step(state)


WATCHED = system(failed=(SECOND,), faults=Faults(cancellations=1))


def _slip(pool: type[Pool], mistake: str, breaks: Clause, length: int, subject: System[spec.History] = WATCHED) -> Pitfall:
    wrong = evolve(subject, processes={POOL: pool(len(subject.history.units))})
    return Pitfall(f"resource_pool.{pool.__name__}", mistake, breaks=breaks, subject=wrong, length=length)


SERVES_THE_LATEST = _slip(
    ServesTheLatest, "A unit goes to who came last: who came first is passed over.", spec.first_come_first_served, 4, system(3)
)
LENDS_THE_LAST = _slip(
    LendsTheLast, "Which of the free units is lent depends on which was used last.", spec.the_lowest_unit_is_lent, 1, system(2, 2)
)
LOSES_A_UNIT = _slip(LosesAUnit, "A wait is cancelled and stays in the queue.", spec.the_view_is_true, 3)
KEEPS_THE_NEXT = _slip(KeepsTheNext, "Who is next in the queue cancels, and is kept in it.", spec.who_cancels_leaves_at_once, 3)
GIVES_UP_AT_ONCE = _slip(GivesUpAtOnce, "A wait is cancelled, and its agent is told that time ran out.", spec.an_answer_is_true, 3)
SAYS_FAILED = _slip(SaysFailed, "Time runs out, and the agent is told that it has failed.", spec.an_answer_is_true, 3)
SAYS_CANCELLED = _slip(SaysCancelled, "Time runs out, and the agent is told that it has cancelled.", spec.an_answer_is_true, 3)
TAKES_ALL_FOR_HOLDERS = _slip(TakesAllForHolders, "Whoever comes is told that it holds a unit.", spec.an_answer_is_true, 1)
KEEPS_A_UNIT = _slip(KeepsAUnit, "One unit is never lent.", spec.nobody_waits_while_a_unit_is_free, 1)
LENDS_ONE_MORE = _slip(LendsOneMore, "A unit is lent that there is not.", spec.no_unit_is_held_twice, 2)
TAKES_NOTHING_BACK = _slip(TakesNothingBack, "Who gives its unit back is told that it holds none.", spec.an_answer_is_true, 2)
ANSWERS_TWICE = _slip(
    AnswersTwice,
    "When somebody's time runs out, the holder is answered as if it had given its unit back.",
    spec.nobody_is_answered_twice,
    3,
)
HAS_NO_TIME_OUT = _slip(HasNoTimeOut, "Who waits for a unit that is never given back waits for ever.", spec.every_wait_ends, 2)
WAITS_FOR_EVER = Pitfall(
    "resource_pool.HasNoTimeOut/at_rest",
    "A holder keeps its unit, and nobody tells who waits for it.",
    breaks=spec.nobody_waits,
    subject=system(script=(TAKE,), pool=HasNoTimeOut),
    length=2,
)
WAITS_A_BIT_LONGER = _slip(
    WaitsABitLonger, "Whenever the time runs out, it begins anew: who waits waits for ever.", spec.every_wait_ends, 3
)
NO_UNITS = Pitfall(
    "X-7",
    "A sequence of stages has no two that are parallel, and so none times two units are planned for it: none of its stages ever runs.",
    breaks=spec.nobody_waits,
    subject=planned_pool.system(Plan(("draft", "edit"), frozenset({("draft", "edit")})), rule=as_written(Fraction(1)), pool=OfAnySize),
    length=1,
)
