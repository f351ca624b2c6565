"""What a coordinator and its agents promise: of the plan, of who does the task, of the reports, and of the end."""

from __future__ import annotations

from typing import assert_never

from concordant.spec.common import calls as common
from concordant.spec.hierarchies.hierarchical_coordination import (
    ONE_TASK,
    Coordinate,
    Down,
    Executed,
    Gathered,
    GaveUp,
    History,
    Layers,
    NodeView,
    Plan,
    Planned,
    Shape,
    Star,
    Tree,
    Up,
    below,
    complaints,
    path,
)
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
    always,
    at_rest,
    case,
    eventually,
    on_event,
    sometimes,
)

# ---- clauses: the plan, which is made before anything can go wrong


@on_event(Planned)
def what_is_planned_was_asked_for(before: History, by: Address, event: Planned) -> Cases:
    """A task begins once, for a client that waits for it, with this coordinator and these agents, if nothing is wrong with them."""
    asked = before.calls.open.get(Call(event.client, by))
    agents, wrong = (tuple(sorted(asked.agents)), tuple(complaints(asked, by))) if isinstance(asked, Coordinate) else (None, ())
    right = event.plan.keys() == agents and not wrong and before.root is None
    yield case(right, asked=asked, planned=event.plan, wrong=wrong, before=before.plan)


@on_event(Planned)
def the_plan_is_a_tree(before: History, by: Address, event: Planned) -> Cases:  # noqa: ARG001  # the signature of the kind
    """From every agent, parent by parent, a path leads to the coordinator."""
    astray = tuple(agent for agent in event.plan if path(event.plan, agent)[-1] != by)
    yield case(not astray, astray=astray, plan=event.plan)


@on_event(Planned)
def the_plan_has_its_shape(before: History, by: Address, event: Planned) -> Cases:
    """In a tree nobody has too many children, nor a level that could be filled; in a star all are the coordinator's; in layers each is one below its parent."""
    asked = before.calls.open.get(Call(event.client, by))
    yield case(isinstance(asked, Coordinate) and has_shape(asked.shape, event.plan, by), asked=asked, plan=event.plan)


def has_shape(shape: Shape, plan: Plan, coordinator: Address) -> bool:
    """Tell whether a plan has a shape."""
    depths = sorted(len(path(plan, agent)) - 1 for agent in plan)
    match shape:
        case Tree(degree):
            level = [depth for depth in range(1, len(depths) + 1) for _ in range(degree**depth)]
            return depths == level[: len(depths)] and all(plan.values().count(parent) <= degree for parent in plan.values())
        case Star():
            return set(plan.values()) == {coordinator}
        case Layers(sizes):
            return depths == [depth for depth, size in enumerate(sizes, 1) for _ in range(size)]
        case _:
            assert_never(shape)


# ---- clauses: the task

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH


@on_event(Send, under=ALL)
def the_task_is_handed_to_children(before: History, by: Address, event: Send) -> Cases:
    """Whoever hands the task on does so to a child, with the plan as it is."""
    if isinstance(event.message, Down):
        right = before.plan.get(event.to) == by and event.message.plan == before.plan
        yield case(right, to=event.to, plan=event.message.plan, parent=before.plan.get(event.to))


@on_event(Executed, under=ALL)
def everybody_does_the_task_once(before: History, by: Address, event: Executed) -> Cases:  # noqa: ARG001
    """Everybody does the task at most once, and only when its parent has handed it on."""
    yield case(by in before.handed and by not in before.executed, agent=by, handed=before.handed, executed=before.executed)


@on_event(GaveUp, under=ALL)
def nobody_gives_up_but_its_children(before: History, by: Address, event: GaveUp) -> Cases:
    """Whom an agent gives up are children of its own."""
    yield case(all(before.plan.get(child) == by for child in event.children), given_up=event.children, plan=before.plan)


# ---- clauses: the reports


