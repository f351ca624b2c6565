"""Long runs on the command line: breakdowns, walks, checkpoints, and Ctrl-C in processes side by side."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from concordant.checks.exploration.scope import Size
from concordant.checks.misuse import Misuse
from concordant.checks.questions.asking import to_check, to_search, to_walk
from concordant.checks.questions.question import Means
from concordant.checks.questions.scope import ScopeQuestion
from concordant.checks.registry import protocol, protocols

COMMAND = [sys.executable, "-m", "concordant.checks"]


def concordant(*arguments: str, hash_seed: str = "0") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False, env=environment)  # noqa: S603  # our own command


def read(file: Path) -> Any:
    """Return the one result of a report, without the time it took."""
    (answer,) = json.loads(file.read_text(encoding="utf-8"))["answers"]
    return {**answer, "seconds": None}


def test_a_breakdown_shows_parts_inputs_and_time_and_is_in_the_json_report(tmp_path: Path) -> None:
    done = concordant("check", "unanimous_consent", "--scope", "duplication", "--breakdown", "--report", f"json={tmp_path / 'report.json'}")

    assert done.returncode == 0
    for part in (
        "where the states of duplication come from",
        "the local state of coordinator0",
        "elector receives Question",
        "    time: kernel",
    ):
        assert part in done.stdout
    breakdown = read(tmp_path / "report.json")["breakdown"]
    assert [slot["values"] for slot in breakdown["slots"] if slot["name"] == "the local state of elector0"] == [5]


def test_walks_say_what_they_are_and_are_the_same_under_any_hash_seed(tmp_path: Path) -> None:
    reports = []
    for hash_seed in ("1", "2"):
        file = tmp_path / hash_seed
        walk = ("walk", "paxos_synod", "--scope", "learning", "--walks", "200", "--depth", "30", "--seed", "5")
        done = concordant(*walk, "--report", f"json={file}", hash_seed=hash_seed)
        assert done.returncode == 3
        assert "no violation in 200 random walks of at most 30 moves, seed 5; " in done.stdout
        assert "distinct states were visited, what was not is unknown" in done.stdout
        reports.append(read(file))

    assert reports[0] == reports[1]


def test_a_run_that_is_stopped_goes_on_from_its_checkpoint_and_then_removes_it(tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    check = ("check", "paxos_synod", "--scope", "learning", "--checkpoint", str(saved))

    stopped = concordant(*check, "--budget", "500 states")
    assert stopped.returncode == 3
    assert "stopped, budget of 500 states spent" in stopped.stdout
    assert saved.exists()
    resumed = concordant(*check, "--verbose", hash_seed="1")
    assert resumed.returncode == 0
    assert "2,009 states, 19,809 transitions, depth 17" in resumed.stdout
    assert not saved.exists()


@pytest.mark.parametrize(
    ("name", "scope", "means", "said"),
    [
        (
            "paxos_synod",
            "learning",
            {"engine": "reference", "breakdown": True},
            "--breakdown is about the tables of the tabulated engine; leave",
        ),
        ("paxos_synod", "medium", {"checkpoint": Path("x")}, "--checkpoint saves one scope, and [0-9]+ questions are chosen; name a"),
        (
            "stage_executor",
            "graphs_of_three",
            {"checkpoint": Path("x")},
            "family:stage_executor/graphs_of_three is no single system; name a",
        ),
        ("stage_executor", "graphs_of_three", {"breakdown": True}, "--breakdown is about scopes, and none is chosen; a family"),
    ],
)
def test_options_that_do_not_go_together_get_a_sentence(name: str, scope: str, means: Any, said: str) -> None:
    with pytest.raises(Misuse, match=said):
        to_search(to_check(protocols((name,)), scope), Means(**means))


def test_families_are_not_walked() -> None:
    with pytest.raises(Misuse, match="only scopes can be walked, and none is chosen; families and profiles are for concordant check"):
        to_walk(protocols(("stage_executor",)), "graphs_of_three")


def test_by_default_the_largest_scope_of_each_protocol_is_walked() -> None:
    for question in to_walk(protocols(("paxos_synod", "stage_executor")), None):
        assert isinstance(question, ScopeQuestion)
        sizes = {each.name: each.expected.states for each in protocol(question.stem).scopes if each.expected is not None}
        assert sizes[question.scope.name] == max(sizes.values())


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="tells from /proc when the searches have begun")
def test_an_interrupt_ends_all_searches_side_by_side_and_shows_how_far_each_came() -> None:
    check = ("check", "paxos_synod", "--scope", "medium", "--jobs", "3", "--engine", "reference")
    running = subprocess.Popen([*COMMAND, *check], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603  # our own command
    deadline = time.monotonic() + 240
    while not _children_search(running.pid) and time.monotonic() < deadline:
        with suppress(subprocess.TimeoutExpired):  # to look all the time would take a processor
            running.wait(timeout=0.05)
            break
    running.send_signal(signal.SIGINT)
    printed, complaints = running.communicate(timeout=240)

    assert running.returncode == 130, complaints
    stopped = printed.count("stopped, interrupted: no verdict is final but violations")
    left = re.search(r"interrupted; (\d+) questions? not begun", printed)
    assert stopped >= 3
    assert left is not None
    assert stopped + int(left[1]) == sum(each.size is Size.MEDIUM for each in protocol("paxos_synod").scopes)
    assert complaints == ""


def _children_search(parent: int) -> bool:
    """Whether the process that does the work has started three that have each used some processor time."""
    children = [child for worker in _children(str(parent)) for child in _children(worker)]
    used = [Path(f"/proc/{child}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[11] for child in children]
    return len(used) == 3 and all(int(ticks) > 20 for ticks in used)


def _children(parent: str) -> list[str]:
    return Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
