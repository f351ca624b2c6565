"""Alternating offers, discounts in and offers out."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from concordant.pitfalls.conflict.alternating_offers import endless
from concordant.refimpl.conflict.alternating_offers import by_turns
from concordant.spec.conflict.alternating_offers import (
    NO_DISCOUNT,
    NO_PARTNER,
    NO_ROUND,
    NOT_EVERYBODY,
    Agreed,
    Talks,
    later_talks_are_the_rest_of_these,
    names_are_irrelevant,
    of_two_patience_pays,
    utility,
)
from concordant.spec.vocabulary import Amount, Map, Recorded, Rejected

HALF = Fraction(1, 2)
NAMES = ("ann", "bob", "cid")


def talks(*discounts: Amount, rounds: Any = 2) -> Talks:
    """Talks of ann, bob and cid, as many as there are discounts."""
    names = NAMES[: len(discounts)]
    return Talks(names, Map.of(dict(zip(names, discounts, strict=True))), rounds)


def agreed(*offers: tuple[Amount, ...]) -> Agreed:
    """What would be offered to ann, bob and cid in each round."""
    return Agreed(tuple(Map.of(dict(zip(NAMES, offer, strict=False))) for offer in offers))


@pytest.mark.parametrize(
    ("asked", "outcome"),
    [
        (talks(0, 0, rounds=1), agreed((1, 0))),
        (talks(1, 1), agreed((0, 1), (0, 1))),
        (talks(0, 0), agreed((1, 0), (0, 1))),
        (talks(HALF, HALF, rounds=3), agreed((Fraction(3, 4), Fraction(1, 4)), (HALF, HALF), (1, 0))),
        (talks(0, HALF, HALF, rounds=3), agreed((HALF, Fraction(1, 4), Fraction(1, 4)), (0, HALF, HALF), (0, 0, 1))),
        (talks(0, HALF, 1, rounds=3), agreed((0, 0, 1), (0, 0, 1), (0, 0, 1))),
    ],
)
def test_each_offer_gives_the_others_what_waiting_is_worth_to_them(asked: Talks, outcome: Agreed) -> None:
    assert by_turns(asked) == outcome


def test_in_long_talks_of_two_the_first_gets_nearly_what_it_would_in_endless_ones() -> None:
    asked = talks(HALF, Fraction(2, 3), rounds=10)
    found, without_end = by_turns(asked), endless(asked)

    assert isinstance(found, Agreed)
    assert isinstance(without_end, Agreed)
    assert without_end.offers[0]["ann"] == HALF
    assert found.offers[0]["ann"] == HALF - HALF * Fraction(1, 3) ** 5
    assert endless(talks(1, 1)) == by_turns(talks(1, 1))


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (talks(1), NO_PARTNER),
        (Talks(("ann", "bob", "ann"), Map.of({"ann": 1, "bob": 1}), 2), NO_PARTNER),
        (talks(1, 1, rounds=0), NO_ROUND),
        (talks(1, 1, rounds=True), NO_ROUND),
        (talks(1, 1, rounds=HALF), NO_ROUND),
        (Talks(("ann", "bob"), Map.of({"ann": 1}), 2), NOT_EVERYBODY),
        (talks(1, True), NO_DISCOUNT),
        (talks(1, 2), NO_DISCOUNT),
        (talks(-1, 1), NO_DISCOUNT),
    ],
)
def test_each_rule_of_talks_has_its_reason(asked: Talks, reason: Rejected) -> None:
    assert by_turns(asked) == reason
    assert utility(asked, "ann", reason) == 0


def test_of_one_agent_or_what_is_rejected_nothing_is_said_of_other_talks() -> None:
    alone, wrong = talks(1), talks(1, 2)

    assert list(names_are_irrelevant.cases(by_turns, alone, Recorded({}))) == []
    assert list(of_two_patience_pays.cases(by_turns, alone, Recorded({}))) == []
    assert list(later_talks_are_the_rest_of_these.cases(by_turns, wrong, Recorded({}))) == []
    assert list(names_are_irrelevant.cases(by_turns, wrong, Recorded({"exchange their names": ("ann", "bob")}))) == []
    patient = Recorded({"who is more patient": "ann", "patience": 1})
    assert list(of_two_patience_pays.cases(by_turns, wrong, patient)) == []
