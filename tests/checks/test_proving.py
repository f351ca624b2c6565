"""Proving side by side: the same outcomes with any number of processes, large theorems only on request."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from attrs import evolve
from typer.testing import CliRunner

from concordant.checks import main, proving
from concordant.proofs.auctions.vickrey_auction.claim import among
from concordant.proofs.kernel.paths import Limits
from concordant.proofs.kernel.symbolic import by_running
from concordant.proofs.kernel.theorems import Outcome, Standing, Theorem, theorems
from concordant.spec.auctions.shared.auctions import truthful_bidding

NAMES = ("quorums.majorities_meet", "vickrey_auction.truthful", "vickrey_auction.average_of_the_losers_fails_three")
LIMITED = by_running("limited.truthful", truthful_bidding, among(2, 2), "two bidders", limits=Limits(paths=1))


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Theorem, ...]]:
    """Let the registry know a few theorems only, one of them undecided."""
    found = {theorem.id: theorem for theorem in theorems()}
    chosen = (*(found[name] for name in NAMES), LIMITED)
    monkeypatch.setattr(proving, "theorems", lambda: chosen)
    monkeypatch.setattr(main, "theorems", lambda: chosen)
    proving.known.cache_clear()
    yield chosen
    proving.known.cache_clear()


def outcomes(chosen: tuple[Theorem, ...], jobs: int) -> list[tuple[str, Outcome]]:
    return [(theorem.id, evolve(outcome, seconds=0)) for theorem, outcome in proving.prove_all(chosen, jobs)]


def test_outcomes_are_the_same_with_any_number_of_processes(known: tuple[Theorem, ...]) -> None:
    alone, together = outcomes(known, 1), outcomes(known, 2)

    assert alone == together
    assert [outcome.standing for _, outcome in alone] == [Standing.PROVED, Standing.PROVED, Standing.SHOWN, Standing.UNKNOWN]


def test_a_large_theorem_is_proved_on_request_or_by_name(known: tuple[Theorem, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    quick = known[0]
    monkeypatch.setattr(main, "theorems", lambda: (quick, evolve(quick, id="quorums.slow", large=True)))

    def said(*arguments: str) -> str:
        return CliRunner().invoke(main.app, ["prove", "--jobs", "1", *arguments]).stdout

    left_out = said()
    assert "1 theorem: 1 proved" in left_out
    assert "large, and only proved with --large: quorums.slow" in left_out
    assert "2 theorems: 2 proved" in said("--large")
    assert "quorums.slow  proved" in said("quorums.slow")


def test_explain_prints_what_was_run_and_the_counterexample_as_a_table(known: tuple[Theorem, ...]) -> None:  # noqa: ARG001
    printed = CliRunner().invoke(main.app, ["prove", "--jobs", "1", NAMES[2], "--explain"]).stdout

    for part in (
        "  Clause: auctions.truthful",
        "  Drawn: bidders, direction, bidder0, bidder1, bidder2, who lies, the liar bids, the lie",
        "    given  direction      forward",
        "    then   would_gain     ",
        "shown by an example",
    ):
        assert part in printed
