"""What it costs to send rows from one worker of Ray to another, here on one machine: seconds a batch, by its size.

`python -m bench.cluster`. A search that is divided by the hash of its rows sends most of what it finds, level by level; this tells how
large its batches must be, and what is left of the speed of one worker.
"""

from __future__ import annotations

import time
from importlib import import_module
from typing import Any

import numpy as np

from concordant.checks.cluster.by_ray import LOCAL, ByRay

SIZES = (1 << 10, 1 << 14, 1 << 18, 1 << 20, 1 << 22, 1 << 24)
SECONDS = 1.0


class Owner:
    """Takes rows, and answers how many there were."""

    def take(self, rows: np.ndarray) -> int:
        return len(rows)


class Finder:
    """Sends rows to their owner, one batch after the other."""

    def __init__(self, owner: Any) -> None:
        self.owner = owner

    def seconds_a_batch(self, size: int) -> float:
        ray, rows = import_module("ray"), np.zeros(size // 8, dtype=np.uint64)
        times, began = 0, time.perf_counter()
        while time.perf_counter() - began < SECONDS:
            ray.get(self.owner.take.remote(rows))
            times += 1
        return (time.perf_counter() - began) / times


def main() -> None:
    workers = ByRay(LOCAL, 2)  # sets how Ray is used, before it is loaded
    ray = import_module("ray")
    try:
        owner = ray.remote(num_cpus=1)(Owner).remote()
        finder = ray.remote(num_cpus=1)(Finder).remote(owner)
        for size in SIZES:
            took = ray.get(finder.seconds_a_batch.remote(size))
            print(f"{size >> 10:>7,} KiB  {took * 1000:8.2f} ms  {size / took / 1e6:9,.1f} MB/s")
    finally:
        workers.close()


if __name__ == "__main__":
    main()
