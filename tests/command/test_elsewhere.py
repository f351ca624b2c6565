"""Runs for other tools, and theirs here: the Informal Trace Format out and in, Mermaid and pictures out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from concordant.checks.conform.reference import Reference
from concordant.checks.conform.roles import mistaken, role_of
from concordant.checks.elsewhere.formats import replayed, written
from concordant.checks.elsewhere.itf_trace import read
from concordant.checks.elsewhere.itf_values import itf_text
from concordant.checks.misuse import Misuse
from concordant.checks.registry import find, protocol
from concordant.refimpl.machine import AnyProcess

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    file = tmp_path / "una.itf.json"
    file.write_text(written("itf", *find("UNA-2")), encoding="utf-8")
    return file


def test_a_run_is_written_as_a_state_per_moment_with_the_move_that_led_there(saved: Path) -> None:
    trace = read(saved)

    assert trace["vars"] == ["coordinator0", "elector0", "elector1", "elector2", "history", "network"]
    assert [state["#meta"].get("said") for state in trace["states"]] == [
        None,
        "user0 asks coordinator0: Put()",
        "coordinator0: Close()",
    ]
    assert trace["states"][2]["coordinator0"] == {"tag": "Closed", "value": {"accepted": True}}
    assert all(set(state) == {"#meta", *trace["vars"]} for state in trace["states"])


def test_a_run_that_was_written_is_made_again_and_told_apart_where_it_differs(saved: Path) -> None:
    lines, departed = replayed(saved)
    assert (lines[-1], departed) == ("UNA-2: as saved", False)

    trace = json.loads(saved.read_text(encoding="utf-8"))
    trace["states"][2]["coordinator0"]["value"]["accepted"] = False
    saved.write_text(json.dumps(trace), encoding="utf-8")

    lines, departed = replayed(saved)
    assert (lines[-2:], departed) == (["UNA-2: DEPARTS", "  state 2 is not as saved"], True)


def test_a_trace_of_another_tool_is_shown_by_what_changes(tmp_path: Path) -> None:
    file = tmp_path / "theirs.itf.json"
    states = [
        {"#meta": {"index": 0}, "x": {"#bigint": "1"}, "seen": {"#set": []}},
        {"#meta": {"index": 1}, "mbt::actionTaken": "step", "x": {"#bigint": "2"}, "seen": {"#set": [{"#tup": [1, "a"]}]}},
    ]
    file.write_text(json.dumps({"vars": ["x", "seen"], "states": states, "loop": 0}), encoding="utf-8")

    assert replayed(file) == (
        [
            "     x: 1",
            "     seen: {}",
            "  1  step",
            "     mbt::actionTaken: 'step'",
            "     x: 1 → 2",
            "     seen: {} → {(1, 'a')}",
            "     and from state 0 on again, for ever",
        ],
        False,
    )


@pytest.mark.parametrize("text", ["", "[]", '{"states": 3}', '{"states": [3]}'])
def test_what_is_no_trace_is_refused_with_a_sentence(tmp_path: Path, text: str) -> None:
    file = tmp_path / "none.itf.json"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(Misuse, match=r"none\.itf\.json (cannot be read|is no trace in ITF JSON)"):
        replayed(file)
    with pytest.raises(Misuse, match="is no value of ITF"):
        itf_text({"#new": 1})


def test_mermaid_draws_each_move_and_escapes_what_would_end_a_line() -> None:
    assert written("mermaid", *find("UNA-2")).splitlines()[:7] == [
        "sequenceDiagram",
        "  %% UNA-2 shows unanimous_consent.acceptance_needs_every_consent",
        "  autonumber",
        "  participant user0",
        "  participant coordinator0",
        "  user0->>coordinator0: Put()",
        "  coordinator0->>coordinator0: Close()",
    ]
    assert all(line.count(":") <= 1 for line in written("mermaid", *find("UNA-3")).splitlines())


def test_a_clause_is_shown_by_a_run_that_reaches_or_breaks_it() -> None:
    consent = protocol("unanimous_consent")
    by_name = {clause.name: clause for clause in consent.clauses}

    assert "shows unanimous_consent.is_vetoed" in written("mermaid", consent, by_name["is_vetoed"])
    assert "shows unanimous_consent.agreement" in written("mermaid", consent, by_name["agreement"])


@pytest.mark.parametrize(("name", "format", "said"), [
    ("unanimous_consent", "itf", "unanimous_consent is shown by no run of a system"),
    ("SPA-2", "itf", "SPA-2 is shown by no run of a system"),
    ("paxos_synod.two_proposers_cross", "itf", "paxos_synod.two_proposers_cross is a situation, which shows no clause; name a clause"),
    ("UNA-2", "png", "--format 'png' must be text or one of itf, mermaid, pytest, svg"),
])  # fmt: skip
def test_what_has_no_run_or_no_format_is_refused(name: str, format: str, said: str) -> None:
    with pytest.raises(Misuse, match=said):
        written(format, *find(name))


def test_a_run_is_written_as_a_test_that_the_reference_passes_and_the_mistake_fails() -> None:
    found: dict[str, Any] = {}
    text = written("pytest", *find("PAX-9"))
    exec(compile(text, "test_pax_9.py", "exec"), found)  # noqa: S102  # what was written
    role = role_of("paxos_synod.acceptor")
    wrong = dict(mistaken(next(each for each in role.protocol.pitfalls if each.id == "PAX-9")))["acceptor"]

    def adapter(kind: type[AnyProcess]) -> Reference:
        return Reference(role.protocol, role.name, role.kind, kind)

    assert list(found["RUNS"]) == ["proposer0", "proposer1", "acceptor0", "acceptor1", "acceptor2"]
    for process in ("acceptor0", "acceptor1", "acceptor2"):
        found["test_pax_9"](adapter(role.kind), process)
    with pytest.raises(AssertionError):
        found["test_pax_9"](adapter(wrong), "acceptor1")


def test_a_run_is_a_picture_in_svg_with_each_move_its_signs_explained_and_the_clause() -> None:
    root = ET.fromstring(written("svg", *find("UNA-2")))  # noqa: S314  # our own

    assert [each.text for each in root.iter(f"{SVG}text")] == [
        *("user0", "coordinator0", "1", "Put()", "2", "◆", "Close()"),
        "━▶ asked from outside; ● a step of its own; ◆ here the mistake acts",
        "fields: Collecting(client, consents), Decided(accepted), Decision(accepted), Closed(accepted)",
        "unanimous_consent.acceptance_needs_every_consent: A proposal is accepted only if every elector of the fixed electorate has consented.",
    ]
    drawn = [(each.tag.removeprefix(SVG), each.get("class")) for each in root][4:]
    assert [each for each in drawn if each[0] != "text"] == [("line", "lane"), ("line", "lane"), ("path", "ask"), ("circle", "solid")]


def test_in_a_picture_loss_repetition_crash_recovery_and_what_is_in_flight_are_drawn_apart() -> None:
    found = {id: {each.get("class") for each in ET.fromstring(written("svg", *find(id))).iter()} for id in ("FIF-1", "GDL-7")}  # noqa: S314  # as above

    assert found["FIF-1"] - {None, "dim", "head"} == {"lane", "ask", "message", "again", "flight", "solid", "paper"}
    assert found["GDL-7"] - {None, "dim", "head"} == {"lane", "lane down", "ask", "lost", "solid", "paper"}


def test_a_picture_asks_nothing_of_the_network_and_what_a_protocol_says_is_text_in_it() -> None:
    text = written("svg", *find("unanimous_consent.WaitsForItself"))

    assert "<script" not in text
    assert "http" not in text.replace('xmlns="http://www.w3.org/2000/svg"', "")
