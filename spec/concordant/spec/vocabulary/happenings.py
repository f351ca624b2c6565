"""What a step makes happen, what the environment does, and the outcomes that every protocol shares."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from attrs import frozen

from concordant.spec.vocabulary.values import Address

# ---- effects: what a process asks for in one step, in this order


@frozen
class Send:
    """Put a message on the network, addressed to a process or to a Byzantine participant."""

    to: Address
    message: object


@frozen
class Reply:
    """Answer a user, which ends its call. The network never loses it; at most one to each user in a step."""

    to: Address
    answer: object


@frozen
class Announce:
    """Let the outside observe an event, such as `Chosen(vote)`."""

    event: object


@frozen
class Deliver:
    """Hand up a message of a process that a link has carried: to the layer above it, or to the outside where there is none."""

    source: Address
    message: object


Effect: TypeAlias = Send | Reply | Announce | Deliver


def broadcast(peers: Iterable[Address], message: object) -> tuple[Send, ...]:
    """Send one message to each peer, in the order given."""
    return tuple(Send(peer, message) for peer in peers)


# ---- triggers: what may happen inside a process at any moment from now


@frozen
class Deadline:
    """Time passes. The only trigger that `Faults.synchronous` holds back until nothing is under way."""


@frozen
class Completion:
    """Work given to the environment ends: a task finishes or fails, a vote is cast. One value per way to end.

    A history sees it, before what the process makes of it: what became of the work is a fact outside of the process.
    """


@frozen
class Internal:
    """The process's own next step: an await that goes on."""


Trigger: TypeAlias = Deadline | Completion | Internal

# ---- what a history sees of the environment


@frozen
class Crashed:
    """The process went down. It ends the calls of its users, whose outcome is then unknown."""


@frozen
class Recovered:
    """The process is up again, from what survived."""


@frozen
class Suspected:
    """The failure detector told the process to suspect a peer, rightly or not."""

    peer: Address


@frozen
class Trusted:
    """The failure detector told the process that a peer need not be suspected, rightly or not."""

    peer: Address


@frozen
class Ticked:
    """The clock of the process shows this now: it went on, was set back, or the process came up again and read it."""

    now: int


@frozen
class CancelAsked:
    """A user asked to cancel its open call; the process answers by a `Reply`, at once or later."""


@frozen
class Unheard:
    """A reply that found no open call: the user's call had ended before, by a crash or by an earlier reply."""

    to: Address
    answer: object


# ---- outcomes of a request


@frozen
class Rejected:
    """A protocol's own no; the state is unchanged. One reason per rule."""

    reason: str


@frozen
class Unknown:
    """A timeout or crash leaves the result open: the request may have taken effect, or may yet."""


@frozen
class Malformed:
    """A request of a user's script that breaks the rules for requests. The process receives the bare request."""

    request: object
