"""What a contract net promises."""

from __future__ import annotations

from concordant.spec.auctions.contract_net import (
    BROKEN,
    BUSY,
    CANCELLED,
    LAPSED,
    NO_PROPOSALS,
    REJECTED,
    Accept,
    Answer,
    Cancel,
    Closed,
    Completed,
    ContractorView,
    Declined,
    Ends,
    Failed,
    History,
    Learned,
    ManagerView,
    Proposed,
    Reject,
    Released,
    Started,
    load,
)
from concordant.spec.common import calls
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Fair,
    Fault,
    Need,
    Reply,
    Seen,
    Send,
    Unknown,
    always,
    always_each,
    at_rest,
    case,
    eventually,
    on_event,
    sometimes,
)

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.CANCELLATION
KIND = Fault.DUPLICATION | Fault.CANCELLATION
"""What befalls where every message comes, and nobody fails."""


def truths(history: History, manager: Address) -> tuple[Answer, ...]:
    """List what a manager can have learned of its task by now."""
    closed = history.closed.get(manager)
    if closed is None:
        return (CANCELLED,) if manager in history.called_off else ()
    if closed.winner is None:
        return (NO_PROPOSALS,)
    deal = (manager, closed.winner)
    if deal not in history.ended:
        return ()
    why = history.ended[deal]
    return (Completed(closed.winner, closed.proposals[closed.winner]) if why is None else Failed(closed.winner, why),)


# ---- contractors


@always_each(ContractorView, under=ALL)
def nobody_takes_on_too_much(view: ContractorView, who: Address, history: History) -> Cases:  # noqa: ARG001  # of whom, not what it shows
    """No contractor holds room for, and runs, more tasks than it has room for."""
    if load(history, who):
        yield case(load(history, who) <= history.capacity, contractor=who, held=history.held, running=history.running)


@on_event(Proposed, under=ALL)
def only_who_can_proposes(before: History, by: Address, event: Proposed) -> Cases:
    """A contractor proposes what it can do, at its cost, and once: what it has refused, or what has ended, it does not propose again."""
    deal = (event.manager, by)
    new = deal not in before.proposed and deal not in before.declined
    yield case(before.costs.get(deal) == event.cost and new, deal=deal, proposed=before.proposed, declined=before.declined)


@on_event(Declined, under=ALL)
def who_can_proposes(before: History, by: Address, event: Declined) -> Cases:
    """A contractor refuses only what it cannot do, or has no room for; and once, and not what it has proposed."""
    deal = (event.manager, by)
    reason = deal not in before.costs or load(before, by) >= before.capacity
    new = deal not in before.proposed and deal not in before.declined
    yield case(reason and new, deal=deal, held=before.held, running=before.running, declined=before.declined)


@on_event(Started, under=ALL)
def only_the_winner_begins(before: History, by: Address, event: Started) -> Cases:
    """A task is begun by the contractor to which it was awarded, and which holds room for it."""
    deal, closed = (event.manager, by), before.closed.get(event.manager)
    yield case(closed is not None and closed.winner == by and deal in before.held, deal=deal, closed=closed, held=before.held)


