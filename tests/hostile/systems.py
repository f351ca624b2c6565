"""Systems that hold a search up: too much of something, or functions that take their time, or never return."""

from __future__ import annotations

import time  # on purpose
from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

from attrs import evolve, frozen

from concordant.checks import Family, Grid, Reductions, Scope
from concordant.refimpl.machine import Byzantine, Mechanism, Move, Process, Step, System, User, step
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Cases,
    Draw,
    Fair,
    Fault,
    Faults,
    History,
    Internal,
    Network,
    NoHistory,
    Reply,
    Seen,
    Send,
    addresses,
    always,
    at_rest,
    case,
    eventually,
    every_step,
    for_all,
    on_event,
)

Does = Callable[[], object]
A, B, C = Address("a"), Address("b"), Address("c")


def nothing() -> None:
    """Return at once."""


def work() -> None:
    """Take about a twentieth of a second."""
    sum(range(2_000_000))


def loops() -> None:
    """Never return, and catch what is raised meanwhile."""
    for _ in count():
        try:
            pass
        except Exception:  # noqa: BLE001, S112  # which does not help it
            continue


def catches() -> None:
    """Never return, whatever is raised."""
    while True:
        try:
            for _ in count():
                pass
        except BaseException:  # noqa: BLE001, S112  # that is the point
            continue


def sleeps() -> None:
    """Wait, without computing anything."""
    time.sleep(100_000)


def computes() -> None:
    """Stay in one call of compiled code, which the interpreter cannot interrupt."""
    pow(7, 10**10)


@frozen
class Note:
    """The message."""

    number: int


@frozen
class Do:
    """The request."""

    number: int


@frozen
class Done:
    """The answer."""


@frozen
class Told:
    """The event."""

    number: int


@frozen
class On(Internal):
    """The trigger."""

    number: int = 0


@frozen
class Counted:
    """State and view of every process here."""

    number: int = 0
    below: object = None


@frozen
class Worker(Process[Counted, Note, Do, On]):
    """Counts its moves, up to a bound, of several kinds at a time, and tells of each; it does something whenever it is asked."""

    most: int = 10
    kinds: int = 1
    notes: int = 0
    tells: bool = False
    starts: Does = nothing
    fires: Does = nothing
    views: Does = nothing

    def start(self) -> Step[Counted]:
        """Send all notes to the other."""
        self.starts()
        return step(Counted(), *(Send(B, Note(number)) for number in range(self.notes)))

    def armed(self, state: Counted) -> tuple[On, ...]:
        """Go on below the bound."""
        return tuple(map(On, range(self.kinds))) if state.number < self.most else ()

    def fire(self, state: Counted, trigger: On) -> Step[Counted]:
        """Count on."""
        self.fires()
        after = evolve(state, number=state.number + 1 + trigger.number)
        return step(after, Announce(Told(after.number))) if self.tells else step(after)

    def receive(self, state: Counted, source: Address, message: Note) -> Step[Counted] | None:  # noqa: ARG002
        """Take whatever comes."""
        return step(state)

    def request(self, state: Counted, client: Address, request: Do) -> Step[Counted] | None:  # noqa: ARG002
        """Answer whatever is asked."""
        return step(state, Reply(client, Done()))

    def survives(self, state: Counted) -> tuple[Counted, ...]:
        """Keep everything."""
        return (state,)

    def recover(self, state: Counted) -> Step[Counted]:
        """Go on."""
        return step(state)

    def view(self, state: Counted) -> Counted:
        """Show everything."""
        self.views()
        return state


@frozen
class Heard:
    """A history that counts what was announced."""

    number: int = 0

    def after(self, at: Address, by: Address, happening: object) -> Heard:  # noqa: ARG002
        """Work, and count."""
        work()
        return Heard(self.number + 1)


@frozen
class Deaf(Heard):
    """A history that never returns."""

    def after(self, at: Address, by: Address, happening: object) -> Heard:  # noqa: ARG002
        """Loop."""
        loops()
        return self


# ---- clauses: none of them fails


@always(under=~Fault.NONE)
def counts_up(seen: Seen[History]) -> Cases:
    """Nobody counts down."""
    yield case(all(view.number >= 0 for view in seen.views(Counted).values()))


