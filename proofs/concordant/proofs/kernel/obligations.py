"""Proof obligations: the start satisfies the invariant, and every action keeps every conjunct of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import z3
from attrs import evolve, frozen

from concordant.proofs.kernel.fragment import alternation_cycle
from concordant.proofs.kernel.models import START, Model, Term
from concordant.proofs.kernel.solving import SolverAnswer, answer_of, bounded, matched, settled
from concordant.proofs.kernel.theorems import GaveUp


@frozen(eq=False)
class Obligation:
    """One query, unsatisfiable when it is proved: hypotheses by name, and the negated goal."""

    action: str
    goal: str
    hypotheses: dict[str, Term]
    negated: Term

    @property
    def name(self) -> str:
        """What the ledger calls it."""
        return f"{self.action} keeps {self.goal}"

    @property
    def formulas(self) -> list[Term]:
        """Everything to be asserted."""
        return [*self.hypotheses.values(), self.negated]

    @property
    def before(self) -> str:
        """What the hypothesis is called that the goal holds before the action."""
        return f"invariant {self.goal}"

    @property
    def is_supposed(self) -> bool:
        """Whether the goal is that hypothesis, word for word: the action changes nothing of which it speaks, and there is nothing to ask."""
        supposed = self.hypotheses.get(self.before)
        return supposed is not None and z3.is_not(self.negated) and alike(self.negated.arg(0), supposed)

    def without(self, hypothesis: str) -> Obligation:
        """Return the same obligation without one of its hypotheses, by name."""
        return evolve(self, hypotheses={name: term for name, term in self.hypotheses.items() if name != hypothesis})


def alike(one: Term, other: Term) -> bool:
    """Tell whether two formulas are one, but for what their bound variables are called."""
    if one.eq(other):
        return True
    if z3.is_quantifier(one) and z3.is_quantifier(other):
        kinds = ([each.is_forall(), each.is_exists(), *map(each.var_sort, range(each.num_vars()))] for each in (one, other))
        return next(kinds) == next(kinds) and alike(one.body(), other.body())
    if not (z3.is_app(one) and z3.is_app(other)) or one.num_args() != other.num_args():
        return False
    return bool(one.decl().eq(other.decl())) and all(map(alike, one.children(), other.children()))


def obligations(model: Model) -> Iterator[Obligation]:
    """Yield every obligation of a model, that of the start first."""
    start = model.start()
    axioms = {f"axiom {name}": term for name, term in model.axioms.items()}
    for name, invariant in model.invariants.items():
        yield Obligation(START, name, axioms, z3.Not(invariant.formula(start)))
    for action in model.actions:
        yield from obligations_of(model, action)


def obligations_of(model: Model, action: str) -> Iterator[Obligation]:
    """Yield the obligations of one action."""
    before, act = model.state(), model.actions[action]
    arguments = model.arguments(act)
    after = model.after(before, act, arguments)
    hypotheses = {f"axiom {name}": term for name, term in model.axioms.items()}
    hypotheses |= {f"invariant {name}": each.formula(before) for name, each in model.invariants.items()}
    hypotheses |= {f"guard {name}": term for name, term in act.guards(before, **arguments).items()}
    for name, invariant in model.invariants.items():
        yield Obligation(action, name, hypotheses, z3.Not(invariant.formula(after)))


def ask(formulas: Sequence[Term], *, seed: int | None = None) -> tuple[SolverAnswer, Any]:
    """Ask Z3 whether formulas are satisfiable together; return its answer and the solver."""
    solver = told(formulas)
    if seed is not None:
        solver.set("random_seed", seed)
    return answer_of(solver), solver


def told(formulas: Sequence[Term]) -> Any:
    """Return a solver that is told formulas."""
    solver = bounded(z3.Solver())
    solver.add(*formulas)
    return solver


def possible(formulas: Sequence[Term], what: str) -> bool:
    """Tell whether formulas are satisfiable together; where the solver gives up on it, raise Undecided."""
    if matched(formulas) is not None:
        return False
    answer, _ = settled(told(formulas))
    if answer is SolverAnswer.UNKNOWN:
        raise GaveUp(f"the solver gave up on {what}")
    return answer is SolverAnswer.SAT


@frozen
class Discharge:
    """What became of an obligation. `needs`: names of hypotheses that together suffice for its proof, none to spare if `minimal`."""

    answer: SolverAnswer
    needs: frozenset[str] = frozenset()


def decide(obligation: Obligation, *, minimal: bool = False) -> Discharge:
    """Decide one obligation. One outside the decidable fragment is a ValueError: its answer could not be trusted to come."""
    cycle = alternation_cycle(obligation.formulas)
    if cycle is not None:
        raise ValueError(f"{obligation.name} leaves the decidable fragment: {' → '.join(cycle)}; break the cycle by a derived relation")
    if obligation.is_supposed:
        return Discharge(SolverAnswer.UNSAT, frozenset({obligation.before}))
    solver = None if minimal else matched([obligation.negated], obligation.hypotheses)
    if solver is not None:
        return Discharge(SolverAnswer.UNSAT, _core(solver))
    solver = bounded(z3.SimpleSolver())
    solver.set("core.minimize", minimal)
    for name, term in obligation.hypotheses.items():
        solver.assert_and_track(term, name)
    solver.add(obligation.negated)
    answer = answer_of(solver)
    return Discharge(answer, _core(solver) if answer is SolverAnswer.UNSAT else frozenset())


def _core(solver: Any) -> frozenset[str]:
    return frozenset(str(name).strip("|") for name in solver.unsat_core())


def failures(model: Model, proved: Model | None = None) -> Iterator[tuple[Obligation, SolverAnswer]]:
    """Yield the obligations of a model that are not proved, each with the solver's answer.

    `proved`: one that is proved elsewhere; what the model shares with it, by identity, is not decided again.
    """
    asked = obligations(model) if proved is None or not _same_but_for_actions(model, proved) else _of_other_actions(model, proved)
    answers = ((each, decide(each).answer) for each in asked)
    return ((each, answer) for each, answer in answers if answer is not SolverAnswer.UNSAT)


def _same_but_for_actions(model: Model, other: Model) -> bool:
    return all(
        list(ours) == list(theirs) and all(ours[name] is theirs[name] for name in ours)
        for ours, theirs in ((model.symbols, other.symbols), (model.axioms, other.axioms), (model.invariants, other.invariants))
    )


def _of_other_actions(model: Model, other: Model) -> Iterator[Obligation]:
    """Yield the obligations of actions that another model does not have. The start is the same: every relation is empty."""
    return (each for name, act in model.actions.items() if other.actions.get(name) is not act for each in obligations_of(model, name))