@on_event(Started, under=ALL)
def a_task_is_begun_once(before: History, by: Address, event: Started) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A task is begun once in all: neither twice by one contractor nor by two."""
    yield case(not any(manager == event.manager for manager, _ in sorted(before.started)), manager=event.manager, started=before.started)


@on_event(Ends, under=ALL)
def only_what_was_begun_ends(before: History, by: Address, event: Ends) -> Cases:
    """Work ends where it was begun, well, or because the contractor could not do it."""
    yield case((event.manager, by) in before.running and event.why in (None, BROKEN), ends=event, running=before.running)


@on_event(Released, under=ALL)
def room_is_released_for_a_reason(before: History, by: Address, event: Released) -> Cases:
    """Only what is held, or runs, is given up: as too old what is held, as rejected or cancelled what the manager has rejected or cancelled."""
    deal = (event.manager, by)
    reasons = {LAPSED: deal in before.held, REJECTED: deal in before.rejected, CANCELLED: deal in before.cancelled}
    holds = deal in before.held | before.running
    yield case(holds and reasons.get(event.why, False), deal=deal, why=event.why, held=before.held, running=before.running)


@on_event(Released, under=Fault.CANCELLATION, needs=Need.TIMELY)
def nothing_lapses_in_time(before: History, by: Address, event: Released) -> Cases:  # noqa: ARG001
    """Where messages are in time and nobody fails, no proposal lapses: everybody is told before."""
    yield case(event.why != LAPSED, contractor=by, released=event)


@always_each(ContractorView, under=ALL)
def a_contractor_shows_its_room(view: ContractorView, who: Address, history: History) -> Cases:
    """What a contractor shows as room is what it neither holds nor runs."""
    yield case(view.room == history.capacity - load(history, who), contractor=who, room=view.room, load=load(history, who))


# ---- managers


@on_event(Closed, under=ALL)
def a_task_is_awarded_once(before: History, by: Address, event: Closed) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A manager closes its call for proposals once, and not after the task was cancelled."""
    yield case(by not in before.closed and by not in before.learned, manager=by, closed=before.closed, learned=before.learned)


@on_event(Closed, under=ALL)
def what_is_compared_was_proposed(before: History, by: Address, event: Closed) -> Cases:
    """A manager compares only proposals that contractors have made to it, at their costs: nobody proposes in the name of another."""
    made = {contractor: cost for (manager, contractor), cost in before.proposed.items() if manager == by}
    yield case(
        all(made.get(each) == cost for each, cost in event.proposals.items()), manager=by, compared=event.proposals, made=before.proposed
    )


@on_event(Closed, under=ALL)
def the_cheapest_wins(before: History, by: Address, event: Closed) -> Cases:  # noqa: ARG001
    """The task goes to the cheapest proposal, of equals to the first by name, and they are named; where there is none, to nobody."""
    costs = event.proposals.values()
    tied = tuple(each for each, cost in event.proposals.items() if not any(other < cost for other in costs))
    first = tied[0] if tied else None
    yield case(event.tied == tied and event.winner == first, manager=by, closed=event, tied=tied)


@on_event(Closed, under=ALL)
def who_is_silent_is_named(before: History, by: Address, event: Closed) -> Cases:
    """Of contractors whose proposals are not compared, those are named, by name, that have not answered; the others have refused."""
    others = [each for each in before.contractors if each not in event.proposals]
    refused = [each for each in others if each not in event.silent]
    silent = tuple(each for each in others if each not in refused)
    yield case(
        event.silent == silent and all((by, each) in before.declined for each in refused),
        manager=by,
        silent=event.silent,
        refused=tuple(refused),
        declined=before.declined,
    )


@on_event(Closed, needs=Need.TIMELY)
def everybody_is_heard_in_time(before: History, by: Address, event: Closed) -> Cases:
    """Where messages are in time and nobody fails, no contractor is silent, and every proposal is compared."""
    made = tuple(contractor for manager, contractor in before.proposed if manager == by)
    yield case(not event.silent and made == event.proposals.keys(), manager=by, closed=event, made=made)


@on_event(Send, under=ALL)
def told_as_decided(before: History, by: Address, event: Send) -> Cases:
    """Whoever is told that the task is its own has won it, whoever that it is not has not, and whoever that it is cancelled, by the user."""
    closed = before.closed.get(by)
    won = closed is not None and closed.winner == event.to
    decided = {Accept: won, Reject: not won, Cancel: by in before.called_off}
    if type(event.message) in decided:
        yield case(decided[type(event.message)], manager=by, told=event.to, message=event.message, closed=closed)


@at_rest(under=KIND)
def everybody_who_proposes_is_told(seen: Seen[History]) -> Cases:
    """At rest everybody who has proposed has been told yes or no, where every message comes and nobody fails."""
    told = seen.history.accepted | seen.history.rejected | seen.history.cancelled
    for deal in seen.history.proposed:
        yield case(deal in told, deal=deal, told=told)


@on_event(Learned, under=ALL)
def what_is_learned_is_true_and_final(before: History, by: Address, event: Learned) -> Cases:
    """Whoever learns that its task is done, or will not be, is right, and learns it once."""
    true = truths(before, by)
    yield case(event.answer in true and by not in before.learned, manager=by, answer=event.answer, truths=true)


