"""What must stay possible: from every reachable state one is reachable in which every case of a clause holds (AG EF).

The environment may do its worst on the way to a state, but need not be relied upon on the way out of it: only moves count there
that are the system's own, requests and recoveries among them. Source: van der Aalst, "The Application of Petri Nets to Workflow
Management" (1998): the option to complete of a sound workflow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from concordant.checks.exploration.edges import Edges
from concordant.checks.exploration.judge import Tally
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.exploration.traces import Path, frames
from concordant.checks.liveness.deciding import failing_cases
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.spec.vocabulary import AlwaysPossible, Case, Fault


def decide_possible(
    semantics: Semantics,
    clause: AlwaysPossible[Any],
    numbers: Mapping[State, int],
    edges: Edges[Taken],
    path: Callable[[State], Path],
    is_beyond: Callable[[State], bool],
    judged_under: Callable[[AlwaysPossible[Any], Sequence[int]], Fault],
) -> Verdict:
    """Decide a clause on what must stay possible. `is_beyond`: whether a state lies beyond the bound of the scope; what is possible there is unknown.

    The counterexample is a shortest path to a state from which no state is reachable in which all cases hold.
    """
    states, tally = tuple(numbers), Tally(clause, asks_later=True)
    failing = failing_cases(semantics, tally, states)
    before: dict[int, list[int]] = {}
    for source, taken, target in edges:
        if semantics.moves_by_itself(states[source], taken.move):
            before.setdefault(target, []).append(source)
    good = [number for number, case in enumerate(failing) if case is None]
    able = leading_to(good, before)
    perhaps = leading_to([*good, *(number for number, state in enumerate(states) if is_beyond(state))], before)
    lost = next((number for number in range(len(states)) if number not in perhaps), None)
    under = Fault.NONE if lost is not None else judged_under(clause, range(len(states)))
    return verdict_of(semantics, tally, None if lost is None else (path(states[lost]), failing[lost]), len(able) == len(states), under)


def verdict_of(semantics: Semantics, tally: Tally, lost: tuple[Path, Case | None] | None, all_able: bool, under: Fault) -> Verdict:
    """Return the verdict, given a state from which nothing good is possible, and whether it is known to be possible from all."""
    if tally.cases == 0:
        return Verdict(tally.clause, Status.VACUOUS)
    if lost is not None:
        path, case = lost
        return Verdict(tally.clause, Status.VIOLATED, tally.cases, frames(semantics, path), {} if case is None else case.facts)
    if not all_able:
        return Verdict(tally.clause, Status.INCONCLUSIVE, tally.cases)
    return Verdict(tally.clause, Status.HOLDS, tally.cases, judged_under=under)


def leading_to(states: Iterable[int], before: Mapping[int, list[int]]) -> set[int]:
    """Return the states from which some of these can be reached, themselves included."""
    found = set(states)
    waiting = list(found)
    while waiting:
        for source in before.get(waiting.pop(), ()):
            if source not in found:
                found.add(source)
                waiting.append(source)
    return found
