"""An orchestrator gives the stages of a workflow to agents over a network, under tokens, and takes each result from its last agent only.

Source: orchestration of WS-BPEL 2.0 (OASIS 2007); of each stage the FIPA Request protocol (SC00026), with the documents' messages
TASK_ASSIGNMENT, TASK_COMPLETE and TASK_FAILED; tokens that grow, by which those who come late are turned away, Burrows, "The Chubby
lock service" (2006), section 2.4, there called sequencers; the orchestrator's own recovery, as of `workflow_engine`.
Assumes: what orchestrators and agents keep is on their disks before they send anything; the network tells truly who sent a message.
Chosen: an assignment is sent again until its end is heard of, which is also the question how far it is: nobody confirms anything. Who is
not heard of in time is given up, and the stage goes to another, under a higher token. Of an assignment that a crash of its agent cuts
short the agent says that it failed. A stage that must run alone is turned down: who is given up may be at it still. The last workflow
is remembered, so that its client may ask again after a crash.
Does not promise: that a stage is done once: who was given up may do it, too. Its result is not taken.
"""

from __future__ import annotations

from typing import TypeAlias

from attrs import evolve, field, frozen
from attrs.validators import ge

from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import Address, Completion, Crashed, Deadline, Map, Rejected, Send
from concordant.spec.workflows.shared.stages import Stage, StageStatus

# ---- requests and answers


@frozen
class Submit:
    """A user wants a workflow carried out, or, after a crash, to know how it ended. Answered by `Ended` or `Rejected`."""

    workflow: str
    stages: tuple[Stage, ...]


@frozen
class Ended:
    """A workflow ended: completed if all its mandatory stages are done. Also the answer to whoever waits for it."""

    workflow: str
    completed: bool
    statuses: Map[str, StageStatus]


BUSY = Rejected("a workflow is under way")
TAKEN = Rejected("the workflow has other stages")

# ---- messages


@frozen
class TaskAssignment:
    """An agent is to carry a stage out, on what those before it left; None of one that failed. Sent again, it asks how far that is."""

    token: int
    stage: str
    read: Map[str, str | None]


@frozen
class TaskComplete:
    """The agent has carried out what it was given under this token."""

    token: int
    stage: str
    result: str


@frozen
class TaskFailed:
    """The agent has not carried it out, and will not."""

    token: int
    stage: str


Report: TypeAlias = TaskComplete | TaskFailed

# ---- triggers


@frozen(order=True)
class Job:
    """What an orchestrator gives to somebody under a token."""

    orchestrator: Address
    token: int


@frozen
class Succeeds(Completion):
    """An agent has carried out what it is at."""

    job: Job
    stage: str

    @property
    def result(self) -> str:
        """What it leaves: in life anything, here what shows of which assignment it is."""
        return f"{self.stage} for {self.job.orchestrator} under {self.job.token}"


@frozen
class Fails(Completion):
    """An agent cannot carry out what it is at."""

    job: Job


@frozen
class AskAgain(Deadline):
    """Nothing was heard of a stage for a while."""

    stage: str


@frozen
class GiveUp(Deadline):
    """Nothing was heard of a stage for long enough."""

    stage: str


# ---- events


@frozen
class Accepted:
    """An orchestrator has taken a client's workflow."""

    client: Address
    workflow: str
    stages: tuple[Stage, ...]


@frozen
class Assigned:
    """An agent is held for a stage, under a token."""

    stage: str
    agent: Address
    token: int


@frozen
class TakenBack:
    """An agent is held for a stage no more: it has failed, or else it was given up."""

    stage: str
    token: int
    failed: bool


@frozen
class Began:
    """An agent is at something that it was given."""

    job: Job


@frozen
class StageEnded:
    """Nothing more becomes of a stage. `token`: whose result it has; None if it has none."""

    stage: str
    status: StageStatus
    token: int | None


# ---- views


@frozen(order=True)
class Held:
    """An agent that is held for a stage, and the token."""

    agent: Address
    token: int


@frozen
class OrchestratorView:
    """Who is held for which stage, how stages have ended, what they left, and whether the workflow has ended. All of it survives a crash."""

    held: Map[str, Held]
    ended: Map[str, StageStatus]
    results: Map[str, str]
    is_over: bool


