"""Vectors: the reference passes its own, a wrong machine or rule fails that of its defect, and the runners of the examples agree."""

from __future__ import annotations

import json
import runpy
import shutil
import subprocess
import sys
from itertools import islice
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from concordant.checks.codec.codec import codec_of
from concordant.checks.conform.reference import Reference
from concordant.checks.conform.roles import mistaken, role_of
from concordant.checks.mechanisms.running import Running
from concordant.checks.misuse import Misuse
from concordant.checks.registry import protocol
from concordant.checks.vectors.rules import RuleVectors, profiles
from concordant.checks.vectors.ties import Ties
from concordant.checks.vectors.writing import write
from concordant.refimpl.machine import AnyProcess, Mechanism

ROOT = Path(__file__).parents[2]
FAULTS = "two_users_and_faults"


@pytest.fixture(scope="module")
def of_commit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("two_phase_commit")
    write(protocol("two_phase_commit"), folder, FAULTS)
    return folder


@pytest.fixture(scope="module")
def of_auction(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vickrey_auction")
    write(protocol("vickrey_auction"), folder)
    return folder


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def answers(role: str, kind: type[AnyProcess] | None, vector: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what the reference, or a machine with a mistake, answers to the inputs of a vector."""
    found = role_of(f"two_phase_commit.{role}")
    observed = tuple(next(step["view"] for step in vector["steps"] if "view" in step))
    adapter = Reference(found.protocol, found.name, found.kind, kind or found.kind, observed)
    return [adapter.call(step["input"]) for step in vector["steps"]]


def without_input(step: dict[str, Any]) -> dict[str, Any]:
    return {name: each for name, each in step.items() if name != "input"}


@pytest.mark.parametrize("role", ["coordinator", "participant"])
def test_the_reference_passes_its_own_vectors(role: str, of_commit: Path) -> None:
    vectors = lines(of_commit / f"{role}.ndjson")

    assert len(vectors) == {"coordinator": 51, "participant": 40}[role]
    for vector in vectors:
        assert answers(role, None, vector) == [without_input(step) for step in vector["steps"]]


def test_each_mistake_fails_the_vector_of_its_defect_at_the_end(of_commit: Path) -> None:
    defects = lines(of_commit / "defects.ndjson")
    pitfalls = {each.id: each for each in protocol("two_phase_commit").pitfalls}

    assert len(defects) == 32
    for vector in defects:
        role = vector["id"].rpartition("/")[2]
        told = answers(role, dict(mistaken(pitfalls[vector["defect"]]))[role], vector)
        expected = [without_input(step) for step in vector["steps"]]
        assert told[:-1] == expected[:-1]
        assert told[-1] != expected[-1]
        assert vector["wrong"] == {"effects": told[-1]["effects"], "down": told[-1].get("down", False)}


def test_the_outcomes_of_a_rule_and_of_its_defects_are_those_of_the_functions(of_auction: Path) -> None:
    auction = protocol("vickrey_auction")
    codec, right = codec_of(auction), auction.grids[0].mechanism.rule
    wrong = {each.id: each.subject.rule for each in auction.pitfalls if isinstance(each.subject, Mechanism)}

    assert len(lines(of_auction / "profiles.ndjson")) == 577
    for vector in lines(of_auction / "profiles.ndjson"):
        assert codec.encode(right(codec.decode(vector["profile"]))) == vector["outcome"]
    for vector in lines(of_auction / "defects.ndjson"):
        profile = codec.decode(vector["profile"])
        assert codec.encode(right(profile)) == vector["outcome"]
        if vector["wrong"] is not None:
            assert codec.encode(wrong[vector["defect"]](profile)) == vector["wrong"] != vector["outcome"]


def test_a_wrong_rule_has_no_vector_if_what_it_answers_wrongly_no_json_can_say() -> None:
    auction = protocol("first_price_sealed_bid")
    found = {each["defect"] for each in RuleVectors(auction).defects(auction.pitfalls)}

    assert {each.id for each in auction.pitfalls} - found == {
        "FPA-11",
        "first_price_sealed_bid.InBinary",
        "first_price_sealed_bid.InBinary/winner",
    }


def test_of_several_rules_a_mistake_is_told_from_the_one_whose_promises_it_has() -> None:
    market = protocol("task_market_asking")
    wrong = {each.id: each.subject for each in market.pitfalls if isinstance(each.subject, Mechanism)}
    found = list(RuleVectors(market).defects(market.pitfalls))
    promises = {grid.mechanism.name: grid.mechanism.promises for grid in market.grids}

    assert len(promises) == 2
    assert set(wrong) == {each["defect"] for each in found}, "ButTheLast by a profile of its own space: it shows on larger ones alone"
    assert {promises[each["rule"]] == wrong[each["defect"]].promises for each in found} == {True}
    assert [each["defect"] for each in found if each["wrong"] == each["outcome"]] == []


def test_a_mistake_that_may_be_of_several_rules_has_a_vector_for_each_that_none_has_as_its_outcome() -> None:
    compromise = protocol("compromise_value")
    found = [each for each in RuleVectors(compromise).defects(compromise.pitfalls) if each["defect"] == "CMP-4"]

    assert [each["id"] for each in found] == [f"CMP-4 of {rule}" for rule in ("median", "mean", "weighted mean")]
    assert [each["rule"] for each in found] == ["median", "mean", "weighted mean"]
    assert {json.dumps(each["wrong"]) for each in found} == {"null"}, "it raises"
    assert {each["outcome"]["reason"] for each in found} == {"nobody weighs anything"}


def test_a_mistake_that_shows_on_no_profile_that_is_drawn_has_one_that_its_counterexample_asks_about() -> None:
    offers = protocol("alternating_offers")
    (vector,) = (each for each in RuleVectors(offers).defects(offers.pitfalls) if each["defect"] == "alternating_offers.TurnsByName")

    assert vector["wrong"] != vector["outcome"]


def test_the_manifest_says_what_the_files_are(of_commit: Path) -> None:
    manifest = json.loads((of_commit / "manifest.json").read_text())

    assert (manifest["format"], manifest["stem"], manifest["scope"]) == ("concordant-vectors/1", "two_phase_commit", FAULTS)
    assert manifest["complete"] is True
    assert manifest["files"] == {"coordinator.ndjson": 51, "participant.ndjson": 40, "defects.ndjson": 32}
    assert {"id": "two_phase_commit.agreement", "sentence": manifest["clauses"][0]["sentence"]} == manifest["clauses"][0]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603


def test_the_participant_in_plain_python_passes_by_the_runner_of_a_page(of_commit: Path, tmp_path: Path) -> None:
    vectors, right = str(of_commit / "participant.ndjson"), ROOT / "examples/adapters/participant.py"
    text = right.read_text()
    (tmp_path / "wrong.py").write_text(text.replace('self.log = "prepared"\n', 'self.log = "committed"\n'))
    passed = run(sys.executable, "examples/vectors/runner.py", vectors, str(right))
    failed = run(sys.executable, "examples/vectors/runner.py", vectors, str(tmp_path / "wrong.py"))

    assert (passed.returncode, passed.stdout) == (0, "40 passed, 0 failed, 0 skipped\n")
    assert failed.returncode == 1
    assert "'phase': 'committed'" in failed.stdout


def test_an_adapter_that_never_sends_a_kind_of_message_fails_though_each_may_be_lost(of_commit: Path, tmp_path: Path) -> None:
    text = (ROOT / "examples/adapters/participant.py").read_text()
    (tmp_path / "mute.py").write_text(text.replace('self.effects.append({"send": message, "to": to})', "pass"))
    mute = run(sys.executable, "examples/vectors/runner.py", str(of_commit / "participant.ndjson"), str(tmp_path / "mute.py"))

    assert (mute.returncode, mute.stdout.splitlines()) == (
        1,
        ["it never sends Inquiry", "it never sends Vote", "40 passed, 2 failed, 0 skipped"],
    )


def test_the_order_of_sends_to_one_destination_counts_on_a_fifo_network_alone() -> None:
    runner = runpy.run_path(str(ROOT / "examples/vectors/runner.py"))
    first, second = ({"send": {"type": kind}, "to": "node1"} for kind in ("One", "Two"))
    one, other = ({"effects": list(effects)} for effects in ((first, second), (second, first)))

    assert runner["told"](one, [], fifo=False) == runner["told"](other, [], fifo=False)
    assert runner["told"](one, [], fifo=True) != runner["told"](other, [], fifo=True)


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed: the runner in JavaScript is not tried")
def test_the_auction_in_javascript_passes_by_the_runner_of_a_page(of_auction: Path, tmp_path: Path) -> None:
    vectors, right = str(of_auction / "profiles.ndjson"), ROOT / "examples/vectors/second_price.js"
    (tmp_path / "first_price.js").write_text(right.read_text().replace("offers[1].amount", "offers[0].amount"))
    by_the_last_name = right.read_text().replace("winner: tied[0]", "winner: tied.at(-1)")
    (tmp_path / "by_the_last_name.js").write_text(by_the_last_name)
    passed = run("node", "examples/vectors/runner.js", vectors, str(right))
    otherwise = run("node", "examples/vectors/runner.js", vectors, str(tmp_path / "by_the_last_name.js"))
    failed = run("node", "examples/vectors/runner.js", vectors, str(tmp_path / "first_price.js"))

    assert (passed.returncode, passed.stdout) == (0, "577 passed, 0 failed, 0 skipped\n")
    assert (otherwise.returncode, otherwise.stdout) == (0, "577 passed, 118 of them with a tie broken otherwise, 0 failed, 0 skipped\n")
    assert failed.returncode == 1


def test_a_folder_that_cannot_be_written_is_misuse(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Misuse, match="cannot be written: Not a directory"):
        write(protocol("vickrey_auction"), tmp_path / "file" / "folder")


def test_vectors_are_not_written_over_those_of_another_protocol(of_commit: Path) -> None:
    before = (of_commit / "manifest.json").read_text()
    with pytest.raises(Misuse, match="holds the vectors of two_phase_commit; give those of vickrey_auction a folder of their own"):
        write(protocol("vickrey_auction"), of_commit)

    assert (of_commit / "manifest.json").read_text() == before


def test_where_a_tie_is_broken_all_outcomes_of_who_breaks_it_otherwise_are_allowed(of_auction: Path) -> None:
    for vector in lines(of_auction / "profiles.ndjson"):
        outcome = vector["outcome"]
        tied = outcome["tied"] if outcome["type"] == "Sale" else []
        allowed = vector.get("allowed", [outcome])
        assert allowed[0] == outcome
        assert sorted(each["winner"] for each in allowed if each["type"] == "Sale") == tied
        assert all({**each, "winner": None} == {**outcome, "winner": None} for each in allowed[1:])


def test_of_a_mistake_in_breaking_ties_nothing_else_is_allowed(of_auction: Path) -> None:
    defects = lines(of_auction / "defects.ndjson")

    assert sum("allowed" in vector for vector in defects) == 4
    assert [vector["defect"] for vector in defects if vector["wrong"] in vector.get("allowed", ())] == []


@pytest.mark.parametrize(
    ("stem", "rule", "most"), [("priority_override", "priority", 6), ("borda_count", "Borda count", 3), ("conflict_detection", "detect", 1)]
)
def test_ties_are_found_of_names_and_of_options_and_none_in_what_is_only_listed_by_name(stem: str, rule: str, most: int) -> None:
    (grid, *_) = (grid for grid in protocol(stem).grids if grid.mechanism.name == rule)
    chosen = list(islice(profiles(grid), None, None, 25))
    ties = Ties(Running(grid.mechanism.rule))
    ties.learn(chosen)

    assert max(len(ties.allowed(profile)) for profile in chosen) == most


def test_a_runner_takes_an_outcome_that_is_allowed_and_says_so() -> None:
    runner = runpy.run_path(str(ROOT / "examples/vectors/runner.py"))
    vector = {"id": "mine/0", "profile": {}, "outcome": "ann", "allowed": ["ann", "bob"]}

    said = [runner["run"](vector, SimpleNamespace(outcome=lambda _, given=given: given)) for given in ("ann", "bob", "cid")]

    assert said == ["passed", "passed by another tie", "mine/0: cid, not ann"]
