"""Systems that hold a search up: too much of something, or functions that take their time, or never return."""

from __future__ import annotations

from typing import Any

from attrs import evolve, frozen

from concordant.checks import Family, Grid, Reductions, Scope
from concordant.refimpl.machine import Byzantine, Mechanism, Step, System, User, step
from concordant.spec.vocabulary import (
    Cases,
    Draw,
    Faults,
    Network,
    NoHistory,
    addresses,
    case,
    for_all,
)
from tests.hostile.workers import (
    A,
    B,
    C,
    Counted,
    Deaf,
    Do,
    Heard,
    On,
    Worker,
    all_count,
    all_slowly_count,
    catches,
    counts_up,
    loops,
    never_assumed,
    never_bounded,
    never_says,
    sleeps,
    sleeps_on_it,
    slowly_assumed,
    slowly_bounded,
    slowly_counts_up,
    slowly_forged,
    slowly_rests,
    slowly_steps_up,
    slowly_tells,
    some_count_up,
    work,
    workers,
)

# ---- too much

MESSAGES = System({A: Worker(most=0, notes=80), B: Worker(most=0)}, NoHistory(), (counts_up,))
"""Eighty messages in a channel: 2⁸⁰ contents of it."""
LOSSY = evolve(MESSAGES, network=Network(losses=None, duplicating=False))
MANY_MOVES = System({A: Worker(most=1, kinds=4_096)}, NoHistory(), (counts_up,))
"""A process with 4,096 moves."""
TWO_MILLION = System({A: Worker(most=1, kinds=2_000_000)}, NoHistory(), (counts_up,))
"""A state with two million successors, by one process."""


def alternatives() -> System[Any]:
    """Give a state two million successors, by one user."""
    return System({A: Worker(most=0)}, NoHistory(), (counts_up,), users=(User(C, (A,), (tuple(map(Do, range(2_000_000))),)),))


TINY = workers(1, Worker())
"""Eleven states."""
COUNTS = workers(5, Worker(most=9), promises=(counts_up, all_count))
"""10⁵ states, and a clause of liveness."""
VAST = workers(9, Worker(most=9))
"""10⁹ states, all found by compiled code."""
JUDGED = workers(4, Worker(most=9, tells=True), promises=(counts_up, some_count_up))
"""10⁴ states, each of which is judged, and announces something."""
VAST_LIVE = workers(6, Worker(most=9), promises=(all_count,))
"""10⁶ states, and a graph to look at afterwards."""
SYMMETRIC = Scope(
    "symmetric",
    "six that are interchangeable",
    workers(6, Worker(most=9), symmetric=(tuple((each,) for each in addresses("w", 6)),)),
    reductions=Reductions(symmetry=True),
)
COUNTS_ALIKE = evolve(
    SYMMETRIC, name="counts_alike", system=workers(7, Worker(most=9), symmetric=(tuple((each,) for each in addresses("w", 7)),))
)
ENDLESS = workers(2, Worker(most=1 << 40))
"""Counts for ever."""


@frozen
class Nests(Worker):
    """Puts its state within its next, so that values become 2,000 deep."""

    def fire(self, state: Counted, trigger: On) -> Step[Counted]:  # noqa: ARG002
        """Nest four hundred times more."""
        below = state.below
        for _ in range(400):
            below = (below,)
        return step(Counted(state.number + 1, below))


DEEPER_AND_DEEPER = System({A: Nests(most=5)}, NoHistory(), (counts_up,))


def crowd() -> System[Any]:
    """Put seventeen thousand processes together, each with a move."""
    return workers(17_000, Worker(most=1))


WIDE = workers(120, Worker(most=9))
"""Rows of eight words."""

# ---- slow

