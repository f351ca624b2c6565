"""Mutants: each guard of a machine is changed once, and what notices it is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from concordant.checks.mutation import main, mutants, run


def test_every_condition_case_guard_and_comparison_of_a_machine_is_changed() -> None:
    names = [mutant.name for mutant, _, _ in mutants("two_phase_commit")]

    assert len(names) == len(set(names))
    for name in (
        "Coordinator.receive: isinstance(state, Collecting) → False",
        "Coordinator.all_can_commit: len(state.votes) == len(self.participants) → len(state.votes) != len(self.participants)",
    ):
        assert name in names


def test_what_notices_a_mutant_is_a_clause_a_rule_the_counts_or_nothing() -> None:
    noticed = {each.mutant.name: each.by for each in run(["unanimous_consent"], 2)}

    assert noticed[
        "Coordinator.all_consent: len(state.consents) == len(self.electorate) → len(state.consents) != len(self.electorate)"
    ] == ("unanimous_consent.acceptance_needs_every_consent")
    assert noticed["Coordinator.request: not isinstance(state, Idle) → False"] == "nothing"


def test_a_mutant_without_a_reason_and_a_reason_without_a_mutant_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "reasons.json"
    file.write_text(json.dumps({"unanimous_consent": {"Coordinator.gone: x → y": "no more"}}), encoding="utf-8")

    code = main(["unanimous_consent", f"--reasons={file}"])
    printed = capsys.readouterr().out

    assert code == 1
    assert "noticed by nothing: NO REASON GIVEN" in printed
    assert "stale reason, of a mutant that is noticed or gone: Coordinator.gone: x → y" in printed


def test_guards_of_a_rule_and_of_its_family_are_changed_and_noticed_by_what_it_promises() -> None:
    noticed = {each.mutant.name: each.by for each in run(["vickrey_auction"], 2)}

    assert noticed["best_of_the_others: bidder != winner → bidder == winner"] == "vickrey_auction.price_is_the_best_of_the_others"
    assert noticed["award: not bids → True"] == "auctions.sold_if_the_reserve_is_met"
    assert noticed["award: not bids → False"] == "auctions.malformed_profiles_are_rejected", "it raises"
    assert noticed["award: bid == top → bid != top"] == "auctions.malformed_profiles_are_rejected", "it raises"
