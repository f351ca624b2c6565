"""Wrong use of several pools: in opposite orders, as the documents' stages might, and ways out of it that lead nowhere."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.synchronization.ordered_pools import Job, Pools, Working, system
from concordant.refimpl.synchronization.resource_pool import Pool
from concordant.spec.synchronization import ordered_pools as spec
from concordant.spec.synchronization.ordered_pools import Done, GoesOn, PoolsView, Use
from concordant.spec.vocabulary import Address, Map, Rejected, Reply

DISK = Use(("disk",))


@frozen
class AsTheyAsk(Pools):
    """Gives what agents need in the order in which they name it."""

    def in_order(self, pools: tuple[str, ...]) -> tuple[str, ...]:
        return pools


@frozen
class GivesWay(AsTheyAsk):
    """Rather than wait an agent gives back what it has, and begins anew."""

    def fire(self, state: Working, trigger: GoesOn) -> Step[Working]:
        job = state.jobs[trigger.agent]
        taken = {pool for other in state.jobs.values() for pool in other.has}
        if not job.needs or job.needs[0] not in taken:
            return super().fire(state, trigger)
        anew = evolve(state, jobs=state.jobs.put(trigger.agent, Job((*job.has, *job.needs))))
        return self.give_back(step(anew), trigger.agent, job).then(lambda now: self.take(now, trigger.agent))


@frozen
class LendsTwice(Pools):
    """Has two units where there is one."""

    def pool(self) -> Pool:
        return Pool(2)


@frozen
class IsDoneEarly(Pools):
    """Takes an agent that has something for one that has all."""

    def fire(self, state: Working, trigger: GoesOn) -> Step[Working]:
        return self.done(state, trigger.agent, state.jobs[trigger.agent])


@frozen
class GoesOnAllTheSame(Pools):
    """Lets an agent go on that waits."""

    def armed(self, state: Working) -> tuple[GoesOn, ...]:
        return tuple(map(GoesOn, state.jobs))


@frozen
class TurnsAway(Pools):
    """Tells an agent that had all that there is nothing."""

    def done(self, state: Working, agent: Address, job: Job) -> Step[Working]:
        after = super().done(state, agent, job)
        return step(after.state, Reply(agent, Rejected("nothing is free")), *after.effects[1:])


@frozen
class TellsTwice(Pools):
    """Tells an agent that its work is done when it has all, and again when it is."""

    def took(self, state: Working, agent: Address, pool: str) -> Step[Working]:
        after = super().took(state, agent, pool)
        return after if after.state.jobs[agent].needs else step(after.state, *after.effects, Reply(agent, Done()))


@frozen
class KeepsIt(Pools):
    """Takes nothing back from who is done."""

    def give_back(self, after: Step[Working], agent: Address, job: Job) -> Step[Working]:  # noqa: ARG002  # that is the mistake
        return after


@frozen
class HidesAll(Pools):
    """Shows nothing."""

    def view(self, state: Working) -> PoolsView:  # noqa: ARG002  # that is the mistake
        return PoolsView(Map())


OPPOSITE_ORDERS = Pitfall(
    "POL-5",
    "Two take from two pools in opposite orders: each has what the other waits for.",
    breaks=spec.nobody_waits,
    subject=system(pools=AsTheyAsk),
    length=4,
)
WAIT_FOR_EVER = Pitfall(
    "POL-5/waits",
    "Two that wait for each other are never done.",
    breaks=spec.everybody_is_done,
    subject=system(pools=AsTheyAsk),
    length=4,
)
AS_THEY_ASK = Pitfall(
    "POL-5/order",
    "There is no rule in which order pools are taken.",
    breaks=spec.in_one_order,
    subject=system(pools=AsTheyAsk),
    length=1,
)
GIVES_WAY = Pitfall(
    "ordered_pools.GivesWay",
    "Two give way to each other, and take again what they have given back, for ever.",
    breaks=spec.everybody_is_done,
    subject=system(pools=GivesWay),
    length=8,
)
LENDS_TWICE = Pitfall(
    "ordered_pools.LendsTwice",
    "A unit is lent while another has it.",
    breaks=spec.one_at_a_time,
    subject=system((DISK,), (DISK,), pools=LendsTwice),
    length=2,
)
IS_DONE_EARLY = Pitfall(
    "ordered_pools.IsDoneEarly",
    "An agent is done when it has the first of what it needs.",
    breaks=spec.who_is_done_had_all,
    subject=system(pools=IsDoneEarly),
    length=2,
)
GOES_ON_ALL_THE_SAME = Pitfall(
    "ordered_pools.GoesOnAllTheSame",
    "An agent that waits asks again and again, and stands in the queue more than once.",
    breaks=spec.who_waits_does_not_go_on,
    subject=system((DISK,), (DISK,), pools=GoesOnAllTheSame),
    length=3,
)
TURNS_AWAY = Pitfall(
    "ordered_pools.TurnsAway",
    "An agent whose work is done is told that it had nothing.",
    breaks=spec.who_is_done_had_all,
    subject=system((DISK,), pools=TurnsAway),
    length=2,
)
TELLS_TWICE = Pitfall(
    "ordered_pools.TellsTwice",
    "An agent is told twice that its work is done.",
    breaks=spec.nobody_is_answered_twice,
    subject=system((DISK,), pools=TellsTwice),
    length=2,
)
KEEPS_IT = Pitfall(
    "ordered_pools.KeepsIt",
    "What an agent had when its work was done is never free again.",
    breaks=spec.the_view_is_true,
    subject=system((DISK,), pools=KeepsIt),
    length=2,
)
HIDES_ALL = Pitfall(
    "ordered_pools.HidesAll",
    "Nobody sees who has what.",
    breaks=spec.the_view_is_true,
    subject=system((DISK,), pools=HidesAll),
    length=1,
)
