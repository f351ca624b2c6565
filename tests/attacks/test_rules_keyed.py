"""Rules that go wrong for one name, for so many agents, or where amounts add up, which profiles would not draw by themselves."""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

import pytest

from concordant.checks.exploration.report import Status
from concordant.checks.mechanisms.constants import constants, reached, texts
from concordant.checks.mechanisms.judging import judge_grid
from concordant.checks.mechanisms.running import Running, judge
from concordant.checks.mechanisms.scope import Grid
from concordant.refimpl.auctions.vickrey_auction import SECOND_PRICE_AUCTION
from concordant.refimpl.machine import Mechanism
from concordant.spec.auctions.shared.auctions import profiles_at_large
from concordant.spec.auctions.vickrey_auction import price_is_the_best_of_the_others
from concordant.spec.common.names import some_names
from concordant.spec.vocabulary import Draw, Recorded
from tests.attacks.test_rules import FIRST_PRICE_OF_LARGE_INTS, module_of

KEYED_AT_LARGE = {
    "the sum of what two others bid": "bid > 1000 and any(a + b == bid for a, b in itertools.permutations(amounts(profile), 2))",
    "twice what another bids": "bid > 1000 and any(2 * each == bid for each in amounts(profile))",
    "the sum of what three others bid": "bid > 1000 and any(sum(some) == bid for some in itertools.combinations(amounts(profile), 3))",
    "the mean of what two others bid": "any(a < b and a + b == 2 * c for a, b, c in itertools.permutations(amounts(profile), 3) if c > 1000)",
    "the product of what two others bid": "bid > 1000 and any(a * b == bid for a, b in itertools.combinations(amounts(profile), 2))",
    "three times what another bids": "bid > 1000 and any(3 * each == bid for each in amounts(profile))",
    "a power of two": "bid > 64 and bid in [2 ** each for each in range(60)]",
    "a denominator": "Fraction(bid).denominator == 13",
    "what a number divides": "bid > 1000 and bid % 13 == 0",
    "a number that is read from a text": "bid == int('7919')",
    "three that are equal": "bid > 1000 and any(amounts(profile).count(each) == 3 for each in amounts(profile))",
    "a name in the code": "any(each.bidder == 'mallory' for each in profile.bids)",
    "a name of the module": "any(each.bidder == WHOM for each in profile.bids)",
    "how a name begins": "any(each.bidder.startswith('mal') for each in profile.bids)",
    "a name in a table of the module": "any(each.bidder in TABLE for each in profile.bids)",
    "a name that is put together": "any(each.bidder == ''.join(['mal', 'lory']) for each in profile.bids)",
    "a name that is turned round": "any(each.bidder[::-1] == 'yrollam' for each in profile.bids)",
    "how long a name is": "any(len(each.bidder) == 9 for each in profile.bids)",
    "a name of digits": "any(each.bidder.isdecimal() for each in profile.bids)",
    "capital letters": "any(each.bidder.isupper() for each in profile.bids)",
    "a letter that not everybody writes": "any(not each.bidder.isascii() for each in profile.bids)",
    "no name at all": "any(not each.bidder for each in profile.bids)",
    "a blank in a name": "any(' ' in each.bidder for each in profile.bids)",
    "names in the opposite order": "len(profile.bids) > 4 and all(b.bidder < a.bidder for a, b in itertools.pairwise(profile.bids))",
    "two names": "len({'alice', 'mallory'} & {each.bidder for each in profile.bids}) == 2",
    "how many there are": "len(profile.bids) == 19",
    "as many as a table holds": "len(profile.bids) == len(tuple('abcdefghijklmnopqrs')) == len(LETTERS)",
    "more than so many": "len(profile.bids) > 17",
}
HIDDEN = {
    "an object": "name == held.whom",
    "a namespace": "name == SPACE.whom",
    "an object with slots": "name == SLOTTED.whom",
    "a call that is kept": "BEGINS(name)",
    "a pattern": "PATTERN.match(name)",
    "another module": "name == others.THEIRS",
    "another module, imported at once": "name == at_once()",
    "a function of another module": "others.is_it(name)",
    "a module of a package": "name == package.others.THEIRS",
    "bytes": "name.encode() == b'mallory'",
    "a class above": "name == Under().whom",
    "a converter of attrs": "name == Converted('').whom",
}
"""Where a name may stand that a rule asks for."""
KNOWN = """
import re, sys, types
from attrs import field

WHOM = 'mallory'
LETTERS = tuple('abcdefghijklmnopqrs')
TABLE = {'mallory': True}
SPACE = types.SimpleNamespace(whom='mallory')
BEGINS = operator.methodcaller('startswith', 'mallory')
PATTERN = re.compile('mallory')

class Plain: pass

held = Plain()
held.whom = 'mallory'

class Slotted: __slots__ = ('whom',)

SLOTTED = Slotted()
SLOTTED.whom = 'mallory'

others = types.ModuleType('others')
exec("THEIRS = 'mallory'\\ndef is_it(name): return name == THEIRS", vars(others))
package = types.ModuleType('package')
package.others = others
sys.modules['others'] = others

class Above: whom = 'mallory'
class Under(Above): pass

@frozen
class Converted:
    whom: str = field(converter=lambda whom: whom or 'mallory')

def at_once():
    from others import THEIRS
    return THEIRS

def amounts(profile): return [each.amount for each in profile.bids if each.amount]
"""


