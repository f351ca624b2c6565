"""Slips of agents, one for each part of a clause about them that nothing else breaks."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.recovery.retry_recovery import AGENT, Agent, Heard, Serving, system
from concordant.spec.recovery.retry_recovery import (
    Attempt,
    Ended,
    Perform,
    Performed,
    Stop,
)
from concordant.spec.recovery.retry_recovery import clauses as spec
from concordant.spec.vocabulary import Address, Clause, Effect, Faults


@frozen
class KnowsNoKeys(Agent):
    """Does what it is asked, also what it has done."""

    def begin(self, state: Serving, asked: Perform) -> Step[Serving]:
        return step(evolve(state, work=asked))


@frozen
class FinishesFirst(Agent):
    """Does not look at what it is told while it works."""

    def receive(self, state: Serving, source: Address, message: Perform | Stop) -> Step[Serving] | None:
        return None if isinstance(message, Stop) and state.work is not None else super().receive(state, source, message)


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
class GoesOnThoughDropped(Agent):
    """Says that it drops what it works on, and goes on."""

    def leave(self, state: Serving, heard: Attempt) -> Step[Serving]:
        left = super().leave(state, heard)
        return step(evolve(left.state, work=state.work), *left.effects)


@frozen
class ActsInTheNext(Agent):
    """Numbers attempts by itself, from 2."""

    def acted(self, state: Serving, asked: Perform) -> Step[Serving]:
        return super().acted(state, evolve(asked, attempt=evolve(asked.attempt, number=asked.attempt.number + 1)))


@frozen
class ActsWithoutKey(Agent):
    """Does not say by which key it knows what it does."""

    def acted(self, state: Serving, asked: Perform) -> Step[Serving]:
        return super().acted(state, evolve(asked, key=None))


@frozen
class RecordsFirst(Agent):
    """Keeps the key when it begins: what it does not do then will never be done."""

    def begin(self, state: Serving, asked: Perform) -> Step[Serving]:
        begun = super().begin(state, asked)
        return step(evolve(begun.state, record=state.record.put(asked.key or "", asked.given + 1)), *begun.effects)


@frozen
class HearsOnlyStops(Agent):
    """Does not remember what it was asked for last."""

    def begin(self, state: Serving, asked: Perform) -> Step[Serving]:
        begun = super().begin(state, asked)
        return step(evolve(begun.state, heard=Attempt(0, 0)), *begun.effects)


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


def _slip(kind: type[Agent], mistake: str, breaks: Clause, length: int, faults: Faults = Faults()) -> Pitfall:
    return Pitfall(f"retry_recovery.{kind.__name__}", mistake, breaks=breaks, subject=system(faults=faults, agent=kind), length=length)


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
    Faults(crashes=1, recoveries=1, who=(AGENT,)),
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
GOES_ON_THOUGH_DROPPED = _slip(GoesOnThoughDropped, "An agent says that it stops, and does it all the same.", spec.nothing_unasked, 5)
ACTS_IN_THE_NEXT = _slip(ActsInTheNext, "An agent acts in an attempt that was not sent.", spec.nothing_unasked, 3)
ACTS_WITHOUT_KEY = _slip(ActsWithoutKey, "Something has a key, and is done without it.", spec.nothing_unasked, 3)
RECORDS_FIRST = _slip(RecordsFirst, "A key is on the disk before what has it is done.", spec.the_record_is_true, 2)
HEARS_ONLY_STOPS = _slip(
    HearsOnlyStops, "An agent begins an attempt, and does not count it among what it has heard of.", spec.begins_only_what_is_later, 2
)
STOPS_AT_ANY_WORD = _slip(
    StopsAtAnyWord,
    "That it is to stop at an earlier attempt comes late, and the agent drops the one that it has begun since.",
    spec.only_what_is_stopped_is_dropped,
    6,
)
DROPS_SILENTLY = _slip(DropsSilently, "An agent is told to stop, does, and nobody hears that.", spec.what_became_of_it_is_said, 4)
FINISHES_FIRST = _slip(FinishesFirst, "An agent is told to stop, and works on, for ever if need be.", spec.who_is_told_to_stop_stops, 4)
