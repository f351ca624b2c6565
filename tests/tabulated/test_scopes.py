"""Both explorers report the same of the small scopes and families of every protocol, whatever the number of threads."""

from __future__ import annotations

import pytest

from concordant.checks.exploration.families import Family
from concordant.checks.exploration.scope import Scope, Size
from tests.tabulated.equality import assert_equal_on, scopes_of

SMALL = scopes_of(Size.SMALL)


@pytest.mark.parametrize(("name", "scope"), SMALL)
def test_both_explorers_report_the_same_of_a_small_scope_or_family(name: str, scope: Scope | Family) -> None:
    assert_equal_on(name, scope)


@pytest.mark.thorough
@pytest.mark.parametrize(("name", "scope"), SMALL)
def test_both_explorers_report_the_same_of_a_small_scope_or_family_on_two_threads(name: str, scope: Scope | Family) -> None:
    assert_equal_on(name, scope, threads=2)
