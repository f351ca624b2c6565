"""Exploring a system: every reachable state, every clause, shortest traces."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol, get_args, get_origin

from attrs import evolve, frozen

from concordant.checks.exploration import growth
from concordant.checks.exploration.budget import Budget, BudgetSpent, Meter, Progress, SearchLimit, in_time, with_remark
from concordant.checks.exploration.edges import Edges
from concordant.checks.exploration.judge import Judge, OfAll, Tally, decided, require_ids_of_their_own
from concordant.checks.exploration.report import Report, Status, Verdict
from concordant.checks.exploration.traces import Path, as_run, frames
from concordant.checks.exploration.under import Occasions
from concordant.checks.misuse import Misuse
from concordant.checks.semantics.again import check_again
from concordant.checks.semantics.parts import Parts
from concordant.checks.semantics.promises import faults_of, promised
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.checks.semantics.symmetry_check import check_symmetry
from concordant.checks.semantics.watching import watching
from concordant.refimpl.machine import AnyProcess, Ask, Fire, Forge, Model, Move, Process, Receive, System, layers_of
from concordant.refimpl.machine.search import INTERRUPTED, Search
from concordant.spec.vocabulary import (
    AlwaysPossible,
    AtRest,
    Below,
    Clause,
    CompletionBelow,
    DeadlineBelow,
    Deliver,
    Fault,
    InternalBelow,
    Malformed,
    OnEvent,
    Sometimes,
    Transmit,
)


@frozen
class Reductions:
    """What to leave out. The counts of a reduced run are its own, and its report names the reductions.

    `symmetry`: one state for all that differ by renaming interchangeable processes. `leave_ignored`: messages that their
    receiver ignores stay in flight; for clauses of safety that do not ask what is at rest. That such a message is received is
    judged as a step all the same.
    """

    symmetry: bool = False
    leave_ignored: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The reductions in force."""
        return tuple(name for name in ("symmetry", "leave_ignored") if getattr(self, name))


def explore(
    system: System[Any] | Model,
    clauses: tuple[Clause, ...] | None = None,
    *,
    budget: Budget | None = None,
    reductions: Reductions | None = None,
    until: Clause | tuple[Clause, ...] = (),
    progress: Callable[[Progress], None] | None = None,
    edges: Edges[Move] | None = None,
) -> Report:
    """Explore a system, or a model, breadth first and judge its promises, or the clauses given.

    A clause that the system's environment may break by a fault it does not survive is `not promised`. With `until`, the
    search ends at the first telling case of that clause, or of any of those. `edges` takes every transition. Raises ValueError for a reduction that would be unsound, and
    BrokenProcess, BrokenClause or BrokenHistory where a function of the protocol breaks the rules; BudgetSpent where the budget is spent before the first state is made.
    """
    if isinstance(system, Model):
        return _explore_model(system, clauses, budget, reductions, until, progress, edges)
    with watching(None if budget is None else budget.seconds):
        limits = SearchLimit(budget or Budget(), progress)
        with in_time(limits.meter):
            task = prepare(system, clauses, reductions or Reductions(), until)
        return search_through(task, limits, edges)


def _explore_model(
    model: Model,
    clauses: tuple[Clause, ...] | None,
    budget: Budget | None,
    reductions: Reductions | None,
    until: Clause | tuple[Clause, ...],
    progress: Callable[[Progress], None] | None,
    edges: Edges[Move] | None,
) -> Report:
    from concordant.checks.models.explore import explore_model  # noqa: PLC0415  # which stands on the judging of this package

    if edges is not None or (reductions is not None and reductions.names):
        raise Misuse("a model is explored as it is, without reductions, and its moves are not taken as edges; leave both out")
    return explore_model(model, clauses, budget=budget, until=until, progress=progress)


