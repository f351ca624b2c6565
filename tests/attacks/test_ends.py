"""Attacks by what ends the process, or looks as if it had ended well: no exit code of 0 without an answer."""

from __future__ import annotations

import gc
import os
import re
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from weakref import finalize

import pytest
from attrs import evolve

from concordant.checks import seals
from concordant.checks.answers import Conclusion
from concordant.checks.exit_codes import MISUSE, VIOLATED
from concordant.checks.misuse import Misuse
from concordant.checks.questions.asking import asked
from concordant.checks.questions.question import Means
from concordant.checks.running import decided
from concordant.checks.semantics.watching import _look, obeying, watched, watching
from concordant.checks.supervision import supervised
from concordant.refimpl.machine.search import Overdue
from concordant.spec.vocabulary import Case, NoHistory, Seen, always, case
from tests.attacks.test_files_of_users import holding
from tests.command import lock
from tests.command.test_own_protocols import LOCK, concordant
from tests.command.test_pytest_plugin import run

EXITS = "return bool(state) and os._exit(0)"
ENDS = {
    "a handler": LOCK.replace("return bool(state)", EXITS),
    "the first line": "raise SystemExit(0)",
    "what shows a value": LOCK.replace("TWO = system()", "TWO = system(Careless())").replace(
        "class Granted:", "class Granted:\n    def __str__(self): sys.exit(0)\n"
    ),
}


@pytest.mark.parametrize("text", ENDS.values(), ids=ENDS)
def test_a_command_whose_process_is_ended_with_0_does_not_hold(tmp_path: Path, text: str) -> None:
    (tmp_path / "their_lock.py").write_text(text.replace("from __future__ import annotations", "import os, sys"), encoding="utf-8")

    done = concordant(tmp_path, "check", "their_lock.py", "--jobs", "1")

    assert (done.returncode, "ended the process" in done.stderr or "ends the program" in done.stderr) == (MISUSE, True)


@pytest.mark.parametrize("first", ["os._exit(0)", "os.execv('/bin/true', ['true'])", "sys.exit(0)"])
def test_a_file_that_ends_pytest_when_it_is_imported_is_an_error(tmp_path: Path, first: str) -> None:
    (tmp_path / "their_lock.py").write_text(f"import os, sys\n{first}\nimport concordant\n", encoding="utf-8")

    done = run(tmp_path, "their_lock.py")

    assert "their_lock.py cannot be imported: it ends the program" in done.stdout
    assert done.returncode not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)


OTHERWISE = {
    "in its first lines": "import concordant.checks.answers as ours\nours.exit_code = lambda *_, **__: 0\n",
    "by a constant": "import concordant.checks.answers as ours\nours.VIOLATED = 0\n",
    "in what is loaded only then": "import concordant.checks.tabulated.explore as ours\nours.explore_tabulated = lambda *_: None\n",
    "in what notes branches": "import concordant.checks.covering.recorder as ours\nours.RECORDER = object()\n",
    "by a field": "from concordant.spec.vocabulary import Case\nCase.holds = property(lambda _: True, lambda *_: None)\n",
    "by a method": "from concordant.checks.answers import Answer\nAnswer.as_expected = True\n",
    "and has that noted": "import concordant.checks.seals as s\ns.sealed({})\nimport concordant.checks.answers as ours\nours.exit_code = lambda *_, **__: 0\ns.seal()\n",
}
INSIDE = {
    "the code of a property": ("concordant.checks.answers", "Answer.as_expected.fget.__code__", "(lambda self: True).__code__"),
    "the code of a class method": (
        "concordant.checks.reports.standing",
        "Headline.of.__func__.__code__",
        "(lambda cls, stem, answers: None).__code__",
    ),
    "the code behind what is cached": ("concordant.checks.cache.imports", "hash_of.__wrapped__.__code__", "(lambda file: '').__code__"),
    "the value of a member": ("concordant.checks.exploration.report", "Status.VIOLATED._value_", "'holds'"),
}


