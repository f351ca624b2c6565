"""The scopes of posted-price markets."""

from __future__ import annotations

from attrs import evolve

from concordant.checks.exploration.explore import Reductions
from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.machine import Ask, Fire, Receive
from concordant.refimpl.markets.posted_price_market import PROMISES, SHOP, in_turn, step_by_step, system
from concordant.spec.markets import posted_price_market as spec
from concordant.spec.markets.posted_price_market import Buy, Post
from concordant.spec.markets.posted_price_market.steps import requests_at_large
from concordant.spec.vocabulary import Address, Eventually, Faults, Malformed, Network, addresses

TWO = addresses("buyer", 2)
SAFETY = tuple(each for each in PROMISES if not isinstance(each, Eventually))
"""What symmetry decides: it leaves out paths."""
EXAMPLES = (spec.all_is_sold_and_somebody_sent_away, spec.sold_below_what_is_posted)

SCOPES = (
    Scope(
        "one_unit",
        "two buyers and one unit; the seller posts what is no price",
        system(wants=(Buy(1),), posts=(Malformed(Post(True)),), promises=(*PROMISES, spec.all_is_sold_and_somebody_sent_away)),
        Counts(906, 3_281, 14),
    ),
    Scope(
        "another_price",
        "two buyers and two units; the seller posts another price",
        system(stock=2, posts=(Post(3),), promises=(*PROMISES, spec.sold_below_what_is_posted)),
        Counts(1_424, 4_920, 14),
    ),
    Scope(
        "asked_again",
        "a buyer, whose user asks three times, also with what is no value; messages are lost, duplicated and late, and the price changes",
        system(1, wants=(Buy(2), Buy(3), Malformed(Buy(-1))), asks=3, posts=(Post(3),), network=Network(duplicating=True, losses=1)),
        Counts(1_511, 6_988, 11),
    ),
    Scope(
        "duplication",
        "two buyers, who may ask for what is no value; messages are duplicated and late",
        system(wants=(Buy(1), Malformed(Buy(-1))), network=Network(duplicating=True)),
        Counts(318, 1_604, 11),
    ),
    Scope(
        "loss",
        "two buyers, one of whose messages is lost",
        system(wants=(Buy(1),), network=Network(losses=1)),
        Counts(1_206, 4_374, 13),
    ),
    Scope(
        "crash",
        "two buyers, one of which may fail",
        system(wants=(Buy(1),), faults=Faults(crashes=1, who=TWO[:1])),
        Counts(1_280, 3_905, 16),
    ),
    Scope(
        "crash_of_one_who_leaves",
        "a buyer to whom a unit is worth nothing, and which may fail, also in the middle of a step; the seller posts less than nothing",
        system(1, wants=(Buy(0),), posts=(Malformed(Post(-1)),), faults=Faults(crashes=1, who=TWO[:1], mid_step=True)),
        Counts(80, 190, 8),
    ),
    Scope(
        "asked_again_by_two",
        "two buyers, whose users ask twice; a message is lost",
        system(asks=2, network=Network(losses=1)),
        Counts(21_469, 109_640, 21),
        size=Size.MEDIUM,
    ),
    Scope(
        "three_buyers",
        "three buyers and two units, one of whose messages is lost, a confirmation perhaps; the seller posts another price",
        evolve(
            system(3, 2, posts=(Post(3),), network=Network(losses=1), promises=(*SAFETY, *EXAMPLES)),
            symmetric=(tuple((buyer, Address("user", buyer.number)) for buyer in addresses("buyer", 3)),),
        ),
        Counts(29_684, 161_622, 20),
        size=Size.MEDIUM,
        reductions=Reductions(symmetry=True),
    ),
    Grid(
        "one_request",
        "what comes to a shop with two buyers, whose orders are reserved, sold, over or not there, prices 0 and 1; at random up to six",
        step_by_step(2),
        (0, 1),
        Profiles(768, 768, 4_372),
        at_random=requests_at_large,
        examples=20,
    ),
    Grid(
        "in_turn",
        "two buyers who come one after another to a shop with up to two units, values and prices 0 to 2",
        in_turn(2),
        (0, 1, 2),
        Profiles(81, 81, 567),
        examples=20,
    ),
)

FIRST, SECOND = TWO
SITUATIONS = (
    Situation(
        "the_reservation_lapses",
        "One buyer's reservation of the only unit lapses while its confirmation is under way, and another buyer reserves the unit.",
        system(wants=(Buy(1),)),
        (
            Ask(FIRST, Address("user", 0), Buy(1)),
            Ask(SECOND, Address("user", 1), Buy(1)),
            Receive(SHOP, FIRST, spec.Reserve()),
            Receive(FIRST, SHOP, spec.Quote(1)),
            Fire(SHOP, spec.Expire(FIRST)),
            Receive(SHOP, SECOND, spec.Reserve()),
        ),
    ),
)
