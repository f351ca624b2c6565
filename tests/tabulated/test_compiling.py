"""Whoever waits for the kernel to be compiled is told so, once, and the time is not counted."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from concordant.checks.cache.folder import folder
from concordant.checks.tabulated.compiling import Listener
from concordant.checks.tabulated.kernel.expanding import expand
from concordant.checks.tabulated.kernel.words import numba


def event(function: Callable[..., object], *, starts: bool) -> object:
    return SimpleNamespace(is_start=starts, data={"dispatcher": SimpleNamespace(py_func=function)})


BEGIN, END = (event(expand.py_func, starts=starts) for starts in (True, False))  # type: ignore[attr-defined]  # numba keeps the function there


def test_only_the_first_function_of_the_kernel_that_is_compiled_is_told() -> None:
    told: list[str] = []
    listener = Listener(lambda: told.append("compiling"))

    listener.notify(event(event, starts=True))
    listener.notify(event(event, starts=False))
    assert not told

    for each in (BEGIN, BEGIN, END, END, BEGIN, END):
        listener.notify(each)
    assert told == ["compiling"]


def test_the_clock_stands_still_while_functions_of_the_kernel_are_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks: Iterator[float] = iter(range(100))
    monkeypatch.setattr("concordant.checks.tabulated.compiling.perf_counter", lambda: next(ticks))
    listener = Listener()

    read = [listener.clock()]
    listener.notify(event(event, starts=True))
    read.append(listener.clock())
    for each in (BEGIN, BEGIN):
        listener.notify(each)
        read.append(listener.clock())
    listener.notify(END)
    read.append(listener.clock())
    next(ticks)
    listener.notify(END)
    read.append(listener.clock())

    assert read == [0, 1, 2, 2, 2, 3]


def test_compiled_code_is_kept_in_the_users_folder_of_caches_and_numba_elsewhere_as_before() -> None:
    kept = Path(os.environ.get("NUMBA_CACHE_DIR") or folder() / "compiled")

    assert Path(expand.stats.cache_path).is_relative_to(kept)  # type: ignore[attr-defined]  # numba keeps it there
    assert os.environ.get("NUMBA_CACHE_DIR", "") == numba.config.CACHE_DIR
