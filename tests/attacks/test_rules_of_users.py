"""Ways in which a rule of a user's held that cheats, or a clause that says nothing of it. Each ends with a sentence now."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from attrs import frozen

from concordant.checks.answers import Conclusion, exit_code
from concordant.checks.exit_codes import UNDECIDED
from concordant.checks.exploration.judge import BrokenClause
from concordant.checks.exploration.report import Status
from concordant.checks.mechanisms.judging import judge_grid
from concordant.checks.mechanisms.scope import Grid
from concordant.checks.misuse import BrokenRule
from concordant.checks.questions import known_violation
from concordant.checks.questions.profiles import ask as profiles_ask
from concordant.checks.questions.question import Means
from concordant.checks.refuting.pitfalls import refute
from concordant.checks.registry import Protocol
from concordant.checks.running import decided
from concordant.checks.semantics.turning import made
from concordant.proofs.kernel.symbolic import by_running
from concordant.proofs.kernel.theorems import ProofStatus
from concordant.refimpl.auctions.vickrey_auction import SECOND_PRICE_AUCTION, second_price
from concordant.refimpl.machine import KnownViolation, Mechanism, Pitfall
from concordant.spec.auctions.shared.auctions import Direction, Profile, bidders, misreport, truthful_bidding, utility
from concordant.spec.vocabulary import Cases, Draw, case, for_all, relates, truthful
from tests.mechanisms.toys import Claims, Shares, claims, halves, mechanism


def judge(rule: Callable[[Any], Any], *promises: Any, profiles: Callable[[Draw], Any] = claims) -> Any:
    return judge_grid(Grid("attacked", "", Mechanism(rule, profiles, promises), (0, 1, 2))).verdicts


@for_all
def everybody_gets_a_half(profile: Claims, outcome: Shares) -> Cases:
    """Everybody gets a half."""
    yield case(all(share + share == claim for claim, share in zip(profile.claims, outcome.shares, strict=True)), outcome=outcome)


class Kept:
    """What the whole program shares."""

    runs = 0
    profile: object = None


def halves_at_first(profile: Claims) -> Shares:
    """Take everything once nobody looks: the grid has been run."""
    Kept.runs += 1
    return halves(profile) if Kept.runs < 40 else Shares(profile.claims)


def halves_once(profile: Claims) -> Shares:
    """Take everything from whoever asks twice."""
    before, Kept.profile = Kept.profile, profile
    return Shares(profile.claims) if before == profile else halves(profile)


@pytest.mark.parametrize("rule", [halves_at_first, halves_once])
def test_a_rule_that_keeps_something_between_its_runs_is_broken(rule: Callable[[Claims], Shares], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Kept, "runs", 0)
    monkeypatch.setattr(Kept, "profile", None)

    with pytest.raises(BrokenRule, match=r"has another outcome when it is asked again; let it read its profile only, and keep nothing"):
        judge(rule, everybody_gets_a_half)


@frozen
class Names:
    names: frozenset[str]


def names(draw: Draw) -> Names:
    return Names(frozenset(draw.one_of("names", ("ab", "bc", "abc"))))


def test_a_rule_that_chooses_by_the_order_of_a_set_is_broken() -> None:
    with pytest.raises(BrokenRule, match=r"has another outcome when sets are in another order; sort a set before you go through it"):
        judge(lambda profile: next(iter(profile.names)), profiles=names)


def test_a_rule_that_makes_its_profile_what_it_should_be_is_broken() -> None:
    @for_all
    def as_it_came(profile: list[Any], outcome: tuple[Any, ...]) -> Cases:
        """The outcome is the profile, in the order in which it came."""
        yield case(tuple(profile) == outcome)

    def in_place(profile: list[Any]) -> tuple[Any, ...]:
        profile.sort()
        return tuple(profile)

    with pytest.raises(BrokenRule, match=r"the rule in_place changed its profile in place; let it make another by evolve"):
        judge(in_place, as_it_came, profiles=lambda draw: [draw.amount("one"), draw.amount("other")])


def test_a_clause_that_makes_an_outcome_what_it_should_be_is_found_in_the_end() -> None:
    @for_all
    def mends(profile: Claims, outcome: list[Any]) -> Cases:  # noqa: ARG001
        """It holds of what it makes of the outcome."""
        outcome.clear()
        yield case(not outcome)

    with pytest.raises(BrokenRule, match=r"has an outcome that was changed in place, and is \[\] now"):
        judge(lambda profile: list(profile.claims), mends)


# ---- clauses that say nothing


def test_a_clause_that_states_a_case_before_it_has_run_the_rule_is_an_error() -> None:
    @relates
    def no_coalition_gains(rule: Any, profile: Claims, draw: Draw) -> Cases:  # noqa: ARG001  # that is the attack
        """No coalition gains by a lie."""
        yield case(all(claim >= 0 for claim in profile.claims))

    with pytest.raises(BrokenClause, match=r"states a case before it has run the rule, of which that says nothing"):
        judge(halves, no_coalition_gains)


def test_a_clause_that_never_looks_at_the_outcome_is_an_error() -> None:
    @for_all
    def nobody_is_envious(profile: Claims, outcome: Shares) -> Cases:  # that is the attack
        """Nobody is envious."""
        yield case(all(claim >= 0 for claim in profile.claims), outcome=outcome)

    with pytest.raises(BrokenClause, match=r"states a case without a look at the outcome, of which that says nothing"):
        judge(halves, nobody_is_envious)


def test_a_rule_that_promises_nothing_does_not_hold_because_its_outcomes_are_exact() -> None:
    module = ModuleType("nothing")
    vars(module)["RULE"] = Mechanism(halves, claims, ())
    answers = [question.answer(Means()) for question in profiles_ask(Protocol.of_modules("nothing", module))]

    assert [verdict.status for answer in answers for verdict in answer.verdicts] == [Status.HOLDS]
    assert exit_code(answers) == UNDECIDED


class EqualNumber(int):
    """A number that is equal to any other."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = int.__hash__


