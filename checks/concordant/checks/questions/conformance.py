"""Conformance: does an implementation do, in every row of the table of its role, what the reference does?"""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice

from attrs import frozen

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.codec.codec import codec_of
from concordant.checks.conform.cases import DrivenCase, Plan
from concordant.checks.conform.child import BrokenAdapter
from concordant.checks.conform.driving import Driven, Driver, Failure, greeted, spoken
from concordant.checks.conform.naming import IN_EACH_OF_ADAPTERS, Named, named
from concordant.checks.conform.roles import IN_SCOPES, Role, small
from concordant.checks.conform.session import Session, Transport
from concordant.checks.conform.shapes import STEPS, quoted
from concordant.checks.conform.table import Input
from concordant.checks.conform.telling import Supports, supports_of
from concordant.checks.misuse import Misuse
from concordant.checks.questions.question import Means, noted
from concordant.checks.registry import Protocol
from concordant.checks.semantics.texts import move_text
from concordant.refimpl.machine import Crash

LOG = 1_000
"""How much of the end of an adapter's log is shown."""
SHOWN = 30
"""How many inputs of a case that failed are shown: the last ones."""
SMOKE = 3
"""How many cases of each table are driven to see whether an adapter works."""


@frozen(eq=False)
class ConformanceQuestion:
    """Whether an implementation conforms to a role, as far as its environment can tell.

    `open`: begins the adapter, which `adapter` is called by. `scope`: one by name, or None for all small ones. `quick`: tours instead
    of a case a row. `smoke`: only whether the adapter works. `case`: only one, by table and number.
    """

    role: Role
    open: Callable[[], Transport]
    adapter: str
    scope: str | None = None
    quick: bool = False
    smoke: bool = False
    case: str | None = None

    @property
    def id(self) -> str:
        """Its id."""
        return f"{'smoke' if self.smoke else 'conformance'}:{self.stem}/{self.role.name}"

    @property
    def stem(self) -> str:
        """The protocol."""
        return self.role.protocol.stem

    @property
    def title(self) -> str:
        """What is asked."""
        if self.smoke:
            return f"The adapter speaks the protocol, in a few cases of {self.role.id}; what it answers is not judged."
        of = f"case {self.case} of " if self.case is not None else "a few tours of " if self.quick else ""
        return f"The implementation does what {of}{self.role.id} does, as far as its environment can tell."

    @property
    def cost(self) -> float:
        """Some seconds."""
        return 10

    def answer(self, means: Means) -> Answer:
        """Drive the adapter through its cases."""
        began = time.monotonic()
        scope = self.role.smallest if self.smoke and self.scope is None else self.scope
        session = Session(self.open)
        plans: list[Plan] = []
        driver: Driver | None = None
        broken: str | None = None
        explored: Named | None = None
        try:
            supports = supports_of(greeted(session), self.stem, self.role.name)
            _require_known(supports, self.role)
            tables = self.role.tables(means.budget, scope, stepwise=STEPS in supports.control)
            plans = [Plan(table, supports) for table in tables]
            driver = Driver(spoken(session, codec_of(self.role.protocol), supports), supports)
            for number, plan in enumerate(plans):
                driver.drive(number, plan, self._runs(number, plan), comparing=not self.smoke)
                if not driver.driven.failures and not self.quick and not self.smoke and self.case is None:
                    driver.drive(number, plan, _tours(number, plan))
            if driver.driven.failures and not self.quick and self.case is None:
                explored = named(self.role, driver, plans, self.scope, means.budget or IN_EACH_OF_ADAPTERS)
            session.stop()
            if session.restarts:
                broken = f"it crashed {session.restarts} times, and went on when it was started again"
        except BrokenAdapter as error:
            log = session.log()
            broken = f"{error}{f'{chr(10)}    the end of its log: {_end_of(log)}' if log else ''}"
        finally:
            session.kill()
        driven = Driven() if driver is None else driver.driven
        cut = {name for plan in plans for name in plan.table.cut}
        stopped = "within the budget" if means.budget is not None and cut else self._left_out(cut)
        return self._answer(plans, driven, broken, explored, stopped, time.monotonic() - began)

    def _left_out(self, cut: AbstractSet[str]) -> str:
        """Say that a scope was not searched to the end, where nobody asked for less; those of pitfalls are searched as far as they go."""
        large = [scope.name for scope in self.role.protocol.scopes if scope.name in cut]
        return f"in the first {IN_SCOPES.states:,} states of {', '.join(large)}; --budget 10m finds more" if large else ""

    def _where(self, taken: str) -> str:
        """Say in what it conforms, where that is not all there is."""
        if self.case is not None:
            return f" in case {self.case}"
        if self.quick:
            return " in a few tours"
        return f" in the cases of scope {self.scope}" if self.scope is not None else " in the cases" if taken else ""

    def _runs(self, table: int, plan: Plan) -> Iterator[tuple[str, DrivenCase]]:
        named = ((f"{table}.{number}", case) for number, case in enumerate(plan.cases()))
        if self.case is not None:
            return ((name, case) for name, case in (*named, *_tours(table, plan)) if name == self.case)
        if self.quick:
            return _tours(table, plan)
        return islice(named, SMOKE) if self.smoke else named

    def _answer(
        self, plans: Sequence[Plan], driven: Driven, broken: str | None, explored: Named | None, stopped: str, seconds: float
    ) -> Answer:
        failure = min(driven.failures, key=lambda each: (each.inputs, each.name), default=None)
        if broken is None and not driven.cases:
            broken = f"no case was driven, since none is called {self.case}" if self.case else "no case was driven"
        elif broken is None and driven.cases == driven.declined:
            broken = f"it declined every case: {'; '.join(driven.skipped)}"
        if failure is not None:
            violated = None if explored is None else explored.verdict
            conclusion, word = Conclusion.NOT_AS_CLAIMED, "differs" if violated is None else _violates(violated.clause.id, plans)
        elif broken is not None:
            conclusion, word = Conclusion.ADAPTER, "broken adapter"
        elif self.smoke:
            conclusion, word = Conclusion.AS_CLAIMED, "speaks the protocol"
        elif silent := sorted(driven.owed - driven.sent):
            conclusion, word = Conclusion.UNDECIDED, f"sends no {', no '.join(silent)} at all, which lost messages would explain"
        elif stopped:
            conclusion, word = Conclusion.UNDECIDED, f"conforms in the rows that were found {stopped}"
        else:
            taken = " that it takes" if driven.declined else ""
            conclusion, word = Conclusion.AS_CLAIMED, f"conforms{self._where(taken)}{taken}{', quietly' if driven.quiet else ''}"
        return Answer(
            self.id,
            self.stem,
            self.title,
            conclusion,
            word,
            verdicts=() if explored is None or explored.verdict is None else (explored.verdict,),
            counts={"cases": driven.cases, "rows": len(driven.rows)},
            notes=noted(
                detail=_coverage(plans, driven) if plans else "",
                adapter=self.adapter,
                options=f"{'' if self.scope is None else f' --scope {self.scope}'}{' --quick' if self.quick else ' --smoke' if self.smoke else ''}",
                case=None if failure is None else failure.name,
                scope=None if explored is None or explored.verdict is None else explored.scope,
                problem="\n    ".join((*failure_lines(failure), *explored_lines(explored)))
                if failure
                else f"broken adapter: {broken}"
                if broken
                else "",
            ),
            seconds=seconds,
        )


