"""`concordant new`: what it writes works at once, and it overwrites and hides nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from concordant.checks.checked import Checked
from concordant.checks.misuse import Misuse
from concordant.checks.own import own
from concordant.checks.questions.question import Means
from concordant.checks.starting.writing import start


@pytest.mark.parametrize(("name", "rule", "mistake"), [("first_lock", False, "GrantsToAll"), ("first_rule", True, "FirstTakesAll")])
def test_what_is_written_holds_as_it_stands(tmp_path: Path, name: str, rule: bool, mistake: str) -> None:
    module, tests = start(name, tmp_path, rule=rule)

    checked = Checked(own(str(module)), None, Means())

    assert [(each, checked.case(each).result.value) for each in checked.names] == [(each, "passed") for each in checked.names]
    assert f"pitfall {name}.{mistake}" in checked.names
    assert f'test_{name} = protocol_tests("{name}")' in tests.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["Lock", "my-lock", "class", "1lock"])
def test_a_name_that_no_module_may_have_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Misuse, match="cannot be the name of a module"):
        start(name, tmp_path)


@pytest.mark.parametrize("name", ["queue", "attrs", "paxos_synod"])
def test_a_module_that_can_be_imported_is_not_hidden(tmp_path: Path, name: str) -> None:
    with pytest.raises(Misuse, match="choose another name, such as my_"):
        start(name, tmp_path)


@pytest.mark.parametrize("there", ["second_lock.py", "test_second_lock.py"])
def test_a_file_that_is_there_is_kept(tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("mine", encoding="utf-8")

    with pytest.raises(Misuse, match="is there already"):
        start("second_lock", tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == [there]
