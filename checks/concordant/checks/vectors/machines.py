"""Vectors of machines: inputs from the start on, and what the reference answers to each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define, field, fields

from concordant.checks.codec.codec import Codec, codec_of
from concordant.checks.conform.adapter import Json
from concordant.checks.conform.cases import DrivenCase, Plan, Run
from concordant.checks.conform.driving import Failure
from concordant.checks.conform.pitfalls import drive
from concordant.checks.conform.reference import said
from concordant.checks.conform.roles import Role, mistaken
from concordant.checks.conform.shapes import CONTROLS, STEPS
from concordant.checks.conform.stepping import left_by_crash
from concordant.checks.conform.table import Outcome, Table
from concordant.checks.conform.telling import Supports, Tongue
from concordant.refimpl.machine import Pitfall
from concordant.spec.vocabulary import Deadline


@define(eq=False)
class MachineVectors:
    """The vectors of a role, in all its tables. `left_out`: how many cases have none, since the reference has a choice in them."""

    role: Role
    scope: str | None = None
    left_out: int = field(default=0, init=False)
    tables: list[Table] = field(init=False)
    _codec: Codec = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.tables = self.role.tables(scope=self.scope)
        self._codec = codec_of(self.role.protocol)

    def vectors(self) -> Iterator[Json]:
        """Yield a vector for each row and each run that identifies the state it leads to, as `conform` drives them."""
        for number, table in enumerate(self.tables):
            for place, case in enumerate(Plan(table, self._supports(table)).cases()):
                vector = self._vector(f"{self.role.name}/{number}.{place}", table, case)
                if vector is None:
                    self.left_out += 1
                else:
                    yield vector

    def defects(self, pitfalls: Sequence[Pitfall]) -> Iterator[Json]:
        """Yield for each mistake that changes this role, and that a case tells apart, the shortest such case and what the wrong machine answers at its end."""
        plans = None
        for pitfall in pitfalls:
            kind = dict(mistaken(pitfall)).get(self.role.name)
            if kind is not None:
                driver, plans = drive(self.role, self.tables, kind, exact=(), plans=plans, direct=True)
                failure = min(driver.driven.failures, key=lambda each: each.inputs, default=None)
                vector = None if failure is None else self._defect(pitfall, failure)
                if vector is not None:
                    yield vector

    def _defect(self, pitfall: Pitfall, failure: Failure) -> Json | None:
        name = f"{pitfall.id}/{self.role.name}"
        vector = self._vector(name, failure.table, DrivenCase(failure.case.run[: failure.inputs]))
        if vector is None:
            return None
        told = failure.told
        wrong = None if told is None else {"effects": said(self._codec, told.effects), "down": told.down}
        return {**vector, "defect": pitfall.id, "mistake": pitfall.mistake, "breaks": pitfall.breaks.id, "wrong": wrong}

    def _vector(self, name: str, table: Table, case: DrivenCase) -> Json | None:
        """Return a vector; None where the reference has a choice in it."""
        tongue = Tongue(self._codec, table.view_class, self._supports(table))
        steps = list(self._steps(table, tongue, case.run, name))
        return {"id": name, "network": network_of(table), "steps": steps} if len(steps) == len(case.run) + 1 else None

    def _steps(self, table: Table, tongue: Tongue, run: Run, name: str) -> Iterator[Json]:
        outcomes = table.start()
        begin = {"do": "start", "at": str(table.at), "config": tongue.config(table.process), "case": name}
        for command, move in zip((begin, *map(tongue.command, run)), (*run, None), strict=True):
            if len(outcomes) > 1:
                return
            (outcome,) = outcomes
            yield {"input": command, **self._answer(table, outcome)}
            if move is not None:
                outcomes = table.outcomes(outcome.local, move)

    def _answer(self, table: Table, outcome: Outcome) -> Json:
        if outcome.sends is not None:
            return {"down": True, "effects": said(self._codec, tuple(left_by_crash(outcome.effects, outcome.sends)))}
        armed = [self._codec.encode(each) for each in table.armed(outcome.local) if isinstance(each, Deadline)]
        view = self._codec.encode(table.view(outcome.local), table.view_class)
        return {"effects": said(self._codec, outcome.effects), "armed": armed, "view": view}

    def _supports(self, table: Table) -> Supports:
        observed = tuple(part.name for part in fields(table.view_class))
        return Supports(frozenset(CONTROLS) - {STEPS}, observed, (), frozenset())


def network_of(table: Table) -> Json:
    """Say how messages of a table travel: in which order sends count, and whether fewer may go out."""
    network = table.network
    return {"fifo": network.fifo, "duplicating": network.duplicating, "loses": network.losses != 0}