def _require_known(supports: Supports, role: Role) -> None:
    """Refuse a claim to keep what is no clause: it could never be false."""
    known = {clause.id for clause in role.protocol.clauses} | {
        clause.id for scope in small(role.protocol) for clause in scope.system.promises
    }
    for claim in sorted(set(supports.claims) - known):
        raise BrokenAdapter(f"hello claims {quoted(claim)}, which is no clause of {role.protocol.stem}; `concordant explain` lists them")


def ask(protocol: Protocol) -> Iterator[ConformanceQuestion]:  # noqa: ARG001  # as every kind of question
    """Ask nothing by itself: an implementation must be named."""
    return iter(())


def _tours(table: int, plan: Plan) -> Iterator[tuple[str, DrivenCase]]:
    """Name a few long runs, in which a state shows that is none of the reference's: one that is reached in a way that is not the shortest."""
    return ((f"{table}.tour{number}", case) for number, case in enumerate(plan.tours()))


def _end_of(log: str) -> str:
    """Show the end of a log, where the reason stands."""
    shown = ascii(log)
    return shown if len(shown) <= LOG else f"…{shown[-LOG:]}"


def _violates(clause: str, plans: Sequence[Plan]) -> str:
    """Say that a clause is violated, and whether the adapter claims to keep it."""
    return f"{'false claim: ' if clause in plans[0].supports.claims else ''}violates {clause}"


