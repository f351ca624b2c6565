"""The plugin for pytest, as a module at the top.

Where a package has none, and no `__init__.py` as ours, pytest takes its `__main__` for a part of the plugin, and warns of that.
"""

from concordant.checks.pytest_plugin import (
    conforms,
    pytest_addoption,
    pytest_collect_file,
    pytest_collection,
    pytest_configure,
    pytest_make_collect_report,
    pytest_pycollect_makeitem,
    pytest_runtest_protocol,
    pytest_sessionfinish,
    pytest_terminal_summary,
    pytest_testnodedown,
    pytest_warning_recorded,
)

__all__ = [
    "conforms",
    "pytest_addoption",
    "pytest_collect_file",
    "pytest_collection",
    "pytest_configure",
    "pytest_make_collect_report",
    "pytest_pycollect_makeitem",
    "pytest_runtest_protocol",
    "pytest_sessionfinish",
    "pytest_terminal_summary",
    "pytest_testnodedown",
    "pytest_warning_recorded",
]
