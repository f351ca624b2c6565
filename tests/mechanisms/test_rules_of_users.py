"""Three rules as users bring them, each with a mistake that pleases nobody: what they see of it is a smallest lie, or imbalance, in their own words."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import frozen

from concordant.checks.mechanisms.scope import Grid
from concordant.refimpl.machine import Mechanism
from concordant.spec.vocabulary import Amount, Cases, Draw, Map, case, for_all, ratio, truthful

from .test_reports import answered, printed

SLOTS = ("morning", "evening")


@frozen
class Wishes:
    """What a subscription is worth to each of some friends."""

    of: Map[str, int]


@frozen
class Bill:
    """Whether it is bought, and what each pays."""

    bought: bool
    pays: Map[str, int]


def in_proportion(wishes: Wishes) -> Bill:
    """Buy what costs two coins if it is worth that to all together; each pays in proportion, in whole coins."""
    total = sum(wishes.of.values())
    return Bill(total >= 2, Map.of((name, 2 * wish // total if total >= 2 else 0) for name, wish in wishes.of.items()))


def friends(draw: Draw) -> Wishes:
    return Wishes(Map.of({name: draw.one_of(f"{name} wishes", (0, 1, 2)) for name in ("ann", "bob")}))


def other_wish(wishes: Wishes, name: str, draw: Draw) -> Wishes:
    return Wishes(wishes.of.put(name, draw.one_of("the lie", (0, 1, 2))))


def gain(wishes: Wishes, name: str, bill: Bill) -> Amount:
    return (wishes.of[name] if bill.bought else 0) - bill.pays[name]


@for_all
def the_bill_is_paid(wishes: Wishes, bill: Bill) -> Cases:  # noqa: ARG001
    """What the friends pay is the cost."""
    yield case(not bill.bought or sum(bill.pays.values()) == 2, pays=bill.pays)


@frozen
class Likes:
    """Which of two slots each patient likes better."""

    slot: Map[str, str]


def first_come(likes: Likes) -> Map[str, str]:
    """Give each the slot that it likes, if it is still there."""
    given: dict[str, str] = {}
    for name, slot in likes.slot.items():
        if slot not in given.values():
            given[name] = slot
    return Map.of(given)


def patients(draw: Draw) -> Likes:
    return Likes(Map.of({name: draw.one_of(f"{name} likes", SLOTS) for name in ("ann", "bob")}))


def other_slot(likes: Likes, name: str, draw: Draw) -> Likes:
    return Likes(likes.slot.put(name, draw.one_of("the lie", SLOTS)))


def comfort(likes: Likes, name: str, given: Map[str, str]) -> Amount:
    return 0 if name not in given else 2 if given[name] == likes.slot[name] else 1


@frozen
class Offers:
    """What a buyer would pay, and a seller would take."""

    bid: Amount
    ask: Amount


@frozen
class Deal:
    """What the buyer pays, the seller gets, and the broker keeps."""

    paid: Amount
    received: Amount
    fee: Amount


def broker(offers: Offers) -> Deal:
    """Let them meet in the middle; each pays the fee, a tenth of it, and the broker books it once."""
    price = ratio(offers.bid + offers.ask, 2) if offers.bid >= offers.ask else 0
    return Deal(price + ratio(price, 10), price - ratio(price, 10), ratio(price, 10))


def two_offers(draw: Draw) -> Offers:
    return Offers(draw.amount("the bid"), draw.amount("the ask"))


@for_all
def no_money_is_lost(offers: Offers, deal: Deal) -> Cases:  # noqa: ARG001
    """What the buyer pays is what the seller and the broker get."""
    yield case(deal.paid == deal.received + deal.fee, paid=deal.paid, received=deal.received, fee=deal.fee)


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print for a terminal as wide as where none is known, whatever tests are run in."""
    monkeypatch.setenv("COLUMNS", "104")


def seen(rule: Mechanism[Any, Any]) -> list[list[str]]:
    """Return the lines of each counterexample that come after its sentence, up to what was drawn; spaces as one."""
    told = printed(answered(Grid("small", "all of 0 to 2", rule, (0, 1, 2), examples=20)), width=120)
    examples = (each.partition("drawn:")[0].splitlines()[2:] for each in told.split("counterexample in scope small, ")[1:])
    return [[" ".join(line.split()) for line in lines if line.strip()] for lines in examples]


def test_friends_who_share_a_bill_in_whole_coins_see_who_gains_by_a_lie_and_what_is_not_paid() -> None:
    nobody_lies = truthful(lambda wishes: tuple(wishes.of), other_wish, gain)

    assert seen(Mechanism(in_proportion, friends, (nobody_lies, the_bill_is_paid))) == [
        [
            "profile outcome utility of ann",
            "honest Wishes({'ann': 2, 'bob': 2}) Bill(True, {'ann': 1, 'bob': 1}) 1",
            "lying Wishes({'ann': 0, 'bob': 2}) Bill(True, {'ann': 0, 'bob': 2}) 2",
            "fields: Bill(bought, pays)",
        ],
        ["profile: Wishes({'ann': 1, 'bob': 2})", "pays: {'ann': 0, 'bob': 1}"],
    ]


def test_patients_who_ask_for_a_slot_see_who_gains_by_asking_for_the_other() -> None:
    assert seen(Mechanism(first_come, patients, (truthful(lambda likes: tuple(likes.slot), other_slot, comfort),))) == [
        [
            "honest",
            "profile: Likes({'ann': 'morning', 'bob': 'morning'})",
            "outcome: {'ann': 'morning'}",
            "utility of bob: 0",
            "lying",
            "profile: Likes({'ann': 'morning', 'bob': 'evening'})",
            "outcome: {'ann': 'morning', 'bob': 'evening'}",
            "utility of bob: 1",
        ]
    ]


def test_a_broker_who_takes_a_fee_from_both_sees_the_coin_that_is_lost() -> None:
    assert seen(Mechanism(broker, two_offers, (no_money_is_lost,))) == [
        ["profile: Offers(1, 0)", "paid: 11/20", "received: 9/20", "fee: 1/20", "fields: Offers(bid, ask)"]
    ]
