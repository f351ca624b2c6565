"""What is promised of a message bus, clause by clause."""

from __future__ import annotations

from collections.abc import Iterator

from concordant.spec.common import calls
from concordant.spec.messaging.message_bus import (
    CANCELLED,
    IS_SUBSCRIBED,
    NOT_SUBSCRIBED,
    STOPPED,
    Accepted,
    Ask,
    BusView,
    Copy,
    DeadLetter,
    Does,
    Done,
    Given,
    Handled,
    History,
    Message,
    Post,
    Posted,
    Respond,
    Said,
    Stopped,
    Subscribe,
    Unsubscribe,
    Why,
)
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Fair,
    Fault,
    Map,
    Reply,
    Seen,
    always,
    always_each,
    case,
    eventually,
    on_event,
    sometimes,
)


@on_event(Posted, under=Fault.CANCELLATION)
def what_is_posted_was_said(before: History, who: Address, event: Posted) -> Cases:  # noqa: ARG001  # there is one bus
    """The bus takes what its agents and their handlers say, in their names, and numbers it one by one; a response names what it answers."""
    due = list(_due(before))
    yield case(event.message in due, posted=event.message, due=due)


def _due(before: History) -> Iterator[Message]:
    """Yield what is to be posted now, if anything is."""
    number = len(before.posted)
    match before.said:
        case Said(sender, Post(kind, content, to) | Ask(Post(kind, content, to))):
            yield Message(number, kind, content, sender, to)
        case Said(sender, Respond(content)):
            for asked in before.handling(sender):
                yield Message(number, asked.kind, content, sender, asked.sender, asked.number)


@always(under=Fault.CANCELLATION)
def what_is_said_is_posted(seen: Seen[History]) -> Cases:
    """What agents and handlers want posted is posted at once, unless the bus is stopped; then it takes responses only."""
    if seen.history.posted:
        yield case(seen.history.said is None, said=seen.history.said)


@on_event(Does, under=Fault.CANCELLATION)
def handlers_do_what_is_next(before: History, who: Address, event: Does) -> Cases:  # noqa: ARG001
    """A handler does what is to be done, in order, and nothing while it hangs or awaits a response."""
    due = before.acts(event.agent)
    yield case(event in due, does=event, due=due)


@on_event(Given, under=Fault.CANCELLATION)
def nothing_is_begun_once_stopped_at_once(before: History, who: Address, event: Given) -> Cases:  # noqa: ARG001
    """What waits when the bus is stopped at once is given to nobody."""
    yield case(Copy(event.agent, event.message.number) not in before.void, given=event)


@on_event(Given, under=Fault.CANCELLATION)
def only_whom_it_concerns(before: History, who: Address, event: Given) -> Cases:  # noqa: ARG001
    """A message to one agent is given to that one only, and any other to those who had subscribed to its kind when it was posted."""
    to = before.to(event.message)
    yield case(event.agent in to, given=event, to=to)


@on_event(Given, under=Fault.CANCELLATION)
def no_duplication(before: History, who: Address, event: Given) -> Cases:  # noqa: ARG001
    """A message is given to an agent once."""
    yield case(Copy(event.agent, event.message.number) not in before.given, given=event)


@on_event(Given, under=Fault.CANCELLATION)
def senders_order(before: History, who: Address, event: Given) -> Cases:  # noqa: ARG001
    """What one agent has sent another first is given to it first, but for a response that it awaits."""
    if not before.is_awaited(event.agent, event.message):
        earlier = [each for each in before.owed(event.agent) if each.sender == event.message.sender and each.number < event.message.number]
        yield case(not earlier, given=event, earlier=earlier)


@on_event(Given, under=Fault.CANCELLATION)
def one_at_a_time(before: History, who: Address, event: Given) -> Cases:  # noqa: ARG001
    """A handler is given the next message when it has ended with the one before, but for a response that it awaits."""
    if not before.is_awaited(event.agent, event.message):
        yield case(not before.handling(event.agent), given=event, handling=before.handling(event.agent))


@on_event(Handled, under=Fault.CANCELLATION)
def only_what_ended_well_is_handled(before: History, who: Address, event: Handled) -> Cases:  # noqa: ARG001
    """A message is handled when its handler has done all that there is to do: of none that failed, or was cancelled, is it said."""
    due = before.ends_well(event.agent)
    yield case(event in due, handled=event, due=due)


@on_event(DeadLetter, under=Fault.CANCELLATION)
def a_dead_letter_is_true(before: History, who: Address, event: DeadLetter) -> Cases:  # noqa: ARG001
    """The reason why a message is a dead letter is the true one."""
    if event.agent is None:
        so = {Why.NOBODY} if not before.to(event.message) else set()
    elif event.message in before.handling(event.agent):
        so = {Why.FAILED if before.failed(event.agent) else Why.TIMED_OUT}
    elif Copy(event.agent, event.message.number) in before.void:
        so = {Why.DISCARDED}
    else:
        so = {Why.FULL} if len(before.owed(event.agent)) > before.room else set()
    yield case(event.why in so, dead=event, so=so)


