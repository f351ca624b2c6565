"""Clauses that several protocols share: found by either name, counted for each, and one id means one clause."""

from __future__ import annotations

import pickle
from types import ModuleType

import pytest
from attrs import evolve

from concordant.checks.mechanisms.scope import Grid
from concordant.checks.questions.asking import to_check
from concordant.checks.questions.pitfall import ask as pitfalls_of
from concordant.checks.questions.question import Means
from concordant.checks.registry import Protocol, UnknownName, find, protocol
from concordant.refimpl.machine import KnownViolation, Mechanism, Pitfall
from concordant.spec.auctions.shared.auctions import sold_to_the_best, truthful_bidding
from concordant.spec.auctions.vickrey_auction import price_is_the_best_of_the_others
from concordant.spec.vocabulary import outcomes_are_exact

from .toys import claims, halves, honest_claims, nobody_gets_more_than_claimed


def test_a_clause_of_a_family_is_found_by_its_own_name_and_by_that_of_a_protocol_that_promises_it() -> None:
    vickrey = protocol("vickrey_auction")

    assert find("vickrey_auction.truthful") == (vickrey, truthful_bidding)
    assert find("Vickrey_Auction.Truthful") == (vickrey, truthful_bidding)
    assert find("auctions.truthful")[1] is truthful_bidding
    assert find("vickrey_auction.price_is_the_best_of_the_others") == (vickrey, price_is_the_best_of_the_others)


def test_a_clause_that_only_fails_is_found_where_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    promises, fails = ModuleType("promises"), ModuleType("fails")
    vars(promises)["GRID"] = Grid("all", "", Mechanism(halves, claims, (honest_claims,)))
    vars(fails)["FAILS"] = (
        KnownViolation(honest_claims, "", Mechanism(halves, claims, ()), {}),
        KnownViolation(nobody_gets_more_than_claimed, "", Mechanism(halves, claims, ()), {}),
    )
    first, second = Protocol.of_modules("a", fails), Protocol.of_modules("b", promises)
    monkeypatch.setattr("concordant.checks.registry.protocols", lambda _stems=(): (first, second))

    assert find("toys.truthful") == (second, honest_claims)
    assert find("b.truthful") == (second, honest_claims)
    assert find("a.truthful") == (first, honest_claims)
    assert find("toys.nobody_gets_more_than_claimed") == (first, nobody_gets_more_than_claimed)


def test_a_misspelt_clause_of_a_family_is_hinted_at() -> None:
    with pytest.raises(UnknownName, match="did you mean"):
        find("vickrey_auction.truthfull")


def test_a_protocol_has_the_clauses_that_its_rules_promise_besides_its_own() -> None:
    clauses = protocol("vickrey_auction").clauses

    assert {price_is_the_best_of_the_others, sold_to_the_best, truthful_bidding, outcomes_are_exact} <= set(clauses)
    assert len(set(clauses)) == len(clauses)


def test_two_clauses_with_one_id_are_an_error() -> None:
    other = evolve(nobody_gets_more_than_claimed, sentence="Something else.")
    module = ModuleType("twins")
    vars(module)["GRIDS"] = tuple(Grid("twins", "", Mechanism(halves, claims, (each,))) for each in (nobody_gets_more_than_claimed, other))

    with pytest.raises(ValueError, match=r"two clauses are called toys\.nobody_gets_more_than_claimed; an id names one"):
        _ = Protocol.of_modules("twins", module).clauses


def test_clauses_of_families_and_verdicts_on_them_travel_between_processes() -> None:
    answers = [question.answer(Means()) for question in to_check([protocol("vickrey_auction")], "fractions")]

    for value in (truthful_bidding, outcomes_are_exact, *answers):
        assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301  # our own value


def test_grids_are_chosen_by_name_and_size_as_scopes_are() -> None:
    vickrey = protocol("vickrey_auction")

    assert [each.id for each in to_check([vickrey], "fractions")] == ["profiles:vickrey_auction/fractions"]
    assert {"profiles:vickrey_auction/small", "profiles:vickrey_auction/fractions"} <= {each.id for each in to_check([vickrey])}


def test_a_pitfall_that_breaks_a_clause_of_a_family_is_its_protocols() -> None:
    module = ModuleType("sharing")
    vars(module)["PITFALL"] = Pitfall("T-8", "Halves.", honest_claims, Mechanism(halves, claims, (honest_claims,)), 4)

    (question,) = pitfalls_of(Protocol.of_modules("sharing", module))

    assert (question.answer(Means()).stem, honest_claims.stem) == ("sharing", "toys")
