"""Slips of a user, made in a file and tried in the three ways: each is told in a sentence that says what is right, and nothing passes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command.test_own_protocols import LOCK, ROOT, SLICES

RULE = "    for view in seen.views(View).values():\n        yield case(len(view.holders) <= 1, holders=view.holders)"
ENDS = "users=users)"
CRASH = "users=users, faults=Faults(crashes=1, who=(SERVER,)))"
VIEW = "    def view(self, state"
TAKES = "return None if self.is_taken(state) else step((*state, client), Reply(client, Granted()))"
BEFORE = ("from concordant.spec.vocabulary import ", "from typing import assert_never\nfrom concordant.spec.vocabulary import Faults, ")

SLIPS = {
    "parentheses": ([("@always()", "@always")], "@always above mutual_exclusion lacks its parentheses; write @always()"),
    "class": ([("server or Server()", "Server")], "server0 is <class 'lock.Server'>, which is no process; give an instance, such as Server()"),
    "text": ([('Address("server")', '"server"')], "user client0 asks 'server', which must be an address, such as Address('server')"),
    "clause": ([("(mutual_exclusion, is_held), users", "mutual_exclusion, users")], "promises=lock.mutual_exclusion: give a tuple of clauses"),
    "function": ([("@always()\n", "")], "mutual_exclusion is promised, and is no clause; a decorator such as @always() makes one of a function"),
    "returned": ([(RULE, "    return True")], "clause lock.mutual_exclusion returned True; yield case(holds, **facts), once for each case"),
    "at": ([("User(client, (SERVER,)", "User(client, SERVER")], "user client0: at=server0 must be a tuple of addresses, such as (server0,)"),
    "survives": (
        [(VIEW, f"    def survives(self, state):\n        return View(state)\n\n{VIEW}"), (ENDS, CRASH)],
        "server0: survives(state) returned View(()); return each state that a crash may leave, such as (state,)",
    ),
    "armed": (
        [(VIEW, f"    def armed(self, state):\n        yield from ()\n\n{VIEW}")],
        "server0: armed(state) returned a generator; return a tuple of triggers",
    ),
    "nobody": (
        [(TAKES, "return None")],
        "no move is possible in the first state: nothing was explored; it never comes about that server is asked Acquire",
    ),
    "two classes": (
        [("((Acquire(),),)", "((messages.Acquire(),),)"), ('SERVER = Address("server")', 'SERVER = Address("server")\nimport messages')],
        "user client0 asks a messages.Acquire, and server0 takes a lock.Acquire: two classes of one name are two; define it in one module",
    ),
    "case": ([(TAKES, "assert_never(request)")], "the handler raised AssertionError: Expected code to be unreachable, but got: Acquire()"),
    "endless": (
        [(f"NoHistory(), (mutual_exclusion, is_held), {ENDS}", f"Counted(), (mutual_exclusion, is_held), {ENDS}"), ("(Acquire(),),)", "(Acquire(),),), repeat=True"),
         (TAKES, "return step(state, Reply(client, Granted()))"),
         ("Holders = tuple", "@frozen\nclass Counted:\n    times: int = 0\n\n    def after(self, at, by, happening):\n        return Counted(self.times + 1)\n\n\nHolders = tuple")],
        "the history grew most: ",
    ),
}  # fmt: skip
PYTHON = "import lock; from concordant.checks import Budget, explore; print(explore(lock.TWO, budget=Budget(states=2000)))"


@pytest.mark.thorough
@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_by_the_command_by_pytest_and_from_python_and_passes_nowhere(tmp_path: Path, slip: str) -> None:
    changes, said = SLIPS[slip]
    text = LOCK
    for before, after in (BEFORE, *changes):
        assert before in text
        text = text.replace(before, after, 1)
    (tmp_path / "lock.py").write_text(text, encoding="utf-8")
    (tmp_path / "messages.py").write_text(f"from attrs import frozen\n\n\n{ACQUIRE}", encoding="utf-8")

    def run(*arguments: str) -> tuple[int, str]:
        paths = {"PYTHONPATH": os.pathsep.join(str(ROOT / each) for each in SLICES), "COLUMNS": "500"}
        environment = {**os.environ, **paths}
        line = [sys.executable, *arguments]
        done = subprocess.run(line, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # our own commands
        return done.returncode, done.stdout + done.stderr

    code, told = run("-m", "concordant", "check", "lock.py:TWO", "--budget", "2000 states", "--jobs", "1")
    assert (code, said in told, "Traceback" in told) == ({"endless": 3, "nobody": 1}.get(slip, 2), True, False), told
    if slip == "case":
        assert re.search(r"in: .*/lock\.py, line \d+", told)

    code, told = run("-m", "pytest", "-q", "-p", "no:cacheprovider", "lock.py", "--concordant-budget", "2000 states")
    assert (code in (1, 2), said in told, "Traceback" in told, "Error collecting" in told) == (True, True, False, False), told

    assert said in run("-c", PYTHON)[1]


ACQUIRE = '@frozen\nclass Acquire:\n    """A client asks for the lock."""\n'
