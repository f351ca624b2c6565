"""The register on Paxos has the counts of Stateright."""

from __future__ import annotations

from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.report import Report, Status
from concordant.checks.tabulated.explore import explore_tabulated
from tests.oracles.paxos_register import paxos_register


def assert_as_stateright_finds(report: Report, distinct: int, generated: int, depth: int) -> None:
    assert (report.states, report.transitions + 1, report.depth) == (distinct, generated, depth)
    assert report.verdict("register_clients.linearizable").status is Status.HOLDS
    assert report.verdict("register_clients.a_value_is_read").status is Status.HOLDS


def test_the_register_on_paxos_has_the_states_that_stateright_finds() -> None:
    report = explore(paxos_register(clients=2), reductions=Reductions(leave_ignored=True))

    assert_as_stateright_finds(report, 16_668, 32_971, 21)


def test_with_three_clients_it_has_a_million_states_by_fewer_than_20_000_calls_of_handlers() -> None:
    report = explore_tabulated(paxos_register(clients=3), reductions=Reductions(leave_ignored=True))

    assert_as_stateright_finds(report, 1_194_428, 2_420_477, 28)
    assert report.handler_calls == 15_612