@frozen
class AgentView:
    """What an agent is at, and the last token of each orchestrator that it has begun."""

    busy: frozenset[Job]
    last: Map[Address, int]


# ---- history


@frozen
class Run:
    """What became of the workflow of an orchestrator: who waits for it, who is held, and how often each stage was assigned.

    `gone`: who had a stage, and has it no more. `token`: the last one, of all workflows.
    """

    workflow: str | None = None
    stages: tuple[Stage, ...] = ()
    held: Map[str, Held] = Map()
    tries: Map[str, int] = Map()
    gone: Map[str, frozenset[Address]] = Map()
    ended: Map[str, StageStatus] = Map()
    results: Map[str, str] = Map()
    outcome: Ended | None = None
    token: int = 0

    @property
    def is_over(self) -> bool:
        """Whether nothing is under way."""
        return self.workflow is None or self.outcome is not None

    def taken_back(self, stage: str) -> Run:
        """Return it with nobody held for a stage."""
        held = self.held.get(stage)
        gone = self.gone.get(stage, frozenset[Address]()) | (frozenset() if held is None else {held.agent})
        return evolve(self, held=self.held.drop(stage), gone=self.gone.put(stage, gone))


@frozen
class Policy:
    """What each agent can do, and how often a stage is assigned at most, below one a ValueError."""

    able: Map[Address, frozenset[str]]
    attempts: int = field(validator=ge(1))


@frozen
class History:
    """How far the workflows of orchestrators are, and what agents were given, are at, and have done, whoever heard of it.

    `policy` is fixed. `runs`: by orchestrator. `given`: to whom what was sent. `begun`: by whom what was; `at_work`: what somebody is at;
    `done`: what came of what. `crashed`: which agents ever have.
    """

    policy: Policy
    calls: Calls = Calls()
    runs: Map[Address, Run] = Map()
    given: Map[Job, Address] = Map()
    begun: Map[Job, Address] = Map()
    at_work: frozenset[Job] = frozenset()
    done: Map[Job, str] = Map()
    crashed: frozenset[Address] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        seen = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Accepted(_, workflow, stages):
                return seen.put(at, Run(workflow, stages, token=self.run(at).token))
            case Assigned(stage, agent, token):
                run = self.run(at)
                held, tries = (
                    run.held.put(stage, Held(agent, token)),
                    run.tries.put(stage, min(run.tries.get(stage, 0), self.policy.attempts) + 1),
                )
                return seen.put(at, evolve(run, held=held, tries=tries, token=max(token, run.token)))
            case Send(to, TaskAssignment(token)):
                return evolve(seen, given=self.given.put(Job(at, token), to))
            case TakenBack(stage):
                return seen.put(at, self.run(at).taken_back(stage))
            case StageEnded(stage, status, token):
                run = self.run(at)
                result = None if token is None else self.done.get(Job(at, token))
                results = run.results if result is None else run.results.put(stage, result)
                return seen.put(at, evolve(run, held=run.held.drop(stage), ended=run.ended.put(stage, status), results=results))
            case Ended():
                return seen.put(at, evolve(self.run(at), outcome=happening))
            case Began(job):
                dropped = {other for other in self.at_work if other.orchestrator == job.orchestrator and self.begun.get(other) == at}
                return evolve(seen, begun=self.begun.put(job, at), at_work=(self.at_work - dropped) | {job})
            case Succeeds(job):
                return evolve(seen, at_work=self.at_work - {job}, done=self.done.put(job, happening.result))
            case Fails(job):
                return evolve(seen, at_work=self.at_work - {job})
            case Crashed():
                left = frozenset(job for job in self.at_work if self.begun.get(job) != at)
                return evolve(seen, at_work=left, crashed=self.crashed | ({at} & set(self.policy.able)))
            case _:
                return seen

    def run(self, orchestrator: Address) -> Run:
        """Return what became of the workflow of an orchestrator."""
        return self.runs.get(orchestrator, Run())

    def put(self, orchestrator: Address, run: Run) -> History:
        """Return it with what became of a workflow."""
        return evolve(self, runs=self.runs.put(orchestrator, run))

    def can_do(self, stage: Stage) -> frozenset[Address]:
        """Return who can do a stage."""
        return frozenset(agent for agent, able in self.policy.able.items() if stage.needs in able)
