"""Whoever waits for the kernel to be compiled is told so, once."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from concordant.checks.tabulated.compiling import Listener
from concordant.checks.tabulated.kernel.expanding import expand


def event(function: Callable[..., object], *, starts: bool) -> object:
    return SimpleNamespace(is_start=starts, data={"dispatcher": SimpleNamespace(py_func=function)})


def test_only_the_first_function_of_the_kernel_that_is_compiled_is_told() -> None:
    told: list[str] = []
    listener = Listener(lambda: told.append("compiling"))
    kernel = event(expand.py_func, starts=True)  # type: ignore[attr-defined]  # numba keeps the function there

    listener.notify(event(event, starts=True))
    listener.notify(event(expand.py_func, starts=False))  # type: ignore[attr-defined]  # as above
    assert not told

    listener.notify(kernel)
    listener.notify(kernel)
    assert told == ["compiling"]
