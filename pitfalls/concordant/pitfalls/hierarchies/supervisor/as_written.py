"""The documents' supervisor as it is written, and what is made of its results."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.hierarchies.supervisor import (
    ANYTHING,
    Nursery,
    Supervising,
    Supervisor,
    system,
)
from concordant.refimpl.machine import Pitfall, Step
from concordant.spec.hierarchies.shared.runs import Done, Run
from concordant.spec.hierarchies.shared.subtasks import Subtask
from concordant.spec.hierarchies.supervisor import clauses as spec
from concordant.spec.vocabulary import Map, Send


@frozen
class AsWritten(Supervisor):
    """Pairs the subtasks with the agents, place by place, and gathers what the pairs return; the first error is raised at once."""

    def flaw(self, state: Supervising, subtasks: tuple[Subtask, ...]) -> str | None:  # noqa: ARG002  # nothing is validated
        return None

    def give_out(self, state: Nursery) -> tuple[Nursery, tuple[Send, ...]]:
        pairs = list(zip(self.agents, state.queue, strict=False))
        running = {agent: Run(state.given + place, subtask.name) for place, (agent, subtask) in enumerate(pairs, 1)}
        after = evolve(state, queue=(), given=state.given + len(pairs), running=Map.of({**dict(state.running.items()), **running}))
        return after, tuple(Send(agent, run) for agent, run in running.items())

    def close(self, state: Nursery) -> Step[Supervising]:
        return self.end(state)


@frozen
class ListsResults(Supervisor):
    """Gathers a list of results, without the names of the subtasks; whoever reads it counts off."""

    def end(self, state: Nursery) -> Step[Supervising]:
        results = sorted(state.outcomes.values(), key=lambda outcome: not isinstance(outcome, Done))
        return super().end(evolve(state, outcomes=Map.of(zip(state.outcomes, results, strict=True))))


# ---- the pitfalls

A, B, C = Subtask("a"), Subtask("b"), Subtask("c")
DRAWING = Subtask("a", needs="drawing")

DROPS_WHAT_IS_OVER = Pitfall(
    "SUP-1",
    "Of three subtasks and two agents the third is paired with nobody and dropped: the answer says nothing of it.",
    breaks=spec.every_subtask_is_accounted_for,
    subject=system((A, B, C), supervisor=AsWritten),
    length=4,
)

NOBODY_THERE = Pitfall(
    "SUP-2",
    "Without agents there are no pairs: the task succeeds, and nothing of it was done.",
    breaks=spec.every_subtask_is_accounted_for,
    subject=system((A,), able=(), supervisor=AsWritten),
    length=1,
)

RUNS_ON = Pitfall(
    "SUP-3",
    "The error of one subtask is raised at once: the client is answered, and the other runs on.",
    breaks=spec.no_orphans,
    subject=system((A, B), supervisor=AsWritten),
    length=5,
)

CANNOT = Pitfall(
    "SUP-4",
    "A subtask goes to the agent in its place, who cannot do it, while one who can is free.",
    breaks=spec.an_agent_can_do_what_it_begins,
    subject=system((DRAWING,), able=(ANYTHING, frozenset({"any", "drawing"})), supervisor=AsWritten),
    length=2,
)

WHOSE = Pitfall(
    "SUP-5",
    "Results are listed without names: when one subtask fails, the next one's result is taken for its.",
    breaks=spec.an_outcome_is_true,
    subject=system((A, B), supervisor=ListsResults),
    length=7,
)
