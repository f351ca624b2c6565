"""What goes wrong with sharing by time: the documents' code, and slips in ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Never

from attrs import evolve, frozen

from concordant.refimpl.machine import KnownViolation, Pitfall, Process, SetBack, Step, System, Tick, step
from concordant.refimpl.synchronization.time_sharing import Agent, on, on_malformed, rotation, system
from concordant.spec.synchronization import time_sharing as spec
from concordant.spec.synchronization.time_sharing import (
    AgentView,
    Began,
    Ended,
    History,
    Outcome,
    Rotation,
    Sharing,
)
from concordant.spec.vocabulary import Amount, Announce, Completion, Faults, RuleClause, Ticks, addresses

FIRST, SECOND = addresses("agent", 2)
TWO_WHO_CRASH = Faults(crashes=1, recoveries=1, who=(FIRST,))

# ---- the documents' code


@frozen
class ActiveFromTheStart(Agent):
    """Is active if it is the first of the list: so the plan says, which nobody looks at again."""

    def turn(self, *, active: bool, now: Ticks) -> Step[bool]:  # noqa: ARG002
        first = self.start_of_use == 0
        return step(first) if first == active else step(first, Announce(Began()))


@frozen
class Plan:
    """Whether an agent is active, and whether what it had planned has changed: its slot is over, or another was set."""

    active: bool
    new: bool = False


@frozen
class OneRotation(Process[Plan, Never]):
    """Has a plan for one round, after which nobody is active."""

    start_of_use: Ticks
    end_of_use: Ticks
    period: Ticks

    def start(self) -> Step[Plan]:
        return self.turn(Plan(active=False), 0)

    def tick(self, state: Plan, now: Ticks) -> Step[Plan]:
        return self.turn(state, now)

    def turn(self, state: Plan, now: Ticks) -> Step[Plan]:
        active = not state.new and self.start_of_use <= now < self.end_of_use
        over = state.new or (state.active and not active)
        return step(Plan(active, over), *(() if active == state.active else (Announce(Began() if active else Ended()),)))

    def view(self, state: Plan) -> AgentView:
        return AgentView(state.active)


def one_rotation() -> System[History]:
    """Put two agents together that have a plan for one round."""
    sound = system()
    return evolve(sound, processes={name: OneRotation(*use, 4) for name, use in sound.history.uses.items()})


def one_slot_for_each_value(sharing: Sharing) -> Outcome:
    """Deal slots out to agents and values side by side: as many as there are of the fewer, in a period for all."""
    outcome = rotation(sharing)
    return evolve(outcome, uses=outcome.uses[:2]) if isinstance(outcome, Rotation) else outcome


def without_anybody(sharing: Sharing) -> Outcome:
    """Share among nobody: in a period of 0, by which nothing can be divided."""
    return Rotation((), 0) if sharing.agents == () else rotation(sharing)


def in_a_fixed_period(sharing: Sharing) -> Outcome:
    """Begin the next period after six slots, whoever shares."""
    outcome = rotation(sharing)
    return evolve(outcome, period=6 * sharing.slot) if isinstance(outcome, Rotation) else outcome


def _of_rule(id: str, mistake: str, breaks: RuleClause, rule: Callable[[Sharing], Outcome], length: int) -> Pitfall:
    return Pitfall(id, mistake, breaks=breaks, subject=on(3, rule), length=length)


ACTIVE_FROM_THE_START = Pitfall(
    "TSH-1",
    "Who is active is fixed when the plan is made: after its slot the first is still active.",
    breaks=spec.active_in_its_own_time,
    subject=system(agent=ActiveFromTheStart),
    length=1,
)
ONE_ROTATION = Pitfall(
    "TSH-1/one_rotation",
    "The plan has one round: when it is over nobody is ever active again.",
    breaks=spec.everybody_has_its_turn,
    subject=one_rotation(),
    length=21,
)
ONE_SLOT_FOR_EACH_VALUE = _of_rule(
    "TSH-2",
    "Three agents and two values: the third agent has no slot, and its time is nobody's.",
    spec.everybody_has_one_use_in_turn,
    one_slot_for_each_value,
    3,
)
WITHOUT_ANYBODY = Pitfall(
    "TSH-3",
    "Nobody shares, and the period is 0.",
    breaks=spec.malformed_sharings_are_rejected,
    subject=on_malformed(without_anybody),
    length=3,
)
IN_A_FIXED_PERIOD = _of_rule(
    "TSH-4",
    "The period is the same however many share: most of it is nobody's.",
    spec.nothing_is_wasted,
    in_a_fixed_period,
    3,
)
WITHOUT_A_GUARD = Pitfall(
    "TSH-5",
    "Each agent goes by its own clock, and nobody leaves room for what they differ by: two are active at once.",
    breaks=spec.one_at_a_time,
    subject=system(slot=2, guard=0),
    length=3,
)


@frozen
class NewPlan(Completion):
    """Somebody sets another window."""


@frozen
class SetOneByOne(Process[Plan, Never, Never, NewPlan]):
    """Uses it while its clock shows a time within its window, which is set by itself: the last of a plan becomes the first of the next."""

    old: tuple[Ticks, Ticks]
    other: tuple[Ticks, Ticks]
    period: Ticks

    def start(self) -> Step[Plan]:
        return self.turn(Plan(active=False), 0)

    def tick(self, state: Plan, now: Ticks) -> Step[Plan]:
        return self.turn(state, now)

    def turn(self, state: Plan, now: Ticks) -> Step[Plan]:
        begin, end = self.other if state.new else self.old
        active = begin <= now % self.period < end
        return step(evolve(state, active=active), *(() if active == state.active else (Announce(Began() if active else Ended()),)))

    def armed(self, state: Plan) -> tuple[NewPlan, ...]:
        return () if state.new else (NewPlan(),)

    def fire(self, state: Plan, trigger: NewPlan) -> Step[Plan]:  # noqa: ARG002  # there is one
        return step(evolve(state, new=True))

    def view(self, state: Plan) -> AgentView:
        return AgentView(state.active)


def set_one_by_one() -> System[History]:
    """Put two agents together whose windows are exchanged, one by one."""
    sound = system()
    ends = sound.history.uses
    return evolve(sound, processes={FIRST: SetOneByOne(ends[FIRST], ends[SECOND], 4), SECOND: SetOneByOne(ends[SECOND], ends[FIRST], 4)})


SET_ONE_BY_ONE = Pitfall(
    "TSH-6",
    "The windows of a new plan are set one agent at a time: in between, one has its old and another its new window, and they are the same.",
    breaks=spec.one_at_a_time,
    subject=set_one_by_one(),
    length=5,
)

# ---- slips


@frozen
class UsesItToTheEnd(Agent):
    """Ends with the slot, not the guard before it."""

    def is_its_time(self, now: Ticks) -> bool:
        return self.start_of_use <= now % self.period <= self.end_of_use


@frozen
class SaysNothing(Agent):
    """Does not say that it has ended."""

    def turn(self, *, active: bool, now: Ticks) -> Step[bool]:
        after = super().turn(active=active, now=now)
        return step(after.state, *(effect for effect in after.effects if effect != Announce(Ended())))


@frozen
class BeginsSilently(Agent):
    """Does not say that it has begun."""

    def turn(self, *, active: bool, now: Ticks) -> Step[bool]:
        after = super().turn(active=active, now=now)
        return step(after.state, *(effect for effect in after.effects if effect != Announce(Began())))


@frozen
class SkipsEverySecond(Agent):
    """Lets every second of its slots pass."""

    def is_its_time(self, now: Ticks) -> bool:
        return super().is_its_time(now) and now < self.period


@frozen
class LetsItsTurnPass(Agent):
    """Uses nothing, if it is not the first."""

    def is_its_time(self, now: Ticks) -> bool:
        return super().is_its_time(now) and self.start_of_use == 0


@frozen
class StaysActive(Agent):
    """Goes on where it was when it comes up again."""

    def survives(self, state: bool) -> tuple[bool, ...]:
        return (state,)


def altered(change: Callable[[Sharing, Rotation], Rotation]) -> Callable[[Sharing], Outcome]:
    """Return the rule with what it makes of a sharing changed."""

    def rule(sharing: Sharing) -> Outcome:
        outcome = rotation(sharing)
        return change(sharing, outcome) if isinstance(outcome, Rotation) else outcome

    return rule


def with_use(rotation: Rotation, place: int, start: Amount = 0, end: Amount = 0) -> Rotation:
    """Return a rotation in which the use at a place, if there is one, begins and ends so much later."""
    uses = tuple(
        evolve(use, start=use.start + start, end=use.end + end) if number == place else use for number, use in enumerate(rotation.uses)
    )
    return evolve(rotation, uses=uses)


def last(rotation: Rotation) -> int:
    """Return the place of the last use."""
    return len(rotation.uses) - 1


def with_a_short_guard(sharing: Sharing) -> Outcome:
    """Take a slot that is all guard for one that is long enough."""
    outcome = rotation(evolve(sharing, guard=0))
    return outcome if isinstance(outcome, Rotation) and sharing.guard == sharing.slot else rotation(sharing)


USES_IT_TO_THE_END = Pitfall(
    "time_sharing.UsesItToTheEnd",
    "An agent is active when its clock shows the end of its use.",
    breaks=spec.active_in_its_own_time,
    subject=system(agent=UsesItToTheEnd),
    length=1,
)
SAYS_NOTHING = Pitfall(
    "time_sharing.SaysNothing",
    "An agent does not say that it has ended.",
    breaks=spec.what_is_announced_is_so,
    subject=system(agent=SaysNothing),
    length=1,
)
BEGINS_SILENTLY = Pitfall(
    "time_sharing.BeginsSilently",
    "An agent does not say that it has begun.",
    breaks=spec.what_is_announced_is_so,
    subject=system(agent=BeginsSilently),
    length=0,
)
IS_IDLE = Pitfall(
    "time_sharing.LetsItsTurnPass/idle",
    "An agent is idle while it is its time.",
    breaks=spec.active_in_its_own_time,
    subject=system(agent=LetsItsTurnPass),
    length=3,
)
SKIPS_EVERY_SECOND = Pitfall(
    "time_sharing.SkipsEverySecond",
    "An agent lets every second slot pass: it waits for longer than a round.",
    breaks=spec.nobody_waits_for_longer_than_a_round,
    subject=system(agent=SkipsEverySecond, rounds=2),
    length=15,
)
LETS_ITS_TURN_PASS = Pitfall(
    "time_sharing.LetsItsTurnPass",
    "One agent is active round after round, and another never is.",
    breaks=spec.everybody_has_its_turn,
    subject=system(agent=LetsItsTurnPass),
    length=15,
)
STAYS_ACTIVE = Pitfall(
    "time_sharing.StaysActive",
    "An agent that crashed while it was active is thought to be active while it is down, and it is the turn of another.",
    breaks=spec.one_at_a_time,
    subject=system(agent=StaysActive, faults=TWO_WHO_CRASH),
    length=4,
)
SECOND_WITHOUT_A_GUARD = _of_rule(
    "time_sharing.second_without_a_guard",
    "The second use ends with its slot, and the third begins.",
    spec.uses_are_a_guard_apart,
    altered(lambda sharing, made: with_use(made, 1, end=sharing.guard) if last(made) > 1 else made),
    3,
)
LAST_WITHOUT_A_GUARD = _of_rule(
    "time_sharing.last_without_a_guard",
    "The last use ends with the period, and the first of the next begins.",
    spec.uses_are_a_guard_apart,
    altered(lambda sharing, made: with_use(made, last(made), end=sharing.guard)),
    3,
)
FIRST_IS_LONGER = _of_rule(
    "time_sharing.first_is_longer",
    "The first use is longer than the others.",
    spec.all_uses_are_as_long,
    altered(lambda sharing, made: with_use(made, 0, end=sharing.guard)),
    3,
)
LAST_IS_SHORTER = _of_rule(
    "time_sharing.last_is_shorter",
    "The last of several uses is shorter than the others.",
    spec.all_uses_are_as_long,
    altered(lambda sharing, made: with_use(made, last(made), end=0 - sharing.guard) if last(made) > 0 else made),
    3,
)
BEGINS_LATE = _of_rule(
    "time_sharing.begins_late",
    "A use begins with a guard, and ends with one too.",
    spec.nothing_is_wasted,
    altered(lambda sharing, made: with_use(made, last(made), start=sharing.guard)),
    3,
)
BEGINS_EARLY = _of_rule(
    "time_sharing.begins_early",
    "A use begins within the guard of that before it.",
    spec.nothing_is_wasted,
    altered(lambda sharing, made: with_use(made, last(made), start=0 - sharing.guard)),
    3,
)
PERIOD_WITHOUT_ITS_GUARD = _of_rule(
    "time_sharing.period_without_its_guard",
    "The next period begins with the end of the last use.",
    spec.nothing_is_wasted,
    altered(lambda sharing, made: evolve(made, period=made.period - sharing.guard)),
    3,
)
WITH_A_SHORT_GUARD = _of_rule(
    "time_sharing.with_a_short_guard",
    "A guard as long as its slot is not taken for too long.",
    spec.malformed_sharings_are_rejected,
    with_a_short_guard,
    3,
)

# ---- what nobody can do by a clock

A_CLOCK_IS_SET_BACK = KnownViolation(
    spec.one_at_a_time,
    "An agent's clock is set back into its slot, while the other's shows the next: no guard is long enough for that.",
    system(setbacks=1),
    (Tick(FIRST, 1), Tick(SECOND, 1), Tick(SECOND, 2), SetBack(FIRST, 0)),
)
