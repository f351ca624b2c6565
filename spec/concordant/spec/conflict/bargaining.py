"""Bargaining: agents that could all gain by some agreement choose the one at which the product of their gains is greatest, or none.

Source: Nash, "The Bargaining Problem", 1950, on a finite set of agreements; that two agents come to the same by concessions, where whoever
would lose less by giving in concedes, is Zeuthen's, as Harsanyi has shown in "Approaches to the Bargaining Problem", 1956; the protocol
is that of Rosenschein and Zlotkin, "Rules of Encounter", 1994. With a discount, and turns, it is `alternating_offers`.
Chosen: an agent agrees only to what is worth more to it than its reservation. That nobody can agree is an outcome like any other. Equal
products go by name; in talks, at equal risks the first agent by name concedes, so that the two do not wait for each other.
Does not promise: that it pays to be honest about what an agreement is worth, which it does not.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, pairwise
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.names import some_names
from concordant.spec.common.no_amounts import NO_AMOUNTS
from concordant.spec.vocabulary import Amount, Cases, Draw, Flaws, Map, Rejected, case, for_all, is_amount, rejection, relates, truthful


@frozen
class Agreement:
    """Something on which the agents could agree, and what it is worth to each."""

    name: str
    worth: Map[str, Amount]


@frozen
class Problem:
    """The agents, on what they could agree, and what it is worth to each to walk away."""

    agents: tuple[str, ...]
    agreements: tuple[Agreement, ...]
    reservations: Map[str, Amount]


@frozen
class Agreed:
    """The agreement, and all at which the product of gains is as great, by name. `talks`: in each round the offers of both, where there were talks."""

    agreement: str
    tied: tuple[str, ...]
    talks: tuple[tuple[str, str], ...] = ()


@frozen
class Disagreed:
    """There is no agreement by which everybody gains."""


Outcome: TypeAlias = Agreed | Disagreed | Rejected
Rule: TypeAlias = Callable[[Problem], Outcome]

NO_PARTNER = Rejected("there are not two agents or more, each listed once")
DUPLICATE = Rejected("two agreements have one name")
NOT_EVERYBODY = Rejected("what something is worth is not told for each agent, and for nobody else")
NOT_EXACT = Rejected("what something is worth is no exact amount")

REJECTED: Flaws[Problem] = (
    (NO_PARTNER, lambda problem: len(problem.agents) < 2 or any(one == other for one, other in combinations(problem.agents, 2))),
    (DUPLICATE, lambda problem: any(one.name == other.name for one, other in combinations(problem.agreements, 2))),
    (NOT_EVERYBODY, lambda problem: any({*worth} != {*problem.agents} for worth in worths(problem))),
    (NOT_EXACT, lambda problem: not all(is_amount(amount) for worth in worths(problem) for amount in worth.values())),
)
"""What is rejected, and why."""


def worths(problem: Problem) -> list[Map[str, Amount]]:
    """List what is worth what to whom."""
    return [problem.reservations, *(agreement.worth for agreement in problem.agreements)]


def gain(problem: Problem, name: str, agent: str) -> Amount:
    """Return by how much an agreement is worth more to an agent than to walk away."""
    worth = next(agreement.worth for agreement in problem.agreements if agreement.name == name)
    return worth[agent] - problem.reservations[agent]


def product(problem: Problem, name: str) -> Amount:
    """Multiply what all gain."""
    result: Amount = 1
    for agent in problem.agents:
        result = result * gain(problem, name, agent)
    return result


def pays(problem: Problem, name: str) -> bool:
    """Tell whether everybody gains."""
    return all(gain(problem, name, agent) > 0 for agent in problem.agents)


def names(problem: Problem) -> tuple[str, ...]:
    """List the names of agreements."""
    return tuple(agreement.name for agreement in problem.agreements)


# ---- clauses about one problem


@for_all
def everybody_gains(problem: Problem, outcome: Outcome) -> Cases:
    """An agreement is worth more to each agent than to walk away."""
    if isinstance(outcome, Agreed):
        for agent in problem.agents:
            yield case(gain(problem, outcome.agreement, agent) > 0, agent=agent, agreement=outcome.agreement)


@for_all
def nothing_is_better_for_all(problem: Problem, outcome: Outcome) -> Cases:
    """No other agreement is worth at least as much to all, and more to some (Pareto)."""
    if isinstance(outcome, Agreed):
        for other in names(problem):
            more = [gain(problem, other, agent) - gain(problem, outcome.agreement, agent) for agent in problem.agents]
            yield case(any(each < 0 for each in more) or all(each <= 0 for each in more), other=other, agreement=outcome.agreement)


@for_all
def they_agree_where_all_can_gain(problem: Problem, outcome: Outcome) -> Cases:
    """The agents disagree if, and only if, there is nothing by which all gain."""
    if not isinstance(outcome, Rejected):
        possible = tuple(name for name in names(problem) if pays(problem, name))
        yield case(isinstance(outcome, Agreed) == bool(possible), possible=possible, outcome=outcome)


@for_all
def the_product_is_greatest(problem: Problem, outcome: Outcome) -> Cases:
    """Of agreements by which all gain, none has a greater product of gains; those with the same are told, by name."""
    if isinstance(outcome, Agreed):
        reached = product(problem, outcome.agreement)
        possible = [name for name in names(problem) if pays(problem, name)]
        yield case(all(product(problem, name) <= reached for name in possible), agreement=outcome.agreement, reached=reached)
        tied = tuple(sorted(name for name in possible if product(problem, name) == reached))
        yield case(outcome.tied == tied, told=outcome.tied, tied=tied)


@for_all
def ties_go_by_name(problem: Problem, outcome: Outcome) -> Cases:  # noqa: ARG001
    """Of agreements with the same product the first by name is chosen."""
    if isinstance(outcome, Agreed):
        yield case(not any(name < outcome.agreement for name in outcome.tied), outcome=outcome)


@for_all
def malformed_problems_are_rejected(problem: Problem, outcome: Outcome) -> Cases:
    """A problem is rejected if, and only if, it breaks a rule, and with the reason of the first that it breaks."""
    yield from rejection(REJECTED, problem, outcome)


# ---- clauses about talks


@for_all
def each_begins_with_what_is_best_for_it(problem: Problem, outcome: Outcome) -> Cases:
    """In the first round each of two agents offers what is best for it, of all by which both gain, and of that what is best for the other."""
    if isinstance(outcome, Agreed):
        possible = [name for name in names(problem) if pays(problem, name)]
        for place, agent in enumerate(problem.agents):
            other, offer = problem.agents[1 - place], outcome.talks[0][place]
            best = max(gain(problem, name, agent) for name in possible)
            kindest = max(gain(problem, name, other) for name in possible if gain(problem, name, agent) == best)
            gains = (gain(problem, offer, agent), gain(problem, offer, other))
            yield case(gains == (best, kindest), agent=agent, offer=offer, best=best, kindest=kindest)


@for_all
def talks_end_with_the_agreement(problem: Problem, outcome: Outcome) -> Cases:  # noqa: ARG001
    """What the agents agree on is an offer of the last round."""
    if isinstance(outcome, Agreed):
        yield case(outcome.agreement in outcome.talks[-1], outcome=outcome)


@for_all
def whoever_risks_less_concedes(problem: Problem, outcome: Outcome) -> Cases:
    """In each round one agent gives in, the one that would lose less by accepting, as a part of its gain; the other stays with its offer.

    What it would lose is what its own offer is worth more to it than the other's; at equal parts the first by name gives in.
    """
    if isinstance(outcome, Agreed):
        for offers, following in pairwise(outcome.talks):
            first, second = problem.agents
            lost = {
                one: gain(problem, mine, one) - gain(problem, theirs, one)
                for one, mine, theirs in ((first, offers[0], offers[1]), (second, offers[1], offers[0]))
            }
            least = lost[first] * gain(problem, offers[1], second) - lost[second] * gain(problem, offers[0], first)
            place = 0 if least < 0 or (least == 0 and first < second) else 1
            moved = [was != now for was, now in zip(offers, following, strict=True)]
            yield case(moved == [place == 0, place == 1], concedes=problem.agents[place], before=offers, after=following)


@for_all
def a_concession_is_as_small_as_it_can_be(problem: Problem, outcome: Outcome) -> Cases:
    """Whoever gives in offers what is best for it of all that makes the other risk less the next time: what has a greater product than the other's offer."""
    if isinstance(outcome, Agreed):
        for offers, following in pairwise(outcome.talks):
            for place, agent in enumerate(problem.agents):
                if following[place] != offers[place]:
                    standing = product(problem, following[1 - place])
                    enough = [name for name in names(problem) if pays(problem, name) and product(problem, name) > standing]
                    best = max((gain(problem, name, agent) for name in enough), default=0)
                    yield case(gain(problem, following[place], agent) == best, agent=agent, before=offers, after=following)


