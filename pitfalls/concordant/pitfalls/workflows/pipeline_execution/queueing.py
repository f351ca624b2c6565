"""What goes wrong with those who wait: in which order they are served, whether at once, and what they hear when it closes."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.workflows.pipeline_execution import Endings, Flow, Pipeline, Requests, parts, system, user
from concordant.spec.vocabulary import Address, Faults, Reply
from concordant.spec.workflows.pipeline_execution import WITHDRAWN, Close, Fails, Put, Take
from concordant.spec.workflows.pipeline_execution import clauses as spec

OTHER, ANOTHER = (user(Address("consumer", number), Take()) for number in (1, 2))
RIVAL = user(Address("rival"), Put())


@frozen
class ServesTheLast(Pipeline):
    """Keeps a stack of those who wait to take out."""

    def hand_out(self, state: Flow) -> Step[Flow] | None:
        return super().hand_out(evolve(state, taking=state.taking[::-1]))


@frozen
class LetsTheLastIn(Pipeline):
    """Keeps a stack of those who wait to put in."""

    def accept(self, state: Flow) -> Step[Flow] | None:
        return super().accept(evolve(state, putting=state.putting[::-1]))


@frozen
class FillsWhenEmpty(Pipeline):
    """Lets nobody in before the first buffer is empty."""

    def accept(self, state: Flow) -> Step[Flow] | None:
        return None if state.buffers[0] else super().accept(state)


@frozen
class HandsOutAtLast(Pipeline):
    """Hands nothing out while the last stage works."""

    def hand_out(self, state: Flow) -> Step[Flow] | None:
        return None if state.stages[-1] is not None else super().hand_out(state)


@frozen
class ForgetsWhoWaits(Pipeline):
    """Closes without a word to those who wait to put in."""

    def request(self, state: Flow, client: Address, request: Requests) -> Step[Flow]:
        after = super().request(state, client, request)
        told = (each for each in after.effects if isinstance(each, Reply) and each.to not in state.putting)
        return step(after.state, *told) if isinstance(request, Close) else after


@frozen
class ForgetsTheOthers(Pipeline):
    """Forgets, when one is cancelled, all who wait to take out."""

    def cancel(self, state: Flow, client: Address) -> Step[Flow] | None:
        return step(evolve(state, taking=()), Reply(client, WITHDRAWN)) if client in state.taking else super().cancel(state, client)


@frozen
class KeepsTheLastFailure(Pipeline):
    """Has a place for one failure."""

    def fire(self, state: Flow, trigger: Endings) -> Step[Flow]:
        return super().fire(evolve(state, failed=frozenset()) if isinstance(trigger, Fails) else state, trigger)


SERVES_THE_LAST = Pitfall(
    "pipeline_execution.ServesTheLast",
    "Of those who wait to take out, the one that came last is served.",
    breaks=spec.who_came_first_is_served_first,
    subject=system(1, 1, items=1, takes=0, others=(OTHER, ANOTHER), pipeline=ServesTheLast),
    length=4,
)
LETS_THE_LAST_IN = Pitfall(
    "pipeline_execution.LetsTheLastIn",
    "Of those who wait to put in, the one that came last is let in.",
    breaks=spec.who_came_first_is_served_first,
    subject=system(1, 1, items=3, takes=0, made=parts(0, 0), others=(RIVAL,), pipeline=LetsTheLastIn),
    length=5,
)
FILLS_WHEN_EMPTY = Pitfall(
    "pipeline_execution.FillsWhenEmpty",
    "Who puts in waits, and there is room.",
    breaks=spec.nothing_waits_without_need,
    subject=system(2, 1, items=3, takes=0, pipeline=FillsWhenEmpty),
    length=3,
)
HANDS_OUT_AT_LAST = Pitfall(
    "pipeline_execution.HandsOutAtLast",
    "Who takes out waits, and there is something.",
    breaks=spec.nothing_waits_without_need,
    subject=system(1, 1, items=1, takes=1, pipeline=HandsOutAtLast),
    length=3,
)
FORGETS_WHO_WAITS = Pitfall(
    "pipeline_execution.ForgetsWhoWaits",
    "It is closed, and who waits to put in is told nothing.",
    breaks=spec.no_deadlock,
    subject=system(1, 1, items=3, takes=0, then=(), others=(user(Address("closer"), Close()),), pipeline=ForgetsWhoWaits),
    length=7,
)
FORGETS_THE_OTHERS = Pitfall(
    "pipeline_execution.ForgetsTheOthers",
    "One is cancelled, and another that waits to take out gets nothing any more.",
    breaks=spec.who_takes_is_served,
    subject=system(1, 1, items=1, takes=0, others=(OTHER, ANOTHER), faults=Faults(cancellations=1), pipeline=ForgetsTheOthers),
    length=6,
)
KEEPS_THE_LAST_FAILURE = Pitfall(
    "pipeline_execution.KeepsTheLastFailure",
    "Of several items that failed the last one is told.",
    breaks=spec.the_end_tells_what_did_not_come_out,
    subject=system(1, 1, items=2, takes=0, made=parts(0, 0, failures=2), pipeline=KeepsTheLastFailure),
    length=5,
)
