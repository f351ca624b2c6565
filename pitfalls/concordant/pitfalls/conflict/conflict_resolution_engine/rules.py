"""What goes wrong with engines of conflict resolution: the documents' two as written, and other rules."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from concordant.refimpl.conflict.conflict_resolution_engine import Ledger, flaw, misfit, resolve, resolved, tried
from concordant.spec.conflict import conflict_resolution_engine as spec
from concordant.spec.conflict.conflict_resolution_engine import (
    DECLINED,
    UNKNOWN_STRATEGY,
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
)
from concordant.spec.vocabulary import Draw, Map, Rejected

Try = Callable[[Conflict, Batch, Ledger], Resolved | Failed]


def each_by_itself(attempt: Try) -> Rule:
    """Return a rule that resolves each conflict in its own way, as if there were no others."""

    def rule(batch: Batch) -> Outcome:
        reason = flaw(batch)
        if reason is not None:
            return reason
        results = tuple(attempt(conflict, batch, Ledger(batch.available)) for conflict in batch.conflicts)
        return Report(all(isinstance(each, Resolved) for each in results), results)

    return rule


# ---- the documents' engines


def as_written(batch: Batch) -> Outcome:
    """Take the answer of the strategy, or of the fallback where it says that it has found none, and report that all is well.

    An error, and a strategy that nobody knows, end the engine. What there is of a resource is told to each conflict anew.
    """
    results = []
    for conflict in batch.conflicts:
        answer = asked(conflict, batch.strategy)
        strategy = batch.fallback if answer is None else batch.strategy
        answer = answer or asked(conflict, batch.fallback)
        results.append(Failed(conflict.name, DECLINED, DECLINED) if answer is None else Resolved(conflict.name, strategy, answer))
    return Report(well=True, results=tuple(results))


def asked(conflict: Conflict, strategy: str) -> Value | Shares | None:
    """Ask a strategy, which must be there, and may raise an error."""
    match conflict.answers[strategy]:
        case Raises(error):
            raise ArithmeticError(error)
        case Declines():
            return None
        case Value() | Shares() as answer:
            return answer


def by_type(batch: Batch) -> Outcome:
    """Ask the one strategy there is, and return nothing where nobody knows it."""
    outcome = resolve(batch)
    if isinstance(outcome, Rejected):
        return outcome
    known = tuple(each for each in outcome.results if not (isinstance(each, Failed) and each.why is UNKNOWN_STRATEGY))
    return evolve(outcome, results=known)


# ---- other rules


def nothing_fits_better(conflict: Conflict, batch: Batch, ledger: Ledger) -> Resolved | Failed:
    """Take whatever is answered."""
    match conflict.answers.get(batch.strategy):
        case Value() | Shares() as answer:
            return Resolved(conflict.name, batch.strategy, answer)
        case _:
            return resolved(conflict, batch, ledger)


def only_no_is_a_failure(conflict: Conflict, batch: Batch, ledger: Ledger) -> Resolved | Failed:
    """Try the fallback only where the strategy says that it has found nothing."""
    first = tried(conflict, batch.strategy, ledger)
    if isinstance(first, Rejected) and first is not DECLINED:
        return Failed(conflict.name, first, first)
    return resolved(conflict, batch, ledger)


def fallback_first(conflict: Conflict, batch: Batch, ledger: Ledger) -> Resolved | Failed:
    """Prefer the fallback."""
    return resolved(conflict, evolve(batch, strategy=batch.fallback, fallback=batch.strategy), ledger)


def no_fallback(conflict: Conflict, batch: Batch, ledger: Ledger) -> Resolved | Failed:
    """Try the strategy twice."""
    return resolved(conflict, evolve(batch, fallback=batch.strategy), ledger)


def one_reason(conflict: Conflict, batch: Batch, ledger: Ledger) -> Resolved | Failed:
    """Tell of two failures the first, twice."""
    result = resolved(conflict, batch, ledger)
    return evolve(result, fallback=result.why) if isinstance(result, Failed) else result


def last_reason(conflict: Conflict, batch: Batch, ledger: Ledger) -> Resolved | Failed:
    """Tell of two failures the last, twice."""
    result = resolved(conflict, batch, ledger)
    return evolve(result, why=result.fallback) if isinstance(result, Failed) else result


def rounded(conflict: Conflict, batch: Batch, ledger: Ledger) -> Resolved | Failed:
    """Set variables to one more than was answered."""
    result = resolved(conflict, batch, ledger)
    match result:
        case Resolved(_, _, Value(amount)):
            return evolve(result, answer=Value(amount + 1))
        case _:
            return result


def exchanged(conflict: Conflict, batch: Batch, ledger: Ledger) -> Resolved | Failed:
    """Give each of two agents the share of the other."""
    result = resolved(conflict, batch, ledger)
    match result:
        case Resolved(_, _, Shares(of)):
            return evolve(result, answer=Shares(type(of).of(dict(zip(of.keys(), of.values()[::-1], strict=True)))))
        case _:
            return result


def unchecked_disk(batch: Batch) -> Outcome:
    """Look how much is left of memory alone."""
    return resolve(evolve(batch, available=batch.available.put("disk", 1_000)) if "disk" in batch.available else batch)


def named_after_the_strategy(conflict: Conflict, batch: Batch, ledger: Ledger) -> Resolved | Failed:
    """Say that the strategy has resolved it, whichever has."""
    result = resolved(conflict, batch, ledger)
    return evolve(result, strategy=batch.strategy) if isinstance(result, Resolved) else result


def any_agents(conflict: Conflict, batch: Batch, ledger: Ledger) -> Resolved | Failed:
    """Do not look for whom the shares are."""
    match conflict.answers.get(batch.strategy):
        case Shares(of) as answer if misfit(evolve(conflict, agents=of.keys()), answer, ledger) is None:
            return Resolved(conflict.name, batch.strategy, answer)
        case _:
            return resolved(conflict, batch, ledger)


def told(change: Callable[[Report], Report]) -> Rule:
    """Return a rule that tells something else."""

    def rule(batch: Batch) -> Outcome:
        outcome = resolve(batch)
        return change(outcome) if isinstance(outcome, Report) else outcome

    return rule


def always_well(report: Report) -> Report:
    """Say that all is well."""
    return evolve(report, well=True)


def never_well(report: Report) -> Report:
    """Say that all is well only where there was nothing to do."""
    return evolve(report, well=not report.results)


def until_one_fails(report: Report) -> Report:
    """Tell what has become of conflicts up to the first that has failed."""
    failed = next((place for place, each in enumerate(report.results) if isinstance(each, Failed)), len(report.results))
    return evolve(report, results=report.results[: failed + 1])


def backwards(report: Report) -> Report:
    """Tell what has become of the last first."""
    return evolve(report, results=report.results[::-1])


def all_or_nothing(batch: Batch) -> Outcome:
    """Let all conflicts fail if one does."""
    outcome = resolve(batch)
    if not isinstance(outcome, Report) or outcome.well:
        return outcome
    results = (each if isinstance(each, Failed) else Failed(each.conflict, DECLINED, DECLINED) for each in outcome.results)
    return Report(well=False, results=tuple(results))


def one_pot(batch: Batch) -> Outcome:
    """Take what is given of one resource from all."""
    left, results = batch.available, list[Resolved | Failed]()
    for conflict in batch.conflicts:
        alone = resolve(evolve(batch, conflicts=(conflict,), available=left))
        if isinstance(alone, Rejected):
            return alone
        results += alone.results
        match alone.results[0]:
            case Resolved(_, _, Shares(of)):
                left = type(left).of({name: max(0, amount - sum(of.values())) for name, amount in left.items()})
            case _:
                pass
    return Report(all(isinstance(each, Resolved) for each in results), tuple(results))


def not_looking_for(*reasons: Rejected) -> Rule:
    """Return a rule that does not look for some flaws of a batch."""

    def rule(batch: Batch) -> Outcome:
        outcome = flaw(batch)
        return Report(well=True, results=()) if outcome in reasons else resolve(batch)

    return rule


def unknown(draw: Draw) -> Batch:
    """Draw a conflict to which nobody answers."""
    kind = draw.one_of("kind", tuple(Kind))
    conflict = Conflict("conflict0", kind, spec.subjects(kind)[0], spec.AGENTS, Map())
    return Batch((conflict,), spec.FIRST, spec.SECOND, Map.of({"memory": draw.amount("there is of memory")}))


def about_memory(draw: Draw) -> Batch:
    """Draw two conflicts about one resource, which the strategy resolves by giving some of it to the first agent."""
    conflicts = (
        Conflict(name, Kind.RESOURCE, "memory", spec.AGENTS, Map.of({spec.FIRST: spec.rightly(draw, "shares", name)}))
        for name in ("conflict0", "conflict1")
    )
    return Batch(tuple(conflicts), spec.FIRST, spec.SECOND, Map.of({"memory": draw.amount("there is of memory")}))