# ---- clauses about several problems


@relates
def what_is_not_chosen_is_irrelevant(rule: Rule, problem: Problem, draw: Draw) -> Cases:
    """Without something that was not agreed on, the agents agree on the same."""
    if problem.agreements:
        place = draw.one_of("is no longer possible", range(len(problem.agreements)))
        gone = problem.agreements[place]
        before = rule(problem)
        if isinstance(before, Agreed) and before.agreement != gone.name:
            left = (*problem.agreements[:place], *problem.agreements[place + 1 :])
            after = rule(evolve(problem, agreements=left))
            agreed = after.agreement if isinstance(after, Agreed) else None
            yield case(before.agreement == agreed, gone=gone.name, before=before, after=after)


@relates
def units_of_worth_are_irrelevant(rule: Rule, problem: Problem, draw: Draw) -> Cases:
    """If one agent measures what things are worth to it by another scale, the agents agree on the same."""
    if problem.agents:
        agent, factor, added = draw.one_of("who measures", problem.agents), draw.one_of("times", (1, 2)), draw.one_of("plus", (0, 1))

        def by_another_scale(worth: Map[str, Amount]) -> Map[str, Amount]:
            return worth.put(agent, worth[agent] * factor + added)

        agreements = tuple(evolve(each, worth=by_another_scale(each.worth)) for each in problem.agreements)
        before = rule(problem)
        if not isinstance(before, Rejected):
            after = rule(Problem(problem.agents, agreements, by_another_scale(problem.reservations)))
            yield case(before == after, agent=agent, before=before, after=after)