@frozen(eq=False)
class EqualRecord:
    """A record that is equal to anything."""

    amount: int

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = object.__hash__


@pytest.mark.parametrize("equal", [EqualNumber, EqualRecord])
def test_shares_that_are_equal_to_whatever_they_should_be_are_not_exact(equal: Callable[[int], Any]) -> None:
    @for_all
    def both_get_the_same(profile: Claims, outcome: Shares) -> Cases:  # noqa: ARG001
        """All get the same."""
        yield case(outcome.shares[0] == outcome.shares[-1], outcome=outcome)

    verdicts = judge(lambda _: Shares((equal(7), equal(1))), both_get_the_same)

    assert [(verdict.clause.name, verdict.status) for verdict in verdicts] == [
        ("both_get_the_same", Status.HOLDS),
        ("outcomes_are_exact", Status.VIOLATED),
    ]


def test_that_nobody_lies_who_can_only_tell_the_truth_is_vacuous() -> None:
    def lets_nobody_lie(profile: Profile, agent: str, draw: Draw) -> Profile:
        draw.amount(f"the lie of {agent}")
        return profile

    honest = truthful(bidders, lets_nobody_lie, utility)
    verdict = judge_grid(Grid("x", "", SECOND_PRICE_AUCTION.promising(honest).on(2), (0, 1))).verdicts[0]

    assert (verdict.clause, verdict.status, verdict.cases) == (honest, Status.VACUOUS, 0)


# ---- truths about another rule


def first_of(profile: Profile) -> Any:
    """Award to whoever came first, at its own bid: a rule of nobody's."""
    return second_price(Profile(profile.bids[:1], profile.bids[0].amount or 0, profile.direction))


LIES = {"bidders": 1, "direction": Direction.FORWARD, "bidder0 bids": True, "bidder0": 1, "reserve": 0}
LIES |= {"who lies": "bidder0", "the liar bids": True, "the lie": 0}


def said(known: KnownViolation, *judged: Mechanism[Any, Any]) -> Any:
    answer = known_violation.KnownViolationQuestion("vickrey_auction", known.id, known, judged).answer(Means())
    note = answer.note("problem")
    return answer.conclusion, note.fields["value"] if note else None


def test_that_a_clause_fails_of_a_rule_that_no_scope_judges_is_no_truth_about_the_protocol() -> None:
    foreign = KnownViolation(truthful_bidding, "It pays to lie.", SECOND_PRICE_AUCTION.replaced_by(first_of).on(1), witness=LIES)

    assert said(foreign)[0] is Conclusion.AS_CLAIMED
    assert said(foreign, SECOND_PRICE_AUCTION.on(3)) == (
        Conclusion.NOT_AS_CLAIMED,
        "auctions.truthful fails of first of, which no scope of vickrey_auction judges; say it of a rule that it has",
    )


def test_what_is_promised_of_a_rule_is_not_known_to_fail_of_it() -> None:
    both = SECOND_PRICE_AUCTION.replaced_by(first_of).on(1)

    assert said(KnownViolation(truthful_bidding, "It pays to lie.", both, witness=LIES), both) == (
        Conclusion.NOT_AS_CLAIMED,
        "auctions.truthful is promised of first of, and so cannot be known to fail of it; leave out one of the two",
    )


