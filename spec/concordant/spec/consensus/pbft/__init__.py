"""PBFT: replicas agree on a client's request in three phases, though some lie; a primary that lies or is silent is voted out of its view.

Source: Castro and Liskov, "Practical Byzantine Fault Tolerance" (OSDI 1999), sections 4.2 and 4.4; with other than 3f + 1 replicas,
quorums are those of Malkhi and Reiter, "Byzantine Quorum Systems" (1998). One sequence number: what is decided, is decided once.
Assumes: n replicas, of which at most f lie, and n ≥ 3f + 1; a signature cannot be forged, though anybody may show it again. Any number of
clients may lie. Survives loss, duplication, delay and reordering.
Does not promise: that anything is decided while replicas are impatient with honest primaries (Fischer, Lynch and Paterson, 1985); nor that
a replica which the others can do without ever decides. It would catch up from a checkpoint: these are about many sequence numbers.
"""

from __future__ import annotations

from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import Address, Deadline, Map, Reply, Send, Unheard

View: TypeAlias = int
"""Views are numbered from 0; each has one primary, which all know."""

# ---- messages


@frozen(order=True)
class Request:
    """What a client wants done, signed by it: who names an honest client shows what that has asked for."""

    client: Address
    value: str


@frozen
class Certificate:
    """A request is prepared: these have signed it in this view, the primary by its proposal."""

    view: View
    request: Request
    signers: frozenset[Address]


@frozen
class PrePrepare:
    """The primary of the first view proposes a request."""

    view: View
    request: Request


@frozen
class Prepare:
    """The sender has accepted the primary's proposal, and accepts no other in this view."""

    view: View
    request: Request


@frozen
class Commit:
    """The sender has a certificate for the request in this view."""

    view: View
    request: Request


@frozen
class ViewChange:
    """The sender has left all earlier views, and shows the latest certificate that it got there."""

    view: View
    prepared: Certificate | None


@frozen
class NewView:
    """The primary of a later view proposes a request, and shows the changes of view, as their senders signed them, that allow it."""

    view: View
    request: Request
    changes: Map[Address, Certificate | None]


@frozen
class Result:
    """To clients: the sender has decided this request."""

    request: Request


Vote: TypeAlias = PrePrepare | Prepare | NewView
"""What a certificate is made of."""
OfAView: TypeAlias = Vote | Commit | ViewChange
"""Of each kind, an honest replica sends one message in a view."""


@frozen
class Garbled:
    """A message in the name of somebody who has not signed it."""

    named: Address
    message: OfAView


# ---- requests and answers


@frozen
class Submit:
    """A user has a client ask for something."""

    value: str


@frozen
class Answer:
    """The request that was decided, which may be another client's."""

    request: Request


# ---- triggers


@frozen
class Impatient(Deadline):
    """A replica has waited long enough for a request to be decided."""


# ---- events


@frozen
class LostPatience:
    """A replica has waited long enough in this view."""

    view: View


@frozen
class Moved:
    """A replica leaves its view, which has failed, for this one."""

    view: View


@frozen
class Decided:
    """A replica decides a request, which was committed in this view."""

    view: View
    request: Request


@frozen
class Accused:
    """A replica reports another, which has signed both of these messages."""

    who: Address
    first: OfAView
    second: OfAView


# ---- views


@frozen
class ReplicaView:
    """The view that a replica is in, its latest certificate, what it has decided, whom it has caught lying, of which views it keeps messages, and the request that it waits for."""

    view: View = 0
    prepared: Certificate | None = None
    decided: Request | None = None
    caught: frozenset[Accused] = frozenset()
    kept: frozenset[View] = frozenset()
    request: Request | None = None


@frozen
class ClientView:
    """What a client has been told by enough replicas; None while it knows nothing, and what it was told by whom until then."""

    told: Request | None = None
    results: Map[Address, Request] = Map()


# ---- history


@frozen
class Signed:
    """A message with the signature of its sender."""

    by: Address
    message: OfAView


