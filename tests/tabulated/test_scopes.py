"""Both explorers report the same of the small scopes and families of every protocol, whatever the number of threads.

`make test` asks it of the smallest scope of each stem under the same faults and reductions, and of each family, if it is small indeed;
`make test-all` of all.
"""

from __future__ import annotations

from typing import Any

import pytest

from concordant.checks.exploration.families import Family
from concordant.checks.exploration.scope import Scope, Size
from concordant.checks.semantics.promises import faults_of
from tests.tabulated.equality import WIDE, assert_equal_on, scopes_of

SMALL = scopes_of(Size.SMALL)
FEW = 300
"""Of how many states it is asked every time."""


def smallest_of_their_kind() -> list[Any]:
    """Return all small scopes as parameters; those with more than a few states, or beside which a smaller one allows the same, are thorough."""
    smallest: dict[object, tuple[int, str]] = {}
    for name, scope in (each.values for each in SMALL):
        own = (scope.expected.states if scope.expected else 0, name)  # nobody knows yet of a new one
        smallest[kind(name, scope)] = min(smallest.get(kind(name, scope), own), own)
    names = {name for states, name in smallest.values() if states <= FEW} - WIDE
    return [pytest.param(*each.values, id=each.id, marks=() if each.id in names else pytest.mark.thorough) for each in SMALL]


def kind(name: str, scope: Scope | Family) -> object:
    if isinstance(scope, Family):
        return name
    return name.partition("/")[0], faults_of(scope.system), scope.reductions


@pytest.mark.parametrize(("name", "scope"), smallest_of_their_kind())
def test_both_explorers_report_the_same_of_a_small_scope_or_family(name: str, scope: Scope | Family) -> None:
    assert_equal_on(name, scope)


@pytest.mark.thorough
@pytest.mark.parametrize(("name", "scope"), SMALL)
def test_both_explorers_report_the_same_of_a_small_scope_or_family_on_two_threads(name: str, scope: Scope | Family) -> None:
    assert_equal_on(name, scope, threads=2)
