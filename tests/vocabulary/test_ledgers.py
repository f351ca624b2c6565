"""Ledgers: accounts one at a time, and what is found out about who moves money wrongly."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from attrs import frozen

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.common.ledgers import Ledger, conserved, covered, nobody_overdrawn
from concordant.spec.vocabulary import Address, Amount, Announce, Map

BANK, ANN, BOB = Address("bank"), Address("ann"), Address("bob")


def test_each_entry_changes_one_account_and_an_empty_account_is_not_listed() -> None:
    ledger = Ledger[Address]().mint(3).credit(ANN, 3).debit(ANN, Fraction(1, 2)).reserve(BOB, Fraction(1, 2)).burn(1)

    assert ledger == Ledger(Map.of({ANN: Fraction(5, 2)}), Map.of({BOB: Fraction(1, 2)}), 3, 1)
    assert ledger.there_is == 3
    assert ledger.release(BOB, Fraction(1, 2)).debit(ANN, Fraction(5, 2)) == Ledger(minted=3, burnt=1)


@frozen
class Bid:
    amount: Amount
    answered = False


@frozen
class Took:
    """The bank has taken so much from ann."""

    amount: Amount


@frozen
class Set:
    """The bank has set so much aside for her bid."""

    amount: Amount


@frozen
class View:
    pass


@frozen
class Books:
    money: Ledger[Address] = Ledger(Map.of({ANN: 1}), minted=1)
    bid: Map[Address, Amount] = Map()

    def after(self, at: Address, by: Address, happening: object) -> Books:  # noqa: ARG002
        match happening:
            case Bid(amount):
                return Books(self.money, self.bid.put(by, amount))
            case Took(amount):
                return Books(self.money.debit(ANN, amount), self.bid)
            case Set(amount):
                return Books(self.money.reserve(ANN, amount), self.bid)
            case _:
                return self


@frozen
class Bank(Process[int, Any, Bid]):
    """Sets aside what is bid. `takes`, `sets`: how much of it, and `lends`: whether also what there is not."""

    takes: int = 1
    sets: int = 1
    lends: bool = False

    def start(self) -> Step[int]:
        return step(1)

    def view(self, state: int) -> View:  # noqa: ARG002
        return View()

    def request(self, state: int, client: Address, request: Bid) -> Step[int] | None:  # noqa: ARG002
        if request.amount > state and not self.lends:
            return None
        effects = (Announce(Took(self.takes * request.amount)), Announce(Set(self.sets * request.amount)))
        return step(state - 1, *effects)


def ledgers(books: Books) -> tuple[Ledger[Address], ...]:
    return books.money, Ledger()


def owed(books: Books) -> tuple[tuple[Ledger[Address], Map[Address, Amount]], ...]:
    return ((books.money, books.bid),)


@pytest.mark.parametrize(
    ("bank", "violated"),
    [
        (Bank(), set()),
        (Bank(takes=0), {"conserved"}),
        (Bank(sets=0), {"conserved", "covered"}),
        (Bank(takes=0, sets=0), {"covered"}),
        (Bank(lends=True), {"nobody_overdrawn"}),
    ],
)
def test_who_moves_money_wrongly_is_found_out(bank: Bank, violated: set[str]) -> None:
    promises = (conserved(ledgers), covered(owed), nobody_overdrawn(ledgers))
    report = explore(System({BANK: bank}, Books(), promises, users=(User(ANN, (BANK,), ((Bid(1), Bid(2)),)),)))

    assert {verdict.clause.name for verdict in report.verdicts if verdict.status is Status.VIOLATED} == violated
    assert {verdict.status for verdict in report.verdicts} <= {Status.VIOLATED, Status.HOLDS}
