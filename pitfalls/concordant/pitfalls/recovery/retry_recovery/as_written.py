"""`execute_with_recovery` of the documents, defect by defect: it restarts all agents of a type, sleeps, and tries again, whatever it knows."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.recovery.retry_recovery import WITHOUT, Agent, Executing, Executor, Open, Serving, system
from concordant.spec.recovery.retry_recovery import (
    Attempt,
    Done,
    Drawing,
    Drawn,
    Execute,
    Perform,
    Policy,
    Stop,
    TimeOut,
)
from concordant.spec.recovery.retry_recovery import clauses as spec
from concordant.spec.vocabulary import Address, Effect, Faults, Network, Reply, Send, Ticks, addresses


@frozen
class CountsRetries(Executor):
    """Goes through a loop once for each retry, so that without any it does nothing, and hands back what it has: nothing."""

    def request(self, state: Executing, client: Address, request: Execute) -> Step[Executing]:
        return step(state, Reply(client, Done(Attempt(1, 0), 0))) if self.policy.attempts == 1 else super().request(state, client, request)


@frozen
class TriesOnceLess(Executor):
    """Counts the first attempt as a retry."""

    def may_try_again(self, execution: Open) -> bool:
        return super().may_try_again(execution) and execution.attempt.number < self.policy.attempts - 1


@frozen
class TriesWithoutKey(Executor):
    """Tries again whatever it knows, and gives no key."""

    def may_try_again(self, execution: Open) -> bool:
        return execution.attempt.number < self.policy.attempts


@frozen
class LetsRestartsFail(Executor):
    """Takes a failure of an agent that was begun anew for its own, which ends the execution."""

    def may_try_again(self, execution: Open) -> bool:
        return super().may_try_again(execution) and (execution.doubt or execution.attempt.number == 1)


@frozen
class TriesOnlyWhatFailed(Executor):
    """Knows one kind of failure: that nothing was heard in time is none."""

    def may_try_again(self, execution: Open) -> bool:
        return super().may_try_again(execution) and not execution.doubt


@frozen
class HasNoTimeOut(Executor):
    """Waits for an agent for as long as it takes."""

    def armed(self, state: Executing) -> tuple[TimeOut | Drawn, ...]:
        return tuple(each for each in super().armed(state) if isinstance(each, Drawn))


@frozen
class RestartsAllOfAType(Executor):
    """Restarts every agent that is of the same type, whatever it works on."""

    def perform(self, state: Executing, execution: Open) -> Step[Executing]:
        begun = super().perform(state, execution)
        return begun if execution.attempt.number == 1 else step(begun.state, *self.restarts(state, execution), *begun.effects)

    def restarts(self, state: Executing, execution: Open) -> tuple[Effect, ...]:
        return tuple(
            Send(agent, Stop(each.attempt))
            for agent, each in state.open.items()
            if agent.role == execution.asked.agent.role and agent != execution.asked.agent
        )


@frozen
class ChangesAsItGoes(Agent):
    """Works on what all attempts share, each of which has changed it by the time at which it fails."""

    def begin(self, state: Serving, asked: Perform) -> Step[Serving]:
        return super().begin(state, evolve(asked, given=asked.given + asked.attempt.number - 1))


@frozen
class DrawsNothing(Executor):
    """Waits for just as long as it may: stages that fail together try again together."""

    def drawing(self, attempt: Attempt) -> Drawing:
        return Drawing(self.bound(attempt.number), self.bound(attempt.number))


@frozen
class HasNoCap(Executor):
    """Doubles the wait each time, without end."""

    def bound(self, number: int) -> Ticks:
        return self.policy.first << (number - 1)


@frozen
class RestartsThenSleeps(Executor):
    """Begins the agent anew as soon as it has failed, and sleeps then."""

    def missed(self, state: Executing, execution: Open, *, has_failed: bool) -> Step[Executing]:
        after = super().missed(state, execution, has_failed=has_failed)
        agent, attempt = execution.asked.agent, execution.attempt
        if agent not in after.state.open:
            return after
        asked = Perform(evolve(attempt, number=attempt.number + 1), execution.asked.given, execution.asked.key)
        return step(after.state, *after.effects, Send(agent, asked))


FIRST, SECOND = addresses("agent", 2)

COUNTS_RETRIES = Pitfall(
    "RET-1",
    "Without retries the stage is never tried at all, and nothing comes back: neither a result nor an error.",
    breaks=spec.an_answer_is_true,
    subject=system(policy=Policy(1), executor=CountsRetries),
    length=1,
)
TRIES_ONCE_LESS = Pitfall(
    "RET-2",
    "What is called the number of retries is that of attempts: one fewer is made, and the longest wait never comes.",
    breaks=spec.an_answer_is_true,
    subject=system(executor=TriesOnceLess),
    length=2,
)
TRIES_WITHOUT_KEY = Pitfall(
    "RET-3",
    "The effect takes place, nothing is heard of it, and the stage is tried again: it takes place once more.",
    breaks=spec.is_done_once,
    subject=system((WITHOUT,), executor=TriesWithoutKey),
    length=8,
)
IS_SENT_WITHOUT_KEY = Pitfall(
    "RET-3/sent",
    "Nothing was heard of an attempt that has no key, and the next one is sent.",
    breaks=spec.is_tried_as_it_may_be,
    subject=system((WITHOUT,), executor=TriesWithoutKey),
    length=4,
)
LETS_RESTARTS_FAIL = Pitfall(
    "RET-4",
    "An agent cannot be begun anew: that error is no failure of the stage, and goes out as it is, with attempts left.",
    breaks=spec.an_answer_is_true,
    subject=system(policy=Policy(3), executor=LetsRestartsFail),
    length=9,
)
TRIES_ONLY_WHAT_FAILED = Pitfall(
    "RET-5",
    "Errors of other kinds, such as that time runs out, are not retried.",
    breaks=spec.an_answer_is_true,
    subject=system(executor=TriesOnlyWhatFailed),
    length=2,
)
HAS_NO_TIME_OUT = Pitfall(
    "RET-5/hung",
    "An agent hangs, or a message is lost, and whoever waits for it waits for ever.",
    breaks=spec.every_execution_ends,
    subject=system(network=Network(losses=1), executor=HasNoTimeOut),
    length=5,
)
RESTARTS_ALL_OF_A_TYPE = Pitfall(
    "RET-6",
    "For one agent that has failed all of its type are restarted: one is at the stage of another execution, which is then lost.",
    breaks=spec.only_who_was_left_is_stopped,
    subject=system((Execute(FIRST, 1),), (Execute(SECOND, 1),), executor=RestartsAllOfAType),
    length=7,
)
CHANGES_AS_IT_GOES = Pitfall(
    "RET-7",
    "What a failed attempt has changed is not taken back: the next one begins with it.",
    breaks=spec.nothing_unasked,
    subject=system(agent=ChangesAsItGoes),
    length=6,
)
DRAWS_NOTHING = Pitfall(
    "RET-8",
    "There is no jitter: all that failed together try again at the same tick.",
    breaks=spec.the_view_is_true,
    subject=system(policy=Policy(2, 2, 2), executor=DrawsNothing),
    length=2,
)
HAS_NO_CAP = Pitfall(
    "RET-8/cap",
    "The wait has no limit: it doubles with every attempt.",
    breaks=spec.the_wait_is_in_its_bounds,
    subject=system(policy=Policy(3, 1, 1), executor=HasNoCap),
    length=6,
)
RESTARTS_THEN_SLEEPS = Pitfall(
    "RET-9",
    "The agent is begun anew before the wait: the execution is cancelled meanwhile, and nobody minds the agent any more.",
    breaks=spec.who_is_left_is_stopped,
    subject=system(faults=Faults(cancellations=1), executor=RestartsThenSleeps),
    length=3,
)
RESTARTS_BEFORE_THE_WAIT = Pitfall(
    "RET-9/early",
    "The agent is begun anew before it is drawn how long to wait.",
    breaks=spec.is_tried_as_it_may_be,
    subject=system(executor=RestartsThenSleeps),
    length=2,
)
