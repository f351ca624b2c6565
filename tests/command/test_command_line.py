"""The command line, as a new user meets it."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest


def concordant(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "concordant.checks", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # our own command


def test_list_names_every_protocol_with_its_sentence() -> None:
    printed = concordant("list").stdout

    assert "paxos_synod" in printed
    assert "Single-decree Paxos: processes that crash and recover agree on one value among those proposed." in printed


LOADED = """
import sys
from concordant.checks.main import code
try:
    code()
finally:
    large = {"hypothesis", "numba", "numpy", "ray", "scipy", "z3"} & set(sys.modules)
    print("loaded", *sorted(large), *sorted({name.split(".")[3] for name in sys.modules if name.startswith("concordant.pitfalls.") and name.count(".") > 2}))
"""
"""Runs a command, then tells which of the large libraries it has loaded, and of which protocols the mistakes."""


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("check", "--help"),
        ("list",),
        ("no_such_command",),
        ("check", "paxos_sinod"),
        ("check", "nosuch"),
        ("check", "--report", "yaml=x"),
        ("explain", "paxos"),
    ],
    ids=" ".join,
)
def test_what_asks_for_no_check_loads_no_library_of_checks_or_proofs_and_no_protocol(arguments: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, "-c", LOADED, *arguments], capture_output=True, text=True, check=False)  # noqa: S603  # our own command

    assert done.stdout.splitlines()[-1:] == ["loaded"], done.stderr


def test_who_promises_nothing_about_the_end_is_checked_without_scipy() -> None:
    lock = str(Path(__file__).with_name("lock.py"))
    done = subprocess.run([sys.executable, "-c", LOADED, "check", lock], capture_output=True, text=True, check=False)  # noqa: S603  # as above

    assert done.stdout.splitlines()[-1] == "loaded numpy", done.stderr


def test_a_wrong_name_of_a_part_of_a_protocol_loads_that_protocol_alone() -> None:
    for name in ("PAX-99", "paxos_synod.agreemnt"):
        done = subprocess.run([sys.executable, "-c", LOADED, "explain", name], capture_output=True, text=True, check=False)  # noqa: S603  # as above

        assert done.stdout.splitlines()[-1] == "loaded paxos_synod", done.stderr


def test_check_prints_a_line_per_protocol_where_all_holds() -> None:
    done = concordant("check", "unanimous_consent", "vickrey_auction")

    assert done.returncode == 0
    first, second, total = done.stdout.splitlines()
    assert re.match(
        r"unanimous_consent  holds     \d+ clauses; \d+ scopes, [\d,]+ states; (\d+) of \1 pitfalls refuted; 1 of 1 known ", first
    )
    assert re.match(r"vickrey_auction    holds     \d+ clauses; \d+ scopes, [\d,]+ profiles; (\d+) of \1 pitfalls refuted; ", second)
    assert re.match(r"\d+ scopes, [\d,]+ states, [\d,]+ profiles; (\d+) of \1 pitfalls refuted; 1 of 1 known violation shown; ", total)


def test_check_prints_a_line_per_clause_if_asked_to_be_verbose() -> None:
    done = concordant("check", "unanimous_consent", "--verbose")

    assert done.returncode == 0
    for part in (
        "scope duplication: three electors; messages are duplicated and come late",
        "476 states, 2,066 transitions, depth 14",
        "acceptance_needs_every_consent  holds",
        "every_proposal_is_decided",
        "is_accepted                     reached",
        "pitfall UNA-2  refuted  by acceptance_needs_every_consent in 2 moves",
    ):
        assert part in done.stdout


def test_one_scope_can_be_chosen_by_name_or_size() -> None:
    assert "1 scope, 476 states; " in concordant("check", "unanimous_consent", "--scope", "duplication").stdout
    assert re.search(r"\b\d scopes", concordant("check", "unanimous_consent", "--scope", "small").stdout)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "paxos"), "no protocol, file or module is named 'paxos'; did you mean paxos_synod?"),
        (
            ("explain", "paxos_synod.agreemnt"),
            "no protocol, clause or pitfall is named 'paxos_synod.agreemnt'; did you mean paxos_synod.agreement",
        ),
        (("check", "PAX-9"), "PAX-9 is not a protocol, but part of paxos_synod: try concordant refute PAX-9"),
        (("walk", "FPA-7"), "FPA-7 is not a protocol, but part of first_price_sealed_bid: try concordant explain FPA-7"),
        (("refute", "paxos_synod.agreement"), "paxos_synod.agreement is a clause, not a pitfall"),
        (("walk", "vickrey_auction"), "only scopes can be walked, and none is chosen; families and profiles are for concordant check"),
        (("check", "gossip", "--engine", "fast"), "--engine fast must be auto or reference or tabulated"),
        (("check", "--budget", "30"), "budget '30' is none of 30s, 5m, 1h, 200000 states, 500MiB, 2GiB"),
        (
            ("check", "--report", "json=/no/such/folder/x.json"),
            "the report /no/such/folder/x.json cannot be written: No such file or directory",
        ),
        (("check", "--scope", "duplicaton"), "no scope or size is named 'duplicaton'; did you mean duplication"),
        (("check", "--budget", "soon"), "budget 'soon' is none of 30s, 5m, 1h, 200000 states, 500MiB, 2GiB"),
        (
            ("check", "--report", "yaml=x"),
            "--report 'yaml=x' must be FORMAT=FILE with a format of badge, github, gitlab, html, json, junit, markdown, sarif, such as --report json=report.json",
        ),
    ],
)
def test_a_wrong_word_gets_a_sentence_and_exit_code_2(arguments: tuple[str, ...], said: str) -> None:
    done = concordant(*arguments)

    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_spent_budget_is_inconclusive_and_exit_code_3() -> None:
    done = concordant("check", "unanimous_consent", "--scope", "loss", "--budget", "400 states")

    assert done.returncode == 3
    assert "stopped, budget of 400 states spent: no verdict is final but violations" in done.stdout
    assert "inconclusive" in done.stdout


def test_refute_shows_the_whole_counterexample() -> None:
    done = concordant("refute", "UNA-3")

    assert done.returncode == 0
    assert "the network loses Question() from coordinator0 to elector0" in done.stdout
    assert "waiting: (user0 at coordinator0,)" in done.stdout


@pytest.mark.parametrize("id", ["FPA-7/forward", "unanimous_consent.KeepsItsDeadline/told"])
def test_the_id_of_a_variant_is_no_path(id: str) -> None:
    done = concordant("explain", id)

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == id


def test_explain_shows_where_the_correct_machine_leaves_a_schedule() -> None:
    done = concordant("explain", "paxos_synod.AnyEarlierVote")

    assert done.returncode == 0
    assert "found along a schedule of 20 moves, not by searching; it is not claimed to be shortest" in done.stdout
    assert "The correct machine, on the same schedule, cannot make move 19." in done.stdout


def test_explain_tells_a_protocols_sources_clauses_and_truths() -> None:
    printed = concordant("explain", "two_phase_commit").stdout

    assert 'Source: Gray, "Notes on Data Base Operating Systems" (1978), section 5.8.3' in printed
    assert "two_phase_commit.agreement  (in every reachable state)" in printed
    assert "two_phase_commit.nobody_is_blocked  known violation of two_phase_commit.nobody_is_blocked" in printed


def test_explain_shows_a_clause_that_is_reached_by_a_run() -> None:
    printed = concordant("explain", "unanimous_consent.is_vetoed").stdout

    assert "reached in scope in_time:" in printed
    assert "vetoed: {elector0}" in printed


def test_the_json_report_has_every_verdict_and_trace(tmp_path: Path) -> None:
    file = tmp_path / "report.json"

    concordant("check", "unanimous_consent", "--report", f"json={file}")
    report = json.loads(file.read_text(encoding="utf-8"))

    assert report["format"] == "concordant-report/2"
    answers = {answer["question"]: answer for answer in report["answers"]}
    scope = answers["scope:unanimous_consent/duplication"]
    assert scope["counts"] == scope["expected"] == {"states": 476, "transitions": 2066, "depth": 14, "members": 1}
    (verdict,) = answers["pitfall:unanimous_consent/UNA-2"]["verdicts"]
    assert [frame["said"] for frame in verdict["trace"]] == ["user0 asks coordinator0: Put()", "coordinator0: Close()"]
    assert verdict["facts"] == {"missing": "{elector0, elector1, elector2}"}
    assert (report["exit_code"], report["interrupted"]) == (0, False)


def test_jobs_do_not_change_the_report(tmp_path: Path) -> None:
    reports = []
    for jobs in ("1", "2"):
        concordant("check", "unanimous_consent", "--jobs", jobs, "--report", f"json={tmp_path / jobs}")
        report = json.loads((tmp_path / jobs).read_text(encoding="utf-8"))
        reports.append([{**answer, "seconds": 0} for answer in report["answers"]])

    assert reports[0] == reports[1]


def test_rules_are_judged_on_grids_and_at_random_without_a_trace_in_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = concordant("check", "vickrey_auction", "--scope", "fractions", "--verbose")

    assert done.returncode == 0
    for part in (
        "scope fractions: up to two bidders, values 0, 1/3 and 1, either direction",
        "120 profiles, 540 runs of the rule, 2,116 cases",
        "truthful                          holds          660    486  grid, 110 random",
        "1 scope, 120 profiles; ",
    ):
        assert part in done.stdout
    assert list(tmp_path.iterdir()) == []


SEARCHES = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="tells from /proc when the search has begun")


@SEARCHES
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_with_what_was_decided_before(sent: signal.Signals) -> None:
    running = _start("--jobs", "1")
    _wait(running, lambda: _is_searching(running))
    running.send_signal(sent)
    printed, complaints = running.communicate(timeout=240)

    assert running.returncode == 130, complaints
    assert "paxos_synod  interrupted" in printed
    assert "Traceback" not in complaints


@SEARCHES
def test_whoever_is_killed_leaves_no_process_behind() -> None:
    running = _start("--jobs", "2")
    _wait(running, lambda: any(_children(child) for child in _children(running.pid)))

    running.kill()
    running.communicate(timeout=60)  # which ends when nobody is left who could still print


def _start(*options: str) -> subprocess.Popen[str]:
    """Start a long search, in a process group of its own."""
    command = [sys.executable, "-m", "concordant.checks", "check", "paxos_synod", "--scope", "large", "--no-cache", *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)  # noqa: S603  # our own command


def _wait(running: subprocess.Popen[str], until: Callable[[], bool]) -> None:
    """Wait until something is true of a process, or it has ended: it is asked twenty times a second."""
    while not until():
        with suppress(subprocess.TimeoutExpired):
            running.wait(timeout=0.05)
            return


def _children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()]


def _is_searching(running: subprocess.Popen[str]) -> bool:
    """Whether the search has begun: the process that does the work has used two seconds of processor time."""
    (worker,) = _children(running.pid) or [running.pid]
    fields = Path(f"/proc/{worker}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return int(fields[11]) >= 200
