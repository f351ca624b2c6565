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
from concordant.checks.conform.telling import Supports, Told, Tongue


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
    """What was driven so far. `rows`: those made, as tables and rows by number; `failures`: every case that failed."""

    cases: int = 0
    quiet: int = 0
    declined: int = 0
    skipped: dict[str, None] = field(factory=dict)
    rows: set[tuple[int, int, Input]] = field(factory=set)
    failures: list[Failure] = field(factory=list)


@frozen
class Place:
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
    _places: dict[tuple[int, Run], Place] = field(factory=dict, init=False)

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
        made, place = self._known(number, run)
        before = [(Candidate(-1), table.start())]
        heard, told = place.heard, None
        try:
            if place.back is None:
                told = instance.start(name)
            else:
                place.back()
            while True:
                if told is not None:
                    heard = heard.after(told)
                    found = compared(table, self.supports, before, told, heard)
                    if found.difference is not None and comparing:
                        return Failure(name, number, table, case, made, found.difference, told)
                    driven.quiet += found.quiet
                    place = self._come(number, run[:made], heard, found.candidates)
                if made == len(run):
                    return None
                move = run[made]
                before = [(each, table.outcomes(each.local, move)) for each in place.candidates]
                driven.rows |= {(number, each.local, move) for each in place.candidates}
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

    def _known(self, number: int, run: Run) -> tuple[int, Place]:
        """Return after how many inputs of a run the adapter can be taken back, and where to; the beginning, where it cannot."""
        for made in range(len(run), -1, -1):
            if (number, run[:made]) in self._places:
                return made, self._places[number, run[:made]]
        return 0, Place(Heard(), (), None)

    def _come(self, number: int, run: Run, heard: Heard, candidates: tuple[Candidate, ...]) -> Place:
        place = Place(heard, candidates, self.session.saved())
        if place.back is not None:
            self._places[number, run] = place
        return place


def greeted(session: Session) -> Json:
    """Ask an adapter who it is."""
    hello = session.hello(f"concordant {version('concordant')}")
    if "error" in hello:
        raise BrokenAdapter(f"to hello it raised {quoted(hello['error']['message'])}")
    return hello
