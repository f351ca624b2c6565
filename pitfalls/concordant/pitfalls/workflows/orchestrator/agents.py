"""What goes wrong with agents: what they begin, what they say of it, and what they keep."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from concordant.pitfalls.workflows.orchestrator.omitted import A
from concordant.refimpl.machine import Pitfall, Step, no_deadline, step
from concordant.refimpl.workflows.orchestrator import Agent, Serving, Task, system
from concordant.spec.vocabulary import Address, Faults, Map, Network, addresses
from concordant.spec.workflows.orchestrator import AgentView, Report, TaskAssignment, TaskComplete, TaskFailed
from concordant.spec.workflows.orchestrator import clauses as spec

DOWN = Faults(crashes=1, recoveries=1, who=addresses("agent", 1))
TWICE = Network(duplicating=True)
TIMELY = Faults(synchronous=True)
ANYTHING = frozenset({"any"})


@frozen
class BeginsTheLate(Agent):
    """Begins what it is given, though it has begun something later."""

    def receive(self, state: Serving, source: Address, message: TaskAssignment) -> Step[Serving] | None:
        known = state.tasks.get(source)
        if known is not None and message.token < known.token:
            return self.begin(state, source, message)
        return super().receive(state, source, message)


@frozen
class BeginsAgain(Agent):
    """Begins again what is repeated, when it is not at it."""

    def receive(self, state: Serving, source: Address, message: TaskAssignment) -> Step[Serving] | None:
        return None if source in state.busy else self.begin(state, source, message)


@frozen
class BeginsAgainAfterACrash(Agent):
    """Keeps nothing on its disk of what it is at."""

    def survives(self, state: Serving) -> Iterable[Serving]:
        return (Serving(Map.of((who, task) for who, task in state.tasks.items() if who not in state.busy)),)


@frozen
class SaysNo(Agent):
    """Says that it has failed, when it is asked how far it is."""

    def receive(self, state: Serving, source: Address, message: TaskAssignment) -> Step[Serving] | None:
        known = state.tasks.get(source)
        if source in state.busy and known is not None and message.token == known.token:
            return self.tell(state, source, TaskFailed(known.token, known.stage))
        return super().receive(state, source, message)


@frozen
class SaysYes(Agent):
    """Says that it is done, of what a crash has cut short."""

    def cut_short(self, task: Task) -> Report:
        return TaskComplete(task.token, task.stage, "done")


@frozen
class MixesUp(Agent):
    """Says of another stage what it has done."""

    def tell(self, state: Serving, orchestrator: Address, report: Report) -> Step[Serving]:
        return super().tell(state, orchestrator, evolve(report, stage="b"))


@frozen
class SaysNothing(Agent):
    """Says nothing where it has failed."""

    def tell(self, state: Serving, orchestrator: Address, report: Report) -> Step[Serving]:
        return step(state) if isinstance(report, TaskFailed) else super().tell(state, orchestrator, report)


@frozen
class GoesOnDead(Agent):
    """Takes itself, after a crash, for at work on what that has cut short."""

    def survives(self, state: Serving) -> Iterable[Serving]:
        return (state,)


@frozen
class SaysNoAfterwards(Agent):
    """Says that it has failed, when it is asked again."""

    def receive(self, state: Serving, source: Address, message: TaskAssignment) -> Step[Serving] | None:
        known = state.tasks.get(source)
        if known is None or source in state.busy or message.token > known.token:
            return super().receive(state, source, message)
        return self.tell(state, source, TaskFailed(known.token, known.stage))


@frozen
class BlamesTheFirst(Agent):
    """Says that the first assignment has failed, when its own has."""

    def tell(self, state: Serving, orchestrator: Address, report: Report) -> Step[Serving]:
        return super().tell(state, orchestrator, evolve(report, token=1) if isinstance(report, TaskFailed) else report)


@frozen
class TurnsItDown(Agent):
    """Says that it has failed in what it is given, and does not begin."""

    def begin(self, state: Serving, source: Address, message: TaskAssignment) -> Step[Serving]:
        return self.tell(state, source, TaskFailed(message.token, message.stage))


@frozen
class Embellishes(Agent):
    """Reports more than it has done."""

    def tell(self, state: Serving, orchestrator: Address, report: Report) -> Step[Serving]:
        better = evolve(report, result=f"{report.result}, and more") if isinstance(report, TaskComplete) else report
        return super().tell(state, orchestrator, better)


@frozen
class CountsOn(Agent):
    """Begins under a token of its own."""

    def begin(self, state: Serving, source: Address, message: TaskAssignment) -> Step[Serving]:
        return super().begin(state, source, evolve(message, token=message.token + 1))


@frozen
class BeginsTheFirst(Agent):
    """Begins under the first token that there was, to whomever that was given."""

    def begin(self, state: Serving, source: Address, message: TaskAssignment) -> Step[Serving]:
        return super().begin(state, source, evolve(message, token=1))


@frozen
class Modest(Agent):
    """Shows only what it is at."""

    def view(self, state: Serving) -> AgentView:
        shown = super().view(state)
        return evolve(shown, last=Map.of((who, token) for who, token in shown.last.items() if who in state.busy))


BEGINS_THE_LATE = Pitfall(
    "orchestrator.BeginsTheLate",
    "An assignment that was given up comes late, and the agent drops for it what it was given since.",
    breaks=spec.what_is_begun_was_given,
    subject=system(A, able=(ANYTHING,), agent=BeginsTheLate),
    length=4,
)
BEGINS_AGAIN = Pitfall(
    "orchestrator.BeginsAgain",
    "An assignment comes twice, and what it asks for is done twice.",
    breaks=spec.what_is_begun_was_given,
    subject=system(A, network=TWICE, agent=BeginsAgain),
    length=4,
)
BEGINS_AGAIN_AFTER_A_CRASH = Pitfall(
    "orchestrator.BeginsAgainAfterACrash",
    "After a crash the agent does not know that it had begun, and begins again.",
    breaks=spec.what_is_begun_was_given,
    subject=system(A, network=TWICE, faults=DOWN, agent=BeginsAgainAfterACrash),
    length=5,
)
SAYS_NO = Pitfall(
    "orchestrator.SaysNo",
    "An agent that is asked how far it is says that it has failed, and goes on.",
    breaks=spec.what_agents_say_is_true,
    subject=system(A, network=TWICE, agent=SaysNo),
    length=3,
)
SAYS_YES = Pitfall(
    "orchestrator.SaysYes",
    "What a crash has cut short is said to be done.",
    breaks=spec.what_agents_say_is_true,
    subject=system(A, network=TWICE, faults=DOWN, agent=SaysYes),
    length=5,
)
MIXES_UP = Pitfall(
    "orchestrator.MixesUp",
    "A result is reported of another stage.",
    breaks=spec.what_agents_say_is_true,
    subject=system(A, agent=MixesUp),
    length=3,
)
SAYS_NOTHING = Pitfall(
    "orchestrator.SaysNothing",
    "An agent that fails says nothing, so that time must run out.",
    breaks=spec.nobody_is_given_up_who_works,
    subject=system(A, network=Network(), faults=TIMELY, agent=SaysNothing),
    length=4,
)
GOES_ON_DEAD = Pitfall(
    "orchestrator.GoesOnDead",
    "After a crash an agent takes itself for at work, and nothing is.",
    breaks=spec.an_agent_shows_what_it_is_at,
    subject=system(A, faults=DOWN, agent=GoesOnDead),
    length=3,
)
MODEST = Pitfall(
    "orchestrator.Modest",
    "Of what an agent has done nothing is seen.",
    breaks=spec.an_agent_shows_what_it_is_at,
    subject=system(A, agent=Modest),
    length=3,
)
SAYS_NO_AFTERWARDS = Pitfall(
    "orchestrator.SaysNoAfterwards",
    "An agent that is asked again says that it has failed, and had done it.",
    breaks=spec.what_agents_say_is_true,
    subject=system(A, network=TWICE, agent=SaysNoAfterwards),
    length=4,
)
LET_GO_AT_WORK = Pitfall(
    "orchestrator.SaysNo/taken",
    "An agent is let go since it says that it has failed, and is at work.",
    breaks=spec.only_who_is_held_is_let_go,
    subject=system(A, network=TWICE, agent=SaysNo),
    length=4,
)
LET_GO_WHEN_DONE = Pitfall(
    "orchestrator.SaysNoAfterwards/taken",
    "An agent is let go since it says that it has failed, and had done it.",
    breaks=spec.only_who_is_held_is_let_go,
    subject=system(A, network=TWICE, agent=SaysNoAfterwards),
    length=5,
)
TURNS_IT_DOWN = Pitfall(
    "orchestrator.TurnsItDown",
    "An agent says that it has failed in what it has not begun.",
    breaks=spec.what_agents_say_is_true,
    subject=system(A, agent=TurnsItDown),
    length=2,
)
EMBELLISHES = Pitfall(
    "orchestrator.Embellishes",
    "An agent reports another result than it has.",
    breaks=spec.what_agents_say_is_true,
    subject=system(A, agent=Embellishes),
    length=3,
)
COUNTS_ON = Pitfall(
    "orchestrator.CountsOn",
    "An agent begins what nobody was given.",
    breaks=spec.what_is_begun_was_given,
    subject=system(A, agent=CountsOn),
    length=2,
)
BEGINS_THE_FIRST = Pitfall(
    "orchestrator.BeginsTheFirst",
    "An agent begins what another was given.",
    breaks=spec.what_is_begun_was_given,
    subject=system(A, agent=BeginsTheFirst),
    length=3,
)
BLAMES_THE_FIRST = Pitfall(
    "orchestrator.BlamesTheFirst",
    "An agent says of another that it has failed.",
    breaks=spec.what_agents_say_is_true,
    subject=system(A, network=Network(), assume=(no_deadline,), agent=BlamesTheFirst),
    length=6,
)