@pytest.mark.parametrize(("where", "what", "into"), INSIDE.values(), ids=INSIDE)
def test_what_is_changed_inside_of_what_judges_is_noticed(where: str, what: str, into: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module = import_module(where)
    noted = seals.seal()
    owner, _, part = what.rpartition(".")
    changed = eval(owner, vars(module))  # noqa: S307  # a name of ours

    with monkeypatch.context() as patch:
        patch.setattr(changed, part, eval(into))  # noqa: S307
        with pytest.raises(Misuse, match=f"theirs changes {what.partition('.')[0]}.* of {where}"):
            seals.require_sealed("theirs", noted)

    seals.require_sealed("theirs", noted)
    seals.sealed({})


@pytest.mark.parametrize("text", OTHERWISE.values(), ids=OTHERWISE)
def test_a_module_that_puts_its_own_in_the_place_of_what_judges_it_is_not_judged(tmp_path: Path, text: str) -> None:
    wrong = LOCK.replace("TWO = system()", "TWO = system(Careless())").replace("from __future__ import annotations\n", text)
    (tmp_path / "their_lock.py").write_text(wrong, encoding="utf-8")

    done = concordant(tmp_path, "check", "their_lock.py", "--jobs", "1")

    assert (done.returncode, "which is not its own; whatever is said of it then says nothing" in done.stderr) == (MISUSE, True)


def test_a_handler_that_puts_its_own_in_the_place_of_what_judges_it_is_not_judged(tmp_path: Path) -> None:
    handler = "return bool(state) and setattr(sys.modules['concordant.checks.answers'], 'exit_code', lambda *_, **__: 0) is None"
    changed = LOCK.replace("return bool(state)", handler)
    (tmp_path / "their_lock.py").write_text(changed.replace("from __future__ import annotations", "import sys"), encoding="utf-8")

    done = concordant(tmp_path, "check", "their_lock.py", "--jobs", "1")

    assert done.returncode == MISUSE
    assert "changes exit_code of concordant.checks.answers, which is not its own" in done.stdout + done.stderr


def test_a_handler_in_a_file_that_is_named_like_a_protocol_of_ours_does_not_judge_itself_either(tmp_path: Path) -> None:
    first = (
        "def start(self):\n"
        "        from concordant.spec.vocabulary import Case  # on purpose\n"
        "        setattr(Case, 'holds', property(lambda _: True, lambda *_: None))  # on purpose\n"
        "        return super().start()\n\n    def is_taken(self, state: Holders) -> bool:  # noqa"
    )
    wrong = LOCK.replace("TWO = system()", "TWO = system(Careless())").replace("def is_taken(self, state: Holders) -> bool:  # noqa", first)
    (tmp_path / "barrier.py").write_text(wrong.replace("from __future__ import annotations", ""), encoding="utf-8")

    done = concordant(tmp_path, "check", "barrier.py", "--jobs", "1")

    assert done.returncode == MISUSE
    assert "barrier changes Case.holds of concordant.spec.vocabulary.clauses, which is not its own" in done.stderr


@pytest.mark.parametrize(
    "command",
    [lambda: os._exit(0), lambda: os._exit(1), lambda: os.execv("/bin/true", ["true"]), lambda: os.kill(os.getpid(), 9)],  # noqa: S606  # that is the attack
    ids=["exits", "exits with 1", "becomes another program", "is killed"],
)
def test_a_process_that_tells_no_exit_code_has_not_ended_well(command: Callable[[], int]) -> None:
    said: list[str] = []

    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())

    assert supervised(command, said.append) > VIOLATED
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before  # whoever is started later hears Ctrl-C
    assert len(said) == 1


@pytest.mark.parametrize("left", [GeneratorExit, SystemExit, BaseException])
def test_a_clause_that_leaves_by_something_other_than_an_error_is_broken(left: type[BaseException]) -> None:
    @always()
    def nothing_is_wrong(seen: Seen[NoHistory]) -> Iterable[Case]:
        """Nothing is wrong."""
        yield case(bool(seen.views(lock.View)))
        raise left

    (answer,) = (decided(each, Means()) for each in asked("scope", [holding(TWO=evolve(lock.system(), promises=(nothing_is_wrong,)))]))

    assert answer.conclusion is Conclusion.BROKEN


def holds_out() -> int:
    """Catch whatever is to end it."""
    with watching(0.02):
        watched(heeds_nothing)
    return 0


def heeds_nothing() -> None:
    while True:
        try:
            while True:
                pass
        except BaseException:  # noqa: BLE001, S112  # that is the attack
            continue


def test_what_catches_everything_that_is_to_stop_it_is_ended_with_its_process_and_named(capfd: pytest.CaptureFixture[str]) -> None:
    assert supervised(holds_out, lambda _: None) == MISUSE

    assert re.search(r"the function heeds_nothing, in .*test_ends.py, line \d+, does not end, and catches what", capfd.readouterr().err)


def holds_out_between_two_timers() -> int:
    """Catch whatever is to end it, while each tick of one timer is heard within a look of the other."""

    def ticks() -> None:
        signal.raise_signal(signal.SIGVTALRM)

    with watching(), obeying(ticks):
        watched(heeds_nothing)
    return 0


def test_what_heeds_nothing_is_named_also_where_one_timer_ticks_while_the_other_is_seen_to(capfd: pytest.CaptureFixture[str]) -> None:
    assert supervised(holds_out_between_two_timers, lambda _: None) == MISUSE

    assert re.search(r"the function heeds_nothing, in .*test_ends.py, line \d+, does not end, and catches what", capfd.readouterr().err)


class Left:
    """An object that goes."""


class Heard:
    """An object that calls a function when it goes."""

    def __init__(self, goes: Callable[[], None]) -> None:
        self.goes = goes

    def __del__(self) -> None:
        self.goes()


def finalized(goes: Callable[[], None]) -> None:
    finalize(Left(), goes)


def collected(goes: Callable[[], None]) -> None:
    """Have it called as garbage is collected: Hypothesis measures by such a callback how long that takes."""

    def callback(_phase: str, _info: dict[str, int]) -> None:
        goes()
        gc.callbacks.remove(callback)

    gc.callbacks.append(callback)
    gc.collect()


@pytest.mark.parametrize("within", [finalized, Heard, collected])
def test_a_budget_that_is_spent_while_an_object_goes_ends_the_run_a_look_later_and_nothing_is_printed(
    within: Callable[[Callable[[], None]], object], capfd: pytest.CaptureFixture[str]
) -> None:
    gone: list[str] = []

    def goes() -> None:
        gone.append("time spent")
        signal.raise_signal(signal.SIGALRM)

    def for_ever() -> None:
        within(goes)
        while True:
            pass

    with watching(), obeying(lambda: gone[0] if gone else None), pytest.raises(Overdue, match="time spent"):
        for_ever()

    assert capfd.readouterr().err == ""


def test_a_budget_that_is_overdue_while_a_with_is_left_does_not_pass_for_a_function_that_ends_the_program() -> None:
    frames = []

    @contextmanager
    def left() -> Iterator[None]:
        yield
        frames.append(sys._getframe(1))  # of what leaves a `with`, in contextlib

    with left():
        pass
    with obeying(lambda: "budget of 1 s spent"):
        _look(0, frames[0])
        with pytest.raises(Overdue, match="budget of 1 s spent"):
            _look(0, sys._getframe())