def search_through(task: Task, limits: SearchLimit, edges: Edges[Move] | None) -> Report:
    """Make the exploration that was prepared, within these limits."""
    symmetry = task.semantics.symmetry
    crossed: Edges[Taken] | None = Edges() if task.sees_all or edges is not None else None
    representative = None if symmetry is None else symmetry.canonical
    search = Search(task.semantics, task.judge, limits, representative=representative, edges=crossed)
    with in_time(limits.meter):
        search.run()
    report = task.report(search, engine="reference", seconds=limits.seconds, meter=limits.meter)
    if search.stopped is not None:
        report = evolve(report, grew=growth.told(task.semantics, tuple(search.reached)))
    if crossed is None:
        return report
    if edges is not None:
        edges.take(crossed, lambda taken: taken.move)
    if not report.complete:
        return report
    occasions: Occasions

    def decide(clause: OfAll) -> Verdict:
        from concordant.checks.liveness import deciding, possible  # noqa: PLC0415  # loaded where liveness is decided

        graph = search.reached, crossed, search.path
        if isinstance(clause, AlwaysPossible):
            return possible.decide_possible(task.semantics, clause, *graph, task.is_at_an_end, occasions.in_states)
        return deciding.decide(task.semantics, clause, *graph, occasions.in_states)

    try:
        with in_time(limits.meter):
            occasions = Occasions.in_search(task.judge, search.reached, crossed)
            return task.judged_on_the_whole(report, search, occasions.of_all(), decide)
    except BudgetSpent as spent:
        return task.undecided_on_the_whole(report, search, str(spent))


class EndedSearch(Protocol):
    """A search that has ended, of whatever, by whichever engine."""

    @property
    def states(self) -> int:
        """How many distinct states were reached."""
        ...

    @property
    def transitions(self) -> int:
        """How many moves were made."""
        ...

    @property
    def depth(self) -> int:
        """How many levels of the search found states."""
        ...

    @property
    def beyond(self) -> int:
        """How many states lie beyond the bound of the scope."""
        ...

    stopped: str | None
    """Why it ended early, if it did."""


class Searched(EndedSearch, Protocol):
    """One of a system. What was judged on the way is in the judge of its task."""

    def path(self, state: State, /) -> Path:
        """Return an initial state and a shortest path from it to this one."""
        ...


