"""Searches of all small scopes in parts find what one in one go finds, which takes minutes: run by `make equality`."""

from __future__ import annotations

import pytest

from concordant.checks.exploration.scope import Scope, Size
from tests.cluster.equality import differing_in_parts
from tests.tabulated.equality import scopes_of

MOST = 10**6
"""More states than any of them has."""


@pytest.mark.parametrize(("name", "scope"), [each for each in scopes_of(Size.SMALL) if isinstance(each.values[1], Scope)])
def test_a_search_of_a_small_scope_in_parts_finds_what_one_in_one_go_finds(name: str, scope: Scope) -> None:
    workers = 2 + len(name) % 2

    assert differing_in_parts(scope, workers, MOST) == (1, [])
