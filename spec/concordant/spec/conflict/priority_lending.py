"""A desk that lends resources: agents ask and give back as they like, and of those that wait the more important has first all that it asks for.

Source: serial dictatorship, as in `priority_override`, which decides here each time among all that wait and could be served.
Assumes: the desk itself does not fail. How important an agent is was said beforehand; it reports what it needs, and nothing else.
Chosen: an agent is lent all that it asks for or nothing, so that nobody holds a part and waits for the rest. What is held is not taken
away, not even for a more important agent. What is given back goes on in the same step, and what somebody waits for is not kept
from others: it would lie idle until the rest is there. An agent that holds anything asks for no more.
Does not promise: that who waits is served. Holders may keep what they have, less important agents are passed over by others without
end, and so may the most important be if it needs two resources, of which others hold one or the other in turn.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cmp_to_key
from typing import Any

from attrs import evolve, frozen

from concordant.spec.common import calls
from concordant.spec.common.calls import Calls
from concordant.spec.conflict.priority_override import REJECTED, Conflict, Request, goes_before
from concordant.spec.vocabulary import (
    Address,
    Amount,
    Call,
    CancelAsked,
    Cases,
    Fault,
    Malformed,
    Map,
    Rejected,
    Reply,
    Seen,
    always,
    always_each,
    always_possible,
    case,
    on_event,
    sometimes,
)

# ---- requests and answers


@frozen
class Ask:
    """An agent needs all of these. Answered by `Lent`, or by a `Rejected`: `HOLDS_SOME`, `CANCELLED`, or as the rule rejects such a request."""

    needs: frozenset[str]


@frozen
class GiveBack:
    """An agent gives all back. Answered by `Returned`, or by `HOLDS_NOTHING`."""


@frozen
class Lent:
    """The agent holds these."""

    resources: frozenset[str]


@frozen
class Returned:
    """The agent holds nothing any more."""


HOLDS_SOME = Rejected("the agent holds something already")
HOLDS_NOTHING = Rejected("the agent holds nothing")
CANCELLED = Rejected("the wait was cancelled")

# ---- view and history


@frozen
class DeskView:
    """Who holds each resource, and who waits, the most important first."""

    holders: Map[str, Address]
    queue: tuple[Address, ...]


@frozen
class History:
    """What agents hold, and what those that wait need. `ranks`, how important each agent is, is fixed. `leaving`: whose wait is to end."""

    ranks: Map[Address, Amount]
    calls: Calls = Calls()
    held: Map[Address, frozenset[str]] = Map()
    waiting: Map[Address, frozenset[str]] = Map()
    leaving: frozenset[Address] = frozenset()
    cancelled: bool = False

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        after = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Ask(needs) | Malformed(Ask(needs)):
                return evolve(after, waiting=self.waiting.put(by, needs))
            case CancelAsked():
                return evolve(after, leaving=self.leaving | {by})
            case Reply(agent, Lent(resources)):
                return evolve(after.left(agent), held=self.held.put(agent, resources))
            case Reply(agent, Returned()):
                return evolve(after, held=self.held.drop(agent))
            case Reply(agent, answer):
                return evolve(after.left(agent), cancelled=self.cancelled or answer == CANCELLED)
            case _:
                return after

    def left(self, agent: Address) -> History:
        """Fold that an agent no longer waits."""
        return evolve(self, waiting=self.waiting.drop(agent), leaving=self.leaving - {agent})

    def request(self, agent: Address) -> Request:
        """Return what an agent that waits asks for, as the rule hears it."""
        return Request(str(agent), self.waiting[agent], self.ranks.get(agent))  # type: ignore[arg-type]  # who has no rank is rejected

    def lent(self) -> frozenset[str]:
        """List what is held."""
        return frozenset().union(*self.held.values())

    def could_be_served(self) -> tuple[Address, ...]:
        """List who waits, and needs nothing that is held."""
        return tuple(agent for agent, needs in self.waiting.items() if needs.isdisjoint(self.lent()))


def rejected(request: Request) -> Rejected | None:
    """Return why the rule takes no such request; None where it does."""
    return next((reason for reason, breaks in REJECTED if breaks(Conflict((request,)))), None)


# ---- clauses

ALL = Fault.CANCELLATION | Fault.MALFORMED


@on_event(Reply, under=ALL)
def no_resource_is_lent_twice(before: History, by: Address, event: Reply) -> Cases:  # noqa: ARG001  # the signature of the kind
    """Nothing is lent that somebody holds, and nobody is lent anything who holds something."""
    if isinstance(event.answer, Lent):
        free = event.answer.resources.isdisjoint(before.lent()) and event.to not in before.held
        yield case(free, to=event.to, lent=event.answer, held=before.held)


@on_event(Reply, under=ALL)
def all_or_nothing(before: History, by: Address, event: Reply) -> Cases:  # noqa: ARG001
    """Whoever is lent anything waits for it, and is lent all that it asks for, and no more."""
    if isinstance(event.answer, Lent):
        needs = before.waiting.get(event.to)
        yield case(event.answer.resources == needs, to=event.to, lent=event.answer, needs=needs)


@on_event(Reply, under=ALL)
def the_more_important_come_first(before: History, by: Address, event: Reply) -> Cases:  # noqa: ARG001
    """Nobody is lent what one also needs that is more important, waits, and could be served: by its rank, then by name."""
    if isinstance(event.answer, Lent) and event.to in before.waiting:
        for rival in before.could_be_served():
            if rival != event.to and not before.waiting[rival].isdisjoint(event.answer.resources):
                yield case(goes_before(before.request(event.to), before.request(rival)), served=event.to, waits=rival, lent=event.answer)


@always(under=ALL)
def nobody_waits_for_what_is_free(seen: Seen[History]) -> Cases:
    """Only who asks waits, and only for something that is held: what is given back is lent in the same step."""
    could = seen.history.could_be_served()
    for call, asked in seen.history.calls.open.items():
        yield case(asked != GiveBack() and call.user not in could, waits=call.user, asked=asked, held=seen.history.held)


@on_event(Reply, under=ALL)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """Whoever is lent nothing, or gives something back, is told the true reason."""
    agent, answer = event.to, event.answer
    match before.calls.open.get(Call(agent, by)):
        case Ask() | Malformed(Ask()) if agent in before.held:
            yield case(answer == HOLDS_SOME, told=answer, held=before.held)
        case Ask() | Malformed(Ask()):
            why = rejected(before.request(agent)) or (CANCELLED if agent in before.leaving else None)
            yield case(isinstance(answer, Lent) if why is None else answer == why, told=answer, why=why)
        case _:  # who gives back; nobody else is answered
            yield case(answer == (Returned() if agent in before.held else HOLDS_NOTHING), told=answer, held=before.held)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """A request is answered once, and nobody who does not wait is answered."""
    return calls.answered_once(seen.history.calls)


@always_each(DeskView, under=ALL)
def the_view_is_true(view: DeskView, who: Address, history: History) -> Cases:  # noqa: ARG001  # there is one desk
    """What is seen as held is held by that agent, and all that is; and whoever waits is in the queue, the most important first."""
    holders = Map.of({resource: agent for agent, resources in history.held.items() for resource in resources})
    yield case(view == DeskView(holders, in_order(history)), view=view, held=history.held, queue=in_order(history))


def in_order(history: History) -> tuple[Address, ...]:
    """List who waits, the most important first."""
    requests = [history.request(agent) for agent in history.waiting]
    before: Callable[[Request], Any] = cmp_to_key(lambda one, other: -1 if goes_before(one, other) else 1)
    return tuple(agent for request in sorted(requests, key=before) for agent in history.waiting if str(agent) == request.agent)


@always_possible(under=ALL)
def everybody_can_still_be_served(seen: Seen[History]) -> Cases:
    """Whatever has been asked, all that wait can still be served, if holders give back: nobody holds what another needs, and waits for what that holds."""
    yield case(not seen.history.waiting, waiting=seen.history.waiting, held=seen.history.held)


@sometimes
def the_less_important_holds(seen: Seen[History]) -> Cases:
    """An agent waits for what a less important one holds."""
    waiting, held, ranks = seen.history.waiting, seen.history.held, seen.history.ranks
    for agent, needs in waiting.items():
        yield case(any(ranks[holder] < ranks[agent] for holder, resources in held.items() if not needs.isdisjoint(resources)))


@sometimes
def a_wait_is_cancelled(seen: Seen[History]) -> Cases:
    """A wait is cancelled."""
    yield case(seen.history.cancelled)
