"""The edges of a search by either explorer, by what states and moves are, not by their numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from typing import Any

from concordant.checks.exploration.budget import Budget, SearchLimit
from concordant.checks.exploration.edges import Edges
from concordant.checks.exploration.explore import Reductions, Task, prepare
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.checks.semantics.symmetry_check import UntrueSymmetry
from concordant.checks.semantics.texts import move_text
from concordant.checks.tabulated.clusters import Tuning
from concordant.checks.tabulated.search import Exploration, started
from concordant.refimpl.machine import Move, System
from concordant.refimpl.machine.search import Search

Told = Counter[tuple[Hashable, str, Hashable]]


def by_reference(system: System[Any], reductions: Reductions, most: int = 100_000) -> Told | None:
    """Return each edge of a complete search by the reference, and how many there are of it; None where it is too large, or not symmetric."""
    try:
        task = prepare(system, (), reductions)
    except UntrueSymmetry:
        return None
    crossed: Edges[Taken] = Edges()
    edges: Edges[Move] = Edges()
    symmetry = task.semantics.symmetry
    representative = None if symmetry is None else symmetry.canonical
    search = Search(task.semantics, task.judge, SearchLimit(Budget(states=most)), representative=representative, edges=crossed).run()
    edges.take(crossed, lambda taken: taken.move)
    assert len(edges) == search.transitions
    return None if search.stopped else _told(task, edges, tuple(search.reached))


def by_tables(system: System[Any], reductions: Reductions, tuning: Tuning | None = None, workers: int = 1) -> Told:
    """Return the same by the tabulated explorer."""
    task = prepare(system, (), reductions)
    search = Exploration(task.judge, started(Budget()), None, tuning or Tuning(), workers, None, traces=True).run()
    edges: Edges[Move] = Edges()
    found = search.transitions_of_all()
    for source, move, target in found:
        edges.add(source, move, target)
    assert len(edges) == search.transitions
    return _told(task, edges, tuple(search.numbers.state(search.space.values(number)) for number in found.states.tolist()))


def _told(task: Task, edges: Edges[Move], states: tuple[State, ...]) -> Told:
    """Return edges by what they are; up to symmetry, by all that they may be called, since one explorer may choose other names."""
    meant = [_called(task, state) for state in states]
    labels = edges.labels.values
    columns = zip(edges.sources, edges.named, edges.targets, strict=True)
    if task.semantics.symmetry is None:
        texts = [move_text(move) for move in labels]
        return Counter((meant[source], texts[name], meant[target]) for source, name, target in columns)
    return Counter((_called(task, states[source], labels[name]), "", meant[target]) for source, name, target in columns)


def _called(task: Task, state: State, move: Move | None = None) -> Hashable:
    """Return a state and a move as values, by all names that they may have."""
    symmetry = task.semantics.symmetry
    images, new = {(state, move)}, [(state, move)]
    while new and symmetry is not None:
        renamer, (image, moved) = symmetry.renamer, new.pop()
        for names in symmetry.transpositions():
            other = renamer.state(image, names), renamer.value(moved, names)
            if other not in images:
                images.add(other)
                new.append(other)
    called = [(_meaning(task.semantics, image), "" if moved is None else move_text(moved)) for image, moved in images]
    return called[0] if len(called) == 1 else frozenset(called)


def _meaning(semantics: Semantics, state: State) -> Hashable:
    """Return a state as values: what is in flight by channel."""
    parts = semantics.parts
    blocks = (parts.environment.flight.blocks[block] for block in state.flight)
    flight = tuple((channel, tuple(parts.environment.flight.messages[message][1] for message in messages)) for channel, messages in blocks)
    locals_ = tuple(parts.steps.locals[process][local] for process, local in enumerate(state.locals))
    return locals_, flight, state.users, parts.observations.histories[state.history], state.spent, state.dials
