"""Crossing a bridge: every transition of a scope against the proved model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from itertools import product
from typing import Any, TypeAlias

from attrs import define, evolve, field, frozen

from concordant.checks.exploration.budget import Budget, SearchLimit
from concordant.checks.exploration.explore import Reductions
from concordant.checks.exploration.families import Family, members
from concordant.checks.exploration.report import Frame
from concordant.checks.exploration.scope import Scope, Size
from concordant.checks.exploration.traces import as_run, frames
from concordant.checks.refuting.pitfalls import may_leave_ignored
from concordant.checks.semantics.images import Everywhere
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.checks.semantics.symmetry import Symmetry
from concordant.checks.semantics.symmetry_check import UntrueSymmetry, check_symmetry
from concordant.checks.semantics.watching import watching
from concordant.proofs.kernel.refinement import Bridge, Fact, FactHistory, Forget, NoElement, Refinement, as_they_are, nothing
from concordant.refimpl.machine import Pitfall, System, is_put_together
from concordant.refimpl.machine.search import Search, Visitor
from concordant.spec.vocabulary import Address, Reply, Send, likeness

MOST_STATES = 10_000
"""Crossing is plain Python: a scope of more states is not crossed every time."""
MOST_STATES_OF_A_MISTAKE = (100, 2_000)
"""In so many states a mistake is noticed, or it is not; where none is in the first, all are looked at once more."""
Step: TypeAlias = tuple[frozenset[Fact], frozenset[Fact]]
"""What the states before and after a transition stand for."""
RECALLED, JOINED = "what is recalled", "what is joined"
Told: TypeAlias = tuple[str, Callable[..., Iterable[Any]], Iterable[tuple[Any, ...]]]
"""By what a bridge tells something, the function that does, and what that was given."""


@frozen
class Crossing:
    """What became of a scope. `actions`: how many transitions were each action of the model, or a stutter.

    `problem`: the first transition that is no step of the model, or the first invariant that is false; None if nothing is
    wrong. `trace` leads to it. `stopped`: why the search ended early. `told`: each relation with what has told of it.
    """

    states: int
    transitions: int
    abstract_states: int
    actions: Counter[str]
    seconds: float
    stopped: str | None = None
    problem: str | None = None
    trace: tuple[Frame, ...] = ()
    told: frozenset[tuple[str, str]] = frozenset()


@define(eq=False)
class Surveyor(Visitor[State, Taken]):
    """Collects the abstract steps of a search, each with its first example, and stops at the first that is wrong.

    A step is judged when it is met, over the elements met by then, and again at the end, over all of them. States beyond the bounds
    are not left.
    """

    semantics: Semantics
    refinement: Refinement
    problem: str | None = field(default=None, init=False)
    wrong: Step | None = field(default=None, init=False)
    examples: dict[Step, tuple[State, Taken, State]] = field(factory=dict, init=False)
    counts: Counter[Step] = field(factory=Counter, init=False)
    _facts: dict[tuple[int, tuple[int, ...]], frozenset[Fact]] = field(factory=dict, init=False)
    joined: dict[tuple[Any, ...], frozenset[Fact]] = field(factory=dict, init=False)
    local: dict[tuple[int, int], frozenset[Fact]] = field(factory=dict, init=False)
    _bounds: tuple[Everywhere[bool], ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._bounds = self.semantics.bounds()

    def visit(self, state: State) -> bool:
        """Tell whether a state lies within the bounds."""
        return all(bound.agreed(state) for bound in self._bounds)

    def facts(self, state: State) -> frozenset[Fact]:
        """Return what a state stands for: the union over its parts."""
        key = state.history, state.locals
        if key not in self._facts:
            self._facts[key] = self._joined_of(state.history, *(self.facts_of(*each) for each in enumerate(state.locals)))
        return self._facts[key]

    def _joined_of(self, history: int, *local: frozenset[Fact]) -> frozenset[Fact]:
        if (history, *local) not in self.joined:
            self.joined[history, *local] = self.refinement.bridge.joined(self.united(history, *local))
        return self.joined[history, *local]

    def united(self, history: int, *local: frozenset[Fact]) -> frozenset[Fact]:
        """Return what a history and the parts of a state stand for, each alone."""
        told: FactHistory = self.semantics.parts.observations.histories[history]
        return frozenset().union(told.facts, *local)

    def facts_of(self, process: int, number: int) -> frozenset[Fact]:
        """Return what a local state of a process, by number, stands for."""
        key = (process, number)
        if key not in self.local:
            parts, bridge = self.semantics.parts, self.refinement.bridge
            self.local[key] = frozenset(bridge.local(parts.addresses[process], parts.steps.locals[process][number].state))
        return self.local[key]

    def cross(self, source: State, label: Taken, target: State) -> None:
        """Note a transition by what it stands for; judge it where it is new."""
        step = self.facts(source), self.facts(target)
        self.counts[step] += 1
        if step not in self.examples:
            self.examples[step] = source, label, target
            if not self.refinement.knows(step[0] | step[1]):
                self.refinement = evolve(self.refinement, met=self.refinement.met | step[0] | step[1])
            self._judge(step)

    def _judge(self, step: Step) -> None:
        if self.problem is None:
            self.problem = self.refinement.problem(*step)
            self.wrong = step if self.problem else None

    @property
    def satisfied(self) -> bool:
        """Whether something wrong was found."""
        return self.problem is not None

    def finish(self) -> None:
        """Judge the axioms and every step once more, over all elements that were met."""
        bridge, parts = self.refinement.bridge, self.semantics.parts
        for (process, number), facts in self.local.items():
            if frozenset(bridge.local(parts.addresses[process], parts.steps.locals[process][number].state)) != facts:
                self.problem = (
                    self.problem or f"what a state of {parts.addresses[process]} stands for is another thing when it is asked again"
                )
        missing = self.refinement.finite.failing_axioms()
        if missing and self.problem is None:
            self.problem = f"axiom {missing[0]} is false of the elements that occurred"
        for step in self.examples:
            self._judge(step)

    def actions(self) -> Counter[str]:
        """Count the transitions by the action of the model that they are; one that is two counts for both."""
        taken: Counter[str] = Counter()
        for (before, after), count in self.counts.items():
            actions = self.refinement.step(self.refinement.abstract(before), self.refinement.abstract(after))
            for action in ("no step of the model",) if actions is None else actions or ("stutter",):
                taken[action] += count
        return taken


@watching()
def cross(bridge: Bridge, system: System[Any], reductions: Reductions | None = None, budget: Budget | None = None) -> Crossing:
    """Check that every transition of a system is one enabled action of the proved model, or changes nothing it speaks of.

    The initial states must stand for the model's start, and the invariant is evaluated in every abstract state. The history is
    replaced by one that remembers what the model speaks of, beside the system's own where bounds, assumptions and liars may ask for that; the
    counts of states are those of that system.
    """
    reductions = reductions or Reductions()
    told = _remembering(system, bridge)
    semantics = Semantics(told, leave_ignored=reductions.leave_ignored, symmetric=reductions.symmetry)
    surveyor = Surveyor(semantics, Refinement(bridge, tuple(system.processes), frozenset()))
    for state in semantics.initial():
        if facts := surveyor.facts(state):
            return Crossing(1, 0, 0, Counter(), 0, problem=f"an initial state stands for {_text(facts)}, not for nothing")
    symmetry = semantics.symmetry
    limits = SearchLimit(budget or Budget())
    search = Search(semantics, surveyor, limits, representative=symmetry.canonical if symmetry else None).run()
    seconds = limits.seconds
    surveyor.finish()
    if symmetry is not None:
        check_symmetry(symmetry)
    if system.symmetric:
        _tells_none_apart(surveyor, symmetry or Symmetry(semantics.parts))
    problem, trace = _shown(surveyor, search, symmetry)
    abstract = {surveyor.refinement.abstract(facts) for step in surveyor.examples for facts in step}
    told_of = frozenset(_tellers(surveyor))
    return Crossing(search.states, search.transitions, len(abstract), surveyor.actions(), seconds, search.stopped, problem, trace, told_of)


@frozen
class Own:
    """What a bound or an assumption sees of a system whose history is replaced: all of it as it is, and the system's own history."""

    seen: Any

    @property
    def history(self) -> Any:
        """The system's own history."""
        return self.seen.history.own

    def __getattr__(self, name: str) -> Any:
        return getattr(self.seen, name)


