"""Rules of users that break ties by something like a name: no random profile had strange names and equal amounts at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from attrs import frozen

from concordant.checks.exploration.report import Status
from concordant.checks.mechanisms.judging import judge_grid
from concordant.checks.mechanisms.scope import Grid
from concordant.refimpl.machine import Mechanism
from concordant.spec.vocabulary import Amount, Cases, Draw, Open, case, for_all


@frozen
class Bid:
    bidder: str
    amount: Amount


@frozen
class Winner:
    name: str | None


Bids = tuple[Bid, ...]
SOME: Open[str] = Open(("ann", "bob", "cho", "dee"), lambda name: isinstance(name, str))


def bids_of_some(draw: Draw) -> Bids:
    names = dict.fromkeys(draw.one_of(f"name {number}", SOME) for number in range(draw.one_of("bidders", range(5))))
    return tuple(Bid(name, draw.amount(f"bid {number}")) for number, name in enumerate(names))


@for_all
def the_first_by_name_of_the_best_wins(bids: Bids, winner: Winner) -> Cases:
    """The best bid wins, of equal ones that of the first by name."""
    best = [bid.bidder for bid in bids if all(bid.amount >= other.amount for other in bids)]
    yield case(winner.name == min(best, default=None))


def statuses(key: Callable[[str], Any]) -> set[Status]:
    def rule(bids: Bids) -> Winner:
        best = [bid.bidder for bid in bids if all(bid.amount >= other.amount for other in bids)]
        return Winner(min(best, key=key, default=None))

    promised = Mechanism(rule, bids_of_some, (the_first_by_name_of_the_best_wins,))
    return {verdict.status for verdict in judge_grid(Grid("small", "", promised, (0, 1))).verdicts}


KEYS: dict[str, Callable[[str], Any]] = {
    "whatever its case": str.casefold,
    "with capitals": str.title,
    "without blanks": str.strip,
    "by its first four letters": lambda name: name[:4],
    "by its first ten letters": lambda name: name[:10],
    "by its length": lambda name: (len(name), name),
    "as a number": lambda name: (int(name) if name.isdigit() else -1, name),
    "in ASCII": lambda name: name.encode("ascii", "replace"),
    "composed": lambda name: unicodedata.normalize("NFC", name),
    "before an @": lambda name: name.split("@")[0],
    "between points": lambda name: name.split("."),
    "the short ones": lambda name: (len(name) > 8, name),
}


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_a_rule_is_refuted_that_takes_the_first_by_name(key: Callable[[str], Any]) -> None:
    assert Status.VIOLATED in statuses(key)


def test_a_rule_that_takes_names_as_they_are_holds() -> None:
    assert statuses(lambda name: name.encode()) == {Status.HOLDS}
