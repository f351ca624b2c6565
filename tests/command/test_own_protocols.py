"""Protocols of users by name: a file, a module, a package, one value; everything that ours have works for them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

LOCK = Path(__file__).with_name("lock.py").read_text(encoding="utf-8")
SLICES = ("spec", "refimpl", "pitfalls", "proofs", "checks")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def where(tmp_path: Path) -> Path:
    (tmp_path / "lock.py").write_text(LOCK, encoding="utf-8")
    return tmp_path


def concordant(where: Path, *arguments: str, also: tuple[Path, ...] = ()) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(map(str, (*also, *(ROOT / each for each in SLICES))))
    environment = {**os.environ, "PYTHONPATH": path, "XDG_CACHE_HOME": str(where / "kept")}
    command = [sys.executable, "-m", "concordant", *arguments]
    return subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # our own command


@pytest.mark.parametrize("name", ["lock.py", "./lock.py", "lock"])
def test_a_file_or_a_module_is_checked_with_its_systems_and_pitfalls(where: Path, name: str) -> None:
    done = concordant(where, "check", name)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("lock  holds     2 clauses; 1 scope, 3 states; 1 of 1 pitfall refuted; ")


def test_one_value_of_a_module_can_be_named(where: Path) -> None:
    assert "1 scope, 3 states; " in concordant(where, "check", "lock:TWO").stdout
    assert "1 scope, 3 states; " in concordant(where, "check", "lock.py:system").stdout
    assert "breaks lock.mutual_exclusion: At most one client holds the lock." in concordant(where, "explain", "lock:CARELESS").stdout
    assert "broken by lock.Careless: Grants whatever is asked." in concordant(where, "explain", "lock.py:mutual_exclusion").stdout
    assert "scope two  (small)" in concordant(where, "explain", "lock").stdout


def test_a_package_may_be_split_as_its_owner_likes(where: Path) -> None:
    head, _, machine = LOCK.partition("Holders = tuple")
    package = where / "mypackage" / "lock"
    package.mkdir(parents=True)
    (package.parent / "__init__.py").write_text("", encoding="utf-8")
    (package / "__init__.py").write_text('"""A lock server."""\n', encoding="utf-8")
    (package / "spec.py").write_text(head, encoding="utf-8")
    imports = head.partition("@frozen")[0].rpartition('"""')[2] + "from mypackage.lock.spec import *\n\n"
    (package / "machine.py").write_text(f"{imports}Holders = tuple{machine}", encoding="utf-8")

    done = concordant(where, "check", "mypackage.lock", "--verbose")

    assert (done.returncode, done.stderr) == (0, "")
    assert "pitfall lock.Careless  refuted  by mutual_exclusion in 2 moves" in done.stdout


def test_a_package_in_three_modules_with_a_sub_package_spec_is_checked_by_its_name_and_by_a_file_in_it(where: Path) -> None:
    before, _, machine = LOCK.partition("Holders = tuple")
    imports = before.partition("@frozen")[0].rpartition('"""')[2]
    messages, _, clauses = before.partition("@always()")
    machine, _, checked = machine.partition("TWO = system()")
    theirs = "from locks.spec import is_held, mutual_exclusion\nfrom locks.spec.messages import Acquire, Granted, View\n\n"
    files = {
        "__init__.py": '"""A lock server."""\n',
        "spec/__init__.py": "from locks.spec.clauses import is_held, mutual_exclusion\n",
        "spec/messages.py": messages,
        "spec/clauses.py": f"{imports}from locks.spec.messages import View\n\n\n@always(){clauses}",
        "machine.py": f"{imports}{theirs}Holders = tuple{machine}",
        "checked.py": f"{imports}{theirs}from locks.machine import Careless, system\n\nTWO = system(){checked}",
    }
    for name, text in files.items():
        file = where / "locks" / name
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_text(text.replace('"lock.Careless"', '"locks.Careless"'), encoding="utf-8")

    for name in ("locks", "locks.checked", "locks/checked.py"):
        done = concordant(where, "check", name)
        assert (done.returncode, done.stderr) == (0, ""), name
        assert "holds     2 clauses; 1 scope, 3 states; 1 of 1 pitfall refuted" in done.stdout


