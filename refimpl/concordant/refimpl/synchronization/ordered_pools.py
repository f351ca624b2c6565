"""Several pools as one machine, which holds a `resource_pool` of one unit for each of them; agents that work are its environment."""

from __future__ import annotations

from typing import Never

from attrs import evolve, frozen

from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.refimpl.synchronization.resource_pool import Lending, Pool
from concordant.spec.synchronization import ordered_pools as spec
from concordant.spec.synchronization.ordered_pools import Done, GoesOn, Holdings, PoolsView, Took, Use
from concordant.spec.synchronization.resource_pool import Acquire, Granted, Release
from concordant.spec.vocabulary import Address, Announce, Clause, Map, Reply, addresses


@frozen
class Job:
    """What an agent still needs, the next first, what it has, and whether it waits for the next."""

    needs: tuple[str, ...]
    has: tuple[str, ...] = ()
    waits: bool = False


@frozen
class Working:
    """What each pool knows, and what each agent is about."""

    pools: Map[str, Lending] = Map()
    jobs: Map[Address, Job] = Map()


@frozen
class Pools(Process[Working, Never, Use, GoesOn]):
    """Lends the units of all pools, each by a pool of its own."""

    def start(self) -> Step[Working]:
        return step(Working())

    def request(self, state: Working, client: Address, request: Use) -> Step[Working]:
        return self.take(evolve(state, jobs=state.jobs.put(client, Job(self.in_order(request.pools)))), client)

    def in_order(self, pools: tuple[str, ...]) -> tuple[str, ...]:
        # The hard step: whoever waits has only what comes before that for which it waits, so that who has the last of all that are
        # taken waits for nothing, and gives back what it has.
        return tuple(sorted(pools))

    def take(self, state: Working, agent: Address) -> Step[Working]:
        """Let an agent take the next that it needs; it waits until it is told that it has it."""
        job = state.jobs[agent]
        waiting = evolve(state, jobs=state.jobs.put(agent, evolve(job, waits=True)))
        return self.said(waiting, job.needs[0], self.pool().request(state.pools.get(job.needs[0], Lending()), agent, Acquire()))

    def pool(self) -> Pool:
        return Pool(1)

    def said(self, state: Working, pool: str, said: Step[Lending]) -> Step[Working]:
        """Take over what a pool has become, and tell whom it has lent to."""
        after = step(evolve(state, pools=state.pools.put(pool, said.state)))
        for effect in said.effects:
            if isinstance(effect, Reply) and isinstance(effect.answer, Granted):
                after = after.then(lambda now, agent=effect.to: self.took(now, agent, pool))  # type: ignore[misc]  # bound now
        return after

    def took(self, state: Working, agent: Address, pool: str) -> Step[Working]:
        job = state.jobs[agent]
        has = Job(job.needs[1:], (*job.has, pool))
        return step(evolve(state, jobs=state.jobs.put(agent, has)), Announce(Took(agent, pool)))

    def armed(self, state: Working) -> tuple[GoesOn, ...]:
        return tuple(GoesOn(agent) for agent, job in state.jobs.items() if not job.waits)

    def fire(self, state: Working, trigger: GoesOn) -> Step[Working]:
        job = state.jobs[trigger.agent]
        return self.take(state, trigger.agent) if job.needs else self.done(state, trigger.agent, job)

    def done(self, state: Working, agent: Address, job: Job) -> Step[Working]:
        """Tell an agent that its work is done, and give all back that it has."""
        return self.give_back(step(evolve(state, jobs=state.jobs.drop(agent)), Reply(agent, Done())), agent, job)

    def give_back(self, after: Step[Working], agent: Address, job: Job) -> Step[Working]:
        for pool in job.has:
            after = after.then(lambda now, pool=pool: self.said(now, pool, self.pool().request(now.pools[pool], agent, Release())))  # type: ignore[misc]
        return after

    def view(self, state: Working) -> PoolsView:
        return PoolsView(Map.of((pool, agent) for pool, lending in state.pools.items() for agent in lending.held))


PROMISES: tuple[Clause, ...] = (
    spec.one_at_a_time,
    spec.in_one_order,
    spec.who_waits_does_not_go_on,
    spec.who_is_done_had_all,
    spec.nobody_is_answered_twice,
    spec.the_view_is_true,
    spec.nobody_waits,
    spec.everybody_is_done,
    spec.somebody_waits_with_something,
)

POOLS = Address("pools")
DISK, PRINTER = "disk", "printer"
THERE, BACK = Use((DISK, PRINTER)), Use((PRINTER, DISK))


def system(*scripts: tuple[Use, ...], pools: type[Pools] = Pools) -> System[Holdings]:
    """Put pools and agents together, one for each script; by default two that name the pools in opposite orders."""
    told = scripts or ((THERE,), (BACK,))
    users = zip(addresses("agent", len(told)), told, strict=True)
    return System(
        {POOLS: pools()},
        Holdings(),
        PROMISES,
        users=tuple(User(name, (POOLS,), tuple((each,) for each in script)) for name, script in users),
    )
