"""Contract net: managers call for proposals, each awards its task to the cheapest, and the contractor does it.

Source: Smith, "The Contract Net Protocol", 1980; its messages are those of FIPA, "Contract Net Interaction Protocol Specification",
SC00029H, 2002, with its call for proposals, propose, refuse, accept, reject, inform, failure and cancel.
Assumes: who receives a message knows its sender; who fails does not come back. Each manager has one task, which is known by it.
Chosen: whoever proposes holds room for the task until it is told yes or no, or until it has held it long enough; an award that comes
later fails, and the task is not given to another. A cheaper proposal wins, and of equals the first by name. A user that asks again
asks about the same task: no message that is repeated, and no user, awards or does a task twice.
Does not promise: that a cost is honest; that the manager learns what became of the task, for the message may be lost; that the
cheapest of all is heard in time, unless messages are.
"""

from __future__ import annotations

from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import (
    Address,
    Amount,
    CancelAsked,
    Completion,
    Crashed,
    Deadline,
    Map,
    Rejected,
    Send,
)

# ---- messages


@frozen
class CallForProposals:
    """The manager has a task. Who will do it, and at what cost?"""


@frozen
class Propose:
    """A contractor would do the task at this cost, and holds room for it."""

    cost: Amount


@frozen
class Refuse:
    """A contractor does not do the task: it cannot, or has no room."""


@frozen
class Accept:
    """The task is yours."""


@frozen
class Reject:
    """The task is not yours."""


@frozen
class Inform:
    """The task is done."""


@frozen
class Failure:
    """The task is not done, and will not be by this contractor."""

    why: Rejected


@frozen
class Cancel:
    """The task need not be done any more."""


# ---- requests and answers


@frozen
class Contract:
    """A user wants the manager's task done; asked again, it asks about the same task.

    Answered by `Completed`, `Failed`, `NO_PROPOSALS`, `CANCELLED`, `BUSY`, or `Unknown`.
    """


@frozen
class Completed:
    """The task was done by this contractor, at this cost."""

    contractor: Address
    cost: Amount


@frozen
class Failed:
    """The task was awarded to this contractor, which has not done it."""

    contractor: Address
    why: Rejected


Answer: TypeAlias = Completed | Failed | Rejected
"""What can become of a task."""

NO_PROPOSALS = Rejected("nobody has proposed in time")
BUSY = Rejected("another user waits for this task")
LAPSED = Rejected("the award came too late")
REJECTED = Rejected("another contractor was preferred")
CANCELLED = Rejected("the task was cancelled")
BROKEN = Rejected("the contractor could not do it")

# ---- triggers


@frozen
class Close(Deadline):
    """The manager has waited long enough for proposals."""


@frozen
class GiveUp(Deadline):
    """The user has waited long enough for the contractor."""


@frozen
class Lapse(Deadline):
    """A contractor has held room for a task long enough."""

    manager: Address


@frozen
class Ends(Completion):
    """The work on a task ends: well, where `why` is None."""

    manager: Address
    why: Rejected | None


# ---- events, of a contractor


@frozen
class Proposed:
    """Room is held for the task of a manager, at this cost."""

    manager: Address
    cost: Amount


@frozen
class Declined:
    """The task of a manager is refused."""

    manager: Address


@frozen
class Started:
    """The task of a manager is begun."""

    manager: Address


@frozen
class Released:
    """There is room again: the proposal was held long enough, or turned down, or the task was cancelled."""

    manager: Address
    why: Rejected


# ---- events, of a manager


@frozen
class Closed:
    """No more proposals are taken.

    `winner`: to whom the task is awarded, None where nobody has proposed. `tied`: the cheapest, by name. `silent`: who has not answered.
    """

    proposals: Map[Address, Amount]
    winner: Address | None
    tied: tuple[Address, ...]
    silent: tuple[Address, ...]


@frozen
class Learned:
    """The manager knows what has become of its task: its answer from now on."""

    answer: Answer


# ---- views and history


@frozen
class ManagerView:
    """What has become of the task, as its manager knows; None as long as it does not."""

    answer: object


@frozen
class ContractorView:
    """How many tasks there is still room for."""

    room: int


Deal: TypeAlias = tuple[Address, Address]
"""A manager and a contractor: one of them has at most one with the other."""


@frozen
class History:
    """What was announced, and who was told what.

    `costs`: at what cost who could do whose task; it is fixed, as are the contractors and the `capacity` of each. `held`, `running`: for what
    there is no room now. `ended`: why a deal ended, None where the task was done. `accepted`, `rejected`, `cancelled`: what managers said.
    """

    contractors: tuple[Address, ...]
    capacity: int
    costs: Map[Deal, Amount]
    calls: Calls = Calls()
    proposed: Map[Deal, Amount] = Map()
    declined: frozenset[Deal] = frozenset()
    held: frozenset[Deal] = frozenset()
    running: frozenset[Deal] = frozenset()
    started: frozenset[Deal] = frozenset()
    ended: Map[Deal, Rejected | None] = Map()
    accepted: frozenset[Deal] = frozenset()
    rejected: frozenset[Deal] = frozenset()
    cancelled: frozenset[Deal] = frozenset()
    closed: Map[Address, Closed] = Map()
    called_off: frozenset[Address] = frozenset()
    learned: Map[Address, Answer] = Map()

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        seen = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Proposed(manager, cost):
                deal = (manager, at)
                return evolve(seen, proposed=self.proposed.put(deal, cost), held=self.held | {deal})
            case Declined(manager):
                return evolve(seen, declined=self.declined | {(manager, at)})
            case Started(manager):
                deal = (manager, at)
                return evolve(seen, held=self.held - {deal}, running=self.running | {deal}, started=self.started | {deal})
            case Released(manager, why) | Ends(manager, why):
                return without(seen, (manager, at), why)
            case Closed():
                return evolve(seen, closed=self.closed.put(at, happening))
            case Learned(answer):
                return evolve(seen, learned=self.learned.put(at, answer))
            case Send(to, Accept()):
                return evolve(seen, accepted=self.accepted | {(at, to)})
            case Send(to, Reject()):
                return evolve(seen, rejected=self.rejected | {(at, to)})
            case Send(to, Cancel()):
                return evolve(seen, cancelled=self.cancelled | {(at, to)})
            case CancelAsked():
                return evolve(seen, called_off=self.called_off | {at})
            case Crashed():
                held, running = (frozenset(deal for deal in sorted(deals) if deal[1] != at) for deals in (self.held, self.running))
                return evolve(seen, held=held, running=running, learned=self.learned.drop(at))
            case _:
                return seen


def without(history: History, deal: Deal, why: Rejected | None) -> History:
    """Return the history in which a deal has ended."""
    return evolve(history, held=history.held - {deal}, running=history.running - {deal}, ended=history.ended.put(deal, why))


def load(history: History, contractor: Address) -> int:
    """How many tasks a contractor holds room for or runs."""
    return sum(deal[1] == contractor for deal in sorted(history.held | history.running))
