"""What an organiser and its agents promise: of the organisation and when it changes, of who may act, of what is credited, and of the end."""

from __future__ import annotations

from concordant.spec.common import calls as common
from concordant.spec.hierarchies.adaptive_hierarchy import (
    BUSY,
    Abandoned,
    Accepted,
    AgentView,
    Appoint,
    Appointed,
    Log,
    Organised,
    OrganiserView,
    Perform,
    Performed,
    Recorded,
    complaints,
)
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Fair,
    Fault,
    Map,
    Need,
    Reply,
    Seen,
    Send,
    always,
    always_each,
    at_rest,
    case,
    eventually,
    on_event,
    sometimes,
)

CRASHES = Fault.DUPLICATION | Fault.CRASH
ALL = CRASHES | Fault.SUSPICION

# ---- clauses: what is accepted


def _wrong(before: Log, asked: Perform) -> tuple[object, ...]:
    up = Map.of({agent: roles for agent, roles in before.able.items() if agent not in before.suspected})
    return tuple(complaints(asked.roles, up))


@on_event(Accepted, under=ALL)
def what_is_accepted_was_asked_for_and_can_be_filled(before: Log, by: Address, event: Accepted) -> Cases:
    """A task begins for a client that waits for it, while no other is under way, if its roles are a tree, and can be filled by agents who are up."""
    asked = before.calls.open.get(Call(event.client, by))
    wrong = _wrong(before, Perform(event.roles))
    yield case(before.client is None and asked == Perform(event.roles) and not wrong, accepted=event, asked=asked, wrong=wrong)


@on_event(Reply, under=ALL)
def a_rejection_has_a_reason(before: Log, by: Address, event: Reply) -> Cases:
    """Whoever is told no outcome is rejected, and told why: another task is under way, or what is wrong with the roles of theirs."""
    if not isinstance(event.answer, Performed | Abandoned):
        asked = before.calls.open.get(Call(event.to, by))
        reasons = (*(_wrong(before, asked) if isinstance(asked, Perform) else ()), *((BUSY,) if before.client is not None else ()))
        yield case(event.answer in reasons and event.to != before.client, told=event.answer, reasons=reasons)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[Log]) -> Cases:
    """Only those who wait are answered: every request once, and nobody else."""
    yield from common.answered_once(seen.history.calls)


# ---- clauses: the organisation, and when it changes


@on_event(Organised, under=ALL)
def the_hierarchy_is_well_formed(before: Log, by: Address, event: Organised) -> Cases:  # noqa: ARG001  # the signature of the kind
    """Every role is filled, nobody has two; who has one that is not done can have it, and is not known to be down; who had one that is done has it still."""
    names, agents = tuple(sorted(role.name for role in before.roles)), event.holders.values()
    yield case(event.holders.keys() == names and len(set(agents)) == len(agents), roles=names, holders=event.holders)
    fit = all(
        name in before.able.get(agent, ()) and agent not in before.suspected if name not in before.done else before.done[name] == agent
        for name, agent in event.holders.items()
    )
    yield case(fit, holders=event.holders, able=before.able, down=before.suspected, done=before.done)


@on_event(Organised, under=ALL)
def nothing_is_reorganised_without_a_reason(before: Log, by: Address, event: Organised) -> Cases:  # noqa: ARG001
    """Roles are filled anew only if one has lost its holder, or loads have changed as often as the margin says since they were filled last."""
    if before.holders:
        yield case(bool(before.lost()) or before.changes >= before.margin, lost=before.lost(), changes=before.changes, margin=before.margin)


@on_event(Organised, under=ALL)
def as_few_roles_pass_on_as_can(before: Log, by: Address, event: Organised) -> Cases:  # noqa: ARG001
    """Roles are filled at the least cost, and, where there are several ways, so that as few pass on as can."""
    least, fewest = (min(map(count, before.cheapest()), default=0) for count in (before.cost, before.changed))
    right = before.cost(event.holders) <= least and before.changed(event.holders) <= fewest
    yield case(right, holders=event.holders, before=before.holders, ways=before.cheapest())


@always(under=ALL)
def no_organisation_is_much_better(seen: Seen[Log]) -> Cases:
    """While a task is under way no role has lost its holder, and no other way to fill those that are not done saves as much as the margin."""
    history = seen.history
    if history.client is not None:
        cost, better = history.cost(history.holders), history.cheapest()
        saved = max((cost - history.cost(way) for way in better), default=0)
        yield case(not history.lost() and saved < history.margin, lost=history.lost(), cost=cost, better=better)


