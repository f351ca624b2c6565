"""Driving: each case is said to an adapter input by input, and its answers are compared with the reference."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.metadata import version
from typing import Protocol

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


class Conversation(Protocol):
    """How an implementation is driven."""

    def start(self, case: str) -> Told:
        """Start an instance."""

    def give(self, move: Input) -> Told:
        """Give it an input."""

    def saved(self) -> Callable[[], None] | None:
        """Return what leads back to how it is; None where its inputs must be given again."""

    def end(self) -> None:
        """End the instance."""


@define(eq=False)
class Waypoint:
    """Where a case has come: what was heard, what explains it, and what leads back there, of an adapter that can be taken back. `after`: by the identity of an input, which its table keeps, where that has led."""

    heard: Heard = Heard()
    candidates: tuple[Candidate, ...] = ()
    back: Callable[[], None] | None = None
    after: dict[int, Waypoint] = field(factory=dict, init=False)


@define(eq=False)
class Driver:
    """Drives an implementation through cases of one role. One that can be taken back is driven once through what cases have in common. `converse`: begins to drive it for a table."""

    converse: Callable[[Table], Conversation]
    supports: Supports
    driven: Driven = field(factory=Driven, init=False)
    _conversations: dict[int, Conversation] = field(factory=dict, init=False)
    _starts: dict[int, Waypoint] = field(factory=dict, init=False)

    def conversation(self, number: int, table: Table) -> Conversation:
        """Return how it is driven for a table, by its number."""
        if number not in self._conversations:
            self._conversations[number] = self.converse(table)
        return self._conversations[number]

    def drive(
        self, number: int, plan: Plan, cases: Iterable[tuple[str, DrivenCase]], *, comparing: bool = True, to_the_end: bool = True
    ) -> None:
        """Drive cases of a table, all or up to one that fails. The first that fails is driven twice: two answers to it would be an error."""
        sure = any(other.number == number for other in self.driven.failures)
        for name, case in cases:
            found = self.case(number, plan.table, name, case, comparing=comparing)
            if found is not None:
                if not sure:
                    self.case(number, plan.table, name, case, comparing=comparing)
                sure = True
                self.driven.failures.append(found)
                if not to_the_end:
                    return

    def case(self, number: int, table: Table, name: str, case: DrivenCase, *, comparing: bool = True) -> Failure | None:
        """Drive one case, and compare each answer. Return how it failed; None where it did not, or was declined."""
        driven, run = self.driven, case.run
        driven.cases += 1
        instance = self.conversation(number, table)
        made, waypoint = self._known(number, run)
        before = [(Candidate(-1), table.start())]
        told = None
        try:
            if waypoint.back is None:
                told = instance.start(name)
            else:
                waypoint.back()
            while True:
                if told is not None:
                    heard = waypoint.heard.after(told)
                    found = compared(table, self.supports, before, told, heard)
                    if found.difference is not None and comparing:
                        return Failure(name, number, table, case, made, found.difference, told)
                    driven.quiet += found.quiet
                    driven.owed |= {each for _, outcomes in before for one in outcomes if one.sends is None for each in sends(one.effects)}
                    driven.sent |= sends(told.effects)
                    waypoint = self._come(number, waypoint, run[:made], Waypoint(heard, found.candidates, instance.saved()))
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
            instance.end()

    def _known(self, number: int, run: Run) -> tuple[int, Waypoint]:
        """Return after how many inputs of a run the adapter can be taken back, and where to; the beginning, where it cannot."""
        waypoint = self._starts.get(number, Waypoint())
        for made, move in enumerate(run):
            if id(move) not in waypoint.after:
                return made if waypoint.back is not None else 0, waypoint
            waypoint = waypoint.after[id(move)]
        return len(run), waypoint

    def _come(self, number: int, before: Waypoint, run: Run, here: Waypoint) -> Waypoint:
        """Keep where a run has come, if there is a way back."""
        if here.back is not None:
            if run:
                before.after[id(run[-1])] = here
            else:
                self._starts[number] = here
        return here


def spoken(session: Session, codec: Codec, supports: Supports) -> Callable[[Table], Instance]:
    """Return how an adapter is driven, by the protocol."""
    for name in sorted(supports.extra):
        if name in codec.names.kinds or name in OPEN:
            raise BrokenAdapter(f"hello names {quoted(name)} in extra, which is of the protocol, and so is compared; leave it out")
    return lambda table: Instance(session, table, Tongue(codec, table.view_class, supports))


def sends(effects: Iterable[Effect]) -> set[str]:
    """Return the classes of the messages that are sent."""
    return {type(effect.message).__name__ for effect in effects if isinstance(effect, Send)}


def greeted(session: Session) -> Json:
    """Ask an adapter who it is."""
    hello = session.hello(f"concordant {version('concordant')}")
    if "error" in hello:
        raise BrokenAdapter(f"to hello it raised {quoted(hello['error']['message'])}")
    return hello
