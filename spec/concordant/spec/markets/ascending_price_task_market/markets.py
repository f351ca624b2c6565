"""The markets of tasks on which both rules are judged, and what each promises."""

from __future__ import annotations

from attrs import evolve

from concordant.spec.common.names import some_names
from concordant.spec.common.no_amounts import NO_AMOUNTS, perhaps
from concordant.spec.markets.ascending_price_task_market import Agent, Market
from concordant.spec.markets.ascending_price_task_market import clauses as spec
from concordant.spec.vocabulary import Domain, Draw, ratio


def markets(draw: Draw, most: int, tasks: int, *, budgets: bool = False) -> Market:
    """Draw a market of up to so many agents and tasks, in steps of 1; with budgets, or with more than anything is worth."""
    count = draw.one_of("agents", range(1, most + 1))
    return market_of(draw, count, draw.one_of("tasks", range(1, tasks + 1)), budgets=budgets)


def market_of(draw: Draw, count: int, tasks: int, *, budgets: bool = False) -> Market:
    """Draw a market of so many agents and tasks."""
    names = tuple(f"task{number}" for number in range(tasks))
    return Market(names, tuple(drawn(draw, f"agent{number}", names, budgets=budgets) for number in range(count)), 1)


def drawn(draw: Draw, name: str, tasks: tuple[str, ...], *, budgets: bool) -> Agent:
    """Draw an agent."""
    values = tuple(draw.amount(f"{task} to {name}") for task in tasks)
    return Agent(name, values, draw.amount(f"budget of {name}") if budgets else sum(values) + 1)


def markets_at_large(draw: Draw) -> Market:
    """Draw a market of up to four agents of any names and three tasks, where the step is a fifth of all that there is."""
    tasks = tuple("CAB"[: draw.one_of("tasks", range(1, 4))])
    named = some_names(draw, "agent", 1, 4)
    rich = draw.one_of("are all rich", (True, False))
    found = tuple(drawn(draw, name, tasks, budgets=not rich) for name in named)
    step = ratio(sum(sum(agent.values) for agent in found) + 1, 5)
    return Market(tasks, tuple(evolve(agent, budget=agent.budget + step) for agent in found) if rich else found, step)


FLAWS = ("a task twice", "no agent", "an agent twice", "too few values", "too many values", "a value", "a budget", "the step", "no step")


def malformed(draw: Draw, flaws: tuple[str, ...] = FLAWS, kinds: tuple[str, ...] = tuple(NO_AMOUNTS)) -> Market:
    """Draw a market of two agents and a task with one of these flaws; where an amount is none, one of these kinds."""
    first, second = (drawn(draw, name, ("task0",), budgets=True) for name in ("agent0", "agent1"))
    sound = Market(("task0",), (first, second), 1)
    match draw.one_of("flaw", flaws):
        case "a task twice":
            return Market(("task0", "task0"), tuple(evolve(agent, values=agent.values * 2) for agent in sound.agents), 1)
        case "no agent":
            return evolve(sound, agents=())
        case "an agent twice":
            return evolve(sound, agents=(first, evolve(second, name=first.name)))
        case "too few values":
            return evolve(sound, agents=(evolve(first, values=()), second))
        case "too many values":
            return evolve(sound, agents=(first, evolve(second, values=second.values * 2)))
        case "the step":
            return evolve(sound, step=NO_AMOUNTS[draw.one_of("it is", kinds)])
        case "no step":
            return evolve(sound, step=0)
        case which:
            wrong = NO_AMOUNTS[draw.one_of("it is", kinds)]
            agent = evolve(first, values=(wrong,)) if which == "a value" else evolve(first, budget=wrong)
            return evolve(sound, agents=(agent, second) if draw.one_of("it comes first", (True, False)) else (second, agent))


def careless(draw: Draw) -> Market:
    """Draw a market with any flaws, or none: what is told is the first."""
    tasks = tuple(draw.one_of(f"task {place}", ("a", "b")) for place in range(draw.one_of("tasks", (0, 1, 1, 2))))
    found = (
        Agent(
            draw.one_of(f"agent {place}", ("ann", "bob", "cid")),
            tuple(
                perhaps(draw, f"value {number} of agent {place}") for number in range(draw.one_of(f"values of agent {place}", (1, 1, 2)))
            ),
            0,
        )
        for place in range(draw.one_of("agents", range(3)))
    )
    return Market(tasks, tuple(found), perhaps(draw, "the step"))


MARKETS = Domain(markets, malformed, spec.malformed_markets_are_rejected, spec.agents, spec.misreport, spec.utility)
MARKETS_OF_THE_RICH = evolve(MARKETS, rejection=spec.malformed_markets_and_poor_ones_are_rejected)
truthful_reports = MARKETS.truthful

EITHER = (spec.assigned_or_rejected, spec.individually_rational, spec.order_of_agents_is_irrelevant)
IN_STEPS = (
    spec.malformed_markets_are_rejected,
    *EITHER,
    spec.nobody_would_rather_have_another,
    spec.worth_the_most_up_to_a_step_for_each,
    spec.prices_are_near_the_lowest_possible,
)
EXACT = (
    spec.malformed_markets_and_poor_ones_are_rejected,
    *EITHER,
    spec.competitive,
    spec.no_competitive_prices_are_lower,
    spec.worth_the_most,
    truthful_reports,
)
