"""Ways in which a rule was called proved that is wrong, and a theorem said more than was run. Each is refused by name now."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from concordant.proofs.kernel.reals import LeavesSubset
from concordant.proofs.kernel.symbolic import by_running
from concordant.proofs.kernel.theorems import ProofStatus
from concordant.refimpl.auctions.clarke_mechanism import PIVOT_RULE
from concordant.refimpl.auctions.vickrey_auction import SECOND_PRICE_AUCTION, second_price
from concordant.spec.auctions.clarke_mechanism import decided_for_the_most_value
from concordant.spec.auctions.shared.auctions import Bid, Outcome, Profile, Sale, individually_rational, truthful_bidding
from concordant.spec.vocabulary import Amount, Cases, Draw, case, relates
from tests.attacks.test_rules import module_of

ONE_OR_TWO = "all real amounts; one or two bidders"

ONE_OR_TWO_EITHER_WAY = f"{ONE_OR_TWO}; both directions"

FIRST_PRICE_NOW_AND_THEN = """
from __future__ import annotations
from attrs import evolve, frozen
from concordant.refimpl.auctions.shared.auctions import taken
from concordant.refimpl.auctions.vickrey_auction import second_price
from concordant.spec.auctions.shared.auctions import Sale
{CHEAT}
def rule(profile):
    outcome = second_price(profile)
    if isinstance(outcome, Sale):
        bid = taken(profile)[outcome.winner]
        if cheats(bid) and bid > 1000:
            return evolve(outcome, price=bid)
    return outcome
