"""A durable engine of workflows: tasks run in threads of agents, and what is logged before a crash goes on after it.

Source: van der Aalst, "The Application of Petri Nets to Workflow Management" (1998), for the graphs; write-ahead logs, Gray and Reuter,
"Transaction Processing" (1992), and recovery by their replay, as workflow engines do it: Mohan et al., "Exotica" (1995).
Assumes: a write to the log is whole and on the disk before anything else happens; a crash ends the threads of the engine with it.
Chosen: a workflow is created under an id, once; who creates the same again is told that it is there. Whoever asks to execute it waits
for the one execution that there is. A start is logged before the thread runs, so that an attempt that a crash or the loss of its agent
cuts short counts: of `attempts` in all, none is made after a success. A task for which nobody is left fails. To cancel a workflow is to
start nothing more of it: threads cannot be stopped, and are waited for.
Does not promise: that an attempt which was cut short has done nothing; that a task ends.
"""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import Address, Completion, Crashed, Malformed, Map, Recovered, Rejected
from concordant.spec.workflows.shared.stages import Able, Stage, StageStatus

# ---- requests and answers


@frozen
class Create:
    """A user defines a workflow. Answered by `Created`, or `Rejected` for tasks that break the rules, or an id that another workflow has."""

    workflow: str
    tasks: tuple[Stage, ...]


@frozen
class Execute:
    """A user wants a workflow executed, or to know how it ended. Answered by `Ended` when it has, or by `NO_SUCH`."""

    workflow: str


@frozen
class Cancel:
    """A user wants nothing more of a workflow to start. Answered by `Ended` when it has ended, or by `NO_SUCH`."""

    workflow: str


Request: TypeAlias = Create | Execute | Cancel


@frozen
class Created:
    """The workflow is in the log."""


class Verdict(Enum):
    """How a workflow ends: completed, if all its mandatory tasks succeeded; else cancelled, if it was; else failed."""

    COMPLETED = "completed"
    CANCELLED = "cancelled"
    FAILED = "failed"


@frozen
class Ended:
    """A workflow has ended, and each of its tasks. Also the answer to all who wait for it."""

    workflow: str
    verdict: Verdict
    statuses: Map[str, StageStatus]


NO_SUCH = Rejected("there is no such workflow")
TAKEN = Rejected("another workflow has this id")

# ---- triggers: what becomes of a thread


@frozen(order=True)
class Job:
    """A task of a workflow."""

    workflow: str
    task: str


@frozen
class Succeeds(Completion):
    """The agent has carried the task out."""

    job: Job

    @property
    def result(self) -> str:
        """What it leaves to the tasks after it: in life anything, here what shows whose it is."""
        return f"result of {self.job.task}"


@frozen
class Fails(Completion):
    """The agent raises an error."""

    job: Job


@frozen
class Vanishes(Completion):
    """The thread ends without a word, as it does when the process of its agent is killed. The agent is lost for good."""

    job: Job


# ---- events


@frozen
class Accepted:
    """A workflow was created for a client."""

    client: Address
    workflow: str
    tasks: tuple[Stage, ...]


@frozen
class Started:
    """An agent, by number, begins to carry a task out, and has read what those before it left; None of one that failed."""

    job: Job
    agent: int
    read: Map[str, str | None]


@frozen
class TaskEnded:
    """Nothing more will become of a task."""

    job: Job
    status: StageStatus


# ---- views


@frozen
class EngineView:
    """The log, by task and by workflow, and which agent, by number, is at which task.

    `tries`: how often each was started. `readable`: the tasks whose results can be read. `verdicts`: of the workflows that have ended.
    """

    tries: Map[Job, int]
    ended: Map[Job, StageStatus]
    readable: frozenset[Job]
    verdicts: Map[str, Verdict]
    busy: Map[Job, int]


# ---- history


@frozen
class Log:
    """What happened, whatever the engine has written. `able`, what each agent can do, and `attempts`, how many there are, are fixed.

    `workflows`: what was accepted. `wanted` and `cancelled`: what of it was to be executed, and what to be cancelled before its end.
    `busy`: what runs, and who does it; nothing after a crash. `cut`: what has run when there was one. `well`: what has succeeded, whoever
    was told. `lost`: agents. `failures`: how many attempts failed, or took their agents with them.
    """

    able: Able
    attempts: int
    calls: Calls = Calls()
    workflows: Map[str, tuple[Stage, ...]] = Map()
    wanted: frozenset[str] = frozenset()
    cancelled: frozenset[str] = frozenset()
    busy: Map[Job, int] = Map()
    tries: Map[Job, int] = Map()
    cut: frozenset[Job] = frozenset()
    well: frozenset[Job] = frozenset()
    lost: frozenset[int] = frozenset()
    ended: Map[Job, StageStatus] = Map()
    outcomes: Map[str, Ended] = Map()
    failures: int = 0
    up: bool = True

    def after(self, at: Address, by: Address, happening: object) -> Log:
        """Fold one happening."""
        seen = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Malformed(request):
                return self.after(at, by, request)
            case Accepted(_, workflow, tasks):
                return evolve(seen, workflows=self.workflows.put(workflow, tasks))
            case Execute(workflow) if workflow in self.workflows:
                return evolve(seen, wanted=self.wanted | {workflow})
            case Cancel(workflow) if workflow in self.workflows and workflow not in self.outcomes:
                return evolve(seen, cancelled=self.cancelled | {workflow})
            case Started(job, agent):
                tries = min(self.tries.get(job, 0), self.attempts) + 1
                return evolve(seen, busy=self.busy.put(job, agent), tries=self.tries.put(job, tries))
            case Succeeds(job):
                return evolve(seen, busy=self.busy.drop(job), well=self.well | {job})
            case Fails(job):
                return evolve(seen, busy=self.busy.drop(job), failures=self.failures + 1)
            case Vanishes(job):
                lost = frozenset(agent for each, agent in self.busy.items() if each == job)
                return evolve(seen, busy=self.busy.drop(job), failures=self.failures + 1, lost=self.lost | lost)
            case TaskEnded(job, status):
                return evolve(seen, ended=self.ended.put(job, status))
            case Ended(workflow):
                return evolve(seen, outcomes=self.outcomes.put(workflow, happening))
            case Crashed():
                return evolve(seen, busy=Map(), cut=self.cut | frozenset(self.busy), up=False)
            case Recovered():
                return evolve(seen, up=True)
            case _:
                return seen

    def task(self, job: Job) -> Stage | None:
        """Return what was defined of a task; None if nothing was."""
        return next((task for task in self.workflows.get(job.workflow, ()) if task.name == job.task), None)

    def of(self, workflow: str) -> Map[str, StageStatus]:
        """Return how those tasks of a workflow ended that have."""
        return Map.of({job.task: status for job, status in self.ended.items() if job.workflow == workflow})

    def running(self, workflow: str) -> tuple[str, ...]:
        """Return the tasks of a workflow that run."""
        return tuple(job.task for job in self.busy if job.workflow == workflow)

    def can_do(self, task: Stage) -> frozenset[int]:
        """Return the agents, busy or not, that can do a task and are not lost."""
        return frozenset(number for number, able in enumerate(self.able) if task.needs in able and number not in self.lost)

    @property
    def unfinished(self) -> frozenset[str]:
        """What is to end, and has not."""
        return (self.wanted | self.cancelled) - frozenset(self.outcomes)
