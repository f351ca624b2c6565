"""Proving theorems side by side in processes, large ones in parts. Outcomes come back in the order of the theorems."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from typing import Any

from attrs import evolve

from concordant.proofs.kernel.theorems import Outcome, Standing, Theorem, Undecided, theorems


def prove_all(chosen: Sequence[Theorem], jobs: int) -> Iterator[tuple[Theorem, Outcome]]:
    """Prove theorems that the registry knows, several at a time. The seconds of one are those of all processes together."""
    if jobs <= 1:
        yield from ((theorem, theorem.prove()) for theorem in chosen)
        return
    known()  # before the processes are forked, so that each has them
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
        under_way = [(theorem, _submitted(pool, theorem)) for theorem in chosen]
        for theorem, futures in under_way:
            try:
                yield theorem, _outcome(theorem, futures)
            finally:
                for future in futures:
                    future.cancel()


def _submitted(pool: ProcessPoolExecutor, theorem: Theorem) -> list[Future[tuple[Any, float]]]:
    if theorem.split is None:
        return [pool.submit(_whole, theorem.id)]
    return [pool.submit(_part, theorem.id, part) for part in theorem.split.parts()]


def _outcome(theorem: Theorem, futures: Sequence[Future[tuple[Any, float]]]) -> Outcome:
    if theorem.split is None:
        outcome: Outcome = futures[0].result()[0]
        return outcome
    spent: list[float] = []

    def results() -> Iterator[Any]:
        for future in futures:
            result, seconds = future.result()
            spent.append(seconds)
            yield result

    try:
        outcome = theorem.split.judge(results())
    except Undecided as undecided:
        outcome = Outcome(Standing.UNKNOWN, str(undecided))
    return evolve(outcome, seconds=sum(spent))


def _whole(id: str) -> tuple[Outcome, float]:
    outcome = known()[id].prove()
    return outcome, outcome.seconds


def _part(id: str, part: Any) -> tuple[Any, float]:
    split = known()[id].split
    if split is None:
        raise ValueError(f"{id} has no parts")
    began = time.perf_counter()
    return split.run(part), time.perf_counter() - began


@cache
def known() -> dict[str, Theorem]:
    """Return all theorems by id: what travels between processes are ids."""
    return {theorem.id: theorem for theorem in theorems()}
