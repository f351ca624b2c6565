"""A supervisor scatters subtasks over agents and gathers what becomes of them; it returns once nothing of its task runs any more.

Source: Hohpe and Woolf, "Enterprise Integration Patterns" (2003), Scatter-Gather; structured concurrency as in Python's TaskGroup
(PEP 654) and Smith's nurseries (2018): a failure, or a cancellation, stops the rest, and all are waited for before the answer.
Assumes: the supervisor does not crash, and an agent that crashed stays down; what an agent does is the environment's, and it
stops when it is told to. One task at a time.
Does not promise: an end, where an agent is down and nobody says so; no orphans, where the detector says it of one that is up.
"""

from __future__ import annotations

from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.calls import Calls
from concordant.spec.hierarchies.shared.runs import Accepted, Done, Failed, Run, Stopped
from concordant.spec.hierarchies.shared.subtasks import Subtask
from concordant.spec.vocabulary import Address, CancelAsked, Completion, Map, Rejected, Reply, Send, Suspected

# ---- outcomes


@frozen
class Unstarted:
    """A subtask was not given to anybody any more."""


Outcome: TypeAlias = Done | Failed | Stopped | Unstarted

# ---- requests and answers


@frozen
class Coordinate:
    """A user asks for a task. Answered by `Gathered`, or `Rejected` where nobody can do it or while another is under way."""

    subtasks: tuple[Subtask, ...]


@frozen
class Gathered:
    """The task is over, and so is each of its subtasks. It is done if all are."""

    outcomes: Map[str, Outcome]


BUSY = Rejected("another task is under way")

# ---- triggers: what becomes of a subtask that an agent works on


@frozen
class Succeeds(Completion):
    """It ends well."""

    run: Run

    @property
    def outcome(self) -> Done:
        """What it leaves: in life anything, here what shows whose it is."""
        return Done(f"result {self.run.number} of {self.run.subtask}")


@frozen
class Fails(Completion):
    """It ends badly."""

    run: Run


# ---- events


@frozen
class Began:
    """An agent works on what it was given."""

    run: Run


@frozen
class Halted:
    """An agent was stopped, and works on it no more."""

    run: Run


# ---- views


@frozen
class SupervisorView:
    """The subtasks that wait for an agent, and the agents that have none and are not suspected."""

    queue: tuple[Subtask, ...]
    free: frozenset[Address]


@frozen
class AgentView:
    """What an agent works on; None if on nothing."""

    run: Run | None


# ---- history


@frozen
class Given:
    """What was given to whom."""

    subtask: str
    agent: Address


@frozen
class Log:
    """What happened in the task that is under way. `able`, what each agent can do, is fixed; `suspected`: which are known to be down.

    `client`: whose task it is. `given`: under which number what was given to whom. `begun`: what of it an agent has worked on.
    `outcomes`: how they really ended. `halted`: the client has cancelled, or an agent is down with what it was given. `spoilt`, also when it is over: there was a reason to stop, a failure, an agent down, or the client's wish.
    """

    able: Map[Address, frozenset[str]]
    calls: Calls = Calls()
    suspected: frozenset[Address] = frozenset()
    spoilt: bool = False
    client: Address | None = None
    subtasks: tuple[Subtask, ...] = ()
    given: Map[int, Given] = Map()
    begun: frozenset[Run] = frozenset()
    outcomes: Map[str, Outcome] = Map()
    halted: bool = False

    def after(self, at: Address, by: Address, happening: object) -> Log:
        """Fold one happening."""
        after = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Accepted(client, subtasks):
                return Log(self.able, after.calls, self.suspected, client=client, subtasks=subtasks)
            case Send(to, Run(number, subtask)):
                return evolve(after, given=self.given.put(number, Given(subtask, to)))
            case Began(run) if run.number in self.given:
                return evolve(after, begun=self.begun | {run})
            case Succeeds(run):
                return evolve(after, outcomes=self.outcomes.put(run.subtask, happening.outcome))
            case Fails(run):
                return evolve(after, outcomes=self.outcomes.put(run.subtask, Failed()), spoilt=True)
            case Halted(run) if run.number in self.given:
                return evolve(after, outcomes=self.outcomes.put(run.subtask, Stopped()))
            case Suspected(peer):
                lost = any(given.agent == peer and given.subtask not in self.outcomes for given in self.given.values())
                warned = evolve(after, suspected=self.suspected | {peer}, halted=self.halted or lost)
                return evolve(warned, spoilt=self.spoilt or self.client is not None)
            case CancelAsked() if by == self.client:
                return evolve(after, spoilt=True, halted=True)
            case Reply(user) if user == self.client:
                return Log(self.able, after.calls, self.suspected, self.spoilt)
            case _:
                return after

    def true_of(self, subtask: str, outcome: Outcome) -> bool:
        """Tell whether a client may be told this of a subtask."""
        match outcome:
            case Unstarted():
                return all(given.subtask != subtask for given in self.given.values())
            case Failed() if any(given.subtask == subtask and given.agent in self.suspected for given in self.given.values()):
                return True  # what it has done nobody knows
            case _:
                return self.outcomes.get(subtask) == outcome
