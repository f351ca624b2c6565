"""One thing that comes to a manager of a contract net: the shipped manager takes it, however its task stands."""

from __future__ import annotations

from functools import partial
from typing import assert_never

from concordant.refimpl.auctions.contract_net import Awaiting, Calling, Done, Idle, Manager, Managing, Unattended
from concordant.refimpl.machine import Mechanism, Step
from concordant.spec.auctions.contract_award import CLAUSES, Happens, Rule, Stage, Task, happenings
from concordant.spec.auctions.contract_net import BROKEN, NO_PROPOSALS, Accept, Close, Completed, Contract, Failed, GiveUp
from concordant.spec.vocabulary import Address, CancelAsked, Send


def one_happening(happens: Happens) -> Task:
    """Let a manager whose task stands so take what comes, and return how it stands then."""
    return happening_to(Manager, happens)


def happening_to(kind: type[Manager], happens: Happens) -> Task:
    """Let a manager of a kind take what comes."""
    manager, before, user = kind(happens.contractors), managing(happens.before), Address("user")
    match happens.what:
        case Contract():
            following: Step[Managing] | None = manager.request(before, user, happens.what)
        case CancelAsked():
            following = manager.cancel(before, user)
        case Close() | GiveUp():
            following = manager.fire(before, happens.what)
        case message:
            following = manager.receive(before, happens.source, message)
    if following is None:
        return happens.before
    told = {each.to for each in following.effects if isinstance(each, Send) and each.message == Accept()}
    return standing(following.state, tuple(each for each in happens.contractors if each in told or each in happens.before.accepted))


def managing(task: Task) -> Managing:
    """Return what a manager keeps whose task stands so; what the task has cost makes no difference."""
    user = Address("user")
    match task.stage:
        case Stage.NEW:
            return Idle()
        case Stage.CALLED:
            return Calling(user, task.proposals, frozenset(task.refused))
        case Stage.NOT_AWARDED:
            return Done(NO_PROPOSALS)
        case Stage.AWARDED:
            return Awaiting(user, task.accepted[0], 0)
        case Stage.UNATTENDED:
            return Unattended(task.accepted[0], 0)
        case Stage.DONE:
            return Done(Completed(task.accepted[0], 0))
        case Stage.FAILED:
            return Done(Failed(task.accepted[0], BROKEN))
        case _:
            assert_never(task.stage)


def standing(state: Managing, accepted: tuple[Address, ...]) -> Task:
    """Return how the task of a manager stands that has told these contractors yes."""
    match state:
        case Idle():
            return Task(Stage.NEW, accepted=accepted)
        case Calling(_, proposals, refused):
            return Task(Stage.CALLED, proposals, tuple(sorted(refused)), accepted)
        case Awaiting():
            return Task(Stage.AWARDED, accepted=accepted)
        case Unattended():
            return Task(Stage.UNATTENDED, accepted=accepted)
        case Done(Completed()):
            return Task(Stage.DONE, accepted=accepted)
        case Done(Failed()):
            return Task(Stage.FAILED, accepted=accepted)
        case Done():
            return Task(Stage.NOT_AWARDED, accepted=accepted)
        case _:
            assert_never(state)


def award_by_award(contractors: int, rule: Rule = one_happening) -> Mechanism[Happens, Task]:
    """Return what a manager of so many contractors makes of what comes, with all that is kept."""
    return Mechanism(rule, partial(happenings, contractors=contractors), CLAUSES)