@frozen(eq=False)
class Task:
    """An exploration to be made: the meaning of the system, what is wanted and what of it is judged, and the reductions."""

    semantics: Semantics
    wanted: tuple[Clause, ...]
    judge: Judge
    of_all: tuple[OfAll, ...]
    reductions: Reductions

    @property
    def sees_all(self) -> bool:
        """Whether something is to be decided on the whole graph of states and moves, such as liveness, or under which faults clauses are judged."""
        claims = any(not isinstance(clause, Sometimes) for clause in self.judge.clauses) and not self.judge.until
        return bool(self.of_all) or (claims and bool(faults_of(self.semantics.system)))

    def is_at_an_end(self, state: State) -> bool:
        """Tell whether it is unknown what would come after a state: beyond the bound of the scope, or at the end of its time."""
        return self.judge.is_beyond(state) or (self.semantics.time is not None and self.semantics.time.ends(state.dials))

    def judged_on_the_whole(
        self, report: Report, search: Searched, under: Mapping[str, Fault], decide: Callable[[OfAll], Verdict]
    ) -> Report:
        """Return the report of a complete search with what only the whole graph shows: under which faults clauses were judged, liveness, and what stays possible.

        Up to symmetry, or with ignored messages left in flight, a path of the search need not be one of the system, so that nothing is
        decided. A state on the bound of the scope was not left, and time may end there, so that what would go on there for ever is unknown, and what is possible there.
        """
        found = {id: evolve(report.verdict(id), judged_under=faults) for id, faults in under.items()}
        for clause in self.of_all if not self.reductions.names else ():
            unknown = (search.beyond or self.semantics.horizon) and not isinstance(clause, AlwaysPossible)
            found[clause.id] = Verdict(clause, Status.INCONCLUSIVE) if unknown else decide(clause)
        return evolve(report, verdicts=tuple(found.get(each.clause.id, each) for each in report.verdicts))

    def undecided_on_the_whole(self, report: Report, search: Searched, stopped: str | None) -> Report:
        """Return the report of a complete search for which the rest of the budget does not do. `stopped`: which part of it was spent."""
        unknown = self.judged_on_the_whole(report, search, {}, lambda clause: Verdict(clause, Status.INCONCLUSIVE))
        return (
            unknown
            if stopped is None
            else evolve(unknown, stopped=with_remark(stopped, ", when all states were found and not all clauses decided"))
        )

    def _ask_again(self, search: Searched, meter: Meter | None) -> None:
        """Ask everything again; a complete search for which a budget leaves no time to do so is undecided."""
        complete = search.stopped is None
        left = (meter or Budget().start()) if complete else Budget.for_a_little()
        try:
            with in_time(left):
                check_again(self.semantics.parts, bool if complete else left.over)
        except BudgetSpent as spent:
            if complete:
                search.stopped = with_remark(str(spent), ", when all states were found and not all was asked again")

    def report(self, search: Searched, *, engine: str, seconds: float = 0, meter: Meter | None = None) -> Report:
        """Report what a search has found, in what time the meter leaves. `seconds`: how long it took, where that is of interest."""
        judge, semantics = self.judge, self.semantics
        if search.stopped != INTERRUPTED:
            self._ask_again(search, meter)
        if semantics.symmetry is not None:
            check_symmetry(semantics.symmetry, tuple(clause.event for clause in judge.clauses if isinstance(clause, OnEvent)))
        verdicts = {tally.clause.id: _verdict(tally, search, self) for tally in judge.tallies.values()}
        verdicts |= {clause.id: Verdict(clause, Status.NOT_DECIDED) for clause in self.of_all}
        return Report(
            states=search.states,
            transitions=search.transitions,
            depth=search.depth,
            at_rest=judge.at_rest,
            beyond=search.beyond,
            verdicts=tuple(verdicts.get(clause.id) or Verdict(clause, Status.NOT_PROMISED) for clause in self.wanted),
            allowed=faults_of(semantics.system),
            occurred=judge.occurred | _malformed(semantics),
            dropped=judge.dropped,
            never=never_enabled(semantics),
            handler_calls=semantics.parts.steps.handler_calls,
            seconds=seconds,
            stopped="found" if judge.satisfied else search.stopped,
            reductions=self.reductions.names,
            engine=engine,
            horizon=semantics.horizon,
            looked_at=semantics.parts.observations.looked_at(),
        )


def prepare(
    system: System[Any], clauses: tuple[Clause, ...] | None, reductions: Reductions, until: Clause | tuple[Clause, ...] = ()
) -> Task:
    """Prepare the exploration of a system for any engine; a reduction that would be unsound is a ValueError."""
    wanted = system.promises if clauses is None else clauses
    require_ids_of_their_own(wanted)
    _one_class_of_a_name(system)
    safety, of_all = decided(promised(wanted, system))
    semantics = Semantics(system, leave_ignored=reductions.leave_ignored, symmetric=reductions.symmetry, asks_later=True)
    if reductions.leave_ignored:
        for clause in safety:
            if isinstance(clause, AtRest):
                raise Misuse(
                    f"leave_ignored with {clause.id}: what is ignored would never come to rest; leave the reduction or the clause out"
                )
    awaited = until if isinstance(until, tuple) else (until,)
    for each in awaited:
        if each not in (*safety, *of_all):
            raise Misuse(
                f"until={each.id}, which is not judged here: it is not among the clauses, or not promised; leave until out, or add it"
            )
    return Task(semantics, wanted, Judge(semantics, safety, tuple(clause for clause in awaited if clause in safety)), of_all, reductions)


def _one_class_of_a_name(system: System[Any]) -> None:
    """Refuse a script whose request is of another class than that of its name which the process takes: it would never be taken."""
    for user in system.users:
        for at in user.at:
            taken = {kind.__name__: kind for kind in alphabet(system.processes[at]).get("is asked", ())}
            for kind in dict.fromkeys(type(request) for place in user.script for request in place):
                other = taken.get(kind.__name__, kind)
                if other is not kind:
                    raise Misuse(
                        f"user {user.name} asks a {kind.__module__}.{kind.__name__}, and {at} takes a {other.__module__}.{other.__name__}: "
                        "two classes of one name are two; define it in one module, and import it in the other"
                    )


