"""The kit tells machines with mistakes from the reference, which conforms itself."""

from __future__ import annotations

import pytest

from concordant.checks.conform.pitfalls import tried
from concordant.checks.registry import protocol


@pytest.mark.parametrize(
    ("stem", "scope", "references", "told", "alike"),
    [
        ("unanimous_consent", "two_users_and_faults", 2, 21, 5),
        ("two_phase_commit", "two_users_and_faults", 2, 32, 4),
        ("paxos_synod", "one_acceptor_and_recovery", 3, 47, 14),
    ],
)
def test_references_conform_and_mistakes_that_show_in_a_scope_fail(stem: str, scope: str, references: int, told: int, alike: int) -> None:
    found = list(tried(protocol(stem), scope))

    assert [each.failure for each in found if not each.pitfall] == [None] * references
    assert sum(each.failure is not None for each in found) == told
    assert sum(each.failure is None for each in found if each.pitfall) == alike
