"""One thing that comes to a manager of a contract net: the shipped manager takes it, however its task stands."""

from __future__ import annotations

from functools import partial
from typing import assert_never

from concordant.refimpl.auctions.contract_net import Awaiting, Calling, Done, Idle, Manager, Managing, Unattended, winner
from concordant.refimpl.machine import Mechanism, Step
from concordant.spec.auctions.contract_award import (
    CLAUSES,
    Awarded,
    Called,
    Happens,
    New,
    Over,
    Rule,
    Stands,
    Task,
    happenings,
)
from concordant.spec.auctions.contract_net import NO_PROPOSALS, Accept, Close, Completed, Contract, GiveUp
from concordant.spec.vocabulary import Address, CancelAsked, Send

USER, COST = Address("user"), 0
"""Whose task it is, and what it has cost: neither makes a difference."""


def one_happening(happens: Happens) -> Stands:
    """Let a manager whose task stands so take what comes, and return how it stands then."""
    return happening_to(Manager, happens)


def happening_to(kind: type[Manager], happens: Happens) -> Stands:
    """Let a manager of a kind take what comes."""
    manager, before = kind(happens.contractors), managing(happens.before)
    match happens.what:
        case Contract():
            following: Step[Managing] | None = manager.request(before, USER, happens.what)
        case CancelAsked():
            following = manager.cancel(before, USER)
        case Close() | GiveUp():
            following = manager.fire(before, happens.what)
        case message:
            following = manager.receive(before, happens.source, message)
    after, effects = (before, ()) if following is None else (following.state, following.effects)
    told = [each.to for each in effects if isinstance(each, Send) and each.message == Accept()]
    awarded = not isinstance(after, Idle | Calling) and winner(after) is not None
    return Stands(awarded, tuple(each for each in happens.contractors if each in (chosen(happens.before), *told)))


def chosen(task: Task) -> Address | None:
    """Return who was told yes before, if anybody was."""
    return task.contractor if isinstance(task, Awarded | Over) else None


def managing(task: Task) -> Managing:
    """Return what a manager keeps whose task stands so."""
    match task:
        case New():
            return Idle()
        case Called(proposals, refused):
            return Calling(USER, proposals, frozenset(refused))
        case Awarded(contractor, attended):
            return Awaiting(USER, contractor, COST) if attended else Unattended(contractor, COST)
        case Over(contractor):
            return Done(NO_PROPOSALS if contractor is None else Completed(contractor, COST))
        case _:
            assert_never(task)


def award_by_award(contractors: int, rule: Rule = one_happening) -> Mechanism[Happens, Stands]:
    """Return what a manager of so many contractors makes of what comes, with all that is kept."""
    return Mechanism(rule, partial(happenings, contractors=contractors), CLAUSES)
