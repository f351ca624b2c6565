"""Attacks on what a user hands in: files that end the program, hide what they hold, or are named like ours."""

from __future__ import annotations

import importlib
import os
import py_compile
import shutil
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from enum import Enum
from itertools import chain, starmap
from pathlib import Path
from types import MappingProxyType, ModuleType, SimpleNamespace
from typing import Any

import pytest
from attrs import evolve, frozen

from concordant.checks.answers import Conclusion, exit_code, unjudged_claims
from concordant.checks.cache import sources
from concordant.checks.cache.sources import digest_of
from concordant.checks.codec.codec import codec_of
from concordant.checks.codec.frames import frame_as_json
from concordant.checks.exit_codes import MISUSE, UNDECIDED
from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.scope import Scope, Size
from concordant.checks.misuse import BrokenRule, Misuse
from concordant.checks.own import is_own, named, own
from concordant.checks.pins import FILE, Pins, file_to_write
from concordant.checks.questions import source
from concordant.checks.questions.asking import asked, to_check
from concordant.checks.questions.question import Means
from concordant.checks.registry import Protocol, protocols_loaded
from concordant.checks.reports.words import unjudged_lines
from concordant.checks.running import decided
from concordant.refimpl.machine import Layer, over
from concordant.refimpl.messaging import fifo_ordering
from concordant.spec.vocabulary import Fault, Network
from tests.command import lock
from tests.command.test_own_protocols import LOCK, concordant
from tests.command.test_pytest_plugin import outcomes, run

