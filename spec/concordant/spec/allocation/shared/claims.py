"""Claims problems: an estate is divided among claimants, and there may be less of it than is claimed.

Source: O'Neill, "A Problem of Rights Arbitration from the Talmud", 1982; Thomson, "Axiomatic and Game-Theoretic Analysis of
Bankruptcy and Taxation Problems: a Survey", 2003, whose terms are used. A claim is what its claimant needs, and is private:
what goes beyond it is of no use to the claimant, who may claim something else.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, permutations
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.names import some_names
from concordant.spec.common.no_amounts import NO_AMOUNTS, perhaps
from concordant.spec.vocabulary import (
    Amount,
    Cases,
    Domain,
    Draw,
    Flaws,
    Map,
    Rejected,
    case,
    for_all,
    is_amount,
    rejection,
    relates,
)


@frozen
class Claim:
    """What one claimant asks for."""

    claimant: str
    amount: Amount


@frozen
class Problem:
    """All claims, in the order in which they came, and what there is to divide."""

    claims: tuple[Claim, ...]
    estate: Amount


@frozen
class Awards:
    """What everybody gets."""

    of: Map[str, Amount]


Outcome: TypeAlias = Awards | Rejected
Rule: TypeAlias = Callable[[Problem], Outcome]

NO_CLAIMANTS = Rejected("there is no claimant")
DUPLICATE_CLAIMANT = Rejected("a claimant claims twice")
NOT_EXACT = Rejected("a claim or the estate is no exact amount")
NEGATIVE = Rejected("a claim or the estate is negative")
NOT_WHOLE = Rejected("a claim or the estate is no whole number of units")


REJECTED: Flaws[Problem] = (
    (NO_CLAIMANTS, lambda problem: problem.claims == ()),
    (DUPLICATE_CLAIMANT, lambda problem: any(one.claimant == other.claimant for one, other in combinations(problem.claims, 2))),
    (NOT_EXACT, lambda problem: not all(map(is_amount, amounts(problem)))),
    (NEGATIVE, lambda problem: any(amount < 0 for amount in amounts(problem))),
)
"""What is rejected, and why."""


def amounts(problem: Problem) -> tuple[Amount, ...]:
    """List what there is, and what each claims."""
    return (problem.estate, *(claim.amount for claim in problem.claims))


def claimed(problem: Problem) -> Amount:
    """Return what is claimed altogether."""
    return sum(amounts(problem)[1:])


def given(awards: Awards) -> Amount:
    """Return what is given away altogether."""
    return sum(awards.of.values())


# ---- clauses about one division


@for_all
def every_claimant_gets_an_award(problem: Problem, outcome: Outcome) -> Cases:
    """Every problem is solved: each claimant, and nobody else, gets an exact amount, be it nothing."""
    if isinstance(outcome, Awards):
        everybody = {claim.claimant for claim in problem.claims}
        yield case(set(outcome.of) == everybody and all(is_amount(award) for award in outcome.of.values()), awards=outcome.of)
    else:
        yield case(False, outcome=outcome)


@for_all
def feasible(problem: Problem, outcome: Outcome) -> Cases:
    """No more is given away than there is."""
    if isinstance(outcome, Awards):
        yield case(given(outcome) <= problem.estate, given=given(outcome), estate=problem.estate)


@for_all
def efficient(problem: Problem, outcome: Outcome) -> Cases:
    """All of the estate is given away, or all claims are met, whichever is less."""
    if isinstance(outcome, Awards):
        scarce = problem.estate < claimed(problem)
        yield case(given(outcome) == (problem.estate if scarce else claimed(problem)), given=given(outcome), claimed=claimed(problem))


@for_all
def bounded_by_claims(problem: Problem, outcome: Outcome) -> Cases:
    """Nobody gets more than it claims."""
    if isinstance(outcome, Awards):
        for claim in problem.claims:
            yield case(outcome.of[claim.claimant] <= claim.amount, claim=claim, award=outcome.of[claim.claimant])


@for_all
def not_negative(problem: Problem, outcome: Outcome) -> Cases:
    """Nobody gets less than nothing."""
    if isinstance(outcome, Awards):
        for claim in problem.claims:
            yield case(outcome.of[claim.claimant] >= 0, claim=claim, award=outcome.of[claim.claimant])


@for_all
def order_preserving(problem: Problem, outcome: Outcome) -> Cases:
    """Whoever claims more gets no less, and loses no less of its claim."""
    if isinstance(outcome, Awards):
        for more, less in permutations(problem.claims, 2):
            if more.amount > less.amount:
                gets, got = outcome.of[more.claimant], outcome.of[less.claimant]
                yield case(gets >= got and more.amount - gets >= less.amount - got, more=more, less=less, awards=outcome.of)


@for_all
def equals_are_treated_equally(problem: Problem, outcome: Outcome) -> Cases:
    """Those who claim the same get the same."""
    if isinstance(outcome, Awards):
        for one, other in combinations(problem.claims, 2):
            if one.amount == other.amount:
                yield case(outcome.of[one.claimant] == outcome.of[other.claimant], one=one, other=other, awards=outcome.of)


@for_all
def malformed_problems_are_rejected(problem: Problem, outcome: Outcome) -> Cases:
    """A problem is rejected if, and only if, it breaks a rule, and with the reason of the first that it breaks."""
    yield from rejection(REJECTED, problem, outcome)


# ---- clauses about several divisions


@relates
def order_of_claims_is_irrelevant(rule: Rule, problem: Problem, draw: Draw) -> Cases:
    """Whoever claims earlier gains nothing by it."""
    place = draw.one_of("moved to the front", range(len(problem.claims)))
    moved = (problem.claims[place], *problem.claims[:place], *problem.claims[place + 1 :])
    yield case(rule(evolve(problem, claims=moved)) == rule(problem), moved=problem.claims[place])


@relates
def resource_monotone(rule: Rule, problem: Problem, draw: Draw) -> Cases:
    """A larger estate takes from nobody."""
    small, large = rule(problem), rule(evolve(problem, estate=problem.estate + draw.amount("growth")))
    if isinstance(small, Awards) and isinstance(large, Awards):
        for claim in problem.claims:
            yield case(small.of[claim.claimant] <= large.of[claim.claimant], claim=claim, small=small, large=large)


@relates
def no_gain_by_splitting(rule: Rule, problem: Problem, draw: Draw) -> Cases:
    """A claimant that appears as two, each with a part of its claim, gains nothing."""
    yield from (case(apart <= together, apart=apart, together=together) for apart, together in pooled(rule, problem, draw))


@relates
def no_gain_by_merging(rule: Rule, problem: Problem, draw: Draw) -> Cases:
    """Two claimants that appear as one gain nothing."""
    yield from (case(together <= apart, apart=apart, together=together) for apart, together in pooled(rule, problem, draw))


def pooled(rule: Rule, problem: Problem, draw: Draw) -> tuple[tuple[Amount, Amount], ...]:
    """Return what two claimants get apart, and what they get when the first claims for both; nothing of one claimant alone."""
    if len(problem.claims) < 2:
        return ()
    first, second = draw.one_of("pool their claims", tuple(combinations(range(len(problem.claims)), 2)))
    one, other = problem.claims[first], problem.claims[second]
    both = Claim(one.claimant, one.amount + other.amount)
    others = (claim for place, claim in enumerate(problem.claims) if place not in (first, second))
    apart, together = rule(problem), rule(evolve(problem, claims=(both, *others)))
    if isinstance(apart, Awards) and isinstance(together, Awards):
        return ((apart.of[one.claimant] + apart.of[other.claimant], together.of[one.claimant]),)
    return ()


@relates
def consistent(rule: Rule, problem: Problem, draw: Draw) -> Cases:
    """When one claimant leaves with its award, dividing the rest anew gives the others what they had.

    Whoever leaves later leaves a problem of the same kind, so that it holds of every group that leaves.
    """
    if len(problem.claims) < 2:
        return
    leaves = draw.one_of("leaves", claimants(problem))
    stay = tuple(claim for claim in problem.claims if claim.claimant != leaves)
    before = rule(problem)
    if isinstance(before, Awards):
        after = rule(Problem(stay, problem.estate - before.of[leaves]))
        yield case(after == Awards(before.of.drop(leaves)), leaves=leaves, before=before, after=after)


def utility(problem: Problem, claimant: str, outcome: Outcome) -> Amount:
    """Return what the outcome is worth to a claimant that needs what it claims in the problem: no more than that is of use."""
    if not isinstance(outcome, Awards):
        return 0
    need = next(claim.amount for claim in problem.claims if claim.claimant == claimant)
    return min(outcome.of[claimant], need)


def misreport(problem: Problem, claimant: str, draw: Draw) -> Problem:
    """Draw another claim of one claimant."""
    lie = Claim(claimant, draw.amount("the lie"))
    return evolve(problem, claims=tuple(lie if claim.claimant == claimant else claim for claim in problem.claims))


def claimants(problem: Problem) -> tuple[str, ...]:
    """List who claims."""
    return tuple(claim.claimant for claim in problem.claims)


# ---- problems


def problems(draw: Draw, most: int) -> Problem:
    """Draw a problem of up to `most` claimants."""
    return problem_of(draw, draw.one_of("claimants", range(1, most + 1)))


def problem_of(draw: Draw, count: int) -> Problem:
    """Draw a problem of `count` claimants."""
    names = [f"claimant{number}" for number in range(count)]
    return Problem(tuple(Claim(name, draw.amount(name)) for name in names), draw.amount("estate"))


def problems_in_any_order(draw: Draw, most: int) -> Problem:
    """Draw a problem whose claims came in any order of the claimants' names."""
    return in_any_order(draw, problems(draw, most))


