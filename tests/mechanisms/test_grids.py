"""Grids: every promise on every profile, and on random ones; what is counted, what is a violation, what ends early."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from itertools import count
from typing import Any

import pytest
from attrs import evolve

from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.judge import BrokenClause
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.mechanisms.at_random import Random
from concordant.checks.mechanisms.judging import judge_grid
from concordant.checks.mechanisms.report import RuleReport
from concordant.checks.mechanisms.sampling import sample
from concordant.checks.mechanisms.scope import Grid
from concordant.checks.misuse import BrokenRule
from concordant.refimpl.auctions.vickrey_auction import SECOND_PRICE_AUCTION, second_price
from concordant.refimpl.machine import Mechanism
from concordant.spec.vocabulary import Cases, Draw, case, for_all, outcomes_are_exact, relates

from .toys import (
    HALF,
    Claims,
    Rule,
    Shares,
    claims,
    halves,
    honest_claims,
    mechanism,
    nobody_gets_more_than_claimed,
    order_is_irrelevant,
    two_get_the_same,
    what_is_claimed,
)

EXACT = outcomes_are_exact


def judged(grid: Grid, budget: Budget | None = None) -> RuleReport:
    report = judge_grid(grid, budget)
    return RuleReport(report.profiles, report.runs, report.examples, report.verdicts, 0, report.stopped)


def test_every_promise_is_judged_on_every_profile_and_the_rule_runs_once_on_each() -> None:
    # 2 profiles of one claim, 4 of two; each of them drawn again in two orders, of which one is judged
    assert judged(Grid("all", "", mechanism(), (0, 1), examples=0)) == RuleReport(
        profiles=6,
        runs=6,
        examples=0,
        verdicts=(
            Verdict(nobody_gets_more_than_claimed, Status.HOLDS, 2 + 8, combinations=6, rule="halves"),
            Verdict(order_is_irrelevant, Status.HOLDS, 6, combinations=12, rule="halves"),
            Verdict(EXACT, Status.HOLDS, 6, combinations=6, rule="halves"),
        ),
        seconds=0,
    )


def test_a_profile_is_drawn_once_for_all_that_a_clause_draws_besides() -> None:
    drawn = count()
    asked = []

    def noted(draw: Draw) -> Claims:
        next(drawn)
        return claims(draw)

    @relates
    def anything(rule: Rule, profile: Claims, draw: Draw) -> Cases:
        """It is asked for each choice."""
        asked.append((profile, draw.one_of("besides", "ab")))
        yield case(rule(profile) == rule(profile))

    judge_grid(Grid("drawn", "", evolve(mechanism(halves, anything), profiles=noted), (0, 1), examples=0))

    assert asked.pop(1) == asked[0]  # whether it looks at outcomes
    assert len(asked) == 12 + 12  # and in the end again
    del asked[12:]
    assert [besides for _, besides in asked] == ["a", "b"] * 6
    assert [first is second for (first, _), (second, _) in zip(asked[::2], asked[1::2], strict=True)] == [True] * 6
    assert next(drawn) == 6 + 6 + 12 + 2  # for what needs no further draws, for this clause, and again for it and for one of ours


def test_runs_on_lies_outside_of_the_profiles_are_counted_too() -> None:
    one = Mechanism(what_is_claimed, lambda draw: Claims((draw.amount("claim", at_most=1),)), (honest_claims,))
    report = judge_grid(Grid("one", "", one, (0, 1, 2), examples=0))

    assert (report.profiles, report.runs, report.cases) == (2, 3, 2 * 2 + 2)


def test_random_profiles_are_judged_besides_and_are_the_same_on_every_run() -> None:
    profiles = SECOND_PRICE_AUCTION.on(3).profiles
    seen: list[list[object]] = [[], []]
    for each in seen:
        noted = Mechanism(lambda profile, each=each: each.append(profile) or second_price(profile), profiles, ())  # type: ignore[misc]
        report = judge_grid(Grid("random", "", noted, (0,), examples=30))
        assert report.examples == 30 + 80 + 10 + 90  # made of others, powers of two, nearly equal

    assert seen[0] == seen[1]
    assert len(seen[0]) > 60


def test_what_only_a_random_profile_shows_is_a_violation() -> None:
    def greedy(profile: Claims) -> Shares:
        return Shares(tuple(claim + 1 if claim > 7 else claim for claim in profile.claims))

    verdict = judge_grid(Grid("rare", "", mechanism(greedy), (0, 1, 2))).verdict(nobody_gets_more_than_claimed.id)

    assert verdict == Verdict(
        nobody_gets_more_than_claimed,
        Status.VIOLATED,
        3 + 18,
        facts={"profile": Claims((8,)), "place": 0, "share": 9},
        given={"claimants": 1, "claim 0": 8},
        combinations=12,
        # about the number in the rule, what is made of it, its parts, powers, what is made of others, and what is nearly equal
        examples=100 + 30 + 40 + 10 + 10 + 80 + 90,
        rule="greedy",
    )


def test_a_random_counterexample_is_made_as_small_as_one_draw_after_the_other_can_be() -> None:
    def greedy(profile: Claims) -> Shares:
        return Shares(tuple(claim + 1 if claim > 1234 else claim for claim in profile.claims))

    verdict = judge_grid(Grid("rare", "", mechanism(greedy), (0, 1, 2))).verdict(nobody_gets_more_than_claimed.id)

    assert verdict.given == {"claimants": 1, "claim 0": 1235}
    assert verdict.facts == {"profile": Claims((1235,)), "place": 0, "share": 1236}


def test_the_counterexample_has_the_fewest_draws_and_of_those_the_smallest_amounts() -> None:
    grid = Grid("lies", "", mechanism(halves, honest_claims), (0, 1, 2), examples=0)

    assert judge_grid(grid).verdict("toys.truthful") == Verdict(
        honest_claims,
        Status.VIOLATED,
        3 * 2 + 9 * 2 * 2,
        facts={
            "profile": Claims((1,)),
            "agent": 0,
            "lie": Claims((2,)),
            "honest": Shares((HALF,)),
            "lying": Shares((Fraction(1),)),
            "gains": -HALF,
            "would_gain": 0,
        },
        given={"claimants": 1, "claim 0": 1, "who lies": 0, "the lie": 2},
        combinations=3 * 3 + 9 * 2 * 3,
        rule="halves",
    )


def test_smaller_amounts_come_before_earlier_draws() -> None:
    @for_all
    def sum_is_below_three(profile: Claims, outcome: Shares) -> Cases:
        """The claims sum to less than three, or the second is none."""
        yield case(sum(outcome.shares) * 2 < 3 or profile.claims[-1] == 0)

    two = Mechanism(halves, lambda draw: Claims((draw.amount("one"), draw.amount("other"))), (sum_is_below_three,))
    verdict = judge_grid(Grid("sums", "", two, (0, 1, 2, 4), examples=0)).verdicts[0]

    assert verdict.given == {"one": 1, "other": 2}


def test_fewer_draws_come_before_smaller_amounts() -> None:
    @for_all
    def neither_two_nor_nothing_twice(profile: Claims, outcome: Shares) -> Cases:  # noqa: ARG001
        """Nobody claims two alone, nor do two claim nothing."""
        yield case(outcome.shares not in ((1,), (0, 0)))

    verdict = judge_grid(Grid("few", "", mechanism(halves, neither_two_nor_nothing_twice), (0, 1, 2), examples=0)).verdicts[0]

    assert verdict.given == {"claimants": 1, "claim 0": 2}


def test_every_verdict_names_the_rule_so_that_several_of_one_stem_are_told_apart() -> None:
    named = evolve(SECOND_PRICE_AUCTION, name="Vickrey's auction")

    verdicts = [judge_grid(Grid("one", "", each.on(1), (0,), examples=0)).verdicts for each in (named, named.replaced_by(partial(max)))]

    assert [{verdict.rule for verdict in each} for each in verdicts] == [{"Vickrey's auction"}, {"max"}]


def test_clauses_may_draw_by_the_same_names() -> None:
    @relates
    def lies_gain_nothing(rule: Rule, profile: Claims, draw: Draw) -> Cases:
        """As the other clause says."""
        return honest_claims.cases(rule, profile, draw)

    report = judge_grid(Grid("names", "", mechanism(what_is_claimed, honest_claims, lies_gain_nothing), (0, 1)))

    assert {verdict.status for verdict in report.verdicts} == {Status.HOLDS}


def test_a_clause_without_a_case_is_vacuous() -> None:
    verdict = judge_grid(Grid("two", "", mechanism(halves, two_get_the_same), (0, 1))).verdict(two_get_the_same.id)

    assert verdict == Verdict(two_get_the_same, Status.VACUOUS, 0, combinations=6, examples=100 + 80 + 10 + 90, rule="halves")


@pytest.mark.parametrize(
    ("outcome", "wrong"),
    [
        (Shares((0.5,)), (0.5,)),  # type: ignore[arg-type]  # that is the mistake
        ({"a": (1, True, [2.0])}, (2.0,)),
        (frozenset({1.5}), (1.5,)),
        (1j, (1j,)),
    ],
)
def test_a_float_in_an_outcome_is_a_violation_of_its_own(outcome: object, wrong: tuple[object, ...]) -> None:
    report = judge_grid(Grid("float", "", Mechanism(lambda profile: outcome, claims, ()), (0,), examples=0))  # noqa: ARG005

    assert report.verdicts == (
        Verdict(
            EXACT,
            Status.VIOLATED,
            2,
            facts={"profile": Claims((0,)), "outcome": outcome, "inexact": wrong},
            given={"claimants": 1, "claim 0": 0},
            combinations=2,
            rule="lambda",
        ),
    )


def test_a_rule_that_raises_is_refuted_whatever_is_judged() -> None:
    def divides(profile: Claims) -> Shares:
        return Shares(tuple(Fraction(1) / claim for claim in profile.claims))

    report = judge_grid(Grid("raises", "", mechanism(divides), (0, 1), examples=0))
    assert [(each.status, each.cases, each.facts) for each in report.verdicts] == [
        (Status.VIOLATED, cases, {"profile": Claims((0,)), "run_on": Claims((0,)), "raised": "ZeroDivisionError: Fraction(1, 0)"})
        for cases in (1 + 1 + 3 * 1 + 2, 6, 6)
    ]


@pytest.mark.parametrize(("returns", "is_a_slip"), [(Shares, True), (Shares | None, False), (Any, False), (object, False)])
def test_none_is_an_outcome_unless_a_rule_is_annotated_to_return_another(returns: object, is_a_slip: bool) -> None:
    def forgets(profile: Claims) -> Any:  # noqa: ARG001
        return None

    forgets.__annotations__["return"] = returns
    grid = Grid("forgets", "", mechanism(forgets, EXACT), (0, 1), examples=0)

    if is_a_slip:
        with pytest.raises(BrokenRule, match="the rule forgets returned None, but is annotated to return an outcome"):
            judge_grid(grid)
    else:
        assert judge_grid(grid).verdict(EXACT.id).status is Status.HOLDS


def test_equal_profiles_of_different_types_are_different_runs() -> None:
    seen: list[object] = []

    def rule(profile: object) -> int:
        seen.append(profile)
        return 0

    values = (1, True, Fraction(1), 1.0, (1, 1), (1, True), frozenset({1}), frozenset({True}))
    typed = Mechanism(rule, lambda draw: draw.one_of("what", values), ())

    assert judge_grid(Grid("types", "", typed, examples=0)).runs == len(values)
    assert [each for each in dict.fromkeys(map(repr, seen)) if not each.startswith("Scrambled")] == list(map(repr, values))


def test_a_profile_without_a_hash_is_run_each_time() -> None:
    lists = Mechanism(lambda profile: len(profile), lambda draw: [draw.one_of("what", (1, 2))], (EXACT,))

    assert judge_grid(Grid("lists", "", lists, examples=0)).runs == 2


def test_a_spent_budget_is_inconclusive_but_what_was_violated_before_stays_so() -> None:
    def generous(profile: Claims) -> Shares:
        return Shares(tuple(claim + 1 for claim in profile.claims))

    report = judge_grid(Grid("budget", "", mechanism(generous), (0, 1)), Budget(states=3))

    assert report.stopped == "budget of 3 states spent"
    assert [verdict.status for verdict in report.verdicts] == [Status.VIOLATED, Status.INCONCLUSIVE, Status.INCONCLUSIVE]


def test_a_budget_that_is_spent_on_random_profiles_is_inconclusive_too() -> None:
    report = judge_grid(Grid("budget", "", mechanism(), (0, 1)), Budget(states=30))

    assert (report.profiles, report.examples, report.stopped) == (6, 30, "budget of 30 states spent")
    assert {verdict.status for verdict in report.verdicts} == {Status.INCONCLUSIVE}


def test_an_interrupt_ends_with_what_was_judged_before() -> None:
    calls = count()

    def rule(profile: Claims) -> Shares:
        if next(calls) == 4:
            raise KeyboardInterrupt
        return halves(profile)

    report = judge_grid(Grid("interrupted", "", mechanism(rule), (0, 1)))

    assert (report.stopped, report.profiles, report.runs) == ("interrupted", 5, 5)
    assert {verdict.status for verdict in report.verdicts} == {Status.INCONCLUSIVE}


def test_an_interrupt_among_random_profiles_is_inconclusive() -> None:
    def rule(profile: Claims) -> Shares:
        if any(claim > 1 for claim in profile.claims):
            raise KeyboardInterrupt
        return halves(profile)

    report = judge_grid(Grid("interrupted", "", mechanism(rule), (0, 1)))

    assert (report.stopped, report.profiles) == ("interrupted", 6)
    assert {verdict.status for verdict in report.verdicts} == {Status.INCONCLUSIVE}


def test_a_clause_that_raises_is_an_error_that_names_it() -> None:
    @for_all
    def stumbles(profile: Claims, outcome: Shares) -> Cases:  # noqa: ARG001
        """It cannot be judged."""
        raise IndexError("no such claim")

    with pytest.raises(BrokenClause, match=r"clause test_grids\.stumbles raised IndexError: no such claim"):
        judge_grid(Grid("broken", "", mechanism(halves, stumbles), (0,)))


def test_a_clause_that_yields_something_else_is_an_error() -> None:
    @for_all
    def answers(profile: Claims, outcome: Shares) -> Cases:  # noqa: ARG001
        """It answers yes."""
        return [True]  # type: ignore[list-item]  # that is the mistake

    with pytest.raises(BrokenClause, match=r"clause test_grids.answers yielded True; yield case\(holds, \*\*facts\)"):
        judge_grid(Grid("broken", "", mechanism(halves, answers), (0,)))


def test_a_rule_that_reads_more_than_its_profile_is_an_error_where_it_shows() -> None:
    calls = count()

    def moody(profile: Claims) -> Shares:
        return Shares(tuple(claim + 1 for claim in profile.claims) if next(calls) == 20 else profile.claims)

    with pytest.raises(BrokenClause, match="does not do the same on equal draws; let it read nothing else"):
        judge_grid(Grid("moody", "", mechanism(moody), (0,)))


@pytest.mark.parametrize("amounts", [(0, 0.5), (1, 0), (0, 0), (-1,), (0, True)])
def test_amounts_of_a_grid_are_exact_ascending_and_not_negative(amounts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"grid wrong has the amounts .*; use exact ones, ascending from 0, such as \(0, 1, 2\)"):
        Grid("wrong", "", mechanism(), amounts)


def test_profiles_that_depend_on_more_than_draws_are_an_error() -> None:
    names = map(str, count())

    def unsteady(draw: Draw) -> Claims:
        return Claims((draw.one_of(next(names), (1, 2)),))

    with pytest.raises(ValueError, match="after the same choices, '0' of"):
        judge_grid(Grid("unsteady", "", Mechanism(halves, unsteady, ())))


def test_where_one_counterexample_is_enough_the_first_is_told_as_it_was_drawn() -> None:
    def more(profile: Claims) -> Shares:
        return Shares(tuple(claim + 1 for claim in profile.claims))

    promised = (nobody_gets_more_than_claimed, order_is_irrelevant)
    made_smaller = sample(mechanism(more), promised, 5)
    first = sample(mechanism(more), promised, 5, until_found=True)

    assert made_smaller.found[nobody_gets_more_than_claimed.id].draws == {"claimants": 1, "claim 0": 0}
    assert first.examples == 0
    assert list(first.found) == [nobody_gets_more_than_claimed.id]
    claims(draw := Random.of(0))
    assert first.found[nobody_gets_more_than_claimed.id].draws == draw.drawn != {"claimants": 1, "claim 0": 0}


def test_a_clause_may_reckon_with_an_outcome_that_is_a_number() -> None:
    @for_all
    def the_mean_is_that_of_all(profile: Claims, mean: Fraction) -> Cases:
        """As many times the mean as there are claims is all that is claimed."""
        yield case(len(profile.claims) * mean == sum(profile.claims))

    @for_all
    def nothing_less_the_mean_is_no_more_than_nothing(profile: Claims, mean: Fraction) -> Cases:  # noqa: ARG001  # it looks at the outcome alone
        """The mean of claims is not below nothing."""
        yield case(0 - mean <= 0)

    def mean(profile: Claims) -> Fraction:
        return Fraction(sum(profile.claims), len(profile.claims))

    subject = Mechanism(mean, claims, (the_mean_is_that_of_all, nothing_less_the_mean_is_no_more_than_nothing))
    assert {each.status for each in judge_grid(Grid("all", "", subject, (0, 1))).verdicts} == {Status.HOLDS}