@on_event(Send, under=ALL)
def a_report_is_true_and_whole(before: History, by: Address, event: Send) -> Cases:
    """An agent tells its parent of everybody below it: who has done the task, each once, or that it was given up, or is below who was."""
    if isinstance(event.message, Up):
        yield case(before.plan.get(by) == event.to, to=event.to, parent=before.plan.get(by))
        yield from covered(before, by, event.message)


@on_event(Reply, under=ALL)
def the_outcome_is_true_and_whole(before: History, by: Address, event: Reply) -> Cases:
    """The client is told of everybody who has done the task, each once, and of all others, who were given up, or are below who was."""
    if isinstance(event.answer, Gathered):
        yield from covered(before, by, event.answer)


def covered(before: History, by: Address, told: Up | Gathered) -> Cases:
    """Yield the cases of one report: nobody is credited twice, wrongly, or lost."""
    names, everybody = frozenset(told.credits), below(before.plan, by)
    yield case(len(names) == len(told.credits), credits=told.credits)
    yield case(names <= before.executed, credits=told.credits, executed=before.executed)
    yield case(names | told.missing == everybody and not names & told.missing, credits=told.credits, missing=told.missing, below=everybody)
    yield case(all(map(before.may_miss, sorted(told.missing))), missing=told.missing, given_up=before.given_up)


@on_event(Reply, under=ALL)
def a_rejection_has_a_reason(before: History, by: Address, event: Reply) -> Cases:
    """Whoever is told no outcome is rejected, and told what is wrong, or that there was a task before."""
    if not isinstance(event.answer, Gathered):
        asked = before.calls.open.get(Call(event.to, by))
        wrong = tuple(complaints(asked, by)) if isinstance(asked, Coordinate) else ()
        reasons = (*wrong, *((ONE_TASK,) if by in before.handed else ()))
        yield case(event.answer in reasons, told=event.answer, reasons=reasons)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """Only those who wait are answered: every request once, and nobody else."""
    yield from common.answered_once(seen.history.calls)


# ---- clauses: the end


@at_rest(under=ALL)
def nobody_waits(seen: Seen[History]) -> Cases:
    """At rest nobody who is up waits: no client for an answer, and no agent for its children."""
    yield from common.nobody_waits(seen)
    for agent, view in seen.views(NodeView).items():
        yield case(not view.pending or not seen.up(agent), agent=agent, waits_for=view.pending)


@at_rest(needs=Need.TIMELY)
def in_time_nobody_is_missing(seen: Seen[History]) -> Cases:
    """If every message arrives in time, everybody does the task and nobody is given up."""
    history = seen.history
    done = history.executed >= frozenset(history.plan) and not history.given_up
    yield case(done, plan=history.plan, executed=history.executed, given_up=history.given_up)


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=ALL)
def every_task_ends(seen: Seen[History]) -> Cases:
    """Every task ends, whatever is lost and whoever is down."""
    yield case(not seen.waiting(), waiting=seen.waiting())


@eventually(Fair.DELIVERY, under=Fault.DUPLICATION)
def everybody_does_the_task(seen: Seen[History]) -> Cases:
    """Everybody does the task in the end, and the client is answered, though no deadline passes."""
    history = seen.history
    if history.root is not None:
        yield case(history.executed >= frozenset(history.plan) and not seen.waiting(), executed=history.executed, waiting=seen.waiting())


# ---- what can happen


@sometimes
def a_grandchild_is_credited(seen: Seen[History]) -> Cases:
    """The coordinator has heard of an agent that is not its child, and has given nobody up."""
    history = seen.history
    far = tuple(agent for agent in history.plan if len(path(history.plan, agent)) > 2)
    yield case(history.root in history.reported and bool(far) and not history.given_up, far=far)


@sometimes
def an_agent_is_missing(seen: Seen[History]) -> Cases:
    """The client is told that an agent is missing, which has done the task all the same."""
    history = seen.history
    late = history.given_up & history.executed
    yield case(history.root in history.reported and bool(late), late=late)
