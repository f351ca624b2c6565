"""Ways in which a rule passed that is wrong, or a change to what decides was noticed by nothing. Each is refused by name now."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from attrs import evolve

from concordant.checks.exploration.judge import BrokenClause
from concordant.checks.exploration.report import Status
from concordant.checks.exploration.scope import Size
from concordant.checks.mechanisms.judging import judge_grid
from concordant.checks.mechanisms.scope import Grid
from concordant.checks.registry import protocol
from concordant.proofs.kernel.reals import LeavesSubset
from concordant.proofs.kernel.symbolic import by_running
from concordant.proofs.kernel.theorems import ProofStatus
from concordant.refimpl.auctions.vickrey_auction import SECOND_PRICE_AUCTION, second_price
from concordant.spec.auctions.shared.auctions import (
    Outcome,
    Profile,
    Sale,
    ties_are_told_and_broken_by_name,
    truthful_bidding,
)
from concordant.spec.auctions.vickrey_auction import price_is_the_best_of_the_others
from concordant.spec.vocabulary import Rejected

# ---- a rule that looks at how a number is represented

FIRST_PRICE_OF_LARGE_INTS = """
from __future__ import annotations
import enum, functools, itertools, numbers, operator, typing
from fractions import Fraction
from attrs import evolve, frozen
from concordant.refimpl.auctions.shared.auctions import taken
from concordant.refimpl.auctions.vickrey_auction import second_price
from concordant.spec.auctions.shared.auctions import Sale
from concordant.spec.vocabulary import Amount, likeness

whole, asked = int, isinstance

class Kind(type):
    def __instancecheck__(cls, value): return type(value) is int

class Whole(metaclass=Kind): pass

@typing.runtime_checkable
class HasBits(typing.Protocol):
    bit_length: object

@functools.singledispatch
def dispatched(bid): return False

@dispatched.register
def _(bid: int): return True

class Holder:
    kind, kinds = int, [int]

class Kinds(enum.Enum):
    WHOLE = int

class Anything:
    def __eq__(self, other): return True

def matched(bid):
    match bid:
        case numbers.Integral(): return True
    return False

def caught(bid):
    try:
        return bid & 1 in (0, 1)
    except TypeError:
        return False

def is_whole(bid): return {ASKED}

def rule(profile):
    outcome = second_price(profile)
    if isinstance(outcome, Sale):
        bid = taken(profile)[outcome.winner]
        if is_whole(bid) and bid > 1000:
            return evolve(outcome, price=bid)
    return outcome