@relates
def agents_are_treated_alike(rule: Rule, problem: Problem, draw: Draw) -> Cases:
    """If two agents exchange what everything is worth to them, the agents agree on the same."""
    if len(problem.agents) > 1:
        one, other = draw.one_of("exchange", tuple(combinations(problem.agents, 2)))

        def exchanged(worth: Map[str, Amount]) -> Map[str, Amount]:
            return worth.put(one, worth[other]).put(other, worth[one])

        agreements = tuple(evolve(each, worth=exchanged(each.worth)) for each in problem.agreements)
        before, after = rule(problem), rule(Problem(problem.agents, agreements, exchanged(problem.reservations)))
        yield case(before == after, one=one, other=other, before=before, after=after)


@relates
def order_is_irrelevant(rule: Rule, problem: Problem, draw: Draw) -> Cases:  # noqa: ARG001  # nothing more is drawn
    """In whatever order agents and agreements are listed, the agents agree on the same."""
    before, after = rule(problem), rule(evolve(problem, agents=problem.agents[::-1], agreements=problem.agreements[::-1]))
    yield case(before == after, before=before, after=after)


def agents_of(problem: Problem) -> tuple[str, ...]:
    """List who may lie."""
    return problem.agents


def misreport(problem: Problem, agent: str, draw: Draw) -> Problem:
    """Draw that one agreement is worth something else to an agent."""
    about = draw.one_of("the lie is about", names(problem))
    lie = draw.amount("the lie")
    told = (evolve(each, worth=each.worth.put(agent, lie)) if each.name == about else each for each in problem.agreements)
    return evolve(problem, agreements=tuple(told))


def utility(problem: Problem, agent: str, outcome: Outcome) -> Amount:
    """Return what an agent gains."""
    return gain(problem, outcome.agreement, agent) if isinstance(outcome, Agreed) else 0


truthful_worths = truthful(agents_of, misreport, utility)

CLAUSES = (
    malformed_problems_are_rejected,
    everybody_gains,
    nothing_is_better_for_all,
    they_agree_where_all_can_gain,
    the_product_is_greatest,
    ties_go_by_name,
    what_is_not_chosen_is_irrelevant,
    units_of_worth_are_irrelevant,
    agents_are_treated_alike,
    order_is_irrelevant,
)
OF_TALKS = (
    malformed_problems_are_rejected,
    everybody_gains,
    nothing_is_better_for_all,
    they_agree_where_all_can_gain,
    the_product_is_greatest,
    each_begins_with_what_is_best_for_it,
    talks_end_with_the_agreement,
    whoever_risks_less_concedes,
    a_concession_is_as_small_as_it_can_be,
)

