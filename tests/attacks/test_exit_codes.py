"""Attacks on the exit code: own protocols that are violated, vacuous, broken or empty, asked about in every way. 0 is of what holds alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from concordant.checks import main
from concordant.checks.checked import Checked
from concordant.checks.exit_codes import ADAPTER, MISUSE, OK, UNDECIDED, VIOLATED
from concordant.checks.exploration.budget import Budget
from concordant.checks.misuse import Misuse
from concordant.checks.mutation import judging
from concordant.checks.own import named
from concordant.checks.questions import mutants
from concordant.checks.questions.question import Means
from concordant.checks.registry import protocols_loaded
from concordant.checks.reports import cases
from concordant.checks.running import decided
from tests.command.test_own_protocols import LOCK, ROOT

PITFALL = 'CARELESS = Pitfall("lock.Careless", "Grants whatever is asked.", mutual_exclusion, system(Careless()), 2)\n'
ALONE = LOCK.replace(PITFALL, "")
JUDGED = "yield case(len(view.holders) <= 1, holders=view.holders)"
GRANTS = "return None if self.is_taken(state) else step((*state, client), Reply(client, Granted()))"
HISTORY = """@frozen
class Counted:
    times: int = 0

    def after(self, at, by, happening):
        return Counted(self.times + 1)


"""
OWN = {
    "good": LOCK,
    "violated": ALONE.replace("TWO = system()", "TWO = system(Careless())"),
    "violated beside its pitfall": LOCK.replace("TWO = system()", "TWO = system(Careless())"),
    "vacuous": ALONE.replace(JUDGED, "if len(view.holders) > 5:\n            yield case(True)"),
    "never reached": ALONE.replace("yield case(bool(view.holders), holders=view.holders)", "yield case(len(view.holders) > 3)"),
    "broken handler": LOCK.replace("step((*state, client), ", "step([*state, client], "),
    "broken clause": LOCK.replace(JUDGED, "yield 1 / 0"),
    "no clauses": ALONE.replace("(mutual_exclusion, is_held), users", "(), users"),
    "no system": ALONE.partition("SERVER = Address")[0],
    "only a pitfall": LOCK.replace("TWO = system()\n", ""),
    "a pitfall that breaks nothing": LOCK.replace("system(Careless()), 2", "system(), 2"),
    "a pitfall of another length": LOCK.replace("system(Careless()), 2", "system(Careless()), 3"),
    "nothing happens": ALONE.replace(GRANTS, "return None").replace("(mutual_exclusion, is_held), users", "(mutual_exclusion,), users"),
    "endless": ALONE.replace(GRANTS, "return step(state, Reply(client, Granted()))")
    .replace("(Acquire(),),)", "(Acquire(),),), repeat=True")
    .replace("Holders = tuple", f"{HISTORY}Holders = tuple")
    .replace("NoHistory(), (mutual_exclusion, is_held), users", "Counted(), (mutual_exclusion,), users"),
    "empty": "",
    "imports what is not there": "import nothing_of_this_name\n",
}
CHECKED = {
    "good": OK,
    "vacuous": UNDECIDED,
    "no clauses": UNDECIDED,
    "nothing happens": UNDECIDED,
    "endless": UNDECIDED,
    "broken handler": MISUSE,
    "broken clause": MISUSE,
    "no system": MISUSE,
    "only a pitfall": MISUSE,
    "empty": MISUSE,
    "imports what is not there": MISUSE,
}
"""What `check` ends with; all others are violated."""
BUDGET = ("--budget", "300 states")
ASKED: list[tuple[str, tuple[str, ...], int]] = [
    *((which, ("check", "FILE", *BUDGET), CHECKED.get(which, VIOLATED)) for which in OWN),
    ("good", ("check", "FILE:TWO"), OK),
    ("good", ("refute", "FILE"), OK),
    ("violated", ("check", "FILE:TWO", "--coverage"), VIOLATED),
    ("violated", ("check", "FILE", "--scope", "two", "--update-counts"), VIOLATED),
    ("violated", ("refute", "FILE"), UNDECIDED),
    ("a pitfall that breaks nothing", ("refute", "FILE"), VIOLATED),
    ("a pitfall of another length", ("refute", "FILE"), VIOLATED),
    ("broken clause", ("refute", "FILE"), MISUSE),
    ("broken clause", ("explain", "FILE:CARELESS"), MISUSE),
    ("good", ("check", "FILE", "--budget", "1 states"), UNDECIDED),
    ("good", ("refute", "FILE", "--budget", "1 states"), UNDECIDED),
    ("good", ("check", "FILE", "--report", "json=/no/such/folder/x.json"), MISUSE),
    ("good", ("check", "FILE", "--report", "nothing=x"), MISUSE),
    ("good", ("check", "FILE", "--scope", "tow"), MISUSE),
    ("good", ("check", "FILE", "--engine", "fast"), MISUSE),
    ("good", ("check", "FILE:CARELES"), MISUSE),
    ("good", ("check", "no_such_file.py"), MISUSE),
    ("good", ("walk", "no_such_file.py"), MISUSE),
    ("good", ("refute", "FILE:CARELES"), MISUSE),
    ("good", ("explain", "FILE:CARELES"), MISUSE),
    ("good", ("explain", "FILE:CARELESS", "--format", "nothing"), MISUSE),
    ("good", ("prove", "FILE"), MISUSE),
    ("good", ("prove", "no_such_theorem"), MISUSE),
    ("good", ("mutants", "no_such_file.py"), MISUSE),
    ("good", ("conform", "no_such_stem.server", "--", "true"), MISUSE),
    ("good", ("conform", "MODULE.server", "--", "true"), ADAPTER),
    ("good", ("conform", "MODULE.server", "--", "no_such_command"), ADAPTER),
    ("good", ("conform", "--pitfalls", "vickrey_auction"), OK),
    ("good", ("conform", "--pitfalls", "vickrey_auction", "--scope", "small"), MISUSE),
    ("good", ("conform", "--pitfalls", "alternating_offers"), OK),
    ("good", ("replay", "no_such_file.json"), MISUSE),
    ("good", ("replay", "FILE"), MISUSE),
    ("good", ("validate", "no_such_stem", "FILE", "--scope", "two"), MISUSE),
    ("good", ("check-history", "register", "no_such_file"), MISUSE),
    ("empty", ("check-history", "register", "FILE"), MISUSE),
    ("empty", ("check-history", "messages", "FILE", "--as", "fifo"), MISUSE),
    ("good", ("vectors", "no_such_stem", "--out", "out"), MISUSE),
    ("good", ("new", "MODULE"), MISUSE),
    ("good", ("no_such_command",), MISUSE),
]  # fmt: skip
NUMBERS = count()


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Path]]:
    """Return how to write a protocol of a kind into a file of a name of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    before = set(protocols_loaded())

    def written(which: str) -> Path:
        file = tmp_path / f"own_{next(NUMBERS)}.py"
        file.write_text(OWN[which], encoding="utf-8")
        return file

    yield written
    for stem in {*protocols_loaded()} - before:
        del protocols_loaded()[stem]


