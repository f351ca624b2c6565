"""Retries: a stage whose agent fails is tried again after a wait, a few times, and what it is for is done once.

Source: exponential backoff, Metcalfe and Boggs, "Ethernet" (1976), with jitter, Brooker, "Exponential Backoff And Jitter" (2015, equal
jitter); what is restarted, Candea and Fox, "Crash-Only Software" (2003); keys, Helland, "Idempotence Is Not a Medical Condition" (2012).
Assumes: an agent does what a stage is for, and keeps its key on its disk, at once, as in one transaction; the network repeats no
message; the executor does not crash.
Chosen: there are so many attempts, the first among them. Each begins the agent anew, which drops what it did before: its own agent and
no other, when the wait is over, so that nobody is restarted for an execution that was cancelled meanwhile. An attempt that has
failed has done nothing, says its agent; of one that is not heard of in time nothing is known, and only what has a key is tried again.
Does not promise: that an execution succeeds; that an attempt of which nothing is known does nothing later: an agent that crashes
forgets that it was told to stop.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from attrs import evolve, field, frozen
from attrs.validators import ge

from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import (
    Address,
    CancelAsked,
    Completion,
    Crashed,
    Deadline,
    Map,
    Rejected,
    Reply,
    Send,
    Suspected,
    Ticked,
    Ticks,
)

# ---- requests and answers


@frozen
class Execute:
    """A user wants a stage carried out by its agent, on what it is given. What has the same key is done once; None: nobody knows it again.

    Answered by `Done`, `GaveUp`, `Unknown`, or a `Rejected`: `BUSY`, `CANCELLED`.
    """

    agent: Address
    given: int
    key: str | None = None


@frozen(order=True)
class Attempt:
    """An attempt at a job of an agent, both numbered from 1. A later one has a higher job, or the same and a higher number."""

    job: int
    number: int


@frozen
class Done:
    """The stage was carried out, as was heard of this attempt, and this is what came of it."""

    attempt: Attempt
    result: int


@frozen
class GaveUp:
    """Every attempt has failed, of which this is the last, and nothing was done."""

    attempt: Attempt


BUSY = Rejected("the agent carries out a stage already")
CANCELLED = Rejected("the execution was cancelled, and nothing was done")

# ---- messages


@frozen
class Perform:
    """The agent is to begin anew, and carry a stage out."""

    attempt: Attempt
    given: int
    key: str | None


@frozen
class Stop:
    """Nobody waits for an attempt any more."""

    attempt: Attempt


@frozen
class Performed:
    """The stage was carried out: in this attempt, or by its key in an earlier one."""

    attempt: Attempt
    result: int


@frozen
class Failed:
    """The attempt has failed, or could not even begin. It has done nothing, and will do nothing."""

    attempt: Attempt


# ---- triggers


@frozen
class TimeOut(Deadline):
    """An agent was not heard of for long enough."""

    agent: Address


@frozen
class Drawn(Completion):
    """How long to wait before the next attempt was drawn: the environment chooses."""

    agent: Address
    ticks: Ticks


@frozen
class Ended(Completion):
    """An agent has carried out what it was working on, or failed to."""

    carried_out: bool


# ---- events


@frozen
class Acted:
    """The agent has done what the stage is for: this changes the world, and cannot be taken back."""

    attempt: Attempt
    key: str | None
    result: int


@frozen
class Dropped:
    """The agent does nothing more in an attempt, since it was told to stop, or to begin a later one; unless it crashes, and forgets that."""

    attempt: Attempt


@frozen
class Missed:
    """The executor waits for an attempt no more: it has failed, or it is not known what became of it."""

    agent: Address
    attempt: Attempt
    has_failed: bool


@frozen
class Waits:
    """The executor will try again after so many ticks."""

    agent: Address
    ticks: Ticks


# ---- views


@frozen
class Running:
    """The executor waits to hear of an attempt."""


@frozen
class Drawing:
    """It is drawn how long to wait before the next, from `low` to `high` ticks."""

    low: Ticks
    high: Ticks


@frozen
class Waiting:
    """The next attempt begins after so many ticks."""

    left: Ticks


Phase: TypeAlias = Running | Drawing | Waiting


@frozen
class ExecutorView:
    """How far the executions are, by their agents."""

    phases: Map[Address, Phase]


@frozen
class AgentView:
    """What an agent works on, the last attempt that it has heard of since it came up, and the results of what has a key."""

    work: Attempt | None
    heard: Attempt
    record: Map[str, int]


# ---- history


@frozen
class Policy:
    """How often a stage is tried, and how long the executor waits in between: up to `first` ticks, doubled each time, but never more than `most`.

    Each is 1 or more; less is a ValueError.
    """

    attempts: int = field(validator=ge(1))
    first: Ticks = field(default=1, validator=ge(1))
    most: Ticks = field(default=2, validator=ge(1))


@frozen(order=True)
class Sent:
    """An attempt, and whose it is."""

    agent: Address
    attempt: Attempt


@frozen(order=True)
class Work:
    """What may be done once: what has one key, or else one job, whose key is then empty."""

    agent: Address
    key: str
    job: int


def work(agent: Address, job: int, key: str | None) -> Work:
    """Return what a stage is for.

    >>> work(Address("agent"), 7, None)
    Work(agent=agent0, key='', job=7)
    """
    return Work(agent, "", job) if key is None else Work(agent, key, 0)


@frozen
class Execution:
    """An execution that is open: the last attempt, if any was sent, and what is left of the wait for the next, if one was drawn.

    `out`: that attempt is neither heard of nor given up. `doubt`: of some attempt it is not known what became of it. `leaving`: its
    user has asked to cancel it; `suspected`: its agent is suspected while it waits for that. `drawn`: how long the wait is in all.
    """

    user: Address
    asked: Execute
    attempt: Attempt | None = None
    out: bool = False
    doubt: bool = False
    drawn: Ticks = 0
    wait: Ticks | None = None
    leaving: bool = False
    suspected: bool = False


@frozen
class History:
    """How far executions are, by their agents, what was sent, what was done, and of which attempts agents said that they have failed.

    `policy` is fixed. `jobs`: how many each agent has had. `owed`: the attempt that an agent is to be told to stop. `done`: what came of
    what was done, and `again`: what was done once more. `stopped` and `dropped`: in which attempts agents were told to stop, and said
    that they do nothing more, which a crash makes them forget; `ended`: of which they said anything. `told`: what users were told that was certain.
    """

    policy: Policy
    calls: Calls = Calls()
    executions: Map[Address, Execution] = Map()
    jobs: Map[Address, int] = Map()
    sent: Map[Sent, Perform] = Map()
    owed: Map[Address, Attempt] = Map()
    failed: frozenset[Sent] = frozenset()
    done: Map[Work, int] = Map()
    again: frozenset[Work] = frozenset()
    stopped: frozenset[Sent] = frozenset()
    dropped: frozenset[Sent] = frozenset()
    ended: frozenset[Sent] = frozenset()
    told: frozenset[Done | GaveUp] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        after = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Execute(agent) if agent not in self.executions:
                opened = self.executions.put(agent, Execution(by, happening))
                return evolve(after, executions=opened, jobs=self.jobs.put(agent, self.jobs.get(agent, 0) + 1))
            case Send(to, Perform(attempt) as asked):
                begun = after.changed(to, lambda each: evolve(each, attempt=attempt, out=True, wait=None))
                return evolve(begun, sent=self.sent.put(Sent(to, attempt), asked))
            case Send(to, Stop(attempt)):
                return evolve(after, owed=self.owed.drop(to), stopped=self.stopped | {Sent(to, attempt)})
            case Send(_, Failed(attempt)):
                ended = {Sent(at, attempt)}
                return evolve(after, failed=self.failed | ended, ended=self.ended | ended)
            case Send(_, Performed(attempt)):
                return evolve(after, ended=self.ended | {Sent(at, attempt)})
            case Acted(attempt, key, result):
                what = work(at, attempt.job, key)
                again = self.again | {what} if what in self.done else self.again
                return evolve(after, again=again, done=self.done if what in self.done else self.done.put(what, result))
            case Dropped(attempt):
                dropped = {Sent(at, attempt)}
                return evolve(after, dropped=self.dropped | dropped, ended=self.ended | dropped)
            case Crashed():
                return evolve(after, dropped=frozenset(each for each in self.dropped if each.agent != at))
            case Missed(agent, attempt, has_failed):
                if has_failed:
                    return after.changed(agent, lambda each: evolve(each, out=False, suspected=False))
                doubted = after.changed(agent, lambda each: evolve(each, out=False, suspected=False, doubt=True))
                return evolve(doubted, owed=self.owed.put(agent, attempt))
            case Waits(agent, ticks):
                return after.changed(agent, lambda each: evolve(each, drawn=ticks, wait=ticks))
            case Ticked():
                return evolve(after, executions=Map(tuple((agent, one_less(each)) for agent, each in self.executions.items())))
            case Suspected(peer):
                return after.changed(peer, lambda each: evolve(each, suspected=each.out))
            case CancelAsked():
                return after.changed(self.agent_for(by), lambda each: evolve(each, leaving=True))
            case Reply(user, answer) if answer != BUSY:
                return after.closed(self.agent_for(user), answer)
            case _:
                return after

    def changed(self, agent: Address | None, change: Callable[[Execution], Execution]) -> History:
        """Return it with an open execution changed; the same where there is none."""
        execution = None if agent is None else self.executions.get(agent)
        if agent is None or execution is None:
            return self
        return evolve(self, executions=self.executions.put(agent, change(execution)))

    def agent_for(self, user: Address) -> Address | None:
        """Return whose execution a user waits for."""
        return next((agent for agent, each in self.executions.items() if each.user == user), None)

    def closed(self, agent: Address | None, answer: object) -> History:
        """Fold an answer. Who is told anything but a result leaves the attempt for which it waited."""
        execution = None if agent is None else self.executions.get(agent)
        if agent is None or execution is None:
            return self
        left = execution.attempt if execution.out and not isinstance(answer, Done) else None
        owed = self.owed if left is None else self.owed.put(agent, left)
        told = self.told | {answer} if isinstance(answer, Done | GaveUp) else self.told
        return evolve(self, executions=self.executions.drop(agent), owed=owed, told=told)


def one_less(execution: Execution) -> Execution:
    """Return an execution of which a tick of its wait has passed, if it waits."""
    return execution if execution.wait is None else evolve(execution, wait=max(0, execution.wait - 1))