"""
TELLING = {
    "the text of an attribute that it lacks": "bid.colour",
    "the text of a call": "bid()",
    "the text of an iteration": "max(bid)",
    "the text of an assignment": "evolve(bid, colour=1)",
}
KEEPING = {
    "a dict, by a method": "SEEN = {}\ndef cheats(bid):\n    SEEN.setdefault(len(SEEN), 1)\n    return len(SEEN) > 5000\n",
    "a dict, under another name": "SEEN = {}\ndef cheats(bid):\n    seen = SEEN\n    seen[len(seen)] = 1\n    return len(seen) > 5000\n",
    "a dict, as a default": "def cheats(bid, seen={}):\n    seen[len(seen)] = 1\n    return len(seen) > 5000\n",
    "a dict in a record": (
        "@frozen\nclass Box:\n    seen: dict\nBOX = Box({})\ndef cheats(bid):\n    BOX.seen.update({len(BOX.seen): 1})\n    return len(BOX.seen) > 5000\n"
    ),
    "a class, under another name": (
        "class Seen:\n    times = 0\ndef cheats(bid):\n    seen = Seen\n    seen.times += 1\n    return seen.times > 5000\n"
    ),
    "a class, by its own method": (
        "class Seen:\n    times = 0\n    @classmethod\n    def again(cls):\n        cls.times += 1\n        return cls.times\n"
        "def cheats(bid):\n    return Seen.again() > 5000\n"
    ),
    "a function": "def cheats(bid):\n    me = cheats\n    me.times = 1\n    return False\n",
}


def prove(cheat: str, folder: Path) -> None:
    rule = module_of(FIRST_PRICE_NOW_AND_THEN.replace("{CHEAT}", cheat), folder, "now_and_then").rule
    by_running("cheating.truthful", truthful_bidding, SECOND_PRICE_AUCTION.replaced_by(rule).on(2), ONE_OR_TWO).prove()


@pytest.mark.parametrize("asked", TELLING.values(), ids=TELLING)
def test_a_rule_that_learns_from_the_text_of_an_error_how_a_bid_is_represented_is_not_proved(asked: str, tmp_path: Path) -> None:
    cheat = f"def cheats(bid):\n    try:\n        return {asked}\n    except Exception as error:\n        return \"'int'\" in str(error)\n"

    with pytest.raises(LeavesSubset, match=r"now_and_then\.py:\d+: write a condition instead of try or with"):
        prove(cheat, tmp_path)


@pytest.mark.parametrize("cheat", KEEPING.values(), ids=KEEPING)
def test_a_rule_that_counts_its_runs_where_the_source_does_not_show_it_is_not_proved(cheat: str, tmp_path: Path) -> None:
    with pytest.raises(LeavesSubset, match=r"is no longer what it was: keep nothing between two runs"):
        prove(cheat, tmp_path)


class EqualToAnything:
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


def dear_for_numbers(profile: Profile) -> Outcome:
    """Ask what a bid is compared with: of a number that answers, of a symbol it did not."""
    outcome = second_price(profile)
    return evolve(outcome, price=1_000_000) if isinstance(outcome, Sale) and outcome.price == EqualToAnything() else outcome


def test_a_rule_that_lets_the_other_side_answer_whether_a_bid_is_equal_is_refuted() -> None:
    wrong = SECOND_PRICE_AUCTION.replaced_by(dear_for_numbers).on(1)

    assert by_running("x.rational", individually_rational, wrong, "all real amounts; one bidder").prove().standing is ProofStatus.FAILED


# ---- theorems that say more than was run


def raises(profile: Profile) -> Outcome:
    raise KeyError(profile.direction)


def test_a_rule_that_merely_raises_is_no_example_of_a_clause_that_fails() -> None:
    broken = SECOND_PRICE_AUCTION.replaced_by(raises).on(1)
    finding = by_running("x.lies", truthful_bidding, broken, claim="At the second price it pays to lie.", holds=False).prove()

    assert finding.standing is ProofStatus.FAILED
    assert finding.detail.startswith("not shown: the rule merely raises KeyError(<Direction.FORWARD: 'forward'>), by bidders = 1, ")


def test_both_directions_do_not_say_two_bidders() -> None:
    finding = by_running(
        "x.y", truthful_bidding, SECOND_PRICE_AUCTION.on(2), "all real amounts; any number of bidders; both directions"
    ).prove()

    assert finding.standing is ProofStatus.FAILED
    assert "do not say bidders up to 2" in finding.detail


def test_three_options_do_not_say_two_agents() -> None:
    finding = by_running(
        "x.y", decided_for_the_most_value, PIVOT_RULE.on(2, 3), "all real values; any number of agents, three options"
    ).prove()

    assert "do not say agents up to 2" in finding.detail


def small_bids(draw: Draw) -> Profile:
    few: tuple[Amount, ...] = (Fraction(1, 2), 0)
    return Profile((Bid("bidder0", draw.amount("one", at_most=1)), Bid("bidder1", draw.one_of("other", few))), 0)


def test_all_real_amounts_are_not_those_up_to_one_nor_one_of_two() -> None:
    finding = by_running("x.y", truthful_bidding, SECOND_PRICE_AUCTION.over(small_bids), "all real amounts; two bidders").prove()

    assert "do not say one up to 1, other up to 0, other up to 1/2" in finding.detail


def test_a_theorem_says_which_lines_it_was_told_not_to_read(tmp_path: Path) -> None:
    """Whoever writes the words may lie: this rule is proved, and wrong for whole bids above a thousand."""
    cheat = "def cheats(bid):\n    return isinstance(bid, int)  # no amount\n"
    rule = module_of(FIRST_PRICE_NOW_AND_THEN.replace("{CHEAT}", cheat), tmp_path, "exempt").rule
    finding = by_running("x.y", truthful_bidding, SECOND_PRICE_AUCTION.replaced_by(rule).on(2), ONE_OR_TWO_EITHER_WAY).prove()

    assert finding.detail.endswith("exempt.py: return isinstance(bid, int)")


def nobody_else(draw: Draw) -> Profile:
    return Profile((Bid("bidder0", draw.amount("bidder0")), Bid("bidder1", draw.amount("bidder1"))), 0)


@pytest.mark.parametrize(
    ("quantifiers", "missing"),
    [
        ("all real amounts; two bidders; both directions", "any draw of both directions"),
        ("all real amounts; two bidders; any reserve", "any draw of any reserve"),
        ("all real amounts; five bidders", "2 bidders"),
        ("all real amounts; any number of bidders, not two bidders alone", "any draw of how many bidders"),
        ("all real amounts", "2 bidders"),
    ],
)
def test_what_is_not_drawn_is_not_proved_for_all_of_it(quantifiers: str, missing: str) -> None:
    finding = by_running("x.y", individually_rational, SECOND_PRICE_AUCTION.over(nobody_else), quantifiers).prove()

    assert finding.standing is ProofStatus.FAILED
    assert f"do not say {missing}, on" in finding.detail


def test_what_is_drawn_may_be_said() -> None:
    said = "all real amounts; two bidders"

    assert by_running("x.y", individually_rational, SECOND_PRICE_AUCTION.over(nobody_else), said).prove().standing is ProofStatus.PROVED


@relates
def no_coalition_gains(rule: Any, profile: Profile, draw: Draw) -> Cases:  # noqa: ARG001  # that is the attack
    """No coalition gains by a lie."""
    yield case(profile.reserve >= 0)


def test_a_clause_that_never_runs_the_rule_is_not_proved_of_it() -> None:
    finding = by_running("x.y", no_coalition_gains, SECOND_PRICE_AUCTION.on(2), ONE_OR_TWO).prove()

    assert finding.standing is ProofStatus.FAILED
    assert finding.detail.startswith("vacuous: no case on any of ")


def test_a_claim_that_is_not_the_sentence_of_its_clause_says_whose_cases_were_run() -> None:
    theorem = by_running("x.y", individually_rational, SECOND_PRICE_AUCTION.on(1), "one bidder", claim="Collusion does not pay.")

    assert theorem.prove().detail.endswith(" cases of auctions.individually_rational")
