"""Gates: a proof must be able to fail. Each gate answers with what is wrong; nothing, if the proof passes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

import z3
from attrs import define, field

from concordant.proofs.kernel.finite import FiniteModel, FiniteState, Firing
from concordant.proofs.kernel.models import Model
from concordant.proofs.kernel.obligations import Discharge, Obligation, possible
from concordant.proofs.kernel.recorded import Record, standing
from concordant.proofs.kernel.solving import SolverAnswer
from concordant.refimpl.machine.search import Search, Visitor


def satisfiable(model: Model) -> tuple[str, ...]:
    """The axioms must be satisfiable, and no conjunct of the invariant may follow from them alone."""
    axioms, state = list(model.axioms.values()), model.state()
    wrong = [] if possible(axioms, f"the axioms of {model.name}") else ["the axioms contradict each other"]
    for name, each in model.invariants.items():
        if not possible([*axioms, z3.Not(each.formula(state))], f"whether {name} follows from the axioms of {model.name}"):
            wrong.append(f"{name} follows from the axioms alone: it says nothing about the protocol")
    return tuple(wrong)


def true_of(systems: Iterable[FiniteModel]) -> tuple[str, ...]:
    """The axioms must be true of systems that exist."""
    return tuple(
        f"axiom {name} of {finite.model.name} is false with {dict(finite.universe.names)}"
        for finite in systems
        for name in finite.failing_axioms()
    )


@define(eq=False)
class Observer(Visitor[FiniteState, Firing]):
    """Notes which actions change a state, and which invariants are false in one. `most`: how many states are enough."""

    finite: FiniteModel
    most: int
    states: int = field(default=0, init=False)
    fired: set[str] = field(factory=set, init=False)
    broken: dict[str, None] = field(factory=dict, init=False)

    def visit(self, state: FiniteState) -> bool:
        """Ask the invariants of a state."""
        self.states += 1
        self.broken |= dict.fromkeys(self.finite.failing_invariants(state))
        return True

    def cross(self, source: FiniteState, label: Firing, target: FiniteState) -> None:
        """Note that an action changes a state."""
        if target != source:
            self.fired.add(label.action)

    @property
    def satisfied(self) -> bool:
        """Whether enough was seen."""
        return self.states >= self.most


@define(eq=False)
class ActionObserver(Observer):
    """The same, satisfied once every action has fired."""

    @property
    def satisfied(self) -> bool:
        """Whether every action has fired, or enough was seen."""
        return len(self.fired) == len(self.finite.model.actions) or self.states >= self.most


def every_action_fires(finite: FiniteModel, limit: int = 20_000) -> tuple[str, ...]:
    """From the start, some walk must fire every action and change the state; the invariant holds in every state on the way."""
    watch = ActionObserver(finite, limit)
    Search(finite, watch).run()
    return (
        *(f"invariant {name} is false in a reachable state" for name in watch.broken),
        *(f"action {name} never fired" for name in finite.model.actions if name not in watch.fired),
    )


def walked(finite: FiniteModel, limit: int = 100_000) -> tuple[int, tuple[str, ...]]:
    """Explore a finite model; return how many states were reached, and which claimed invariants are false in one of them."""
    watch, invariants = Observer(finite, limit), finite.model.invariants
    return Search(finite, watch).run().states, tuple(name for name in watch.broken if invariants[name].safety)


Decided: TypeAlias = Mapping[Obligation, Discharge]
"""What became of each obligation of a model."""
Shown: TypeAlias = Mapping[str, Record]
"""By what is dropped, a counterexample on record: where it stands, the solver is not asked."""


def dropped_guards(model: Model, decided: Decided, shown: Shown) -> Iterator[tuple[str, str]]:
    """Drop every guard in turn; yield `action.guard` and the first obligation that then fails, or nothing."""
    state = model.state()
    for name, action in model.actions.items():
        for guard in action.guards(state, **model.arguments(action)):
            dropped, left = f"{name}.{guard}", {each: found for each, found in decided.items() if each.action == name}
            yield dropped, _on_record(model.without_guard(name, guard), shown.get(dropped)) or _first_failure(left, f"guard {guard}")


def dropped_axioms(model: Model, decided: Decided, shown: Shown) -> Iterator[tuple[str, str]]:
    """Drop every axiom in turn; yield its name and an obligation that then fails, or nothing."""
    for name in model.axioms:
        yield name, _on_record(model.without_axiom(name), shown.get(name)) or _first_failure(decided, f"axiom {name}")


def dropped_invariants(model: Model, decided: Decided, shown: Shown) -> Iterator[tuple[str, str]]:
    """Drop every conjunct that is not claimed in turn; yield it and the first obligation of the rest that fails, or nothing."""
    for name, each in model.invariants.items():
        if not each.safety:
            left = {one: found for one, found in decided.items() if one.goal != name}
            yield name, _on_record(model.without_invariant(name), shown.get(name)) or _first_failure(left, f"invariant {name}")


def _on_record(model: Model, record: Record | None) -> str:
    """Return the obligation to which a counterexample is on record that still is one; nothing, where none is."""
    example = standing(model, record)
    return "" if example is None else example.obligation


def _first_failure(decided: Decided, dropped: str) -> str:
    """Return the first of some obligations that fails once a hypothesis is dropped; nothing, where none does.

    One that was proved without the hypothesis is still proved, and one that was in the decidable fragment is still in it.
    """
    again = (each.without(dropped) for each, found in decided.items() if found.answer is not SolverAnswer.UNSAT or dropped in found.needs)
    return next((each.name for each in again if possible(each.formulas, f"{each.name} without {dropped}")), "")
