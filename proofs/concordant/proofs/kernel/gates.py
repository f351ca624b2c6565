"""Gates: a proof must be able to fail. Each gate answers with what is wrong; nothing, if the proof passes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

import z3

from concordant.proofs.kernel.finite import FiniteModel
from concordant.proofs.kernel.models import Model
from concordant.proofs.kernel.obligations import Discharge, Obligation, SolverAnswer, obligations, obligations_of, possible


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


def walked(finite: FiniteModel, limit: int = 100_000) -> tuple[int, tuple[str, ...]]:
    """Explore a finite model; return how many states were reached, and which claimed invariants are false in one of them."""
    claimed = {name for name, each in finite.model.invariants.items() if each.safety}
    seen, level = {finite.empty}, [finite.empty]
    broken: dict[str, None] = {}
    while level and len(seen) < limit:
        following = {target for state in level for _, target in finite.successors(state)} - seen
        seen |= following
        level = list(following)
        broken |= dict.fromkeys(name for state in level for name in finite.failing_invariants(state) if name in claimed)
    return len(seen), tuple(broken)


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
