"""A plugin for pytest: each clause, scope, pitfall and known violation of a protocol is a test, with its shortest trace where it fails.

`pytest lock.py` collects the protocol of a file; so do files that match the option `concordant_files` of the configuration, wherever
pytest looks. In a test module, `test_lock = protocol_tests("mypackage.lock")` does it for whatever `concordant check` takes.
This module loads nothing but pytest until there is a protocol to collect.
"""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from attrs import frozen

from concordant.checks.staying import staying

if TYPE_CHECKING:
    from concordant.checks.checked import Checked
    from concordant.checks.conform.adapter import Adapter
    from concordant.checks.registry import Protocol
    from concordant.checks.reports.cases import TestCase


IMPORTED = re.compile(r"^\s*(?:from|import)\s+\.?(\w+)", re.MULTILINE)
"""The first name of each import of a module."""


@frozen
class ProtocolTests:
    """Stands in a test module for all tests of a protocol."""

    name: str


FILES = "concordant_files"
"""The option of ours in the configuration of pytest."""
MATCHED = pytest.StashKey[set[str]]()
"""Which patterns of it a file matched."""
PROBLEMS = pytest.StashKey[list[str]]()
"""What the workers of xdist say that was passed over, in sentences."""
_MADE: list[tuple[str, ProtocolTests]] = []
"""What was made in this process, each with the file in which it was."""
_COLLECTED: set[int] = set()
"""What of it was collected, by identity."""
_RUN: list[str] = []
"""The test that is run."""


def protocol_tests(name: str) -> ProtocolTests:
    """Return what pytest collects as the tests of a protocol, when it is given a name in a test module.

    `name`: what `concordant check` takes: a protocol of ours, a file, a module or package, `module:value`.

    It stands in the module, or in a class of it that is collected; elsewhere pytest would see nothing of it, and that is an error.
    """
    if _RUN:
        raise ValueError(
            f"protocol_tests({name!r}) is called in a test, and so tests nothing; let it stand in the module: test_it = protocol_tests({name!r})"
        )
    file = sys._getframe(1).f_code.co_filename  # noqa: SLF001  # by whom it is called
    if Path(file).name == "conftest.py":
        raise ValueError(f"protocol_tests({name!r}) stands in a conftest.py, where pytest collects nothing; let it stand in a test module")
    made = ProtocolTests(name)
    _MADE.append((file, made))
    return made


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("concordant", "protocols of concordant")
    group.addoption(
        "--concordant-scope", metavar="NAME|SIZE", help="judge scopes of these names or sizes, with commas; by default the small ones"
    )
    group.addoption("--concordant-budget", metavar="BUDGET", help="stop each search after 30s, 5m, '200000 states', 2GiB")
    parser.addini(FILES, "patterns of files that hold a protocol each; those named on the command line always may", "args")


def pytest_configure(config: pytest.Config) -> None:
    """Make known the mark that xdist reads, where there is no xdist."""
    config.addinivalue_line("markers", "xdist_group(name): of what one worker is to run")
    config.stash[PROBLEMS] = []


