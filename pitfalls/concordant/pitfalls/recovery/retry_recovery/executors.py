"""Slips of executors, one for each part of a clause about them that nothing else breaks."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.recovery.retry_recovery import TWICE, WITHOUT, Executing, Executor, Open, system
from concordant.spec.recovery.retry_recovery import (
    CANCELLED,
    Drawing,
    Drawn,
    GaveUp,
    Missed,
    Perform,
    Policy,
    TimeOut,
    Waiting,
    Waits,
)
from concordant.spec.recovery.retry_recovery import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Clause, Effect, Faults, Network, Reply, Send, Unknown


@frozen
class GivesOn(Executor):
    """Gives to each attempt what the one before would have made."""

    def perform(self, state: Executing, execution: Open) -> Step[Executing]:
        asked = evolve(execution.asked, given=execution.asked.given + execution.attempt.number - 1)
        return step(super().perform(state, execution).state, *super().perform(state, evolve(execution, asked=asked)).effects)


@frozen
class TriesAfterTheEnd(Executor):
    """Tries again what has ended."""

    def end(self, state: Executing, execution: Open, answer: object) -> Step[Executing]:
        ended = super().end(state, execution, answer)
        return step(ended.state, *ended.effects, *self.perform(state, execution).effects)


@frozen
class StopsTheNext(Executor):
    """Stops the attempt after the one that it leaves."""

    def stops(self, execution: Open, *, has_failed: bool = False) -> tuple[Effect, ...]:
        number = execution.attempt.number + 1
        return super().stops(evolve(execution, attempt=evolve(execution.attempt, number=number)), has_failed=has_failed)


@frozen
class StopsTheNextJob(Executor):
    """Stops the same attempt of the next execution."""

    def stops(self, execution: Open, *, has_failed: bool = False) -> tuple[Effect, ...]:
        job = execution.attempt.job + 1
        return super().stops(evolve(execution, attempt=evolve(execution.attempt, job=job)), has_failed=has_failed)


@frozen
class MissesTheNext(Executor):
    """Says that the attempt after the one was missed that was."""

    def missed(self, state: Executing, execution: Open, *, has_failed: bool) -> Step[Executing]:
        number = execution.attempt.number + 1
        return super().missed(state, evolve(execution, attempt=evolve(execution.attempt, number=number)), has_failed=has_failed)


@frozen
class MissesTheNextJob(Executor):
    """Says that an attempt of the next execution was missed."""

    def missed(self, state: Executing, execution: Open, *, has_failed: bool) -> Step[Executing]:
        job = execution.attempt.job + 1
        return super().missed(state, evolve(execution, attempt=evolve(execution.attempt, job=job)), has_failed=has_failed)


@frozen
class WaitsAloud(Executor):
    """Tells at each tick how long it waits still."""

    def passes(self, state: Executing, execution: Open, left: int) -> Step[Executing]:
        after = super().passes(state, execution, left)
        return step(after.state, *after.effects, Announce(Waits(execution.asked.agent, 1)))


@frozen
class WaitsForTheSuspect(Executor):
    """Waits for an agent that seems to be down until time runs out."""

    def suspect(self, state: Executing, peer: Address) -> Step[Executing] | None:  # noqa: ARG002  # that is the mistake
        return step(state)


@frozen
class FinishesWhatItBegan(Executor):
    """Goes on with what is cancelled, and answers when it is done."""

    def cancel(self, state: Executing, client: Address) -> Step[Executing]:  # noqa: ARG002  # that is the mistake
        return step(state)


@frozen
class TakesSilenceForFailure(Executor):
    """Says that what it did not hear of has failed."""

    def fire(self, state: Executing, trigger: TimeOut | Drawn) -> Step[Executing]:
        if isinstance(trigger, TimeOut):
            return self.missed(state, state.open[trigger.agent], has_failed=True)
        return super().fire(state, trigger)


@frozen
class GivesUpInDoubt(Executor):
    """Goes by the last attempt alone."""

    def outcome(self, execution: Open) -> GaveUp | Unknown:
        return GaveUp(execution.attempt)


@frozen
class SaysUnknown(Executor):
    """Says that nothing is known, whatever is."""

    def outcome(self, execution: Open) -> GaveUp | Unknown:  # noqa: ARG002  # that is the mistake
        return Unknown()


@frozen
class SaysCancelled(Executor):
    """Says of what is cancelled that nothing was done."""

    def cancel(self, state: Executing, client: Address) -> Step[Executing]:
        after = super().cancel(state, client)
        return step(after.state, Reply(client, CANCELLED), *after.effects[1:])


@frozen
class LeavesItRunning(Executor):
    """Stops nobody."""

    def stops(self, execution: Open, *, has_failed: bool = False) -> tuple[Effect, ...]:  # noqa: ARG002  # that is the mistake
        return ()


@frozen
class StopsWhatHasFailed(Executor):
    """Stops an agent that has failed."""

    def stops(self, execution: Open, *, has_failed: bool = False) -> tuple[Effect, ...]:  # noqa: ARG002  # that is the mistake
        return super().stops(execution)


@frozen
class MissesAgain(Executor):
    """Tells twice that an attempt was missed."""

    def missed(self, state: Executing, execution: Open, *, has_failed: bool) -> Step[Executing]:
        after = super().missed(state, execution, has_failed=has_failed)
        return step(after.state, *after.effects, Announce(Missed(execution.asked.agent, execution.attempt, has_failed)))


@frozen
class WaitsForNothing(Executor):
    """Tries again as soon as it is drawn how long to wait."""

    def fire(self, state: Executing, trigger: TimeOut | Drawn) -> Step[Executing]:
        after = super().fire(state, trigger)
        return after.then(lambda state: self.tick(state, 0)) if isinstance(trigger, Drawn) else after


@frozen
class TriesOnceMore(Executor):
    """Makes one attempt more than it may."""

    def may_try_again(self, execution: Open) -> bool:
        return execution.attempt.number <= self.policy.attempts and execution.asked.key is not None


@frozen
class ForgetsTheKey(Executor):
    """Gives the key in the first attempt alone."""

    def perform(self, state: Executing, execution: Open) -> Step[Executing]:
        begun = super().perform(state, execution)
        if execution.attempt.number == 1:
            return begun
        return step(begun.state, Send(execution.asked.agent, Perform(execution.attempt, execution.asked.given, None)))


@frozen
class DrawsFromAll(Executor):
    """Draws a wait from nothing to the bound."""

    def drawing(self, attempt: object) -> Drawing:  # noqa: ARG002  # that is the mistake
        return Drawing(0, 1)


@frozen
class AnswersAgain(Executor):
    """Answers who waits also when an attempt is missed."""

    def missed(self, state: Executing, execution: Open, *, has_failed: bool) -> Step[Executing]:
        after = super().missed(state, execution, has_failed=has_failed)
        again = () if any(isinstance(each, Reply) for each in after.effects) else (Reply(execution.client, Unknown()),)
        return step(after.state, *after.effects, *again)


@frozen
class WaitsAnew(Executor):
    """Waits for an agent once more whenever its time runs out."""

    def fire(self, state: Executing, trigger: TimeOut | Drawn) -> Step[Executing]:
        return step(state) if isinstance(trigger, TimeOut) else super().fire(state, trigger)


@frozen
class DrawsAgain(Executor):
    """Draws anew how long to wait when the wait is over."""

    def passes(self, state: Executing, execution: Open, left: int) -> Step[Executing]:
        again = evolve(execution, phase=self.drawing(execution.attempt) if left == 0 else Waiting(left))
        return step(self.put(state, again))


CANCELLED_ONCE = Faults(cancellations=1)


def _slip(
    kind: type[Executor],
    mistake: str,
    breaks: Clause,
    length: int,
    *,
    policy: Policy = TWICE,
    faults: Faults = Faults(),
    losses: int = 0,
) -> Pitfall:
    subject = system(policy=policy, network=Network(losses=losses), faults=faults, executor=kind)
    return Pitfall(f"retry_recovery.{kind.__name__}", mistake, breaks=breaks, subject=subject, length=length)


GIVES_ON = _slip(GivesOn, "The second attempt is given something else than the first.", spec.is_tried_as_it_may_be, 4)
TRIES_AFTER_THE_END = _slip(TriesAfterTheEnd, "An execution has ended, and is tried again.", spec.is_tried_as_it_may_be, 4)
STOPS_THE_NEXT = _slip(StopsTheNext, "An agent is told to stop at an attempt that is still to come.", spec.only_who_was_left_is_stopped, 2)
STOPS_THE_NEXT_JOB = _slip(
    StopsTheNextJob, "An agent is told to stop at an execution that is still to come.", spec.only_who_was_left_is_stopped, 2
)
MISSES_THE_NEXT = _slip(MissesTheNext, "An attempt is said to be missed that was never made.", spec.what_is_missed_is_true, 2)
MISSES_THE_NEXT_JOB = _slip(MissesTheNextJob, "An attempt of another execution is said to be missed.", spec.what_is_missed_is_true, 2)
MISSES_WHAT_IS_OVER = Pitfall(
    "retry_recovery.MissesAgain/over",
    "An execution has ended, and of its last attempt it is told once more that it was missed.",
    breaks=spec.what_is_missed_is_true,
    subject=system((WITHOUT,), executor=MissesAgain),
    length=2,
)
WAITS_ALOUD = _slip(WaitsAloud, "A wait that goes on is told as if it began.", spec.the_wait_is_in_its_bounds, 4)
WAITS_FOR_THE_SUSPECT = _slip(
    WaitsForTheSuspect,
    "The agent is suspected, and the executor waits for it all the same.",
    spec.who_is_not_waited_for_is_left_at_once,
    2,
    faults=Faults(detector=True, mistakes=1),
)
FINISHES_WHAT_IT_BEGAN = _slip(
    FinishesWhatItBegan,
    "An execution is cancelled, and goes on.",
    spec.who_is_not_waited_for_is_left_at_once,
    2,
    faults=CANCELLED_ONCE,
)
TAKES_SILENCE_FOR_FAILURE = _slip(
    TakesSilenceForFailure, "Nothing was heard for a while: that is told as a failure.", spec.what_is_missed_is_true, 2
)
GIVES_UP_IN_DOUBT = _slip(
    GivesUpInDoubt,
    "Of the first attempt nothing is known, and the last has failed: the user is told that nothing was done, though the first may do it yet.",
    spec.an_answer_is_true,
    5,
)
SAYS_UNKNOWN = _slip(
    SaysUnknown, "Every attempt has failed, and the user is told that nothing is known.", spec.an_answer_is_true, 4, policy=Policy(1)
)
SAYS_CANCELLED = _slip(
    SaysCancelled,
    "What is under way is cancelled, and its user is told that nothing was done.",
    spec.an_answer_is_true,
    2,
    faults=CANCELLED_ONCE,
)
LEAVES_IT_RUNNING = _slip(LeavesItRunning, "Time runs out, and the agent goes on.", spec.who_is_left_is_stopped, 2)
STOPS_WHAT_HAS_FAILED = _slip(StopsWhatHasFailed, "An agent that has failed is told to stop.", spec.only_who_was_left_is_stopped, 4)
MISSES_AGAIN = _slip(MissesAgain, "Of one attempt it is told twice that it was missed.", spec.what_is_missed_is_true, 2)
WAITS_FOR_NOTHING = _slip(WaitsForNothing, "The next attempt begins before its wait is over.", spec.is_tried_as_it_may_be, 3)
TRIES_ONCE_MORE = _slip(TriesOnceMore, "There is one attempt more than there may be.", spec.is_tried_as_it_may_be, 4, policy=Policy(1))
FORGETS_THE_KEY = _slip(ForgetsTheKey, "The second attempt has no key.", spec.is_tried_as_it_may_be, 4)
DRAWS_FROM_ALL = _slip(DrawsFromAll, "No wait at all may be drawn.", spec.the_wait_is_in_its_bounds, 3)
ANSWERS_AGAIN = _slip(
    AnswersAgain, "Its user is told that nothing is known whenever an attempt is missed.", spec.nobody_is_answered_twice, 5
)
WAITS_ANEW = _slip(
    WaitsAnew,
    "A message is lost, and whenever the time runs out it begins anew: nobody is ever told.",
    spec.every_execution_ends,
    6,
    losses=1,
)
DRAWS_AGAIN = _slip(DrawsAgain, "A wait that is over is followed by another, for ever.", spec.every_execution_ends, 9)