def in_any_order(draw: Draw, problem: Problem) -> Problem:
    """Draw an order for the claims of a problem."""
    order = draw.one_of("order", tuple(permutations(range(len(problem.claims)))))
    return evolve(problem, claims=tuple(problem.claims[place] for place in order))


def problems_at_large(draw: Draw) -> Problem:
    """Draw a problem of up to six claimants of any names."""
    names = some_names(draw, "claimant", 1, 6)
    return Problem(tuple(Claim(name, draw.amount(f"{name} claims")) for name in names), draw.amount("estate"))


def careless(draw: Draw) -> Problem:
    """Draw a problem with any flaws, or none: what is told is the first."""
    places = range(draw.one_of("claims", range(4)))
    claims = (Claim(draw.one_of(f"claimant {place}", ("ann", "bob", "cid")), perhaps(draw, f"claim {place}")) for place in places)
    return Problem(tuple(claims), perhaps(draw, "estate"))


def malformed(draw: Draw) -> Problem:
    """Draw a problem of two claimants with one flaw."""
    problem = problem_of(draw, 2)
    match draw.one_of("flaw", ("nobody claims", "one claims twice", "a claim", "the first claim", "the only claim", "the estate")):
        case "nobody claims":
            return evolve(problem, claims=())
        case "one claims twice":
            return evolve(problem, claims=(*problem.claims, problem.claims[0]))
        case "a claim" | "the first claim" | "the only claim" as which:
            wrong = Claim("claimant2", NO_AMOUNTS[draw.one_of("it is", NO_AMOUNTS)])
            claims = {"a claim": (*problem.claims, wrong), "the first claim": (wrong, *problem.claims), "the only claim": (wrong,)}
            return evolve(problem, claims=claims[which])
        case _:
            return evolve(problem, estate=NO_AMOUNTS[draw.one_of("it is", NO_AMOUNTS)])


CLAIMS = Domain(problems, malformed, malformed_problems_are_rejected, claimants, misreport, utility)
truthful_claims = CLAIMS.truthful
