"""Installations, machines, folders and modules of which something is wrong: it works, or says in a sentence what is wrong."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from pathlib import Path

from concordant.checks.exit_codes import INTERRUPTED, MISUSE, OK, UNDECIDED
from tests.hostile.conditions import Condition, checks
from tests.hostile.systems import crowd

SMALL = checks("TINY", "tabulated")
NOWHERE = {"HOME": "/dev/null/home", "XDG_CACHE_HOME": "/dev/null/cache"}
HOLDS = "1 scope, 11 states"
FULL = "/dev/full"
WITHOUT = "is kept nowhere"
IMPORTS = {
    "syntax": ("def broken(:\n", "invalid syntax.*mine.py, line 1"),
    "name": ("import no_such_module_at_all\n", "No module named 'no_such_module_at_all'.*mine.py, line 1"),
    "raises": ("raise ZeroDivisionError('oh')\n", "ZeroDivisionError: oh.*mine.py, line 1"),
    "exits": ("import sys\nsys.exit(0)\n", r"it ends the program, by sys.exit\(0\)"),
    "exits at once": ("import os\nos._exit(0)\n", "by sys.exit\\(0\\) or the like"),
    "exits at once with 1": ("import os\nos._exit(1)\n", "by sys.exit\\(1\\) or the like"),
    "interrupts": ("raise KeyboardInterrupt\n", "interrupted"),
    "recursion": ("def f():\n    f()\nf()\n", "RecursionError"),
    "nothing": ("", "has nothing to check"),
    "encoding": ("\u00e9 = '\udcff'\n", "cannot be imported"),
    "zeros": ("\0\0\0", "cannot be imported: .*null bytes"),
    "crashes": ("import ctypes\nctypes.string_at(0)\n", "killed by signal 11"),
}


def _writes(name: str, text: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text(text, encoding="utf-8", errors="surrogateescape")


def _garbage(kind: str, content: bytes) -> Callable[[Path], object]:
    def put(folder: Path) -> None:
        from concordant.checks.tabulated.kernel.expanding import expand  # noqa: PLC0415  # compiled by then

        made = Path(expand.stats.cache_path)  # type: ignore[attr-defined]  # numba keeps it there
        for file in (each for each in made.parent.rglob("*") if each.is_file()):
            whole, copy = file.read_bytes(), folder / "compiled" / file.relative_to(made.parent)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes((content or whole[: len(whole) // 2]) if file.suffix == kind else whole)

    return put


def conditions() -> Iterator[Condition]:
    """Yield all of them."""
    for command in (("list",), ("explain", "two_phase_commit"), ("--version",)):
        yield Condition(f"a home that cannot be written, {command[0]}", OK, "", command, environment=NOWHERE, quick=command == ("list",))
    yield Condition(
        "a home that cannot be written, reference", UNDECIDED, HOLDS, checks("TINY", "reference"), environment=NOWHERE, quick=True
    )
    yield Condition("a home that cannot be written, tabulated", UNDECIDED, WITHOUT, SMALL, environment=NOWHERE)
    yield Condition("a home that does not exist", OK, "", ("list",), environment={"HOME": ""})
    for kind in (".nbi", ".nbc"):
        yield Condition(
            f"compiled code that is cut short, {kind}",
            UNDECIDED,
            HOLDS,
            SMALL,
            environment={"NUMBA_CACHE_DIR": "compiled"},
            prepare=_garbage(kind, b""),
        )
        yield Condition(
            f"compiled code that is nonsense, {kind}",
            UNDECIDED,
            HOLDS,
            SMALL,
            environment={"NUMBA_CACHE_DIR": "compiled"},
            prepare=_garbage(kind, b"nonsense"),
        )
    yield Condition("no docstrings", MISUSE, "docstrings", ("list",), python=("-OO",), quick=True)
    yield Condition("no docstrings, check", MISUSE, "docstrings", checks("TINY", "reference"), python=("-OO",))
    yield Condition("no assertions", UNDECIDED, HOLDS, checks("TINY", "reference"), python=("-O",))
    yield Condition("warnings as errors", UNDECIDED, HOLDS, checks("TINY", "reference"), python=("-W", "error"))
    yield Condition("numba that compiles nothing", MISUSE, "NUMBA_DISABLE_JIT", SMALL, environment={"NUMBA_DISABLE_JIT": "1"})
    commands: dict[str, tuple[str, ...]] = {"list": ("list",), "check": checks("TINY", "reference")}
    for name, arguments in commands.items():
        said = "the output takes no more: No space left on device"
        yield Condition(f"an output that is full, {name}", MISUSE, said, arguments, output=FULL, quick=True)
        yield Condition(f"an output that is full, and that of errors, {name}", MISUSE, "", arguments, output=FULL, errors=FULL)
    for engine in ("reference", "tabulated"):
        yield Condition(f"values 2,000 deep, {engine}", UNDECIDED, "6 states", checks("DEEPER_AND_DEEPER", engine))
        tables = engine == "tabulated"
        code, said = (MISUSE, "--engine reference") if tables else (UNDECIDED, "")
        yield Condition(
            f"17,000 processes, {engine}", code, said or "budget of 20 s spent", checks("crowd", engine), seconds=20, builds=crowd
        )
        yield Condition(f"4,096 moves of one process, {engine}", code, said or "4,097 states", checks("MANY_MOVES", engine))
        yield Condition(f"rows of 8 words, {engine}", UNDECIDED, "budget of 5 s spent", checks("WIDE", engine), seconds=5)
        yield Condition(
            f"few addresses, {engine}",
            UNDECIDED,
            "memory|cannot reserve|budget of 30 s spent",
            checks("VAST", engine),
            limits={resource.RLIMIT_AS: 3 << 30},
            seconds=30,
        )
        yield Condition(f"few files, {engine}", UNDECIDED, HOLDS, checks("TINY", engine), limits={resource.RLIMIT_NOFILE: 24})
    yield Condition("no first state", MISUSE, "nothing", ("check", "mine.py"), prepare=_writes("mine.py", NO_FIRST))
    for name, (text, said) in IMPORTS.items():
        code = {"crashes": 128 + 11, "interrupts": INTERRUPTED}.get(name, MISUSE)
        yield Condition(
            f"a module: {name}",
            code,
            f"(?s){said}",
            ("check", "mine.py"),
            prepare=_writes("mine.py", text),
            quick=name in ("interrupts", "exits at once with 1"),
        )


NO_FIRST = (
    "from concordant.refimpl.machine import System\nfrom concordant.spec.vocabulary import NoHistory\nEMPTY = System({}, NoHistory(), ())\n"
)
