"""Our rules of assignment find what `scipy`, `networkx` and `matching` find, which nobody here has written.

See https://scipy.org, https://networkx.org and https://matching.readthedocs.io.
"""

from __future__ import annotations

from itertools import chain, combinations
from random import Random

import networkx as nx
import numpy as np
import pytest
from matching.games import HospitalResident
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, linprog, milp

from concordant.proofs.theorems.roth import proposals
from concordant.refimpl.allocation.capacity_planning import width
from concordant.refimpl.allocation.role_assignment import by_importance, fullest
from concordant.refimpl.auctions.combinatorial_auction import vickrey_clarke_groves
from concordant.refimpl.markets.ascending_price_task_market import exact
from concordant.spec.allocation import capacity_planning as plans
from concordant.spec.allocation import role_assignment as roles
from concordant.spec.auctions import combinatorial_auction as auctions
from concordant.spec.auctions.combinatorial_auction.clauses import in_the_core
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


def stable(proposing: dict[str, list[str]], choosing: dict[str, list[str]]) -> dict[str, str]:
    """Return the stable match that is best for whoever proposes, by whom; each may be left out by those on the list of the other."""
    asking = {one: [other for other in wish if one in choosing[other]] for one, wish in proposing.items()}
    asked = {other: [one for one in wish if other in proposing[one]] for other, wish in choosing.items()}
    asking, asked = ({name: wish for name, wish in side.items() if wish} for side in (asking, asked))
    game = HospitalResident.create_from_dictionaries(asking, asked, dict.fromkeys(asked, 1))
    return {one.name: other.name for other, held in game.solve(optimal="resident").items() for one in held}


@pytest.mark.parametrize("seed", SEEDS)
def test_by_importance_is_the_stable_match_of_agents_that_want_the_most_critical_role(seed: int) -> None:
    choose = Random(seed)  # noqa: S311
    agents = tuple(f"agent{number}" for number in range(choose.randrange(1, 6)))
    suited = [choose.sample(range(1, 6), len(agents)) for _ in range(choose.randrange(1, 6))]
    suited = [[each if choose.random() < 0.8 else 0 for each in row] for row in suited]
    critical = choose.sample(range(9), len(suited))
    staffing = roles.Staffing(agents, tuple(roles.Role(f"role{number}", critical[number], tuple(row)) for number, row in enumerate(suited)))
    outcome = by_importance(staffing)
    assert isinstance(outcome, roles.Assignment)

    likes = {role.name: dict(zip(agents, role.suitability, strict=True)) for role in staffing.roles}
    choosing = {name: sorted((agent for agent in agents if row[agent]), key=row.__getitem__, reverse=True) for name, row in likes.items()}
    order = [role.name for role in sorted(staffing.roles, key=lambda role: role.criticality, reverse=True)]
    assert dict(outcome.servers.items()) == {role: agent for agent, role in stable(dict.fromkeys(agents, order), choosing).items()}


@pytest.mark.parametrize("seed", SEEDS)
def test_proposals_end_in_the_stable_match_that_is_best_for_whoever_proposes(seed: int) -> None:
    choose = Random(seed)  # noqa: S311
    size = choose.randrange(1, 6)
    sides = [[tuple(choose.sample(range(size), choose.randrange(1, size + 1))) for _ in range(size)] for _ in range(2)]
    found = {f"a{one}": f"b{other}" for one, other in proposals(*map(tuple, sides))}

    first, second = (
        {f"{own}{n}": [f"{other}{each}" for each in wish] for n, wish in enumerate(side)}
        for side, own, other in zip(sides, "ab", "ba", strict=True)
    )
    assert found == stable(first, second)


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
    sale = some_sale(Random(seed))  # noqa: S311
    supply, bids = sale.supply, sale.bids
    outcome = vickrey_clarke_groves(sale)
    assert isinstance(outcome, auctions.Allocation)

    assert sum(bid.amount for bid in outcome.won) == most(supply, bids)
    for bidder in {bid.bidder for bid in bids}:
        others = tuple(bid for bid in bids if bid.bidder != bidder)
        loss = most(supply, others) - sum(bid.amount for bid in outcome.won if bid.bidder != bidder)
        assert outcome.payments.get(bidder, 0) == loss


@pytest.mark.parametrize("seed", SEEDS)
def test_an_allocation_is_in_the_core_where_a_linear_program_finds_no_cheaper_one_there(seed: int) -> None:
    sale = some_sale(Random(seed))  # noqa: S311
    outcome = vickrey_clarke_groves(sale)
    assert isinstance(outcome, auctions.Allocation)

    # In the core no bidder gains more than by this rule, so that the least revenue there is the same only if the gains are.
    bidders = sorted({bid.bidder for bid in sale.bids})
    groups = chain.from_iterable(combinations(bidders, size) for size in range(len(bidders) + 1))
    worth = {group: most(sale.supply, tuple(bid for bid in sale.bids if bid.bidder in group)) for group in groups}
    blocking = [[-1, *(-(bidder in group) for bidder in bidders)] for group in worth]
    least = linprog(
        [1, *(0 for _ in bidders)], blocking, [-each for each in worth.values()], [[1] * (1 + len(bidders))], worth[tuple(bidders)]
    )
    cheapest = round(least.fun) == sum(outcome.payments.values())
    assert cheapest == all(each.holds for each in in_the_core.cases(sale, outcome))


def some_sale(choose: Random) -> auctions.Sale:
    """Return a sale of up to four goods and three bidders, of two packages each at most."""
    supply = Map.of({good: choose.randrange(1, 3) for good in GOODS[: choose.randrange(1, 5)]})
    packages = {
        (
            f"bidder{number}",
            Map.of({good: choose.randrange(1, 3) for good in choose.sample(list(supply), choose.randrange(1, len(supply) + 1))}),
        )
        for number in range(choose.randrange(1, 4))
        for _ in range(2)
    }
    return auctions.Sale(
        supply, tuple(auctions.Bid(bidder, package, choose.randrange(10)) for bidder, package in sorted(packages, key=repr))
    )


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
