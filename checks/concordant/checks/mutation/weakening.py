"""Weakened clauses: each must let a pitfall through that it refuted before."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from attrs import define, field, frozen

from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import Reductions, explore, prepare
from concordant.checks.exploration.families import Family
from concordant.checks.exploration.report import Status
from concordant.checks.exploration.scope import Scope, Size
from concordant.checks.mechanisms.judging import Enumeration
from concordant.checks.mechanisms.refute import LARGEST
from concordant.checks.mechanisms.scope import Grid
from concordant.checks.models.scope import ModelScope
from concordant.checks.mutation.changing import changed
from concordant.checks.mutation.functions import OURS, Function, reached
from concordant.checks.mutation.judging import systems
from concordant.checks.mutation.mutants import Mutant, made
from concordant.checks.mutation.operators import clauses
from concordant.checks.mutation.operators.clauses import PROBES
from concordant.checks.mutation.probes import PROBE
from concordant.checks.mutation.readings import Reading, broken, keeping
from concordant.checks.mutation.records import By, Record
from concordant.checks.refuting.known_violations import replay_known_violation
from concordant.checks.refuting.pitfalls import may_leave_ignored, refute
from concordant.checks.registry import SPEC, Protocol
from concordant.checks.semantics.states import State, Taken
from concordant.refimpl.machine import Mechanism, Pitfall, System
from concordant.refimpl.machine.search import Search, Visitor
from concordant.spec.vocabulary import REFUTING, AlwaysPossible, AtRest, Clause, Eventually, InfinitelyOften, Recorded, Sometimes
from concordant.spec.vocabulary.stems import stem_of

SPECIFICATIONS = "concordant.spec."
WORDS = ("concordant.spec.vocabulary", "concordant.spec.common")


@frozen(eq=False)
class Written:
    """The functions of which the clauses of a stem or family consist, in the order of their source. `by`: a protocol that promises them."""

    stem: str
    functions: tuple[Function, ...]
    by: Protocol


def written(protocols: Sequence[Protocol]) -> tuple[Written, ...]:
    """List the clauses of all stems and families, by the module in which they are written."""
    found: dict[str, dict[Any, Function]] = {}
    by: dict[str, Protocol] = {}
    belongs = specified(protocols)
    for protocol in protocols:
        for each in reached(judged(protocol), belongs):
            stem = stem_of(each.function.__module__)
            found.setdefault(stem, {})[each.function] = each
            by.setdefault(stem, protocol)
    return tuple(
        Written(stem, tuple(sorted(each.values(), key=lambda one: one.node.lineno)), by[stem]) for stem, each in sorted(found.items())
    )


def judged(protocol: Protocol) -> Iterator[Clause]:
    """Yield the clauses whose weakening must be noticed: all that are decided, but for what must be reached."""
    promised = (clause for scope in protocol.scopes for clause in scope.system.promises)
    unique = {clause.id: clause for clause in (*protocol.clauses, *promised)}
    yield from (clause for clause in unique.values() if not isinstance(clause, Sometimes | Eventually | InfinitelyOften))


def specified(protocols: Iterable[Protocol]) -> Callable[[str], bool]:
    """Return how to tell whether clauses are written in a module: of ours in a specification, of a user's in any module of a protocol."""
    theirs = {module.__name__ for protocol in protocols for module in protocol.load(SPEC) if not module.__name__.startswith(OURS)}

    def belongs(module: str) -> bool:
        return module in theirs or (module.startswith(SPECIFICATIONS) and not module.startswith(WORDS))

    return belongs


def weakened(stem: str, functions: Iterable[Function]) -> Iterator[Mutant]:
    """Yield the weakened clauses of a stem or a family."""
    return made(stem, functions, clauses.OPERATORS)


# ---- what refutes


@frozen(eq=False)
class Requirement:
    """A pitfall, and what a weaker clause must still say to refute it.

    `reaches`: the functions of which its clause consists. `shown`: the reading that shows the mistake, where it was kept.
    `states`: how many states, or combinations of draws, there are as far as that.
    """

    pitfall: Pitfall
    reaches: frozenset[Any]
    shown: tuple[Reading, ...]
    states: int

    @property
    def stands(self) -> bool:
        """Whether the clause, as it now is, refutes the pitfall as before: by a shortest counterexample of the same length."""
        # A weaker clause fails nowhere that the original does not. So if it fails where the original failed first, no shorter
        # counterexample is there; if it does not, another of the same length may be.
        if any(each.fails for each in self.shown):
            return True
        return refute(self.pitfall, budget=Budget(states=self.states + 1)).problem is None


def refutations(protocols: Sequence[Protocol], functions: Iterable[Function]) -> tuple[Requirement, ...]:
    """List the pitfalls whose clauses consist of some of these functions, the cheapest first."""
    wanted = {each.function for each in functions}
    belongs = specified(protocols)
    found = []
    for protocol in protocols:
        for pitfall in protocol.pitfalls:
            reaches = frozenset(each.function for each in reached([pitfall.breaks], belongs))
            if reaches & wanted:
                found.append(Requirement(pitfall, reaches, *_shown(pitfall)))
    return tuple(sorted(found, key=lambda each: each.states))


