"""`concordant new`: what it writes works at once, and it overwrites and hides nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from concordant.checks.checked import Checked
from concordant.checks.misuse import Misuse
from concordant.checks.own import own
from concordant.checks.questions.question import Means
from concordant.checks.starting import command
from concordant.checks.starting.command import new
from concordant.checks.starting.writing import start
from tests.command.test_own_protocols import concordant


@pytest.mark.parametrize(("name", "rule", "mistake"), [("first_lock", False, "GrantsToAll"), ("first_rule", True, "FirstTakesAll")])
def test_what_is_written_holds_as_it_stands(tmp_path: Path, name: str, rule: bool, mistake: str) -> None:
    module, tests = start(name, tmp_path, rule=rule)

    checked = Checked(own(str(module)), None, Means())

    assert [(each, checked.case(each).result.value) for each in checked.names] == [(each, "passed") for each in checked.names]
    assert f"pitfall {name}.{mistake}" in checked.names
    assert f'test_{name} = protocol_tests("{name}")' in tests.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("rule", "right", "wrong", "told"),
    [
        (False, ", Reply(client, Released()))", ")", "everybody_is_answered: Nobody waits when nothing more can happen."),
        (False, "case Release():", "case Granted():", "never enabled in these scopes: server is asked Release"),
        (True, "return Shares(half, half)", "Shares(half, half)", "the rule halves returned None, but is annotated to return an outcome"),
        (True, "(0, 1, 2), Profiles", "2, Profiles", "grid small has the amounts 2; give a tuple of them, such as (0, 1, 2)"),
    ],
)
def test_a_slip_of_a_beginner_is_told(tmp_path: Path, rule: bool, right: str, wrong: str, told: str) -> None:
    module, _ = start("my_own", tmp_path, rule=rule)
    text = module.read_text(encoding="utf-8")
    assert text.count(right) == 1
    module.write_text(text.replace(right, wrong), encoding="utf-8")

    done = concordant(tmp_path, "check", module.name)

    assert done.returncode in (1, 2)
    assert told in done.stdout + done.stderr


def test_pytest_is_named_where_it_is_not_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    new("my_first")
    assert capsys.readouterr().out.splitlines()[-1] == "  pytest test_my_first.py"

    monkeypatch.setattr(command, "find_spec", lambda _name: None)
    new("my_second")
    assert capsys.readouterr().out.splitlines()[-1] == "  pytest test_my_second.py  # after pip install pytest"


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