@frozen
class History:
    """What honest clients asked for, what honest replicas signed, which of them signed two different messages of a kind, who moved where, decided what, or again, and who accused whom.

    `members`: the replicas, each of which is primary in turn; `honest`: who does not lie; `clients`: who may ask; `enough`: how many
    honest replicas there are, at least, in a quorum; `faulty`: how many may lie. `impatient`: who has lost patience with which view, and is still in it;
    `owed`: who has still to be sent in this step what others were sent.
    """

    members: tuple[Address, ...]
    honest: frozenset[Address]
    clients: frozenset[Address]
    enough: int
    faulty: int
    asked: frozenset[Request] = frozenset()
    signed: frozenset[Signed] = frozenset()
    equivocated: frozenset[Address] = frozenset()
    owed: frozenset[Send] = frozenset()
    impatient: frozenset[tuple[Address, View]] = frozenset()
    moved: Map[Address, View] = Map()
    decided: Map[Address, Decided] = Map()
    again: frozenset[Address] = frozenset()
    accused: frozenset[tuple[Address, Accused]] = frozenset()
    calls: Calls = Calls()

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        match happening:
            case Submit(value):
                calls = self.calls.after(at, by, happening)
                return evolve(self, asked=self.asked | {Request(at, value)}, calls=calls)
            case Reply() | Unheard():
                return evolve(self, calls=self.calls.after(at, by, happening))
            case Send(_, (PrePrepare() | Prepare() | NewView() | Commit() | ViewChange()) as message):
                clash = any(one.by == at and contradict(one.message, message) for one in self.signed)
                equivocated = self.equivocated | {at} if clash else self.equivocated
                owed = self.owed or {Send(other, message) for other in self.members if other != at}
                return evolve(self, signed=self.signed | {Signed(at, message)}, equivocated=equivocated, owed=frozenset(owed - {happening}))
            case LostPatience(view):
                return evolve(self, impatient=self.impatient | {(at, view)})
            case Moved(view):
                return evolve(self, moved=self.moved.put(at, view), impatient=self.impatient - {(at, view - 1)})
            case Decided() if at in self.decided:
                return evolve(self, again=self.again | {at})
            case Decided():
                return evolve(self, decided=self.decided.put(at, happening))
            case Accused():
                return evolve(self, accused=self.accused | {(at, happening)})
            case _:
                return self

    def voters(self, view: View, request: Request) -> frozenset[Address]:
        """List the honest replicas that have signed a request in a view."""
        return frozenset(
            one.by for one in self.signed if isinstance(one.message, Vote) and (one.message.view, one.message.request) == (view, request)
        )

    def committers(self, view: View, request: Request) -> frozenset[Address]:
        """List the honest replicas that have committed to a request in a view."""
        return frozenset(one.by for one in self.signed if one.message == Commit(view, request))

    def proposed(self, view: View) -> frozenset[Request]:
        """List what an honest primary has proposed in a view: one request, or nothing."""
        return frozenset(
            one.message.request for one in self.signed if isinstance(one.message, PrePrepare | NewView) and one.message.view == view
        )

    def committed(self, by: Address) -> Commit | None:
        """Return the latest commit that an honest replica has signed."""
        latest = max(
            ((one.message.view, one.message.request) for one in self.signed if one.by == by and isinstance(one.message, Commit)),
            default=None,
        )
        return None if latest is None else Commit(*latest)

    # ---- what signatures mean

    def can_be_said(self, message: object) -> bool:
        """Tell whether a message can be sent, also by a liar: the signatures of honest ones in it must have been made."""
        match message:
            case Request():
                return self._is_asked(message)
            case PrePrepare(_, request):
                return self._is_asked(request)
            case ViewChange(_, prepared):
                return self._is_signed(prepared)
            case NewView(view, request, changes):
                return self._is_asked(request) and all(self._is_change(by, view, prepared) for by, prepared in changes.items())
            case _:
                return True

    def _is_asked(self, request: Request) -> bool:
        return request.client not in self.honest or request in self.asked

    def _is_signed(self, prepared: Certificate | None) -> bool:
        return prepared is None or prepared.signers & self.honest <= self.voters(prepared.view, prepared.request)

    def _is_change(self, by: Address, view: View, prepared: Certificate | None) -> bool:
        return Signed(by, ViewChange(view, prepared)) in self.signed if by in self.honest else self._is_signed(prepared)


def contradict(one: OfAView, other: OfAView) -> bool:
    """Tell whether nobody honest has sent both: they are of one kind and view, and differ."""
    return type(one) is type(other) and one.view == other.view and one != other
