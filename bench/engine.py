"""How fast the tabulated engine is, beside SPIN where that is installed: `python -m bench.engine [MODEL …]`.

README.md here says how to read the table.
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from math import isclose
from pathlib import Path
from statistics import median

from bench import spin
from bench.measure import Measured
from bench.models import MODELS, Model

RUNS = {"with clauses": ("clauses", "1"), "without": ("search", "1"), "with clauses, two cores": ("clauses", "2")}
BUSY = 1.1
"""An elapsed time so many times the processor time means that the machine had something else to do."""
COLUMNS = "{:<36} {:>21} {:>9} {:>12} {:>7} {:>8}"


def measured(model: Model, what: str, threads: str) -> Measured:
    """Measure in a fresh process."""
    command = [sys.executable, "-m", "bench.measure", model.name, what, threads]
    return Measured(**json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))


def repeated(model: Model, folder: Path | None) -> dict[str, list[Measured]]:
    """Run a model in every way, all ways in turn, again and again."""
    ways: dict[str, Callable[[], Measured]] = {}
    if folder is not None and model.managers is not None:
        managers = model.managers
        spin.build(managers, folder)
        ways["SPIN"] = lambda: spin.run(managers, folder)
    ways |= {name: lambda run=run: measured(model, *run) for name, run in RUNS.items()}  # type: ignore[misc]  # called at once
    results: dict[str, list[Measured]] = {name: [] for name in ways}
    for _ in range(model.repetitions):
        for name, way in ways.items():
            results[name].append(way())
    return results


def check_same(results: dict[str, list[Measured]]) -> None:
    """Everyone has explored the same graph; SPIN prints no more than seven digits of a large number of transitions."""
    first = results["with clauses"][0]
    for name, runs in results.items():
        for run in runs:
            exact = name != "SPIN"
            alike = run.transitions == first.transitions if exact else isclose(run.transitions, first.transitions, rel_tol=1e-6)
            if (run.states, run.depth) != (first.states, first.depth) or not alike:
                raise ValueError(f"{name}: {run}, but with clauses: {first}")


def show(model: Model, results: dict[str, list[Measured]]) -> None:
    """Print the rows of a model."""
    first = results["with clauses"][0]
    part = f", stopped at {model.budget.states:,}" if model.budget.states else ""
    print(
        f"\n{model.name}: {first.states:,} states, {first.transitions:,} transitions, depth {first.depth}; "
        f"{first.handler_calls:,} handler calls, {first.judged:,} cases judged; best of {model.repetitions}{part}"
    )
    for name, runs in results.items():
        best = min(runs, key=lambda run: run.seconds)
        middle = median(run.seconds for run in runs)
        rates = f"{best.states / best.seconds / 1e6:.2f} ({best.states / middle / 1e6:.2f}) M/s"
        ratio = min(run.seconds for run in results["SPIN"]) / best.seconds if "SPIN" in results else None
        print(
            COLUMNS.format(
                f"  {name}",
                rates,
                f"{best.transitions / best.seconds / 1e6:.1f} M/s",
                f"{best.stored / best.states:.1f} bytes",
                f"{min(run.grown for run in runs) / best.states:.0f}",
                "" if ratio is None else f"{ratio:.2f}",
            )
        )
        if name in {"SPIN", "with clauses", "without"} and best.seconds > BUSY * best.busy:
            print(f"      the machine was busy: {best.seconds:.2f} s elapsed for {best.busy:.2f} s of a processor")


def main(*names: str) -> None:
    print(f"{platform.machine()}, Python {platform.python_version()}, {spin.version() if spin.is_installed() else 'no SPIN'}")
    if not spin.is_installed():
        print("For the comparison with SPIN, install it and gcc: `apt-get install spin gcc`.")
    print(COLUMNS.format("", "states, best (median)", "moves", "stored/state", "grown", "to SPIN"))
    with tempfile.TemporaryDirectory() as folder:
        for name in names or MODELS:
            results = repeated(MODELS[name], Path(folder) if spin.is_installed() else None)
            check_same(results)
            show(MODELS[name], results)


if __name__ == "__main__":
    main(*sys.argv[1:])
