"""The register on Paxos has the counts of Stateright."""

from __future__ import annotations

from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.report import Status
from concordant.spec.vocabulary import Address
from tests.oracles.paxos_register import paxos_register
from tests.oracles.register_history import Read, RegisterHistory, Write, Written, is_linearizable

ANN, BOB = Address("ann"), Address("bob")


def test_the_register_on_paxos_has_the_states_that_stateright_finds() -> None:
    report = explore(paxos_register(clients=2), reductions=Reductions(leave_ignored=True))

    assert (report.states, report.transitions + 1, report.depth) == (16_668, 32_971, 21)
    assert report.verdict("paxos_register.linearizable").status is Status.HOLDS
    assert report.verdict("paxos_register.a_value_is_read").status is Status.HOLDS


def test_a_read_that_misses_an_earlier_completed_write_is_not_linearizable() -> None:
    reading = RegisterHistory.of((ANN, BOB)).invoked(ANN, Write("A")).returned(ANN, Written()).invoked(BOB, Read())

    assert not is_linearizable(reading.returned(BOB, ""))
    assert is_linearizable(reading.returned(BOB, "A"))


def test_a_read_beside_a_write_may_see_it_or_not_but_no_later_read_goes_back() -> None:
    reading = RegisterHistory.of((ANN, BOB)).invoked(ANN, Write("A")).invoked(BOB, Read())

    assert is_linearizable(reading.returned(BOB, ""))
    assert is_linearizable(reading.returned(BOB, "A"))
    assert not is_linearizable(reading.returned(BOB, "A").invoked(BOB, Read()).returned(BOB, ""))
