"""A pool of units as one machine, which whoever needs one calls."""

from __future__ import annotations

from typing import Never, TypeAlias, assert_never

from attrs import evolve, field, frozen
from attrs.validators import ge

from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.synchronization import resource_pool as spec
from concordant.spec.synchronization.resource_pool import (
    CANCELLED,
    FAILED,
    HOLDS_NONE,
    HOLDS_ONE,
    TIMED_OUT,
    Acquire,
    Failed,
    Granted,
    History,
    PoolView,
    Release,
    Released,
    TimeOut,
)
from concordant.spec.vocabulary import Address, Clause, Faults, Map, Rejected, Reply, addresses

Request: TypeAlias = Acquire | Release | Failed


@frozen
class Lending:
    """Which unit each agent holds, and who waits, the longest first."""

    held: Map[Address, int] = Map()
    waiting: tuple[Address, ...] = ()


@frozen
class Pool(Process[Lending, Never, Request, TimeOut]):
    """Lends units, numbered from 0; a capacity below one is a ValueError."""

    capacity: int = field(validator=ge(1))

    def start(self) -> Step[Lending]:
        return step(Lending())

    def request(self, state: Lending, client: Address, request: Request) -> Step[Lending]:
        match request:
            case Acquire():
                return self.acquire(state, client)
            case Release():
                return self.release(state, client) if client in state.held else step(state, Reply(client, HOLDS_NONE))
            case Failed(agent):
                return self.forget(state, agent)
            case _:
                assert_never(request)

    def acquire(self, state: Lending, client: Address) -> Step[Lending]:
        if client in state.held:
            return step(state, Reply(client, HOLDS_ONE))
        return self.serve(evolve(state, waiting=(*state.waiting, client)))

    def release(self, state: Lending, client: Address) -> Step[Lending]:
        released = step(evolve(state, held=state.held.drop(client)), Reply(client, Released()))
        return released.then(self.serve)

    def forget(self, state: Lending, agent: Address) -> Step[Lending]:
        if agent in state.waiting:
            return self.give_up(state, agent, FAILED)
        return self.serve(evolve(state, held=state.held.drop(agent)))

    def serve(self, state: Lending) -> Step[Lending]:
        # The hard step: what becomes free goes to who waits longest in the same step, so that nobody comes between, and whoever
        # no longer waits has left the queue before, so that no unit goes to it and is lost.
        free = self.free(state)
        if not free or not state.waiting:
            return step(state)
        client, unit = self.next(state), free[0]
        rest = tuple(other for other in state.waiting if other != client)
        return step(Lending(state.held.put(client, unit), rest), Reply(client, Granted(unit)))

    def free(self, state: Lending) -> tuple[int, ...]:
        return tuple(unit for unit in range(self.capacity) if unit not in state.held.values())

    def next(self, state: Lending) -> Address:
        return state.waiting[0]

    def cancel(self, state: Lending, client: Address) -> Step[Lending]:
        return self.give_up(state, client, CANCELLED)

    def give_up(self, state: Lending, client: Address, why: Rejected) -> Step[Lending]:
        return step(evolve(state, waiting=tuple(other for other in state.waiting if other != client)), Reply(client, why))

    def armed(self, state: Lending) -> tuple[TimeOut, ...]:
        return tuple(map(TimeOut, state.waiting))

    def fire(self, state: Lending, trigger: TimeOut) -> Step[Lending]:
        return self.give_up(state, trigger.agent, TIMED_OUT)

    def view(self, state: Lending) -> PoolView:
        return PoolView(frozenset(self.free(state)), state.waiting)


PROMISES: tuple[Clause, ...] = (
    spec.no_unit_is_held_twice,
    spec.first_come_first_served,
    spec.the_lowest_unit_is_lent,
    spec.nobody_waits_while_a_unit_is_free,
    spec.an_answer_is_true,
    spec.nobody_is_answered_twice,
    spec.who_cancels_leaves_at_once,
    spec.the_view_is_true,
    spec.nobody_waits,
    spec.every_wait_ends,
)
EXAMPLES: tuple[Clause, ...] = (spec.somebody_waits_for_another,)

POOL = Address("pool")
ONCE: tuple[Request, ...] = (Acquire(), Release())


def system(
    agents: int = 2,
    capacity: int = 1,
    script: tuple[Request, ...] = ONCE,
    *,
    failed: tuple[Address, ...] = (),
    faults: Faults = Faults(),
    pool: type[Pool] = Pool,
    promises: tuple[Clause, ...] | None = None,
) -> System[History]:
    """Put a pool and agents together, each of which asks for what the script says. `failed`: whom a watcher says to have failed."""
    cancels = (spec.a_wait_is_cancelled,) if faults.cancellations else ()
    watcher = (User(Address("watcher"), (POOL,), tuple((Failed(agent),) for agent in failed)),) if failed else ()
    return System(
        {POOL: pool(capacity)},
        History(frozenset(range(capacity))),
        (*PROMISES, *EXAMPLES, *cancels) if promises is None else promises,
        faults=faults,
        users=(*(User(name, (POOL,), tuple((each,) for each in script)) for name in addresses("agent", agents)), *watcher),
    )
