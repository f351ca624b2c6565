"""Checkpoints that are cut short, edited, of another search, or cannot be written; searches that are killed at any moment and go on."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from attrs import frozen

from concordant.checks.exit_codes import MISUSE, UNDECIDED
from tests.hostile.conditions import Condition, checks, run, saves

SAVES = (sys.executable, str(Path(__file__).with_name("saving.py")))
"""The command, but saving whenever it could."""
TOLD = ("states", "transitions", "depth", "verdicts", "conclusion", "at_rest", "counts")


@frozen
class Killed:
    """A search that is killed at random moments, so many times, and goes on each time: its report must be that of one that was not."""

    name: str
    system: str
    kills: int

    def wrong(self) -> Iterator[str]:
        """Kill it, and compare the reports."""
        with tempfile.TemporaryDirectory() as name:
            folder, chance = Path(name), random.Random(self.name)  # noqa: S311  # no secret
            command = (*SAVES, *saves(self.system, "--report", "json=report.json"))
            first, left = run(command, folder), self.kills
            whole = _report(folder)
            if whole is None or whole["conclusion"] != "as claimed":
                yield f"it is not searched to its end: {first.told[-300:]}"
                return
            while left:
                for _ in range(left):
                    moment = chance.uniform(0.3, first.seconds)
                    ended = run(command, folder, signals=((moment, signal.SIGKILL),))
                    if ended.code != -signal.SIGKILL:
                        break
                    left -= 1
                    if ended.left:
                        yield f"it leaves processes: {ended.left}"
                ended = run(command, folder)
                if _report(folder) != whole:
                    yield f"another report after a kill: {ended.code}, {ended.told[-300:]}"
                    return


def _report(folder: Path) -> Any:
    try:
        text = (folder / "report.json").read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    (folder / "report.json").unlink()
    (answer,) = (each for each in json.loads(text)["answers"] if each["question"].startswith("scope:"))
    return {name: answer[name] for name in TOLD if name in answer}


def _saved(folder: Path, system: str = "VAST") -> Path:
    run((sys.executable, "-m", "concordant", *saves(system, "--budget", "20000 states")), folder)
    return folder / "saved"


def _cut(part: float) -> Callable[[Path], object]:
    def prepare(folder: Path) -> None:
        file = _saved(folder)
        file.write_bytes(file.read_bytes()[: int(file.stat().st_size * part)])

    return prepare


def _edited(name: str) -> Callable[[Path], object]:
    def prepare(folder: Path) -> None:
        file = _saved(folder)
        with np.load(file) as saved:
            arrays = dict(saved)
        arrays[name] = arrays[name] + 1 if arrays[name].size else np.ones((1, *arrays[name].shape[1:]), arrays[name].dtype)
        with file.open("wb") as out:
            np.savez(out, **arrays)

    return prepare


def _of_other_system(folder: Path) -> None:
    _saved(folder, "ENDLESS")


def _folder(folder: Path) -> None:
    (folder / "saved").mkdir()


def _without_right(folder: Path) -> None:
    (folder / "saved").symlink_to("/proc/version")


def _text(folder: Path) -> None:
    (folder / "saved").write_text("no checkpoint\n", encoding="utf-8")


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / "saved")


def _pickle(folder: Path) -> None:
    with (folder / "saved").open("wb") as file:
        np.savez(file, about=np.array([print], dtype=object))


def conditions(kills: int) -> Iterator[Condition | Killed]:
    """Yield all of them."""
    alike = saves("COUNTS_ALIKE")
    yield Condition("a checkpoint of a search up to the names of seven", MISUSE, "or 720 orders of them, cannot be saved", alike)
    for system in ("COUNTS", "JUDGED"):
        yield Killed(f"killed {kills} times, {system}", system, kills)
    arguments = saves("VAST", "--budget", "30000 states")
    for part in (0, 0.1, 0.5, 0.9, 0.999):
        yield Condition(
            f"a checkpoint cut to {part:.1%}", MISUSE, "saved is (no checkpoint|not what was saved)", arguments, prepare=_cut(part)
        )
    for name in ("rows0", "parents0", "counts", "totals", "heads", "numbers", "gaps", "todo", "placing", "seconds"):
        yield Condition(f"a checkpoint with other {name}", MISUSE, "saved is not what was saved", arguments, prepare=_edited(name))
    yield Condition("a checkpoint of another system", MISUSE, "saved was saved with another", arguments, prepare=_of_other_system)
    for called, prepare in (
        ("a folder", _folder),
        ("a text", _text),
        ("an archive of objects", _pickle),
        ("a file of the kernel", _without_right),
        ("a pipe", _pipe),
    ):
        yield Condition(f"a checkpoint that is {called}", MISUSE, r"saved (is no checkpoint|cannot be saved)", arguments, prepare=prepare)
    nowhere = (*checks("VAST", "tabulated", "--scope", "vast"), "--checkpoint", "none/saved")
    yield Condition("a checkpoint in no folder", MISUSE, "none/saved cannot be saved", nowhere)
    small = {resource.RLIMIT_FSIZE: 1 << 16}
    full = saves("VAST", "--budget", "60000 states")
    yield Condition("a checkpoint on a disk that is full", UNDECIDED, "saved could not be saved: .*File too large", full, limits=small)
