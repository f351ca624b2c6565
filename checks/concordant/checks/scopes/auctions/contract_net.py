"""The scopes of contract nets."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.auctions.contract_net import PROMISES, SAFE, step_by_step, system
from concordant.refimpl.machine import Ask, Receive
from concordant.spec.auctions import contract_net as spec
from concordant.spec.auctions.contract_net import clauses
from concordant.spec.auctions.contract_net.steps import requests_at_large
from concordant.spec.vocabulary import Address, Faults, Network, addresses

MANAGER, OTHER = addresses("manager", 2)
CONTRACTOR = Address("contractor")

IN_TIME = Faults(synchronous=True)

SCOPES = (
    Scope(
        "cheaper",
        "a manager and two contractors, the second of which is cheaper; the user may change its mind; messages are in time",
        system((2,), (1,), faults=Faults(synchronous=True, cancellations=1), promises=SAFE),
        Counts(374, 814, 13),
    ),
    Scope(
        "three",
        "a manager and three contractors at the same cost; messages are in time",
        system((1,), (1,), (1,), faults=IN_TIME, promises=SAFE),
        Counts(51, 99, 13),
    ),
    Scope(
        "in_time",
        "two managers and two contractors, one of which can do one task only; messages are in time",
        system((1, None), (1, 1), faults=IN_TIME, promises=(*SAFE, clauses.two_tasks_are_done_by_two)),
        Counts(461, 1_098, 18),
    ),
    Scope(
        "room_for_two",
        "two managers, and a contractor that has room for both tasks; messages are in time",
        system((1, 2), capacity=2, faults=IN_TIME, promises=SAFE),
        Counts(81, 144, 13),
    ),
    Scope("two_users", "two users ask for one task", system((1,), users=2), Counts(85, 181, 8)),
    Scope(
        "loss",
        "two contractors, one of which can do the task; the user asks twice, and a message is lost",
        system((None,), (1,), asks=2, network=Network(losses=1), promises=(*PROMISES, clauses.an_award_comes_too_late)),
        Counts(399, 986, 13),
    ),
    Scope(
        "duplication",
        "two contractors, one of which can do the task; the user asks twice, and messages are duplicated and late",
        system((None,), (1,), asks=2, network=Network(duplicating=True)),
        Counts(140, 372, 11),
    ),
    Scope(
        "cancellation",
        "two contractors, one of which can do the task, and a user who may change its mind",
        system(
            (1,), (None,), faults=Faults(cancellations=1), promises=(*PROMISES, clauses.a_call_is_called_off, clauses.work_is_called_off)
        ),
        Counts(472, 1_100, 13),
    ),
    Scope(
        "cancellation_of_one_of_two",
        "two managers, and a contractor that can do one of their tasks; one user may change its mind; messages are in time",
        system((1, None), faults=Faults(synchronous=True, cancellations=1), promises=SAFE),
        Counts(235, 487, 13),
    ),
    Scope(
        "crash",
        "two contractors, one of which can do the task; that one or the manager may fail, also in the middle of a step",
        system((1,), (None,), asks=2, faults=Faults(crashes=1, who=(MANAGER, CONTRACTOR), mid_step=True)),
        Counts(648, 1_913, 12),
    ),
    Scope("two_contractors", "a manager and two contractors at the same cost", system((1,), (1,)), Counts(341, 817, 12), size=Size.MEDIUM),
    Scope(
        "two_managers",
        "two managers, and a contractor that has room for one task",
        system((1, 1)),
        Counts(811, 2_088, 13),
        size=Size.MEDIUM,
    ),
    Scope(
        "two_of_each",
        "two managers and two contractors, one of which can do one task only",
        system((1, None), (1, 1)),
        Counts(44_304, 178_815, 21),
        size=Size.MEDIUM,
    ),
    Grid(
        "one_request",
        "what comes to a contractor with two managers, whose tasks are new, held, running or over; at random up to six",
        step_by_step(2),
        (0, 1),
        Profiles(288, 288, 1_536),
        at_random=requests_at_large,
        examples=20,
    ),
    Scope(
        "two_managers_and_loss",
        "two managers, and a contractor that has room for one task; a message is lost",
        system((1, 1), network=Network(losses=1)),
        Counts(1_774, 5_064, 14),
        size=Size.MEDIUM,
    ),
)

SITUATIONS = (
    Situation(
        "the_contractor_is_taken",
        "A contractor has room for one task and holds it for one manager, while another calls.",
        system((1, 1)),
        (
            Ask(MANAGER, Address("user", 0), spec.Contract()),
            Ask(OTHER, Address("user", 1), spec.Contract()),
            Receive(CONTRACTOR, MANAGER, spec.CallForProposals()),
            Receive(CONTRACTOR, OTHER, spec.CallForProposals()),
        ),
    ),
)