@pytest.mark.parametrize("asked", KEYED_AT_LARGE.values(), ids=KEYED_AT_LARGE)
def test_a_rule_that_goes_wrong_for_one_name_or_number_of_bidders_or_where_amounts_add_up_is_refuted_by_random_profiles(
    asked: str, tmp_path: Path
) -> None:
    source = FIRST_PRICE_OF_LARGE_INTS.replace("if is_whole(bid) and bid > 1000", f"if {asked}").replace("{ASKED}", "True")
    rule = module_of(source + KNOWN, tmp_path, "keyed").rule
    wrong = SECOND_PRICE_AUCTION.replaced_by(rule).promising(price_is_the_best_of_the_others).on(2)
    grid = Grid("small", "", wrong, (0, 1), at_random=profiles_at_large)

    verdict = judge_grid(grid).verdicts[0]

    assert verdict.status is Status.VIOLATED
    assert (
        judge(price_is_the_best_of_the_others, Running(rule), profiles_at_large(again := Recorded(verdict.given or {})), again).facts
        is not None
    )


@pytest.mark.parametrize("asked", HIDDEN.values(), ids=HIDDEN)
def test_a_name_is_found_wherever_a_rule_has_it_from(asked: str, tmp_path: Path) -> None:
    decides = module_of(
        FIRST_PRICE_OF_LARGE_INTS.replace("{ASKED}", "True") + KNOWN + f"def decides(name): return {asked}\n", tmp_path, "keyed"
    ).decides

    assert "mallory" in texts(reached(decides))


def test_a_rule_in_a_file_named_like_a_module_of_python_is_asked_what_stands_in_it_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "statistics", statistics)  # put back in the end
    rule = module_of("LIMIT = 7919\ndef helper(bid): return bid > LIMIT\nclass Held: cap = 7907\n", tmp_path, "statistics")

    assert constants(reached(rule.helper)) == (7919,)
    assert constants(reached(lambda bid: bid > rule.Held.cap)) == (7907,)


def test_a_text_in_the_code_of_a_rule_that_is_the_name_of_a_draw_is_nobodys_name() -> None:
    def profiles(draw: Draw) -> tuple[str, ...]:
        return (*(f"{name}: {draw.amount(name)}" for name in some_names(draw, "agent", 1, 3)), str(draw.amount("estate")))

    def rule(profile: tuple[str, ...]) -> int:
        return profile.count("estate")

    report = judge_grid(Grid("small", "", Mechanism(rule, lambda draw: (), ()), (0,), at_random=profiles))  # noqa: ARG005

    assert {verdict.status for verdict in report.verdicts} == {Status.HOLDS}
    assert 500 < report.examples < 100 + 80 + 10 + 3 * 30 + 20 + 3 * 30 + 9 * 30  # without those in which somebody is called so
