"""Slips of somebody who writes a first protocol: each gets a sentence that names the value, the rule and the right call."""

from __future__ import annotations

from typing import Any

import pytest

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.judge import BrokenClause
from concordant.refimpl.machine import System, User
from concordant.spec.vocabulary import Address, NoHistory, Seen, always, always_each, at_rest, every_step, on_event, require_distinct
from tests.command import lock


def made(**others: Any) -> System[NoHistory]:
    system = lock.system()
    values = {"processes": system.processes, "history": system.history, "promises": system.promises, "users": system.users}
    return System(**{**values, **others})


def holds(seen: Seen[NoHistory]) -> Any:
    """Say yes."""
    return bool(seen)


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        (lambda: always(holds), r"@always above holds lacks its parentheses; write @always\(\)"),  # type: ignore[arg-type]
        (lambda: at_rest(holds), r"@at_rest above holds lacks its parentheses; write @at_rest\(\)"),  # type: ignore[arg-type]
        (lambda: always_each(holds), r"@always_each is given holds; it takes the class .*@always_each\(View\)"),  # type: ignore[arg-type]
        (lambda: every_step(holds), r"@every_step is given holds"),  # type: ignore[arg-type]
        (lambda: on_event(holds), r"@on_event is given holds"),  # type: ignore[arg-type]
        (lambda: made(promises=lock.is_held), r"promises=lock.is_held: give a tuple of clauses"),
        (lambda: made(promises=(holds,)), r"function holds .* is promised, and is no clause; a decorator such as @always\(\)"),
        (lambda: require_distinct([lock.is_held]), r"promises=\[.*: give a tuple of clauses"),
        (lambda: made(processes={"server": lock.Server()}), r"process 'server' must be named by an address, such as Address\('server'\)"),
        (lambda: made(processes={lock.SERVER: lock.Server}), r"server0 is <class .*Server'>, which is no process; give an instance"),
        (lambda: made(history=NoHistory), r"history=NoHistory is a class; give a value of it, such as NoHistory\(\)"),
        (lambda: User(Address("client"), lock.SERVER, ()), r"user client0: at=server0 must be a tuple of addresses, such as \(server0,\)"),  # type: ignore[arg-type]
    ],
)
def test_a_slip_is_refused_with_the_right_call(slip: Any, said: str) -> None:
    with pytest.raises(TypeError, match=said):
        slip()


def test_a_clause_that_returns_instead_of_yielding_is_told_so() -> None:
    with pytest.raises(BrokenClause, match=r"clause test_slips\.holds returned True; yield case\(holds, \*\*facts\), once for each case"):
        explore(made(promises=(always()(holds),)))