@always(under=~Fault.NONE)
def slowly_counts_up(seen: Seen[History]) -> Cases:
    """Nobody counts down, which takes a while to see."""
    work()
    yield case(all(view.number >= 0 for view in seen.views(Counted).values()))


@every_step(Counted, under=~Fault.NONE)
def slowly_steps_up(before: Counted, after: Counted) -> Cases:
    """No step counts down, which takes a while to see."""
    work()
    yield case(after.number >= before.number)


@on_event(Told, under=~Fault.NONE)
def slowly_tells(history: History, by: Address, told: Told) -> Cases:  # noqa: ARG001
    """What is told is positive, which takes a while to see."""
    work()
    yield case(told.number > 0)


@at_rest(under=~Fault.NONE)
def slowly_rests(seen: Seen[History]) -> Cases:
    """Whoever rests has counted, which takes a while to see."""
    work()
    yield case(all(view.number >= 0 for view in seen.views(Counted).values()))


@eventually(Fair.TRIGGERS, under=~Fault.NONE)
def all_count(seen: Seen[History]) -> Cases:
    """Everybody counts in the end."""
    yield case(all(view.number > 0 for view in seen.views(Counted).values()))


@eventually(Fair.TRIGGERS, under=~Fault.NONE)
def all_slowly_count(seen: Seen[History]) -> Cases:
    """Everybody counts in the end, which takes a while to see."""
    work()
    yield case(all(view.number > 0 for view in seen.views(Counted).values()))


@always(under=~Fault.NONE)
def never_says(seen: Seen[History]) -> Cases:  # noqa: ARG001
    """It says nothing, and does not return."""
    loops()
    yield case(True)


@always(under=~Fault.NONE)
def sleeps_on_it(seen: Seen[History]) -> Cases:  # noqa: ARG001
    """It says nothing, and does not return, and computes nothing either."""
    sleeps()
    yield case(True)


@always(under=~Fault.NONE)
def some_count_up(seen: Seen[History]) -> Cases:
    """Nobody counts down, said once for each state of all."""
    yield case(sum(view.number for view in seen.views(Counted).values()) >= 0)


def slowly_assumed(move: Move, seen: Seen[History]) -> bool:
    """Allow everything, slowly."""
    work()
    return move is not None and seen is not None


def slowly_bounded(seen: Seen[History]) -> bool:
    """Allow everything, slowly."""
    work()
    return bool(seen.views(Counted))


def never_assumed(move: Move, seen: Seen[History]) -> bool:  # noqa: ARG001
    """Loop."""
    loops()
    return True


def never_bounded(seen: Seen[History]) -> bool:  # noqa: ARG001
    """Loop."""
    loops()
    return True


def slowly_forged(history: History) -> Iterable[Send]:
    """Forge, slowly."""
    work()
    return (Send(A, Note(1)), Send(B, Note(history.number % 7 if isinstance(history, Heard) else 0)))


def workers(many: int, worker: Worker, history: Any = NoHistory(), promises: Any = (counts_up,), **more: Any) -> System[Any]:
    """Put equal processes together."""
    return System(dict.fromkeys(addresses("w", many), worker), history, promises, **more)


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
LARGE = workers(9, Worker(most=9))
"""10⁹ states, all found by compiled code."""
JUDGED = workers(4, Worker(most=9, tells=True), promises=(counts_up, some_count_up))
"""10⁴ states, each of which is judged, and announces something."""
LARGE_LIVE = workers(6, Worker(most=9), promises=(all_count,))
"""10⁶ states, and a graph to look at afterwards."""
SYMMETRIC = Scope(
    "symmetric",
    "six that are interchangeable",
    workers(6, Worker(most=9), symmetric=(tuple((each,) for each in addresses("w", 6)),)),
    reductions=Reductions(symmetry=True),
)
COUNTS_ALIKE = evolve(
    SYMMETRIC, name="counts_alike", system=workers(5, Worker(most=9), symmetric=(tuple((each,) for each in addresses("w", 5)),))
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
COMPUTES = workers(1, Worker(fires=computes))


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
