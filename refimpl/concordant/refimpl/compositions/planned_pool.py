"""A pool with as many units as a plan of stages can use: `resource_pool` of the size that `capacity_planning` says."""

from __future__ import annotations

from collections.abc import Callable

from concordant.refimpl.allocation.capacity_planning import width
from concordant.refimpl.machine import Ask, Move, System, User
from concordant.refimpl.synchronization.resource_pool import POOL, PROMISES, Pool
from concordant.spec.allocation.capacity_planning import Capacity, Plan, Rule
from concordant.spec.synchronization.resource_pool import Acquire, History, Release
from concordant.spec.vocabulary import Address, Call, Map, Seen


def in_the_order_of(plan: Plan, users: dict[str, Address]) -> Callable[[Move, Seen[History]], bool]:
    """Assume that a stage asks for a unit once all those for which it waits have given theirs back."""
    waits = {users[late]: tuple(users[early] for early, other in sorted(plan.before) if other == late) for late in plan.stages}
    before = Map.of(waits)

    def is_ready(move: Move, seen: Seen[History]) -> bool:
        if not (isinstance(move, Ask) and isinstance(move.request, Acquire)):
            return True
        served, holders = seen.history.calls.answered, seen.history.holders
        return all(Call(early, POOL) in served and early not in holders for early in before[move.user])

    return is_ready


def system(plan: Plan, *, rule: Rule = width, pool: type[Pool] = Pool) -> System[History]:
    """Put a pool and the stages of a plan together; each takes a unit, and gives it back. A plan that is rejected is a ValueError."""
    capacity = rule(plan)
    if not isinstance(capacity, Capacity):
        raise ValueError(f"{plan} has no capacity, since {capacity.reason}: plan stages that come one after the other, or together")
    users = {stage: Address("stage", number) for number, stage in enumerate(plan.stages)}
    return System(
        {POOL: pool(capacity.workers)},
        History(frozenset(range(capacity.workers))),
        PROMISES,
        users=tuple(User(user, (POOL,), ((Acquire(),), (Release(),))) for user in users.values()),
        assume=(in_the_order_of(plan, users),),
    )
