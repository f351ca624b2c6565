"""What a lease promises, clause by clause."""

from __future__ import annotations

from concordant.spec.synchronization.lease import (
    Acquire,
    AgentView,
    Answered,
    Expired,
    Fenced,
    Freed,
    History,
    Leased,
    Refused,
    ServerView,
    Stored,
    StoreView,
)
from concordant.spec.vocabulary import (
    Address,
    Cases,
    Fault,
    Seen,
    Send,
    always,
    always_each,
    case,
    on_event,
    sometimes,
)

TIMELY = Fault.LOSS | Fault.CRASH | Fault.RECOVERY | Fault.SKEW
EVER = TIMELY | Fault.SETBACK


@always(under=TIMELY)
def one_holder(seen: Seen[History]) -> Cases:
    """At most one agent holds the lease, as long as clocks differ by no more than the guard."""
    holders = {who: view.token for who, view in seen.views(AgentView).items() if view.token is not None}
    if holders:
        yield case(len(holders) == 1, holders=holders)


@on_event(Stored, under=EVER)
def nothing_late_is_stored(before: History, by: Address, event: Stored) -> Cases:  # noqa: ARG001  # the signature of the kind
    """What is stored is of the latest lease of which anything was stored, and of its holder: clocks may show what they will."""
    holder = before.lent_to(event.token)
    yield case(event.token >= before.stored and holder == event.of, token=event.token, of=event.of, stored=before.stored, holder=holder)


@on_event(Fenced, under=EVER)
def only_what_is_late_is_fenced(before: History, by: Address, event: Fenced) -> Cases:  # noqa: ARG001
    """A write is turned down only if something of a later lease is stored."""
    yield case(event.token < before.stored, token=event.token, stored=before.stored)


@on_event(Leased, under=EVER)
def every_lease_is_later(before: History, by: Address, event: Leased) -> Cases:  # noqa: ARG001
    """Every lease has the next token."""
    yield case(event.token == len(before.leases) + 1, token=event.token, leases=before.leases)


@on_event(Leased, under=EVER)
def lent_for_its_length(before: History, by: Address, event: Leased) -> Cases:
    """A lease ends its length after the reading of the server's clock."""
    yield case(event.until == before.now(by) + before.length, until=event.until, now=before.now(by))


@on_event(Leased, under=EVER)
def nobody_else_has_it(before: History, by: Address, event: Leased) -> Cases:
    """A lease is granted only if the one before has ended by the server's clock, was given back, or was the same agent's."""
    last = before.last
    if last is not None:
        over = before.now(by) >= last.until or before.freed == last.token or event.to == last.to
        yield case(over, to=event.to, last=last, now=before.now(by))


@on_event(Send, under=TIMELY)
def refused_for_a_reason(before: History, by: Address, event: Send) -> Cases:
    """An agent is refused only while the lease of another runs by the server's clock: whoever failed with it, it becomes free."""
    if event.message == Refused():
        last = before.last
        runs = last is not None and before.now(by) < last.until and last.to != event.to and last.token != before.freed
        yield case(runs, to=event.to, last=last, now=before.now(by))


@on_event(Freed)
def only_what_is_given_back_is_freed(before: History, by: Address, event: Freed) -> Cases:  # noqa: ARG001
    """The server takes the last lease for given back only if its holder gave it back."""
    last = max(before.leases, default=0)
    yield case(event.token == last and event.token in before.returned, token=event.token, last=last, returned=before.returned)


@always(under=EVER)
def does_what_it_is_told(seen: Seen[History]) -> Cases:
    """An agent that is told to asks for the lease, writes under it or gives it back, at once, if it can."""
    yield case(seen.history.owed is None, owed=seen.history.owed)


@on_event(Send, under=EVER)
def asks_once_at_a_time(before: History, by: Address, event: Send) -> Cases:
    """An agent that has asked for the lease does not ask again before it is answered."""
    if event.message == Acquire():
        yield case(by not in before.asking, by=by)


@on_event(Answered, under=EVER)
def takes_what_is_new(before: History, by: Address, event: Answered) -> Cases:
    """An agent takes a lease that it asked for, and none that is older than one that it has taken; it takes none if it was refused, or too late."""
    mine = [lease for lease in before.leases.values() if lease.to == by]
    if event.token is None:
        none = by in before.refused or any(not before.usable(lease) for lease in mine)
        yield case(by in before.asking and none, by=by, leases=mine, now=before.now(by))
    else:
        new = event.token > before.taken.get(by, 0) and before.lent_to(event.token) == by
        yield case(by in before.asking and new, by=by, token=event.token, taken=before.taken.get(by, 0))


@on_event(Expired, under=EVER)
def laid_down_no_sooner(before: History, by: Address, event: Expired) -> Cases:
    """An agent lays the lease down no sooner than the guard before its end."""
    held, lease = before.holding.get(by), before.leases.get(event.token)
    yield case(event.token == held and not before.usable(lease), by=by, held=held, lease=lease, now=before.now(by))


@always_each(AgentView, under=EVER)
def held_as_lent(view: AgentView, who: Address, history: History) -> Cases:
    """An agent holds what it says that it holds, and knows its end."""
    token = history.holding.get(who)
    lease = None if token is None else history.leases.get(token)
    yield case((view.token, view.until) == (token, None if lease is None else lease.until), who=who, view=view, says=token)


@always_each(AgentView, under=EVER)
def laid_down_in_time(view: AgentView, who: Address, history: History) -> Cases:
    """Nobody holds the lease when its clock shows the end, or less than the guard before it."""
    if view.until is not None:
        yield case(history.now(who) < view.until - history.guard, who=who, now=history.now(who), until=view.until)


@always(under=EVER)
def what_must_last_is_known(seen: Seen[History]) -> Cases:
    """The server knows the lease that it granted last, and the store what it stored and turned down last, also after a crash."""
    last = seen.history.last
    for server in seen.views(ServerView).values():
        yield case((server.token, server.until) == ((last.token, last.until) if last else (0, 0)), server=server, last=last)
    for store in seen.views(StoreView).values():
        so = StoreView(seen.history.stored, seen.history.fenced)
        yield case(store == so, store=store, so=so)


@sometimes
def the_lease_passes_on(seen: Seen[History]) -> Cases:
    """The lease passes from one agent to another."""
    yield case(len({lease.to for lease in seen.history.leases.values()}) > 1)


@sometimes
def who_was_refused_asks_again(seen: Seen[History]) -> Cases:
    """An agent that was refused, and has heard it, asks again."""
    yield case(bool(seen.history.asking & seen.history.turned_away))


@sometimes
def who_was_too_late_asks_again(seen: Seen[History]) -> Cases:
    """An agent whose lease came too late to be used asks again."""
    yield case(bool(seen.history.asking & seen.history.late))


@sometimes
def a_late_write_is_fenced(seen: Seen[History]) -> Cases:
    """A write comes too late, and is turned down."""
    yield case(seen.history.fenced > 0)


@sometimes
def what_is_given_back_is_lent_early(seen: Seen[History]) -> Cases:
    """A lease that was given back is lent to another before its end."""
    yield case(seen.history.lent_early)
