"""A proof: a model, its mutants, and everything that must hold of them before the claim is called proved."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import field, frozen

from concordant.proofs.kernel.counterexamples import CounterExample, smallest
from concordant.proofs.kernel.finite import FiniteModel, Universe
from concordant.proofs.kernel.gates import dropped_axioms, dropped_guards, dropped_invariants, every_action_fires, satisfiable, true_of
from concordant.proofs.kernel.ledger import Ledger, differences
from concordant.proofs.kernel.models import Model
from concordant.proofs.kernel.obligations import decide, failures, obligations
from concordant.proofs.kernel.recorded import Records, recorded, standing
from concordant.proofs.kernel.said import MODEL, of_model, otherwise
from concordant.proofs.kernel.scenarios import Script, play
from concordant.proofs.kernel.solving import SolverAnswer
from concordant.proofs.kernel.theorems import Finding, GaveUp, ProofStatus, Theorem


@frozen(eq=False)
class Mutant:
    """A plausible mistake in a model. `attack`: a script that breaks the claim with it, in `universe`, and does not without it.

    Every conjunct that is claimed is broken by some attack: it can be, and says what the attack shows.

    `hidden`: a universe in which exploring every state does not show the mistake, which the proof does.
    """

    name: str
    mistake: str
    model: Callable[[], Model]
    universe: Universe
    attack: Script
    hidden: Universe | None = None


@frozen(eq=False)
class Proof:
    """Everything about one inductive proof. What it claims, and of what, is told by its model.

    `about`: what it assumes besides, and what is not covered. `start`: a universe in which every action must fire. `real`: universes of real systems, in which the axioms must be true.
    """

    stem: str
    title: str
    about: str
    model: Callable[[], Model]
    start: Universe
    real: tuple[Universe, ...]
    mutants: tuple[Mutant, ...]

    def counterexample(self, mutant: Mutant) -> CounterExample:
        """Return a smallest counterexample to induction of a mutant, from the record; one that is proved all the same is a ValueError."""
        model = mutant.model()
        on_record = standing(model, recorded(self.stem).get("mutants", {}).get(mutant.name))
        if on_record is not None:
            return on_record
        for obligation, answer in failures(model, self.model()):
            if answer is SolverAnswer.UNKNOWN:
                raise GaveUp(f"the solver gave up on {obligation.name} of the mutant {mutant.name}")
            return smallest(model, obligation)
        raise ValueError(f"mutant {mutant.name} of {self.stem} is proved all the same: it is no mistake, or the claim is too weak")

    def ledger(self, records: Records | None = None) -> Ledger:
        """Return what becomes of every obligation, and of the proof without each guard, axiom and conjunct: the first that then fails.

        `records`: counterexamples; where one stands, what it breaks is noted, and the solver is not asked.
        """
        model, shown = self.model(), records or {}
        decided = {each: decide(each) for each in obligations(model)}
        return {
            "obligations": {each.name: found.answer.value for each, found in decided.items()},
            "without guard": dict(dropped_guards(model, decided, shown.get("without guard", {}))),
            "without axiom": dict(dropped_axioms(model, decided, shown.get("without axiom", {}))),
            "without conjunct": dict(dropped_invariants(model, decided, shown.get("without conjunct", {}))),
        }


@frozen(eq=False)
class ProofTheorem(Theorem):
    """What a proof claims."""

    proof: Proof = field(kw_only=True)


def check(proof: Proof) -> Finding:
    """Decide every obligation, with every gate on."""
    found = proof.ledger(recorded(proof.stem))
    answers = found["obligations"]
    unknown, failed = (
        [name for name, answer in answers.items() if answer == bad.value] for bad in (SolverAnswer.UNKNOWN, SolverAnswer.SAT)
    )
    if unknown:
        raise GaveUp(f"the solver gave up on {', '.join(unknown)}")
    if failed:
        return Finding(ProofStatus.FAILED, f"not proved, --explain shows a counterexample: {', '.join(failed)}")
    wrong = [*gates(proof), *differences(proof.stem, found, tuple(found))] or list(otherwise(proof.stem, MODEL, of_model(proof.model())))
    if wrong:
        return Finding(ProofStatus.FAILED, "; ".join(wrong))
    return Finding(ProofStatus.PROVED, f"{len(answers)} obligations, {len(proof.mutants)} mutants refuted")


def gates(proof: Proof) -> Iterator[str]:
    """Yield what is wrong with a proof, though its obligations may all be proved."""
    model = proof.model()
    if not model.claim:
        yield "nothing is claimed: no conjunct of the invariant is marked as safety"
    yield from satisfiable(model)
    yield from true_of(FiniteModel(model, universe) for universe in (proof.start, *proof.real))
    if not proof.real:
        yield "no real system is named of which the axioms would be true"
    yield from every_action_fires(FiniteModel(model, proof.start))
    for mutant in proof.mutants:
        yield from (f"counterexample of {mutant.name}: {fault}" for fault in proof.counterexample(mutant).faults())
        yield from _attacked(proof, mutant)
    broken = {name for mutant in proof.mutants for name in _broken_by(proof, mutant)}
    yield from (f"no attack breaks {name}" for name, each in model.invariants.items() if each.safety and name not in broken)


def _broken_by(proof: Proof, mutant: Mutant) -> tuple[str, ...]:
    """Return the conjuncts that are false, as the protocol's own model says them, where an attack has led its mutant."""
    led = play(FiniteModel(mutant.model(), mutant.universe), mutant.attack)
    return FiniteModel(proof.model(), mutant.universe).failing_invariants(led.state)


def _attacked(proof: Proof, mutant: Mutant) -> Iterator[str]:
    """Yield what is wrong with an attack: it must be one of the mutant, and none of the protocol."""
    attacked = FiniteModel(mutant.model(), mutant.universe)
    yield from true_of([attacked])
    played = play(attacked, mutant.attack)
    if played.stuck_at is not None:
        yield f"the attack of {mutant.name} is stuck at step {played.stuck_at}, by {played.guard}"
    elif not any(attacked.model.invariants[name].safety for name in played.broken):
        yield f"the attack of {mutant.name} breaks nothing that is claimed"
    if stopped_by(proof, mutant) is None and not comes_to_nothing(proof, mutant):
        yield f"the attack of {mutant.name} is possible in the protocol itself"


def comes_to_nothing(proof: Proof, mutant: Mutant) -> bool:
    """Tell whether the protocol takes an attack, and ends elsewhere than its mutant, where nothing is broken."""
    ended, led = (play(FiniteModel(model, mutant.universe), mutant.attack) for model in (proof.model(), mutant.model()))
    return not ended.broken and ended.state != led.state


def stopped_by(proof: Proof, mutant: Mutant) -> tuple[int, str] | None:
    """Return at which step the protocol stops an attack, and by which guard; step 0 where its universe contradicts an axiom."""
    correct = FiniteModel(proof.model(), mutant.universe)
    for axiom in correct.failing_axioms():
        return 0, f"axiom {axiom}"
    played = play(correct, mutant.attack)
    return None if played.stuck_at is None or played.broken else (played.stuck_at, f"guard {played.guard}")