@always_each(BusView, under=Fault.CANCELLATION)
def the_view_is_true(view: BusView, who: Address, history: History) -> Cases:  # noqa: ARG001
    """What is in the mailboxes, and what handlers have, is all that was posted and has not ended: nothing is lost."""
    agents = sorted(history.agents)
    waiting = Map.of((agent, tuple(each.number for each in owed)) for agent in agents if (owed := history.owed(agent)))
    handling = Map.of((agent, each.number) for agent in agents for each in history.handling(agent))
    kinds = sorted({each.kind for each in history.subscribed})
    subscribed = Map.of((kind, frozenset(each.agent for each in history.subscribed if each.kind == kind)) for kind in kinds)
    so = BusView(waiting, handling, history.awaits, subscribed)
    yield case(view == so, view=view, so=so)


@always_each(BusView, under=Fault.CANCELLATION)
def mailboxes_have_room(view: BusView, who: Address, history: History) -> Cases:  # noqa: ARG001
    """No mailbox holds more than it has room for."""
    if view.waiting:
        full = [agent for agent, numbers in view.waiting.items() if len(numbers) > history.room]
        yield case(not full, full=full)


@always_each(BusView, under=Fault.CANCELLATION)
def nobody_waits_for_another(view: BusView, who: Address, history: History) -> Cases:  # noqa: ARG001
    """Where something waits in a mailbox the handler of that agent has something, whatever others do."""
    if view.waiting:
        idle = [agent for agent in view.waiting if agent not in view.handling]
        yield case(not idle, idle=idle)


@always_each(BusView, under=Fault.CANCELLATION)
def a_response_does_not_wait_for_who_awaits_it(view: BusView, who: Address, history: History) -> Cases:  # noqa: ARG001
    """No response waits in the mailbox of an agent whose handler awaits it."""
    if view.awaits:
        behind = [message for agent in view.awaits for message in history.owed(agent) if history.is_awaited(agent, message)]
        yield case(not behind, behind=behind)


@on_event(Reply, under=Fault.CANCELLATION)
def an_answer_is_true(before: History, who: Address, event: Reply) -> Cases:
    """Whoever is told that its message is accepted, that it is subscribed, or not, or that the bus has stopped, is told the truth."""
    match before.calls.open.get(Call(event.to, who)):
        case Post():
            so: set[object] = {STOPPED if before.stopping else Accepted(len(before.posted) - 1)}
        case Subscribe():
            so = {IS_SUBSCRIBED if event.to in before.already else Done()}
        case Unsubscribe():
            so = {Done() if event.to in before.already else NOT_SUBSCRIBED}
        case _:  # a stop
            so = {CANCELLED} if event.to in before.leaving else {Stopped()} if before.copies() <= before.ended else set()
    yield case(event.answer in so, told=event.answer, so=so)


@always(under=Fault.CANCELLATION)
def who_cancels_leaves_at_once(seen: Seen[History]) -> Cases:
    """Whoever no longer wants to wait for the end of the bus does not."""
    for call in seen.waiting():
        yield case(call.user not in seen.history.leaving, call=call)


@always(under=Fault.CANCELLATION)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """A request is answered once, and nobody who does not wait is answered."""
    return calls.answered_once(seen.history.calls)


@eventually(Fair.TRIGGERS, under=Fault.CANCELLATION)
def everything_ends(seen: Seen[History]) -> Cases:
    """In the end each message is handled by all whom it concerns, or is a dead letter, whatever handlers do.

    Of a handler that does not come back the time runs out, and one that awaits a response has it, or its time runs out too.
    """
    if seen.history.posted:
        missing = seen.history.copies() - seen.history.ended
        yield case(not missing, missing=missing)


@eventually(Fair.TRIGGERS, under=Fault.CANCELLATION)
def every_call_ends(seen: Seen[History]) -> Cases:
    """Every call ends, also that to stop the bus."""
    return calls.nobody_waits(seen)


@sometimes
def two_handlers_run(seen: Seen[History]) -> Cases:
    """Two handlers have a message at the same time."""
    yield case(any(len(view.handling) > 1 for view in seen.views(BusView).values()))


@sometimes
def something_waits_while_a_response_is_awaited(seen: Seen[History]) -> Cases:
    """A handler awaits a response while another message waits in its mailbox."""
    yield case(any(agent in view.waiting for view in seen.views(BusView).values() for agent in view.awaits))
