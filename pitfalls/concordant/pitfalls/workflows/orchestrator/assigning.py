"""What goes wrong with assignments: to whom, under which token, how often, and what is sent."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.workflows.orchestrator.omitted import A
from concordant.refimpl.machine import Pitfall, Step, no_deadline, step
from concordant.refimpl.workflows.orchestrator import Orchestrating, Orchestrator, system
from concordant.spec.vocabulary import Address, Announce, Map, Network, Send
from concordant.spec.workflows.orchestrator import AskAgain, Assigned, GiveUp, Held, OrchestratorView, Report, TakenBack, TaskFailed
from concordant.spec.workflows.orchestrator import clauses as spec
from concordant.spec.workflows.shared.stages import Stage, StageStatus, graph

B, B_AFTER_A, THREE = Stage("b"), Stage("b", ("a",)), Stage("c", ("a", "b"))
ANYTHING = frozenset({"any"})
ONE_DRAWS = (ANYTHING, frozenset({"drawing"}))


@frozen
class OneIsEnough(Orchestrator):
    """Assigns a stage when one that it depends on is done."""

    def is_ready(self, state: Orchestrating, stage: Stage) -> bool:
        fewer = [evolve(stage, after=(name,)) for name in stage.after]
        return any(super(OneIsEnough, self).is_ready(state, each) for each in fewer or [stage])


@frozen
class OneTokenEach(Orchestrator):
    """Numbers assignments by how many there are at the time."""

    def last_token(self, state: Orchestrating) -> int:
        return len(state.ended) + len(state.held)


@frozen
class AsksEverybody(Orchestrator):
    """Gives a stage to a second agent, when it has not heard of it from the first."""

    def fire(self, state: Orchestrating, trigger: AskAgain | GiveUp) -> Step[Orchestrating]:
        if isinstance(trigger, GiveUp):
            return super().fire(state, trigger)
        return step(evolve(state, held=state.held.drop(trigger.stage))).then(self.assign)


@frozen
class TriesForEver(Orchestrator):
    """Assigns a stage until it is done."""

    def hopeless(self, state: Orchestrating, stage: Stage) -> StageStatus | None:
        return super().hopeless(evolve(state, gone=Map()), stage)


@frozen
class TakesTheFirst(Orchestrator):
    """Takes the first agent that can do a stage, whatever it is held for."""

    def agent_for(self, state: Orchestrating, stage: Stage) -> Address | None:
        return super().agent_for(evolve(state, held=Map()), stage)


@frozen
class TakesAnybody(Orchestrator):
    """Takes the first agent that is free, whatever it can do."""

    def able(self, stage: Stage) -> tuple[Address, ...]:
        return self.policy.able.keys() if super().able(stage) else ()


@frozen
class HasAFavourite(Orchestrator):
    """Takes the first agent that is free and can do a stage, whoever has had it."""

    def agent_for(self, state: Orchestrating, stage: Stage) -> Address | None:
        return super().agent_for(evolve(state, gone=Map()), stage)


@frozen
class CallsItFailed(Orchestrator):
    """Says that an agent has failed, of which it has not heard."""

    def take_back(self, state: Orchestrating, stage: str, *, failed: bool) -> Step[Orchestrating]:  # noqa: ARG002  # that is the mistake
        return super().take_back(state, stage, failed=True)


@frozen
class TakesAnyFailure(Orchestrator):
    """Lets an agent go, when it hears that an earlier one has failed."""

    def is_current(self, state: Orchestrating, source: Address, message: Report) -> bool:
        late = isinstance(message, TaskFailed) and message.stage in state.held
        return late or super().is_current(state, source, message)


@frozen
class LetsGoTwice(Orchestrator):
    """Says for each copy of a report that the agent is let go."""

    def receive(self, state: Orchestrating, source: Address, message: Report) -> Step[Orchestrating] | None:
        taken = super().receive(state, source, message)
        if taken is not None or not isinstance(message, TaskFailed):
            return taken
        return step(state, Announce(TakenBack(message.stage, message.token, failed=True)))


@frozen
class AsksWhoIsGone(Orchestrator):
    """Asks the first agent that had a stage how far it is."""

    def assignment(self, state: Orchestrating, stage: str) -> Send:
        asked = super().assignment(state, stage)
        return evolve(asked, to=next(iter(state.gone.get(stage, ())), asked.to))


@frozen
class DropsResults(Orchestrator):
    """Sends nothing of what was done before."""

    def assignment(self, state: Orchestrating, stage: str) -> Send:
        read = Map.of((name, None) for name in graph(state.stages)[stage].after)
        asked = super().assignment(state, stage)
        return evolve(asked, message=evolve(asked.message, read=read))  # type: ignore[misc]  # an assignment


@frozen
class MisnumbersIt(Orchestrator):
    """Sends an assignment under the next token."""

    def assignment(self, state: Orchestrating, stage: str) -> Send:
        asked = super().assignment(state, stage)
        return evolve(asked, message=evolve(asked.message, token=state.token + 1))  # type: ignore[misc]  # an assignment


@frozen
class AsksOnceMore(Orchestrator):
    """Asks an agent once more, when it is let go."""

    def take_back(self, state: Orchestrating, stage: str, *, failed: bool) -> Step[Orchestrating]:
        taken = super().take_back(state, stage, failed=failed)
        return Step(taken.state, (taken.effects[0], self.assignment(state, stage), *taken.effects[1:]))


@frozen
class LetsGoTheNext(Orchestrator):
    """Says of an agent that is let go the token of the next."""

    def take_back(self, state: Orchestrating, stage: str, *, failed: bool) -> Step[Orchestrating]:
        taken = super().take_back(state, stage, failed=failed)
        return Step(taken.state, (Announce(TakenBack(stage, state.token + 1, failed)), *taken.effects[1:]))


@frozen
class RenamesIt(Orchestrator):
    """Assigns a stage under a name of its own."""

    def assign(self, state: Orchestrating) -> Step[Orchestrating]:
        taken = super().assign(state)
        said = (Announce(Assigned("work", held.agent, held.token)) for held in taken.state.held.values())
        return Step(taken.state, tuple(said))


@frozen
class KeepsFresh(Orchestrator):
    """Assigns a stage again, that was done before another."""

    def is_ready(self, state: Orchestrating, stage: Stage) -> bool:
        others = evolve(state, ended=state.ended.drop(stage.name))
        return super().is_ready(others, stage) and len(state.ended) < len(state.stages)


@frozen
class OneAtATime(Orchestrator):
    """Assigns one stage, and waits for it."""

    def assign(self, state: Orchestrating) -> Step[Orchestrating]:
        return step(state) if state.held else super().assign(state)


@frozen
class ShowsTheHopeful(Orchestrator):
    """Shows as free who has not been heard of yet."""

    def view(self, state: Orchestrating) -> OrchestratorView:
        return evolve(super().view(state), held=Map[str, Held]())


ONE_IS_ENOUGH = Pitfall(
    "orchestrator.OneIsEnough",
    "What joins two stages is assigned when the first of them is done.",
    breaks=spec.precedence,
    subject=system(A, B, THREE, network=Network(), orchestrator=OneIsEnough),
    length=4,
)
ONE_TOKEN_EACH = Pitfall(
    "orchestrator.OneTokenEach",
    "A stage that is assigned again has the token that it had.",
    breaks=spec.tokens_grow,
    subject=system(A, orchestrator=OneTokenEach),
    length=2,
)
ASKS_EVERYBODY = Pitfall(
    "orchestrator.AsksEverybody",
    "A stage is given to a second agent while the first is held for it.",
    breaks=spec.a_stage_has_one_agent,
    subject=system(A, orchestrator=AsksEverybody),
    length=2,
)
TRIES_FOR_EVER = Pitfall(
    "orchestrator.TriesForEver",
    "A stage is assigned until it is done, however often that is.",
    breaks=spec.a_stage_has_one_agent,
    subject=system(A, attempts=1, orchestrator=TriesForEver),
    length=2,
)
TAKES_THE_FIRST = Pitfall(
    "orchestrator.TakesTheFirst",
    "Two stages are given to one agent at the same time.",
    breaks=spec.an_agent_is_held_for_one_stage,
    subject=system(A, B, orchestrator=TakesTheFirst),
    length=1,
)
TAKES_ANYBODY = Pitfall(
    "orchestrator.TakesAnybody",
    "A stage is given to an agent that cannot do it.",
    breaks=spec.an_agent_is_held_for_one_stage,
    subject=system(Stage("a", needs="drawing"), able=ONE_DRAWS, orchestrator=TakesAnybody),
    length=1,
)
HAS_A_FAVOURITE = Pitfall(
    "orchestrator.HasAFavourite",
    "A stage goes again and again to an agent that is down, while another is free.",
    breaks=spec.another_is_asked_first,
    subject=system(A, orchestrator=HasAFavourite),
    length=2,
)
CALLS_IT_FAILED = Pitfall(
    "orchestrator.CallsItFailed",
    "An agent of which nothing was heard is said to have failed.",
    breaks=spec.only_who_is_held_is_let_go,
    subject=system(A, orchestrator=CallsItFailed),
    length=2,
)
TAKES_ANY_FAILURE = Pitfall(
    "orchestrator.TakesAnyFailure",
    "An agent that was given up fails, and another, which is at work, is let go for it.",
    breaks=spec.only_who_is_held_is_let_go,
    subject=system(A, orchestrator=TakesAnyFailure),
    length=5,
)
LETS_GO_TWICE = Pitfall(
    "orchestrator.LetsGoTwice",
    "A report comes twice, and the agent is let go twice.",
    breaks=spec.only_who_is_held_is_let_go,
    subject=system(A, network=Network(duplicating=True), orchestrator=LetsGoTwice),
    length=5,
)
ASKS_WHO_IS_GONE = Pitfall(
    "orchestrator.AsksWhoIsGone",
    "An assignment is sent to who was given up.",
    breaks=spec.only_what_is_assigned_is_sent,
    subject=system(A, orchestrator=AsksWhoIsGone),
    length=2,
)
DROPS_RESULTS = Pitfall(
    "orchestrator.DropsResults",
    "What was done before is not sent to who is to go on from it.",
    breaks=spec.only_what_is_assigned_is_sent,
    subject=system(A, B_AFTER_A, orchestrator=DropsResults),
    length=4,
)
ONE_AT_A_TIME = Pitfall(
    "orchestrator.OneAtATime",
    "A stage waits for another that does not concern it, beside an agent that is free.",
    breaks=spec.nothing_waits_beside_a_free_agent,
    subject=system(A, B, orchestrator=OneAtATime),
    length=1,
)
SHOWS_THE_HOPEFUL = Pitfall(
    "orchestrator.ShowsTheHopeful",
    "An agent that is held is shown as free.",
    breaks=spec.the_books_are_true,
    subject=system(A, orchestrator=ShowsTheHopeful),
    length=1,
)
MISNUMBERS_IT = Pitfall(
    "orchestrator.MisnumbersIt",
    "An assignment is sent under another token than it has.",
    breaks=spec.only_what_is_assigned_is_sent,
    subject=system(A, orchestrator=MisnumbersIt),
    length=1,
)
ASKS_ONCE_MORE = Pitfall(
    "orchestrator.AsksOnceMore",
    "An agent that is let go is asked once more.",
    breaks=spec.only_what_is_assigned_is_sent,
    subject=system(A, orchestrator=AsksOnceMore),
    length=2,
)
LETS_GO_THE_NEXT = Pitfall(
    "orchestrator.LetsGoTheNext",
    "Another is said to be let go than was held.",
    breaks=spec.only_who_is_held_is_let_go,
    subject=system(A, orchestrator=LetsGoTheNext),
    length=2,
)
RENAMES_IT = Pitfall(
    "orchestrator.RenamesIt",
    "Something is assigned that is no stage of the workflow.",
    breaks=spec.precedence,
    subject=system(A, orchestrator=RenamesIt),
    length=1,
)
KEEPS_FRESH = Pitfall(
    "orchestrator.KeepsFresh",
    "A stage that is done before another is assigned again.",
    breaks=spec.a_stage_has_one_agent,
    subject=system(A, B, network=Network(), assume=(no_deadline,), orchestrator=KeepsFresh),
    length=4,
)
