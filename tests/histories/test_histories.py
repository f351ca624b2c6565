"""Recorded histories: read in three forms, judged without the system, and shown where they break their promise."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.misuse import Misuse
from concordant.checks.questions.history import HistoryQuestion
from concordant.checks.questions.question import Means

STALE = """\
0 invoke write 1
0 ok write 1
1 invoke read null
1 ok read null
"""


def written(folder: Path, text: str) -> Path:
    """Write lines of `process type f value` as JSON."""
    file = folder / "history.ndjson"
    lines = (line.split(maxsplit=3) for line in text.splitlines())
    file.write_text(
        "".join(
            json.dumps({"process": process, "type": kind, "f": f, "value": json.loads(value)}) + "\n" for process, kind, f, value in lines
        )
    )
    return file


def judged(folder: Path, kind: str, text: str, promise: str = "linearizable", places: int = 1_000) -> Answer:
    return HistoryQuestion.of(kind, promise, written(folder, text), places).answer(Means())


def problem(answer: Answer) -> str:
    note = answer.note("problem")
    return "" if note is None else str(note.fields["value"])


def test_a_stale_read_is_not_linearizable_and_shown_in_lanes(tmp_path: Path) -> None:
    answer = judged(tmp_path, "register", STALE)

    assert (answer.conclusion, answer.word) == (Conclusion.NOT_AS_CLAIMED, "not linearizable")
    assert problem(answer).splitlines() == [
        "these operations contradict each other:",
        "      process 0  ├1───┤",
        "      process 1            ├2───┤",
        "        1  process 0  lines 1 to 2          Write(1, '') → Done()  ← cannot be ordered",
        "        2  process 1  lines 3 to 4          Read('') → Value(None)  ← cannot be ordered",
    ]


def test_the_same_read_is_sequentially_consistent(tmp_path: Path) -> None:
    answer = judged(tmp_path, "register", STALE, "sequential")

    assert (answer.conclusion, answer.word, dict(answer.counts)) == (
        Conclusion.AS_CLAIMED,
        "sequential",
        {"operations": 2, "objects": 1},
    )


@pytest.mark.parametrize(
    ("kind", "text", "holds"),
    [
        ("register", "0 invoke cas [null,1]\n0 ok cas [null,1]\n1 invoke cas [null,2]\n1 fail cas [null,2]", True),
        ("register", "0 invoke cas [null,1]\n0 fail cas [null,1]", False),
        ("register", "0 invoke write 1\n0 info write 1\n1 invoke read null\n1 ok read 1", True),
        ("register", "0 invoke write 1\n0 fail write 1\n1 invoke read null\n1 ok read 1", False),
        ("register", "0 invoke write 1\n1 invoke read null\n1 ok read 1", True),
        ("text", '0 invoke append "x"\n0 ok append "x"\n0 invoke append "y"\n0 ok append "y"\n1 invoke get null\n1 ok get "xy"', True),
        ("text", '0 invoke append "x"\n0 ok append "x"\n0 invoke put "y"\n0 ok put "y"\n1 invoke get null\n1 ok get "xy"', False),
        ("counter", "0 invoke add 2\n0 ok add 2\n1 invoke read null\n1 ok read 2", True),
        ("counter", "0 invoke add 2\n0 ok add 2\n1 invoke read null\n1 ok read 3", False),
        ("set", "0 invoke add 2\n0 ok add false\n1 invoke contains 2\n1 ok contains true", True),
        ("set", "0 invoke add 2\n0 ok add false\n1 invoke remove 2\n1 ok remove false", False),
        ("queue", "0 invoke enqueue 1\n0 ok enqueue 1\n0 invoke enqueue 2\n0 ok enqueue 2\n1 invoke dequeue null\n1 ok dequeue 1", True),
        ("queue", "0 invoke enqueue 1\n0 ok enqueue 1\n1 invoke dequeue null\n1 ok dequeue null", False),
        ("lock", "0 invoke acquire null\n0 ok acquire null\n1 invoke release null\n1 fail release null", True),
        ("lock", "0 invoke acquire null\n0 ok acquire null\n1 invoke acquire null\n1 ok acquire null", False),
    ],
)
def test_each_kind_of_object_is_judged_by_its_model(kind: str, text: str, holds: bool, tmp_path: Path) -> None:
    assert judged(tmp_path, kind, text).conclusion is (Conclusion.AS_CLAIMED if holds else Conclusion.NOT_AS_CLAIMED)


def test_a_search_that_is_given_up_decides_nothing(tmp_path: Path) -> None:
    asked = "".join(f"{each} invoke cas [{each or 'null'},{each + 1}]\n" for each in range(8))
    answer = judged(tmp_path, "register", f"{asked}9 invoke read null\n9 ok read 8", places=2)

    assert (answer.conclusion, problem(answer)) == (Conclusion.UNDECIDED, "given up after 2 places; --places takes more")


def test_messages_are_judged_by_what_is_promised_of_their_delivery(tmp_path: Path) -> None:
    file = tmp_path / "messages.ndjson"
    file.write_text(
        '{"process": "ann", "type": "send", "to": "bob", "value": "m"}\n'
        '{"process": "ann", "type": "send", "to": "bob", "value": "n"}\n'
        '{"process": "bob", "type": "deliver", "value": "n"}\n'
        '{"process": "bob", "type": "deliver", "value": "m"}\n'
    )
    once, order = (HistoryQuestion.of("messages", promise, file, 1).answer(Means()) for promise in ("exactly-once", "fifo"))

    assert (once.conclusion, once.word) == (Conclusion.AS_CLAIMED, "exactly-once")
    assert (order.word, problem(order)) == (
        "not fifo",
        "process bob is delivered 'n' of process ann before 'm' of process ann  (lines 1, 3)",
    )


def test_a_log_of_jepsen_is_read(tmp_path: Path) -> None:
    file = tmp_path / "jepsen.log"
    file.write_text(
        "INFO  jepsen.util - 0\t:invoke\t:write\t1\n"
        "INFO  jepsen.util - 0\t:info\t:write\t:timed-out\n"
        "INFO  jepsen.util - 1   :invoke :cas    [1 2]\n"
        "INFO  jepsen.util - 1   :ok     :cas    [1 2]\n"
    )
    answer = HistoryQuestion.of("register", "linearizable", file, 10).answer(Means())

    assert answer.conclusion is Conclusion.AS_CLAIMED


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "has no happening"),
        ("hello", "line 1: Expecting value"),
        ("[1]", "line 1: '[1]' is no object"),
        ('{"type": "invoke"}', "line 1: it has no process"),
        ('{"process": 0, "type": "begin"}', "line 1: its type is 'begin', which is none of invoke, ok, fail, info, send, deliver"),
        ('{"process": 0, "type": "invoke", "f": "read", "value": 1.5}', "line 1: 1.5 is no exact number"),
        ('{"process": 0, "type": "ok", "f": "read"}', "line 1: process 0 has asked nothing that could end"),
        ('{"process": 0, "type": "invoke", "f": "look"}', "line 1: no function is called 'look'; there are read, write, cas"),
        ('{"process": 0, "type": "invoke", "f": "cas", "value": 1}', "line 1: 1 is not [expected, new]"),
        (
            '{"process": 0, "type": "invoke", "f": "read"}\n{"process": 0, "type": "invoke", "f": "read"}',
            "line 2: process 0 asks again before what it asked in line 1 has ended",
        ),
        (
            '{"process": 0, "type": "invoke", "f": "read"}\n{"process": 0, "type": "ok", "f": "write"}',
            "line 2: process 0 ends 'write', and asked 'read' in line 1",
        ),
    ],
)
def test_a_line_that_does_not_fit_is_named(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "history"
    file.write_text(text)
    with pytest.raises(Misuse, match=r".*") as raised:
        HistoryQuestion.of("register", "linearizable", file, 10).answer(Means())
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("kind", "promise", "said"),
    [
        ("stack", "linearizable", "nothing that is recorded is called 'stack'"),
        ("queue", "causal", "of queue it can be asked whether they are linearizable, sequential; not 'causal'"),
        ("messages", "linearizable", "at-most-once, at-least-once, exactly-once, fifo, causal, total; not 'linearizable'"),
    ],
)
def test_what_cannot_be_asked_is_misuse(kind: str, promise: str, said: str) -> None:
    with pytest.raises(Misuse, match=r".*") as raised:
        HistoryQuestion.of(kind, promise, Path("history"), 1)
    assert said in str(raised.value)


def test_the_command_tells_what_breaks_the_promise_and_how_to_see_it_again(tmp_path: Path) -> None:
    file = written(tmp_path, STALE)
    command = [sys.executable, "-m", "concordant", "check-history", "register", str(file)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603

    assert (run.returncode, run.stderr) == (1, "")
    assert f"not linearizable: history.ndjson  (concordant check-history register {file} --as linearizable)" in run.stdout
