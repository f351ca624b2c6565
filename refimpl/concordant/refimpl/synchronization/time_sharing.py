"""Time sharing: the rule that makes a rotation, and agents that keep to it by their own clocks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Never

from attrs import frozen

from concordant.refimpl.machine import Mechanism, Process, Step, System, step
from concordant.spec.synchronization import time_sharing as spec
from concordant.spec.synchronization.time_sharing import (
    NEGATIVE,
    NOBODY,
    NOT_EXACT,
    TOO_SHORT,
    TWICE,
    AgentView,
    Began,
    Ended,
    History,
    Outcome,
    Rotation,
    Sharing,
    Use,
)
from concordant.spec.vocabulary import Announce, Clause, Clocks, Faults, Map, Rejected, Ticks, addresses, is_amount

# ---- the rule


def rotation(sharing: Sharing) -> Outcome:
    """Give each agent a slot of the same length, one after the other, and let its use end the guard before that."""
    reason = flaw(sharing)
    if reason is not None:
        return reason
    uses = tuple(Use(agent, place * sharing.slot, (place + 1) * sharing.slot - sharing.guard) for place, agent in enumerate(sharing.agents))
    return Rotation(uses, len(uses) * sharing.slot)


def flaw(sharing: Sharing) -> Rejected | None:
    """Return why a sharing is rejected; None where it is not."""
    if not sharing.agents:
        return NOBODY
    if len(set(sharing.agents)) < len(sharing.agents):
        return TWICE
    if not is_amount(sharing.slot) or not is_amount(sharing.guard):
        return NOT_EXACT
    if sharing.guard < 0:
        return NEGATIVE
    return None if sharing.guard < sharing.slot else TOO_SHORT


def on(most: int, rule: Callable[[Sharing], Outcome] = rotation) -> Mechanism[Sharing, Outcome]:
    """Return the rule on up to so many agents."""
    return Mechanism(rule, partial(spec.sharings, most=most), spec.RULE_CLAUSES)


def on_malformed(rule: Callable[[Sharing], Outcome] = rotation) -> Mechanism[Sharing, Outcome]:
    """Return the rule on what has a flaw."""
    return Mechanism(rule, spec.malformed, (spec.malformed_sharings_are_rejected,))


# ---- the process


@frozen
class Agent(Process[bool, Never]):
    """Uses it while its clock shows its time. Its state: whether it does."""

    start_of_use: Ticks
    end_of_use: Ticks
    period: Ticks

    def start(self) -> Step[bool]:
        return self.turn(active=False, now=0)

    def tick(self, state: bool, now: Ticks) -> Step[bool]:
        return self.turn(active=state, now=now)

    def turn(self, *, active: bool, now: Ticks) -> Step[bool]:
        if self.is_its_time(now) == active:
            return step(active)
        return step(not active, Announce(Ended() if active else Began()))

    def is_its_time(self, now: Ticks) -> bool:
        # The hard step: who is active by a clock that is ahead, ended by the guard earlier by its own; who is next begins by a clock
        # that is behind no sooner than its slot. Two clocks that differ by no more than the guard never show both at once.
        return self.start_of_use <= now % self.period < self.end_of_use

    def survives(self, state: bool) -> tuple[bool, ...]:  # noqa: ARG002  # nothing is left to do
        return (False,)

    def recover(self, state: bool) -> Step[bool]:
        return step(state)

    def view(self, state: bool) -> AgentView:
        return AgentView(state)


PROMISES: tuple[Clause, ...] = (
    spec.one_at_a_time,
    spec.active_in_its_own_time,
    spec.what_is_announced_is_so,
    spec.nobody_waits_for_longer_than_a_round,
    spec.everybody_has_its_turn,
)
EXAMPLES: tuple[Clause, ...] = (spec.one_is_active_after_another,)


def system(
    agents: int = 2,
    slot: Ticks = 2,
    guard: Ticks = 1,
    *,
    rounds: int = 1,
    skew: Ticks = 1,
    setbacks: int = 0,
    faults: Faults = Faults(),
    agent: type[Agent] = Agent,
    rule: Callable[[Sharing], Outcome] = rotation,
    promises: tuple[Clause, ...] = (*PROMISES, *EXAMPLES),
) -> System[History]:
    """Put agents together that share by a rotation, on a dial of so many rounds; what is rejected is a ValueError.

    With set-backs, their clocks end with the dial.
    """
    names = addresses("agent", agents)
    outcome = rule(Sharing(tuple(map(str, names)), slot, guard))
    if isinstance(outcome, Rejected):
        raise ValueError(f"agents={agents}, slot={slot}, guard={guard}: {outcome.reason}")
    period = int(outcome.period)
    uses = {use.agent: (int(use.start), int(use.end)) for use in outcome.uses}
    return System(
        {name: agent(*uses[str(name)], period) for name in names},
        History(Map.of({name: uses[str(name)] for name in names}), period),
        promises,
        faults=faults,
        clocks=Clocks(rounds * period - 1, skew, setbacks, wraps=not setbacks),
    )
