"""How fast the tabulated engine is, beside SPIN where that is installed: `python -m bench.engine [MODEL …]`.

README.md here says how to read the table.
"""

from __future__ import annotations

import json
import os
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
COLUMNS = "{:<26} {:>21} {:>12} {:>8} {:>8} {:>9}"


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
    """Everyone has explored the same graph, all of it; SPIN prints no more than seven digits of a large number of transitions."""
    first = results["with clauses"][0]
    for name, runs in results.items():
        for run in runs:
            exact = name != "SPIN"
            alike = run.transitions == first.transitions if exact else isclose(run.transitions, first.transitions, rel_tol=1e-6)
            if (run.states, run.depth) != (first.states, first.depth) or not alike:
                raise ValueError(f"{name}: {run}, but with clauses: {first}")


def spent(name: str, run: Measured) -> float:
    """Return the seconds of a run: of a processor where one is used, so that others on the machine count less; else elapsed."""
    return run.seconds if "two cores" in name else min(run.seconds, run.busy)


def show(model: Model, results: dict[str, list[Measured]]) -> None:
    """Print the rows of a model."""
    first = results["with clauses"][0]
    part = " before it was stopped" if model.budget.states else ""
    print(f"\n{model.name}: {first.states:,} states{part}, {first.transitions:,} transitions, depth {first.depth};")
    print(f"{first.handler_calls:,} handler calls, {first.judged:,} cases judged; best and median of {model.repetitions}")
    for name, runs in results.items():
        states, moves = runs[0].states, runs[0].transitions
        times = sorted(spent(name, run) for run in runs)
        ratio = f"{min(spent('SPIN', run) for run in results['SPIN']) / times[0]:.2f}" if "SPIN" in results else ""
        print(
            COLUMNS.format(
                f"  {name}",
                f"{states / times[0] / 1e6:.2f} ({states / median(times) / 1e6:.2f}) M/s",
                f"{moves / times[0] / 1e6:.1f} M/s",
                f"{runs[0].stored / states:.1f}",
                f"{min(run.grown for run in runs) / states:.1f}",
                ratio,
            ).rstrip(),
            flush=True,
        )


def main(*names: str) -> None:
    print(f"{platform.machine()}, Python {platform.python_version()}, {spin.version() if spin.is_installed() else 'no SPIN'}")
    if not spin.is_installed():
        print("For the comparison with SPIN, install it and gcc: `apt-get install spin gcc`.")
    print(f"{os.cpu_count()} processors; on average {os.getloadavg()[0]:.1f} others wanted one in the last minute")
    print(COLUMNS.format("", "states", "transitions", "stored", "grown", "to SPIN"))
    with tempfile.TemporaryDirectory() as folder:
        for name in names or MODELS:
            results = repeated(MODELS[name], Path(folder) if spin.is_installed() else None)
            if MODELS[name].budget.states is None:
                check_same(results)
            show(MODELS[name], results)


if __name__ == "__main__":
    main(*sys.argv[1:])
