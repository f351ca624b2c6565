"""What goes wrong with those who ask: who waits, who is told what, and how it ends."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.workflows.pipeline_execution import Endings, Flow, Pipeline, Requests, system, user
from concordant.spec.vocabulary import Address, Faults, Reply
from concordant.spec.workflows.pipeline_execution import (
    CLOSED,
    WITHDRAWN,
    Close,
    Ended,
    Over,
    Put,
    Stop,
    Take,
    Yields,
)
from concordant.spec.workflows.pipeline_execution import clauses as spec

# ---- who waits


@frozen
class RejectsWhenFull(Pipeline):
    """Turns away whom it should let wait."""

    def request(self, state: Flow, client: Address, request: Requests) -> Step[Flow]:
        if isinstance(request, Put) and not self.has_room(state, 0):
            return step(state, Reply(client, CLOSED))
        return super().request(state, client, request)


@frozen
class TakesEmptyForOver(Pipeline):
    """Says that nothing comes any more where nothing is there yet."""

    def request(self, state: Flow, client: Address, request: Requests) -> Step[Flow]:
        if isinstance(request, Take) and not state.buffers[-1]:
            return step(state, Reply(client, Over()))
        return super().request(state, client, request)


@frozen
class WakesNobody(Pipeline):
    """Looks for room when a stage has made something, and not when there is some."""

    def pass_on(self, state: Flow) -> Step[Flow] | None:  # noqa: ARG002  # that is the mistake
        return None

    def fire(self, state: Flow, trigger: Endings) -> Step[Flow]:
        after = super().fire(state, trigger)
        return after.then(super().pass_on).then(self.go_on) if isinstance(trigger, Yields) else after


@frozen
class LooksWhenAsked(Pipeline):
    """Hands out when somebody asks, and not when something comes out."""

    def fire(self, state: Flow, trigger: Endings) -> Step[Flow]:
        after = super().fire(evolve(state, taking=()), trigger)
        return Step(evolve(after.state, taking=state.taking), after.effects)


@frozen
class KeepsWhoLeft(Pipeline):
    """Answers who has cancelled, and lets the request stand."""

    def cancel(self, state: Flow, client: Address) -> Step[Flow] | None:
        return None if super().cancel(state, client) is None else step(state, Reply(client, WITHDRAWN))


@frozen
class LetsNobodyGo(Pipeline):
    """Takes no notice of a cancellation by who waits to take out, as something is on its way."""

    def cancel(self, state: Flow, client: Address) -> Step[Flow] | None:
        return None if client in state.taking else super().cancel(state, client)


@frozen
class KeepsWhoPuts(Pipeline):
    """Takes no notice of a cancellation by who waits to put in, as there is room soon."""

    def cancel(self, state: Flow, client: Address) -> Step[Flow] | None:
        return None if client in state.putting else super().cancel(state, client)


# ---- the end


@frozen
class LooksIntoBuffersAlone(Pipeline):
    """Ends when all buffers are empty, though stages work."""

    def finish(self, state: Flow) -> Step[Flow] | None:
        return super().finish(evolve(state, stages=(None,) * len(state.stages)))


@frozen
class LeavesStagesAtWork(Pipeline):
    """Stops, and lets stages go on with what they have."""

    def stop(self, state: Flow, client: Address) -> Step[Flow]:
        after = super().stop(state, client)
        return Step(evolve(after.state, stages=state.stages), after.effects)


@frozen
class GivesUpInSilence(Pipeline):
    """Stops, and tells nothing of what was under way."""

    def stop(self, state: Flow, client: Address) -> Step[Flow]:
        after = super().stop(state, client)
        told = (
            Reply(each.to, Ended(state.failed, frozenset())) if each.to == client else each
            for each in after.effects
            if isinstance(each, Reply)
        )
        return Step(after.state, tuple(told))


@frozen
class DrainsNothing(Pipeline):
    """Is closed at once, and what is under way is gone."""

    def request(self, state: Flow, client: Address, request: Requests) -> Step[Flow]:
        return self.stop(state, client) if isinstance(request, Close) and state.is_open else super().request(state, client, request)


CHAIR = user(Address("chair"), Stop())


REJECTS_WHEN_FULL = Pitfall(
    "pipeline_execution.RejectsWhenFull",
    "Who finds no room is told that the pipeline is closed.",
    breaks=spec.an_answer_is_true,
    subject=system(1, 1, items=3, pipeline=RejectsWhenFull),
    length=3,
)


TAKES_EMPTY_FOR_OVER = Pitfall(
    "pipeline_execution.TakesEmptyForOver",
    "Who finds nothing is told that nothing comes any more.",
    breaks=spec.an_answer_is_true,
    subject=system(1, 1, pipeline=TakesEmptyForOver),
    length=1,
)


WAKES_NOBODY = Pitfall(
    "pipeline_execution.WakesNobody",
    "A stage that waits for room is not told when there is some: all stand still.",
    breaks=spec.it_can_be_drained,
    subject=system(1, 1, pipeline=WakesNobody),
    length=5,
)


LOOKS_WHEN_ASKED = Pitfall(
    "pipeline_execution.LooksWhenAsked",
    "Who waits for an item is not told when one comes out.",
    breaks=spec.no_deadlock,
    subject=system(1, 1, items=1, takes=1, then=(), pipeline=LooksWhenAsked),
    length=4,
)


WAITS_FOR_EVER = Pitfall(
    "pipeline_execution.LooksWhenAsked/waits",
    "Who waits for an item waits for ever, since nobody looks again.",
    breaks=spec.who_takes_is_served,
    subject=system(1, 1, items=1, takes=1, then=(), pipeline=LooksWhenAsked),
    length=4,
)


KEEPS_WHO_LEFT = Pitfall(
    "pipeline_execution.KeepsWhoLeft",
    "Who has cancelled its request is given an item, which is lost.",
    breaks=spec.nobody_is_answered_twice,
    subject=system(1, 1, items=1, takes=1, faults=Faults(cancellations=1), pipeline=KeepsWhoLeft),
    length=4,
)
LETS_NOBODY_GO = Pitfall(
    "pipeline_execution.LetsNobodyGo",
    "Who waits to take out cancels that, and waits on.",
    breaks=spec.who_cancels_leaves_at_once,
    subject=system(1, 1, items=0, takes=1, faults=Faults(cancellations=1), pipeline=LetsNobodyGo),
    length=2,
)
KEEPS_WHO_PUTS = Pitfall(
    "pipeline_execution.KeepsWhoPuts",
    "Who waits to put in cancels that, and waits on.",
    breaks=spec.who_cancels_leaves_at_once,
    subject=system(1, 1, items=3, takes=0, faults=Faults(cancellations=1), pipeline=KeepsWhoPuts),
    length=4,
)


LOOKS_INTO_BUFFERS_ALONE = Pitfall(
    "pipeline_execution.LooksIntoBuffersAlone",
    "It ends when all buffers are empty: what stages work on is lost.",
    breaks=spec.the_end_tells_what_did_not_come_out,
    subject=system(1, 1, items=1, pipeline=LooksIntoBuffersAlone),
    length=2,
)


LEAVES_STAGES_AT_WORK = Pitfall(
    "pipeline_execution.LeavesStagesAtWork",
    "It is stopped, and stages go on.",
    breaks=spec.nothing_goes_on_after_the_end,
    subject=system(1, 1, items=1, others=(CHAIR,), pipeline=LeavesStagesAtWork),
    length=2,
)


GIVES_UP_IN_SILENCE = Pitfall(
    "pipeline_execution.GivesUpInSilence",
    "Who stops it is not told what was under way.",
    breaks=spec.the_end_tells_what_did_not_come_out,
    subject=system(1, 1, items=1, others=(CHAIR,), pipeline=GivesUpInSilence),
    length=2,
)


DRAINS_NOTHING = Pitfall(
    "pipeline_execution.DrainsNothing",
    "To close it is to stop it: what is under way never comes out.",
    breaks=spec.the_end_tells_what_did_not_come_out,
    subject=system(1, 1, items=1, pipeline=DrainsNothing),
    length=2,
)
