"""Clarke's pivot rule: a public decision by the sum of values; whoever changes it pays what the change costs the others.

Source: Clarke, "Multipart Pricing of Public Goods", 1971; Groves, "Incentives in Teams", 1973. Everybody lives with the
decision and values each option at 0 or more. The taxes are nobody's in the group: that they add up to 0 is not promised,
nor that agents who agree on what to report gain nothing. To decide by the highest single bid instead is an auction of what
cannot be sold to one.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, pairwise, permutations
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

# ---- profile and outcome


@frozen
class Valuation:
    """What each option is worth to one agent, in the order of the options."""

    agent: str
    values: tuple[Amount, ...]


@frozen
class Poll:
    """The options, and all valuations in the order in which they came."""

    options: tuple[str, ...]
    valuations: tuple[Valuation, ...]


@frozen
class Decision:
    """The option chosen, all that are worth as much, sorted, it among them, and what each agent pays."""

    option: str
    tied: tuple[str, ...]
    taxes: Map[str, Amount]


Outcome: TypeAlias = Decision | Rejected
Rule: TypeAlias = Callable[[Poll], Outcome]

NO_OPTIONS = Rejected("there is nothing to choose from")
DUPLICATE_OPTION = Rejected("an option is listed twice")
NO_AGENTS = Rejected("nobody values the options")
DUPLICATE_AGENT = Rejected("an agent values the options twice")
NOT_EVERY_OPTION = Rejected("a valuation does not cover every option, or covers others")
NOT_EXACT = Rejected("a value is no exact amount")
NEGATIVE = Rejected("a value is negative")

REJECTED: Flaws[Poll] = (
    (NO_OPTIONS, lambda poll: poll.options == ()),
    (DUPLICATE_OPTION, lambda poll: any(one == other for one, other in combinations(poll.options, 2))),
    (NO_AGENTS, lambda poll: poll.valuations == ()),
    (DUPLICATE_AGENT, lambda poll: any(one.agent == other.agent for one, other in combinations(poll.valuations, 2))),
    (NOT_EVERY_OPTION, lambda poll: not all(len(valuation.values) == len(poll.options) for valuation in poll.valuations)),
    (NOT_EXACT, lambda poll: not all(is_amount(value) for valuation in poll.valuations for value in valuation.values)),
    (NEGATIVE, lambda poll: any(value < 0 for valuation in poll.valuations for value in valuation.values)),
)
"""What is rejected, and why."""


def value(poll: Poll, agent: str, option: str) -> Amount:
    """Return what an option is worth to an agent, as it reports; nothing to an agent that does not."""
    return next(
        (
            value
            for valuation in poll.valuations
            for name, value in by_option(poll, valuation)
            if (valuation.agent, name) == (agent, option)
        ),
        0,
    )


def by_option(poll: Poll, valuation: Valuation) -> tuple[tuple[str, Amount], ...]:
    """Return what each option is worth by a valuation."""
    return tuple(zip(poll.options, valuation.values, strict=True))


def worth(poll: Poll, option: str, to: tuple[str, ...]) -> Amount:
    """Return what an option is worth to some agents together."""
    return sum(value(poll, agent, option) for agent in to)


# ---- clauses about one run


@for_all
def decided_for_the_most_value(poll: Poll, outcome: Outcome) -> Cases:
    """No option is worth more to all together than the one chosen."""
    if isinstance(outcome, Decision):
        for option in poll.options:
            best = worth(poll, option, agents(poll)) <= worth(poll, outcome.option, agents(poll))
            yield case(best, chosen=outcome.option, better=option)


@for_all
def ties_are_told_and_broken_by_name(poll: Poll, outcome: Outcome) -> Cases:
    """All options worth as much as the chosen one are named, in the order of their names, and the first of them is chosen."""
    if isinstance(outcome, Decision):
        chosen = worth(poll, outcome.option, agents(poll))
        for option in poll.options:
            yield case((option in outcome.tied) == (worth(poll, option, agents(poll)) == chosen), option=option, tied=outcome.tied)
        in_order = all(one < other for one, other in pairwise(outcome.tied))
        yield case(outcome.tied[:1] == (outcome.option,) and in_order, chosen=outcome.option, tied=outcome.tied)


@for_all
def taxes_are_what_the_others_lose(poll: Poll, outcome: Outcome) -> Cases:
    """Each pays what the others would have gained, had it not been there; an agent that changes nothing pays nothing.

    That is the least with which, had they been paid it, no option would have been worth more to them. With
    `decided_for_the_most_value` it is Groves' argument for honesty, whatever the number of agents and options: an agent's
    gain is the worth of the decision to all, which honesty maximises, less something that it has no part in.
    """
    if isinstance(outcome, Decision):
        yield case(outcome.taxes.keys() == tuple(sorted(agents(poll))), taxes=outcome.taxes)
        for agent, tax in outcome.taxes.items():
            others = tuple(other for other in agents(poll) if other != agent)
            compensated = worth(poll, outcome.option, others) + tax
            lost = [compensated - worth(poll, option, others) for option in poll.options]
            yield case(all(rest >= 0 for rest in lost) and 0 in lost, agent=agent, tax=tax, others=others)


@for_all
def nobody_is_paid(poll: Poll, outcome: Outcome) -> Cases:  # noqa: ARG001  # the shape of every such clause
    """No tax is negative: deciding needs no money from outside."""
    if isinstance(outcome, Decision):
        for agent, tax in outcome.taxes.items():
            yield case(is_amount(tax) and tax >= 0, agent=agent, tax=tax)


@for_all
def individually_rational(poll: Poll, outcome: Outcome) -> Cases:
    """Nobody pays more than the decision is worth to it, since no option is worth less than nothing to anybody."""
    if isinstance(outcome, Decision):
        for agent in agents(poll):
            yield case(utility(poll, agent, outcome) >= 0, agent=agent)


@for_all
def budget_balanced(poll: Poll, outcome: Outcome) -> Cases:  # noqa: ARG001
    """All taxes together are 0: no money leaves the group."""
    if isinstance(outcome, Decision):
        yield case(sum(outcome.taxes.values()) == 0, taxes=outcome.taxes)


@for_all
def malformed_polls_are_rejected(poll: Poll, outcome: Outcome) -> Cases:
    """A poll is rejected if, and only if, it breaks a rule, and with the reason of the first that it breaks."""
    yield from rejection(REJECTED, poll, outcome)


# ---- clauses about several runs


@relates
def order_is_irrelevant(rule: Rule, poll: Poll, draw: Draw) -> Cases:
    """Neither the order of the valuations nor that of the options makes a difference."""
    turned_round = draw.one_of("valuations in reverse", (True, False))
    options = draw.one_of("options in reverse", (True, False))
    other = evolve(poll, valuations=poll.valuations[::-1]) if turned_round else poll
    if options:
        turned = tuple(evolve(valuation, values=valuation.values[::-1]) for valuation in other.valuations)
        other = Poll(poll.options[::-1], turned)
    yield case(rule(other) == rule(poll), other=other)


def agents(poll: Poll) -> tuple[str, ...]:
    """List the agents that value the options."""
    return tuple(valuation.agent for valuation in poll.valuations)


def utility(poll: Poll, agent: str, outcome: Outcome) -> Amount:
    """Return what the outcome is worth to an agent whose values are those that it reports in the poll."""
    return value(poll, agent, outcome.option) - outcome.taxes[agent] if isinstance(outcome, Decision) else 0


def misreport(poll: Poll, agent: str, draw: Draw) -> Poll:
    """Draw another valuation of one agent."""
    lie = Valuation(agent, tuple(draw.amount(f"the lie about {option}") for option in poll.options))
    return evolve(poll, valuations=tuple(lie if valuation.agent == agent else valuation for valuation in poll.valuations))


# ---- polls


def polls(draw: Draw, agents: int, options: int) -> Poll:
    """Draw a poll of up to `agents` agents on up to `options` options, at least one of each."""
    return poll_of(draw, draw.one_of("agents", range(1, agents + 1)), draw.one_of("options", range(1, options + 1)))


def poll_of(draw: Draw, agents: int, options: int) -> Poll:
    """Draw a poll of `agents` agents on `options` options."""
    names = tuple(f"option{number}" for number in range(options))
    values = ((f"agent{number}", tuple(draw.amount(f"{name} to agent{number}") for name in names)) for number in range(agents))
    return Poll(names, tuple(Valuation(agent, each) for agent, each in values))


def polls_in_any_order(draw: Draw, agents: int, options: int) -> Poll:
    """Draw a poll whose options are listed in any order, and whose valuations came in any."""
    poll = polls(draw, agents, options)
    listed = draw.one_of("listed", tuple(permutations(range(len(poll.options)))))
    came = draw.one_of("came", tuple(permutations(range(len(poll.valuations)))))
    valuations = tuple(evolve(valuation, values=tuple(valuation.values[place] for place in listed)) for valuation in poll.valuations)
    return Poll(tuple(poll.options[place] for place in listed), tuple(valuations[place] for place in came))


def polls_at_large(draw: Draw) -> Poll:
    """Draw a poll of up to five agents on up to four options, of any names."""
    options, agents = some_names(draw, "option", 1, 4), some_names(draw, "agent", 1, 5)
    return Poll(options, tuple(Valuation(agent, tuple(draw.amount(f"{each!r} to {agent!r}") for each in options)) for agent in agents))


FLAWS = (
    "no option",
    "an option twice",
    "no agent",
    "an agent twice",
    "too few values",
    "too many values",
    "too few values first",
    "a value",
    "the first value",
    "no value",
    "the only value",
)


def malformed(draw: Draw, flaws: tuple[str, ...] = FLAWS) -> Poll:
    """Draw a poll of two agents on two options with one of these flaws."""
    sound = poll_of(draw, 2, 2)
    first, second = sound.valuations
    match draw.one_of("flaw", flaws):
        case "no option":
            return Poll((), tuple(evolve(valuation, values=()) for valuation in sound.valuations))
        case "an option twice":
            return evolve(sound, options=(sound.options[0], sound.options[0]))
        case "no agent":
            return evolve(sound, valuations=())
        case "an agent twice":
            return evolve(sound, valuations=(first, evolve(second, agent=first.agent)))
        case "too few values":
            return evolve(sound, valuations=(first, evolve(second, values=second.values[:1])))
        case "too many values":
            return evolve(sound, valuations=(first, evolve(second, values=(*second.values, draw.amount("one more")))))
        case "too few values first":
            return evolve(sound, valuations=(evolve(first, values=first.values[:1]), second))
        case "the first value":
            value = NO_AMOUNTS[draw.one_of("it is", NO_AMOUNTS)]
            return evolve(sound, valuations=(evolve(first, values=(value, first.values[1])), second))
        case "a value":
            value = NO_AMOUNTS[draw.one_of("it is", NO_AMOUNTS)]
            return evolve(sound, valuations=(first, evolve(second, values=(second.values[0], value))))
        case "no value":
            return Poll(sound.options[:1], (evolve(first, values=()),))
        case _:
            return Poll(sound.options[:1], (evolve(first, values=(NO_AMOUNTS[draw.one_of("it is", NO_AMOUNTS)],)),))


def careless(draw: Draw) -> Poll:
    """Draw a poll with any flaws, or none: what is told is the first."""
    options = tuple(draw.one_of(f"option {place}", ("a", "b", "c")) for place in range(draw.one_of("options", range(3))))
    valuations = (
        Valuation(draw.one_of(f"agent {place}", ("ann", "bob", "cid")), values_of(draw, place, len(options)))
        for place in range(draw.one_of("agents", range(3)))
    )
    return Poll(options, tuple(valuations))


def values_of(draw: Draw, place: int, options: int) -> tuple[Amount, ...]:
    """Draw what options are worth, now and then to one option too many."""
    count = options + draw.one_of(f"more values of agent {place}", (0, 0, 0, 1))
    return tuple(perhaps(draw, f"value {number} of agent {place}") for number in range(count))


POLLS = Domain(polls, malformed, malformed_polls_are_rejected, agents, misreport, utility)
truthful_reports = POLLS.truthful

CLAUSES = (
    malformed_polls_are_rejected,
    decided_for_the_most_value,
    ties_are_told_and_broken_by_name,
    taxes_are_what_the_others_lose,
    nobody_is_paid,
    individually_rational,
    order_is_irrelevant,
    truthful_reports,
)
