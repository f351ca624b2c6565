"""The register on Paxos has the counts of Stateright."""

from __future__ import annotations

from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.report import Report, Status
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.spec.vocabulary import Address
from tests.oracles.paxos_register import paxos_register
from tests.oracles.register_history import Read, RegisterHistory, Write, Written, is_linearizable

ANN, BOB = Address("ann"), Address("bob")


def assert_as_stateright_finds(report: Report, distinct: int, generated: int, depth: int) -> None:
    assert (report.states, report.transitions + 1, report.depth) == (distinct, generated, depth)
    assert report.verdict("paxos_register.linearizable").status is Status.HOLDS
    assert report.verdict("paxos_register.a_value_is_read").status is Status.HOLDS


def test_the_register_on_paxos_has_the_states_that_stateright_finds() -> None:
    report = explore(paxos_register(clients=2), reductions=Reductions(leave_ignored=True))

    assert_as_stateright_finds(report, 16_668, 32_971, 21)


def test_with_three_clients_it_has_a_million_states_by_fewer_than_20_000_calls_of_handlers() -> None:
    report = explore_tabulated(paxos_register(clients=3), reductions=Reductions(leave_ignored=True))

    assert_as_stateright_finds(report, 1_194_428, 2_420_477, 28)
    assert report.handler_calls == 15_612


def test_a_read_that_misses_an_earlier_completed_write_is_not_linearizable() -> None:
    reading = RegisterHistory.of((ANN, BOB)).invoked(ANN, Write("A")).returned(ANN, Written()).invoked(BOB, Read())

    assert not is_linearizable(reading.returned(BOB, ""))
    assert is_linearizable(reading.returned(BOB, "A"))


def test_a_read_beside_a_write_may_see_it_or_not_but_no_later_read_goes_back() -> None:
    reading = RegisterHistory.of((ANN, BOB)).invoked(ANN, Write("A")).invoked(BOB, Read())

    assert is_linearizable(reading.returned(BOB, ""))
    assert is_linearizable(reading.returned(BOB, "A"))
    assert not is_linearizable(reading.returned(BOB, "A").invoked(BOB, Read()).returned(BOB, ""))
