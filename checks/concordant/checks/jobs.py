"""Running tasks side by side in processes. Results come back in the order of the tasks."""

from __future__ import annotations

import copyreg
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from typing import Any

from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.interruption import asked_to_end, listen, patiently
from concordant.checks.exploration.search import Progress
from concordant.checks.registry import distinct, protocols
from concordant.checks.run import Result, Task
from concordant.refimpl.machine import Pitfall
from concordant.spec.vocabulary import Clause


def run_all(
    tasks: Sequence[Task],
    jobs: int,
    budget: Budget | None = None,
    progress: Callable[[Task, Progress], None] | None = None,
) -> Iterator[Result]:
    """Run tasks, several at a time, and yield their results in order. With one job, progress is reported too.

    Ctrl-C ends the searches that run; what they found so far is yielded, and a KeyboardInterrupt says that tasks are left.
    """
    if jobs <= 1 or len(tasks) <= 1:
        with patiently():
            for task in tasks:
                if asked_to_end():
                    raise KeyboardInterrupt
                yield task.run(budget, None if progress is None else lambda news, task=task: progress(task, news))  # type: ignore[misc]
        return
    by_name()
    context = get_context("fork")
    end = context.Event()
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(end,)) as pool:
        futures = deque(pool.submit(_run, task, budget) for task in tasks)
        try:
            while futures:
                result = futures[0].result()
                futures.popleft()
                yield result
        except KeyboardInterrupt:
            end.set()
            begun = [future for future in futures if not future.cancel()]
            yield from (future.result() for future in begun)
            raise
        finally:
            end.set()
            pool.shutdown(cancel_futures=True)


def _begin(end: Event) -> None:
    listen(end.is_set)
    by_name()


def _run(task: Task, budget: Budget | None) -> Result:
    return task.run(budget)


def by_name() -> None:
    """Let clauses and pitfalls, which hold functions, travel between processes by their ids."""
    kinds: list[type[Any]] = [Pitfall, *_descendants(Clause)]
    for kind in kinds:
        copyreg.pickle(kind, lambda value: (known, (value.id,)))


def _descendants(kind: type[Any]) -> list[type[Any]]:
    children: list[type[Any]] = kind.__subclasses__()
    return [each for child in children for each in (child, *_descendants(child))]


def known(id: str) -> object:
    """Return the clause or pitfall with this id."""
    return _known()[id]


@cache
def _known() -> dict[str, object]:
    found: dict[str, object] = {clause.id: clause for clause in distinct(clause for each in protocols() for clause in each.clauses)}
    for each in protocols():
        promised = (clause for scope in each.scopes for clause in scope.system.promises)
        judged = (*(pitfall.breaks for pitfall in each.pitfalls), *(fails.clause for fails in each.fails))
        found |= {clause.id: clause for clause in (*each.of(Clause), *promised, *judged)}
        found |= {pitfall.id: pitfall for pitfall in each.pitfalls}
    return found
