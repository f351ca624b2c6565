"""Time sharing: agents use something one after the other, each in a slot of its own, round after round.

Source: time-division multiple access, and the cyclic executive (Liu and Layland, "Scheduling algorithms for multiprogramming in a
hard-real-time environment", 1973, for what it is measured against).
Assumes: clocks that count from one origin, and differ by at most the guard.
Chosen: a rule says who uses it when, from the agents in their order, the length of a slot and the guard, by which a use ends before
its slot does; an agent looks at its own clock and at nothing else. Who shares is fixed: who joins or leaves makes another rotation.
Does not promise: that two agents are not active at once where clocks differ by more than the guard, or are set back.
"""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.no_amounts import NO_AMOUNTS
from concordant.spec.vocabulary import (
    Address,
    Amount,
    Cases,
    Crashed,
    Draw,
    Fair,
    Fault,
    Flaws,
    Map,
    Recovered,
    Rejected,
    Seen,
    Ticked,
    Ticks,
    always,
    always_each,
    case,
    for_all,
    infinitely_often,
    is_amount,
    on_event,
    rejection,
    sometimes,
)

# ---- the rule


@frozen
class Sharing:
    """Who shares, in the order of their turns; how long a slot is, and by how much a use ends before its slot."""

    agents: tuple[str, ...]
    slot: Amount
    guard: Amount


@frozen
class Use:
    """In each period, from `start` on and before `end`, it is this agent's."""

    agent: str
    start: Amount
    end: Amount


@frozen
class Rotation:
    """The uses of one period, in their order. The next period begins with its end."""

    uses: tuple[Use, ...]
    period: Amount


Outcome: TypeAlias = Rotation | Rejected

NOBODY = Rejected("nobody shares")
TWICE = Rejected("an agent is listed twice")
NOT_EXACT = Rejected("the slot or the guard is no exact amount")
NEGATIVE = Rejected("the guard is negative")
TOO_SHORT = Rejected("the slot is no longer than the guard")

REJECTED: Flaws[Sharing] = (
    (NOBODY, lambda sharing: sharing.agents == ()),
    (TWICE, lambda sharing: any(one == other for one, other in combinations(sharing.agents, 2))),
    (NOT_EXACT, lambda sharing: not (is_amount(sharing.slot) and is_amount(sharing.guard))),
    (NEGATIVE, lambda sharing: sharing.guard < 0),
    (TOO_SHORT, lambda sharing: sharing.slot <= sharing.guard),
)
"""What is rejected, and why."""


@for_all
def uses_are_a_guard_apart(sharing: Sharing, outcome: Outcome) -> Cases:
    """Between two uses there is at least the guard, between the last of a period and the first of the next too."""
    if isinstance(outcome, Rotation):
        first, last = outcome.uses[0], outcome.uses[-1]
        for one, other in pairwise(outcome.uses):
            yield case(one.end + sharing.guard <= other.start, one=one, other=other)
        yield case(last.end + sharing.guard <= outcome.period + first.start, last=last, first=first, period=outcome.period)


@for_all
def everybody_has_one_use_in_turn(sharing: Sharing, outcome: Outcome) -> Cases:
    """In each period each agent has one use, in the order in which they are listed."""
    if isinstance(outcome, Rotation):
        yield case(tuple(use.agent for use in outcome.uses) == sharing.agents, uses=outcome.uses)


@for_all
def all_uses_are_as_long(sharing: Sharing, outcome: Outcome) -> Cases:
    """Every use is as long as a slot without its guard."""
    if isinstance(outcome, Rotation):
        for use in outcome.uses:
            yield case(use.end - use.start == sharing.slot - sharing.guard, use=use)


@for_all
def nothing_is_wasted(sharing: Sharing, outcome: Outcome) -> Cases:
    """A use begins as soon as the slot before it ends, and a period with its last slot: nobody waits for longer than the others' slots and a guard."""
    if isinstance(outcome, Rotation):
        begins: Amount = 0
        for use in outcome.uses:
            yield case(use.start == begins, use=use, begins=begins)
            begins += sharing.slot
        yield case(outcome.period == begins, period=outcome.period, begins=begins)


@for_all
def malformed_sharings_are_rejected(sharing: Sharing, outcome: Outcome) -> Cases:
    """What is asked is rejected if, and only if, it breaks a rule, and with the reason of the first that it breaks."""
    yield from rejection(REJECTED, sharing, outcome)


def sharings(draw: Draw, most: int) -> Sharing:
    """Draw up to `most` agents, the slot and the guard, which may be too long for it."""
    names = tuple(f"agent{number}" for number in range(draw.one_of("agents", range(1, most + 1))))
    return Sharing(names, draw.amount("slot"), draw.amount("guard"))


