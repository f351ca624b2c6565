"""Workers of Ray, on this machine: they answer as processes do, and none of them outlives the command."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pytest

from concordant.checks.exit_codes import INTERRUPTED, MISUSE
from tests import command

pytestmark = pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed: make test-cluster installs it")
LOCK = str(Path(command.__file__).with_name("lock.py"))
LARGE = ("check", "paxos_synod", "--scope", "medium,large", "--no-cache", "--cluster", "local", "--jobs", "2")
MARK = "CONCORDANT_TEST"
HUNG = 600
"""Seconds after which nothing more is waited for."""
BEGUN = 4
"""Seconds of a processor in which a worker has loaded everything, and begun to search."""


def begun(*arguments: str, mark: str = "") -> subprocess.Popen[str]:
    """Begin a command. `mark`: by which it is known what it starts."""
    line = [sys.executable, "-m", "concordant.checks", *arguments]
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, MARK: mark})  # noqa: S603  # our own command


def done(*arguments: str) -> tuple[int | None, str, str]:
    """Run a command; return its exit code, and what it says without the times that it took."""
    process = begun(*arguments)
    said, wrong = process.communicate()
    return process.returncode, without_times(said), wrong


def without_times(said: str) -> str:
    return re.sub(r"[\d.]+ s\b", "", said)


def started(mark: str) -> Iterator[tuple[int, str]]:
    """Yield the processes of a command that live, with their command lines."""
    for each in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            if f"{MARK}={mark}".encode() in (each / "environ").read_bytes():
                yield int(each.name), (each / "cmdline").read_text()


def used(number: int) -> float:
    """Return how many seconds of a processor a process has used; none where it has ended."""
    with suppress(OSError):
        fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
    return 0


def at_last(there: Callable[[], bool]) -> None:
    """Wait for something, however busy the machine is."""
    ends = time.monotonic() + HUNG
    while not there():
        assert time.monotonic() < ends
        time.sleep(0.1)


def test_workers_of_ray_say_what_processes_say_and_nothing_beside() -> None:
    asked = ("check", "unanimous_consent", LOCK, "--no-cache")

    assert done(*asked, "--cluster", "local") == done(*asked)


def test_a_search_divided_over_workers_of_ray_finds_what_one_process_finds() -> None:
    asked = ("check", "paxos_synod", "--scope", "rivals_and_loss", "--no-cache")

    assert done(*asked, "--cluster", "local", "--jobs", "2", "--divide") == done(*asked)


def test_where_nobody_answers_that_is_said_at_once() -> None:
    code, said, wrong = done("check", LOCK, "--no-cache", "--cluster", "127.0.0.1:1")

    assert (code, said) == (MISUSE, "")
    assert wrong == "concordant: --cluster 127.0.0.1:1: ConnectionRefusedError: [Errno 111] Connection refused\n"


@pytest.mark.parametrize("divide", [(), ("--divide",)])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_is_interrupted_says_what_was_found_and_leaves_nobody_behind(number: signal.Signals, divide: tuple[str, ...]) -> None:
    mark = f"{number.name} {time.monotonic_ns()}"
    process = begun(*LARGE, *divide, mark=mark)
    at_last(lambda: sum("outpost" in line and used(number) > BEGUN for number, line in started(mark)) == 2)

    process.send_signal(number)
    said, wrong = process.communicate(timeout=HUNG)

    assert (process.returncode, wrong) == (INTERRUPTED, "")
    assert "stopped, interrupted" in said
    assert list(started(mark)) == []


def test_an_actor_that_is_killed_is_replaced_without_a_word() -> None:
    asked = ("check", "two_phase_commit", "--scope", "medium", "--no-cache")
    mark = f"killed {time.monotonic_ns()}"
    process = begun(*asked, "--cluster", "local", "--jobs", "1", mark=mark)
    at_last(lambda: any("outpost" in line for _, line in started(mark)))
    (actor,) = (number for number, line in started(mark) if line.startswith("ray::Courier"))

    os.kill(actor, signal.SIGKILL)
    said, wrong = process.communicate(timeout=HUNG)

    assert (process.returncode, without_times(said), wrong) == done(*asked)
    assert list(started(mark)) == []


@pytest.fixture
def two_machines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, str]]:
    """Start a cluster of two nodes of one processor each, with a secret of its own; return its address, and the mark of the second."""
    home, mark = tmp_path / "home", f"node {time.monotonic_ns()}"
    (home / ".ray").mkdir(parents=True)
    (home / ".ray" / "auth_token").write_text("0" * 64, encoding="utf-8")
    for name, value in {"HOME": str(home), "RAY_AUTH_MODE": "token", "RAY_USAGE_STATS_ENABLED": "0", "RAY_worker_niceness": "0"}.items():
        monkeypatch.setenv(name, value)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    ray = [str(Path(sys.executable).with_name("ray")), "start", "--num-cpus", "1", "--block"]
    folder = tempfile.mkdtemp(prefix="ray-")  # names of sockets are short
    first = [*ray, "--head", "--port", port, "--include-dashboard", "false", "--temp-dir", folder]
    second = [*ray, "--address", f"127.0.0.1:{port}"]
    nodes = []
    for number, line in enumerate((first, second)):
        log = tmp_path / f"{number}.txt"
        with log.open("w", encoding="utf-8") as said:
            nodes.append(subprocess.Popen(line, stdout=said, stderr=said, env={**os.environ, MARK: f"{mark} {number}"}))  # noqa: S603  # of the package
        at_last(lambda log=log: "block forever" in log.read_text(encoding="utf-8"))  # type: ignore[misc]
    yield f"127.0.0.1:{port}", f"{mark} 1"
    for number, node in enumerate(nodes):
        lose(f"{mark} {number}")
        node.wait()
    shutil.rmtree(folder, ignore_errors=True)


def lose(mark: str) -> None:
    for number, _ in started(mark):
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


@pytest.mark.thorough
def test_what_a_lost_machine_had_begun_is_done_by_another(two_machines: tuple[str, str]) -> None:
    address, second = two_machines
    asked = ("check", "two_phase_commit", "--scope", "medium", "--no-cache")
    process = begun(*asked, "--cluster", address)
    at_last(lambda: any("outpost" in line and used(number) > BEGUN / 2 for number, line in started(second)))

    lose(second)
    said, wrong = process.communicate(timeout=HUNG)

    assert (process.returncode, without_times(said), wrong) == done(*asked, "--jobs", "2")