def _verdict(tally: Tally, search: Searched, task: Task) -> Verdict:
    clause, sometimes, semantics = tally.clause, isinstance(tally.clause, Sometimes), task.semantics
    if tally.telling is not None:
        start, steps = (semantics.initial()[0], ()) if tally.state is None else search.path(tally.state)
        path = start, steps if tally.edge is None else (*steps, tally.edge)
        if semantics.symmetry is not None and tally.state is not None:
            path = as_run(semantics, semantics.symmetry, path, tally.names, edge=tally.edge is not None)
        status = Status.HOLDS if sometimes else Status.VIOLATED
        return Verdict(clause, status, tally.cases, frames(semantics, path), tally.telling.facts)
    if search.stopped is not None or task.judge.satisfied:
        return Verdict(clause, Status.INCONCLUSIVE, tally.cases)
    if sometimes:
        return Verdict(clause, Status.VIOLATED, tally.cases)
    return Verdict(clause, Status.HOLDS if tally.cases else Status.VACUOUS, tally.cases)


def _malformed(semantics: Semantics) -> Fault:
    return (
        Fault.MALFORMED
        if any(isinstance(move, Ask) and isinstance(move.request, Malformed) for _, move in semantics.parts.steps.taken())
        else Fault.NONE
    )


def never_enabled(semantics: Semantics) -> tuple[tuple[str, str], ...]:
    """List the inputs of each role's alphabet that never came about with an effect: role, and what."""
    parts = semantics.parts
    came: set[tuple[str, str, type]] = set()
    for process, move in parts.steps.taken():
        role = parts.addresses[process].role
        match move:
            case Receive(message=item) | Forge(message=item):
                came.add((role, "receives", type(item)))
            case Ask(request=item):
                came.add((role, "is asked", type(item)))
            case Fire(trigger=item):
                came.add((role, "fires", type(_bare(item))))
            case _:
                pass
    came.update(_between_layers(parts))
    expected = {
        (address.role, how, kind): None
        for address, process in parts.system.processes.items()
        for how, kinds in alphabet(process).items()
        for kind in kinds
    }
    return tuple((role, f"{how} {kind.__name__}") for role, how, kind in expected if (role, how, kind) not in came)


def alphabet(process: AnyProcess) -> dict[str, tuple[type, ...]]:
    """Return the classes that the header of a process names: messages, requests, triggers; of a stack those of all its layers."""
    layers = [inputs(type(layer)) for layer in layers_of(process)]
    return {how: tuple(dict.fromkeys(kind for layer in layers for kind in layer.get(how, ()))) for how in layers[0]}


def _between_layers(parts: Parts) -> Iterator[tuple[str, str, type]]:
    """Yield what one layer of a stack was asked, or received, by another."""
    for (process, _, _), row in parts.steps.rows():
        for happening in row.happenings if row is not None else ():
            if isinstance(happening.what, Below):
                match _bare(happening.what):
                    case Transmit():
                        yield parts.addresses[process].role, "is asked", Transmit
                    case Deliver(message=message):
                        yield parts.addresses[process].role, "receives", type(message)


def _bare(marked: object) -> object:
    """Return what happens in whichever layer below."""
    while isinstance(marked, Below | DeadlineBelow | CompletionBelow | InternalBelow):
        marked = marked.what if isinstance(marked, Below) else marked.trigger
    return marked


def inputs(kind: type) -> dict[str, tuple[type, ...]]:
    """Return the same of a class of processes."""
    for base in kind.__mro__:
        for origin in getattr(base, "__orig_bases__", ()):
            if get_origin(origin) is Process:
                named = (*get_args(origin)[1:], None, None, None)
                return {how: _classes(each) for how, each in zip(("receives", "is asked", "fires"), named, strict=False)}
    return {}


def _classes(kind: object) -> tuple[type, ...]:
    kinds = (kind,) if isinstance(kind, type) else get_args(kind)
    return tuple(part for part in kinds if isinstance(part, type) and part is not type(None))
