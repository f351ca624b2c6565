"""One thing that befalls a manager of a contract net, however its task stands: what each keeps, any sequence of them keeps, at any costs.

The process is `contract_net`, whose manager runs here, and whose contractors have the like in its own steps.

What is promised here is inductive: it speaks of how a task stands before and after, and before it stands in any way in which the
manager knows whether it has told somebody yes, reached or not.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeAlias

from attrs import frozen

from concordant.spec.auctions.contract_net import BROKEN, Close, Contract, Failure, GiveUp, Inform, Propose, Refuse
from concordant.spec.vocabulary import Address, Amount, CancelAsked, Cases, Draw, Map, addresses, case, for_all


class Stage(Enum):
    """How far a task is."""

    NEW = "new"
    CALLED = "called"
    AWARDED = "awarded"
    UNATTENDED = "awarded, and its user has given up"
    DONE = "done"
    FAILED = "failed"
    NOT_AWARDED = "over, and awarded to nobody"


AWARDED = (Stage.AWARDED, Stage.UNATTENDED, Stage.DONE, Stage.FAILED)
"""Where somebody has been told yes."""


@frozen
class Task:
    """How far a task is; while it is called, what was proposed and who has refused; and who has been told yes, ever."""

    stage: Stage
    proposals: Map[Address, Amount] = Map()
    refused: tuple[Address, ...] = ()
    accepted: tuple[Address, ...] = ()


Comes: TypeAlias = Propose | Refuse | Inform | Failure | Contract | CancelAsked | Close | GiveUp


@frozen
class Happens:
    """The contractors of a manager, its task, and what comes: a message of one of them, something of a user, or that time is over."""

    contractors: tuple[Address, ...]
    before: Task
    what: Comes
    source: Address


Rule: TypeAlias = Callable[[Happens], Task]


def proposals(happens: Happens) -> dict[Address, Amount]:
    """Return what is proposed for a task that is called, with what comes."""
    before = happens.before
    made = dict(before.proposals)
    if before.stage == Stage.CALLED and isinstance(happens.what, Propose):
        made[happens.source] = happens.what.cost
    return made


# ---- clauses


@for_all
def at_most_one_is_ever_told_yes(happens: Happens, after: Task) -> Cases:
    """Where at most one contractor has been told yes, at most one has afterwards; and whoever was told yes stays the one."""
    kept = all(each in after.accepted for each in happens.before.accepted)
    yield case(len(after.accepted) <= 1 and kept, before=happens.before, after=after)


@for_all
def a_manager_knows_whether_it_has_told_yes(happens: Happens, after: Task) -> Cases:
    """Somebody has been told yes if, and only if, the task is awarded."""
    yield case(bool(after.accepted) == (after.stage in AWARDED), before=happens.before, after=after)


@for_all
def what_is_awarded_is_not_called_again(happens: Happens, after: Task) -> Cases:
    """A task that is awarded stays so, and what has become of it is not forgotten."""
    before = happens.before.stage
    if before in AWARDED:
        over = before in (Stage.DONE, Stage.FAILED)
        yield case(after.stage == before if over else after.stage in AWARDED, before=before, after=after.stage)


@for_all
def the_cheapest_of_all_proposals_is_told_yes(happens: Happens, after: Task) -> Cases:
    """Whoever is told yes has proposed, and nobody has proposed a lower cost."""
    for contractor in after.accepted:
        if contractor not in happens.before.accepted:
            made = proposals(happens)
            cheapest = contractor in made and all(made[contractor] <= cost for cost in made.values())
            yield case(cheapest, told=contractor, proposals=Map.of(made))


CLAUSES = (
    at_most_one_is_ever_told_yes,
    a_manager_knows_whether_it_has_told_yes,
    what_is_awarded_is_not_called_again,
    the_cheapest_of_all_proposals_is_told_yes,
)

# ---- tasks, and what comes next


def happenings(draw: Draw, contractors: int) -> Happens:
    """Draw how a task stands among so many contractors, and what comes next, from any of them."""
    names = addresses("contractor", contractors)
    source = draw.one_of("it comes from", names)
    return Happens(names, task_of(draw, names), what_comes(draw), source)


def task_of(draw: Draw, names: tuple[Address, ...]) -> Task:
    """Draw how a task stands."""
    match draw.one_of("the task is", tuple(Stage)):
        case Stage.CALLED:
            said = {name: draw.one_of(f"{name} has said", ("nothing", "a cost", "no")) for name in names}
            costs = {name: draw.amount(f"cost of {name}") for name in names if said[name] == "a cost"}
            return Task(Stage.CALLED, Map.of(costs), tuple(name for name in names if said[name] == "no"))
        case stage if stage in AWARDED:
            return Task(stage, accepted=(draw.one_of("it is awarded to", names),))
        case stage:
            return Task(stage)


def what_comes(draw: Draw) -> Comes:
    """Draw a message, what a user may ask, or that time is over."""
    options = ("a cost", Refuse(), Inform(), Failure(BROKEN), Contract(), CancelAsked(), Close(), GiveUp())
    comes: Any = draw.one_of("what comes", options)
    return Propose(draw.amount("the cost proposed")) if comes == "a cost" else comes


def happenings_at_large(draw: Draw) -> Happens:
    """Draw what comes next among up to six contractors."""
    return happenings(draw, draw.one_of("contractors", range(1, 7)))