KEEPS = LOCK.replace("return bool(state)", "return bool(state or SEEN)") + "SEEN: list[str] = []\n"
WRONG = LOCK.replace("TWO = system()", "TWO = system(Careless())")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Return a folder; forget afterwards what was imported from it."""
    paths, loaded = list(sys.path), set(protocols_loaded())
    yield tmp_path
    sys.path[:] = paths
    places = {name: (getattr(each, "__file__", None), *getattr(each, "__path__", ())) for name, each in tuple(sys.modules.items())}
    for name in (name for name, found in places.items() if any(str(place).startswith(str(tmp_path)) for place in found)):
        del sys.modules[name]
    for stem in set(protocols_loaded()) - loaded:
        del protocols_loaded()[stem]


def written(file: Path, text: str) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return str(file)


def holding(stem: str = "lock", **values: object) -> Protocol:
    module = ModuleType(lock.__name__)  # whose source there is
    vars(module).update(values)
    return Protocol.of_modules(stem, module)


def test_a_file_that_exits_with_0_when_it_is_imported_does_not_hold(folder: Path) -> None:
    with pytest.raises(Misuse, match=r"^.*exits_alone\.py cannot be imported: it ends the program, by sys\.exit\(0\) or the like; "):
        own(written(folder / "exits_alone.py", f"{WRONG}\nraise SystemExit(0)\n"))


def test_a_package_that_exits_with_0_while_it_is_looked_for_does_not_hold(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(folder / "exits_too" / "__init__.py", "raise SystemExit(0)\n")
    monkeypatch.chdir(folder)

    with pytest.raises(Misuse, match=r"exits_too\.lock cannot be imported: it ends the program"):
        is_own("exits_too.lock")


@frozen
class Exits(lock.Server):
    def is_taken(self, state: lock.Holders) -> bool:
        return bool(state) and sys.exit(0)


def test_a_handler_that_exits_with_0_does_not_hold() -> None:
    with pytest.raises(BrokenRule, match=r"it ends the program, by sys\.exit\(0\) or the like"):
        explore(lock.system(Exits()))

    (answer, *_) = (decided(question, Means()) for question in to_check([holding(TWO=lock.system(Exits()))]))
    assert (answer.conclusion, exit_code([answer])) == (Conclusion.BROKEN, MISUSE)


@frozen
class Suite:
    main: Scope


class Dressed:
    def __init__(self, main: Scope) -> None:
        self.main = main


Suite.__module__ = Dressed.__module__ = lock.__name__  # as if they stood there


@pytest.mark.parametrize(
    "held",
    [
        list,
        lambda scopes: {"main": scopes[0]},
        lambda scopes: ((scopes,),),
        set,
        deque,
        lambda scopes: MappingProxyType({"main": scopes[0]}),
        lambda scopes: SimpleNamespace(main=scopes[0]),
        lambda scopes: type("Scopes", (), {"__module__": lock.__name__, "MAIN": scopes[0]}),
        lambda scopes: Enum("Scopes", {"MAIN": scopes[0]}),
        lambda scopes: {"main": scopes[0]}.values(),
        lambda scopes: Suite(scopes[0]),
        lambda scopes: Dressed(scopes[0]),
    ],
    ids=["list", "dict", "nested", "set", "deque", "mapping", "namespace", "class", "enum", "values", "record", "object"],
)
def test_a_scope_is_not_passed_over_because_it_is_held_in_a(held: Callable[[tuple[Scope]], object]) -> None:
    wrong = Scope("wrong", "two clients", lock.system(lock.Careless()))

    ids = [question.id for question in to_check([holding(RIGHT=lock.system(), SCOPES=held((wrong,)))])]
    assert ids == ["scope:lock/wrong", "source:lock/lock"]


@pytest.mark.parametrize(
    "made",
    [
        lambda given: (Scope(*each) for each in given),
        lambda given: starmap(Scope, given),
        lambda given: chain([Scope(*each) for each in given]),
        lambda given: reversed([Scope(*each) for each in given]),
    ],
    ids=["generator", "starmap", "chain", "reversed"],
)
def test_a_scope_that_is_gone_through_once_is_not_passed_over(made: Callable[..., object]) -> None:
    wrong = made([(name, "two clients", lock.system(lock.Careless())) for name in ("one", "two")])

    with pytest.raises(Misuse, match=r"SCOPES is <.* object .*, which is gone through once, so that nothing in it would be found; make"):
        to_check([holding(RIGHT=lock.system(), SCOPES=wrong)])


def test_a_protocol_is_not_passed_over_because_it_has_no_scope_of_the_name_that_another_has() -> None:
    one, other = (holding(name, ONLY=Scope(name, "two clients", lock.system())) for name in ("one", "other"))

    with pytest.raises(
        Misuse, match=r"^nothing is called one in other, so that nothing of it would be judged; ask about it without --scope$"
    ):
        to_check([one, other], "one")


def test_a_file_is_not_passed_over_because_a_protocol_of_ours_has_its_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(folder / "borda_count.py", WRONG)
    monkeypatch.chdir(folder)

    with pytest.raises(
        Misuse, match=r"^borda_count is a protocol of ours, and there is a file borda_count\.py here; for that give \./borda"
    ):
        named("borda_count")


def test_a_protocol_without_a_small_scope_does_not_hold_for_want_of_one() -> None:
    large = Scope("wrong", "two clients", lock.system(lock.Careless()), size=Size.LARGE)

    with pytest.raises(Misuse, match=r"^lock has no small scope; choose one: --scope wrong$"):
        to_check([holding(ONLY=large)])
    assert [question.id for question in to_check([holding(ONLY=large)], "large")] == ["scope:lock/wrong", "source:lock/lock"]


def test_a_clause_is_not_passed_over_because_no_system_promises_it(folder: Path) -> None:
    text = WRONG.partition("CARELESS = ")[0].replace("(mutual_exclusion, is_held)", "(is_held,)")
    theirs = own(written(folder / "forgets.py", text))

    answers = [decided(question, Means()) for question in to_check([theirs])]
    assert exit_code(answers, whole=True) == UNDECIDED
    assert [*unjudged_lines(answers)] == [
        "forgets: mutual_exclusion is promised by no system, so that nothing judges it; list it in promises=(…)"
    ]


def test_a_file_is_not_taken_for_what_was_compiled_of_another_text_of_its_time_and_size(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "BEGUN", time.time_ns() + 10**15)
    monkeypatch.setattr(sources, "protocols_loaded", dict)
    file = Path(written(folder / "compiled_before.py", LOCK))
    py_compile.compile(str(file))
    was = file.stat()
    written(file, LOCK.replace("return bool(state)", "return bool(0*100)"))
    os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))
    monkeypatch.syspath_prepend(folder)
    importlib.import_module("compiled_before")  # by somebody else
    theirs = own(str(file))

    (question,) = source.ask(theirs)
    assert [note.fields["value"] for note in question.answer(Means()).notes] == [f"compiled_before.py: {source.STALE}"]
    assert digest_of(theirs, "scope") is None
    shutil.rmtree(folder / "__pycache__")
    sources._depending.cache_clear()
    assert digest_of(theirs, "scope") is not None


def test_of_a_file_its_text_is_run_and_not_what_was_compiled_of_another_one(folder: Path) -> None:
    file = Path(written(folder / "compiled_too.py", LOCK))
    py_compile.compile(str(file))
    was = file.stat()
    written(file, LOCK.replace("return bool(state)", "return bool(0*100)"))
    os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))

    (scope,) = own(str(file)).scopes
    server: Any
    (server,) = scope.system.processes.values()
    assert server.is_taken((1,)) is False


def test_a_file_named_like_a_protocol_of_ours_is_read_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(protocols_loaded(), "borda_count", raising=False)  # by another test
    (question,) = source.ask(own(written(folder / "borda_count.py", KEEPS)))
    assert decided(question, Means()).word == "NOT CLEAN"


def test_a_module_put_beside_our_packages_is_read_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(folder / "concordant" / "beside_ours.py", KEEPS)
    import concordant as ours  # noqa: PLC0415  # the namespace that others may add to

    monkeypatch.setattr(ours, "__path__", [*ours.__path__, str(folder / "concordant")])

    (question,) = source.ask(own("concordant.beside_ours"))
    assert decided(question, Means()).word == "NOT CLEAN"


def test_what_a_link_claims_is_judged_here_if_only_its_clause_is_named_like_one_of_ours() -> None:
    link = fifo_ordering.layer()
    named_alike = Layer(link.make, link.history, tuple(evolve(clause, under=clause.under | Fault.SUSPICION) for clause in link.promises))

    def claims(layer: Layer) -> set[str]:
        whole = over(lock.system(), layer, network=Network())
        answers = [decided(question, Means()) for question in asked("scope", [holding(TWO=whole)])]
        return {clause.id for _, clause, _ in unjudged_claims(answers)}

    assert claims(link) == set()
    assert {each.partition(".")[0] for each in claims(named_alike)} == {"fifo_ordering"}


def test_a_module_of_a_package_is_not_passed_over_where_its_folder_has_no_init(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(folder / "their_locks" / "__init__.py", "")
    written(folder / "their_locks" / "right.py", LOCK.replace("TWO =", "RIGHT ="))
    written(folder / "their_locks" / "deep" / "wrong.py", WRONG.replace("TWO =", "WRONG ="))
    monkeypatch.chdir(folder)

    assert {scope.name for scope in own("their_locks").scopes} == {"right", "wrong"}


def test_counts_that_are_pinned_are_those_that_pytest_must_find_too(folder: Path) -> None:
    written(folder / "lock.py", LOCK)
    Pins({"scope:lock/two": {"states": 4, "transitions": 2, "depth": 2, "members": 1}}).write(folder / FILE)

    done = run(folder, "lock.py")

    assert (done.returncode, outcomes(done)["lock.py::scope two"]) == (1, "FAILED")
    assert "4 states are pinned, and 3 states were found" in done.stdout


def test_counts_that_are_pinned_count_from_whichever_folder_the_command_is_given(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own(written(folder / "project" / "source" / "their_lock.py", LOCK))
    pins = Pins({"scope:their_lock/two": {"states": 4}})
    pins.write(folder / "project" / FILE)

    for where in ("", "project", "project/source"):
        monkeypatch.chdir(folder / where)
        assert Pins.read_all() == pins
    assert file_to_write() == folder / "project" / FILE

    Pins().write(folder / "project" / "source" / FILE)
    monkeypatch.chdir(folder / "project")
    with pytest.raises(Misuse, match=r"^counts are pinned in .*project/concordant\.lock\.json and in .*source/concordant\.lock\.json; pin"):
        file_to_write()


def test_of_two_files_that_pin_a_scope_none_makes_the_other_void(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own(written(folder / "project" / "source" / "their_lock.py", LOCK))
    Pins({"scope:their_lock/two": {"states": 4}}).write(folder / "project" / FILE)
    Pins({"scope:their_lock/two": {"states": 3}}).write(folder / "project" / "source" / FILE)
    monkeypatch.chdir(folder / "project")

    with pytest.raises(Misuse, match="pin other counts of scope:their_lock/two, and both count here; leave one of them out"):
        Pins.read_all()


def test_what_is_claimed_and_never_judged_is_not_passed_over_where_the_small_scopes_are_asked_for_by_name(folder: Path) -> None:
    claims = LOCK.replace("@always()", "@always(under=Fault.LOSS)").replace("import Address, ", "import Address, Fault, ")
    written(folder / "claims_loss.py", claims)

    assert [concordant(folder, "check", "claims_loss.py", *options).returncode for options in ((), ("--scope", "small"))] == [UNDECIDED] * 2


def test_a_handler_that_ends_the_process_ends_no_run_of_pytest_well(folder: Path) -> None:
    written(
        folder / "lock.py",
        LOCK.replace("        return bool(state)", "        import os\n\n        os._exit(0)\n        return bool(state)", 1),
    )

    done = run(folder, "lock.py")

    assert done.returncode == pytest.ExitCode.INTERRUPTED
    assert "lock.py" in done.stdout
    assert "_exit is somebody's own: leave it out" in done.stdout


def test_a_value_of_a_file_is_checked_with_the_classes_by_which_its_counterexamples_are_saved(folder: Path) -> None:
    theirs = own(f"{written(folder / 'careless.py', WRONG)}:TWO")
    (answer, *_) = [decided(question, Means()) for question in to_check([theirs])]
    shown = next(each.trace for each in answer.verdicts if each.trace is not None)

    assert [codec_of(theirs).decode(frame_as_json(frame, codec_of(theirs))["move"]) for frame in shown] == [frame.move for frame in shown]
