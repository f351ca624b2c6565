"""Models of TLA+: as many states and transitions, and as deep, as TLC, SPIN, Stateright and rumur find."""

from __future__ import annotations

import pytest

from concordant.checks import explore
from concordant.checks.exploration.report import Report
from tests.models import die_hard
from tests.models.paxos import paxos
from tests.models.transaction_commit import transaction_commit
from tests.models.two_phase import two_phase


def counts(report: Report) -> tuple[int, int, int]:
    assert report.complete
    return report.states, report.transitions, report.depth


def test_two_jugs() -> None:
    report = explore(die_hard.MODEL)

    assert counts(report) == (16, 96, 8)
    assert [str(frame.move.trigger) for frame in report.verdict(die_hard.nobody_has_four).trace or ()] == [  # type: ignore[union-attr]
        "fill_big",
        "big_to_small",
        "empty_small",
        "big_to_small",
        "fill_big",
        "big_to_small",
    ]


@pytest.mark.parametrize(
    ("managers", "expected"), [(2, (56, 153, 8)), (3, (288, 1_145, 11)), pytest.param(5, (8_832, 58_145, 17), marks=pytest.mark.thorough)]
)
def test_two_phase_commit(managers: int, expected: tuple[int, int, int]) -> None:
    report = explore(two_phase(managers))

    assert counts(report) == expected
    assert {verdict.status.value for verdict in report.verdicts} == {"holds"}


@pytest.mark.parametrize(("managers", "expected"), [(2, (12, 22, 5)), (3, (34, 93, 7)), (4, (96, 356, 9)), (5, (274, 1_295, 11))])
def test_transaction_commit(managers: int, expected: tuple[int, int, int]) -> None:
    assert counts(explore(transaction_commit(managers))) == expected


@pytest.mark.thorough
def test_paxos_with_three_acceptors_two_values_and_two_ballots() -> None:
    report = explore(paxos(3, 2, 2))

    states, _, depth = counts(report)  # TLC makes a move of each quorum, and of each of its votes, that allows a proposal
    assert (states, depth) == (3_921, 17)
    assert {verdict.status.value for verdict in report.verdicts} == {"holds"}
