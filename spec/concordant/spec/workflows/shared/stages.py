"""Graphs of stages: what is wrong with one, and how its stages must end, whoever runs them and in whatever order.

Source: van der Aalst, "The Application of Petri Nets to Workflow Management" (1998), sections 3 and 4. What is said here is
for clauses: by exhausting all possibilities, and never in the way in which an executor finds out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum

from attrs import frozen

from concordant.spec.vocabulary import Map


@frozen
class Stage:
    """A stage and the names of those that it depends on.

    `needs`: the capability that its worker must have. Those after an `optional` stage can do without it, whether it fails
    or is left out; only a stage that is not optional fails others. While an `exclusive` stage runs, no other does.
    """

    name: str
    after: tuple[str, ...] = ()
    needs: str = "any"
    optional: bool = False
    exclusive: bool = False

    @property
    def note(self) -> str:
        """What is special about it, in brackets; nothing if nothing is."""
        marks = [mark for mark, there in (("optional", self.optional), ("exclusive", self.exclusive)) if there]
        needs = [] if self.needs == "any" else [f"needs {self.needs}"]
        return f" ({', '.join((*marks, *needs))})" if marks or needs else ""

    def __str__(self) -> str:
        after = f" after {', '.join(self.after)}" if self.after else ""
        return f"{self.name}{after}{self.note}"


class StageStatus(Enum):
    """How far a stage is. A stage that was stopped from outside has failed; one that can no longer run is skipped."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"

    @property
    def ended(self) -> bool:
        """Whether nothing more will become of it in this attempt."""
        return self not in (StageStatus.WAITING, StageStatus.RUNNING)


Able = tuple[frozenset[str], ...]
"""What each worker can do."""


def graph(stages: tuple[Stage, ...]) -> dict[str, Stage]:
    """Return stages by name."""
    return {stage.name: stage for stage in stages}


# ---- what is wrong


def complaints(stages: tuple[Stage, ...], able: Able) -> Iterator[str]:
    """Yield everything that is wrong with a workflow for these workers, each in the words in which it may be rejected.

    >>> list(complaints((Stage("a", ("b",)), Stage("b", ("a",), needs="drawing")), (frozenset({"any"}),)))[:2]
    ['no worker can do b', 'stages depend on each other in a circle: a → b → a']
    """
    names = [stage.name for stage in stages]
    for stage in stages:
        if stage.name == "":
            yield "a stage has no name"
        if names.count(stage.name) != 1:
            yield f"two stages are named {stage.name}"
        yield from (f"{stage.name} depends on {before}, which is no stage" for before in stage.after if before not in names)
        if all(stage.needs not in worker for worker in able):
            yield f"no worker can do {stage.name}"
    for name in names:
        for circle in circles(graph(stages), (name,)):
            yield f"stages depend on each other in a circle: {' → '.join(circle)}"


def circles(known: Mapping[str, Stage], path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield every way to go on along a path, from a stage to one that it depends on, until it closes; never through a stage twice."""
    for before in known[path[-1]].after:
        if before == path[0]:
            yield (*path, before)
        elif before in known and before not in path:
            yield from circles(known, (*path, before))


# ---- how it must end


def served(stage: Stage, known: Mapping[str, Stage], ended: Map[str, StageStatus]) -> bool:
    """Tell whether each that a stage depends on has succeeded, or is optional and has failed."""
    enough = (StageStatus.DONE,), (StageStatus.DONE, StageStatus.FAILED)
    return all(before in known and ended.get(before) in enough[known[before].optional] for before in stage.after)


def endings(stages: tuple[Stage, ...], failing: frozenset[str]) -> Map[str, StageStatus]:
    """Return how each stage of a workflow must end, when those in `failing` fail if they run; those in a circle do not end.

    It does not mention any order: this is why the order cannot matter.
    """
    known = graph(stages)
    found: Map[str, StageStatus] = Map()
    for _ in stages:  # none is later than all others
        for name, stage in known.items():
            if all(before in found for before in stage.after):
                runs = served(stage, known, found)
                found = found.put(name, (StageStatus.FAILED if name in failing else StageStatus.DONE) if runs else StageStatus.SKIPPED)
    return found
