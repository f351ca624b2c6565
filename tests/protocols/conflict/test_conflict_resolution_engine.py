"""The engine of conflict resolution, batches in and reports out."""

from __future__ import annotations

from fractions import Fraction

import pytest

from concordant.pitfalls.conflict.conflict_resolution_engine.rules import as_written
from concordant.refimpl.conflict.conflict_resolution_engine import resolve
from concordant.spec.conflict.conflict_resolution_engine import (
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
    Answer,
    Batch,
    Conflict,
    Declines,
    Failed,
    Kind,
    Outcome,
    Raises,
    Report,
    Resolved,
    Shares,
    Value,
    other_conflicts_do_not_matter,
)
from concordant.spec.vocabulary import Amount, Map, Recorded, Rejected

NO = Declines()


def shares(ann: Amount, bob: Amount) -> Shares:
    return Shares(Map.of({"ann": ann, "bob": bob}))


def wants(
    name: str, first: Answer | None, second: Answer | None = NO, about: str = "memory", agents: tuple[str, ...] = ("ann", "bob")
) -> Conflict:
    """A conflict about a variable, if it is the heating, or about a resource."""
    answers = {"split": first, "rank": second}
    known = Map.of({strategy: answer for strategy, answer in answers.items() if answer is not None})
    return Conflict(name, Kind.VALUE if about == "heating" else Kind.RESOURCE, about, agents, known)


def batch(*conflicts: Conflict, memory: Amount = 4) -> Batch:
    return Batch(conflicts, "split", "rank", Map.of({"memory": memory, "disk": 1}))


def report(*results: Resolved | Failed) -> Report:
    return Report(all(isinstance(each, Resolved) for each in results), results)


def test_what_the_strategy_resolves_is_not_asked_of_its_fallback() -> None:
    halves = shares(Fraction(3, 2), Fraction(3, 2))

    assert resolve(batch(wants("a", halves, shares(4, 0)))) == Report(well=True, results=(Resolved("a", "split", halves),))
    assert resolve(batch()) == Report(well=True, results=())


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (None, UNKNOWN_STRATEGY),
        (NO, DECLINED),
        (Raises("division by zero"), RAISED),
        (Value(1), UNSUITED),
        (shares(-1, 1), NO_AMOUNT),
        (Shares(Map.of({"ann": 1})), OTHER_AGENTS),
        (Shares(Map.of({"ann": 1, "bob": 1, "eve": 1})), OTHER_AGENTS),
        (shares(4, 1), TOO_MUCH),
    ],
)
def test_whyever_a_strategy_fails_its_fallback_is_tried(answer: Answer | None, why: Rejected) -> None:
    assert resolve(batch(wants("a", answer, shares(4, 0)))) == report(Resolved("a", "rank", shares(4, 0)))
    assert resolve(batch(wants("a", answer))) == report(Failed("a", why, DECLINED))
    assert resolve(batch(wants("a", NO, answer))) == report(Failed("a", DECLINED, why))


def test_what_is_given_in_one_conflict_is_not_there_in_the_next() -> None:
    conflicts = (
        wants("a", shares(2, 1)),
        wants("b", shares(1, 1), shares(1, 0)),
        wants("c", shares(1, 0)),
        wants("d", shares(1, 0), about="disk"),
    )

    assert resolve(batch(*conflicts)) == report(
        Resolved("a", "split", shares(2, 1)),
        Resolved("b", "rank", shares(1, 0)),
        Failed("c", TOO_MUCH, DECLINED),
        Resolved("d", "split", shares(1, 0)),
    )


def test_a_variable_that_is_set_may_be_set_to_the_same_again_and_to_nothing_else() -> None:
    conflicts = [wants(name, Value(value), about="heating") for name, value in (("a", 20), ("b", 22), ("c", 20))]

    assert resolve(batch(*conflicts)) == report(
        Resolved("a", "split", Value(20)), Failed("b", CONTRADICTS, DECLINED), Resolved("c", "split", Value(20))
    )
    assert resolve(batch(wants("a", Value("warm"), about="heating"))) == report(  # type: ignore[arg-type]  # that is the case
        Failed("a", NO_AMOUNT, DECLINED)
    )
    assert resolve(batch(wants("a", shares(1, 1), about="heating"))) == report(Failed("a", UNSUITED, DECLINED))


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (batch(wants("a", NO), wants("a", NO)), DUPLICATE),
        (batch(wants("a", NO, agents=("ann",))), NO_CONFLICT),
        (batch(wants("a", NO, agents=())), NO_CONFLICT),
        (batch(wants("a", NO, agents=("ann", "bob", "ann"))), NO_CONFLICT),
        (batch(wants("a", NO, about="printer")), UNKNOWN_RESOURCE),
        (batch(memory=-1), NO_SUPPLY),
        (batch(memory=0.5), NO_SUPPLY),  # type: ignore[arg-type]  # that is the case
    ],
)
def test_each_rule_of_a_batch_has_its_reason(wrong: Batch, reason: Rejected) -> None:
    assert resolve(wrong) == reason


def test_as_the_documents_are_written_an_error_escapes_and_a_failure_is_well() -> None:
    with pytest.raises(ArithmeticError, match="division by zero"):
        as_written(batch(wants("a", Raises("division by zero"), shares(1, 1)), wants("b", shares(1, 1))))
    with pytest.raises(KeyError, match="split"):
        as_written(batch(wants("a", None)))
    assert as_written(batch(wants("a", NO))) == Report(well=True, results=(Failed("a", DECLINED, DECLINED),))


def test_of_what_is_rejected_nothing_is_said_of_other_conflicts() -> None:
    def refuses(_: Batch) -> Outcome:
        return DUPLICATE

    assert list(other_conflicts_do_not_matter.cases(refuses, batch(wants("a", NO)), Recorded({"of interest": 0}))) == []
    assert list(other_conflicts_do_not_matter.cases(resolve, batch(), Recorded({}))) == []
