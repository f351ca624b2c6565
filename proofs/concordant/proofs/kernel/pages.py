"""A proof as a page: claim, model, invariant, which obligation needs what, mutants with their counterexamples and attacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from concordant.proofs.kernel.counterexamples import smallest
from concordant.proofs.kernel.finite import FiniteModel, Universe
from concordant.proofs.kernel.gates import walked
from concordant.proofs.kernel.ledger import expected
from concordant.proofs.kernel.models import Model, formula
from concordant.proofs.kernel.obligations import Discharge, Obligation, decide, obligations
from concordant.proofs.kernel.proofs import Mutant, Proof, ProofTheorem, check, stopped_by
from concordant.proofs.kernel.role_theorems import WrongHandler
from concordant.proofs.kernel.scenarios import play
from concordant.proofs.kernel.solving import SolverAnswer
from concordant.proofs.kernel.theorems import Theorem, collected

SHOWN_FAILURES = 3
"""How many failing obligations are shown by a counterexample each."""


def proved(proof: Proof) -> Theorem:
    """Make the theorem of a proof."""
    model = proof.model()
    id = f"{proof.stem}.{proof.title}"
    return ProofTheorem(id, model.claim, model.quantifiers, lambda: check(proof), explain=lambda: page(proof), proof=proof)


def page(proof: Proof) -> Iterator[str]:
    """Yield the lines of a page."""
    model = proof.model()
    yield f"{proof.stem}.{proof.title}"
    yield f"  Claim: {model.claim}"
    yield f"  In every run of the model below, {model.quantifiers}."
    yield from prose(proof.about)
    for title, lines in (
        ("Model", _model(model)),
        ("Actions", _actions(model)),
        ("Invariant", _conjuncts(model)),
        ("Obligations", _obligations(model)),
        *((f"Mutant {mutant.name}: {mutant.mistake}", _mutant(proof, mutant)) for mutant in proof.mutants),
        ("What the proof does not miss when it is dropped", _survivors(proof)),
    ):
        yield ""
        yield f"  {title}"
        yield from (f"    {line}" for line in lines)


def prose(text: str) -> Iterator[str]:
    """Yield the paragraphs of a docstring, indented."""
    yield from (f"  {line}".rstrip() for line in text.strip().splitlines())


def _model(model: Model) -> Iterator[str]:
    def signature(name: str) -> str:
        symbol = model.symbols[name]
        if symbol.rigid and not symbol.domain:
            return f"{name} in {symbol.range}"
        return f"{name}({', '.join(map(str, symbol.domain))})"

    yield f"sorts of any size: {', '.join(model.sorts)}"
    rigid = [signature(name) for name, symbol in model.symbols.items() if symbol.rigid]
    if rigid:
        yield f"never changes: {', '.join(rigid)}; axioms: {', '.join(model.axioms)}"
    yield f"changes, and is empty at the start: {', '.join(map(signature, model.changing))}"


def _actions(model: Model) -> Iterator[str]:
    for name, action in model.actions.items():
        guards = ", ".join(action.guards(model.state(), **model.arguments(action))) or "none"
        yield f"{name}({', '.join(action.parameters)}): {action.does}"
        yield f"  guards: {guards}"


def _conjuncts(model: Model) -> Iterator[str]:
    """Yield each conjunct as a sentence; of one that is claimed also the formula, since that is what is proved."""
    for name, each in model.invariants.items():
        yield f"{name}{' (claimed)' if each.safety else ''}: {each.why}"
        if each.safety:
            yield f"  {formula(each.formula(model.state()))}"


def _obligations(model: Model) -> Iterator[str]:
    """Yield a table of conjuncts by actions, then what is needed where more than the conjunct itself is, then what fails."""
    decided = {(each.action, each.goal): (each, decide(each, minimal=True)) for each in obligations(model)}
    actions = ["start", *model.actions]
    width = max(map(len, model.invariants))
    yield f"{'':{width}}  {'  '.join(actions)}"
    for goal in model.invariants:
        marks = (f"{_mark(*decided[action, goal]):^{len(action)}}" for action in actions)
        yield f"{goal:{width}}  {'  '.join(marks)}".rstrip()
    yield "· needs no other conjunct, + needs others, ✗ is not proved"
    for each, discharge in decided.values():
        if _others(each, discharge):
            yield f"{each.name}"
            for kind, plural in (("invariant", "conjuncts"), ("axiom", "axioms"), ("guard", "guards")):
                names = sorted(name.removeprefix(f"{kind} ") for name in discharge.needs if name.startswith(f"{kind} "))
                if names:
                    yield f"  {plural}: {', '.join(names)}"
    failing = (each for each, discharge in decided.values() if discharge.answer is SolverAnswer.SAT and each.action != "start")
    for each in islice(failing, SHOWN_FAILURES):
        yield from smallest(model, each).lines()


def _mark(obligation: Obligation, discharge: Discharge) -> str:
    if discharge.answer is not SolverAnswer.UNSAT:
        return "✗"
    return "+" if _others(obligation, discharge) else "·"


def _others(obligation: Obligation, discharge: Discharge) -> bool:
    return any(name.startswith("invariant ") and name != f"invariant {obligation.goal}" for name in discharge.needs)


def _mutant(proof: Proof, mutant: Mutant) -> Iterator[str]:
    if mutant.hidden is not None:
        states, broken = walked(FiniteModel(mutant.model(), mutant.hidden))
        yield f"exploring it, with {sizes(mutant.hidden)}: {', '.join(broken) + ' broken' if broken else 'no violation'} in {states:,} states"
    first, *rest = proof.counterexample(mutant).lines()
    yield f"proving it fails: {first}"
    yield from rest
    for wrong in collected(WrongHandler):
        if wrong.mutant == f"{proof.stem}.{mutant.name}":
            yield f"the handler {wrong.kind.__name__}, which does it: refuted by {wrong.refuted_by()}"
    played = play(FiniteModel(mutant.model(), mutant.universe), mutant.attack)
    stopped = stopped_by(proof, mutant)
    yield f"attacking it, with {sizes(mutant.universe)}: {', '.join(played.broken)} broken in {len(mutant.attack)} steps"
    for number, (action, *names) in enumerate(mutant.attack, start=1):
        here = f"   here the protocol stops it: {stopped[1]} is false" if stopped is not None and stopped[0] == number else ""
        yield f"  {number:2} {action}({', '.join(names)}){here}"
    if stopped is not None and stopped[0] == 0:
        yield f"the protocol rules it out: {stopped[1]} is false of these quorums"


def sizes(universe: Universe) -> str:
    """Return how many elements each sort has, in words."""
    return counted((sort, len(names)) for sort, names in universe.names.items())


def counted(numbers: Iterable[tuple[str, int]]) -> str:
    """Return numbers of things in words: `2 nodes, 1 quorum`."""
    return ", ".join(f"{count} {name.lower()}{'s' * (count != 1)}" for name, count in numbers)


def _survivors(proof: Proof) -> Iterator[str]:
    for kind, entries in expected(proof.stem).items():
        for name, entry in entries.items():
            if kind != "obligations" and entry.startswith("survives"):
                yield f"{kind.removeprefix('without ')} {name} {entry}"