def _remembering(system: System[Any], bridge: Bridge) -> System[Any]:
    """Return a system with a history that remembers what the model speaks of, and bounds, assumptions and liars that see their own."""
    asks = bool(system.assume or system.within or system.byzantine)
    return evolve(
        system,
        history=FactHistory.by(bridge, system.history if asks else None),
        promises=(),
        refines=None,
        byzantine=tuple(evolve(liar, may_send=_lying(liar.may_send)) for liar in system.byzantine),
        assume=tuple(_assuming(each) for each in system.assume),
        within=tuple(_bounding(each) for each in system.within),
    )


def _assuming(condition: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    return wraps(condition)(lambda move, seen: condition(move, Own(seen)))


def _bounding(condition: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return wraps(condition)(lambda seen: condition(Own(seen)))


def _lying(may_send: Callable[[Any], Iterable[Send]]) -> Callable[[FactHistory], Iterable[Send]]:
    return wraps(may_send)(lambda told: may_send(told.own))


def crossable(bridge: Bridge, scopes: Iterable[Scope | Family]) -> tuple[Scope | Family, ...]:
    """Return the scopes and families in which a bridge is crossed every time: small ones, whose crossing ends within a second or so.

    Those in which the environment does what the model assumes that it does not are left out.
    """
    small = (each for each in scopes if each.size is Size.SMALL and each.expected is not None and each.expected.states <= MOST_STATES)
    return tuple(each for each in small if all(map(bridge.assumed, systems(each))))


def systems(scope: Scope | Family) -> Iterator[System[Any]]:
    """Yield the system of a scope, or those of a family one by one."""
    if isinstance(scope, Scope):
        yield scope.system
    else:
        yield from (system for _, system in members(scope))


def unnoticed(bridge: Bridge, scopes: Iterable[Scope | Family], mistakes: Iterable[Pitfall]) -> tuple[str, ...]:
    """List the roles of which no mistake is noticed: what is told of these may be a tale, which goes on whatever they do.

    Known mistakes of one role alone are crossed, the shallow ones first, until one is no step of the model, or breaks its invariant.
    A role of which the bridge says that the model is silent is none of them. A mistake of machines that are put together shows nothing.
    """
    right: dict[str, set[type]] = {}
    for system in (one for scope in scopes for one in systems(scope)):
        for address, process in system.processes.items():
            right.setdefault(address.role, set()).add(type(process))
    missing = [role for role in right if role not in bridge.silent]
    of_machines = (
        each for each in mistakes if isinstance(each.subject, System) and not any(map(is_put_together, each.system.processes.values()))
    )
    shallow_first = sorted(of_machines, key=lambda each: each.length)
    for most, mistake in product(MOST_STATES_OF_A_MISTAKE, shallow_first):
        system = mistake.system
        wrong = {address.role for address, process in system.processes.items() if type(process) not in right.get(address.role, ())}
        if len(wrong) == 1 and wrong <= {*missing} and bridge.assumed(system) and _is_noticed(bridge, system, most):
            missing = [role for role in missing if role not in wrong]
    return tuple(sorted(missing))


def _is_noticed(bridge: Bridge, system: System[Any], most: int) -> bool:
    reductions = Reductions(leave_ignored=may_leave_ignored(system))
    try:
        return cross(bridge, evolve(system, symmetric=()), reductions, Budget(states=most)).problem is not None
    except NoElement:  # a mistake of which the bridge cannot speak shows nothing
        return False


def _tells_none_apart(surveyor: Surveyor, symmetry: Symmetry) -> None:
    """Raise UntrueSymmetry where the bridge tells interchangeable processes apart: it would look away from some of them."""
    renamer, addresses = symmetry.renamer, symmetry.parts.addresses
    told = tuple(_told(surveyor))
    for names in symmetry.transpositions():
        for (process, number), facts in tuple(surveyor.local.items()):
            other = renamer.process(process, names)
            if surveyor.facts_of(other, renamer.local(process, number, names)) != renamer.value(facts, names):
                raise UntrueSymmetry(f"the bridge tells {addresses[process]} and {addresses[other]} apart, by what their states stand for")
        for by, tells, asked in told:
            if any(frozenset(tells(*renamer.value(given, names))) != renamer.value(frozenset(tells(*given)), names) for given in asked):
                raise UntrueSymmetry(f"the bridge tells {names[0][0]} and {names[0][1]} apart, by {by}")


def _told(surveyor: Surveyor) -> Iterator[Told]:
    """Yield what a bridge told of what happened, and of whole states."""
    bridge, happened = surveyor.refinement.bridge, tuple(_happened(surveyor))
    once = {(at, by, likeness(what), likeness(asked)): (at, by, what, asked) for _, at, by, what, asked in happened}
    yield "what happens", bridge.happened, once.values()
    if bridge.recalled is not nothing:
        yield RECALLED, bridge.recalled, [(facts, at, by, what) for facts, at, by, what, _ in happened]
    if bridge.joined is not as_they_are:
        yield JOINED, bridge.joined, [(facts,) for facts in {surveyor.united(*parts) for parts in surveyor.joined}]


def _happened(surveyor: Surveyor) -> Iterator[tuple[frozenset[Fact], Address, Address, object, object]]:
    """Yield the facts so far, and each thing that happened after them: at whom, by whom, what, and what was asked."""
    parts = surveyor.semantics.parts
    for (number, happenings), _ in parts.observations.folds():
        history: FactHistory = parts.observations.histories[number]
        for place, (at, by, what) in enumerate(parts.steps.happened[happenings]):
            if place:
                history = history.after(*parts.steps.happened[happenings][place - 1])
            yield history.facts, at, by, what, history.asked(at, what)


def _tellers(surveyor: Surveyor) -> Iterator[tuple[str, str]]:
    """Yield each relation with a class of states, or of what happens, that told of it, or took it back.

    Where one of them is left out, others may tell the same as long as the code is right, so that no step would show it.
    """
    steps = surveyor.semantics.parts.steps
    for (process, number), facts in surveyor.local.items():
        yield from ((name, type(steps.locals[process][number].state).__name__) for name, *_ in facts)
    for by, tells, given in _told(surveyor):
        for each in given:
            what = by if by == JOINED else _called(each[-1] if by == RECALLED else each[2])
            for fact in tells(*each):
                yield (f"not {fact.relation}" if isinstance(fact, Forget) else fact[0]), what


def _called(what: object) -> str:
    """Return what something that happens is called, with what it says."""
    match what:
        case Send(_, said) | Reply(_, said):
            return f"{type(what).__name__} {type(said).__name__}"
        case _:
            return type(what).__name__


def _text(facts: Iterable[Fact]) -> str:
    return ", ".join(sorted(f"{name}({', '.join(map(str, row))})" for name, *row in facts))


def _shown(surveyor: Surveyor, search: Search[State, Taken], symmetry: Symmetry | None) -> tuple[str | None, tuple[Frame, ...]]:
    """Return what is wrong and a shortest run to it, in the names of that run."""
    if surveyor.wrong is None:
        return surveyor.problem, ()
    source, label, target = surveyor.examples[surveyor.wrong]
    start, steps = search.path(source)
    path = start, (*steps, (label, target))
    if symmetry is not None:
        path = as_run(surveyor.semantics, symmetry, path, (), edge=True)
    return surveyor.problem, frames(surveyor.semantics, path)
