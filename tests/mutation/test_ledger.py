"""Ledgers: what survives, with reasons, and the table that is made of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from attrs import evolve

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.exploration.budget import Budget
from concordant.checks.misuse import Misuse
from concordant.checks.mutation import ledger
from concordant.checks.mutation.choosing import sampled
from concordant.checks.mutation.ledger import Account, Survivor
from concordant.checks.mutation.records import By, Record
from concordant.checks.mutation.report import FLOOR, percent, shortfall, summary, survivor_lines, table
from concordant.checks.mutation.subjects import Part, ledgers, subjects
from concordant.checks.questions.mutants import MutantsQuestion, of
from concordant.checks.questions.question import Means
from concordant.checks.registry import Protocol, protocols
from tests.mutation import toys

SAMPLED = ("constrained_equal_awards", "vickrey_auction")
"""Of what some mutants are judged again on every run: the cheapest. `make mutants` judges all."""
FAMILIES = {"auctions", "claims", "markets", "voting"}
PROCESSES = {
    "ballot_box",
    "barrier",
    "bully_election",
    "fifo_ordering",
    "gossip",
    "guaranteed_delivery",
    "paxos_synod",
    "pbft",
    "raft",
    "request_response",
    "resource_pool",
    "sealed_bid_auction",
    "stage_executor",
    "two_phase_commit",
    "unanimous_consent",
}
"""Whose ledgers are whole, and stay so, besides those of rules."""
RECORDS = (
    Record("toys", "f: a → b", By.CLAUSE, "toys.c"),
    Record("toys", "f: b → c", By.SAME),
    Record("toys", "f: c → d", By.COUNTS, "one"),
    Record("toys", "f: d → e", By.NO_MUTANT),
)
KNOWN = Account({By.CLAUSE: 1}, {"f: b → c": Survivor(By.SAME, equivalent="The name b is c."), "f: gone → x": Survivor(By.NOTHING)})


def test_a_tally_keeps_the_reasons_that_are_known_and_forgets_what_is_gone() -> None:
    found = ledger.account(RECORDS, KNOWN)

    survivors = {"f: b → c": Survivor(By.SAME, equivalent="The name b is c."), "f: c → d": Survivor(By.COUNTS)}
    assert found == Account({By.CLAUSE: 1}, survivors, void=1)
    assert (found.all, found.good, found.equivalent) == (3, 2, 1)


def test_a_ledger_that_is_written_is_read_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "toys.mutants.json"
    found = ledger.account(RECORDS, KNOWN)

    ledger.write(file, {Part.MACHINE: found})

    assert ledger.read(file) == {Part.MACHINE: found}
    assert ledger.read(tmp_path / "none.json") == {}


def test_records_that_a_ledger_tells_otherwise_are_named() -> None:
    listed = Account({}, {"f: a → b": Survivor(By.NOTHING), "f: b → c": Survivor(By.COUNTS)})

    assert list(ledger.disagreements(RECORDS, listed)) == [
        "in the ledger, and noticed by toys.c: f: a → b",
        "noticed by indistinguishable in scope, in the ledger by counts only: f: b → c",
        "not in the ledger: f: c → d, noticed by counts only",
    ]


def test_a_ledger_that_lists_what_is_no_mutant_or_counts_otherwise_is_stale() -> None:
    assert list(ledger.staleness(ledger.account(RECORDS, KNOWN), Account({By.CLAUSE: 2}, KNOWN.survivors))) == [
        "in the ledger, and no mutant: f: gone → x",
        "noticed by a clause: 1, in the ledger 2",
    ]


def test_a_percentage_is_rounded_down_so_that_none_is_reached_which_is_not() -> None:
    assert percent(Account({By.CLAUSE: 1999}, {"f: a → b": Survivor(By.NOTHING)})) == "99.9 %"
    assert percent(Account({By.CLAUSE: 3})) == "100.0 %"


def test_a_table_has_a_row_for_each_stem_and_one_for_all_together_and_tells_survivors_by_their_reasons() -> None:
    survivors = {
        "f: a → b": Survivor(By.COUNTS),
        "f: b → c": Survivor(By.LIVENESS),
        "f: c → d": Survivor(By.COUNTS, accepted="d will do"),
        "f: d → e": Survivor(By.SAME, equivalent="e is d"),
        "f: e → f": Survivor(By.SAME),
        "f: f → g": Survivor(By.NOTHING),
    }

    assert list(table(Part.MACHINE, {"one": Account({By.CLAUSE: 3, By.THEOREM: 2, By.BROKEN: 1}), "two": Account({}, survivors)})) == [
        "| stem | mutants | by a clause or theorem | equivalent | by counts only | liveness only | accepted | nothing | noticed or equivalent |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
        "| `one` | 6 | 6 | 0 | 0 | 0 | 0 | 0 | 100.0 % |",
        "| `two` | 6 | 0 | 1 | 1 | 1 | 1 | 2 | 16.6 % |",
        "| together | 12 | 6 | 1 | 1 | 1 | 1 | 2 | 58.3 % |",
    ]


def test_a_table_of_clauses_tells_what_pitfalls_notice() -> None:
    assert list(table(Part.CLAUSES, {"one": Account({By.PITFALL: 3}, {"f: a → b": Survivor(By.NOTHING)})}))[:3] == [
        "| stem | mutants | by a pitfall | equivalent | accepted | nothing | noticed or equivalent |",
        "|---|--:|--:|--:|--:|--:|--:|",
        "| `one` | 4 | 3 | 0 | 0 | 1 | 75.0 % |",
    ]


def test_survivors_are_listed_with_their_reasons() -> None:
    found = ledger.account(RECORDS, Account({}, {**KNOWN.survivors, "f: c → d": Survivor(By.COUNTS, accepted="d will do")}))

    assert summary(found) == "2 of 3 mutants are noticed or equivalent, 66.6 %"
    assert shortfall(found, Path("x/f.mutants.json")) == (
        "at least 95 % are to be: let a clause, a scope or a pitfall notice what survives,"
        ' or write in f.mutants.json an "equivalent" with the reason why no behaviour differs; an "accepted" does not count'
    )
    assert shortfall(Account({By.CLAUSE: 95}, found.survivors), Path("f.mutants.json")) == ""
    assert list(survivor_lines(found)) == ["counts only: f: c → d: d will do"]


# ---- the ledgers that stand here


def test_ledgers_are_about_the_mutants_of_today() -> None:
    for subject in subjects():
        known = ledger.read(subject.ledger).get(subject.part)
        if known is not None:
            names = {mutant.name for mutant in subject.mutants}
            assert set(known.survivors) <= names, subject.stem
            assert known.all + known.void == len(names), f"{subject.stem}, {subject.part.value}: run `concordant mutants --write`"
            assert known.seal == ledger.seal_of(known, names), (
                f"{subject.stem}, {subject.part.value}: changed by hand, not in its reasons only"
            )


def test_where_a_ledger_is_whole_at_least_ninety_five_in_a_hundred_mutants_are_noticed() -> None:
    known = {(stem, part): ledger.read(path).get(part) for stem, part, path in ledgers()}
    whole = {stem for stem, _ in known} - {stem for (stem, _), found in known.items() if found is None}

    lacking = ({each.stem for each in protocols() if each.grids} | FAMILIES | PROCESSES) - whole
    assert lacking == set(), "run `concordant mutants STEM --write` for each of these"
    judged = {each: found for each, found in known.items() if found is not None and each[0] in whole}
    assert {each: percent(found) for each, found in judged.items() if found.good * 100 < FLOOR * found.all} == {}, (
        "let a clause, a scope or a pitfall notice what survives, or give the reason why it is `equivalent`; `accepted` does not count"
    )


def test_a_sample_of_the_mutants_of_rules_is_noticed_as_their_ledgers_say() -> None:
    answers = [each.answer(Means()) for each in of(SAMPLED, part="machine", sample=10)]

    assert [(answer.conclusion, answer.note("problem")) for answer in answers] == [(Conclusion.AS_CLAIMED, None)] * 2


# ---- the question


@pytest.fixture
def toy(tmp_path: Path) -> Callable[..., MutantsQuestion]:
    *_, of_clauses = subjects((), (Protocol.of_modules("toys", toys),))
    return partial(MutantsQuestion, evolve(of_clauses, ledger=tmp_path / "toys.mutants.json"))


def test_a_ledger_is_written_found_as_written_and_told_where_it_is_wrong(toy: Callable[..., MutantsQuestion]) -> None:
    answer = toy().answer(Means())
    assert answer.conclusion is Conclusion.NOT_AS_CLAIMED
    assert "not in the ledger: done_is_heard: event.number > 0 → event.number >= 0, noticed by nothing" in _problem(answer)

    assert toy(write=True).answer(Means()).conclusion is Conclusion.AS_CLAIMED
    answer = toy().answer(Means())
    assert (answer.conclusion, answer.note("problem")) == (Conclusion.AS_CLAIMED, None)

    file = toy().subject.ledger
    found = ledger.read(file)[Part.CLAUSES]
    ledger.write(file, {Part.CLAUSES: Account(found.noticed, {**found.survivors, "f: gone → x": Survivor(By.NOTHING)}, found.void)})
    answer = toy().answer(Means())
    assert (answer.conclusion, _problem(answer)) == (Conclusion.NOT_AS_CLAIMED, "in the ledger, and no mutant: f: gone → x")


def _problem(answer: Answer) -> str:
    note = answer.note("problem")
    return "" if note is None else str(note.fields["value"])


def test_a_budget_that_is_spent_is_told_and_nothing_is_written(toy: Callable[..., MutantsQuestion]) -> None:
    answer = toy(write=True).answer(Means(Budget(seconds=0)))

    assert (answer.conclusion, answer.stopped) == (Conclusion.UNDECIDED, "budget spent: 13 mutants were not judged")
    assert not toy().subject.ledger.exists()


def test_a_sample_is_the_same_for_the_same_seed_and_about_as_large_as_asked_for() -> None:
    machine = next(iter(subjects((), (Protocol.of_modules("toys", toys),))))

    assert sampled(machine, 1, "1") == machine.mutants
    assert sampled(machine, 0.2, "1") == sampled(machine, 0.2, "1") != sampled(machine, 0.2, "2")
    assert 4 <= len(sampled(machine, 0.2, "1")) <= 24


def test_what_is_mutated_is_chosen_by_name_and_part() -> None:
    assert [each.id for each in of(("auctions", "vickrey_auction"))] == [
        "mutants:vickrey_auction/machine",
        "mutants:auctions/clauses",
        "mutants:vickrey_auction/clauses",
    ]
    assert [each.id for each in of(("vickrey_auction",), part="clauses")] == ["mutants:vickrey_auction/clauses"]


def test_a_name_or_part_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(Misuse, match="no protocol, family of clauses, file or module is named 'auction'; did you mean auctions"):
        of(("auction",))
    with pytest.raises(Misuse, match="--part is 'rule'; give machine or clauses, or leave it out for both"):
        of((), part="rule")
