"""The environment: what may go wrong, what a clause needs, which fairness it assumes, and how messages travel."""

from __future__ import annotations

from enum import Flag, auto
from typing import TypeAlias

from attrs import frozen

from concordant.spec.vocabulary.values import Address


class Fault(Flag):
    """What the environment does; a clause lists those that it survives. All are derived from the system."""

    NONE = 0
    LOSS = auto()
    DUPLICATION = auto()
    CRASH = auto()
    RECOVERY = auto()
    SUSPICION = auto()
    CANCELLATION = auto()
    SKEW = auto()
    """Two clocks show readings that differ by two or more."""
    SETBACK = auto()
    """A clock is set back."""
    BYZANTINE = auto()
    MALFORMED = auto()


class Need(Flag):
    """What a clause demands of the environment, where it does not survive delay and reordering."""

    NONE = 0
    FIFO = auto()
    TIMELY = auto()
    """Deadlines pass only when nothing is under way, and no message is lost."""
    PERFECT_DETECTOR = auto()
    """There is a failure detector and it makes no mistakes."""
    EVENTUALLY_PERFECT_DETECTOR = auto()
    """There is a failure detector that makes few enough mistakes, and takes every one back in the end."""
    BOUNDED_DELAY = auto()
    """Every message is received before that many further moves of a kind."""


class Fair(Flag):
    """What a fair path owes, for clauses of liveness (Manna and Pnueli, 1991). Faults and requests are owed to nobody."""

    NONE = 0
    DELIVERY = auto()
    """Strong, per message: what is in flight again and again is received."""
    TRIGGERS = auto()
    """Weak, per trigger value: what stays armed fires."""
    CHOICES = auto()
    """Strong, per trigger value: what is armed again and again fires, so that every peer gets its turn."""
    TIME = auto()
    """Weak, per clock: time passes. Without it, a path may do something for ever at one moment (Zeno)."""


@frozen
class Delay:
    """Every message is received, or lost, before this many further moves of a kind: two blocks are not mined while a third travels.

    `of`: the class of the triggers that fire, of the requests, or of the messages received, of which these moves are. What waits
    for a message is such a move alone: all others go on.
    """

    moves: int
    of: type

    def __attrs_post_init__(self) -> None:
        if self.moves < 1:
            raise ValueError(f"moves={self.moves}: a message needs a moment to travel; use moves=1 or more")


@frozen
class Network:
    """How messages travel. By default: no loss, no duplication, any order, any delay.

    `fifo`: each channel (sender, receiver) keeps its order. `duplicating`: a delivery does not consume the message.
    `losses`: how many messages may be lost in all, None for any number. `delay`: how long one may travel. `copies` bounds equal messages in flight on a
    channel and `capacity` all messages on it; one too many is dropped when it is sent, so both need `losses=None`.
    """

    fifo: bool = False
    duplicating: bool = False
    losses: int | None = 0
    copies: int | None = None
    capacity: int | None = None
    delay: Delay | None = None

    def __attrs_post_init__(self) -> None:
        if self.delay is not None and self.duplicating:
            raise ValueError("a bounded delay with duplicating=True: a message that is never consumed is never there in time; choose one")
        for name, bound in (("copies", self.copies), ("capacity", self.capacity)):
            if bound is None:
                continue
            if bound < 1:
                raise ValueError(f"{name}={bound}: a channel carries at least one message; use {name}=1 or more")
            if self.losses is not None:
                raise ValueError(
                    f"{name}={bound} with losses={self.losses}: what the bound drops is a loss beyond those allowed; use losses=None"
                )
            if self.duplicating:
                raise ValueError(f"{name}={bound} with duplicating=True: a message that is never consumed needs no {name}; leave it out")
        if self.fifo and self.duplicating:
            raise ValueError("fifo=True with duplicating=True: the head of a channel would never leave it; choose one")
        if self.losses is not None and self.losses < 0:
            raise ValueError(f"losses={self.losses}: an allowance is not negative; use None for any number")


@frozen
class Faults:
    """What befalls processes. Numbers are allowances: how many there may be, in the whole system.

    `who` may crash. `mid_step`: a crash may also cut a step after some of its sends. `cancellations`: of open calls.
    `detector`: processes are told to suspect peers that are down, and up to `mistakes` times (None: any number) one
    that is up; a process that defines `trust` is told when one that is up need not be suspected any more. `synchronous`: time
    passes, and a Deadline fires, only when no message is in flight to a process that is up and no
    Completion or Internal is armed: right for a request without answer, wrong for a heartbeat, whose silence proves nothing.
    """

    crashes: int = 0
    recoveries: int = 0
    who: tuple[Address, ...] = ()
    mid_step: bool = False
    cancellations: int = 0
    detector: bool = False
    mistakes: int | None = 0
    synchronous: bool = False

    def __attrs_post_init__(self) -> None:
        for name in ("crashes", "recoveries", "cancellations"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name}={getattr(self, name)}: an allowance is not negative")
        if self.mistakes is not None and self.mistakes < 0:
            raise ValueError(f"mistakes={self.mistakes}: an allowance is not negative; use None for any number")
        if self.crashes and not self.who:
            raise ValueError(f"crashes={self.crashes} of nobody: name the processes that may crash in who=(…)")
        if self.who and not self.crashes:
            raise ValueError(f"who={self.who} without crashes: allow crashes=…")
        if (self.recoveries or self.mid_step) and not self.crashes:
            raise ValueError("recoveries or mid_step without crashes: allow crashes=…")
        if self.mistakes != 0 and not self.detector:
            raise ValueError(f"mistakes={self.mistakes} of no detector: set detector=True")


Ticks: TypeAlias = int
"""What a clock shows."""


@frozen
class Clocks:
    """The clocks of the processes that define `tick`. Each shows 0 at first and goes on by one, in a move of its own.

    `horizon`: the last reading, at which the scope ends; with `wraps`, 0 comes after it, as on a dial, and time never ends. `skew`:
    the most by which two readings differ; at least 1, since no two clocks go on at one instant. `setbacks`: how often a clock is
    set back, in all; how far does not count. A clock goes on while its process is down.

    Real clocks whose readings never differ by more, whatever their rates, run like this: of each run only the order of what
    happens is kept (Henzinger, Manna, Pnueli, "What Good Are Digital Clocks?", 1992). That no clock may leave another behind is
    how time is kept from passing a moment at which something must happen (Lamport, "Real Time is Really Simple", 2005).
    """

    horizon: Ticks
    skew: Ticks = 1
    setbacks: int = 0
    wraps: bool = False

    def __attrs_post_init__(self) -> None:
        if self.horizon < 1:
            raise ValueError(f"horizon={self.horizon}: no clock would ever go on; use horizon=1 or more")
        if self.skew < 1:
            raise ValueError(f"skew={self.skew}: two clocks that go on one after the other differ by 1 in between; use skew=1 or more")
        if self.setbacks < 0:
            raise ValueError(f"setbacks={self.setbacks}: an allowance is not negative")
        if self.wraps and self.setbacks:
            raise ValueError(f"setbacks={self.setbacks} with wraps=True: on a dial, back is also forward; choose one")
        if self.wraps and self.horizon < 2 * self.skew:
            raise ValueError(
                f"wraps=True with horizon={self.horizon} and skew={self.skew}: on so small a dial, ahead is also behind; use horizon={2 * self.skew} or more"
            )
