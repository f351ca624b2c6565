"""The scopes of the ascending-price task market."""

from __future__ import annotations

from fractions import Fraction

from concordant.checks.exploration.scope import Size
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.markets.ascending_price_task_market import AT_EXACT_PRICES, STEP_BY_STEP
from concordant.spec.markets.ascending_price_task_market.markets import careless, markets_at_large

SCOPES = (
    Grid(
        "two_tasks",
        "up to two agents and two tasks, values 0 to 2; at random up to four and three, with budgets",
        STEP_BY_STEP.on(2, 2),
        (0, 1, 2),
        Profiles(102, 192, 1_166),
        at_random=markets_at_large,
        examples=40,
    ),
    Grid(
        "three_agents",
        "up to three agents and two tasks, values 0 and 3",
        STEP_BY_STEP.on(3, 2),
        (0, 3),
        Profiles(98, 262, 1_371),
        at_random=markets_at_large,
        examples=20,
    ),
    Grid(
        "budgets",
        "up to two agents and two tasks, values and budgets 0 and 2",
        STEP_BY_STEP.on(2, 2, budgets=True),
        (0, 2),
        Profiles(92, 172, 714),
        at_random=markets_at_large,
        examples=20,
    ),
    Grid(
        "fractions",
        "up to two agents and two tasks, values 1/2 and 7/3",
        STEP_BY_STEP.on(2, 2),
        (Fraction(1, 2), Fraction(7, 3)),
        Profiles(26, 46, 285),
        at_random=markets_at_large,
        examples=20,
    ),
    Grid(
        "malformed",
        "two agents, a task and one flaw; at random several",
        STEP_BY_STEP.on_malformed(),
        (1,),
        Profiles(41, 41, 82),
        at_random=careless,
    ),
    Grid(
        "exact",
        "up to two agents and two tasks at exact prices, values 0 and 1; at random up to four and three",
        AT_EXACT_PRICES.on(2, 2),
        (0, 1),
        Profiles(26, 128, 439),
        at_random=markets_at_large,
        examples=20,
    ),
    Grid(
        "exact_three_agents",
        "up to three agents and a task at exact prices, values 0 to 2",
        AT_EXACT_PRICES.on(3, 1),
        (0, 1, 2),
        Profiles(39, 306, 742),
        at_random=markets_at_large,
        examples=20,
    ),
    Grid(
        "exact_budgets",
        "up to two agents and a task at exact prices, values and budgets 0 to 2",
        AT_EXACT_PRICES.on(2, 1, budgets=True),
        (0, 1, 2),
        Profiles(90, 192, 480),
        at_random=markets_at_large,
        examples=20,
    ),
    Grid(
        "malformed_exact",
        "two agents, a task and one flaw at exact prices; at random several",
        AT_EXACT_PRICES.on_malformed(),
        (1,),
        Profiles(41, 41, 82),
        at_random=careless,
    ),
    Grid(
        "budgets_to_3",
        "up to two agents and two tasks, values and budgets 0 to 3",
        STEP_BY_STEP.on(2, 2, budgets=True),
        (0, 1, 2, 3),
        Profiles(4_432, 8_784, 37_618),
        size=Size.MEDIUM,
    ),
)