def test_a_violation_gives_exit_code_1_with_a_command_that_shows_it_and_a_report_that_replays(where: Path) -> None:
    (where / "lock.py").write_text(LOCK.replace("TWO = system()", "TWO = system(Careless())"), encoding="utf-8")

    done = concordant(where, "check", "lock.py", "--report", "json=report.json")

    assert done.returncode == 1
    assert "  violated: lock.mutual_exclusion  (concordant check lock.py --scope two --verbose)" in done.stdout
    report = json.loads((where / "report.json").read_text(encoding="utf-8"))
    assert (report["exit_code"], report["sources"]) == (1, {"lock": "lock.py"})
    again = concordant(where, "replay", "report.json")
    assert (again.returncode, again.stderr) == (0, "")
    assert "scope:lock/two, lock.mutual_exclusion: as saved, 2 moves" in again.stdout


def test_a_handler_that_breaks_the_rules_gives_exit_code_2_and_a_sentence(where: Path) -> None:
    (where / "lock.py").write_text(LOCK.replace("step((*state, client), ", "step([*state, client], "), encoding="utf-8")

    done = concordant(where, "check", "lock.py")

    assert done.returncode == 2
    assert "of class list may not be in a state" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nothing.py", "there is no file nothing.py; give a file, a module such as mypackage.lock, or module:name"),
        ("lock:nothing", "lock:nothing: there is no nothing in lock"),
        ("lock:Careless", "lock:Careless is <class 'lock.Careless'>; give a System, a Mechanism, a Model, or a Scope, Family, Grid,"),
        ("broken.py", "broken.py cannot be imported: NameError: name 'x' is not defined\n"),
        ("empty.py", "empty.py has nothing to check; give a System"),
        ("no_such_module", "no protocol, file or module is named 'no_such_module'"),
    ],
)
def test_what_cannot_be_checked_gets_a_sentence(where: Path, name: str, said: str) -> None:
    (where / "broken.py").write_text("x\n", encoding="utf-8")
    (where / "empty.py").write_text("", encoding="utf-8")

    done = concordant(where, "check", name)

    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_an_entry_point_of_an_installed_package_is_listed_and_checked(where: Path) -> None:
    info = where / "locks-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: locks\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[concordant.protocols]\nour_lock = lock\n", encoding="utf-8")

    assert "our_lock" in concordant(where, "list").stdout
    assert concordant(where, "check", "our_lock").returncode == 0


def test_a_name_of_ours_may_be_a_users_too_as_a_file(where: Path) -> None:
    (where / "paxos_synod.py").write_text(LOCK, encoding="utf-8")

    done = concordant(where, "check", "paxos_synod.py")

    assert done.returncode == 0
    assert done.stdout.startswith("paxos_synod  holds     2 clauses; 1 scope, 3 states; ")


def test_a_slip_is_told_with_the_line_in_which_the_user_made_it(where: Path) -> None:
    (where / "lock.py").write_text(LOCK.replace("@always()", "@always"), encoding="utf-8")
    line = LOCK.splitlines().index("@always()") + 1

    done = concordant(where, "check", "lock.py")

    assert done.returncode == 2
    assert "@always above mutual_exclusion lacks its parentheses; write @always()" in done.stderr
    assert f"lock.py, line {line}" in done.stderr


# ---- what the source shows

KEEPS = "EVER: list[int] = []\n\n\ndef ever() -> int:\n    return len(EVER)\n"
FINDING = "    {}:1: EVER can change: keep nothing outside of states: make it a tuple, a frozenset or a Map\n"


