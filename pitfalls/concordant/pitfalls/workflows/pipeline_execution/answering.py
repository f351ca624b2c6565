"""What goes wrong with answers, and with what an outsider is shown."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.workflows.pipeline_execution.asking import CHAIR, WakesNobody
from concordant.pitfalls.workflows.pipeline_execution.flowing import LeavesACopy
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.workflows.pipeline_execution import Endings, Flow, Pipeline, Requests, parts, system, user
from concordant.spec.vocabulary import Address, Faults, Reply
from concordant.spec.workflows.pipeline_execution import CLOSED, WITHDRAWN, Accepted, Close, PipelineView, Put, Stop
from concordant.spec.workflows.pipeline_execution import clauses as spec


@frozen
class NumbersFromOne(Pipeline):
    """Tells a client how many there are with its own."""

    def accept(self, state: Flow) -> Step[Flow] | None:
        after = super().accept(state)
        return after and step(
            after.state, *(Reply(each.to, Accepted(state.accepted + 1)) for each in after.effects if isinstance(each, Reply))
        )


@frozen
class NumbersAgain(Pipeline):
    """Tells a client how many wait in the buffer."""

    def accept(self, state: Flow) -> Step[Flow] | None:
        after = super().accept(state)
        return after and step(after.state, *(Reply(each.to, Accepted(0)) for each in after.effects if isinstance(each, Reply)))


@frozen
class LetsInWhoWaited(Pipeline):
    """Is closed, and lets in who waited for room before."""

    def request(self, state: Flow, client: Address, request: Requests) -> Step[Flow]:
        closes = isinstance(request, Close) and state.is_open
        return step(evolve(state, closer=client)).then(self.go_on) if closes else super().request(state, client, request)


@frozen
class LetsNobodyWait(Pipeline):
    """Takes a request back where there is no room."""

    def request(self, state: Flow, client: Address, request: Requests) -> Step[Flow]:
        full = isinstance(request, Put) and not self.has_room(state, 0)
        return step(state, Reply(client, WITHDRAWN)) if full else super().request(state, client, request)


@frozen
class CallsItClosed(Pipeline):
    """Tells who cancels that the pipeline is closed."""

    def cancel(self, state: Flow, client: Address) -> Step[Flow] | None:
        after = super().cancel(state, client)
        return after and step(after.state, Reply(client, CLOSED))


@frozen
class IsNeverClosed(Pipeline):
    """Turns away who wants to close it while something is under way."""

    def request(self, state: Flow, client: Address, request: Requests) -> Step[Flow]:
        too_early = isinstance(request, Close) and bool(state.under_way)
        return step(state, Reply(client, CLOSED)) if too_early else super().request(state, client, request)


@frozen
class IsNotStopped(Pipeline):
    """Turns away who wants to stop it once it is closed."""

    def request(self, state: Flow, client: Address, request: Requests) -> Step[Flow]:
        too_late = isinstance(request, Stop) and not state.is_open
        return step(state, Reply(client, CLOSED)) if too_late else super().request(state, client, request)


@frozen
class LetsInWhenAsked(Pipeline):
    """Looks for room when somebody puts in, and not when there is some."""

    def fire(self, state: Flow, trigger: Endings) -> Step[Flow]:
        after = super().fire(evolve(state, putting=()), trigger)
        return Step(evolve(after.state, putting=state.putting), after.effects)


@frozen
class LooksOnceWhetherAllIsOut(Pipeline):
    """Looks when it is closed whether anything is under way, and not again."""

    def fire(self, state: Flow, trigger: Endings) -> Step[Flow]:
        after = super().fire(evolve(state, closer=None), trigger)
        return Step(evolve(after.state, closer=state.closer), after.effects)


@frozen
class TellsNobodyThatItIsOver(Pipeline):
    """Ends, and lets wait who waits to take out."""

    def finish(self, state: Flow) -> Step[Flow] | None:
        after = super().finish(state)
        return after and Step(evolve(after.state, taking=state.taking), after.effects[:1])


@frozen
class LooksOpen(Pipeline):
    """Shows itself open until it has ended."""

    def view(self, state: Flow) -> PipelineView:
        return evolve(super().view(state), is_open=not state.ended)


@frozen
class LooksFree(Pipeline):
    """Shows what waits, and not what is worked on."""

    def view(self, state: Flow) -> PipelineView:
        return evolve(super().view(state), working=(None,) * len(state.stages))


CLOSER = user(Address("closer"), Close())

NUMBERS_FROM_ONE = Pitfall(
    "pipeline_execution.NumbersFromOne",
    "A client is told the number of the next item.",
    breaks=spec.an_answer_is_true,
    subject=system(1, 1, items=1, pipeline=NumbersFromOne),
    length=1,
)
NUMBERS_AGAIN = Pitfall(
    "pipeline_execution.NumbersAgain",
    "Two clients are told the same number.",
    breaks=spec.an_answer_is_true,
    subject=system(1, 1, pipeline=NumbersAgain),
    length=2,
)
LETS_IN_WHO_WAITED = Pitfall(
    "pipeline_execution.LetsInWhoWaited",
    "An item is put in after the close, since its client has waited for longer.",
    breaks=spec.an_answer_is_true,
    subject=system(1, 1, items=3, takes=0, then=(), others=(CLOSER,), made=parts(0, 0), pipeline=LetsInWhoWaited),
    length=5,
)
LETS_NOBODY_WAIT = Pitfall(
    "pipeline_execution.LetsNobodyWait",
    "Who finds no room is told that it has cancelled.",
    breaks=spec.an_answer_is_true,
    subject=system(1, 1, items=3, pipeline=LetsNobodyWait),
    length=3,
)
CALLS_IT_CLOSED = Pitfall(
    "pipeline_execution.CallsItClosed",
    "Who cancels is told that the pipeline is closed.",
    breaks=spec.an_answer_is_true,
    subject=system(1, 1, items=1, takes=1, faults=Faults(cancellations=1), pipeline=CallsItClosed),
    length=2,
)
IS_NEVER_CLOSED = Pitfall(
    "pipeline_execution.IsNeverClosed",
    "Who closes it is told that it is closed, and it is not.",
    breaks=spec.an_answer_is_true,
    subject=system(1, 1, items=1, pipeline=IsNeverClosed),
    length=2,
)
IS_NOT_STOPPED = Pitfall(
    "pipeline_execution.IsNotStopped",
    "Who stops it while it drains is told that it has ended.",
    breaks=spec.an_answer_is_true,
    subject=system(1, 1, items=1, others=(CHAIR,), pipeline=IsNotStopped),
    length=3,
)
LETS_IN_WHEN_ASKED = Pitfall(
    "pipeline_execution.LetsInWhenAsked",
    "Who waits for room is not told when there is some.",
    breaks=spec.no_deadlock,
    subject=system(1, 1, items=3, takes=0, then=(), made=parts(0, 0), pipeline=LetsInWhenAsked),
    length=5,
)
LOOKS_ONCE = Pitfall(
    "pipeline_execution.LooksOnceWhetherAllIsOut",
    "Who closes it is not told when all has come out.",
    breaks=spec.no_deadlock,
    subject=system(1, 1, items=1, takes=0, made=parts(0, 0), pipeline=LooksOnceWhetherAllIsOut),
    length=3,
)
TELLS_NOBODY = Pitfall(
    "pipeline_execution.TellsNobodyThatItIsOver",
    "It has ended, and who waits to take out waits on.",
    breaks=spec.no_deadlock,
    subject=system(1, 1, items=0, takes=1, pipeline=TellsNobodyThatItIsOver),
    length=2,
)
TELLS_NOBODY_EVER = Pitfall(
    "pipeline_execution.TellsNobodyThatItIsOver/waits",
    "Who waits to take out when it ends waits for ever.",
    breaks=spec.who_takes_is_served,
    subject=system(1, 1, items=0, takes=1, pipeline=TellsNobodyThatItIsOver),
    length=2,
)
LOOKS_OPEN = Pitfall(
    "pipeline_execution.LooksOpen",
    "It is closed, and looks as if it were open.",
    breaks=spec.the_view_is_true,
    subject=system(1, 1, items=1, pipeline=LooksOpen),
    length=2,
)
LOOKS_FREE = Pitfall(
    "pipeline_execution.LooksFree",
    "What stages work on is shown nowhere.",
    breaks=spec.the_view_is_true,
    subject=system(1, 1, items=1, pipeline=LooksFree),
    length=1,
)
HELD_THOUGH_THERE_IS_ROOM = Pitfall(
    "pipeline_execution.WakesNobody/room",
    "A stage holds what it has made, and there is room.",
    breaks=spec.nothing_waits_without_need,
    subject=system(1, 1, pipeline=WakesNobody),
    length=6,
)
TAKEN_AGAIN = Pitfall(
    "pipeline_execution.LeavesACopy/again",
    "The item that was taken out last is taken out again.",
    breaks=spec.order_is_kept,
    subject=system(1, 1, items=1, pipeline=LeavesACopy),
    length=4,
)