def _coverage(plans: Sequence[Plan], driven: Driven) -> str:
    """Say how much of the tables was driven, and why not the rest."""
    rows = sum(len(plan.rows) for plan in plans)
    parts = [f"{len(driven.rows):,} of {rows:,} rows in {driven.cases:,} cases"]
    if not all(plan.table.complete for plan in plans):
        parts.append("a lower bound, since not all of their systems were searched to the end")
    for what, number in (
        ("not driven, which the adapter does not control", sum(plan.uncontrolled for plan in plans)),
        ("not reached without such", sum(plan.unreached for plan in plans)),
        ("not driven, which hold what no JSON of the protocol can say", sum(plan.table.unsaid for plan in plans)),
        ("of its own steps not compared one by one", sum(plan.table.own for plan in plans if not plan.table.stepwise)),
        ("answers quieter than the reference, on networks that lose messages", driven.quiet),
        ("cases declined", driven.declined),
    ):
        if number:
            parts.append(f"{number:,} {what}")
    shown = plans[0].supports.observed
    parts.append(f"of the view it shows {', '.join(shown)}" if shown else "of the view it shows nothing")
    return "; ".join(parts)


def failure_lines(failure: Failure) -> Iterator[str]:
    """Tell a case that failed, input by input."""
    yield f"{failure.table.at}, as configured in {failure.table.scopes[0]}, after {failure.inputs} inputs:"
    if failure.inputs > SHOWN:
        yield f"  …  {failure.inputs - SHOWN} inputs before these"
    for number, move in [*enumerate(failure.case.run[: failure.inputs], start=1)][-SHOWN:]:
        yield f"  {number}  {_said(move)}"
    yield f"differs in {failure.difference.what}"
    yield f"  expected  {failure.difference.expected}"
    yield f"  found     {failure.difference.found}"


def explored_lines(explored: Named | None) -> Iterator[str]:
    """Tell what exploring the implementation has found."""
    if explored is None:
        return
    searched = f"{explored.states:,} states of {explored.systems} of its systems"
    if explored.verdict is not None:
        yield f"in {explored.scope} it violates {explored.verdict.clause.id}: {explored.verdict.clause.sentence}"
        yield f"  in {explored.verdict.length} moves, found in {searched} and made again by the implementation"
    else:
        yield f"no clause is violated in {searched}, which were explored with it"
    yield from (f"  not explored: {each}" for each in explored.left_out)


def _said(move: Input) -> str:
    match move:
        case Crash(at, _, None):
            return f"{at} crashes"
        case Crash(at, _, during, sends) if during is not None:
            return f"{at} crashes after {sends} of the sends of: {move_text(during)}"
        case _:
            return move_text(move)


def command_of(words: Sequence[str]) -> tuple[list[str], str]:
    """Return the command of an adapter, and how it is called: `module:Class` is served by a Python of its own. None is a Misuse."""
    if not words:
        raise Misuse("name an adapter: a command after --, such as -- node adapter.js, or module:Class")
    if len(words) == 1 and all(part.isidentifier() for part in words[0].replace(":", ".").split(".")) and words[0].count(":") == 1:
        return [sys.executable, "-m", "concordant.checks.conform.serving", words[0]], words[0]
    return list(words), shlex.join(words)
