"""Slips in our own machine, one for each part of a clause that nothing else breaks."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.recovery.retry_recovery import AGENT, TWICE, Agent, Executing, Executor, Heard, Open, Serving, system
from concordant.spec.recovery.retry_recovery import (
    CANCELLED,
    Attempt,
    Drawing,
    Drawn,
    Ended,
    Execute,
    GaveUp,
    Missed,
    Perform,
    Performed,
    Policy,
    Stop,
    TimeOut,
    Waiting,
)
from concordant.spec.recovery.retry_recovery import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Clause, Effect, Faults, Network, Reply, Send, Unknown


@frozen
class KnowsNoKeys(Agent):
    """Does what it is asked, also what it has done."""

    def begin(self, state: Serving, asked: Perform) -> Step[Serving]:
        return step(evolve(state, work=asked))


@frozen
class KeepsKeysInMemory(Agent):
    """Forgets in a crash what it has done."""

    def survives(self, state: Serving) -> tuple[Serving, ...]:  # noqa: ARG002  # that is the mistake
        return (Serving(),)


@frozen
class TakesFailureForSuccess(Agent):
    """Says that it has carried out what has failed."""

    def fire(self, state: Serving, trigger: Ended) -> Step[Serving]:
        if trigger.carried_out or state.work is None:
            return super().fire(state, trigger)
        return self.tell(evolve(state, work=None), Performed(state.work.attempt, state.work.given + 1))


@frozen
class FailsAsTheFirst(Agent):
    """Says of every failure that it was of the first attempt at an earlier job."""

    def tell(self, state: Serving, message: Heard, *effects: Effect) -> Step[Serving]:
        if isinstance(message, Performed):
            return super().tell(state, message, *effects)
        return super().tell(state, evolve(message, attempt=evolve(message.attempt, job=0)))


@frozen
class BeginsWhatIsOld(Agent):
    """Begins whatever comes."""

    def receive(self, state: Serving, source: Address, message: Perform | Stop) -> Step[Serving] | None:
        if isinstance(message, Perform):
            return self.begin(evolve(state, heard=message.attempt, work=None), message)
        return super().receive(state, source, message)


@frozen
class StopsAtAnyWord(Agent):
    """Stops whatever it is told to stop."""

    def receive(self, state: Serving, source: Address, message: Perform | Stop) -> Step[Serving] | None:
        return self.leave(state, state.heard) if isinstance(message, Stop) else super().receive(state, source, message)


@frozen
class DropsSilently(Agent):
    """Drops what it is told to, and does not say so."""

    def leave(self, state: Serving, heard: Attempt) -> Step[Serving]:
        return step(super().leave(state, heard).state)


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


CRASHES = Faults(crashes=1, recoveries=1, who=(AGENT,))
CANCELLED_ONCE = Faults(cancellations=1)


def _slip(
    kind: type[Executor | Agent],
    mistake: str,
    breaks: Clause,
    length: int,
    *scripts: tuple[Execute, ...],
    policy: Policy = TWICE,
    faults: Faults = Faults(),
    losses: int = 0,
) -> Pitfall:
    network = Network(losses=losses)
    if issubclass(kind, Agent):
        subject = system(*scripts, policy=policy, network=network, faults=faults, agent=kind)
    else:
        subject = system(*scripts, policy=policy, network=network, faults=faults, executor=kind)
    return Pitfall(f"retry_recovery.{kind.__name__}", mistake, breaks=breaks, subject=subject, length=length)


KNOWS_NO_KEYS = _slip(
    KnowsNoKeys,
    "Something was done and its user did not hear of it: asked for again by its key, it is done again.",
    spec.is_done_once,
    8,
)
KEEPS_KEYS_IN_MEMORY = _slip(
    KeepsKeysInMemory,
    "The agent crashes after it has done something, and knows nothing of it then.",
    spec.the_record_is_true,
    4,
    faults=CRASHES,
)
TAKES_FAILURE_FOR_SUCCESS = _slip(
    TakesFailureForSuccess, "An agent says that it has done what it has failed to do.", spec.what_agents_say_is_true, 3
)
FAILS_AS_THE_FIRST = _slip(FailsAsTheFirst, "An agent says that what nobody has asked for has failed.", spec.what_agents_say_is_true, 3)
BEGINS_WHAT_IS_OLD = _slip(
    BeginsWhatIsOld,
    "A request overtakes the one before, or the word that nobody waits for it, and is begun late, for nobody.",
    spec.begins_only_what_is_later,
    4,
)
STOPS_AT_ANY_WORD = _slip(
    StopsAtAnyWord,
    "That it is to stop at an earlier attempt comes late, and the agent drops the one that it has begun since.",
    spec.only_what_is_stopped_is_dropped,
    6,
)
DROPS_SILENTLY = _slip(DropsSilently, "An agent is told to stop, does, and nobody hears that.", spec.what_became_of_it_is_said, 4)
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