def pytest_warning_recorded(warning_message: warnings.WarningMessage) -> None:
    """Let no option of ours be misspelt, of which pytest merely warns."""
    if misspelt := re.search(r"Unknown config option: (concordant\S*)", str(warning_message.message)):
        raise pytest.UsageError(f"no option is called {misspelt[1]}; did you mean {FILES}?")


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Let no file that is collected end pytest with whichever exit code it likes, nor a pattern be misspelt, where pytest looks everywhere."""
    session.config.stash[MATCHED] = set()
    with staying():
        collected = yield
    config, options = session.config, session.config.option
    looks_everywhere = config.args_source is not config.ArgsSource.ARGS and not (options.ignore or options.ignore_glob)
    if looks_everywhere and not config.pluginmanager.hasplugin("dsession"):  # of xdist, which lets its workers look
        problems = [*_passed_over(session)]
        if hasattr(config, "workeroutput"):
            config.workeroutput[FILES] = problems
        elif problems:
            raise pytest.UsageError("\n".join(problems))
    return collected


def _passed_over(session: pytest.Session) -> Iterator[str]:
    """Yield what is named and was not collected, where pytest has looked everywhere."""
    for pattern in session.config.getini(FILES):
        if pattern not in session.config.stash[MATCHED]:
            yield f"{FILES} has {pattern!r}, which no file matches at which pytest looks"
    looked_at = {str(item.path) for item in session.items}
    for file, made in _MADE:
        if id(made) not in _COLLECTED and file not in looked_at and not session.testsfailed:
            yield f"protocol_tests({made.name!r}) stands in {file}, of which no test module takes it; give it a name in one"


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:  # noqa: ARG001  # the signature
    """Hear from a worker of xdist what was passed over."""
    node.config.stash[PROBLEMS].extend(getattr(node, "workeroutput", {}).get(FILES, []))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """End badly where a worker has said so."""
    if session.config.stash[PROBLEMS]:
        session.exitstatus = pytest.ExitCode.USAGE_ERROR


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say what."""
    problems = config.stash[PROBLEMS]
    for problem in dict.fromkeys(problems):
        terminalreporter.write_line(f"ERROR: {problem}", red=True)


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Collect a file that is said to hold a protocol, or is named on the command line and does, beside the tests that are in it.

    Where it cannot be imported, that is said once, in a sentence.
    """
    others = yield
    found = _protocol_in(file_path, parent)
    if found is None:
        return others
    return [found] if found.broken else [*others, found]


def _protocol_in(file_path: Path, parent: pytest.Collector) -> ProtocolFile | None:
    if file_path.suffix != ".py":
        return None
    patterns: list[str] = parent.config.getini(FILES)
    relative = file_path.relative_to(parent.config.rootpath).as_posix() if file_path.is_relative_to(parent.config.rootpath) else ""
    matching = [pattern for pattern in patterns if fnmatch(file_path.name, pattern) or fnmatch(relative, pattern)]
    if matching:
        parent.config.stash[MATCHED].update(matching)
        return ProtocolFile.from_parent(parent, path=file_path)
    named = parent.session.isinitpath(file_path) and not file_path.name.startswith(("test_", "__init__"))
    if named and _may_hold_one(file_path):
        return ProtocolFile.from_parent(parent, path=file_path, required=False)
    return None


def _may_hold_one(file: Path, seen: frozenset[Path] = frozenset()) -> bool:
    """Tell whether a file, or one that it imports from its own folder, speaks of us."""
    if file in seen or not file.is_file():
        return False
    text = file.read_text(encoding="utf-8", errors="replace")
    beside = (file.with_name(f"{name}.py") for name in dict.fromkeys(IMPORTED.findall(text)))
    return "concordant" in text or any(_may_hold_one(each, seen | {file}) for each in beside)


def pytest_pycollect_makeitem(collector: pytest.Module | pytest.Class, name: str, obj: object) -> pytest.Collector | None:
    """Collect a value that stands for the tests of a protocol."""
    if isinstance(obj, ProtocolTests):
        _COLLECTED.add(id(obj))
        return ProtocolCollector.from_parent(collector, name=name, protocol=obj.name)
    return None


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Let no tests of a protocol be passed over that a test module makes: they must stand where pytest sees them."""
    report = yield
    if isinstance(collector, pytest.Module) and report.outcome == "passed":
        seen = {id(each) for each in _standing_in(collector.obj, report.result)}
        unseen = [made.name for file, made in _MADE if file == str(collector.path) and id(made) not in seen]
        if unseen:
            report.outcome, report.result = "failed", []
            report.longrepr = "\n".join(
                f"protocol_tests({name!r}) stands where pytest does not see it; give it a name in the module, or in a class that is collected"
                for name in unseen
            )
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Note which test is run: what that makes, nobody collects any more."""
    _RUN.append(item.nodeid)
    try:
        return (yield)
    finally:
        _RUN.pop()


def _standing_in(owner: object, collected: Iterable[object]) -> Iterator[object]:
    """Yield the values of a module, and those of the classes in it that are collected."""
    yield from vars(owner).values()
    for each in collected:
        if isinstance(each, pytest.Class):
            yield from (value for kind in each.obj.__mro__ for value in vars(kind).values())


@pytest.fixture
def conforms() -> Callable[..., None]:
    """Return a function that drives an implementation beside the reference, and fails where it differs: `conforms(role, adapter)`.

    `role`: such as `paxos_synod.acceptor`, or `mypackage.lock.server`. `adapter`: a class that derives from `concordant.checks.Adapter`, a
    text `module:Class`, or the words of a command that speaks the protocol of docs/conformance.md. `scope`: only one, by its name; `quick`:
    a few long runs instead of a case a row; `seconds`: how long a command has for each answer.
    """

    def drive(
        role: str, adapter: type[Adapter] | str | Sequence[str], *, scope: str | None = None, quick: bool = False, seconds: float = 5
    ) -> None:
        from concordant.checks.conform.child import Child  # noqa: PLC0415  # as above
        from concordant.checks.conform.roles import role_of  # noqa: PLC0415
        from concordant.checks.conform.session import InProcess  # noqa: PLC0415
        from concordant.checks.questions.conformance import ConformanceQuestion, command_of  # noqa: PLC0415
        from concordant.checks.questions.question import Means  # noqa: PLC0415
        from concordant.checks.reports.cases import TestResult, of_question  # noqa: PLC0415
        from concordant.checks.running import decided  # noqa: PLC0415
        from concordant.checks.seals import Seals, require_ours, require_sealed, seal  # noqa: PLC0415

        asked: ConformanceQuestion
        driven = role_of(role)  # a user's protocol is loaded, and what there is noted for that, before it is for the adapter
        seals: Seals = {}
        if isinstance(adapter, type):
            require_ours()
            seals = seal()
            asked = ConformanceQuestion(driven, lambda: InProcess(adapter()), f"{adapter.__module__}:{adapter.__name__}", scope, quick)
        else:
            words, called = command_of([adapter] if isinstance(adapter, str) else adapter)
            asked = ConformanceQuestion(driven, lambda: Child(words, seconds), called, scope, quick)
        answer = decided(asked, Means())
        if isinstance(adapter, type):
            require_sealed(adapter.__name__, seals)
        case = of_question(answer)
        if case.result is not TestResult.PASSED:
            pytest.fail("\n".join((case.message, *case.text)), pytrace=False)

    return drive


class ProtocolFile(pytest.File):
    """A file that holds a protocol. `required`: that it holds none is an error."""

    def __init__(self, *, required: bool = True, **others: Any) -> None:  # those of pytest
        super().__init__(**others)
        self.protocol: Protocol | None = None
        self.broken: Exception | None = None
        try:
            self.protocol = _loaded(str(self.path), required=required)
        except Exception as broken:  # noqa: BLE001  # whatever it is, it is said when the file is collected
            self.broken = broken

    def collect(self) -> Iterator[pytest.Item]:
        """Yield the tests of the protocol in the file."""
        if self.broken:
            raise self.broken
        return _items(self, self.protocol)


class ProtocolCollector(pytest.Collector):
    """The tests of a protocol that a test module names."""

    def __init__(self, *, protocol: str, **others: Any) -> None:  # those of pytest
        super().__init__(**others)
        self.protocol = protocol

    def collect(self) -> Iterator[pytest.Item]:
        """Yield the tests of the protocol; one that lies beside the test module is not tested by that of another folder with its name."""
        loaded = _loaded(self.protocol)
        beside = self.path.parent / f"{self.protocol.partition(':')[0].replace('.', '/')}.py"
        if loaded is not None and beside.is_file():
            files = [Path(module.__file__) for module in loaded.load("spec") if module.__file__]
            if beside.resolve() not in (file.resolve() for file in files):
                others = ", ".join(map(str, files))
                raise self.CollectError(f"{self.protocol} is {others}, which was imported before, and not {beside}; rename one of the two")
        return _items(self, loaded)


def _loaded(name: str, *, required: bool = True) -> Protocol | None:
    from concordant.checks.misuse import Misuse  # noqa: PLC0415  # all of this is loaded where there is a protocol
    from concordant.checks.own import NothingToCheck, named  # noqa: PLC0415

    try:
        return named(name)
    except Misuse as misuse:
        if isinstance(misuse, NothingToCheck) and not required:
            return None
        raise pytest.Collector.CollectError(str(misuse)) from misuse


def _items(parent: pytest.Collector, protocol: Protocol | None) -> Iterator[pytest.Item]:
    if protocol is None:
        return
    from concordant.checks.checked import Checked  # noqa: PLC0415  # as above
    from concordant.checks.exploration.budget import Budget  # noqa: PLC0415
    from concordant.checks.misuse import Misuse  # noqa: PLC0415
    from concordant.checks.pins import Pins  # noqa: PLC0415
    from concordant.checks.questions.question import Means  # noqa: PLC0415

    scope, budget = parent.config.getoption("concordant_scope"), parent.config.getoption("concordant_budget")
    try:
        pins = Pins.read_all(parent.config.invocation_params.dir, parent.config.rootpath)
        checked = Checked(protocol, scope, Means(Budget.parse(budget) if budget else None), pins)
        if scope is None:
            pins.require(question.id for question in checked.questions.values())
        names, findings = checked.names, checked.findings
    except Misuse as misuse:
        raise pytest.Collector.CollectError(str(misuse)) from misuse
    if findings:  # before anything of the protocol is called: what ends the process would end pytest too, with whichever code it likes
        raise pytest.Collector.CollectError("\n".join(findings))
    for name in names:
        item = ProtocolItem.from_parent(parent, name=name, checked=checked)
        item.add_marker(pytest.mark.xdist_group(f"concordant:{protocol.stem}"))  # so that one worker asks each question once
        yield item


class ProtocolItem(pytest.Item):
    """One test of a protocol: a clause, or another question."""

    def __init__(self, *, checked: Checked, **others: Any) -> None:  # those of pytest
        super().__init__(**others)
        self.checked = checked

    def runtest(self) -> None:
        """Ask, unless that is done, and fail where the answer is not as claimed."""
        from concordant.checks.reports.cases import TestResult  # noqa: PLC0415  # as above

        case = self.checked.case(self.name)
        if case.result is TestResult.SKIPPED:
            pytest.skip(case.message)
        if case.result is not TestResult.PASSED:
            raise NotAsClaimed(case)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # those of pytest
        """Show the counterexample instead of our code."""
        if isinstance(excinfo.value, NotAsClaimed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Name the protocol and the test."""
        return self.path, None, f"{self.checked.protocol.stem}: {self.name}"


class NotAsClaimed(Exception):  # noqa: N818  # it says what is the case
    """A clause or another question of a protocol is not as claimed."""

    def __init__(self, case: TestCase) -> None:
        super().__init__("\n".join((case.message, *case.text)))
