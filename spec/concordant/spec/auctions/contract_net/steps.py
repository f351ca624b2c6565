"""One thing that befalls a contractor, whatever it holds and does: what each keeps, any sequence of them keeps, with any room.

What is promised here is inductive: it speaks of a contractor's deals before and after, and before they are any for which it has room,
reached or not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from attrs import frozen

from concordant.spec.auctions.contract_net import Accept, CallForProposals, Cancel, Ends, Lapse, Reject
from concordant.spec.vocabulary import Address, Amount, Cases, Draw, addresses, case, for_all


@frozen
class Deals:
    """The managers for whose tasks room is held, whose tasks are being done, and with whom a deal has ended."""

    held: frozenset[Address]
    running: frozenset[Address]
    over: frozenset[Address]


@frozen
class Asked:
    """For how many tasks a contractor has room in all, and whether it can do that of a manager; its deals; and what comes from that manager."""

    capacity: Amount
    able: bool
    before: Deals
    manager: Address
    what: CallForProposals | Accept | Reject | Cancel | Lapse | Ends


Rule: TypeAlias = Callable[[Asked], Deals]


def busy(deals: Deals) -> int:
    """Count the tasks for which room is held, and those that are being done."""
    return len(deals.held) + len(deals.running)


def knows(deals: Deals, manager: Address) -> bool:
    """Tell whether there is a deal with a manager, or was one."""
    return manager in deals.held or manager in deals.running or manager in deals.over


# ---- clauses


@for_all
def nobody_takes_on_more_than_it_can(asked: Asked, after: Deals) -> Cases:
    """Where room is held and used for no more tasks than there is room for, it is so afterwards."""
    yield case(busy(after) <= asked.capacity, capacity=asked.capacity, after=after)


@for_all
def a_task_is_begun_when_it_is_awarded_and_held(asked: Asked, after: Deals) -> Cases:
    """A task is begun when it is awarded, if room is held for it then; and never otherwise."""
    begun = after.running - asked.before.running
    due = frozenset((asked.manager,) if isinstance(asked.what, Accept) and asked.manager in asked.before.held else ())
    yield case(begun == due, begun=begun, due=due)


@for_all
def room_is_held_while_there_is_some(asked: Asked, after: Deals) -> Cases:
    """A contractor that is called for the first time holds room for what it can do, if there is any."""
    if isinstance(asked.what, CallForProposals) and not knows(asked.before, asked.manager):
        holds = asked.able and asked.capacity - busy(asked.before) >= 1
        yield case((asked.manager in after.held) == holds, holds=holds, after=after)


@for_all
def what_ends_or_is_called_off_is_over(asked: Asked, after: Deals) -> Cases:
    """What is held is over when it is rejected, cancelled or lapses; what is being done, when it is cancelled or ends."""
    held, running = asked.manager in asked.before.held, asked.manager in asked.before.running
    if (held and isinstance(asked.what, Reject | Cancel | Lapse)) or (running and isinstance(asked.what, Cancel | Ends)):
        yield case(asked.manager in after.over, what=asked.what, after=after)


@for_all
def a_deal_that_is_over_stays_over(asked: Asked, after: Deals) -> Cases:
    """With a manager with whom a deal has ended there is no other."""
    yield case(asked.before.over <= after.over, before=asked.before, after=after)


@for_all
def other_deals_are_left_alone(asked: Asked, after: Deals) -> Cases:
    """What comes from one manager changes nothing for the others."""

    def others(deals: Deals) -> Deals:
        return Deals(*(some - {asked.manager} for some in (deals.held, deals.running, deals.over)))

    yield case(others(after) == others(asked.before), before=asked.before, after=after)


CLAUSES = (
    nobody_takes_on_more_than_it_can,
    a_task_is_begun_when_it_is_awarded_and_held,
    room_is_held_while_there_is_some,
    what_ends_or_is_called_off_is_over,
    a_deal_that_is_over_stays_over,
    other_deals_are_left_alone,
)

# ---- deals, and what comes next


def requests(draw: Draw, managers: int) -> Asked:
    """Draw what a contractor holds and does for so many managers, how much room is left, and what comes next, of the first of them."""
    names = addresses("manager", managers)
    stands = {name: draw.one_of(f"the task of {name} is", ("new", "held", "running", "over")) for name in names}
    deals = Deals(*(frozenset(name for name in names if stands[name] == stand) for stand in ("held", "running", "over")))
    room, able = draw.amount("room left"), draw.one_of("the first task can be done", (True, False))
    return Asked(busy(deals) + room, able, deals, names[0], what_comes(draw, names[0], stands[names[0]]))


def what_comes(draw: Draw, manager: Address, stand: str) -> CallForProposals | Accept | Reject | Cancel | Lapse | Ends:
    """Draw a message of a manager, or that what is held for it lapses, or what is done for it ends."""
    own = {"held": (Lapse(manager),), "running": (Ends(manager, None),)}
    options = (CallForProposals(), Accept(), Reject(), Cancel(), *own.get(stand, ()))
    comes: CallForProposals | Accept | Reject | Cancel | Lapse | Ends = draw.one_of("what comes", options)
    return comes


def requests_at_large(draw: Draw) -> Asked:
    """Draw what comes next with up to six managers."""
    return requests(draw, draw.one_of("managers", range(1, 7)))