# ---- problems

AGENTS = ("ann", "bob")


def problems(draw: Draw, most: int) -> Problem:
    """Draw a problem of two agents and up to `most` agreements."""
    agreements = tuple(
        Agreement(name, worth_of(draw, name, AGENTS))
        for name in (f"agreement{number}" for number in range(draw.one_of("agreements", range(most + 1))))
    )
    return Problem(AGENTS, agreements, worth_of(draw, "to walk away", AGENTS))


def worth_of(draw: Draw, name: str, agents: tuple[str, ...]) -> Map[str, Amount]:
    """Draw what something is worth to each agent."""
    return Map.of({agent: draw.amount(f"{name} to {agent}") for agent in agents})


def of_some_worth(draw: Draw, most: int) -> Problem:
    """Draw a problem of two agents, who get nothing if they walk away, and one to `most` agreements that are worth 1 and more to both."""
    agreements = []
    for number in range(draw.one_of("agreements", range(1, most + 1))):
        name = f"agreement{number}"
        agreements.append(Agreement(name, Map.of({agent: 1 + draw.amount(f"{name} is worth to {agent} 1 and") for agent in AGENTS})))
    return Problem(AGENTS, tuple(agreements), Map.of(dict.fromkeys(AGENTS, 0)))


def concessions(draw: Draw) -> Problem:
    """Draw a problem of two agents, listed either way, and five agreements, of which each is better for the one and worse for the other than the next."""
    worths = []
    for place in range(5):
        more = draw.amount(f"agreement{place} is worth more by")
        worths.append((5 - place + more, 1 + place + more))
    agents = draw.one_of("agents", (AGENTS, AGENTS[::-1]))
    agreements = (Agreement(f"agreement{place}", Map.of(dict(zip(agents, worth, strict=True)))) for place, worth in enumerate(worths))
    return Problem(agents, tuple(agreements), Map.of(dict.fromkeys(AGENTS, 0)))


def problems_at_large(draw: Draw, most: int = 4) -> Problem:
    """Draw a problem of two to `most` agents of any names, and up to five agreements."""
    agents = some_names(draw, "agent", 2, most)
    agreements = tuple(
        Agreement(name, worth_of(draw, name, agents))
        for name in (f"agreement{number}" for number in range(draw.one_of("agreements", range(6))))
    )
    return Problem(agents, agreements, worth_of(draw, "to walk away", agents))


FLAWS = (
    "one agent",
    "an agent twice",
    "two of one name",
    "one left out",
    "one too many",
    "walking away",
    "an amount",
    "an amount of walking away",
)


def malformed(draw: Draw, flaws: tuple[str, ...] = FLAWS) -> Problem:
    """Draw a problem of two agents and two agreements with one of these flaws."""
    sound = Map.of(dict.fromkeys(AGENTS, draw.amount("worth")))
    problem = Problem(AGENTS, (Agreement("agreement0", sound), Agreement("agreement1", sound)), sound)
    match draw.one_of("flaw", flaws):
        case "one agent":
            return Problem(AGENTS[:1], (), sound.drop("bob"))
        case "an agent twice":
            return evolve(problem, agents=(*AGENTS, "ann"))
        case "two of one name":
            return evolve(problem, agreements=(problem.agreements[0], problem.agreements[0]))
        case "one left out":
            return evolve(problem, agreements=(problem.agreements[0], Agreement("agreement1", sound.drop("bob"))))
        case "one too many":
            return evolve(problem, agreements=(Agreement("agreement0", sound.put("eve", 1)), problem.agreements[1]))
        case "walking away":
            return evolve(problem, reservations=sound.drop("ann"))
        case flaw:
            wrong = NO_AMOUNTS[draw.one_of("it is", tuple(kind for kind in NO_AMOUNTS if kind != "negative"))]  # worth may be negative
            if flaw == "an amount":
                return evolve(problem, agreements=(problem.agreements[0], Agreement("agreement1", sound.put("bob", wrong))))
            return evolve(problem, reservations=sound.put("ann", wrong))