def malformed(draw: Draw) -> Sharing:
    """Draw what two agents might ask, with a flaw."""
    sound = Sharing(("agent0", "agent1"), draw.amount("slot"), draw.amount("guard"))
    match draw.one_of("flaw", ("nobody", "one twice", "the slot", "the guard", "a negative guard")):
        case "nobody":
            return evolve(sound, agents=())
        case "one twice":
            return evolve(sound, agents=("agent0", "agent1", "agent0"))
        case "the slot":
            return evolve(sound, slot=NO_AMOUNTS[draw.one_of("it is", tuple(NO_AMOUNTS))])
        case "the guard":
            return evolve(sound, guard=NO_AMOUNTS[draw.one_of("it is", tuple(NO_AMOUNTS))])
        case _:
            return evolve(sound, guard=-1 - draw.amount("below"))


RULE_CLAUSES = (
    malformed_sharings_are_rejected,
    uses_are_a_guard_apart,
    everybody_has_one_use_in_turn,
    all_uses_are_as_long,
    nothing_is_wasted,
)

# ---- the process: events and view


@frozen
class Began:
    """The agent uses it from now on."""


@frozen
class Ended:
    """The agent uses it no more."""


@frozen
class AgentView:
    """Whether the agent uses it."""

    active: bool


# ---- history


@frozen
class History:
    """What clocks show, who is active, who is down, who has waited for how long, and who has had its turn in this round.

    `uses` and `period` are fixed: from when to when each agent may use it. A round ends when all that are up have had a turn: it is
    `complete` until a clock goes on.
    """

    uses: Map[Address, tuple[Ticks, Ticks]]
    period: Ticks
    clocks: Map[Address, Ticks] = Map()
    active: frozenset[Address] = frozenset()
    down: frozenset[Address] = frozenset()
    waited: Map[Address, Ticks] = Map()
    served: frozenset[Address] = frozenset()
    complete: bool = False

    def after(self, at: Address, by: Address, happening: object) -> History:  # noqa: ARG002  # an agent acts for itself
        """Fold one happening."""
        match happening:
            case Ticked(now):
                after = evolve(self, clocks=self.clocks.put(at, now), complete=False)
                if at in self.active | self.down or now == self.clocks.get(at, 0):  # who recovers reads what its clock has shown
                    return after
                return evolve(after, waited=self.waited.put(at, min(self.waited.get(at, 0) + 1, self.period)))
            case Began():
                return evolve(self, active=self.active | {at}, waited=self.waited.put(at, 0)).turned(self.served | {at})
            case Ended():
                return evolve(self, active=self.active - {at})
            case Crashed():
                return evolve(self, down=self.down | {at}, active=self.active - {at}).turned(self.served)
            case Recovered():
                return evolve(self, down=self.down - {at}, waited=self.waited.put(at, 0))
            case _:
                return self

    def turned(self, served: frozenset[Address]) -> History:
        """Return it with who has had a turn; with nobody, where that ends a round."""
        complete = served | self.down >= frozenset(self.uses)
        return evolve(self, served=frozenset() if complete else served, complete=complete)

    def may_use(self, agent: Address) -> bool:
        """Tell whether its own clock shows a time at which an agent may use it."""
        start, end = self.uses[agent]
        return any(start <= self.clocks.get(agent, 0) - begun < end for begun in range(0, self.clocks.get(agent, 0) + 1, self.period))


# ---- clauses

EVER = Fault.CRASH | Fault.RECOVERY | Fault.SKEW


@always(under=EVER)
def one_at_a_time(seen: Seen[History]) -> Cases:
    """At most one agent is active, as long as clocks differ by no more than the guard."""
    active = sorted(who for who, view in seen.views(AgentView).items() if view.active)
    if active:
        yield case(len(active) < 2, active=active)


@always_each(AgentView, under=EVER)
def active_in_its_own_time(view: AgentView, who: Address, history: History) -> Cases:
    """An agent that is up is active if, and only if, its own clock shows a time of its use."""
    if who not in history.down:
        yield case(view.active == history.may_use(who), who=who, active=view.active, now=history.clocks.get(who, 0))


@always_each(AgentView, under=EVER)
def what_is_announced_is_so(view: AgentView, who: Address, history: History) -> Cases:
    """An agent is active from when it says so until it says no more."""
    yield case(view.active == (who in history.active), who=who, active=view.active)


@on_event(Began, under=EVER)
def nobody_waits_for_longer_than_a_round(before: History, by: Address, event: Began) -> Cases:  # noqa: ARG001  # the signature of the kind
    """By its own clock an agent waits for no longer than the slots of all others and a guard."""
    start, end = before.uses[by]
    waited = before.waited.get(by, 0)
    yield case(waited <= before.period - (end - start), by=by, waited=waited)


@infinitely_often(Fair.TIME, under=EVER)
def everybody_has_its_turn(seen: Seen[History]) -> Cases:
    """Again and again, everybody who is up has had its turn."""
    if seen.history.down < frozenset(seen.history.uses):
        yield case(seen.history.complete, served=seen.history.served)


@sometimes
def one_is_active_after_another(seen: Seen[History]) -> Cases:
    """An agent is active, after another was."""
    yield case(bool(seen.history.active) and seen.history.complete)