SLOW_HANDLER = workers(3, Worker(most=200, fires=work))
SLOW_VIEW = workers(3, Worker(most=200, views=work))
SLOW_START = workers(300, Worker(most=1, starts=work))
SLOW_HISTORY = workers(3, Worker(most=200, tells=True), Heard())
SLOW_CLAUSE = workers(3, Worker(most=200), promises=(slowly_counts_up,))
SLOW_STEP = workers(3, Worker(most=200), promises=(slowly_steps_up,))
SLOW_EVENT = workers(3, Worker(most=200, tells=True), promises=(slowly_tells,))
SLOW_REST = workers(3, Worker(most=30, kinds=9), promises=(slowly_rests,))
SLOW_LIVENESS = workers(3, Worker(most=20), promises=(all_slowly_count,))
SLOW_ASSUMPTION = workers(3, Worker(most=200), assume=(slowly_assumed,))
SLOW_BOUND = workers(3, Worker(most=200), within=(slowly_bounded,))
SLOW_LIAR = System({A: Worker(most=200, tells=True), B: Worker(most=50)}, Heard(), (counts_up,), byzantine=(Byzantine(C, slowly_forged),))
SLOW_FAULTS = workers(3, Worker(most=30, fires=work), faults=Faults(crashes=3, recoveries=3, who=addresses("w", 3)))


def _slow_member(draw: Draw) -> System[Any]:
    draw.one_of("number", range(1_000))
    work()
    return workers(1, Worker(most=3))


def _quick_member(draw: Draw) -> System[Any]:
    return workers(1, Worker(most=1 + draw.one_of("number", range(1_000_000)) % 3))


SLOW_FAMILY = Family("slow_family", "a thousand systems, each made slowly", _slow_member)
LARGE_FAMILY = Family("large_family", "a million small systems", _quick_member)


@for_all
def is_itself(profile: int, outcome: int) -> Cases:
    """The outcome is the profile."""
    yield case(profile == outcome)


@for_all
def is_slowly_itself(profile: int, outcome: int) -> Cases:
    """The outcome is the profile, which takes a while to see."""
    work()
    yield case(profile == outcome)


def _slow_rule(profile: int) -> int:
    work()
    return profile


def _many_profiles(draw: Draw) -> int:
    high: int = draw.one_of("high", range(10_000))
    low: int = draw.one_of("low", range(10_000))
    return high * 10_000 + low


def _rule(profile: int) -> int:
    return profile


SLOW_GRID = Grid("slow_grid", "a rule that takes its time", Mechanism(_slow_rule, _many_profiles, (is_itself,)))
SLOW_JUDGED = Grid("slow_judged", "a clause that takes its time", Mechanism(_rule, _many_profiles, (is_slowly_itself,)))
LARGE_GRID = Grid("large_grid", "a hundred million profiles", Mechanism(_rule, _many_profiles, (is_itself,)))

# ---- never returns

LOOPS = workers(1, Worker(fires=loops))
LOOPS_IN_START = workers(1, Worker(starts=loops))
LOOPS_IN_VIEW = workers(1, Worker(views=loops))
LOOPS_IN_HISTORY = workers(1, Worker(tells=True), Deaf())
LOOPS_IN_CLAUSE = workers(1, Worker(), promises=(never_says,))
LOOPS_IN_ASSUMPTION = workers(1, Worker(), assume=(never_assumed,))
LOOPS_IN_BOUND = workers(1, Worker(), within=(never_bounded,))
CATCHES = workers(1, Worker(fires=catches))
SLEEPS = workers(1, Worker(fires=sleeps))
SLEEPS_IN_CLAUSE = workers(1, Worker(), promises=(sleeps_on_it,))


def makes_nothing() -> System[Any]:
    """Never return a system."""
    loops()
    return LOOPS


def _no_member(draw: Draw) -> System[Any]:
    draw.one_of("number", range(3))
    loops()
    return LOOPS


def _no_rule(profile: int) -> int:
    loops()
    return profile


NO_MEMBER = Family("no_member", "a system that is never made", _no_member)
NO_RULE = Grid("no_rule", "a rule that never returns", Mechanism(_no_rule, lambda draw: draw.one_of("number", range(3)), (is_itself,)))
