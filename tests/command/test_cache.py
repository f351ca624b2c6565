"""Kept answers: given again only while nothing changed that they depend on, and never what is not as claimed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from attrs import evolve

from concordant.checks.answers import Answer, Conclusion, exit_code
from concordant.checks.cache import sources
from concordant.checks.cache.answers import Cache
from concordant.checks.cache.imports import hash_of, our_modules
from concordant.checks.cache.settled import Settled
from concordant.checks.exit_codes import VIOLATED
from concordant.checks.exploration.report import Status
from concordant.checks.index import protocols_by_stem
from concordant.checks.pins import FILE, FORMAT
from concordant.checks.questions import pitfall, scope
from concordant.checks.questions.question import Means, Question, Walk
from concordant.checks.questions.scope import ScopeQuestion
from concordant.checks.registry import protocol
from concordant.checks.running import decided
from tests.command.test_own_protocols import LOCK, ROOT, SLICES

MACHINE, SPEC = "machine.py", "spec.py"


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no protocol count that other tests have loaded in this process."""
    monkeypatch.setattr(sources, "protocols_loaded", dict)


@pytest.fixture
def where(tmp_path: Path) -> Path:
    """Return a folder with a package in two modules, of which one imports the other by a relative name."""
    head, _, machine = LOCK.partition("Holders = tuple")
    package = tmp_path / "mylock"
    package.mkdir()
    (package / "__init__.py").write_text('"""A lock server."""\n', encoding="utf-8")
    (package / SPEC).write_text(head, encoding="utf-8")
    (package / "unrelated.py").write_text("X = 1\n", encoding="utf-8")
    imports = head.partition("@frozen")[0].rpartition('"""')[2] + "from .spec import *\n\n"
    (package / MACHINE).write_text(f"{imports}Holders = tuple{machine}", encoding="utf-8")
    return tmp_path


def asked_again(where: Path, *options: str, name: str = "mylock.machine") -> int:
    """Run a check, and return how many of its three answers were not kept ones: what the source shows is looked at every time."""
    paths = {"PYTHONPATH": os.pathsep.join(str(ROOT / each) for each in SLICES), "XDG_CACHE_HOME": str(where / "cache")}
    environment = {**os.environ, **paths, "CONCORDANT_NO_CACHE": "0"}
    command = [sys.executable, "-m", "concordant", "check", name, *options]
    done = subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # our own command
    assert done.stderr == ""
    kept = re.search(r"(\d+) answers? of (\d+) kept from earlier runs", done.stdout)
    return 3 if kept is None else int(kept[2]) - int(kept[1])


def test_nothing_is_asked_again_while_nothing_changed_and_all_of_it_when_a_module_did(where: Path) -> None:
    assert [asked_again(where), asked_again(where)] == [3, 1]

    for change, again in ((MACHINE, 3), (SPEC, 3), ("unrelated.py", 1)):
        file = where / "mylock" / change
        file.write_text(file.read_text(encoding="utf-8") + "# a comment\n", encoding="utf-8")
        assert asked_again(where) == again, change


def test_other_options_ask_again_and_no_cache_asks_everything(where: Path) -> None:
    asked_again(where)

    assert [asked_again(where, *options) for options in (("--engine", "reference"), ("--budget", "60s"), ("--no-cache",), ())] == [
        3,
        3,
        3,
        1,
    ]


def test_a_violation_is_shown_every_time(where: Path) -> None:
    file = where / "mylock" / MACHINE
    file.write_text(file.read_text(encoding="utf-8").replace("TWO = system()", "TWO = system(Careless())"), encoding="utf-8")

    assert [asked_again(where), asked_again(where)] == [3, 2]


def question() -> ScopeQuestion:
    return next(scope.ask(protocol("two_phase_commit")))


@pytest.mark.parametrize(
    "change",
    [{"conclusion": each} for each in Conclusion if each is not Conclusion.AS_CLAIMED]
    + [{"stopped": "after 3 s"}, {"expected": {"states": 1}, "counts": {"states": 2}}],
)
def test_nothing_is_kept_that_is_not_as_claimed_to_the_end(tmp_path: Path, change: dict[str, object]) -> None:
    kept = Cache(Means(), tmp_path)
    values = {"conclusion": Conclusion.AS_CLAIMED, **change}

    kept.put(question(), Answer(question().id, question().stem, "", **values))  # type: ignore[arg-type]  # fields by name

    assert kept.get(question()) is None


def test_a_kept_answer_is_the_same_but_for_a_note_and_belongs_to_its_question(tmp_path: Path) -> None:
    asked, *others = pitfall.ask(protocol("unanimous_consent"))
    kept, answer = Cache(Means(), tmp_path), decided(asked, Means())

    kept.put(asked, answer)

    again = kept.get(asked)
    assert again is not None
    assert (again.verdicts, [note.code for note in again.notes]) == (answer.verdicts, ["cached"])
    assert all(kept.get(other) is None for other in others)


def test_that_one_scope_never_reaches_something_is_kept_and_violates_what_no_other_reaches(tmp_path: Path) -> None:
    asked = next(each for each in scope.ask(protocol("partial_ordering")) if each.scope.name == "of_one_class")
    kept = Cache(Means(), tmp_path)

    kept.put(asked, decided(asked, Means()))

    again = kept.get(asked)
    assert again is not None
    assert [each.clause.name for each in again.verdicts if each.status is Status.VIOLATED] == ["is_refused"]
    assert exit_code([again]) == VIOLATED