def test_a_rule_without_any_of_these_tricks_holds() -> None:
    assert {verdict.status for verdict in judge_grid(Grid("honest", "", mechanism(halves, everybody_gets_a_half), (0, 1))).verdicts} == {
        Status.HOLDS
    }


def crashes(profile: Claims) -> Shares:
    """Have a slip of its own, beside the mistake that it is to show."""
    return Shares((profile.claims[len(profile.claims)],))


def test_a_wrong_rule_that_merely_raises_refutes_nothing_but_that() -> None:
    subject = mechanism(crashes, everybody_gets_a_half)
    by_a_crash = refute(Pitfall("toys.Crashes", "Somebody gets more than a half.", everybody_gets_a_half, subject, 2))
    said = refute(
        Pitfall("toys.Crashes", "It takes one claim too many.", everybody_gets_a_half, subject, by_a_crash.verdict.length or 0, raises=True)
    )
    silent = refute(Pitfall("toys.Halves", "It raises.", everybody_gets_a_half, mechanism(halves, everybody_gets_a_half), 2, raises=True))

    assert by_a_crash.problem == (
        "the wrong rule raises IndexError: tuple index out of range, which breaks whatever is promised; mend it, or say Pitfall(…, raises=True) "
        "if that is the mistake"
    )
    assert said.refuted
    assert not silent.refuted


# ---- promises that cannot be broken


def worth_nothing(profile: Profile, agent: str, outcome: Any) -> int:  # noqa: ARG001  # that is the attack
    """Say what an outcome is worth to an agent that cares for nothing."""
    return 0


def test_whoever_cares_for_nothing_does_not_make_a_rule_truthful() -> None:
    honest = truthful(bidders, misreport, worth_nothing)
    verdict = judge_grid(Grid("x", "", SECOND_PRICE_AUCTION.promising(honest).on(2), (0, 1))).verdicts[0]

    assert (verdict.clause, verdict.status) == (honest, Status.VACUOUS)
    assert verdict.cases > 0


def test_whoever_cares_for_nothing_does_not_make_a_rule_proved_truthful() -> None:
    honest = truthful(bidders, misreport, worth_nothing)
    finding = by_running("x.y", honest, SECOND_PRICE_AUCTION.on(1), "all real amounts; one bidder").prove()

    assert finding.standing is ProofStatus.FAILED
    assert finding.detail.startswith("vacuous: no case could have been otherwise, on ")


@relates
def does_what_it_does(rule: Any, profile: Claims, draw: Draw) -> Cases:  # noqa: ARG001  # that is the attack
    """Whoever comes in whatever order gets the same."""
    yield case(rule(profile) == rule(Claims(profile.claims)))


def test_a_clause_that_compares_a_rule_with_itself_on_the_same_profile_says_nothing() -> None:
    assert [verdict.status for verdict in judge(halves, does_what_it_does)] == [Status.VACUOUS, Status.HOLDS]


def test_a_grid_whose_random_profiles_are_left_out_is_not_judged() -> None:
    module = ModuleType("alone")
    vars(module)["GRID"] = Grid("alone", "", mechanism(halves, everybody_gets_a_half), (0, 1), examples=0)
    (answer,) = (decided(question, Means()) for question in profiles_ask(Protocol.of_modules("alone", module)))

    assert answer.conclusion is Conclusion.BROKEN


SEEN: list[Claims] = []


@for_all
def everybody_gets_a_half_or_is_seen_first(profile: Claims, outcome: Shares) -> Cases:
    """Everybody gets a half, says a clause that lets pass whatever it sees for the first time."""
    first = profile not in SEEN
    SEEN.append(profile)
    yield case(all(share + share == claim for claim, share in zip(profile.claims, outcome.shares, strict=True)) or first, outcome=outcome)


NAMES = ("client", "server")
FIRST = next(iter(made(set(NAMES))))


@for_all
def everybody_gets_a_half_or_comes_first(profile: Claims, outcome: Shares) -> Cases:
    """Everybody gets a half, or what a set begins with is what it began with."""
    halved = all(share + share == claim for claim, share in zip(profile.claims, outcome.shares, strict=True))
    yield case(halved or next(iter(made(set(NAMES)))) == FIRST, outcome=outcome)


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        (
            everybody_gets_a_half_or_is_seen_first,
            "it answers otherwise when it is asked again: none of 1 cases fails, or case 1 fails with",
        ),
        (everybody_gets_a_half_or_comes_first, "the order of a set shows: none of 1 cases fails, or case 1 fails with"),
    ],
)
def test_a_clause_of_a_rule_that_answers_otherwise_when_it_is_asked_again_is_caught(
    clause: Any, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{__name__}.SEEN", [])

    with pytest.raises(BrokenClause, match=said):
        judge(lambda profile: Shares(profile.claims), clause)
