"""Attacks on protocols under pytest: a protocol that is named and never collected, or that takes other tests with it, passes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.command.test_own_protocols import LOCK
from tests.command.test_pytest_plugin import run

WRONG = LOCK.replace("TWO = system()", "TWO = system(Careless())")
SKIPS = LOCK.replace(
    "from attrs import frozen", 'import pytest\nfrom attrs import frozen\n\npytest.skip("no numpy", allow_module_level=True)'
)
NAMED = "from concordant.checks.pytest_plugin import protocol_tests\n"


def written(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return folder


def test_a_protocol_is_not_passed_over_because_it_is_named_where_pytest_does_not_look(tmp_path: Path) -> None:
    written(tmp_path, wrong=WRONG, test_it=f'{NAMED}def test_lock(): protocol_tests("wrong")\n')
    written(tmp_path, test_all=f'{NAMED}ALL = [protocol_tests("wrong")]\ndef test_other(): pass\n')
    written(tmp_path, test_class=f'{NAMED}class Locks:\n    lock = protocol_tests("wrong")\ndef test_other(): pass\n')
    written(tmp_path, lock=LOCK, test_right=f'{NAMED}class TestLocks:\n    lock = protocol_tests("lock")\n')

    done = run(tmp_path, "--continue-on-collection-errors", "-k", "not pitfall")

    assert set(re.findall(r"^(?:FAILED|ERROR) (\S+)", done.stdout, flags=re.MULTILINE)) == {
        "test_it.py::test_lock",
        "test_all.py",
        "test_class.py",
    }
    assert "protocol_tests('wrong') is called in a test, and so tests nothing" in done.stdout
    assert done.stdout.count("protocol_tests('wrong') stands where pytest does not see it; give it a name in the module") == 2


def test_a_file_that_skips_itself_does_not_take_with_it_the_other_tests_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\nconcordant_files = *_lock.py\n", encoding="utf-8")
    written(tmp_path, skips_lock=SKIPS, test_wrong="def test_wrong(): assert False\n")
    (tmp_path / "others").mkdir()
    written(tmp_path / "others", test_right="def test_right(): pass\n")

    done = run(tmp_path, "--continue-on-collection-errors")
    misspelt = run(tmp_path, "-o", "concordant_files=*_lokc.py", "--continue-on-collection-errors")

    assert (misspelt.returncode, misspelt.stderr.strip()) == (
        4,
        "ERROR: concordant_files has '*_lokc.py', which no file matches at which pytest looks",
    )
    assert done.returncode == 1
    assert "skips_lock.py cannot be imported: Skipped: no numpy" in done.stdout
    assert "test_wrong.py::test_wrong FAILED" in done.stdout


def test_a_file_is_not_passed_over_because_all_that_it_holds_comes_from_another(tmp_path: Path) -> None:
    written(tmp_path, lock=LOCK, wrong_parts=WRONG, mine="from wrong_parts import *\n")

    assert run(tmp_path, "lock.py", "mine.py").returncode == 1


def test_a_protocol_beside_its_test_module_is_not_passed_over_because_another_folder_has_one_of_its_name(tmp_path: Path) -> None:
    for name, text in (("one", LOCK), ("other", WRONG)):
        (tmp_path / name).mkdir()
        written(tmp_path / name, lock=text, **{f"test_{name}": f'{NAMED}test_lock = protocol_tests("lock")\n'})

    done = run(tmp_path, "-k", "mutual_exclusion")

    assert done.returncode != 0
    assert re.search(r"lock is .*one.lock\.py, which was imported before, and not .*other.lock\.py; rename one of the two", done.stdout)


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_no_pattern_of_files_is_misspelt_unnoticed_whoever_looks_for_them(tmp_path: Path, workers: str) -> None:
    written(tmp_path, lock=LOCK, test_other="def test_other(): pass\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\nconcordant_files = lok.py lock.py\n", encoding="utf-8")

    done = run(tmp_path, workers, "-k", "not pitfall")

    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "ERROR: concordant_files has 'lok.py', which no file matches at which pytest looks" in done.stdout + done.stderr


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_no_tests_of_a_protocol_are_passed_over_since_they_stand_in_no_test_module(tmp_path: Path, workers: str) -> None:
    written(tmp_path, wrong=WRONG, lock=LOCK, beside=f'{NAMED}wrong, lock = protocol_tests("wrong"), protocol_tests("lock")\n')
    written(tmp_path, test_other="import beside\ntest_lock = beside.lock\ndef test_other(): pass\n")

    done = run(tmp_path, workers, "-k", "not pitfall")

    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    (said,) = set(re.findall(r"ERROR: (protocol_tests.*)", done.stdout + done.stderr))
    assert re.fullmatch(r"protocol_tests\('wrong'\) stands in .*beside.py, of which no test module takes it; give it a name in one", said)


def test_no_tests_of_a_protocol_are_passed_over_since_they_stand_in_a_conftest(tmp_path: Path) -> None:
    written(tmp_path, wrong=WRONG, conftest=f'{NAMED}test_wrong = protocol_tests("wrong")\n', test_other="def test_other(): pass\n")

    done = run(tmp_path)

    assert done.returncode != 0
    assert "protocol_tests('wrong') stands in a conftest.py, where pytest collects nothing" in done.stdout + done.stderr


def test_no_option_of_ours_is_misspelt_unnoticed(tmp_path: Path) -> None:
    written(tmp_path, wrong=WRONG, test_other="def test_other(): pass\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\nconcordant_file = wrong.py\n", encoding="utf-8")

    done = run(tmp_path)

    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "ERROR: no option is called concordant_file; did you mean concordant_files?" in done.stderr
