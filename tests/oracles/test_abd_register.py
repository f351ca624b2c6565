"""The register of Attiya, Bar-Noy and Dolev has the states of Stateright, and needs its second phase."""

from __future__ import annotations

from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.report import Status
from concordant.checks.tabulated.explore import explore_tabulated
from tests.oracles.abd_register import AnswersAtOnce, abd_register

IGNORING = Reductions(leave_ignored=True)


def test_two_clients_and_two_servers_have_the_544_states_that_stateright_finds() -> None:
    for run in (explore, explore_tabulated):
        report = run(abd_register(clients=2, servers=2), reductions=IGNORING)

        assert report.states == 544
        assert [verdict.status for verdict in report.verdicts] == [Status.HOLDS, Status.HOLDS]


def test_who_answers_at_once_is_not_linearizable_and_the_operations_are_named() -> None:
    report = explore(abd_register(clients=2, servers=2, server=AnswersAtOnce), reductions=IGNORING)

    verdict = report.verdict("register_clients.linearizable")
    named = [str(each) for each in verdict.facts["cannot_be_ordered"]]  # type: ignore[attr-defined]
    assert (verdict.status, verdict.length, named) == (
        Status.VIOLATED,
        6,
        ["client0: Read(key='') → Value(value='')", "client0: Write(value='A', key='') → Done()"],
    )
