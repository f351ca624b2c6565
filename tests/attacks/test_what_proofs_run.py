"""Theorems by running that said more than was run: of what nobody looked at, drew, or was called. Each was called proved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve, frozen

from concordant.checks.exploration.report import Status
from concordant.checks.mechanisms.judging import judge_grid
from concordant.checks.mechanisms.scope import Grid
from concordant.proofs.kernel.reals import LeavesSubset
from concordant.proofs.kernel.symbolic import by_running
from concordant.proofs.kernel.theorems import Finding, ProofStatus
from concordant.refimpl.auctions.vickrey_auction import SECOND_PRICE_AUCTION, second_price
from concordant.spec.auctions.shared.auctions import Bid, Outcome, Profile, Sale, individually_rational, truthful_bidding
from concordant.spec.vocabulary import Cases, Draw, Map, RuleClause, case, for_all, relates

TWO = "all real amounts; two bidders"


def first_price(profile: Profile) -> Outcome:
    """Charge the winner its own bid, where it pays to lie."""
    outcome = second_price(profile)
    return evolve(outcome, price=max(bid.amount or 0 for bid in profile.bids)) if isinstance(outcome, Sale) else outcome


FIRST_PRICE = SECOND_PRICE_AUCTION.replaced_by(first_price)


@for_all
def of_the_profile(profile: Profile, outcome: Outcome) -> Cases:
    """No agent gains by a lie."""
    yield case(profile.reserve >= 0, outcome=outcome)


@relates
def runs_and_looks_away(rule: Callable[[Profile], Outcome], profile: Profile, draw: Draw) -> Cases:  # noqa: ARG001
    """No agent gains by a lie, for a clause that has run the rule."""
    rule(profile)
    yield case(profile.reserve >= 0)


@relates
def does_what_it_does(rule: Callable[[Profile], Outcome], profile: Profile, draw: Draw) -> Cases:  # noqa: ARG001
    """No agent gains by a lie, for a clause that runs the rule twice."""
    yield case(rule(profile) == rule(Profile(profile.bids, profile.reserve, profile.direction)))


@pytest.mark.parametrize("clause", [of_the_profile, runs_and_looks_away, does_what_it_does], ids=lambda clause: clause.name)
def test_a_clause_that_no_outcome_breaks_is_not_proved(clause: RuleClause) -> None:
    finding = by_running("x.y", clause, FIRST_PRICE.on(2), "all real amounts; one or two bidders").prove()

    assert finding.standing is ProofStatus.FAILED
    assert finding.detail.startswith("vacuous: no case could have been otherwise, on ")


def test_a_clause_that_runs_the_rule_and_never_looks_at_what_comes_of_it_does_not_hold() -> None:
    promised = SECOND_PRICE_AUCTION.replaced_by(first_price).promising(runs_and_looks_away).on(2)

    assert judge_grid(Grid("x", "", promised, (0, 1))).verdicts[0].status is Status.VACUOUS


# ---- profiles that are not all there are


def both(one: Any, other: Any) -> Profile:
    return Profile((Bid("bidder0", one), Bid("bidder1", other)), 0)


def clamped(draw: Draw) -> Profile:
    return both(min(draw.amount("bidder0"), 0), min(draw.amount("bidder1"), 0))


def sorted_out(draw: Draw) -> Profile:
    one, other = draw.amount("bidder0"), draw.amount("bidder1")
    return both(one, other) if one == other else Profile((), 0)


def dropped(draw: Draw) -> Profile:
    return both(draw.amount("bidder0") * 0 + 1, 1 if draw.amount("bidder1") is not None else 0)


def bounded(draw: Draw) -> Profile:
    one = draw.amount("bidder0")
    return both(one, draw.amount("bidder1", at_most=one))


def few(draw: Draw) -> Profile:
    return both(draw.one_of("bidder0", (0, 1, 2)), draw.one_of("bidder1", (0, 1, 2)))


def proved_over(profiles: Callable[[Draw], Profile]) -> Finding:
    return by_running("x.y", individually_rational, SECOND_PRICE_AUCTION.over(profiles), TWO).prove()


@pytest.mark.parametrize("profiles", [clamped, sorted_out], ids=lambda profiles: profiles.__name__)
def test_what_is_proved_of_the_profiles_that_were_kept_is_not_proved_for_all_amounts(profiles: Callable[[Draw], Profile]) -> None:
    with pytest.raises(
        LeavesSubset, match=rf"the profiles of {profiles.__name__} compare an amount that they draw, so that not all come about"
    ):
        proved_over(profiles)


@pytest.mark.parametrize(
    ("profiles", "missing"),
    [
        (dropped, "that bidder0 is in no profile as it is, that bidder1 is in no profile as it is"),
        (bounded, "bidder1 up to another draw"),
        (few, "any draw of an amount"),
    ],
    ids=lambda part: getattr(part, "__name__", ""),
)
def test_amounts_that_no_profile_holds_or_not_all_of_them_are_not_all_real_amounts(
    profiles: Callable[[Draw], Profile], missing: str
) -> None:
    finding = proved_over(profiles)

    assert finding.standing is ProofStatus.FAILED
    assert f"do not say {missing}, on" in finding.detail


# ---- names that no profile has

MALLORYS = ("mallory", "trudy")


def dear_for_one(profile: Profile) -> Outcome:
    outcome = second_price(profile)
    return first_price(profile) if isinstance(outcome, Sale) and outcome.winner == "mallory" else outcome


def dear_for_some(profile: Profile) -> Outcome:
    outcome = second_price(profile)
    return first_price(profile) if isinstance(outcome, Sale) and outcome.winner in MALLORYS else outcome


def dear_by_a_pattern(profile: Profile) -> Outcome:
    outcome = second_price(profile)
    match outcome:
        case Sale(winner="mallory"):
            return first_price(profile)
        case _:
            return outcome


def dear_by_letters(profile: Profile) -> Outcome:
    outcome = second_price(profile)
    return first_price(profile) if isinstance(outcome, Sale) and outcome.winner.startswith("m") else outcome


FEES = {"mallory": 5}
SHARES = Map.of({"mallory": 5})


@frozen
class House:
    whom: str


HOUSE = House("mallory")


def dear_by_a_table(profile: Profile) -> Outcome:
    return first_price(profile) if any(FEES.get(bid.bidder) for bid in profile.bids) else second_price(profile)


def dear_by_a_map(profile: Profile) -> Outcome:
    return first_price(profile) if any(bid.bidder in SHARES for bid in profile.bids) else second_price(profile)


def dear_by_a_table_of_its_own(profile: Profile) -> Outcome:
    return first_price(profile) if any({"mallory": 5}.get(bid.bidder) for bid in profile.bids) else second_price(profile)


def dear_by_a_variable(profile: Profile) -> Outcome:
    whom = "mallory"
    return first_price(profile) if any(bid.bidder == whom for bid in profile.bids) else second_price(profile)


def dear_by_default(profile: Profile, whom: str = "mallory") -> Outcome:
    return first_price(profile) if any(bid.bidder == whom for bid in profile.bids) else second_price(profile)


def dear_by_a_record(profile: Profile) -> Outcome:
    return first_price(profile) if any(bid.bidder == HOUSE.whom for bid in profile.bids) else second_price(profile)


def dear_by_a_list(profile: Profile) -> Outcome:
    whom = ["mallory"]
    return first_price(profile) if any(bid.bidder in whom for bid in profile.bids) else second_price(profile)


DEAR = (dear_for_one, dear_for_some, dear_by_a_pattern, dear_by_letters, dear_by_a_table, dear_by_a_map)
DEAR_INSIDE = (dear_by_a_table_of_its_own, dear_by_a_variable, dear_by_default, dear_by_a_record, dear_by_a_list)


@pytest.mark.parametrize("rule", [*DEAR, *DEAR_INSIDE], ids=lambda rule: rule.__name__)
def test_a_rule_that_is_wrong_for_a_name_that_no_profile_has_is_not_proved(rule: Callable[[Profile], Outcome]) -> None:
    with pytest.raises(
        LeavesSubset, match=r"test_what_proofs_run\.py:\d+: compare names with each other: a text in the code is one name of many"
    ):
        by_running("x.y", truthful_bidding, SECOND_PRICE_AUCTION.replaced_by(rule).on(2), "all real amounts; one or two bidders").prove()


# ---- amounts that are not any beside each other


def ascending(draw: Draw) -> Profile:
    one = draw.amount("bidder0")
    return both(one, one + draw.amount("bidder1"))


def alike(draw: Draw) -> Profile:
    bid = draw.amount("the bid")
    return both(bid, bid)


def last_wins(profile: Profile) -> Outcome:
    """Sell to whoever bids last at the bid before, which only of ascending bids is the second price."""
    first, last = profile.bids
    return Sale(last.bidder, first.amount or 0, ())


@pytest.mark.parametrize(
    ("profiles", "missing"),
    [(ascending, "how bidder0 and bidder0 + bidder1 hang together"), (alike, "that the bid is there twice")],
    ids=lambda part: getattr(part, "__name__", ""),
)
@pytest.mark.parametrize("said", [TWO, f"{TWO}, from 0 and more than 0", "for two bidders and all real bids of 0 or more"])
def test_what_is_proved_of_bids_of_which_one_is_never_less_is_not_proved_of_all(
    profiles: Callable[[Draw], Profile], missing: str, said: str
) -> None:
    finding = by_running("x.y", individually_rational, SECOND_PRICE_AUCTION.replaced_by(last_wins).over(profiles), said).prove()

    assert finding.standing is ProofStatus.FAILED
    assert f"do not say {missing}, on" in finding.detail


def test_what_is_proved_of_bids_of_which_one_is_never_less_is_proved_of_these() -> None:
    theorem = by_running(
        "x.y",
        individually_rational,
        SECOND_PRICE_AUCTION.replaced_by(last_wins).over(ascending),
        "all real amounts; two bidders, the second of whom bids as much as the first or more",
    )

    assert theorem.prove().standing is ProofStatus.PROVED