def _shown(pitfall: Pitfall) -> tuple[tuple[Reading, ...], int]:
    if isinstance(pitfall.subject, Mechanism):
        return _shown_of_rule(pitfall.subject, pitfall.breaks)
    if pitfall.schedule:
        return (), 0
    kept: list[Reading] = []
    clause = keeping(pitfall.breaks, kept, failing=True)
    if isinstance(clause, AlwaysPossible):  # what fails somewhere need not be violated
        return (), explore(pitfall.system, (clause,)).states
    reductions = Reductions(leave_ignored=may_leave_ignored(pitfall.system) and not isinstance(clause, AtRest))
    explore(pitfall.system, (clause,), reductions=reductions, until=clause)
    return tuple(kept[:1]), _states(pitfall.system, reductions, pitfall.length + isinstance(clause, AtRest))


@define(eq=False)
class Levels(Visitor[State, Taken]):
    """Has seen enough once so many levels are searched."""

    levels: int
    search: Search[State, Taken] | None = field(default=None, init=False)

    @property
    def satisfied(self) -> bool:
        """Whether the last level is over."""
        return self.search is not None and self.search.depth > self.levels


def _states(system: System[Any], reductions: Reductions, levels: int) -> int:
    visitor = Levels(levels)
    visitor.search = Search(prepare(system, (), reductions).semantics, visitor)
    return visitor.search.run().states


def _shown_of_rule(subject: Mechanism[Any, Any], clause: Any) -> tuple[tuple[Reading, ...], int]:
    """Return the smallest counterexample, and how many combinations there are on the grid that has it."""
    kept: list[Reading] = []
    for largest in range(LARGEST + 1):
        (tally,) = Enumeration(subject, range(largest + 1), (clause,)).run().tallies
        if tally.found is not None:
            draw = Recorded(tally.found.draws)
            with suppress(*REFUTING):  # a rule that raises leaves no reading
                list(subject.cases(keeping(clause, kept, failing=True), draw))
            break
    return tuple(kept), tally.combinations


# ---- judging


def judge_clause(mutant: Mutant, known: Iterable[Requirement], readings: Iterable[Reading], protocols: Sequence[Protocol]) -> Record:
    """Say which pitfall a weakened clause lets through. `readings`: those of the clauses on what is correct."""
    PROBE.met = False
    with changed(mutant.function, mutant.change):
        try:
            by, what = _let_through(mutant, known, readings, protocols)
        except Exception as error:  # noqa: BLE001  # a clause that raises is not weaker, it is none
            by, what = By.NO_MUTANT, f"{type(error).__name__}: {error}"
    return Record(mutant.stem, mutant.name, by, what)


def _let_through(
    mutant: Mutant, known: Iterable[Requirement], readings: Iterable[Reading], protocols: Sequence[Protocol]
) -> tuple[By, str]:
    function, belongs = mutant.function.function, specified(protocols)
    for each in known:
        if function in each.reaches and not each.stands:
            return By.PITFALL, each.pitfall.id
    for protocol in protocols:
        for violation in protocol.known_violations:
            about = any(each.function is function for each in reached([violation.clause], belongs))
            if about and replay_known_violation(violation).status is not Status.VIOLATED:
                return By.PITFALL, f"{protocol.stem}, known not to keep {violation.clause.id}"
    stronger = broken(readings)
    if stronger is not None:
        return By.NO_MUTANT, f"{stronger} is broken by the reference"
    return (By.SAME, "") if PROBES in ast.dump(mutant.change.new) and not PROBE.met else (By.NOTHING, "")


def readings_of(protocols: Iterable[Protocol], functions: Iterable[Function], belongs: Callable[[str], bool]) -> tuple[Reading, ...]:
    """Call the clauses that consist of some functions in all small scopes, where they hold, and keep the readings."""
    wanted = {each.function for each in functions}
    kept: list[Reading] = []
    for protocol in protocols:
        ids = {each.id for each in judged(protocol) if wanted & {one.function for one in reached([each], belongs)}}
        for each in protocol.explored if ids else ():
            if each.size is Size.SMALL and not isinstance(each, ModelScope):
                _keep(each, ids, kept)
    return tuple(kept)


def _keep(each: Scope | Family | Grid, ids: set[str], kept: list[Reading]) -> None:
    if isinstance(each, Grid):
        Enumeration(each.mechanism, each.amounts, [keeping(clause, kept) for clause in each.clauses if clause.id in ids]).run()
        return
    for system in systems(each):
        clauses = tuple(keeping(clause, kept) for clause in system.promises if clause.id in ids)
        if clauses:
            explore(system, clauses, reductions=each.reductions)
