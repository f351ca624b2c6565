"""An executor of stage graphs: each stage runs once all that it depends on has ended, on a free worker that can do it.

Source: Kahn, "Topological sorting of large networks" (1962); van der Aalst, "The Application of Petri Nets to Workflow
Management" (1998), sections 3 and 4. Stages are started at once when they can be, not in waves.
Assumes: the executor does not crash; what a stage does is the environment's: it succeeds, fails or is stopped.
Does not promise: that a stage ever ends; nothing of a graph with a cycle, which is rejected before anything starts.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import Address, Call, Completion, Map, Rejected, Reply
from concordant.spec.workflows.shared.stages import Able, Stage, StageStatus

# ---- requests and answers


@frozen
class Submit:
    """A user asks for a workflow. Answered by `Ended`, or `Rejected` for a graph that breaks the rules, or while another runs."""

    stages: tuple[Stage, ...]

    def picture(self) -> tuple[str, ...]:
        """Draw the graph: a line per stage, with those that depend on it.

        >>> Submit((Stage("a"), Stage("b", ("a",), optional=True))).picture()
        ('a ─▶ b', 'b (optional)')
        """
        lines = []
        for stage in self.stages:
            following = ", ".join(other.name for other in self.stages if stage.name in other.after)
            lines.append(f"{stage.name}{stage.note}{f' ─▶ {following}' if following else ''}")
        return tuple(lines)


@frozen
class Retry:
    """A user asks that what did not succeed be tried again. Answered as `Submit`, or `Rejected` where nothing failed."""


BUSY = Rejected("another workflow is running")
NOTHING_FAILED = Rejected("nothing failed")

# ---- triggers: what becomes of a stage that runs, which nobody here controls


@frozen
class Succeeds(Completion):
    """A stage ends well."""

    stage: str

    @property
    def result(self) -> str:
        """What it leaves to those after it: in life anything, here what shows whose it is."""
        return f"result of {self.stage}"


@frozen
class Fails(Completion):
    """A stage ends badly."""

    stage: str


@frozen
class IsStopped(Completion):
    """A stage is stopped from outside: by hand, or because it is left out, and another branch taken."""

    stage: str


# ---- events


@frozen
class Submitted:
    """A workflow of a client was accepted, or is tried again from what had succeeded."""

    client: Address
    stages: tuple[Stage, ...]


@frozen
class Started:
    """A stage runs, and has read what those before it left; None of one that is optional and failed."""

    stage: str
    read: Map[str, str | None]


@frozen
class StageEnded:
    """A stage ended, or was skipped."""

    stage: str
    status: StageStatus


@frozen
class Ended:
    """The workflow ended: completed if all its mandatory stages succeeded. Also the answer to the user."""

    completed: bool
    statuses: Map[str, StageStatus]


# ---- views


@frozen
class ExecutorView:
    """The workflow and the status of each stage; what each worker can do, and which worker, by number, has which stage.

    `ended`: no workflow is under way.
    """

    stages: tuple[Stage, ...]
    statuses: Map[str, StageStatus]
    workers: Able
    busy: Map[str, int]
    ended: bool

    @property
    def free(self) -> Able:
        """What each free worker can do."""
        return tuple(able for number, able in enumerate(self.workers) if number not in self.busy.values())

    @property
    def running(self) -> tuple[str, ...]:
        """The stages that run."""
        return tuple(name for name, status in self.statuses.items() if status is StageStatus.RUNNING)


# ---- history


@frozen
class Log:
    """What happened in this attempt, and what had succeeded before. `able`, what each worker can do, is fixed.

    `owner`: whose workflow it is, until it has an answer. `started`: how often each stage was, at most twice. `well`: which stages succeeded, and
    which did not, whatever the executor says. `outcome`: what was announced at the end.
    """

    able: Able
    calls: Calls = Calls()
    owner: Address | None = None
    stages: tuple[Stage, ...] = ()
    started: Map[str, int] = Map()
    well: Map[str, bool] = Map()
    ended: Map[str, StageStatus] = Map()
    kept: frozenset[str] = frozenset()
    outcome: Ended | None = None
    failures: int = 0

    def after(self, at: Address, by: Address, happening: object) -> Log:
        """Fold one happening."""
        calls = self.calls.after(at, by, happening)
        seen = self if calls is self.calls else evolve(self, calls=calls)  # on purpose
        match happening:
            case Submitted(client, stages):
                again = isinstance(self.calls.open.get(Call(client, at)), Retry)
                done = frozenset(name for name, status in self.ended.items() if again and status is StageStatus.DONE)
                ended = Map.of(dict.fromkeys(done, StageStatus.DONE))
                return Log(self.able, calls, client, stages, ended=ended, kept=done, failures=self.failures)
            case Started(stage):
                return evolve(seen, started=self.started.put(stage, min(2, self.started.get(stage, 0) + 1)))
            case Succeeds(stage):
                return evolve(seen, well=self.well.put(stage, True))
            case Fails(stage) | IsStopped(stage):
                return evolve(seen, well=self.well.put(stage, False), failures=self.failures + 1)
            case StageEnded(stage, status):
                return evolve(seen, ended=self.ended.put(stage, status))
            case Ended():
                return evolve(seen, outcome=happening)
            case Reply(user) if user == self.owner:
                return evolve(seen, owner=None)
            case _:
                return seen

    @property
    def under_way(self) -> bool:
        """Whether a workflow was accepted whose client has no answer yet."""
        return self.owner is not None

    def status(self, stage: str) -> StageStatus:
        """Return how far a stage is, by what was announced."""
        return self.ended.get(stage, StageStatus.RUNNING if stage in self.started else StageStatus.WAITING)
