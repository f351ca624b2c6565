"""The kit tells machines with mistakes from the reference, which conforms itself."""

from __future__ import annotations

import pytest

from concordant.checks.conform.pitfalls import drive, tried
from concordant.checks.conform.roles import mistaken, repaired, role_of, roles
from concordant.checks.misuse import Misuse
from concordant.checks.registry import protocol


@pytest.mark.parametrize(
    ("stem", "scope", "references", "told", "alike"),
    [
        ("two_phase_commit", "two_users_and_faults", 2, 35, 1),
        pytest.param("paxos_synod", "one_acceptor_and_recovery", 2, 45, 14, marks=pytest.mark.thorough),
        pytest.param("lease", "given_back", 3, 26, 24, marks=pytest.mark.thorough),
    ],
)
def test_references_conform_and_mistakes_that_show_in_a_scope_fail(stem: str, scope: str, references: int, told: int, alike: int) -> None:
    found = list(tried(protocol(stem), scope, naming=False))

    assert [each.failure for each in found if not each.pitfall] == [None] * references
    assert sum(each.failure is not None for each in found) == told
    assert sum(each.failure is None for each in found if each.pitfall) == alike


@pytest.mark.parametrize(("stepwise", "told"), [(False, 0), (True, 1)])
def test_a_mistake_that_shows_between_steps_of_its_own_fails_where_they_are_made_one_by_one(stepwise: bool, told: int) -> None:
    store = role_of("state_checkpoint.store")
    (kind,) = (kind for each in store.protocol.pitfalls if each.id == "state_checkpoint.LoadsDrafts" for _, kind in mistaken(each))
    tables = store.tables(scope="side_by_side", stepwise=stepwise)

    driver, _ = drive(store, tables, kind, to_the_end=False)

    assert [each.difference.what for each in driver.driven.failures] == ["replies"] * told


@pytest.mark.parametrize(
    ("stem", "scope"), [("ballot_box", "two_officers_in_time"), ("sealed_bid_auction", "in_time"), ("mediated_negotiation", "chosen")]
)
def test_a_role_that_is_configured_with_a_rule_is_driven(stem: str, scope: str) -> None:
    for role in roles(protocol(stem)):
        driver, _ = drive(role, role.tables(scope=scope), role.kind)

        assert driver.driven.cases
        assert driver.driven.failures == []


def test_no_stack_of_layers_is_driven_as_one() -> None:
    ordering = role_of("causal_ordering.node")

    assert {type(table.process) for table in ordering.tables()} == {ordering.kind}
    with pytest.raises(Misuse, match="scope over_a_link of causal_ordering stacks layers, which are driven each by itself"):
        ordering.tables(scope="over_a_link")


@pytest.mark.parametrize(
    ("name", "scope"),
    [
        ("raft_membership.server", "joins_and_copies"),
        ("raft_lease_read.server", "promised"),
        ("raft_snapshot.server", "copies"),
    ],
)
def test_a_machine_that_adds_to_another_is_driven_as_one(name: str, scope: str) -> None:
    role = role_of(name)
    driver, _ = drive(role, role.tables(scope=scope, stepwise=True), role.kind)

    assert driver.driven.cases
    assert driver.driven.failures == []


@pytest.mark.parametrize("stem", ["contract_net", "fifo_ordering", "partial_failure"])
def test_no_machines_that_are_put_together_are_driven_as_one(stem: str) -> None:
    put_together = [each for each in protocol(stem).pitfalls if each.id.startswith("X-")]

    assert [list(mistaken(each)) for each in put_together] == [[]]
    assert {each.name for each in repaired(protocol(stem))} & {each.id for each in put_together} == set()


def test_whether_an_adapter_works_is_seen_in_the_smallest_scope_of_its_role() -> None:
    role = role_of("result_cache.cache")
    sizes = {scope.name: scope.expected.states for scope in role.protocol.scopes if scope.expected is not None}

    assert sizes[role.smallest] == min(sizes.values())