def test_a_source_that_keeps_something_leaves_the_check_undecided(where: Path) -> None:
    (where / "lock.py").write_text(LOCK.replace("Holders = tuple", f"{KEEPS}\n\nHolders = tuple"), encoding="utf-8")

    done = concordant(where, "check", "lock.py")

    assert done.returncode == 3
    assert done.stdout.startswith("lock  undecided  2 clauses; 1 scope, 3 states; 1 of 1 pitfall refuted; 0 of 1 source clean; ")
    assert ": EVER can change: keep nothing outside of states: make it a tuple, a frozenset or a Map\n" in done.stdout
    assert "  NOT CLEAN: lock  (concordant check lock.py --verbose)\n" in done.stdout
    assert concordant(where, "check", "lock.py:system").returncode == 3
    assert concordant(where, "check", "lock", "--scope", "two").returncode == 3


def test_what_a_source_keeps_on_purpose_is_left_alone(where: Path) -> None:
    on_purpose = KEEPS.replace("= []", "= []  # on purpose")
    (where / "lock.py").write_text(LOCK.replace("Holders = tuple", f"{on_purpose}\n\nHolders = tuple"), encoding="utf-8")

    assert concordant(where, "check", "lock.py").returncode == 0


@pytest.mark.parametrize("imports", ["import kept", "from kept import ever"])
def test_what_a_module_keeps_that_the_source_imports_is_found(where: Path, imports: str) -> None:
    (where / "kept.py").write_text(KEEPS, encoding="utf-8")
    (where / "lock.py").write_text(LOCK.replace("Holders = tuple", f"{imports}\n\nHolders = tuple"), encoding="utf-8")

    done = concordant(where, "check", "lock.py")

    assert done.returncode == 3
    assert FINDING.format("kept.py") in done.stdout


def test_an_installed_protocol_that_changed_is_asked_again(where: Path) -> None:
    there = where / "site-packages"
    there.mkdir()
    (there / "lock.py").write_text(LOCK, encoding="utf-8")
    (where / "lock.py").unlink()

    assert concordant(where, "check", "lock", also=(there,)).returncode == 0
    (there / "lock.py").write_text(LOCK.replace("TWO = system()", "TWO = system(Careless())"), encoding="utf-8")

    assert concordant(where, "check", "lock", also=(there,)).returncode == 1


def test_a_clause_that_no_scope_judges_leaves_the_check_undecided(where: Path) -> None:
    lock = LOCK.replace("import Address, ", "import Address, Fault, Faults, ").replace("@always()", "@always(under=Fault.NONE)")
    lock = lock.replace("users=users)", "users=users, faults=Faults(crashes=1, who=(SERVER,)))").replace(
        "TWO = system()", "TWO = system(Careless())"
    )
    (where / "lock.py").write_text(lock.partition("\nCARELESS")[0], encoding="utf-8")

    done = concordant(where, "check", "lock.py")

    assert done.returncode == 3
    assert "  lock: mutual_exclusion is judged in no scope; each allows what it does not claim to survive\n" in done.stdout


def test_what_a_user_has_read_in_a_report_is_told_how_to_ask_for(where: Path) -> None:
    for command in ("explain", "refute"):
        said = concordant(where, command, "lock.mutual_exclusion").stderr
        assert said.endswith("; what is your own is given with its file or module, such as lock.py:mutual_exclusion\n")
    assert "lock.py has no theorem; give it one as a value of a module" in concordant(where, "prove", "lock.py").stderr


def test_a_run_of_a_users_protocol_that_was_saved_is_made_again(where: Path) -> None:
    (where / "run.itf.json").write_text(concordant(where, "explain", "lock.py:CARELESS", "--format", "itf").stdout, encoding="utf-8")

    done = concordant(where, "replay", "run.itf.json")

    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "lock.Careless: as saved")


def test_sarif_points_at_the_handler_that_breaks_the_clause_too(where: Path) -> None:
    (where / "lock.py").write_text(LOCK.replace("TWO = system()", "TWO = system(Careless())"), encoding="utf-8")

    assert concordant(where, "check", "lock.py", "--report", "sarif=found.sarif").returncode == 1

    (result, *_) = json.loads((where / "found.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    (related,) = result["relatedLocations"]
    line = (where / "lock.py").read_text(encoding="utf-8").splitlines()[related["physicalLocation"]["region"]["startLine"] - 1]
    assert line.strip().startswith("def request(self")
    assert related["message"]["text"] == "the last move: client1 asks server0: Acquire()"
