"""The same two-phase commit in SPIN."""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
from pathlib import Path

from bench.measure import Measured

MODEL = Path(__file__).with_name("two_phase.pml")
SLOTS = {8: 23, 9: 25}
"""By managers, the two's logarithm of the slots of SPIN's hash table: three to five for each state."""


def is_installed() -> bool:
    """Tell whether there is SPIN and a compiler for what it generates."""
    return bool(shutil.which("spin") and shutil.which("gcc"))


def version() -> str:
    """Return how SPIN calls itself."""
    return subprocess.run(["spin", "-V"], capture_output=True, text=True, check=True).stdout.strip()


def build(managers: int, folder: Path) -> None:
    """Make the verifier. `-o2`: variables that are only written belong to the state as well."""
    subprocess.run(["spin", "-o2", f"-DN={managers}", "-a", MODEL], cwd=folder, check=True)
    subprocess.run(["gcc", "-O2", "-DSAFETY", "-DNOREDUCE", "-o", "pan", "pan.c"], cwd=folder, check=True)


def run(managers: int, folder: Path) -> Measured:
    """Run the verifier on all states."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = ["./pan", "-m1000", f"-w{SLOTS[managers]}", "-n"]
    text = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)

    def number(pattern: str) -> float:
        found = re.search(pattern, text)
        if found is None:
            raise ValueError(f"SPIN did not print {pattern!r}:\n{text}")
        return float(found.group(1))

    if number(r"errors: (\d+)"):
        raise ValueError(f"SPIN found an error:\n{text}")
    memory = int(number(r"([\d.]+)\s+total actual memory usage") * 2**20)
    return Measured(
        states=int(number(r"([\d.e+]+) states, stored")),
        transitions=int(number(r"([\d.e+]+) transitions")) - 1,
        depth=int(number(r"depth reached (\d+)")) + 1,
        seconds=number(r"elapsed time ([\d.]+)"),
        busy=after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        stored=memory,
        grown=memory,
    )
