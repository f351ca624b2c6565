"""Weakened clauses: a pitfall must notice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from concordant.checks.mutation.mutants import Mutant
from concordant.checks.mutation.records import By, Record
from concordant.checks.mutation.subjects import Part, Subject, subjects
from concordant.checks.registry import Protocol, protocol
from tests.mutation import toys

TOYS = Protocol.of_modules("toys", toys)


def clauses(stem: str, every: tuple[Protocol, ...]) -> Subject:
    (found,) = (each for each in subjects((stem,), every) if each.part is Part.CLAUSES)
    return found


@pytest.fixture(scope="module")
def toy() -> Callable[[str], Record]:
    subject = clauses("toys", (TOYS,))
    judge = subject.prepare(True)
    return lambda name: judge(named(subject, name))


def named(subject: Subject, name: str) -> Mutant:
    return next(mutant for mutant in subject.mutants if mutant.name == name)


def test_a_pitfall_that_a_weaker_clause_no_longer_refutes_notices_it(toy: Callable[[str], Record]) -> None:
    both = "event.number in before.heard and event.number > 0"

    assert toy(f"done_is_heard: event.number in before.heard in {both} → left out").by is By.PITFALL
    assert toy(f"done_is_heard: case({both}) → skipped") == Record("toys", f"done_is_heard: case({both}) → skipped", By.PITFALL, "TOY-1")


def test_what_no_pitfall_needs_is_noticed_by_nothing(toy: Callable[[str], Record]) -> None:
    assert toy("done_is_heard: event.number > 0 → event.number >= 0").by is By.NOTHING


def test_all_to_some_is_noticed_where_one_is_wrong_and_another_is_not(toy: Callable[[str], Record]) -> None:
    assert toy("nobody_waits: for (address, view) in seen.views(View).items() → some").by is By.PITFALL


def test_a_kind_of_case_that_never_comes_about_cannot_be_told_apart(toy: Callable[[str], Record]) -> None:
    waits = "nobody_waits: case(view.phase is not Phase.WAITING)"

    assert toy(f"{waits} → skipped where view.phase is BROKEN").by is By.SAME
    assert toy(f"{waits} → skipped where view.phase is IDLE").by is By.NOTHING
    assert toy(f"{waits} → skipped where view.phase is WAITING").by is By.PITFALL


def test_a_change_after_which_the_reference_breaks_the_clause_is_no_weakening(toy: Callable[[str], Record]) -> None:
    rest = "(number > 5 for number in before.heard - {event.number})"
    name = f"nothing_large_is_heard: any({rest}) → all({rest})"

    assert toy(name) == Record("toys", name, By.NO_MUTANT, "toys.nothing_large_is_heard is broken by the reference")


def test_a_clause_of_a_family_is_noticed_by_the_pitfalls_of_its_rules() -> None:
    subject = clauses("auctions", (protocol("first_price_sealed_bid"),))

    skipped = next(
        mutant for mutant in subject.mutants if mutant.name.startswith("sold_to_the_best: ") and mutant.name.endswith(" → skipped")
    )

    assert subject.prepare(False)(skipped).by is By.PITFALL
