"""Whether any run at all tells a machine from the reference: both are led through every input that can come, side by side, to the end."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable

from attrs import frozen

from concordant.checks.conform.cases import Plan, Run
from concordant.checks.conform.comparing import UNBEARABLE, Candidate, Difference, Heard, compared, folded
from concordant.checks.conform.direct import Direct
from concordant.checks.conform.instance import Raised
from concordant.checks.conform.table import Input, Outcome, Table
from concordant.spec.vocabulary import likeness

PAIRS = 10_000
"""How many pairs of states are looked at for a table."""


@frozen
class SideBySide:
    """What came of it. `run`, `difference`: a shortest run that tells the two apart, and how, if there is one. `pairs`: of states that were looked at. `complete`: whether those were all."""

    pairs: int
    complete: bool = True
    run: Run = ()
    difference: Difference | None = None


@frozen
class _Pair:
    """The machine as `mark` has it, where the reference may be, and what led there."""

    state: object
    heard: Heard
    candidates: tuple[Candidate, ...]
    run: Run


def side_by_side(plan: Plan, machine: Direct) -> SideBySide:
    """Lead a machine and the reference through every run of inputs of a table, breadth first, up to the first that tells them apart."""
    table = plan.table
    first = _led(plan, machine, Heard(), [(Candidate(-1), table.start())], None, ())
    if isinstance(first, Difference):
        return SideBySide(1, difference=first)
    met = {_key(table, first)}
    waiting = deque([first])
    while waiting:
        pair = waiting.popleft()
        for move in dict.fromkeys(move for each in pair.candidates for move in plan.possible(each.local)):
            machine.state = pair.state
            before = [(each, table.outcomes(each.local, move)) for each in pair.candidates]
            there = _led(plan, machine, pair.heard, before, move, pair.run)
            if isinstance(there, Difference):
                return SideBySide(len(met), run=(*pair.run, move), difference=there)
            key = _key(table, there)
            if key not in met:
                if len(met) == PAIRS:
                    return SideBySide(PAIRS, complete=False)
                met.add(key)
                waiting.append(there)
    return SideBySide(len(met))


def _led(
    plan: Plan, machine: Direct, heard: Heard, before: list[tuple[Candidate, tuple[Outcome, ...]]], move: Input | None, run: Run
) -> _Pair | Difference:
    """Give a machine an input, or start it, and compare what it does."""
    try:
        told = machine.start("") if move is None else machine.give(move)
    except Raised as raised:
        return Difference("error", "an answer", raised.message)
    after = heard.after(told)
    found = compared(plan.table, plan.supports, before, told, after)
    if found.difference is not None:
        return found.difference
    return _Pair(machine.state, after, found.candidates, run if move is None else (*run, move))


def _key(table: Table, pair: _Pair) -> Hashable:
    """Return what all that follows depends on: both states, and what a comparison remembers of what was sent and announced."""
    candidates = frozenset((each.local, _remembered(table, each) if each.apart else None) for each in pair.candidates)
    return likeness(pair.state), candidates, _remembered(table, pair.heard)


def _remembered(table: Table, of: Heard | Candidate) -> Hashable:
    try:
        history: Hashable = likeness(folded(table, of.happened))
    except UNBEARABLE:
        history = likeness(of.happened)
    return of.sent if table.network.duplicating else None, history