def test_walks_breakdowns_and_saved_searches_are_never_kept(tmp_path: Path) -> None:
    asked = question()
    answer = Answer(asked.id, asked.stem, "", Conclusion.AS_CLAIMED)

    for means in (Means(walk=Walk(1, 1, 1)), Means(breakdown=True), Means(checkpoint=tmp_path / "saved")):
        Cache(means, tmp_path).put(asked, answer)

    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_no_answer_and_a_folder_that_cannot_be_written_keeps_none(tmp_path: Path) -> None:
    asked = question()
    answer = Answer(asked.id, asked.stem, "", Conclusion.AS_CLAIMED)
    kept = Cache(Means(), tmp_path)
    kept.put(asked, answer)
    (file,) = (tmp_path / asked.stem).iterdir()
    file.write_bytes(file.read_bytes()[:-3])
    assert kept.get(asked) is None

    (tmp_path / "file").write_text("", encoding="utf-8")
    Cache(Means(), tmp_path / "file").put(asked, answer)


def test_an_answer_depends_on_what_its_protocol_imports_and_on_no_other_protocol() -> None:
    def reached(stem: str) -> set[str]:
        return set(
            sources.reached(
                module.__name__ for each in ("spec", "refimpl", "pitfalls", "checks.scopes") for module in protocol(stem).load(each)
            )
        )

    names = reached("vickrey_auction")
    assert {
        "concordant.spec.auctions.shared.auctions",
        "concordant.refimpl.machine.mechanisms",
        "concordant.spec.vocabulary.values",
    } <= names
    assert "concordant.spec.consensus.paxos_synod" not in names
    assert "concordant.refimpl.auctions.shared.auctions" in reached("sealed_bid_auction")
    assert not any(name.startswith("concordant.checks.exploration") for name in names)


CONSENT = "unanimous_consent"


@pytest.fixture
def touched(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], set[str]]]:
    """Return which protocols of ours are asked about again once a comment was added to a module."""
    stems = protocols_by_stem()
    before = {stem: sources.digest_of_ours(stem, "scope") for stem in stems}

    def changed(module: str) -> set[str]:
        file = our_modules()[module]
        monkeypatch.setattr(sources, "hash_of", lambda other: "with a comment" if other == file else hash_of(other))
        for cached in (sources._depending, sources._engine):
            cached.cache_clear()
        return {stem for stem in stems if sources.digest_of_ours(stem, "scope") != before[stem]}

    yield changed
    for cached in (sources._depending, sources._engine):
        cached.cache_clear()


@pytest.mark.parametrize(
    ("module", "again"),
    [
        (f"concordant.spec.voting.{CONSENT}", {CONSENT}),
        (f"concordant.checks.scopes.voting.{CONSENT}", {CONSENT}),
        ("concordant.pitfalls.synchronization.barrier", {"barrier"}),
        ("concordant.checks.reports.words", None),
        ("concordant.refimpl.machine.search", None),
        ("concordant.spec.vocabulary.values", None),
        ("concordant.proofs.voting.unanimous_consent", set()),
    ],
)
def test_a_comment_asks_again_about_what_depends_on_its_file_alone_or_about_all_where_that_decides(
    touched: Callable[[str], set[str]], module: str, again: set[str] | None
) -> None:
    assert touched(module) == (set(protocols_by_stem()) if again is None else again)


def test_a_protocol_of_ours_is_the_same_whether_its_modules_are_imported_or_only_read() -> None:
    assert sources.digest_of_ours(CONSENT, "scope") == sources.digest_of(protocol(CONSENT), "scope")


def settled(where: Path, *options: str) -> tuple[int, str, bool]:
    """Check a protocol of ours; return exit code, what is printed before the totals, and whether a scope of it was imported."""
    line = f"import sys; from concordant.checks.main import code; got = code(); print('{SCOPE}' in sys.modules); sys.exit(got)"
    environment = {**os.environ, "XDG_CACHE_HOME": str(where / "cache"), "CONCORDANT_NO_CACHE": "0"}
    command = [sys.executable, "-c", line, "check", QUICK, *options]
    done = subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # our own command
    *printed, imported = done.stdout.splitlines()
    return done.returncode, (printed or [done.stderr])[0], imported == "True"


QUICK = "bully_election"
SCOPE = f"concordant.checks.scopes.consensus.{QUICK}"
GONE = f"concordant: {FILE} pins scope:{QUICK}/gone, which is asked no more; give the scope its name again, or --update-counts\n"


def test_a_second_check_says_the_same_in_its_line_and_imports_nothing_of_the_protocol(tmp_path: Path) -> None:
    code, first, imported = settled(tmp_path)
    assert (code, imported) == (0, True)

    assert settled(tmp_path) == (0, first, False)
    assert settled(tmp_path, "--verbose")[2]

    (tmp_path / FILE).write_text(f'{{"format": "{FORMAT}", "counts": {{"scope:{QUICK}/gone": {{}}}}}}', encoding="utf-8")
    assert settled(tmp_path) == (2, GONE, True)


def test_what_is_not_wholly_as_claimed_is_never_settled(tmp_path: Path) -> None:
    kept, asked = Settled(Means(), tmp_path), question()
    good = Answer(asked.id, asked.stem, "", Conclusion.AS_CLAIMED)

    cases: list[tuple[list[Question], list[Answer]]] = [
        ([asked], [evolve(good, conclusion=Conclusion.UNDECIDED)]),
        ([asked], [evolve(good, stopped="after 3 s")]),
        ([asked, *pitfall.ask(protocol(asked.stem))], [good]),
        ([asked], [good]),  # of which no clause was judged
    ]
    for questions, answers in cases:
        kept.put(questions, answers)

    assert list(tmp_path.iterdir()) == []
