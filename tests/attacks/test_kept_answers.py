"""Attacks on kept answers: something changed that an answer depends on, and the old answer is given again."""

from __future__ import annotations

import os
import sys
import time
from functools import cache
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from concordant.checks.cache import imports, sources
from concordant.checks.cache.settled import Settled
from concordant.checks.cache.sources import digest_of
from concordant.checks.questions import asking
from concordant.checks.questions.question import Means
from concordant.checks.registry import Protocol, protocols, protocols_loaded

TEXT = "from __future__ import annotations\n"
BEGUN = "concordant.checks.cache.sources.BEGUN"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder from which modules can be imported, all of them written before the run begins."""
    monkeypatch.setattr(BEGUN, time.time_ns() + 10**15)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sources, "protocols_loaded", dict)  # others that this process has loaded count, too
    monkeypatch.setattr(imports, "_kept", cache(lambda: imports._Imports(tmp_path / "imports.json")))
    for cached in (sources._file, sources._ledgers, sources._depending, imports.hash_of):
        cached.cache_clear()
    return tmp_path


def protocol_of(folder: Path, text: str, name: str = "theirs_alone") -> Protocol:
    """Return the protocol of a module with this text, written before the run began."""
    file = folder / f"{name}.py"
    file.write_text(TEXT + text, encoding="utf-8")
    module = ModuleType(name)
    module.__file__ = str(file)
    return Protocol.of_modules(name, module)


def test_the_answers_of_a_module_that_reads_nothing_are_kept(folder: Path) -> None:
    text = "from attrs import frozen\nfrom concordant.checks import Scope, explore\nfrom concordant.spec.vocabulary import Address, Cases\n"

    assert digest_of(protocol_of(folder, text), "scope") is not None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("import numpy\nLIMIT = numpy.loadtxt('limit.txt')\n", id="a file of data that a package reads"),
        pytest.param("import pkgutil\nLIMIT = pkgutil.get_data('theirs', 'limit.txt')\n", id="a file of data beside the module"),
        pytest.param("LIMIT = open('limit.txt').read()  # on purpose\n", id="a file of data that is read on purpose"),
        pytest.param("READ = open\nLIMIT = READ('limit.txt').read()\n", id="a file of data that is read by another name"),
        pytest.param("LIMIT = [*map(open, ('limit.txt',))]\n", id="a file of data that a function of Python's opens"),
        pytest.param("import posix\nLIMIT = posix.environ\n", id="the environment"),
        pytest.param("import pytest\n", id="a package of others, whose version does not count"),
        pytest.param("from typing import sys\nLIMIT = sys.modules['os'].environ\n", id="the environment, by way of a module that is pure"),
        pytest.param("import typing as t\nLIMIT = t.sys.modules['os'].environ\n", id="the environment, by way of a pure module's name"),
        pytest.param("from concordant.checks.main import os\n", id="the environment, by way of a module of ours"),
        pytest.param(
            "from concordant.checks.own import Path\nLIMIT = Path('limit.txt').read_text()\n", id="a file of data, by way of ours"
        ),
        pytest.param(
            "import concordant.checks as c\nLIMIT = c.own.Path('limit.txt').read_text()\n", id="a file of data, by way of all of ours"
        ),
        pytest.param(
            "from concordant import checks\nLIMIT = checks.own.Path('limit.txt').read_text()\n",
            id="a file of data, by way of a part of ours",
        ),
        pytest.param(
            "from concordant.proofs.kernel.ledger import Path\nLIMIT = Path('limit.txt').read_text()\n",
            id="a file of data, by what ours has imported",
        ),
        pytest.param(
            "from concordant.proofs.kernel import ledger\nLIMIT = ledger.Path('limit.txt').read_text()\n",
            id="a file of data, by way of what proves",
        ),
        pytest.param("LIMIT = __builtins__['open']('limit.txt').read()\n", id="a file of data, by way of the builtins"),
        pytest.param("import attrs\nLIMIT = attrs.setters.inspect.sys.path\n", id="the environment, by way of a module within a module"),
        pytest.param(
            "import concordant.spec.vocabulary as v\nv.clauses.inspect.os\n", id="the environment, by way of a module of ours within"
        ),
        pytest.param(
            "import typing\nclass Read: limit: \"__import__('limits').LIMIT\"\nLIMIT = typing.get_type_hints(Read)\n",
            id="a module that an annotation imports",
        ),
        pytest.param(
            "import string\nOPEN = string.Formatter().get_field\n", id="a file of data, by way of a text that looks into what it is given"
        ),
        pytest.param("import pydoc\npydoc.locate('another.LIMIT')\n", id="a module that is imported by a name that it computes"),
    ],
)
def test_no_answer_is_kept_that_depends_on(folder: Path, text: str) -> None:
    assert digest_of(protocol_of(folder, text), "scope") is None


def test_no_answer_is_kept_of_a_module_that_shares_its_namespace_with_what_is_installed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part, text in (("shared_folder/mine.py", "LIMIT = 1\n"), ("site-packages/shared_folder/theirs.py", "LIMIT = 1\n")):
        (folder / part).parent.mkdir(parents=True)
        (folder / part).write_text(TEXT + text, encoding="utf-8")
    monkeypatch.syspath_prepend(folder / "site-packages")

    assert digest_of(protocol_of(folder, "import shared_folder.mine\nfrom shared_folder import mine\n"), "scope") is not None
    assert digest_of(protocol_of(folder, "import shared_folder.mine\nimport shared_folder.theirs\n", "their_other"), "scope") is None


@pytest.mark.parametrize("kept_time", [False, True])
def test_no_answer_is_kept_of_a_module_that_changed_after_the_run_began_even_if_its_time_was_set_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *, kept_time: bool
) -> None:
    theirs = protocol_of(folder, "")
    monkeypatch.setattr(BEGUN, time.time_ns() - 10**6)
    file = folder / "theirs_alone.py"
    before = file.stat()

    file.write_text(f"{TEXT}LIMIT = 1\n", encoding="utf-8")
    if kept_time:
        os.utime(file, ns=(before.st_atime_ns, 0))

    assert digest_of(theirs, "scope") is None


def test_no_answer_is_kept_of_compiled_code(folder: Path) -> None:
    package = folder / "their_package"
    package.mkdir()
    (package / "__init__.py").write_text(TEXT, encoding="utf-8")
    (package / f"quick{EXTENSION_SUFFIXES[0]}").write_bytes(b"")

    assert digest_of(protocol_of(folder, "import their_package.quick\n"), "scope") is None


def test_a_module_beside_ours_counts_although_its_name_begins_like_that_of_the_engine(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import concordant  # noqa: PLC0415  # the namespace that others may add to

    (folder / "concordant").mkdir()
    (folder / "concordant" / "checksums.py").write_text("LIMIT = 1\n", encoding="utf-8")
    monkeypatch.setattr(concordant, "__path__", [*concordant.__path__, str(folder / "concordant")])

    assert "concordant.checksums" in sources.reached(["concordant.checksums"])


def test_another_protocol_of_the_run_counts_since_it_may_change_what_this_one_holds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = protocol_of(folder, "")
    alone = digest_of(asked, "scope")
    meddling = protocol_of(folder, "import theirs_alone\n", "meddling")
    monkeypatch.setattr(sources, "protocols_loaded", lambda: {"meddling": meddling})

    assert digest_of(asked, "scope") not in (alone, None)


def test_optimized_python_counts_since_it_leaves_assertions_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = protocol_of(folder, "")
    plain = digest_of(asked, "scope")
    sources._engine.cache_clear()
    monkeypatch.setattr(sources, "sys", SimpleNamespace(version=sys.version, flags="optimized", modules=sys.modules))

    assert digest_of(asked, "scope") != plain
    monkeypatch.undo()
    sources._engine.cache_clear()


def test_no_answer_is_given_again_once_a_ledger_that_lies_beside_has_changed(folder: Path) -> None:
    ledger = folder / "ledger.json"
    ledger.write_text("{}", encoding="utf-8")
    theirs = protocol_of(folder, "from attrs import frozen\n")
    before = digest_of(theirs, "theorem")

    ledger.write_text('{"without guard": {}}', encoding="utf-8")
    imports.hash_of.cache_clear()
    sources._depending.cache_clear()

    assert digest_of(theirs, "theorem") not in (None, before)


def test_a_protocol_of_ours_does_not_hold_because_a_file_of_its_name_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    questions = asking.to_check(protocols(("sequential_execution",)), None)
    answers = [question.answer(Means()) for question in questions]
    kept = Settled(Means(), tmp_path)
    monkeypatch.setitem(protocols_loaded(), "sequential_execution", Protocol.of_modules("sequential_execution", ModuleType("theirs")))

    kept.put(questions, answers)
    assert list(tmp_path.iterdir()) == []

    monkeypatch.undo()
    kept.put(questions, answers)
    assert len(list(tmp_path.iterdir())) == 1
