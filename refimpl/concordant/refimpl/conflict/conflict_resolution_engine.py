"""The engine of conflict resolution: a pure function from a batch of conflicts, with what strategies answer, to a report."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Mechanism
from concordant.spec.conflict.conflict_resolution_engine import (
    CLAUSES,
    CONTRADICTS,
    DECLINED,
    DUPLICATE,
    NO_AMOUNT,
    NO_CONFLICT,
    NO_SUPPLY,
    OTHER_AGENTS,
    RAISED,
    TOO_MUCH,
    UNKNOWN_RESOURCE,
    UNKNOWN_STRATEGY,
    UNSUITED,
    Batch,
    Conflict,
    Declines,
    Failed,
    Kind,
    Outcome,
    Raises,
    Report,
    Resolved,
    Rule,
    Shares,
    Value,
    malformed,
    malformed_batches_are_rejected,
)
from concordant.spec.vocabulary import Amount, Draw, Map, Rejected, is_amount


@frozen
class Ledger:
    """What is left of each resource, and the values of variables that are set."""

    left: Map[str, Amount]
    values: Map[str, Amount] = Map()

    def after(self, about: str, answer: Value | Shares) -> Ledger:
        """Return the ledger when something is resolved."""
        if isinstance(answer, Value):
            return evolve(self, values=self.values.put(about, answer.amount))
        return evolve(self, left=self.left.put(about, self.left[about] - sum(answer.of.values())))


def resolve(batch: Batch) -> Outcome:
    """Resolve one conflict after the other, with one ledger for all: so what is given away is not there for those that follow."""
    reason = flaw(batch)
    if reason is not None:
        return reason
    ledger, results = Ledger(batch.available), list[Resolved | Failed]()
    for conflict in batch.conflicts:
        result = resolved(conflict, batch, ledger)
        results.append(result)
        if isinstance(result, Resolved):
            # The hard step. What is given away is not there for those that follow: each answer fits what is left of the one ledger,
            # so that all of them together fit.
            ledger = ledger.after(conflict.about, result.answer)
    return Report(all(isinstance(each, Resolved) for each in results), tuple(results))


def resolved(conflict: Conflict, batch: Batch, ledger: Ledger) -> Resolved | Failed:
    """Try the strategy, and its fallback if that fails, whyever."""
    first = tried(conflict, batch.strategy, ledger)
    if not isinstance(first, Rejected):
        return Resolved(conflict.name, batch.strategy, first)
    second = tried(conflict, batch.fallback, ledger)
    return Failed(conflict.name, first, second) if isinstance(second, Rejected) else Resolved(conflict.name, batch.fallback, second)


def tried(conflict: Conflict, strategy: str, ledger: Ledger) -> Value | Shares | Rejected:
    """Return the answer of a strategy, or why it has failed."""
    answer = conflict.answers.get(strategy)
    match answer:
        case None:
            return UNKNOWN_STRATEGY
        case Declines():
            return DECLINED
        case Raises():
            return RAISED
        case Value() | Shares():
            return misfit(conflict, answer, ledger) or answer
        case _:
            assert_never(answer)


def misfit(conflict: Conflict, answer: Value | Shares, ledger: Ledger) -> Rejected | None:
    """Return why an answer does not fit the conflict, or what is left; None where it does."""
    match answer, conflict.kind:
        case Value(amount), Kind.VALUE:
            if not is_amount(amount):
                return NO_AMOUNT
            return None if ledger.values.get(conflict.about, amount) == amount else CONTRADICTS
        case Shares(of), Kind.RESOURCE:
            if not all(is_amount(share) and share >= 0 for share in of.values()):
                return NO_AMOUNT
            if of.keys() != tuple(sorted(conflict.agents)):
                return OTHER_AGENTS
            return None if sum(of.values()) <= ledger.left[conflict.about] else TOO_MUCH
        case _:
            return UNSUITED


def flaw(batch: Batch) -> Rejected | None:
    """Return why a batch is refused; None where it is not."""
    if len({conflict.name for conflict in batch.conflicts}) < len(batch.conflicts):
        return DUPLICATE
    if any(len(set(conflict.agents)) < max(2, len(conflict.agents)) for conflict in batch.conflicts):
        return NO_CONFLICT
    if any(conflict.kind is Kind.RESOURCE and conflict.about not in batch.available for conflict in batch.conflicts):
        return UNKNOWN_RESOURCE
    return None if all(is_amount(amount) and amount >= 0 for amount in batch.available.values()) else NO_SUPPLY


def engine(batches: Callable[[Draw], Batch], rule: Rule = resolve) -> Mechanism[Batch, Outcome]:
    """Return a rule on some batches, with all that is promised of it."""
    return Mechanism(rule, batches, CLAUSES)


def on_malformed(rule: Rule = resolve) -> Mechanism[Batch, Outcome]:
    """Return a rule on batches with a flaw."""
    return Mechanism(rule, malformed, (malformed_batches_are_rejected,))
