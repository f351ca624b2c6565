"""Gates: a proof must be able to fail. Each gate answers with what is wrong; nothing, if the proof passes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import z3

from concordant.proofs.kernel.finite import FiniteModel
from concordant.proofs.kernel.models import Model
from concordant.proofs.kernel.obligations import Answer, ask, obligations, obligations_of


def satisfiable(model: Model) -> tuple[str, ...]:
    """The axioms must be satisfiable, and the safety claimed must not follow from them alone."""
    axioms = list(model.axioms.values())
    state = model.state()
    wrong = [] if ask(axioms)[0] is Answer.SAT else ["the axioms contradict each other"]
    for each in model.invariants.values():
        if each.safety and ask([*axioms, z3.Not(each.formula(state))])[0] is not Answer.SAT:
            wrong.append(f"{each.name} follows from the axioms alone: it says nothing about the protocol")
    return tuple(wrong)


def true_of(model: Model, universes: Iterable[FiniteModel]) -> tuple[str, ...]:
    """The axioms must be true of real systems of quorums."""
    return tuple(
        f"axiom {name} of {model.name} is false with {dict(finite.universe.names)}"
        for finite in universes
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


def dropped_guards(model: Model) -> Iterator[tuple[str, str]]:
    """Drop every guard in turn; yield `action.guard` and the first obligation that then fails, or nothing."""
    state = model.state()
    for name, action in model.actions.items():
        for guard in action.guards(state, **model.arguments(action)):
            mutant = model.without_guard(name, guard)
            yield f"{name}.{guard}", _first_failure(mutant, (name,))


def dropped_axioms(model: Model) -> Iterator[tuple[str, str]]:
    """Drop every axiom in turn; yield its name and the first obligation that then fails, or nothing."""
    for name in model.axioms:
        yield name, _first_failure(model.without_axiom(name), None)


def dropped_invariants(model: Model) -> Iterator[tuple[str, str]]:
    """Drop every conjunct that is not claimed in turn; yield it and the first obligation of the rest that fails, or nothing."""
    for name, each in model.invariants.items():
        if not each.safety:
            yield name, _first_failure(model.without_invariant(name), None)


def _first_failure(model: Model, actions: tuple[str, ...] | None) -> str:
    wanted = obligations(model) if actions is None else (each for action in actions for each in obligations_of(model, action))
    for each in wanted:
        answer = ask(each.formulas)[0]  # a part of what was decided before, hence in the fragment
        if answer is Answer.UNKNOWN:
            raise ValueError(f"{each.name} of {model.name} is undecided: the solver gave up")
        if answer is Answer.SAT:
            return each.name
    return ""
