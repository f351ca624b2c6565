"""Other ways to run a scope than to explore it once from beginning to end: profiled, saved to a file, walked at random."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from attrs import evolve, frozen

from concordant.checks.engines import Engine
from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.report import Report
from concordant.checks.exploration.scope import Scope
from concordant.checks.exploration.search import Progress
from concordant.checks.run import Task
from concordant.checks.tabulated.checkpoint import Checkpoint
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.checks.tabulated.walking import walk


@frozen
class Searched:
    """By the tabulated engine: `profile` counts where the states come from, `checkpoint` is where the search is saved."""

    profile: bool = False
    checkpoint: Path | None = None

    def __call__(self, scope: Scope, budget: Budget | None, workers: int, progress: Callable[[Progress], None] | None) -> Report:
        """Explore a scope."""
        saved = None if self.checkpoint is None else Checkpoint(self.checkpoint, scope.name)
        return explore_tabulated(
            scope.system,
            budget=budget,
            reductions=scope.reductions,
            progress=progress,
            workers=workers,
            checkpoint=saved,
            profile=self.profile,
        )


@frozen
class Walked:
    """By random walks over the tables of the tabulated engine."""

    walks: int
    moves: int
    seed: int

    def __call__(self, scope: Scope, budget: Budget | None, _workers: int, progress: Callable[[Progress], None] | None) -> Report:
        """Walk through a scope, on one thread."""
        return walk(
            scope.system,
            walks=self.walks,
            moves=self.moves,
            seed=self.seed,
            budget=budget,
            reductions=scope.reductions,
            progress=progress,
        )


def searched(tasks: Iterable[Task], *, profile: bool, checkpoint: Path | None) -> list[Task]:
    """Return tasks with their scopes profiled or saved; a ValueError where that cannot be."""
    tasks = list(tasks)
    if not profile and checkpoint is None:
        return tasks
    scopes = [task for task in tasks if task.kind == "scope"]
    option = "--profile" if checkpoint is None else "--checkpoint"
    if any(task.engine is Engine.REFERENCE for task in scopes):
        raise ValueError(f"{option} is about the tables of the tabulated engine; leave --engine reference out")
    if checkpoint is not None and (len(tasks) != 1 or not scopes):
        chosen = f"{len(tasks)} tasks are chosen" if len(tasks) != 1 else f"{tasks[0].name} is a {tasks[0].kind}"
        raise ValueError(f"--checkpoint saves one scope, and {chosen}; name a protocol and its scope with --scope")
    if not scopes:
        raise ValueError("--profile is about scopes, and none is chosen; a family has too many systems to profile")
    return [evolve(task, how=Searched(profile, checkpoint)) if task.kind == "scope" else task for task in tasks]


def walked(tasks: Iterable[Task], walks: int, moves: int, seed: int) -> list[Task]:
    """Return those of the tasks that are scopes, to be walked; a ValueError where there are none."""
    scopes = [evolve(task, how=Walked(walks, moves, seed)) for task in tasks if task.kind == "scope"]
    if not scopes:
        raise ValueError("only scopes can be walked, and none is chosen; families and grids are for concordant check")
    return scopes
