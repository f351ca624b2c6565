"""The command that serves the page: on this machine alone, until it is interrupted."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from concordant.checks.explorer import command
from concordant.checks.explorer.serving import _listening
from concordant.checks.misuse import Misuse

PAGE = Path(__file__).resolve().parents[2] / "checks" / "concordant" / "checks" / "page"


def got(address: str, path: str) -> bytes:
    with closing(HTTPConnection(urlsplit(address).netloc, timeout=20)) as connection:
        connection.request("GET", path)
        return connection.getresponse().read()


def test_the_page_is_served_to_this_machine_until_it_is_interrupted() -> None:
    started = [sys.executable, "-m", "concordant.checks", "explore", "UNA-2", "--no-open", "--port", "0"]
    with subprocess.Popen(started, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:  # noqa: S603  # our own command
        try:
            assert server.stdout is not None
            address, _, link = server.stdout.readline().strip().partition("#")
            assert link == "UNA-2"
            assert address.startswith("http://127.0.0.1:")
            for name in ("explorer.js", "page.css"):
                assert got(address, f"/{name}") == (PAGE / name).read_bytes()
            assert b"/explorer.js" in got(address, "/")
            assert json.loads(got(address, "/api/place"))["run"] == [0, 6]
        finally:
            server.send_signal(signal.SIGINT)
        _, complained = server.communicate(timeout=20)

    assert (server.returncode, complained) == (0, "")


def test_a_port_that_is_taken_is_refused_and_without_a_wish_another_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Misuse, match=rf"port {port} of this machine is taken"):
            _listening(port)
    first, second = _listening(None), _listening(None)
    with first, second:
        assert first.getsockname()[0] == second.getsockname()[0] == "127.0.0.1"
        assert first.getsockname() != second.getsockname()


def test_without_its_packages_the_page_says_which_and_that_the_terminal_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "find_spec", lambda _: None)

    with pytest.raises(Misuse, match=r"pip install 'concordant\[explorer\]'; with --terminal you step through here"):
        command.explore("UNA-2")