@always_each(OrganiserView, under=ALL)
def what_is_done_stays_done(view: OrganiserView, organiser: Address, history: Log) -> Cases:  # noqa: ARG001
    """However often it reorganises, the organiser knows what is done, and who has which role."""
    yield case(view == OrganiserView(history.holders, frozenset(history.done)), shown=view, holders=history.holders, done=history.done)


# ---- clauses: who may act


@on_event(Send, under=ALL)
def every_appointment_begins_an_epoch(before: Log, by: Address, event: Send) -> Cases:  # noqa: ARG001
    """An agent is given a role that it has in the organisation, in the next epoch; the role is not done, and all below it are."""
    if isinstance(event.message, Appoint):
        name = event.message.role
        below = tuple(role.name for role in before.roles if role.above == name and role.name not in before.done)
        right = event.message.epoch == len(before.epochs) + 1 and before.holders.get(name) == event.to
        yield case(right and name in before.open() and not below, to=event.to, given=event.message, epochs=before.epochs, below=below)


@on_event(Send, under=ALL)
def nobody_is_replaced_without_need(before: Log, by: Address, event: Send) -> Cases:  # noqa: ARG001
    """A role is given away again only if another has it now: who keeps a role goes on in its epoch."""
    if isinstance(event.message, Appoint):
        last = before.responsible(event.message.role)
        again = last is not None and last not in before.acted and before.epochs[last].agent == event.to
        yield case(not again, to=event.to, given=event.message, last=last)


@always_each(AgentView, under=ALL)
def nobody_else_acts_in_an_epoch(view: AgentView, agent: Address, history: Log) -> Cases:
    """Whoever acts in a role was given it, alone, in the epoch in which it says that it was; and has not come to an end in it."""
    if view.acts is not None:
        right = history.epochs.get(view.acts.epoch) == Appointed(view.acts.role, agent)
        yield case(right and view.acts.epoch not in history.acted, acts=view.acts, epochs=history.epochs, acted=history.acted)


# ---- clauses: what is credited


@on_event(Recorded, under=ALL)
def a_result_is_of_who_is_responsible(before: Log, by: Address, event: Recorded) -> Cases:  # noqa: ARG001
    """A result is taken once, and only from the agent that was given the role last, in that epoch, and has come to an end in it."""
    right = before.epochs.get(event.epoch) == Appointed(event.role, event.agent)
    since = tuple(epoch for epoch, appointed in before.epochs.items() if epoch > event.epoch and appointed.role == event.role)
    done = event.epoch in before.acted and event.role in before.open()
    yield case(right and not since and done, recorded=event, epochs=before.epochs, acted=before.acted, done=before.done)


@on_event(Reply, under=ALL)
def an_answer_is_true(before: Log, by: Address, event: Reply) -> Cases:  # noqa: ARG001
    """The client is told who was credited with what: with every role, or else the roles that are left cannot be filled any more."""
    if isinstance(event.answer, Performed | Abandoned):
        over = not before.open() if isinstance(event.answer, Performed) else not before.ways()
        right = event.to == before.client and event.answer.credits == before.done
        yield case(right and over, told=event.answer, done=before.done, open=before.open(), ways=before.ways())


# ---- clauses: the end


@at_rest(under=CRASHES, needs=Need.PERFECT_DETECTOR)
def nobody_waits(seen: Seen[Log]) -> Cases:
    """At rest no client waits for an answer, whoever has crashed."""
    return common.nobody_waits(seen)


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=CRASHES, needs=Need.PERFECT_DETECTOR)
def every_task_ends(seen: Seen[Log]) -> Cases:
    """Every task ends, if whoever acts comes to an end, or its crash is heard of."""
    yield case(not seen.waiting(), waiting=seen.waiting())


# ---- what can happen


@sometimes
def a_result_comes_too_late(seen: Seen[Log]) -> Cases:
    """A role is done by one agent, though another, who was replaced, has come to an end in it, too."""
    history = seen.history
    late = tuple(
        epoch
        for epoch in sorted(history.acted)
        if history.done.get(history.epochs[epoch].role, history.epochs[epoch].agent) != history.epochs[epoch].agent
    )
    yield case(bool(late), late=late, done=history.done)


@sometimes
def a_role_is_taken_off_who_has_much_to_do(seen: Seen[Log]) -> Cases:
    """A role passes to another agent, though nobody is known to be down."""
    history = seen.history
    passed_on = tuple(
        (one, other) for one in history.epochs.values() for other in history.epochs.values() if one.role == other.role and one != other
    )
    yield case(bool(passed_on) and not history.suspected, passed_on=passed_on)
