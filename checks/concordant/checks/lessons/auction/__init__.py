"""The lesson on auctions: find the lie that pays, then a rule that has none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from concordant.checks.lessons.exercises import Exercises
from concordant.checks.lessons.grading import answers, loaded
from concordant.checks.lessons.lesson import Exercise, Grade, Lesson, Material
from concordant.checks.mechanisms.scope import Grid
from concordant.spec.vocabulary import Amount, is_amount

MATERIAL = Material("auction", "auction")
ASK = Exercises(MATERIAL)
BIDS = range(4)


def gains(auction: ModuleType, rule: Callable[[Any], Any], bids: Any, bidder: str, instead: Amount) -> bool:
    """Tell whether a bidder, to whom the thing is worth what it bids, would gain by another bid."""
    lying = rule(auction.Bids(bids.by.put(bidder, instead)))
    return bool(auction.gain(bids, bidder, lying) > auction.gain(bids, bidder, rule(bids)))


def tempting(auction: ModuleType) -> int:
    """Count the pairs of bids with which one of the two would gain by another one."""
    pairs = [auction.bids(ann=ann, bob=bob) for ann in BIDS for bob in BIDS]
    return sum(any(gains(auction, auction.first_price, pair, who, lie) for who in pair.by for lie in BIDS) for pair in pairs)


def found(folder: Path) -> Grade:
    """Judge a lie by what it gains."""
    auction, said = loaded(folder, "auction"), answers(folder).get("lie")
    if not isinstance(said, list) or len(said) != len(("worth", "bob", "instead")) or not all(map(is_amount, said)):
        return Grade(False, "lie in answers.toml is no list of three whole numbers, such as [1, 0, 1]")
    worth, bob, instead = said
    if gains(auction, auction.first_price, auction.bids(ann=worth, bob=bob), "ann", instead):
        return Grade(True, f"by bidding {instead} ann gains {worth - instead}, and by the truth 0")
    return Grade(False, f"where the thing is worth {worth} to ann and bob bids {bob}, ann gains nothing by bidding {instead}")


LESSON = Lesson(
    MATERIAL,
    "An auction, and the lie that pays",
    45,
    ("repair.py", "clause.py"),
    (
        ASK.predict(
            "with how many of 16 pairs of bids somebody gains by a lie",
            "pairs",
            tempting,
            "pair",
            (
                "Whoever wins pays what it has bid, and so gains nothing by the truth. Whoever can win with less than the thing is worth gains.",
                "Of equal bids ann's wins. So ann gains where it is worth more to her than bob bids; bob needs a bid above ann's that is below his worth.",
                "Pairs with ann above bob, and pairs with bob at least two above ann.",
            ),
        ),
        Exercise(
            "lie",
            "a lie that pays",
            found,
            ("Let the thing be worth 3 to ann, and bob bid 1. With which bids does ann win?",),
            answer=("lie", lambda _: [3, 1, 1]),
        ),
        ASK.repair(
            "a price with which nobody gains by a lie",
            lambda auction, mine: Grid(
                "small", "three bidders", auction.mechanism(mine.my_auction, profiles=auction.three_bids), (0, 1, 2)
            ),
            (
                "A bidder that still wins should not move its own price. Of which bids may the price then depend?",
                "A price that is always 0 does not depend on the winner's bid, either. Who then lies, and how?",
                "With which bid would the winner just have won? max(… for … in bids.by.items() if …).",
            ),
        ),
        ASK.clause(
            "who wins and what it pays",
            "the_price_is_the_best_of_the_others",
            "the second price",
            (
                "There are two things in the sentence: yield a case for each.",
                "The price is one of the others' bids, and not just at least as high as they are.",
            ),
        ),
    ),
)
