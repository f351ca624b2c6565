"""A proof: a model, its mutants, and everything that must hold of them before the claim is called proved."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import frozen

from concordant.proofs.kernel.counterexamples import CounterExample, smallest
from concordant.proofs.kernel.finite import FiniteModel, Universe
from concordant.proofs.kernel.gates import (
    dropped_axioms,
    dropped_guards,
    dropped_invariants,
    every_action_fires,
    satisfiable,
    true_of,
    walked,
)
from concordant.proofs.kernel.ledger import Ledger, differences, expected
from concordant.proofs.kernel.models import Model
from concordant.proofs.kernel.obligations import Answer, decide, failures, needed, obligations
from concordant.proofs.kernel.scenarios import play
from concordant.proofs.kernel.theorems import Outcome, Standing, Theorem


@frozen(eq=False)
class Mutant:
    """A plausible mistake in a model. `attack`: a script that must break the claim with it, and get stuck without it.

    `sizes`: those of the universe in which the attack is played; None where there is no attack. `hidden`: sizes in which
    exploring every state does not show the mistake, which the proof does.
    """

    name: str
    mistake: str
    model: Callable[[], Model]
    sizes: tuple[int, ...] | None
    attack: tuple[tuple[str, ...], ...]
    hidden: tuple[int, ...] | None = None


@frozen(eq=False)
class Proof:
    """Everything about one inductive proof. `start`: a finite model in which every action must fire.

    `real`: finite models of real systems, in which the axioms must be true. `universe` makes universes of given sizes.
    """

    stem: str
    title: str
    claim: str
    quantifiers: str
    model: Callable[[], Model]
    start: Callable[[], FiniteModel]
    real: Callable[[], list[FiniteModel]]
    mutants: tuple[Mutant, ...]
    universe: Callable[..., Universe]

    def counterexample(self, mutant: Mutant) -> CounterExample:
        """Return a smallest counterexample to induction of a mutant; one that is proved all the same is a ValueError."""
        model = mutant.model()
        for obligation, answer in failures(model):
            if answer is Answer.SAT:
                return smallest(model, obligation)
        raise ValueError(f"mutant {mutant.name} of {self.stem} is proved all the same: it is no mistake, or the claim is too weak")

    def ledger(self) -> Ledger:
        """Return what becomes of every obligation, and of the proof without each guard, axiom and conjunct."""
        model = self.model()
        return {
            "obligations": {each.name: decide(each).value for each in obligations(model)},
            "without guard": dict(dropped_guards(model)),
            "without axiom": dict(dropped_axioms(model)),
            "without conjunct": dict(dropped_invariants(model)),
        }


def proved(proof: Proof) -> Theorem:
    """Make the theorem of a proof."""
    return Theorem(f"{proof.stem}.{proof.title}", proof.claim, proof.quantifiers, lambda: check(proof), explain=lambda: explain(proof))


def check(proof: Proof) -> Outcome:
    """Decide every obligation, with every gate on."""
    found = proof.ledger()
    answers = found["obligations"].values()
    wrong = [*gates(proof), *differences(proof.stem, found)]
    if Answer.UNKNOWN.value in answers:
        return Outcome(Standing.UNKNOWN, "; ".join(name for name, answer in found["obligations"].items() if answer == "unknown"))
    wrong += [name for name, answer in found["obligations"].items() if answer != Answer.UNSAT.value]
    if wrong:
        return Outcome(Standing.FAILED, "; ".join(wrong))
    return Outcome(Standing.PROVED, f"{len(answers)} obligations, {len(proof.mutants)} mutants refuted")


def gates(proof: Proof) -> Iterator[str]:
    """Yield what is wrong with a proof, though its obligations may all be proved."""
    model = proof.model()
    yield from satisfiable(model)
    yield from true_of(model, proof.real())
    yield from every_action_fires(proof.start())
    for mutant in proof.mutants:
        yield from (f"counterexample of {mutant.name}: {fault}" for fault in proof.counterexample(mutant).faults())
        if mutant.sizes is not None:
            universe = proof.universe(*mutant.sizes)
            attacked, correct = (
                play(FiniteModel(mutant.model(), universe), mutant.attack),
                play(FiniteModel(model, universe), mutant.attack),
            )
            if attacked.stuck_at is not None or not attacked.broken:
                yield f"the attack of {mutant.name} does not succeed: stuck at step {attacked.stuck_at} by {attacked.guard}"
            if correct.stuck_at is None or correct.broken:
                yield f"the attack of {mutant.name} succeeds on the protocol itself"


def explain(proof: Proof) -> Iterator[str]:
    """Yield the proof as a page."""
    model = proof.model()
    yield f"{proof.stem}.{proof.title}"
    yield f"  Claim: {proof.claim}"
    yield f"  For which sizes: {proof.quantifiers}."
    yield ""
    yield "  Actions"
    for name, action in model.actions.items():
        guards = ", ".join(action.guards(model.state(), **model.arguments(action))) or "none"
        yield f"    {name}({', '.join(action.parameters)}): {action.does}"
        yield f"      guards: {guards}"
    yield ""
    yield "  Invariant"
    for name, each in model.invariants.items():
        yield f"    {name}{' (claimed)' if each.safety else ''}: {each.why}"
    yield ""
    yield "  Obligations whose proof needs more of the invariant than the conjunct that is kept"
    for obligation in obligations(model):
        if obligation.action != "start":
            parts = [name.removeprefix("invariant ") for name in needed(obligation) if name.startswith("invariant ")]
            if set(parts) - {obligation.goal}:
                yield f"    {obligation.name}: {', '.join(parts)}"
    yield ""
    for mutant in proof.mutants:
        yield f"  Mutant {mutant.name}: {mutant.mistake}"
        if mutant.hidden is not None:
            states, broken = walked(FiniteModel(mutant.model(), proof.universe(*mutant.hidden)))
            yield (
                f"    Exploring it: no violation in {states:,} states, with sizes {mutant.hidden}."
                if not broken
                else f"    Exploring it breaks {broken}."
            )
            yield "    Proving it fails at once:"
        yield from (f"    {line}" for line in proof.counterexample(mutant).lines())
        if mutant.sizes is not None:
            universe = proof.universe(*mutant.sizes)
            correct = play(FiniteModel(model, universe), mutant.attack)
            attacked = ", ".join(play(FiniteModel(mutant.model(), universe), mutant.attack).broken)
            yield f"    An attack of {len(mutant.attack)} steps breaks {attacked}; the protocol stops it at step {correct.stuck_at}, by {correct.guard}."
    yield ""
    yield "  What is not missed when it is dropped"
    for kind, entries in expected(proof.stem).items():
        for name, entry in entries.items():
            if kind != "obligations" and entry.startswith("survives"):
                yield f"    {kind} {name}: {entry}"
