"""What a worker of a divided search does: it answers whoever leads the search, and sends rows to the other workers."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from time import thread_time
from typing import Any, Final

import numpy as np
from attrs import define, field

from concordant.checks.cluster.dividing.copies import TableCopies
from concordant.checks.cluster.dividing.links import Batch, Cut, Links, own_host
from concordant.checks.cluster.dividing.messages import (
    Advance,
    Begun,
    Expand,
    From,
    Join,
    Listening,
    Look,
    Meet,
    Ready,
    Round,
    StatesShown,
    Unfit,
    Where,
)
from concordant.checks.cluster.dividing.share import Share
from concordant.checks.exploration.budget import Budget, BudgetSpent, Meter, there_is
from concordant.checks.misuse import BrokenRule
from concordant.checks.tabulated.compiling import clock
from concordant.checks.tabulated.kernel.words import Ints

USABLE: Final = (7, 8)
"""What part of the memory of a machine its workers may use together."""


class Abandoned(Exception):  # noqa: N818  # it says what has happened
    """Another worker is gone, and with it its share."""


def take_part(join: Join, hear: Callable[[], Any], say: Callable[[object], None]) -> None:
    """Take part in a search for as long as this process lives."""
    links = Links(join.number, join.secret, own_host(join.towards))
    working = Working(join, links)
    say(Listening(links.address))
    try:
        while True:
            say(working.replied(hear()))
    finally:
        links.close()


@define(eq=False, repr=False)
class Working:
    """One worker of a search."""

    join: Join
    links: Links
    spent: str | None = None
    _before: float = field(factory=thread_time, init=False)
    _share: Share = field(init=False)
    _part: str = field(default="", init=False)
    """What is to be said where memory is spent."""

    def replied(self, message: object) -> object:
        """Return the reply to a message, or why there is none."""
        try:
            return self._reply(message)
        except (Abandoned, MemoryError) as gone:
            return Unfit(str(gone) or "a worker has no memory left", is_lost=True)
        except BrokenRule as broken:
            return Unfit(str(broken))
        except Exception:  # noqa: BLE001  # a mistake of ours, which is told where it is heard
            return Unfit(traceback.format_exc())

    def _reply(self, message: object) -> object:
        match message:
            case Meet():
                return self._begin(message)
            case Expand():
                return self._round(message)
            case Look(news, groups, at_rest):
                self._share.copies.hear(news)
                numbers, more = self._share.look(groups, at_rest=at_rest)
                return StatesShown(numbers, self._share.rows_of(numbers), more, len(self._share.rested))
            case Advance(news, groups, answers):
                self._share.copies.hear(news)
                beyond = self._share.advance(groups, answers)
                return Begun(self._share.left, beyond)
            case Where(number):
                return From(*self._share.came_from(number))
            case _:
                raise TypeError(message)

    def _begin(self, meet: Meet) -> Ready:
        own = there_is() // USABLE[1] * USABLE[0] // self.join.neighbours
        memory = own if self.join.memory is None else min(own, self.join.memory)
        self._part = ", which is the part of a worker" if memory == own else ", by a worker"
        copies = TableCopies(meet.rules, meet.tuning, Meter(Budget(memory=memory), clock, ends=False))  # whoever leads ends the search
        copies.hear(meet.news)
        self._share = Share(copies, self.join.number, self.join.count)
        self._share.begin(meet.first)
        self.links.meet(meet.addresses)
        return Ready()

    def _round(self, message: Expand) -> Round:
        share, most, ends = self._share, message.most, clock() + message.seconds
        share.answered()
        share.copies.hear(message.news)
        waited = 0
        while share.left and most > 0 and clock() < ends and not self._over():
            before = share.left
            for batch in share.expand(most):
                if batch.owner == self.join.number:
                    self._keep(batch)
                else:
                    self.links.send(batch)
            most -= before - share.left
            while not self.links.inbox.empty():
                waited += self._take()
        self.links.all_sent()
        while waited < self.join.count - 1:
            waited += self._take()
        return self._told()

    def _take(self) -> int:
        """Take what comes next; return 1 where somebody has sent all."""
        match self.links.inbox.get():
            case Batch() as batch:
                self._keep(batch)
                return 0
            case Cut(sender):
                raise Abandoned(f"worker {sender} does not speak any more")
            case _:
                return 1

    def _keep(self, batch: Batch) -> None:
        """Keep rows while there is memory: else the search is over, and what is counted until then is what was kept."""
        try:
            if self.spent is None:
                self._share.take(batch)
        except BudgetSpent as spent:
            self.spent = f"{spent}{self._part}"

    def _over(self) -> str | None:
        if self.spent is None and (spent := self._share.copies.meter.over()):
            self.spent = f"{spent}{self._part}"
        return self.spent

    def _told(self) -> Round:
        share = self._share
        states = np.array([*share.asked.values(), *(state for state, _ in share.firsts)], np.int32)
        numbers: Ints = np.unique(states)
        place = dict(zip(numbers.tolist(), range(len(numbers)), strict=True))
        return Round(
            counts=share.maker.counts.copy(),
            states=share.copies.states.count,
            left=share.left + sum(map(len, share.aside)),
            asked=[(question, place[state]) for question, state in share.asked.items()],
            firsts=[(outcome, place[state]) for state, outcome in share.firsts],
            numbers=numbers,
            rows=share.rows_of(numbers),
            sent=self.links.sent,
            busy=thread_time() - self._before,
            stopped=self._over(),
        )
