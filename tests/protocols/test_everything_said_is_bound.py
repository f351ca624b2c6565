"""Every answer, event and message: if it said something else, some clause of its stem would be violated in a small scope."""

from __future__ import annotations

import pytest

from concordant.checks.exploration.scope import Scope, Size
from concordant.checks.exploration.tampering import unbound
from concordant.checks.registry import protocol, protocols


def small_scopes(stem: str) -> list[Scope]:
    """Return the small scopes of a stem, the smallest first: most is noticed in one of those."""
    sizes = {scope: scope.expected.states for scope in protocol(stem).scopes if scope.size is Size.SMALL and scope.expected}
    return sorted(sizes, key=lambda scope: sizes[scope])


@pytest.mark.parametrize("stem", [each.stem for each in protocols() if each.scopes])
def test_nothing_that_a_stem_says_could_be_something_else_unnoticed(stem: str) -> None:
    assert unbound(small_scopes(stem)) == ()
