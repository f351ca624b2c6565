"""Logs: those of any run of the reference are explained, also in part; what no run does is not, and the line is named."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from attrs import evolve

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.codec.codec import codec_of
from concordant.checks.conform.roles import scope_of
from concordant.checks.exploration.budget import Budget
from concordant.checks.misuse import Misuse
from concordant.checks.questions.question import Means
from concordant.checks.questions.validation import ValidationQuestion
from concordant.checks.registry import protocol
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.validating.logs import mismatch
from concordant.refimpl.machine import Ask, Cancel, Crash, Recover
from concordant.spec.vocabulary import Reply

Line = dict[str, Any]
BARRIER = "three"


def validated(folder: Path, stem: str, scope: str, *logs: list[Line], budget: Budget | None = None) -> Answer:
    files = []
    for number, log in enumerate(logs):
        file = folder / f"log{number}.ndjson"
        file.write_text("".join(json.dumps(line) + "\n" for line in log))
        files.append(file)
    return ValidationQuestion.of(protocol(stem), scope, tuple(files)).answer(Means(budget))


def problem(answer: Answer) -> list[str]:
    note = answer.note("problem")
    return [] if note is None else [line.strip() for line in str(note.fields["value"]).splitlines()]


def arrives(party: int) -> Line:
    return {"at": f"party{party}", "asks": {"type": "Arrive", "party": f"party{party}"}, "of": "barrier0"}


def passed(party: int, **fields: int) -> Line:
    return {"at": f"party{party}", "answer": {"type": "Passed", **fields}}


# ---- runs of the reference


def logged(stem: str, scope: str, seed: int, moves: int) -> Iterator[tuple[str, Line]]:
    """Make a run at random, and yield the lines that it leaves: whose, and which."""
    chosen, codec, random = protocol(stem), codec_of(protocol(stem)), Random(seed)  # noqa: S311  # not for secrets
    system = evolve(scope_of(chosen, scope).system, symmetric=())
    semantics = Semantics(system)
    state = semantics.initial()[0]
    for _ in range(moves):
        following = [each for each in semantics.successors(state) if not isinstance(each[0].move, Cancel)]
        if not following:
            return
        taken, state = random.choice(following)
        move = taken.move
        if isinstance(move, Ask):
            yield str(move.user), {"at": str(move.user), "asks": codec.encode(move.request), "of": str(move.at)}
        if isinstance(move, Recover):
            yield str(move.at), {"at": str(move.at), "recover": True}
        for happening in semantics.parts.steps.happened[taken.happened]:
            if isinstance(happening.what, Reply):
                yield str(happening.what.to), {"at": str(happening.what.to), "answer": codec.encode(happening.what.answer)}
            elif happening.by == happening.at and type(happening.what).__module__.startswith("concordant.spec."):
                told = codec.encode(happening.what)
                if type(happening.what).__name__ in EVENTS[stem]:
                    yield str(happening.at), {"at": str(happening.at), "event": told}
        if isinstance(move, Crash):
            yield str(move.at), {"at": str(move.at), "crash": True}


EVENTS = {
    "two_phase_commit": ("Prepared", "Refused", "Resolved"),
    "paxos_synod": ("Began", "Proposed", "Voted", "Chosen"),
    "barrier": ("Broke",),
}
RUNS = [("two_phase_commit", "two_users_and_faults"), ("paxos_synod", "one_acceptor_and_recovery"), ("barrier", "three")]


@pytest.mark.parametrize(("stem", "scope"), RUNS)
@pytest.mark.parametrize("seed", range(4))
def test_every_run_of_the_reference_is_explained_in_one_log_or_one_for_each_clock(stem: str, scope: str, seed: int, tmp_path: Path) -> None:
    lines = list(logged(stem, scope, seed, 30))
    header = [{"records": list(EVENTS[stem])}]
    clocks: dict[str, list[Line]] = {}
    for whose, line in lines:
        clocks.setdefault(whose, []).append(line)
    first, *others = clocks.values()
    together = validated(tmp_path, stem, scope, [*header, *(line for _, line in lines)])
    apart = validated(tmp_path, stem, scope, [*header, *first], *others)

    assert (together.word, together.counts["lines"]) == ("explained", len(lines))
    assert (apart.word, apart.counts["lines"]) == ("explained", len(lines))


def test_an_event_that_left_no_line_is_missed_unless_lines_may_be_lost(tmp_path: Path) -> None:
    log: list[Line] = [
        {"at": "user0", "asks": {"type": "Commit"}, "of": "coordinator0"},
        {"at": "user0", "answer": {"type": "Resolved", "commit": False}},
    ]
    header: Line = {"records": ["Resolved"]}
    whole = validated(tmp_path, "two_phase_commit", "two_users_and_faults", [header, *log])
    lossy = validated(tmp_path, "two_phase_commit", "two_users_and_faults", [{**header, "complete": False}, *log])

    assert (whole.word, lossy.word) == ("not explained", "explained")


# ---- logs of others


def test_logs_of_a_barrier_of_python_are_explained(tmp_path: Path) -> None:
    log: list[Line] = []
    gate, writing = threading.Barrier(3), threading.Lock()

    def write(line: Line) -> None:
        with writing:
            log.append(line)

    def party(number: int) -> None:
        for _ in range(3):
            write(arrives(number))
            gate.wait()
            write(passed(number))

    threads = [threading.Thread(target=party, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answer = validated(tmp_path, "barrier", BARRIER, log)

    assert (answer.word, answer.counts["lines"]) == ("explained", 18)


def test_who_passes_before_all_have_come_is_named_with_what_was_possible_instead(tmp_path: Path) -> None:
    answer = validated(tmp_path, "barrier", BARRIER, [arrives(0), arrives(1), passed(0), arrives(2)])

    assert answer.word == "not explained"
    assert problem(answer) == [
        "2 of 4 lines are explained by some behaviour; none goes on with",
        'log0.ndjson, line 3: party0 answer {"type": "Passed"}',
        "what was possible there:",
        'party0 is answered Rejected: type is "Rejected", not "Passed"',
    ]


def test_an_answer_of_another_round_is_told_field_by_field(tmp_path: Path) -> None:
    answer = validated(tmp_path, "barrier", BARRIER, [arrives(0), arrives(1), arrives(2), passed(0, round=2)])

    assert problem(answer)[1:] == [
        'log0.ndjson, line 4: party0 answer {"type": "Passed", "round": 2}',
        "what was possible there:",
        "party0 is answered Passed: round is 1, not 2",
        'party0 is answered Rejected: type is "Rejected", not "Passed"',
    ]


def test_a_search_that_is_cut_decides_nothing(tmp_path: Path) -> None:
    answer = validated(tmp_path, "barrier", BARRIER, [arrives(0), arrives(1), arrives(2), passed(0)], budget=Budget(states=2))

    assert (answer.conclusion, answer.word) == (Conclusion.UNDECIDED, "undecided")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"asks": {}}, "line 1: a line has at, and one of asks, answer, event, crash, recover"),
        ({"at": "party0", "asks": {"type": "Arrive", "party": "party0"}}, "line 1: a call names in of whom it asks"),
        ({"at": "nobody0", "crash": True}, "line 1: no process is called nobody0; there are barrier0"),
        (passed(0), "line 1: party0 is answered, and has asked nothing"),
        ({"at": "barrier0", "crash": False}, "line 1: crash is False; it is true, or left out"),
        ({"at": "party0", "answer": 3}, "line 1: answer is 3; it is an object with its type"),
    ],
)
def test_a_line_that_does_not_fit_is_misuse(line: Line, said: str, tmp_path: Path) -> None:
    with pytest.raises(Misuse) as raised:
        validated(tmp_path, "barrier", BARRIER, [{"complete": True}, line] if "at" not in line else [line])
    assert said.replace("line 1", f"line {2 if 'at' not in line else 1}") in str(raised.value)


def test_a_line_fits_a_value_that_has_more_fields() -> None:
    value = {"type": "Vote", "ballot": {"round": 1, "proposer": "p0"}, "all": [1, 2]}

    assert mismatch({"ballot": {"round": 1}}, value) == ""
    assert mismatch({"ballot": {"round": 2}}, value) == "ballot.round is 1, not 2"
    assert mismatch({"all": [1, 3]}, value) == "all.1 is 2, not 3"
    assert mismatch({"all": [1]}, value) == "all is [1, 2], not [1]"
    assert mismatch({"value": 1}, value) == "value is not there"
    assert mismatch({"ballot": {"round": True}}, value) == "ballot.round is 1, not true"


def test_the_command_says_which_line_and_how_to_ask_again(tmp_path: Path) -> None:
    file = tmp_path / "log.ndjson"
    file.write_text("".join(json.dumps(line) + "\n" for line in (arrives(0), passed(0))))
    command = [sys.executable, "-m", "concordant", "validate", "barrier", str(file), "--scope", BARRIER]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603

    assert (run.returncode, run.stderr) == (1, "")
    assert "line 2: party0 answer" in run.stdout
    assert f"not explained: log.ndjson  (concordant validate barrier {file} --scope {BARRIER})" in run.stdout
