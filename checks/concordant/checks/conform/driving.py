"""Driving: each case is said to an adapter input by input, and its answers are compared with the reference."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from importlib.metadata import version

from attrs import define, field, frozen

from concordant.checks.codec.codec import Codec
from concordant.checks.conform.adapter import Json
from concordant.checks.conform.cases import Plan, Run
from concordant.checks.conform.child import BrokenAdapter
from concordant.checks.conform.comparing import Candidate, Difference, Heard, compared
from concordant.checks.conform.session import Session
from concordant.checks.conform.shapes import quoted
from concordant.checks.conform.table import Input, Table
from concordant.checks.conform.telling import Supports, Told, Tongue

OWN_STEPS = 100
"""How many triggers of its own an adapter fires before it must be settled."""


class Verdict(Enum):
    """What became of a case. Values are what reports print."""

    CONFORMS = "conforms"
    QUIET = "quiet"
    DIFFERS = "differs"
    SKIPPED = "skipped"


@frozen
class Failure:
    """A case that failed: its name, on which table, its inputs, after how many of them, and how. `told`: the last answer; None where it raised."""

    case: str
    table: Table
    run: Run
    inputs: int
    difference: Difference
    told: Told | None = None


@define(eq=False)
class Driven:
    """What was driven so far. `rows`: those made, as tables and rows by number; `failures`: at most one a table."""

    cases: int = 0
    quiet: int = 0
    declined: int = 0
    skipped: dict[str, None] = field(factory=dict)
    rows: set[tuple[int, int, Input]] = field(factory=set)
    failures: list[Failure] = field(factory=list)


@frozen
class _Raised(Exception):  # noqa: N818  # it says what the implementation did
    message: str


@define(eq=False)
class Driver:
    """Drives an adapter through cases of one role."""

    session: Session
    codec: Codec
    supports: Supports
    driven: Driven = field(factory=Driven, init=False)

    def drive(self, number: int, plan: Plan, runs: Iterable[tuple[str, Run]], *, comparing: bool = True) -> None:
        """Drive runs of a table, up to the first that fails, which is driven twice: two answers to it would be an error."""
        tongue = Tongue(self.codec, plan.table.view_class, self.supports)
        for name, run in runs:
            found = self.case(number, plan.table, tongue, name, run, comparing=comparing)
            if isinstance(found, Failure):
                self.case(number, plan.table, tongue, name, run, comparing=comparing)
                self.driven.failures.append(found)
                return

    def case(self, number: int, table: Table, tongue: Tongue, name: str, run: Run, *, comparing: bool = True) -> Failure | Verdict:
        """Drive one case, and compare each answer."""
        driven, heard, made = self.driven, Heard(), 0
        driven.cases += 1
        begin = {"do": "start", "at": str(table.at), "config": tongue.config(table.process), "case": name}
        answer = self.session.start(begin)
        declined = answer.get("unsupported", answer.get("reason"))
        if declined is not None:
            driven.declined += 1
            driven.skipped[quoted(declined)] = None
            self.session.end()
            return Verdict.SKIPPED
        before = [(Candidate(-1), table.start())]
        try:
            told = self._settled(table, tongue, answer)
            while True:
                heard = heard.after(told)
                found = compared(table, self.supports, before, told, heard)
                if found.difference is not None and comparing:
                    return Failure(name, table, run, made, found.difference, told)
                driven.quiet += found.quiet
                if made == len(run):
                    return Verdict.CONFORMS
                move = run[made]
                before = [(each, table.outcomes(each.local, move)) for each in found.candidates]
                driven.rows |= {(number, each.local, move) for each in found.candidates}
                made += 1
                told = self._settled(table, tongue, self.session.ask(tongue.command(move)))
        except _Raised as raised:
            return Failure(name, table, run, made, Difference("error", "an answer", raised.message))
        finally:
            self.session.end()

    def _settled(self, table: Table, tongue: Tongue, answer: Json) -> Told:
        """Understand an answer, once the triggers of the adapter's own are fired, the oldest first, until none is left."""
        told = _understood(tongue, answer)
        for _ in range(OWN_STEPS):
            if not told.own:
                return told
            command = {"do": "fire", "at": str(table.at), "trigger": told.own[0]}
            told = told.then(_understood(tongue, self.session.ask(command)))
        raise BrokenAdapter(f"after {OWN_STEPS} of its own triggers it still has armed {quoted(told.own[0])}; an adapter settles")


def _understood(tongue: Tongue, answer: Json) -> Told:
    if "error" in answer:
        raise _Raised(f"it raised {quoted(answer['error']['message'])}")
    return tongue.told(answer)


def greeted(session: Session) -> Json:
    """Ask an adapter who it is."""
    hello = session.hello(f"concordant {version('concordant')}")
    if "error" in hello:
        raise BrokenAdapter(f"to hello it raised {quoted(hello['error']['message'])}")
    return hello
