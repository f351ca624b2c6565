"""Both explorers report the same of the medium scopes and families, which takes minutes: run by `make equality`."""

from __future__ import annotations

import pytest

from concordant.checks.exploration.families import Family
from concordant.checks.exploration.scope import Scope, Size
from tests.tabulated.equality import assert_equal_on, scopes_of


@pytest.mark.parametrize(("name", "scope"), scopes_of(Size.MEDIUM))
def test_both_explorers_report_the_same_of_a_medium_scope_or_family(name: str, scope: Scope | Family) -> None:
    for threads in (1, 2):
        assert_equal_on(name, scope, threads)
