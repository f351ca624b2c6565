"""What supervisors do wrong: in what they take, give out and tell, and in not waiting."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.hierarchies.supervisor import (
    ANYTHING,
    Idle,
    Nursery,
    Supervising,
    Supervisor,
    system,
)
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.hierarchies.shared.runs import Done, Failed
from concordant.spec.hierarchies.shared.subtasks import Subtask
from concordant.spec.hierarchies.supervisor import BUSY, Coordinate, Gathered, Outcome
from concordant.spec.hierarchies.supervisor import clauses as spec
from concordant.spec.vocabulary import Address, Faults, Map, Reply, Send


@frozen
class DoesNotWait(Supervisor):
    """Stops what runs, and answers before it has heard that it is over."""

    def settle(self, state: Nursery, *sends: Send) -> Step[Supervising]:
        ended = self.end(state)
        return Step(ended.state, (*sends, *ended.effects)) if state.closing else super().settle(state, *sends)


@frozen
class OneAtATime(Supervisor):
    """Gives one subtask out, and the next when that is over."""

    def give_out(self, state: Nursery) -> tuple[Nursery, tuple[Send, ...]]:
        if state.running:
            return state, ()
        after, runs = super().give_out(evolve(state, queue=state.queue[:1]))
        return evolve(after, queue=after.queue + state.queue[1:]), runs


@frozen
class TakesAnother(Supervisor):
    """Takes a task while another is under way."""

    def request(self, state: Supervising, client: Address, request: Coordinate) -> Step[Supervising]:
        return super().request(Idle(state.given, state.down), client, request)


@frozen
class TakesWhatFits(Supervisor):
    """Takes as many subtasks as there are agents."""

    def request(self, state: Supervising, client: Address, request: Coordinate) -> Step[Supervising]:
        return super().request(state, client, Coordinate(request.subtasks[: len(self.agents)]))


@frozen
class TakesAnything(Supervisor):
    """Does not ask whether somebody can do it."""

    def flaw(self, state: Supervising, subtasks: tuple[Subtask, ...]) -> str | None:  # noqa: ARG002  # that is the mistake
        return None


@frozen
class AsksEverybody(Supervisor):
    """Gives a subtask to all agents that are free, under one number: the first result will do."""

    def give_out(self, state: Nursery) -> tuple[Nursery, tuple[Send, ...]]:
        after, runs = super().give_out(state)
        return after, tuple(Send(agent, run.message) for run in runs for agent in self.agents)


@frozen
class ForgetsWhoIsDown(Supervisor):
    """Forgets from one task to the next who is down."""

    def end(self, state: Nursery) -> Step[Supervising]:
        return super().end(evolve(state, down=frozenset()))


@frozen
class RejectsLate(Supervisor):
    """Tells a client who has cancelled that there was no time for its task."""

    def end(self, state: Nursery) -> Step[Supervising]:
        ended = super().end(state)
        return step(ended.state, Reply(state.client, BUSY)) if state.closing else ended


@frozen
class TellsTheTotal(Supervisor):
    """Tells of the whole as if it were a subtask, too."""

    def end(self, state: Nursery) -> Step[Supervising]:
        return super().end(evolve(state, outcomes=state.outcomes.put("total", Done("all"))))


@frozen
class WantsAnAgentEach(Supervisor):
    """Rejects a task with more subtasks than agents, though they could wait."""

    def flaw(self, state: Supervising, subtasks: tuple[Subtask, ...]) -> str | None:
        return "there are too few agents" if len(subtasks) > len(self.agents) else super().flaw(state, subtasks)


@frozen
class FirstResultWins(Supervisor):
    """Stops the rest once one subtask has ended, however that was."""

    def is_fine(self, outcome: Outcome) -> bool:  # noqa: ARG002  # that is the mistake
        return False


@frozen
class AnswersTheCancellation(Supervisor):
    """Answers who cancels at once, and once more when all is over."""

    def cancel(self, state: Supervising, client: Address) -> Step[Supervising] | None:
        closed = super().cancel(state, client)
        return None if closed is None else Step(closed.state, (*closed.effects, Reply(client, Gathered(Map()))))


@frozen
class DeafToSuspicion(Supervisor):
    """Waits for an agent that is down."""

    def suspect(self, state: Supervising, peer: Address) -> Step[Supervising] | None:  # noqa: ARG002  # that is the mistake
        return None


@frozen
class TriesAgain(Supervisor):
    """Gives what has failed to its agent again, under the same number."""

    def ended(self, state: Nursery, agent: Address, outcome: Outcome) -> Step[Supervising]:
        if isinstance(outcome, Failed):
            return step(state, Send(agent, state.running[agent]))
        return super().ended(state, agent, outcome)


# ---- the pitfalls

A, B = Subtask("a"), Subtask("b")
DRAWING = Subtask("a", needs="drawing")
ONE = (ANYTHING,)
CANCELLED = Faults(detector=True, cancellations=1)
CRASH = Faults(detector=True, crashes=1, who=(Address("agent"),))

LEAVES = Pitfall(
    "supervisor.DoesNotWait",
    "What is cancelled is told to stop, and the client is answered at once: until that arrives, a subtask runs on.",
    breaks=spec.no_orphans,
    subject=system((A,), faults=CANCELLED, able=ONE, supervisor=DoesNotWait),
    length=3,
)

WAITS_ITS_TURN = Pitfall(
    "supervisor.OneAtATime",
    "A subtask waits for another, though an agent is free.",
    breaks=spec.nothing_waits_beside_a_free_agent,
    subject=system((A, B), supervisor=OneAtATime),
    length=1,
)

OVERWRITES = Pitfall(
    "supervisor.TakesAnother",
    "A second task takes the place of the first, whose client is forgotten.",
    breaks=spec.what_is_accepted_was_asked_for_and_can_be_done,
    subject=system((A,), rival=((B,),), able=ONE, supervisor=TakesAnother),
    length=2,
)

CUT = Pitfall(
    "supervisor.TakesWhatFits",
    "Subtasks beyond the number of agents are cut off before the task begins.",
    breaks=spec.what_is_accepted_was_asked_for_and_can_be_done,
    subject=system((A, B), able=ONE, supervisor=TakesWhatFits),
    length=1,
)

BEYOND_ALL = Pitfall(
    "supervisor.TakesAnything",
    "A task is taken of which nobody can do a subtask.",
    breaks=spec.what_is_accepted_was_asked_for_and_can_be_done,
    subject=system((B, DRAWING), able=ONE, supervisor=TakesAnything),
    length=1,
)

SPECULATES = Pitfall(
    "supervisor.AsksEverybody",
    "Two agents are given one subtask, and the supervisor knows of one of them.",
    breaks=spec.an_agent_begins_what_it_was_given,
    subject=system((A,), supervisor=AsksEverybody),
    length=2,
)

GIVES_TO_THE_DEAD = Pitfall(
    "supervisor.ForgetsWhoIsDown",
    "An agent crashes, and its supervisor, which knows it, gives it something of the next task.",
    breaks=spec.nothing_is_given_to_who_is_down,
    subject=system((A,), (A,), able=ONE, faults=CRASH, supervisor=ForgetsWhoIsDown),
    length=4,
)

NO_TIME = Pitfall(
    "supervisor.RejectsLate",
    "A client whose task had begun is told that another was under way.",
    breaks=spec.a_rejection_has_a_reason,
    subject=system((A,), able=ONE, supervisor=RejectsLate),
    length=4,
)

ONE_TOO_MANY = Pitfall(
    "supervisor.TellsTheTotal",
    "The answer tells of something that was no subtask.",
    breaks=spec.every_subtask_is_accounted_for,
    subject=system((A,), able=ONE, supervisor=TellsTheTotal),
    length=4,
)
TOO_MANY = Pitfall(
    "supervisor.WantsAnAgentEach",
    "A task is rejected because it has more subtasks than there are agents.",
    breaks=spec.a_rejection_has_a_reason,
    subject=system((A, B), able=ONE, supervisor=WantsAnAgentEach),
    length=1,
)

RACES = Pitfall(
    "supervisor.FirstResultWins",
    "The first subtask that is done ends the task, and the others are left out.",
    breaks=spec.what_is_left_undone_has_a_reason,
    subject=system((A, B), able=ONE, supervisor=FirstResultWins),
    length=4,
)

ANSWERED_TWICE = Pitfall(
    "supervisor.AnswersTheCancellation",
    "Who cancels is answered at once, and again when all is over.",
    breaks=spec.nobody_is_answered_twice,
    subject=system((A,), able=ONE, faults=CANCELLED, supervisor=AnswersTheCancellation),
    length=5,
)

WAITS_FOR_THE_DEAD = Pitfall(
    "supervisor.DeafToSuspicion",
    "An agent crashes, and its supervisor waits for it.",
    breaks=spec.nobody_waits,
    subject=system((A,), able=ONE, faults=CRASH, supervisor=DeafToSuspicion),
    length=3,
)


@frozen
class GoesOnWithoutIt(Supervisor):
    """Puts down as failed what an agent had that is down, and goes on with the rest."""

    def suspect(self, state: Supervising, peer: Address) -> Step[Supervising] | None:
        if isinstance(state, Idle) or peer not in state.running or peer in state.down:
            return super().suspect(state, peer)
        outcomes = state.outcomes.put(state.running[peer].subtask, Failed())
        return self.go_on(evolve(state, down=state.down | {peer}, running=state.running.drop(peer), outcomes=outcomes))


GOES_ON_WITHOUT_IT = Pitfall(
    "supervisor.GoesOnWithoutIt",
    "An agent is down with what it was given, and the others are given the rest.",
    breaks=spec.nothing_more_is_given_out,
    subject=system(
        (Subtask("a"), Subtask("b"), Subtask("c")),
        faults=Faults(detector=True, crashes=1, who=(Address("agent"),)),
        supervisor=GoesOnWithoutIt,
    ),
    length=6,
)
