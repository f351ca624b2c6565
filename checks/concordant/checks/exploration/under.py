"""Under which faults clauses were judged: where a path with the fault leads, not just in a system that allows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, assert_never

from attrs import define, field

from concordant.checks.exploration.edges import Edges
from concordant.checks.exploration.faults import PathFaults
from concordant.checks.exploration.judge import Decided, Judge, OfAll
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.semantics.semantics import DEPENDING, OWED_TO_NOBODY, Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.refimpl.machine import Move
from concordant.spec.vocabulary import Always, AlwaysEach, AtRest, Cases, Clause, EveryStep, Fault, OnEvent, Sometimes


def unjudged(verdicts: Iterable[Verdict]) -> tuple[tuple[Clause, Fault], ...]:
    """List what is claimed and was never judged, given the verdicts of all scopes of a protocol: a clause, and faults in its `under`.

    A clause that is promised in no scope is not listed, nor is a `sometimes`, which claims nothing.
    """
    clauses: dict[str, Clause] = {}
    claimed: dict[str, Fault] = {}  # over a link, a clause claims more than alone
    judged: dict[str, Fault] = {}
    for verdict in verdicts:
        if verdict.status not in (Status.NOT_PROMISED, Status.NOT_DECIDED) and not isinstance(verdict.clause, Sometimes):
            id = verdict.clause.id
            clauses[id] = verdict.clause
            claimed[id] = claimed.get(id, Fault.NONE) | verdict.clause.under
            judged[id] = judged.get(id, Fault.NONE) | verdict.judged_under
    return tuple((clause, claimed[id] & ~judged[id]) for id, clause in clauses.items() if claimed[id] & ~judged[id])


@define(eq=False, repr=False)
class Occasions:
    """The faults that had happened where the clauses of a complete search had cases.

    Clauses are asked again, once for each distinct reading, and only until all is found.
    """

    judge: Judge
    paths: PathFaults
    _resting: tuple[int, ...] | None = field(default=None, init=False)

    @classmethod
    def in_search(cls, judge: Judge, states: Iterable[State], edges: Edges[Taken]) -> Occasions:
        """Return those of a search."""
        return cls(judge, PathFaults(judge.semantics, tuple(states), edges))

    def of_all(self) -> dict[str, Fault]:
        """Return, by clause of safety, the faults under which some case of it was evaluated."""
        return {clause.id: self.of(clause) for clause in self.judge.clauses}

    def of(self, clause: Decided) -> Fault:
        """Return the faults under which some case of a clause was evaluated; of a `sometimes`, which claims none, nothing."""
        paths = self.paths
        match clause:
            case Always():
                return self._find(range(len(paths.states)), paths.to.__getitem__, self._in_state(clause))
            case AtRest():
                return self._find(self._at_rest(), paths.to.__getitem__, self._in_state(clause))
            case AlwaysEach():
                return self._find(range(len(paths.states)), paths.to.__getitem__, self._in_view(clause))
            case EveryStep():
                return self._find(range(len(paths.edges)), paths.during, self._in_step(clause))
            case OnEvent():
                return self._find(range(len(paths.edges)), paths.during, self._in_event(clause))
            case Sometimes():
                return Fault.NONE
            case _:
                assert_never(clause)

    def in_states(self, clause: OfAll, states: Sequence[int]) -> Fault:
        """Return the faults under which a clause has some case in these states."""
        return self._find(states, self.paths.to.__getitem__, self._in_state(clause))

    def _find(self, places: Sequence[int], faults: Callable[[int], int], has_case: Callable[[int], bool]) -> Fault:
        """Look at states or edges, the last first, since most had happened there, while a fault is missing."""
        wanted = missing = self.paths.all
        for place in reversed(places):
            if not missing:
                break
            if faults(place) & missing and has_case(place):
                missing &= ~faults(place)
        return Fault(wanted & ~missing)

    def _in_state(self, clause: Always[Any] | AtRest[Any] | OfAll) -> Callable[[int], bool]:
        everywhere = self.judge.semantics.everywhere(lambda seen: has_cases(clause.cases(seen)))
        return lambda state: everywhere.somewhere(self.paths.states[state])

    def _in_view(self, clause: AlwaysEach[Any, Any]) -> Callable[[int], bool]:
        parts = self.judge.semantics.parts
        processes = parts.observations.seeing(clause.view)

        @cache
        def asked(process: int, view: int, history: int) -> bool:
            return each_has_case(self.judge.semantics, clause, process, view, history)

        def has_case(number: int) -> bool:
            state = self.paths.states[number]
            return any(asked(process, parts.observations.view(process, state.locals[process]), state.history) for process in processes)

        return has_case

    def _in_step(self, clause: EveryStep[Any]) -> Callable[[int], bool]:
        parts, edges = self.judge.semantics.parts, self.paths.edges
        processes = parts.observations.seeing(clause.view)

        @cache
        def asked(name: int, before: int) -> bool:
            return step_has_case(self.judge.semantics, clause, edges.labels[name].process, before, edges.labels[name].move)

        def has_case(edge: int) -> bool:
            name = edges.named[edge]
            process = edges.labels[name].process
            return process in processes and asked(name, self.paths.states[edges.sources[edge]].locals[process])

        return has_case

    def _in_event(self, clause: OnEvent[Any, Any]) -> Callable[[int], bool]:
        edges = self.paths.edges

        @cache
        def asked(happened: int, before: int) -> bool:
            return event_has_case(self.judge.semantics, clause, before, happened)

        return lambda edge: asked(edges.labels[edges.named[edge]].happened, self.paths.states[edges.sources[edge]].history)

    def _at_rest(self) -> tuple[int, ...]:
        """List the states at rest: within the bound of the scope, and left by no move of their own."""
        if self._resting is None:
            edges = self.paths.edges
            own = [not isinstance(taken.move, (*OWED_TO_NOBODY, *DEPENDING)) for taken in edges.labels.values]
            columns = zip(edges.sources, edges.named, edges.targets, strict=True)
            moving = {source for source, name, target in columns if own[name] and source != target}
            self._resting = tuple(
                number
                for number, state in enumerate(self.paths.states)
                if number not in moving
                and all(bound.agreed(state) for bound in self.judge.bounds)
                and self.judge.semantics.is_at_rest(state)
            )
        return self._resting


# ---- in images too: up to symmetry the whole run would have come to them, under the same faults


def each_has_case(semantics: Semantics, clause: AlwaysEach[Any, Any], process: int, view: int, history: int) -> bool:
    """Tell whether a clause has a case of a process, given its view and the history by number, or of an image of that."""
    parts, images = semantics.parts, semantics.images
    return any(
        has_cases(clause.cases(parts.observations.views[shown], parts.addresses[who], parts.observations.told(past)))
        for who, shown, past in images.orbit((process, view, history), images.one)
    )


def step_has_case(semantics: Semantics, clause: EveryStep[Any], process: int, before: int, move: Move) -> bool:
    """Tell whether a clause has a case of a move of a process, given its local state before by number, or of an image of that."""
    parts, images = semantics.parts, semantics.images
    old, new = (parts.observations.view(process, local) for local in (before, parts.steps.local_after(process, before, move)))
    views: Any = parts.observations.views
    return any(has_cases(clause.cases(views[was], views[now])) for _, was, now in images.orbit((process, old, new), images.step))


def event_has_case(semantics: Semantics, clause: OnEvent[Any, Any], history: int, happened: int) -> bool:
    """Tell whether a clause has a case of what happens after a history, both by number, or of an image of that."""
    parts, images = semantics.parts, semantics.images
    return any(
        has_cases(clause.cases(*seen))
        for past, what in images.orbit((history, happened), images.occasion)
        for seen in parts.observations.heard(parts.observations.histories[past], parts.steps.happened[what], (clause.event,))
    )


def has_cases(cases: Cases) -> bool:
    """Tell whether there is any case."""
    return any(True for _ in cases)
