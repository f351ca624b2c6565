"""Bargaining over finitely many agreements: Nash's product, and two agents that come to it by concessions; pure functions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from concordant.refimpl.machine import KnownViolation, Mechanism
from concordant.spec.conflict.bargaining import (
    CLAUSES,
    DUPLICATE,
    NO_PARTNER,
    NOT_EVERYBODY,
    NOT_EXACT,
    OF_TALKS,
    Agreed,
    Disagreed,
    Outcome,
    Problem,
    Rule,
    malformed,
    malformed_problems_are_rejected,
    of_some_worth,
    truthful_worths,
)
from concordant.spec.vocabulary import Amount, Draw, Rejected, RuleClause, is_amount

Gains = dict[str, tuple[Amount, ...]]
"""What each agent gains by each agreement by which all gain; one place per agent."""


def nash(problem: Problem) -> Outcome:
    """Choose what has the greatest product of gains."""
    reason = flaw(problem)
    if reason is not None:
        return reason
    gains = gained(problem)
    if not gains:
        return Disagreed()
    tied = best(gains)
    return Agreed(tied[0], tied)


def concede(problem: Problem) -> Outcome:
    """Let two agents begin with what is best for each; then, round by round, the one that risks less gives the other more."""
    reason = flaw(problem)
    if reason is not None:
        return reason
    gains = gained(problem)
    if not gains:
        return Disagreed()
    return talked(problem, gains, ((favourite(gains, 0, 0), favourite(gains, 1, 0)),))


def talked(problem: Problem, gains: Gains, talks: tuple[tuple[str, str], ...]) -> Agreed:
    """Go on from the last offers of both."""
    offers = talks[-1]
    # The hard step. Who risks less is who offers the smaller product (Harsanyi). Each concession raises it above the other's, so
    # that talks end; and where nothing is above it, it is the greatest of all, and the other accepts.
    first, second = (product(gains[offer]) for offer in offers)
    place = 0 if first < second or (first == second and problem.agents[0] < problem.agents[1]) else 1
    standing = offers[1 - place]
    if standing in best(gains):
        return Agreed(standing, best(gains), talks)
    mine = favourite(gains, place, product(gains[standing]))
    return talked(problem, gains, (*talks, (mine, standing) if place == 0 else (standing, mine)))


def gained(problem: Problem) -> Gains:
    """Return what is gained by each agreement by which all gain, by name."""
    gains = {
        agreement.name: tuple(agreement.worth[agent] - problem.reservations[agent] for agent in problem.agents)
        for agreement in sorted(problem.agreements, key=lambda agreement: agreement.name)
    }
    return {name: each for name, each in gains.items() if all(gain > 0 for gain in each)}


def best(gains: Gains) -> tuple[str, ...]:
    """Return all with the greatest product, by name."""
    greatest = max(product(each) for each in gains.values())
    return tuple(name for name, each in gains.items() if product(each) == greatest)


def favourite(gains: Gains, place: int, above: Amount) -> str:
    """Return what is best for one of two agents, of what has a greater product; of equals, what is better for the other, then by name."""
    possible = [name for name, each in gains.items() if product(each) > above]
    return min(possible, key=lambda name: (-gains[name][place], -gains[name][1 - place]))


def product(gains: tuple[Amount, ...]) -> Amount:
    """Multiply gains."""
    result: Amount = 1
    for gain in gains:
        result = result * gain
    return result


def flaw(problem: Problem) -> Rejected | None:
    """Return why a problem is refused; None where it is not."""
    agents = tuple(sorted(set(problem.agents)))
    if len(agents) < max(2, len(problem.agents)):
        return NO_PARTNER
    if len({agreement.name for agreement in problem.agreements}) < len(problem.agreements):
        return DUPLICATE
    worths = [problem.reservations, *(agreement.worth for agreement in problem.agreements)]
    if any(worth.keys() != agents for worth in worths):
        return NOT_EVERYBODY
    return None if all(is_amount(amount) for worth in worths for amount in worth.values()) else NOT_EXACT


def bargaining(
    problems: Callable[[Draw], Problem], rule: Rule = nash, promises: tuple[RuleClause, ...] = CLAUSES
) -> Mechanism[Problem, Outcome]:
    """Return a rule on some problems, with all that is promised of Nash's."""
    return Mechanism(rule, problems, promises)


def talking(problems: Callable[[Draw], Problem], rule: Rule = concede) -> Mechanism[Problem, Outcome]:
    """Return a rule on some problems of two agents, with all that is promised of talks."""
    return Mechanism(rule, problems, OF_TALKS)


def on_malformed(rule: Rule) -> Mechanism[Problem, Outcome]:
    """Return a rule on problems with a flaw."""
    return Mechanism(rule, malformed, (malformed_problems_are_rejected,))


# ---- what the rule does not promise

DISDAIN = KnownViolation(
    truthful_worths,
    "Of two agreements that are worth 2 to one agent and 1 to the other, the second gets its own by saying that the first is worth nothing to it.",
    bargaining(partial(of_some_worth, most=2)),
    witness={
        "agreements": 2,
        "agreement0 is worth to ann 1 and": 1,
        "agreement0 is worth to bob 1 and": 0,
        "agreement1 is worth to ann 1 and": 0,
        "agreement1 is worth to bob 1 and": 1,
        "who lies": "bob",
        "the lie is about": "agreement0",
        "the lie": 0,
    },
)