"""
WAYS = {
    "an alias of int": "isinstance(bid, whole)",
    "an alias of isinstance": "asked(bid, whole)",
    "an abstract class": "isinstance(bid, numbers.Integral)",
    "classes in a tuple that is unpacked": "isinstance(bid, *[whole])",
    "a class that decides by itself": "isinstance(bid, Whole)",
    "a protocol": "isinstance(bid, HasBits)",
    "a type of typing": "isinstance(bid, typing.SupportsIndex)",
    "the members of a type alias": "isinstance(bid, Amount.__args__[0])",
    "issubclass": "issubclass(bid.__class__, numbers.Integral)",
    "hasattr": "hasattr(bid, 'bit_length')",
    "getattr with a default": "getattr(bid, 'bit_length', None) is not None",
    "dir": "'bit_length' in dir(bid)",
    "the name of the class": "bid.__class__.__name__ == 'int'",
    "type": "type(bid) == whole",
    "a pattern": "matched(bid)",
    "dispatch by type": "dispatched(bid)",
    "bits, and an error that is caught": "caught(bid)",
    "a text that looks inside": "'{0.__class__.__name__}'.format(bid) == 'int'",
    "our own word for what a value is": "likeness(bid) == likeness(1001) or likeness(bid)[0] == 'int'",
    "the builtins of a running frame": "(each for each in ()).gi_frame.f_builtins['type'](bid) == whole",
    "identity with a constant in a container": "any(kind is bid.__class__ for kind in (whole,))",
    "a class that a class holds": "isinstance(bid, Holder.kind)",
    "a class in a list that a class holds": "isinstance(bid, Holder.kinds[0])",
    "a class that a member of an enumeration holds": "isinstance(bid, Kinds.WHOLE.value)",
}
"""The last three and sixteen of them were proved before. `type`, the class that decides by itself and the last were refused, the type of typing was
refuted, and the word did not exist yet: they are here so that they stay so."""


def module_of(source: str, folder: Path, name: str) -> ModuleType:
    file = folder / f"{name}.py"
    file.write_text(source, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # where classes look for their module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("asked", WAYS.values(), ids=WAYS)
def test_a_rule_that_charges_the_first_price_for_whole_bids_above_a_thousand_is_not_proved_truthful(asked: str, tmp_path: Path) -> None:
    rule = module_of(FIRST_PRICE_OF_LARGE_INTS.replace("{ASKED}", asked), tmp_path, "wholes").rule
    theorem = by_running("wholes.truthful", truthful_bidding, SECOND_PRICE_AUCTION.replaced_by(rule).on(2), "all real amounts")

    with pytest.raises(LeavesSubset, match=r"wholes\.py:\d+: "):
        theorem.prove()


def test_a_rule_that_compares_an_amount_with_what_is_equal_to_any_number_is_refuted(tmp_path: Path) -> None:
    rule = module_of(FIRST_PRICE_OF_LARGE_INTS.replace("{ASKED}", "bid == Anything()"), tmp_path, "wholes").rule
    theorem = by_running("wholes.truthful", truthful_bidding, SECOND_PRICE_AUCTION.replaced_by(rule).on(2), "all real amounts; two bidders")

    assert theorem.prove().standing is ProofStatus.FAILED


def test_a_rule_that_charges_the_first_price_for_whole_bids_above_a_thousand_is_refuted_by_random_profiles(tmp_path: Path) -> None:
    rule = module_of(FIRST_PRICE_OF_LARGE_INTS.replace("{ASKED}", "isinstance(bid, whole)"), tmp_path, "wholes").rule

    assert random_profiles_refute(rule)


def random_profiles_refute(rule: Callable[[Any], Any]) -> bool:
    """Tell whether a second-price auction asks for another price, though not on the grid."""
    wrong = SECOND_PRICE_AUCTION.replaced_by(rule).promising(price_is_the_best_of_the_others).on(3)
    on_the_grid, besides = (judge_grid(Grid("small", "", wrong, (0, 1, 2), examples=examples)).verdicts[0] for examples in (0, 100))
    return (on_the_grid.status, besides.status) == (Status.HOLDS, Status.VIOLATED)


def test_a_rule_that_goes_wrong_below_a_thousandth_or_with_an_odd_denominator_is_refuted_by_random_profiles(tmp_path: Path) -> None:
    for asked in ("0 < bid < Fraction(1, 1000)", "bid.denominator > 6 and bid.denominator % 2"):
        source = FIRST_PRICE_OF_LARGE_INTS.replace("{ASKED}", asked).replace("is_whole(bid) and bid > 1000", "is_whole(bid)")
        rule = module_of(source, tmp_path, "small").rule

        assert random_profiles_refute(rule), asked


KEYED = {
    "a number in the code": "bid == 7919",
    "a number of the module": "bid == KEY",
    "a number in a table of the module": "bid in TABLE",
    "the number above": "bid > 7919 and bid < 7921",
    "a fraction": "bid == Fraction(7919, 5)",
    "two numbers": "bid == 7919 and len({each.amount for each in profile.bids} & {104729, 104730})",
    "a sum of two numbers": "bid == KEY + SALT",
    "a product": "bid == KEY * SALT",
}


@pytest.mark.parametrize("asked", KEYED.values(), ids=KEYED)
def test_a_rule_that_goes_wrong_at_one_amount_alone_is_refuted_since_random_profiles_have_the_numbers_in_its_code(
    asked: str, tmp_path: Path
) -> None:
    source = FIRST_PRICE_OF_LARGE_INTS.replace("if is_whole(bid) and bid > 1000", f"if {asked}").replace("{ASKED}", "True")
    rule = module_of(f"{source}\nKEY, SALT = 7919, 31\nTABLE = {{7919: True}}\n", tmp_path, "keyed").rule

    assert random_profiles_refute(rule)


def test_a_rule_that_counts_its_runs_is_not_proved(tmp_path: Path) -> None:
    source = "from concordant.refimpl.auctions.vickrey_auction import second_price\nRUNS = []\ndef rule(profile):\n    RUNS.append(1)\n    return second_price(profile)\n"
    rule = module_of(source, tmp_path, "counting").rule
    theorem = by_running("counting.truthful", truthful_bidding, SECOND_PRICE_AUCTION.replaced_by(rule).on(1), "all real amounts")

    with pytest.raises(LeavesSubset, match=r"counting\.py:4: RUNS is a list that may change: keep nothing between two runs"):
        theorem.prove()


# ---- what decides, changed on either side of the border between a rule and its clauses


def as_good_is_better(one: Any, other: Any, direction: Any) -> bool:
    return bool(one > other if direction.value == "forward" else one < other)


def without_weights(election: Any, *options: str) -> int:
    return sum(ballot.ranking[:1] == options[:1] for ballot in election.ballots)


def nothing(*_: Any) -> None:
    return None


CHANGES: dict[str, tuple[str, str, str, Callable[..., Any]]] = {
    "a bid as good as the reserve is turned down by the rule": (
        "first_price_sealed_bid",
        "concordant.refimpl.auctions.shared.auctions",
        "beats",
        lambda direction, one, other: one >= other if direction.value == "forward" else one <= other,
    ),
    "a bid as good as the reserve is turned down by the clauses": (
        "first_price_sealed_bid",
        "concordant.spec.auctions.shared.auctions",
        "as_good",
        as_good_is_better,
    ),
    "whatever is wrong with a profile is let through by the rule": (
        "vickrey_auction",
        "concordant.refimpl.auctions.shared.auctions",
        "flaw",
        nothing,
    ),
    "whatever is wrong with a poll is let through by the rule": (
        "clarke_mechanism",
        "concordant.refimpl.auctions.clarke_mechanism",
        "flaw",
        nothing,
    ),
    "whatever is wrong with a problem is let through by the rule": (
        "constrained_equal_awards",
        "concordant.refimpl.allocation.constrained_equal_awards",
        "flaw",
        nothing,
    ),
    "whatever is wrong with a book is let through by the rule": (
        "call_double_auction",
        "concordant.refimpl.markets.shared.matching",
        "flaw",
        nothing,
    ),
    "whatever is wrong with an election is let through by the rule": (
        "borda_count",
        "concordant.refimpl.voting.shared.voting",
        "flaw",
        nothing,
    ),
    "half of the electorate is enough for the rule": (
        "majority_vote",
        "concordant.refimpl.voting.majority_vote",
        "is_enough",
        lambda poll, votes: votes >= poll.threshold * poll.electorate,
    ),
    "a vote is one vote for the rule, whatever it weighs": (
        "majority_vote",
        "concordant.refimpl.voting.majority_vote",
        "votes",
        without_weights,
    ),
    "a vote is one vote for the clauses, whatever it weighs": (
        "majority_vote",
        "concordant.spec.voting.majority_vote",
        "support",
        without_weights,
    ),
    "the best is the worst for Clarke's rule": (
        "clarke_mechanism",
        "concordant.refimpl.auctions.clarke_mechanism",
        "best",
        lambda poll, without=None: min(worth(poll, option, without) for option in poll.options),
    ),
    "an order promises the price of one unit for the rule": (
        "call_double_auction",
        "concordant.refimpl.markets.shared.matching",
        "promised",
        lambda order: order.price if order.side.value == "buy" else 1,
    ),
    "what is claimed is claimed twice for the rule": (
        "proportional_allocation",
        "concordant.refimpl.allocation.proportional_allocation",
        "claimed",
        lambda problem: 2 * sum(claim.amount for claim in problem.claims),
    ),
}


def worth(poll: Any, option: str, without: str | None) -> Any:
    return importlib.import_module("concordant.refimpl.auctions.clarke_mechanism").worth(poll, option, without)


def is_noticed(stem: str, change: Callable[[Grid], Grid] = lambda grid: grid) -> bool:
    """Tell whether a clause is violated, or can no longer be judged, on a small grid of a stem."""
    small = (evolve(change(grid), examples=0) for grid in protocol(stem).grids if grid.size is Size.SMALL)
    try:
        return any(verdict.status is Status.VIOLATED for grid in small for verdict in judge_grid(grid).verdicts)
    except BrokenClause:
        return True


@pytest.mark.parametrize(("stem", "module", "name", "change"), CHANGES.values(), ids=CHANGES)
def test_a_change_to_what_decides_is_noticed_by_a_clause(
    stem: str, module: str, name: str, change: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.import_module(module), name, change)

    assert is_noticed(stem)


@pytest.mark.parametrize(
    ("stem", "module", "table"),
    [
        ("vickrey_auction", "concordant.spec.auctions.shared.auctions", "REJECTED"),
        ("clarke_mechanism", "concordant.spec.auctions.clarke_mechanism", "REJECTED"),
        ("constrained_equal_awards", "concordant.spec.allocation.shared.claims", "REJECTED"),
        ("call_double_auction", "concordant.spec.markets.shared.markets", "REJECTED"),
        ("borda_count", "concordant.spec.voting.shared.voting", "REJECTED_WITHOUT_VOTERS"),
        ("majority_vote", "concordant.spec.voting.majority_vote", "REJECTED_POLLS"),
    ],
)
def test_a_reason_that_the_specification_forgets_is_noticed_since_the_rule_still_gives_it(
    stem: str, module: str, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reasons = getattr(importlib.import_module(module), table)
    unnoticed = []
    for place, (reason, _) in enumerate(reasons):
        monkeypatch.setattr(importlib.import_module(module), table, (*reasons[:place], *reasons[place + 1 :]))
        unnoticed += [] if is_noticed(stem, on_malformed) else [reason]

    assert unnoticed == []


def on_malformed(grid: Grid) -> Grid:
    """Return a grid as it is if its profiles are malformed; of the others, one that takes no time."""
    return (
        grid if grid.name.startswith(("malformed", "backed")) else evolve(grid, mechanism=evolve(grid.mechanism, promises=()), amounts=(0,))
    )


STEMS = ("vickrey_auction", "clarke_mechanism", "borda_count", "majority_vote", "proportional_allocation", "call_double_auction")


@pytest.mark.parametrize("stem", STEMS)
def test_a_rule_that_rejects_what_is_sound_is_noticed(stem: str) -> None:
    def refuse(grid: Grid) -> Grid:
        return evolve(grid, mechanism=evolve(grid.mechanism, rule=lambda _: Rejected("no")))

    assert is_noticed(stem, refuse)


def test_a_rule_that_breaks_ties_otherwise_among_large_amounts_is_found_by_random_profiles() -> None:
    def last_of_large(profile: Profile) -> Outcome:
        outcome = second_price(profile)
        return evolve(outcome, winner=outcome.tied[-1]) if isinstance(outcome, Sale) and outcome.price > 1000 else outcome

    report = judge_grid(Grid("large", "", SECOND_PRICE_AUCTION.replaced_by(last_of_large).on(3), (0, 1)))

    assert report.verdict(ties_are_told_and_broken_by_name.id).status is Status.VIOLATED
