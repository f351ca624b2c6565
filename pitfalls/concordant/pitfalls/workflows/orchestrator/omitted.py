"""What the documents leave out of their orchestrator, of which they hold a picture and a list of messages: time, tokens, names and a disk."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.workflows.orchestrator import ORCHESTRATOR, OTHER, Agent, Orchestrating, Orchestrator, Serving, system
from concordant.spec.vocabulary import Address, Faults, Send, addresses
from concordant.spec.workflows.orchestrator import AskAgain, GiveUp, Report, Submit
from concordant.spec.workflows.orchestrator import clauses as spec
from concordant.spec.workflows.shared.stages import Stage

A = Stage("a")
CRASH = Faults(crashes=1, recoveries=1, who=(ORCHESTRATOR,))


@frozen
class HasNoTime(Orchestrator):
    """Waits for a report as long as it takes."""

    def armed(self, state: Orchestrating) -> tuple[AskAgain | GiveUp, ...]:  # noqa: ARG002  # that is the mistake
        return ()


@frozen
class NeverGivesUp(Orchestrator):
    """Asks an agent again and again, and gives no stage to another."""

    def armed(self, state: Orchestrating) -> tuple[AskAgain | GiveUp, ...]:
        return tuple(map(AskAgain, state.held))


@frozen
class HasNoTokens(Orchestrator):
    """Takes what it hears of a stage that is under way, whoever says it."""

    def is_current(self, state: Orchestrating, source: Address, message: Report) -> bool:  # noqa: ARG002
        return message.stage in state.held


@frozen
class TellsAll(Agent):
    """Sends what became of its task to all that have subscribed to messages of this type."""

    def tell(self, state: Serving, orchestrator: Address, report: Report) -> Step[Serving]:  # noqa: ARG002
        return step(state, Send(ORCHESTRATOR, report), Send(OTHER, report))


@frozen
class HasNoDisk(Orchestrator):
    """Keeps everything in memory."""

    def survives(self, state: Orchestrating) -> Iterable[Orchestrating]:  # noqa: ARG002
        return (Orchestrating(),)


@frozen
class KeepsNoTokens(Orchestrator):
    """Keeps on its disk what is under way, and what it is given to under which token, but counts these in memory."""

    def survives(self, state: Orchestrating) -> Iterable[Orchestrating]:
        return (evolve(state, client=None, token=0),)


HANGS = Pitfall(
    "ORC-1",
    "A report is lost, and no time runs out: the workflow waits for it for ever, and an agent is held for nothing.",
    breaks=spec.every_workflow_ends,
    subject=system(A, orchestrator=HasNoTime),
    length=2,
)
ASKS_FOR_EVER = Pitfall(
    "ORC-1/asks",
    "An agent is down for good, and is asked again and again.",
    breaks=spec.every_workflow_ends,
    subject=system(A, faults=Faults(crashes=1, who=addresses("agent", 1)), orchestrator=NeverGivesUp),
    length=5,
)
STALE = Pitfall(
    "ORC-2",
    "There are no tokens: the report of an agent that was given up completes a stage that another is held for.",
    breaks=spec.a_result_is_of_the_current_assignment,
    subject=system(A, orchestrator=HasNoTokens),
    length=5,
)
CROSSED = Pitfall(
    "ORC-3",
    "A report goes to every orchestrator: of two workflows with equal stages the one completes the other.",
    breaks=spec.a_result_is_of_the_current_assignment,
    subject=system(A, rival=(Submit("v", (A,)),), rival_at=OTHER, orchestrator=HasNoTokens, agent=TellsAll),
    length=5,
)
FORGOTTEN = Pitfall(
    "ORC-4",
    "An orchestrator that crashes has forgotten its workflow, and whom it has given what.",
    breaks=spec.every_workflow_ends,
    subject=system(A, faults=CRASH, orchestrator=HasNoDisk),
    length=4,
)
SAME_TOKENS = Pitfall(
    "ORC-4/tokens",
    "An orchestrator that crashes begins with its tokens anew: what is late cannot be told from what is not.",
    breaks=spec.tokens_grow,
    subject=system(A, faults=CRASH, orchestrator=KeepsNoTokens),
    length=4,
)
