"""One thing that befalls a manager of a contract net, however its task stands: what each keeps, any sequence of them keeps, at any costs.

The process is `contract_net`, whose manager runs here, and whose contractors have the like in its own steps. What is promised is
inductive: it speaks of how a task stands before and after, and before it stands in any way in which a manager can, reached or not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from attrs import frozen

from concordant.spec.auctions.contract_net import BROKEN, Close, Contract, Failure, GiveUp, Inform, Propose, Refuse
from concordant.spec.vocabulary import Address, Amount, CancelAsked, Cases, Draw, Map, addresses, case, for_all


@frozen
class New:
    """Nobody has been called."""


@frozen
class Called:
    """What was proposed, and who has refused."""

    proposals: Map[Address, Amount]
    refused: tuple[Address, ...]


@frozen
class Awarded:
    """A contractor has been told yes, and the user waits for it or not."""

    contractor: Address
    attended: bool


@frozen
class Over:
    """It is known what has become of the task, which was awarded to this contractor, or to nobody."""

    contractor: Address | None


Task: TypeAlias = New | Called | Awarded | Over
Comes: TypeAlias = Propose | Refuse | Inform | Failure | Contract | CancelAsked | Close | GiveUp


@frozen
class Happens:
    """The contractors of a manager, its task, and what comes: a message of one of them, something of a user, or that time is over."""

    contractors: tuple[Address, ...]
    before: Task
    what: Comes
    source: Address


@frozen
class Stands:
    """Whether the task is awarded then, as its manager has it; and who has been told yes, ever."""

    awarded: bool
    accepted: tuple[Address, ...]


Rule: TypeAlias = Callable[[Happens], Stands]


def accepted(task: Task) -> tuple[Address, ...]:
    """List who has been told yes."""
    match task:
        case Awarded(contractor) | Over(Address() as contractor):
            return (contractor,)
        case _:
            return ()


def made(happens: Happens) -> dict[Address, Amount]:
    """Return what is proposed for a task that is called, with what comes."""
    before = dict(happens.before.proposals) if isinstance(happens.before, Called) else {}
    return {**before, happens.source: happens.what.cost} if isinstance(happens.what, Propose) else before


# ---- clauses


@for_all
def at_most_one_is_ever_told_yes(happens: Happens, after: Stands) -> Cases:
    """At most one contractor is told yes, whatever has come before: the one that was, or one more where nobody was."""
    yield case(len(after.accepted) <= 1, before=happens.before, after=after)


@for_all
def a_manager_knows_whether_it_has_told_yes(happens: Happens, after: Stands) -> Cases:
    """Somebody has been told yes if, and only if, the manager has the task for awarded: it does not call again."""
    yield case(bool(after.accepted) == after.awarded, before=happens.before, after=after)


@for_all
def the_cheapest_of_all_proposals_is_told_yes(happens: Happens, after: Stands) -> Cases:
    """Whoever is told yes has proposed, and nobody has proposed a lower cost."""
    told = tuple(each for each in after.accepted if each not in accepted(happens.before))
    if told:
        proposals = made(happens)
        cheapest = all(each in proposals and proposals[each] <= min(proposals.values()) for each in told)
        yield case(cheapest, told=told, proposals=tuple(proposals.items()))


@for_all
def it_is_awarded_when_the_call_ends(happens: Happens, after: Stands) -> Cases:
    """A task that is called is awarded when time is over, or the last of the contractors answers, if anybody has proposed; not before."""
    if isinstance(happens.before, Called):
        answered = {*made(happens), *happens.before.refused, *((happens.source,) if isinstance(happens.what, Refuse) else ())}
        last = isinstance(happens.what, Propose | Refuse) and answered == {*happens.contractors}
        due = (last or isinstance(happens.what, Close)) and bool(made(happens))
        yield case(after.awarded == due, before=happens.before, what=happens.what, after=after)


CLAUSES = (
    at_most_one_is_ever_told_yes,
    a_manager_knows_whether_it_has_told_yes,
    the_cheapest_of_all_proposals_is_told_yes,
    it_is_awarded_when_the_call_ends,
)

# ---- tasks, and what comes next


def happenings(draw: Draw, contractors: int) -> Happens:
    """Draw how a task stands among so many contractors, and what comes next, from any of them."""
    names = addresses("contractor", contractors)
    task = task_of(draw, names)
    return Happens(names, task, what_comes(draw, task), draw.one_of("it comes from", names))


def task_of(draw: Draw, names: tuple[Address, ...]) -> Task:
    """Draw how a task stands."""
    match draw.one_of("the task is", ("new", "called", "awarded", "over")):
        case "new":
            return New()
        case "called":
            said = {name: draw.one_of(f"{name} has said", ("nothing", "a cost", "no")) for name in names}
            costs = {name: draw.amount(f"cost of {name}") for name in names if said[name] == "a cost"}
            return Called(Map.of(costs), tuple(name for name in names if said[name] == "no"))
        case "awarded":
            return Awarded(draw.one_of("awarded to", names), draw.one_of("its user waits", (True, False)))
        case _:
            return Over(draw.one_of("it was awarded to", (None, *names)))


def what_comes(draw: Draw, task: Task) -> Comes:
    """Draw a message, what a user may ask, or that time is over where there is any."""
    called, attended = isinstance(task, Called), isinstance(task, Awarded) and task.attended
    own = ((Close(),) if called else ()) + ((GiveUp(),) if attended else ())
    comes: Any = draw.one_of("what comes", ("a cost", Refuse(), Inform(), Failure(BROKEN), Contract(), CancelAsked(), *own))
    return Propose(draw.amount("the cost proposed")) if comes == "a cost" else comes


def happenings_at_large(draw: Draw) -> Happens:
    """Draw what comes next among up to six contractors."""
    return happenings(draw, draw.one_of("contractors", range(1, 7)))