@pytest.mark.parametrize(("which", "command", "code"), ASKED)
def test_no_command_ends_with_0_but_of_what_holds_or_is_refuted(
    write: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, which: str, command: tuple[str, ...], code: int
) -> None:
    file = write(which)
    words = [word.replace("FILE", file.name).replace("MODULE", file.stem) for word in command]
    monkeypatch.setattr(sys, "argv", ["concordant", *words, *(("--jobs", "1") if command[0] in ("check", "refute") else ())])

    assert main.code() == code


@pytest.mark.parametrize(
    "which", [each for each, code in CHECKED.items() if each != "good" and code != MISUSE] + ["violated", "broken clause"]
)
def test_no_pytest_passes_that_the_command_would_not(write: Callable[[str], Path], which: str) -> None:
    checked = Checked(named(write(which).name), None, Means(Budget(states=300)))

    assert cases.TestResult.FAILED in {checked.case(name).result for name in checked.names}


def test_mutants_of_what_is_violated_as_it_is_are_not_noticed_by_that(write: Callable[[str], Path]) -> None:
    (machine, _) = mutants.of([write("violated").name])

    with pytest.raises(
        Misuse, match=r"mutual_exclusion is violated in two as it is, so that every mutant would be noticed; mend that first"
    ):
        list(judging.Originals(named_again(machine.stem)))
    assert decided(machine, Means()).note("failed") is not None


named_again = protocols_loaded().__getitem__


@pytest.mark.parametrize("protocols", ["", "  \n"])
def test_an_action_to_which_no_protocol_is_named_does_not_hold_because_ours_do(tmp_path: Path, protocols: str) -> None:
    environment = {**os.environ, "PROTOCOLS": protocols, "GITHUB_OUTPUT": str(tmp_path / "output")}

    done = subprocess.run([ROOT / "ci" / "check.sh"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # our own script

    assert (done.returncode, (tmp_path / "output").read_text(encoding="utf-8")) == (MISUSE, "exit-code=2\n")
    assert "set the input protocols, such as lock.py" in done.stderr
