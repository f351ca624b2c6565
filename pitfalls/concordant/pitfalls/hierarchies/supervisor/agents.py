"""What agents do wrong with what comes late, early or twice."""

from __future__ import annotations

from attrs import frozen

from concordant.pitfalls.hierarchies.supervisor.supervisors import TriesAgain
from concordant.refimpl.hierarchies.supervisor import (
    ANYTHING,
    Agent,
    Ready,
    Serving,
    Working,
    system,
)
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.hierarchies.shared.runs import Run
from concordant.spec.hierarchies.shared.subtasks import Subtask
from concordant.spec.hierarchies.supervisor import Halted
from concordant.spec.hierarchies.supervisor import clauses as spec
from concordant.spec.vocabulary import Announce, Faults, Network


@frozen
class TakesCopies(Agent):
    """Does not tell a copy of what it was given from something new."""

    def is_old(self, state: Ready, number: int) -> bool:  # noqa: ARG002  # that is the mistake
        return False


@frozen
class DoesAnother(Agent):
    """Begins something else than what it was given."""

    def given(self, state: Serving, run: Run) -> Step[Serving] | None:
        return super().given(state, Run(run.number, "b"))


@frozen
class StopsWhateverRuns(Agent):
    """Does not ask which subtask it is to stop."""

    def told_to_stop(self, state: Serving, number: int) -> Step[Serving] | None:
        return self.halt(state.run) if isinstance(state, Working) else super().told_to_stop(state, number)


@frozen
class ForgetsEarlyStops(Agent):
    """Forgets that it is to stop what it has not been given yet."""

    def told_to_stop(self, state: Serving, number: int) -> Step[Serving] | None:
        return super().told_to_stop(state, number) if isinstance(state, Working) else None


@frozen
class StopsInSilence(Agent):
    """Stops when it is told to, and does not say so."""

    def halt(self, run: Run) -> Step[Serving]:
        return step(Ready(run.number), Announce(Halted(run)))


# ---- the pitfalls

A = Subtask("a")
ONE = (ANYTHING,)
CANCELLED = Faults(detector=True, cancellations=1)
COPIES = Network(duplicating=True)

ANOTHER = Pitfall(
    "supervisor.DoesAnother",
    "An agent begins another subtask than the one that it was given.",
    breaks=spec.an_agent_begins_what_it_was_given,
    subject=system((A,), able=ONE, agent=DoesAnother),
    length=2,
)

BEGUN_AGAIN = Pitfall(
    "supervisor.TakesCopies",
    "A copy of what an agent was given arrives when that is over, and it is begun again.",
    breaks=spec.an_agent_begins_what_it_was_given,
    subject=system((A,), able=ONE, network=COPIES, agent=TakesCopies),
    length=4,
)

STALE_STOP = Pitfall(
    "supervisor.StopsWhateverRuns",
    "What an agent was to stop is over when it is told; when it is told late, it stops what it was given next.",
    breaks=spec.what_is_left_undone_has_a_reason,
    subject=system((A,), (A,), able=ONE, faults=CANCELLED, agent=StopsWhateverRuns),
    length=9,
)

EARLY_STOP = Pitfall(
    "supervisor.ForgetsEarlyStops",
    "An agent is told to stop what it has not been given yet, and forgets it: then it begins, and the task goes on.",
    breaks=spec.a_failure_stops_the_rest,
    subject=system((A,), able=ONE, faults=CANCELLED, agent=ForgetsEarlyStops),
    length=4,
)

SILENCE = Pitfall(
    "supervisor.StopsInSilence",
    "An agent stops and does not say so: the supervisor waits, and the task never ends.",
    breaks=spec.every_task_ends,
    subject=system((A,), able=ONE, faults=CANCELLED, agent=StopsInSilence),
    length=4,
)

FOR_EVER = Pitfall(
    "supervisor.TriesAgain",
    "What fails is tried again, and where it always fails that goes on for ever.",
    breaks=spec.every_task_ends,
    subject=system((A,), able=ONE, supervisor=TriesAgain, agent=TakesCopies),
    length=6,
)
