"""Crossing a bridge: every transition of a scope against the proved model."""

from __future__ import annotations

from collections import Counter
from typing import Any

from attrs import define, evolve, field, frozen

from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import Reductions
from concordant.checks.exploration.report import Frame
from concordant.checks.exploration.search import Search, Visitor
from concordant.checks.exploration.traces import frames
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.checks.semantics.symmetry import Symmetry
from concordant.proofs.kernel.refinement import Bridge, Fact, Refinement, Told
from concordant.refimpl.machine import System


@frozen
class Crossing:
    """What became of a scope. `actions`: how many transitions were each action of the model, or a stutter.

    `problem`: the first transition that is no step of the model, or the first invariant that is false; None if nothing is
    wrong. `trace` leads to it. `stopped`: why the search ended early.
    """

    states: int
    transitions: int
    abstract_states: int
    actions: Counter[str]
    seconds: float
    stopped: str | None = None
    problem: str | None = None
    trace: tuple[Frame, ...] = ()


@define(eq=False)
class Surveyor(Visitor[State, Taken]):
    """Collects the abstract steps of a search: pairs of what the states before and after stand for, with one example."""

    semantics: Semantics
    bridge: Bridge
    steps: dict[tuple[frozenset[Fact], frozenset[Fact]], tuple[State, Taken, State]] = field(factory=dict, init=False)
    counts: Counter[tuple[frozenset[Fact], frozenset[Fact]]] = field(factory=Counter, init=False)
    _facts: dict[tuple[Any, ...], frozenset[Fact]] = field(factory=dict, init=False)
    _local: dict[tuple[int, int], frozenset[Fact]] = field(factory=dict, init=False)

    def facts(self, state: State) -> frozenset[Fact]:
        """Return what a state stands for: the union over its parts."""
        local = tuple(self._of_local(process, number) for process, number in enumerate(state.locals))
        key = (state.history, *local)
        if key not in self._facts:
            told: Told = self.semantics.parts.histories[state.history]
            self._facts[key] = frozenset().union(told.facts, *local)
        return self._facts[key]

    def _of_local(self, process: int, number: int) -> frozenset[Fact]:
        key = (process, number)
        if key not in self._local:
            parts = self.semantics.parts
            self._local[key] = frozenset(self.bridge.local(parts.addresses[process], parts.locals[process][number].state))
        return self._local[key]

    def cross(self, source: State, label: Taken, target: State) -> None:
        """Note a transition by what it stands for."""
        pair = self.facts(source), self.facts(target)
        self.counts[pair] += 1
        if pair not in self.steps:
            self.steps[pair] = source, label, target


def cross(bridge: Bridge, system: System[Any], reductions: Reductions | None = None, budget: Budget | None = None) -> Crossing:
    """Check that every transition of a system is one enabled action of the proved model, or changes nothing it speaks of.

    The invariant is evaluated in every abstract state too. The history is replaced by one that remembers what the model speaks
    of; the counts of states are those of that system.
    """
    reductions = reductions or Reductions()
    observed = evolve(system, history=Told(bridge), promises=())
    semantics = Semantics(observed, leave_ignored=reductions.leave_ignored)
    surveyor = Surveyor(semantics, bridge)
    representative = Symmetry(semantics.parts).canonical if reductions.symmetry else None
    search = Search(semantics, surveyor, budget or Budget(), representative).run()
    refinement = Refinement(bridge, frozenset().union(*(facts for pair in surveyor.steps for facts in pair)))
    problem, trace, actions = _judged(refinement, surveyor, search)
    abstract = {refinement.abstract(facts) for pair in surveyor.steps for facts in pair}
    return Crossing(search.states, search.transitions, len(abstract), actions, search.seconds, search.stopped, problem, trace)


def _judged(refinement: Refinement, surveyor: Surveyor, search: Search[State, Taken]) -> tuple[str | None, tuple[Frame, ...], Counter[str]]:
    actions: Counter[str] = Counter()
    missing = refinement.finite.failing_axioms()
    if missing:
        return f"axiom {missing[0]} is false of the elements that occurred", (), actions
    for pair, (source, label, target) in surveyor.steps.items():
        before, after = (refinement.abstract(facts) for facts in pair)
        action = refinement.step(before, after)
        broken = refinement.finite.failing_invariants(after) if action else ()
        if action is None or broken:
            start, path = search.path(source)
            shown = frames(surveyor.semantics, (start, (*path, (label, target))))
            came = "; ".join(refinement.changed(before, after))
            said = f"is no step of the proved model: {came}" if action is None else f"makes invariant {broken[0]} false"
            return said, shown, actions
        actions[action] += surveyor.counts[pair]
    return None, (), actions
