"""Driving: each case is said to an adapter input by input, and its answers are compared with the reference."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.metadata import version

from attrs import define, field, frozen

from concordant.checks.codec.codec import Codec
from concordant.checks.conform.adapter import Json
from concordant.checks.conform.cases import DrivenCase, Plan, Run
from concordant.checks.conform.child import BrokenAdapter
from concordant.checks.conform.comparing import Candidate, Difference, Heard, compared
from concordant.checks.conform.instance import Declined, Instance, Raised
from concordant.checks.conform.session import Session
from concordant.checks.conform.shapes import quoted
from concordant.checks.conform.table import Input, Table
from concordant.checks.conform.telling import OPEN, Supports, Told, Tongue
from concordant.spec.vocabulary import Effect, Send


@frozen
class Failure:
    """A case that failed: its name, on which table and its number, after how many of its inputs, and how. `told`: the last answer; None where it raised."""

    name: str
    number: int
    table: Table
    case: DrivenCase
    inputs: int
    difference: Difference
    told: Told | None = None


@define(eq=False)
class Driven:
    """What was driven so far. `rows`: those made, as tables and rows by number; `failures`: every case that failed.

    `owed`, `sent`: the classes of messages that the reference sends in what was driven, and those that the implementation has sent.
    """

    cases: int = 0
    quiet: int = 0
    owed: set[str] = field(factory=set)
    sent: set[str] = field(factory=set)
    declined: int = 0
    skipped: dict[str, None] = field(factory=dict)
    rows: set[tuple[int, int, Input]] = field(factory=set)
    failures: list[Failure] = field(factory=list)


@frozen
class Waypoint:
    """Where a case has come: what was heard, what explains it, and what leads back there, of an adapter that can be taken back."""

    heard: Heard
    candidates: tuple[Candidate, ...]
    back: Callable[[], None] | None


@define(eq=False)
class Driver:
    """Drives an adapter through cases of one role. One that can be taken back is driven once through what cases have in common."""

    session: Session
    codec: Codec
    supports: Supports
    driven: Driven = field(factory=Driven, init=False)
    _waypoints: dict[tuple[int, Run], Waypoint] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        for name in sorted(self.supports.extra):
            if name in self.codec.names.kinds or name in OPEN:
                raise BrokenAdapter(f"hello names {quoted(name)} in extra, which is of the protocol, and so is compared; leave it out")

    def drive(self, number: int, plan: Plan, cases: Iterable[tuple[str, DrivenCase]], *, comparing: bool = True) -> None:
        """Drive cases of a table. The first that fails is driven twice: two answers to it would be an error."""
        tongue = Tongue(self.codec, plan.table.view_class, self.supports)
        for name, case in cases:
            found = self.case(number, plan.table, tongue, name, case, comparing=comparing)
            if found is not None:
                if all(other.number != number for other in self.driven.failures):
                    self.case(number, plan.table, tongue, name, case, comparing=comparing)
                self.driven.failures.append(found)

    def case(self, number: int, table: Table, tongue: Tongue, name: str, case: DrivenCase, *, comparing: bool = True) -> Failure | None:
        """Drive one case, and compare each answer. Return how it failed; None where it did not, or was declined."""
        driven, run = self.driven, case.run
        driven.cases += 1
        instance = Instance(self.session, table, tongue)
        made, waypoint = self._known(number, run)
        before = [(Candidate(-1), table.start())]
        heard, told = waypoint.heard, None
        try:
            if waypoint.back is None:
                told = instance.start(name)
            else:
                waypoint.back()
            while True:
                if told is not None:
                    heard = heard.after(told)
                    found = compared(table, self.supports, before, told, heard)
                    if found.difference is not None and comparing:
                        return Failure(name, number, table, case, made, found.difference, told)
                    driven.quiet += found.quiet
                    driven.owed |= {each for _, outcomes in before for one in outcomes if one.sends is None for each in sends(one.effects)}
                    driven.sent |= sends(told.effects)
                    waypoint = self._come(number, run[:made], heard, found.candidates)
                if made == len(run):
                    return None
                move = run[made]
                before = [(each, table.outcomes(each.local, move)) for each in waypoint.candidates]
                driven.rows |= {(number, each.local, move) for each in waypoint.candidates}
                made += 1
                told = instance.give(move)
        except Declined as declined:
            driven.declined += 1
            driven.skipped[declined.reason] = None
            return None
        except Raised as raised:
            return Failure(name, number, table, case, made, Difference("error", "an answer", raised.message))
        finally:
            self.session.end()

    def _known(self, number: int, run: Run) -> tuple[int, Waypoint]:
        """Return after how many inputs of a run the adapter can be taken back, and where to; the beginning, where it cannot."""
        for made in range(len(run), -1, -1):
            if (number, run[:made]) in self._waypoints:
                return made, self._waypoints[number, run[:made]]
        return 0, Waypoint(Heard(), (), None)

    def _come(self, number: int, run: Run, heard: Heard, candidates: tuple[Candidate, ...]) -> Waypoint:
        waypoint = Waypoint(heard, candidates, self.session.saved())
        if waypoint.back is not None:
            self._waypoints[number, run] = waypoint
        return waypoint


def sends(effects: Iterable[Effect]) -> set[str]:
    """Return the classes of the messages that are sent."""
    return {type(effect.message).__name__ for effect in effects if isinstance(effect, Send)}


def greeted(session: Session) -> Json:
    """Ask an adapter who it is."""
    hello = session.hello(f"concordant {version('concordant')}")
    if "error" in hello:
        raise BrokenAdapter(f"to hello it raised {quoted(hello['error']['message'])}")
    return hello