@at_rest(under=KIND)
def every_manager_knows_in_the_end(seen: Seen[History]) -> Cases:
    """At rest every manager knows what has become of its task, whether its user still waits or not, where every message comes and nobody fails."""
    for manager in seen.history.closed:
        yield case(manager in seen.history.learned, manager=manager, closed=seen.history.closed, ended=seen.history.ended)


@always_each(ManagerView, under=ALL)
def a_manager_shows_what_it_knows(view: ManagerView, who: Address, history: History) -> Cases:
    """A manager shows what it has learned, and nothing before that."""
    yield case(view.answer == history.learned.get(who), manager=who, shown=view.answer, learned=history.learned)


# ---- users


@on_event(Reply, under=ALL)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """A user is told what the manager has learned; that it is unknown only of what is awarded, before that; that it is busy if another waits."""
    closed = before.closed.get(by)
    match event.answer:
        case Unknown():
            yield case(closed is not None and by not in before.learned, manager=by, closed=closed, learned=before.learned)
        case answer if answer == BUSY:
            yield case(before.calls.others(Call(event.to, by)) != (), manager=by, user=event.to, calls=before.calls.open)
        case answer:
            yield case(answer == before.learned.get(by), manager=by, answer=answer, learned=before.learned)


@always(under=Fault.CANCELLATION)
def who_cancels_is_heeded(seen: Seen[History]) -> Cases:
    """When a user has cancelled, the manager has learned what becomes of the task, or has told whoever has it that it is cancelled."""
    for manager in sorted(seen.history.called_off):
        closed = seen.history.closed.get(manager)
        told = closed is not None and (manager, closed.winner) in seen.history.cancelled
        yield case(told or manager in seen.history.learned, manager=manager, closed=closed)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """A request is answered once, and nobody who does not wait is answered."""
    return calls.answered_once(seen.history.calls)


@at_rest(under=ALL)
def nobody_waits(seen: Seen[History]) -> Cases:
    """At rest nobody waits, since time runs out, not even for a contractor that is silent."""
    return calls.nobody_waits(seen)


@at_rest(under=ALL)
def nothing_stays_held(seen: Seen[History]) -> Cases:
    """At rest no room is held, and nothing runs, even if a manager has failed or its message was lost."""
    yield case(not seen.history.held and not seen.history.running, held=seen.history.held, running=seen.history.running)


@eventually(Fair.TRIGGERS, under=ALL)
def room_becomes_free(seen: Seen[History]) -> Cases:
    """All room that is held or used becomes free, since time runs out and work ends."""
    yield case(not seen.history.held and not seen.history.running, held=seen.history.held, running=seen.history.running)


@eventually(Fair.TRIGGERS, under=ALL)
def every_wait_ends(seen: Seen[History]) -> Cases:
    """Every wait ends, since time runs out."""
    return calls.nobody_waits(seen)


@sometimes
def two_tasks_are_done_by_two(seen: Seen[History]) -> Cases:
    """Two managers have their tasks done, each by another contractor."""
    done = [answer.contractor for answer in seen.history.learned.values() if isinstance(answer, Completed)]
    yield case(len(done) == 2 and done[0] != done[1])


@sometimes
def an_award_comes_too_late(seen: Seen[History]) -> Cases:
    """A task is awarded to a contractor that holds room for it no longer, and fails."""
    yield case(any(isinstance(answer, Failed) and answer.why == LAPSED for answer in seen.history.learned.values()))


@sometimes
def a_call_is_called_off(seen: Seen[History]) -> Cases:
    """A task is cancelled before it is awarded."""
    yield case(any(answer == CANCELLED for answer in seen.history.learned.values()))


@sometimes
def work_is_called_off(seen: Seen[History]) -> Cases:
    """A task is cancelled when it has been begun."""
    off = [deal for deal, why in seen.history.ended.items() if why == CANCELLED]
    yield case(any(deal in seen.history.started for deal in off) and bool(seen.history.learned))
