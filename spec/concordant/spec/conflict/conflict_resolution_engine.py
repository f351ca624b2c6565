"""Conflict resolution engine: each conflict of a batch is resolved by a strategy, by its fallback if that fails, or said to have failed.

Source: chain of responsibility, in Gamma, Helm, Johnson and Vlissides, "Design Patterns", 1994; that what is given away in one conflict
is not given again in the next is a matter of one ledger for all, as in Gray, "The Transaction Concept", 1981.
What a strategy would answer to each conflict is part of the batch: strategies have stems of their own, such as `compromise_value`.
Chosen: conflicts are taken in the order of the batch, and what one is given the later ones lack. A strategy fails if it says so, if it
raises an error, if nobody knows it, and if its answer does not fit the conflict or what is left. Each conflict is resolved or fails by
itself; the batch is well if none has failed. What is wrong with the batch itself is rejected before anything is tried.
Does not promise: that another order would not resolve more; that a strategy is fair.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from itertools import combinations
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.names import some_names
from concordant.spec.common.no_amounts import NO_AMOUNTS
from concordant.spec.vocabulary import Amount, Cases, Draw, Flaws, Map, Rejected, case, for_all, is_amount, rejection, relates


class Kind(Enum):
    """What agents want: other values of one variable, or parts of one resource."""

    VALUE = "value"
    RESOURCE = "resource"


@frozen
class Value:
    """The variable is set to this."""

    amount: Amount


@frozen
class Shares:
    """Each agent has so much of the resource."""

    of: Map[str, Amount]


@frozen
class Declines:
    """The strategy finds no resolution, and says so."""


@frozen
class Raises:
    """The strategy ends with an error."""

    error: str


Answer: TypeAlias = Value | Shares | Declines | Raises


@frozen
class Conflict:
    """Agents that want what they cannot all have. `answers`: what each strategy that is known would answer, by its name."""

    name: str
    kind: Kind
    about: str
    agents: tuple[str, ...]
    answers: Map[str, Answer]


@frozen
class Batch:
    """Conflicts, the strategy for all of them and its fallback, and how much there is of each resource."""

    conflicts: tuple[Conflict, ...]
    strategy: str
    fallback: str
    available: Map[str, Amount]


@frozen
class Resolved:
    """A conflict is resolved as this strategy has answered."""

    conflict: str
    strategy: str
    answer: Value | Shares


@frozen
class Failed:
    """A conflict is not resolved: why the strategy has failed, and its fallback."""

    conflict: str
    why: Rejected
    fallback: Rejected


@frozen
class Report:
    """What has become of each conflict, in their order, and whether all is well."""

    well: bool
    results: tuple[Resolved | Failed, ...]


Outcome: TypeAlias = Report | Rejected
Rule: TypeAlias = Callable[[Batch], Outcome]

DUPLICATE = Rejected("two conflicts have one name")
NO_CONFLICT = Rejected("a conflict is not between two agents or more, each listed once")
UNKNOWN_RESOURCE = Rejected("a conflict is about a resource of which nobody knows how much there is")
NO_SUPPLY = Rejected("what there is of a resource is no exact amount of 0 or more")

UNKNOWN_STRATEGY = Rejected("there is no such strategy")
DECLINED = Rejected("the strategy found no resolution")
RAISED = Rejected("the strategy ended with an error")
UNSUITED = Rejected("the answer is of another kind than the conflict")
NO_AMOUNT = Rejected("an amount in the answer is not exact, or a share is negative")
OTHER_AGENTS = Rejected("the answer is not about the agents of the conflict")
TOO_MUCH = Rejected("the answer gives away more than is left")
CONTRADICTS = Rejected("the variable was set to another value before")

REJECTED: Flaws[Batch] = (
    (DUPLICATE, lambda batch: any(one.name == other.name for one, other in combinations(batch.conflicts, 2))),
    (NO_CONFLICT, lambda batch: any(len(each.agents) < 2 or len({*each.agents}) < len(each.agents) for each in batch.conflicts)),
    (UNKNOWN_RESOURCE, lambda batch: any(each.kind is Kind.RESOURCE and each.about not in batch.available for each in batch.conflicts)),
    (NO_SUPPLY, lambda batch: not all(is_amount(amount) and amount >= 0 for amount in batch.available.values())),
)
"""What is rejected, and why."""


# ---- what fits, by what was resolved before


def given(batch: Batch, results: tuple[Resolved | Failed, ...], kind: Kind, about: str) -> list[Value | Shares]:
    """List what was resolved about a variable or a resource."""
    about_this = [conflict.name for conflict in batch.conflicts if (conflict.kind, conflict.about) == (kind, about)]
    return [each.answer for each in results if isinstance(each, Resolved) and each.conflict in about_this]


def exact(answer: Answer | None) -> bool:
    """Tell whether all amounts in an answer are exact, and shares not negative."""
    match answer:
        case Value(amount):
            return is_amount(amount)
        case Shares(of):
            return all(is_amount(share) and share >= 0 for share in of.values())
        case _:
            return True


def failure(batch: Batch, conflict: Conflict, strategy: str, before: tuple[Resolved | Failed, ...]) -> Rejected | None:
    """Return why a strategy fails, after what was resolved before; None where it does not."""
    answer, earlier = conflict.answers.get(strategy), given(batch, before, conflict.kind, conflict.about)
    taken = sum(sum(each.of.values()) for each in earlier if isinstance(each, Shares))
    reasons = (
        (UNKNOWN_STRATEGY, strategy not in conflict.answers),
        (DECLINED, isinstance(answer, Declines)),
        (RAISED, isinstance(answer, Raises)),
        (UNSUITED, isinstance(answer, Value) != (conflict.kind is Kind.VALUE)),
        (NO_AMOUNT, not exact(answer)),
        (OTHER_AGENTS, isinstance(answer, Shares) and {*answer.of} != {*conflict.agents}),
    )
    simple = next((why for why, is_so in reasons if is_so), None)
    match answer:
        case _ if simple is not None:
            return simple
        case Shares(of):
            return TOO_MUCH if taken + sum(of.values()) > batch.available[conflict.about] else None
        case _:
            return CONTRADICTS if any(each != answer for each in earlier) else None


# ---- clauses


@for_all
def every_conflict_is_answered_once(batch: Batch, outcome: Outcome) -> Cases:
    """Each conflict of the batch is resolved, or said to have failed, in the order of the batch."""
    if isinstance(outcome, Report):
        asked, answered = tuple(each.name for each in batch.conflicts), tuple(each.conflict for each in outcome.results)
        yield case(asked == answered, asked=asked, answered=answered)


@for_all
def well_means_that_none_has_failed(batch: Batch, outcome: Outcome) -> Cases:  # noqa: ARG001
    """A batch is well if, and only if, no conflict has failed."""
    if isinstance(outcome, Report):
        failed = any(isinstance(each, Failed) for each in outcome.results)
        yield case(outcome.well != failed, outcome=outcome)


@for_all
def the_fallback_is_for_failures(batch: Batch, outcome: Outcome) -> Cases:
    """A conflict is resolved as the strategy answers unless that fails, then as its fallback answers, and fails if both do, for these reasons."""
    if isinstance(outcome, Report):
        for place, (conflict, result) in enumerate(zip(batch.conflicts, outcome.results, strict=False)):
            expected = due(batch, conflict, outcome.results[:place])
            yield case(result == expected, result=result, expected=expected)


def due(batch: Batch, conflict: Conflict, before: tuple[Resolved | Failed, ...]) -> Resolved | Failed:
    """Return what must become of a conflict, after what was resolved before."""
    first, second = (failure(batch, conflict, strategy, before) for strategy in (batch.strategy, batch.fallback))
    if first is not None and second is not None:
        return Failed(conflict.name, first, second)
    works = batch.strategy if first is None else batch.fallback
    answer = conflict.answers[works]
    return Resolved(conflict.name, works, answer) if isinstance(answer, Value | Shares) else Failed(conflict.name, DECLINED, DECLINED)


@for_all
def nothing_is_given_twice(batch: Batch, outcome: Outcome) -> Cases:
    """In the whole batch no more of a resource is given away than there is, and no variable is set to two values."""
    if isinstance(outcome, Report):
        for kind, about in dict.fromkeys((each.kind, each.about) for each in batch.conflicts):
            answers = given(batch, outcome.results, kind, about)
            shares = sum(sum(each.of.values()) for each in answers if isinstance(each, Shares))
            values = [each.amount for each in answers if isinstance(each, Value)] or [0]
            enough = not shares or shares <= batch.available[about]
            yield case(enough and max(values) == min(values), about=about, answers=tuple(answers))


@for_all
def malformed_batches_are_rejected(batch: Batch, outcome: Outcome) -> Cases:
    """A batch is rejected if, and only if, it breaks a rule, and with the reason of the first that it breaks."""
    yield from rejection(REJECTED, batch, outcome)


@relates
def other_conflicts_do_not_matter(rule: Rule, batch: Batch, draw: Draw) -> Cases:
    """What becomes of a conflict does not depend on conflicts that are about something else, nor on any that come later."""
    if batch.conflicts:
        place = draw.one_of("of interest", range(len(batch.conflicts)))
        mine = batch.conflicts[place]
        related = tuple(each for each in batch.conflicts[:place] if (each.kind, each.about) == (mine.kind, mine.about))
        among, alone = rule(batch), rule(evolve(batch, conflicts=(*related, mine)))
        if isinstance(among, Report) and isinstance(alone, Report):
            yield case(among.results[place : place + 1] == alone.results[-1:], among=among, alone=alone)


CLAUSES = (
    malformed_batches_are_rejected,
    every_conflict_is_answered_once,
    well_means_that_none_has_failed,
    the_fallback_is_for_failures,
    nothing_is_given_twice,
    other_conflicts_do_not_matter,
)

# ---- batches

FIRST, SECOND = "compromise", "priority_override"
AGENTS = ("ann", "bob")
VARIABLES, RESOURCES = ("temperature", "speed"), ("memory", "disk")
ANSWERS = ("a value", "shares", "that it finds nothing", "by an error", "nothing, being unknown", "shares of one", "shares of others")


def subjects(kind: Kind) -> tuple[str, ...]:
    """Return what conflicts of a kind may be about."""
    return VARIABLES if kind is Kind.VALUE else RESOURCES


def answer(draw: Draw, who: str, agents: tuple[str, ...], answers: tuple[str, ...]) -> dict[str, Answer]:
    """Draw what a strategy answers; nothing where it is unknown."""
    strategy = who.split(" ", maxsplit=1)[0]
    match draw.one_of(f"{who} answers", answers):
        case "a value":
            return {strategy: Value(draw.amount(f"value of {who}"))}
        case "that it finds nothing":
            return {strategy: Declines()}
        case "by an error":
            return {strategy: Raises("division by zero")}
        case "nothing, being unknown":
            return {}
        case "shares":
            return {strategy: Shares(Map.of({agent: draw.amount(f"share of {agent} by {who}") for agent in agents}))}
        case "shares of one":
            return {strategy: Shares(Map.of({agents[0]: draw.amount(f"share of {agents[0]} by {who}")}))}
        case _:
            return {strategy: Shares(Map.of(dict.fromkeys((*agents[1:], "eve"), 0)))}


def one_conflict(draw: Draw) -> Batch:
    """Draw a conflict, to which both strategies answer anything."""
    kind = draw.one_of("kind", tuple(Kind))
    answers = {**answer(draw, FIRST, AGENTS, ANSWERS), **answer(draw, SECOND, AGENTS, ANSWERS)}
    conflict = Conflict("conflict0", kind, subjects(kind)[0], AGENTS, Map.of(answers))
    return Batch((conflict,), FIRST, SECOND, Map.of({"memory": draw.amount("there is of memory")}))


def two_conflicts(draw: Draw) -> Batch:
    """Draw two conflicts of one kind, about one thing or two; strategies answer as they should, or find nothing."""
    kind = draw.one_of("kind", tuple(Kind))
    right = "a value" if kind is Kind.VALUE else "shares of all"
    conflicts = []
    for number in range(2):
        name = f"conflict{number}"
        about = draw.one_of(f"{name} is about", subjects(kind)[: number + 1])
        first = {FIRST: rightly(draw, right, f"{FIRST} of {name}")}
        second = rightly(draw, right, f"{SECOND} of {name}") if draw.one_of(f"{SECOND} of {name} works", (True, False)) else Declines()
        conflicts.append(Conflict(name, kind, about, AGENTS, Map.of({**first, SECOND: second})))
    supply = draw.amount("there is of each") if kind is Kind.RESOURCE else 0
    return Batch(tuple(conflicts), FIRST, SECOND, Map.of(dict.fromkeys(RESOURCES, supply)))


def rightly(draw: Draw, right: str, who: str) -> Answer:
    """Draw an answer that suits the conflict: a value, or all of a share for the first agent."""
    amount = draw.amount(f"amount by {who}")
    return Value(amount) if right == "a value" else Shares(Map.of({AGENTS[0]: amount, AGENTS[1]: 0}))


def batches_at_large(draw: Draw) -> Batch:
    """Draw up to four conflicts among agents of any names, to which both strategies answer anything."""
    agents = some_names(draw, "agent", 2, 4)
    conflicts = []
    for number in range(draw.one_of("conflicts", range(5))):
        kind = draw.one_of(f"kind {number}", tuple(Kind))
        about = draw.one_of(f"about {number}", subjects(kind))
        answers = {**answer(draw, f"{FIRST} of {number}", agents, ANSWERS), **answer(draw, f"{SECOND} of {number}", agents, ANSWERS)}
        conflicts.append(Conflict(f"conflict{number}", kind, about, agents, Map.of(answers)))
    return Batch(tuple(conflicts), FIRST, SECOND, Map.of({name: draw.amount(f"there is of {name}") for name in RESOURCES}))


FLAWS = (
    "two of one name",
    "one agent",
    "no agents",
    "an agent twice",
    "another resource",
    "the last about another",
    "a supply",
    "a negative supply",
)


def malformed(draw: Draw, flaws: tuple[str, ...] = FLAWS) -> Batch:
    """Draw a batch of two conflicts about memory with one of these flaws."""
    first, second = (
        Conflict(f"conflict{number}", Kind.RESOURCE, "memory", AGENTS, Map.of({FIRST: Shares(Map.of(dict.fromkeys(AGENTS, 0)))}))
        for number in range(2)
    )
    batch = Batch((first, second), FIRST, SECOND, Map.of({"memory": draw.amount("there is of memory")}))
    match draw.one_of("flaw", flaws):
        case "two of one name":
            return evolve(batch, conflicts=(first, first))
        case "one agent":
            return evolve(batch, conflicts=(first, evolve(second, agents=AGENTS[:1])))
        case "no agents":
            return evolve(batch, conflicts=(evolve(first, agents=()), second))
        case "an agent twice":
            return evolve(batch, conflicts=(evolve(first, agents=(*AGENTS, AGENTS[0])), second))
        case "another resource":
            return evolve(batch, conflicts=(evolve(first, about="disk"), second))
        case "the last about another":
            return evolve(batch, conflicts=(first, evolve(second, about="disk")))
        case "a supply":
            return evolve(batch, available=Map.of({"memory": NO_AMOUNTS[draw.one_of("it is", tuple(NO_AMOUNTS))]}))
        case _:
            return evolve(batch, available=Map.of({"memory": 0, "disk": -1}))


def inexact(draw: Draw) -> Batch:
    """Draw a conflict to which the strategy answers by what is no amount, or a negative one, and its fallback rightly or not at all."""
    kind = draw.one_of("kind", tuple(Kind))
    wrong = NO_AMOUNTS[draw.one_of("it is", tuple(NO_AMOUNTS))]
    agent = draw.one_of("share of", AGENTS)
    first = Value(wrong) if kind is Kind.VALUE else Shares(Map.of({**dict.fromkeys(AGENTS, 0), agent: wrong}))
    second = Value(1) if kind is Kind.VALUE else Shares(Map.of(dict.fromkeys(AGENTS, 0)))
    answers = {FIRST: first, SECOND: second if draw.one_of("its fallback works", (True, False)) else Declines()}
    conflict = Conflict("conflict0", kind, subjects(kind)[0], AGENTS, Map.of(answers))
    return Batch((conflict,), FIRST, SECOND, Map.of({"memory": draw.amount("there is of memory")}))
