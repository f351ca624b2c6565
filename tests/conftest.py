"""How tests are run: those of one stem in one process, so that a scope is explored once; and what they cost, with `--costs`.

No test is answered from a cache: a kept answer would hide what the test is about. Those of the cache itself allow it.
"""

from __future__ import annotations

import gc
import os
import re
import signal
from collections import defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from concordant.checks import seals
from concordant.checks.index import protocols_by_stem
from tests.explorations import explored
from tests.measuring import measure_no_searches, measure_once, measured_again

os.environ["CONCORDANT_NO_CACHE"] = "1"

NEEDS = {
    **dict.fromkeys(
        ("browser/browse_explorer.py", "browser/browse_report.py", "browser/browse_table.py", "browser/driving.py"), "selenium"
    ),
    "oracles/published_voting.py": "pref_voting",
    "oracles/published_matching.py": "networkx",
}
"""Files of targets of their own, by what only those targets install."""
collect_ignore = [file for file, module in NEEDS.items() if find_spec(module) is None]

UNMEASURED = tuple(
    f"tests/{name}"
    for name in (
        *("cluster/", "command/", "conform/", "explorer/", "liveness/", "mutation/", "new_stem/", "oracles/", "proofs/", "tabulated/"),
        *("attacks/test_asked_twice", "attacks/test_hash_seeds", "attacks/test_lint", "attacks/test_proofs", "attacks/test_rules"),
        *(
            "attacks/test_handlers_read",
            "attacks/test_models_of_proofs",
            "attacks/test_symmetry",
            "checks/test_running",
            "checks/test_symmetry",
            "attacks/test_exit_codes",
            "protocols/test_every_value",
            "protocols/test_everything_said_is_bound",
            "protocols/test_liveness",
        ),
    )
)
"""Tests of the checker that are about no line of `spec/` and `refimpl/`: to measure what they cover would take as long again as they do."""
GARBAGE = 5_000_000
"""As for the command, but sooner: tests leave more behind than searches."""
COST = "seconds of processor time"
OTHERS = "what concerns no single stem"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--costs", type=int, metavar="N", help="print the processor time of the tests of each stem, and the costliest N tests")


def pytest_configure(config: pytest.Config) -> None:
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # so it is behind a shell's `&`, and of whatever a test starts there
        signal.signal(signal.SIGINT, signal.default_int_handler)
    gc.set_threshold(GARBAGE)
    measure_once(config)
    measure_no_searches()
    if config.getoption("costs") is not None:
        config.pluginmanager.register(Costs(config.getoption("costs")))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith(UNMEASURED):
            item.add_marker(pytest.mark.no_cover)
        stem = stem_of(item.nodeid)
        if stem is not None:
            item.add_marker(pytest.mark.xdist_group(stem))
    items.sort(key=lambda item: item.nodeid.startswith(UNMEASURED))  # what explores a scope first, and is measured, comes first


def pytest_collection_finish() -> None:
    gc.freeze()  # what was imported and collected stays: it need not be looked through again and again


def stem_of(test: str) -> str | None:
    """Return the stem that a test is about: its file is named after it, or the name of its parameters begins with it."""
    file, _, rest = test.partition("::")
    parameter = re.match(r"\w+", rest.partition("[")[2])
    named = (Path(file).stem.removeprefix("test_"), "" if parameter is None else parameter.group())
    return next((name for name in named if name in protocols_by_stem()), None)


def spent() -> float:
    """Return the processor time of this process and of its children that have ended."""
    return sum(os.times()[:4])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    measured_again()
    item.user_properties.append((COST, -spent()))
    try:
        return (yield)
    finally:
        if nextitem is None or stem_of(nextitem.nodeid) != stem_of(item.nodeid):
            explored.cache_clear()  # those of one stem come one after the other


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    try:
        return (yield)
    finally:
        seals.sealed({})  # else what a test had changed when it imported a module is missed by the next one
        item.user_properties.append((COST, spent()))


class Costs:
    """Adds up what tests cost, and tells it in the end."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.by_test: dict[str, float] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "teardown":
            self.by_test[report.nodeid] = sum(float(str(value)) for name, value in report.user_properties if name == COST)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        by_stem: dict[str, float] = defaultdict(float)
        for test, cost in self.by_test.items():
            by_stem[stem_of(test) or OTHERS] += cost
        for costs in (by_stem, dict(sorted(self.by_test.items(), key=lambda each: -each[1])[: self.most])):
            terminalreporter.section(COST)
            for name, cost in sorted(costs.items(), key=lambda each: -each[1]):
                terminalreporter.write_line(f"{cost:8.2f}  {name}")
