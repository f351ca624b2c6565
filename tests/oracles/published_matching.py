"""Our rules of assignment find what `scipy` and `networkx` find, which nobody here has written: https://scipy.org, https://networkx.org."""

from __future__ import annotations

from itertools import combinations
from random import Random

import networkx as nx
import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp

from concordant.refimpl.allocation.capacity_planning import width
from concordant.refimpl.allocation.role_assignment import fullest
from concordant.refimpl.auctions.combinatorial_auction import vickrey_clarke_groves
from concordant.refimpl.markets.ascending_price_task_market import exact
from concordant.spec.allocation import capacity_planning as plans
from concordant.spec.allocation import role_assignment as roles
from concordant.spec.auctions import combinatorial_auction as auctions
from concordant.spec.markets import ascending_price_task_market as markets
from concordant.spec.vocabulary import Map

SEEDS = range(300)
GOODS = ("A", "B", "C", "D")


def best(worth: list[list[int]]) -> int:
    """Return the most that rows can be worth in sum of which each has a column of its own, or none."""
    table = np.array(worth) if worth and worth[0] else np.zeros((0, 0))
    return int(table[linear_sum_assignment(table, maximize=True)].sum())


@pytest.mark.parametrize("seed", SEEDS)
def test_the_fullest_assignment_of_roles_is_a_heaviest_matching(seed: int) -> None:
    choose = Random(seed)  # noqa: S311  # a test that repeats
    agents = tuple(f"agent{number}" for number in range(choose.randrange(1, 5)))
    suited = [[choose.choice((0, 0, 1, 2, 5)) for _ in agents] for _ in range(choose.randrange(1, 5))]
    staffing = roles.Staffing(agents, tuple(roles.Role(f"role{number}", 0, tuple(each)) for number, each in enumerate(suited)))
    outcome = fullest(staffing)
    assert isinstance(outcome, roles.Assignment)

    found = [roles.suits(staffing, role, outcome) for role in staffing.roles]
    heavy = 1_000  # a role that is filled outweighs all that suits better
    assert sum(heavy + each for each in found if each) == best([[heavy + each if each else 0 for each in row] for row in suited])


@pytest.mark.parametrize("seed", SEEDS)
def test_the_width_of_a_plan_is_what_a_matching_in_its_closure_leaves(seed: int) -> None:
    choose = Random(seed)  # noqa: S311
    stages = tuple(f"stage{number}" for number in range(choose.randrange(1, 9)))
    before = frozenset(pair for pair in combinations(stages, 2) if choose.random() < 0.3)
    outcome = width(plans.Plan(tuple(choose.sample(stages, len(stages))), before))
    assert isinstance(outcome, plans.Capacity)

    order = nx.DiGraph(before)
    order.add_nodes_from(stages)
    assert outcome.workers == max(map(len, nx.antichains(order)))
    halves = nx.Graph(((early, 0), (late, 1)) for early, late in nx.transitive_closure(order).edges)
    matching = nx.bipartite.hopcroft_karp_matching(halves, {each for each in halves if each[1] == 0})
    assert outcome.workers == len(stages) - len(matching) // 2


@pytest.mark.parametrize("seed", SEEDS)
def test_tasks_go_to_whom_they_are_worth_most_in_sum_at_the_lowest_competitive_prices(seed: int) -> None:
    choose = Random(seed)  # noqa: S311
    tasks = tuple(f"task{number}" for number in range(choose.randrange(1, 4)))
    values = [[choose.randrange(5) for _ in tasks] for _ in range(choose.randrange(1, 4))]
    agents = tuple(markets.Agent(f"agent{number}", tuple(each), 100) for number, each in enumerate(values))
    outcome = exact(markets.Market(tasks, agents, 1))
    assert isinstance(outcome, markets.Assignment)

    worth = sum(agent.values[tasks.index(outcome.held[agent.name])] for agent in agents if agent.name in outcome.held)
    assert worth == best(values)
    # Demange, Gale and Sotomayor: a task costs what a second one like it would add to what all are worth.
    prices = {task: best([[*each, each[place]] for each in values]) - best(values) for place, task in enumerate(tasks)}
    assert dict(outcome.prices.items()) == prices


@pytest.mark.parametrize("seed", SEEDS)
def test_packages_are_sold_that_are_worth_most_by_integer_programming_and_each_pays_what_it_costs_the_others(seed: int) -> None:
    choose = Random(seed)  # noqa: S311
    supply = Map.of({good: choose.randrange(1, 3) for good in GOODS[: choose.randrange(1, 5)]})
    packages = {
        (
            f"bidder{number}",
            Map.of({good: choose.randrange(1, 3) for good in choose.sample(list(supply), choose.randrange(1, len(supply) + 1))}),
        )
        for number in range(choose.randrange(1, 4))
        for _ in range(2)
    }
    bids = tuple(auctions.Bid(bidder, package, choose.randrange(10)) for bidder, package in sorted(packages, key=repr))
    outcome = vickrey_clarke_groves(auctions.Sale(supply, bids))
    assert isinstance(outcome, auctions.Allocation)

    assert sum(bid.amount for bid in outcome.won) == most(supply, bids)
    for bidder in {bid.bidder for bid in bids}:
        others = tuple(bid for bid in bids if bid.bidder != bidder)
        loss = most(supply, others) - sum(bid.amount for bid in outcome.won if bid.bidder != bidder)
        assert outcome.payments.get(bidder, 0) == loss


def most(supply: Map[str, int], bids: tuple[auctions.Bid, ...]) -> int:
    """Return the most that bids can bring of which each bidder has at most one, and each good no more units than there are."""
    if not bids:
        return 0
    once = [[bid.bidder == bidder for bid in bids] for bidder in {bid.bidder for bid in bids}]
    units = [[bid.package.get(good, 0) for bid in bids] for good in supply]
    limits = LinearConstraint(np.array([*once, *units], dtype=int), ub=[*(1 for _ in once), *supply.values()])
    found = milp([-int(bid.amount) for bid in bids], constraints=limits, integrality=[1 for _ in bids], bounds=Bounds(0, 1))
    brings: int = round(-found.fun)
    return brings
