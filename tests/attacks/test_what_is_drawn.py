"""Rules that held since what they are wrong about was not drawn: names without amounts, amounts that only look alike, lies of one kind, rules of no grid."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from fractions import Fraction
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from attrs import evolve, frozen

from concordant.checks.answers import Conclusion, exit_code
from concordant.checks.exit_codes import OK, UNDECIDED
from concordant.checks.exploration.judge import BrokenClause
from concordant.checks.exploration.report import Status
from concordant.checks.mechanisms.judging import judge_grid
from concordant.checks.mechanisms.scope import Grid
from concordant.checks.misuse import BrokenRule
from concordant.checks.questions.profiles import ask
from concordant.checks.questions.question import Means
from concordant.checks.registry import Protocol, protocols_loaded
from concordant.checks.reports.words import unjudged_lines
from concordant.checks.running import decided
from concordant.proofs.kernel.symbolic import by_running
from concordant.proofs.kernel.theorems import ProofStatus
from concordant.refimpl.auctions.vickrey_auction import SECOND_PRICE_AUCTION, second_price
from concordant.refimpl.machine import Mechanism
from concordant.spec.auctions.shared.auctions import Bid, Outcome, Profile, Sale, bidders, individually_rational, misreport, utility
from concordant.spec.common.names import some_names
from concordant.spec.vocabulary import Cases, Draw, Rejected, case, for_all, is_amount, truthful
from tests.mechanisms.toys import Claims, Shares, claims, halves


@frozen
class Vote:
    voters: tuple[str, ...]
    yes: tuple[str, ...]


def votes(draw: Draw) -> Vote:
    names = some_names(draw, "voter", 1, 2)
    return Vote(names, tuple(name for name in names if draw.one_of(f"{name} says yes", (True, False))))


@for_all
def passed_by_most(vote: Vote, outcome: bool) -> Cases:
    """It is passed by more than half."""
    yield case(outcome == (2 * len(vote.yes) > len(vote.voters)), outcome=outcome)


def the_chair_decides(vote: Vote) -> bool:
    return "chair" in vote.yes or 2 * len(vote.yes) > len(vote.voters)


def many_always_pass(vote: Vote) -> bool:
    return len(vote.voters) > 8 or 2 * len(vote.yes) > len(vote.voters)


@pytest.mark.parametrize("rule", [the_chair_decides, many_always_pass])
def test_a_rule_that_is_wrong_for_one_name_or_for_many_is_refuted_where_no_amount_is_drawn(rule: Callable[[Vote], bool]) -> None:
    report = judge_grid(Grid("votes", "", Mechanism(rule, votes, (passed_by_most,))))

    assert report.verdicts[0].status is Status.VIOLATED


def test_random_profiles_of_names_alone_are_not_left_out() -> None:
    module = ModuleType("voting_alone")
    vars(module)["GRID"] = Grid("votes", "", Mechanism(many_always_pass, votes, (passed_by_most,)), examples=0, at_random=votes)
    (answer,) = (decided(question, Means()) for question in ask(Protocol.of_modules("voting_alone", module)))

    assert answer.conclusion is Conclusion.BROKEN


# ---- profiles that are equal and not the same


@dataclasses.dataclass(frozen=True)
class Offer:
    amount: object


class Tender(NamedTuple):
    amount: object


@for_all
def only_amounts_are_accepted(offer: Any, outcome: object) -> Cases:
    """What is no exact amount is rejected."""
    yield case(isinstance(outcome, Rejected) is not is_amount(offer.amount), outcome=outcome)


def takes_floats(offer: Any) -> object:
    return Rejected("no amount") if isinstance(offer.amount, bool) or not isinstance(offer.amount, int | float | Fraction) else 1


@pytest.mark.parametrize("kind", [Offer, Tender])
def test_a_rule_is_asked_of_each_of_two_amounts_that_a_record_of_users_takes_for_equal(kind: Callable[[object], Any]) -> None:
    mechanism = Mechanism(takes_floats, lambda draw: kind(draw.one_of("amount", (True, 1.0))), (only_amounts_are_accepted,))

    assert judge_grid(Grid("malformed", "", mechanism)).verdicts[0].status is Status.VIOLATED


@dataclasses.dataclass(frozen=True)
class Members:
    names: frozenset[str]


class Guests(NamedTuple):
    names: frozenset[str]


@for_all
def somebody_is_chosen(profile: Any, outcome: str) -> Cases:
    """Somebody of them is chosen."""
    yield case(outcome in profile.names)


@pytest.mark.parametrize("kind", [Members, Guests])
def test_a_rule_that_chooses_by_the_order_of_a_set_in_a_record_of_users_is_broken(kind: Callable[[frozenset[str]], Any]) -> None:
    mechanism = Mechanism(lambda profile: next(iter(profile.names)), lambda _: kind(frozenset({"ann", "bob"})), (somebody_is_chosen,))

    with pytest.raises(BrokenRule, match="has another outcome when sets are in another order"):
        judge_grid(Grid("sets", "", mechanism))


# ---- lies of one kind


def third_price(profile: Profile) -> Outcome:
    """Charge the third best bid, where it pays to bid more than the good is worth."""
    outcome, amounts = second_price(profile), sorted((bid.amount or 0 for bid in profile.bids), reverse=True)
    return evolve(outcome, price=amounts[2]) if isinstance(outcome, Sale) else outcome


def three_bid(draw: Draw) -> Profile:
    return Profile(tuple(Bid(name, draw.amount(name)) for name in ("bidder0", "bidder1", "bidder2")), 0)


def shades(profile: Profile, agent: str, draw: Draw) -> Profile:
    lies = (evolve(bid, amount=draw.amount("the lie", bid.amount)) if bid.bidder == agent else bid for bid in profile.bids)
    return evolve(profile, bids=tuple(lies))


SHADED = truthful(bidders, shades, utility)
THIRD_PRICE = SECOND_PRICE_AUCTION.replaced_by(third_price)


def test_that_no_lie_pays_is_not_said_where_every_liar_asks_for_less() -> None:
    with pytest.raises(
        BrokenClause, match=r"auctions.truthful is about lies, and all \d+ that were drawn say less than is true; draw lies of"
    ):
        judge_grid(Grid("shaded", "", THIRD_PRICE.promising(SHADED).over(three_bid), (0, 1)))


def test_that_no_lie_pays_is_not_proved_where_every_liar_asks_for_less() -> None:
    wrong, right = (
        by_running("x.y", truthful(bidders, lies, utility), rule.over(three_bid), "all real amounts; three bidders").prove()
        for lies, rule in ((shades, THIRD_PRICE), (misreport, SECOND_PRICE_AUCTION))
    )

    assert right.standing is ProofStatus.PROVED
    assert wrong.standing is ProofStatus.FAILED
    assert wrong.detail.startswith("whoever lies says less than is true, and never the other way round, on ")


# ---- amounts that are not all


def one_more(draw: Draw) -> Profile:
    return Profile((Bid("bidder0", draw.amount("bidder0") + 1), Bid("bidder1", draw.amount("bidder1") + 1)), 0)


def dear_below_one(profile: Profile) -> Outcome:
    outcome = second_price(profile)
    return evolve(outcome, price=outcome.price + 1) if isinstance(outcome, Sale) and outcome.price < 1 else outcome


def test_what_is_proved_of_amounts_to_which_one_is_added_is_not_proved_of_all() -> None:
    wrong = SECOND_PRICE_AUCTION.replaced_by(dear_below_one).over(one_more)
    finding = by_running("x.y", individually_rational, wrong, "all real amounts that are not negative; two bidders").prove()

    assert finding.standing is ProofStatus.FAILED
    assert "do not say that bidder0 is in no profile as it is, that bidder1 is in no profile as it is, on" in finding.detail


@pytest.mark.parametrize(
    ("said", "standing"),
    [
        ("from 1", ProofStatus.PROVED),
        ("of 1 and more", ProofStatus.PROVED),
        ("from 0", ProofStatus.FAILED),
        ("from 11", ProofStatus.FAILED),
    ],
)
def test_what_is_proved_of_amounts_to_which_one_is_added_is_proved_of_those_from_one_on(said: str, standing: ProofStatus) -> None:
    right = SECOND_PRICE_AUCTION.over(one_more)

    assert by_running("x.y", individually_rational, right, f"all real amounts {said}; two bidders").prove().standing is standing


# ---- rules of which nothing is judged


@for_all
def nobody_gets_more_than_it_claims(profile: Claims, outcome: Shares) -> Cases:
    """Nobody gets more than it claims."""
    yield case(all(share <= claim for claim, share in zip(profile.claims, outcome.shares, strict=True)), outcome=outcome)


def one_too_many(profile: Claims) -> Shares:
    return Shares(tuple(claim + 1 for claim in profile.claims))


@pytest.fixture
def theirs() -> Iterator[Callable[..., Protocol]]:
    def holding(**values: object) -> Protocol:
        module = ModuleType("of_theirs")
        vars(module).update(values)
        protocols_loaded()["of_theirs"] = made = Protocol.of_modules("of_theirs", module)
        return made

    yield holding
    protocols_loaded().pop("of_theirs", None)


def test_a_rule_is_not_passed_over_because_another_one_has_a_grid(theirs: Callable[..., Protocol]) -> None:
    right, wrong = (Mechanism(rule, claims, (nobody_gets_more_than_it_claims,)) for rule in (halves, one_too_many))
    said = "of_theirs: one too many is in no grid, so that nothing judges what it promises; make a Grid of it, too"

    for more, code, lines in (({}, OK, []), ({"WRONG": wrong}, UNDECIDED, [said])):
        named = theirs(RIGHT=right, GRID=Grid("right", "", right, (0, 1)), **more)
        answers = [decided(question, Means()) for question in ask(named)]
        assert [line for line in unjudged_lines(answers) if "grid" in line] == lines
        assert exit_code(answers, whole=True) == code


@for_all
def who_claims_as_much_gets_as_much(profile: Claims, outcome: Shares) -> Cases:
    """Who claims as much as another gets as much."""
    if len(profile.claims) == 2 and profile.claims[0] == profile.claims[1]:
        yield case(outcome.shares[0] == outcome.shares[1], outcome=outcome)


def test_a_clause_of_which_one_rule_has_no_case_does_not_hold_of_both_because_it_holds_of_the_other(
    theirs: Callable[..., Protocol],
) -> None:
    promised = (who_claims_as_much_gets_as_much,)
    alone = Mechanism(one_too_many, lambda draw: Claims((draw.amount("one"),)), promised)
    named = theirs(GRIDS=(Grid("both", "", Mechanism(halves, claims, promised), (0, 1)), Grid("alone", "", alone, (0, 1))))
    answers = [decided(question, Means()) for question in ask(named)]

    assert exit_code(answers, whole=True) == UNDECIDED
    assert exit_code(answers[:1]) == OK
