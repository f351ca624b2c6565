"""Gates: a proof must be able to fail. Each gate answers with what is wrong; nothing, if the proof passes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

import z3
from attrs import define, field

from concordant.proofs.kernel.finite import FiniteModel, FiniteState, Row
from concordant.proofs.kernel.models import Model
from concordant.proofs.kernel.obligations import Discharge, Obligation, SolverAnswer, obligations, obligations_of, possible
from concordant.refimpl.machine.search import BreadthFirst, Visitor


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


def every_action_fires(finite: FiniteModel, limit: int = 20_000) -> tuple[str, ...]:
    """From the start, some walk must fire every action and change the state; the invariant holds in every state on the way."""
    seen = {finite.empty}
    level = [finite.empty]
    fired: set[str] = set()
    wrong: list[str] = []
    while level and len(fired) < len(finite.model.actions) and len(seen) < limit:
        following = []
        for state in level:
            for row, target in finite.successors(state):
                if target != state:
                    fired.add(row.action)
                if target not in seen:
                    seen.add(target)
                    following.append(target)
                    wrong += (f"invariant {name} is false in a reachable state" for name in finite.failing_invariants(target))
        level = following
    return (*dict.fromkeys(wrong), *(f"action {name} never fired" for name in finite.model.actions if name not in fired))


@define(eq=False)
class Breaches(Visitor[FiniteState, Row]):
    """Notes which claimed invariants are false in some state. `most`: how many states are enough."""

    finite: FiniteModel
    most: int
    states: int = field(default=0, init=False)
    broken: dict[str, None] = field(factory=dict, init=False)

    def visit(self, state: FiniteState) -> bool:
        """Look at a state."""
        self.states += 1
        invariants = self.finite.model.invariants
        self.broken |= dict.fromkeys(name for name in self.finite.failing_invariants(state) if invariants[name].safety)
        return True

    @property
    def satisfied(self) -> bool:
        """Whether enough was seen."""
        return self.states >= self.most


def walked(finite: FiniteModel, limit: int = 100_000) -> tuple[int, tuple[str, ...]]:
    """Explore a finite model; return how many states were reached, and which claimed invariants are false in one of them."""
    breaches = Breaches(finite, limit)
    return BreadthFirst(finite, breaches).run().states, tuple(breaches.broken)


Discharges: TypeAlias = Mapping[str, Discharge]
"""What became of each obligation of a model, by its name."""


def dropped_guards(model: Model, discharges: Discharges) -> Iterator[tuple[str, str]]:
    """Drop every guard in turn; yield `action.guard` and the first obligation that then fails, or nothing."""
    state = model.state()
    for name, action in model.actions.items():
        for guard in action.guards(state, **model.arguments(action)):
            mutant = model.without_guard(name, guard)
            yield f"{name}.{guard}", _first_failure(obligations_of(mutant, name), discharges, f"guard {guard}")


def dropped_axioms(model: Model, discharges: Discharges) -> Iterator[tuple[str, str]]:
    """Drop every axiom in turn; yield its name and the first obligation that then fails, or nothing."""
    for name in model.axioms:
        yield name, _first_failure(obligations(model.without_axiom(name)), discharges, f"axiom {name}")


def dropped_invariants(model: Model, discharges: Discharges) -> Iterator[tuple[str, str]]:
    """Drop every conjunct that is not claimed in turn; yield it and the first obligation of the rest that fails, or nothing."""
    for name, each in model.invariants.items():
        if not each.safety:
            yield name, _first_failure(obligations(model.without_invariant(name)), discharges, f"invariant {name}")


def _first_failure(left: Iterable[Obligation], discharges: Discharges, dropped: str) -> str:
    """Return the first obligation that fails, now that a hypothesis is dropped; nothing, where none does.

    One that was proved without the hypothesis is still proved, and one that was in the decidable fragment is still in it.
    """
    again = (each for each in left if discharges[each.name].answer is not SolverAnswer.UNSAT or dropped in discharges[each.name].needs)
    return next((each.name for each in again if possible(each.formulas, f"{each.name} without {dropped}")), "")
