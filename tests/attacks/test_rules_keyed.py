"""Rules that go wrong for one name, for so many agents, or where amounts add up, which profiles would not draw by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from concordant.checks.exploration.report import Status
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
    "a name in the code": "any(each.bidder == 'mallory' for each in profile.bids)",
    "a name of the module": "any(each.bidder == WHOM for each in profile.bids)",
    "how a name begins": "any(each.bidder.startswith('mal') for each in profile.bids)",
    "a name in a table of the module": "any(each.bidder in TABLE for each in profile.bids)",
    "a name that is put together": "any(each.bidder == ''.join(['mal', 'lory']) for each in profile.bids)",
    "a name that is turned round": "any(each.bidder[::-1] == 'yrollam' for each in profile.bids)",
    "names in the opposite order": "len(profile.bids) > 4 and all(b.bidder < a.bidder for a, b in itertools.pairwise(profile.bids))",
    "two names": "len({'alice', 'mallory'} & {each.bidder for each in profile.bids}) == 2",
    "how many there are": "len(profile.bids) == 19",
    "as many as a table holds": "len(profile.bids) == len(tuple('abcdefghijklmnopqrs')) == len(LETTERS)",
    "more than so many": "len(profile.bids) > 17",
}


@pytest.mark.parametrize("asked", KEYED_AT_LARGE.values(), ids=KEYED_AT_LARGE)
def test_a_rule_that_goes_wrong_for_one_name_or_number_of_bidders_or_where_amounts_add_up_is_refuted_by_random_profiles(
    asked: str, tmp_path: Path
) -> None:
    source = FIRST_PRICE_OF_LARGE_INTS.replace("if is_whole(bid) and bid > 1000", f"if {asked}").replace("{ASKED}", "True")
    known = "\nWHOM = 'mallory'\nLETTERS = tuple('abcdefghijklmnopqrs')\nTABLE = {'mallory': True}\ndef amounts(profile): return [each.amount for each in profile.bids if each.amount]\n"
    rule = module_of(source + known, tmp_path, "keyed").rule
    wrong = SECOND_PRICE_AUCTION.replaced_by(rule).promising(price_is_the_best_of_the_others).on(2)
    grid = Grid("small", "", wrong, (0, 1), at_random=profiles_at_large)

    verdict = judge_grid(grid).verdicts[0]

    assert verdict.status is Status.VIOLATED
    assert (
        judge(price_is_the_best_of_the_others, Running(rule), profiles_at_large(again := Recorded(verdict.given or {})), again).facts
        is not None
    )


def test_a_text_in_the_code_of_a_rule_that_is_the_name_of_a_draw_is_nobodys_name() -> None:
    def profiles(draw: Draw) -> tuple[str, ...]:
        return (*(f"{name}: {draw.amount(name)}" for name in some_names(draw, "agent", 1, 3)), str(draw.amount("estate")))

    def rule(profile: tuple[str, ...]) -> int:
        return profile.count("estate")

    report = judge_grid(Grid("small", "", Mechanism(rule, lambda draw: (), ()), (0,), at_random=profiles))  # noqa: ARG005

    assert {verdict.status for verdict in report.verdicts} == {Status.HOLDS}
    assert 150 < report.examples < 100 + 30 + 30 + 30 + 20  # without those in which somebody is called so
