"""What goes wrong with leader decision: two leaders whom nobody tells apart, and a leader that goes further than it may."""

from __future__ import annotations

from typing import TypeAlias

from attrs import evolve, frozen

from concordant.refimpl.consensus.bully_election import Prober
from concordant.refimpl.consensus.bully_election import State as Electing
from concordant.refimpl.consensus.leader_decision import A0, A1, CONFLICT, ONE, OTHER, Agent, Book, Log, State, system
from concordant.refimpl.machine import Pitfall, Reason, Step, System, Unmodelled, User, step
from concordant.spec.consensus import leader_decision as spec
from concordant.spec.consensus.bully_election import Epoch
from concordant.spec.consensus.leader_decision import (
    AgentView,
    Conflict,
    Decide,
    Decision,
    Entered,
    Entry,
    Fenced,
    History,
    Resolve,
)
from concordant.spec.vocabulary import Address, Announce, Faults, Map, Network, Reply, Send

# ---- logs


@frozen
class LastWriteWins(Log):
    """Enters whatever comes, over what was entered before."""

    def is_deposed(self, epoch: Epoch, latest: Epoch) -> bool:  # noqa: ARG002
        return False

    def known(self, state: Book, conflict: str) -> str | None:  # noqa: ARG002
        return None


@frozen
class TakesAnyEpoch(Log):
    """Enters the first decision on each conflict, whoever has led meanwhile."""

    def is_deposed(self, epoch: Epoch, latest: Epoch) -> bool:  # noqa: ARG002
        return False


@frozen
class TakesItForTheLatest(Log):
    """Enters a decision of an earlier epoch as if it were of the latest."""

    def receive(self, state: Book, source: Address, message: Decide) -> Step[Book]:
        latest = message.epoch if state.epoch is None else max(state.epoch, message.epoch)
        return Log.receive(self, state, source, evolve(message, epoch=latest))


@frozen
class FencesTheSame(Log):
    """Turns a leader down that has decided before."""

    def is_deposed(self, epoch: Epoch, latest: Epoch) -> bool:
        return epoch <= latest


@frozen
class TellsWhoAsked(Log):
    """Tells what it has entered to the leader alone."""

    def receive(self, state: Book, source: Address, message: Decide) -> Step[Book]:
        done = Log.receive(self, state, source, message)
        return step(done.state, *(each for each in done.effects if not isinstance(each, Send) or each.to == source))


@frozen
class NotesNoEpoch(Log):
    """Enters a decision, and does not note in which epoch it was made."""

    def receive(self, state: Book, source: Address, message: Decide) -> Step[Book]:
        done = Log.receive(self, state, source, message)
        return step(evolve(done.state, epoch=state.epoch), *done.effects)


# ---- agents


@frozen
class DecidesItsOwn(Agent):
    """Decides also what it is a party of."""

    def is_party(self, conflict: Conflict) -> bool:  # noqa: ARG002
        return False


@frozen
class AppliesAtOnce(Agent):
    """Applies its decision when it has made it."""

    def resolve(self, state: State, client: Address, conflict: Conflict) -> Step[State]:
        sent = Agent.resolve(self, state, client, conflict)
        if client not in sent.state.waiting:
            return sent
        return step(evolve(sent.state, applied=state.applied.put(conflict.name, self.choice(conflict))), *sent.effects)


@frozen
class AnswersAtOnce(Agent):
    """Tells its decision when it has made it."""

    def resolve(self, state: State, client: Address, conflict: Conflict) -> Step[State]:
        sent = Agent.resolve(self, state, client, conflict)
        if client not in sent.state.waiting:
            return sent
        return step(evolve(sent.state, waiting=state.waiting), *sent.effects, Reply(client, Decision(self.choice(conflict))))


@frozen
class KeepsWhoWaited(Agent):
    """Does not note that it has answered."""

    def apply(self, state: State, conflict: str, value: str) -> Step[State]:
        applied = Agent.apply(self, state, conflict, value)
        return step(evolve(applied.state, waiting=state.waiting), *applied.effects)


@frozen
class IgnoresFences(Agent):
    """Waits until its decision is entered."""

    def receive(self, state: State, source: Address, message: Entry | Fenced) -> Step[State]:
        return step(state) if isinstance(message, Fenced) else Agent.receive(self, state, source, message)


@frozen
class KeepsItInMemory(Agent):
    """Has nothing on its disk."""

    def survives(self, state: State) -> tuple[State, ...]:  # noqa: ARG002
        return (State(),)


# ---- with an election


@frozen
class Elected(Electing):
    """What a member knows of the election, and has decided."""

    applied: Map[str, str] = Map()


@frozen
class DecidesOnItsOwn(Prober):
    """Decides for good while it leads, and asks no log: nobody compares its epoch with another's."""

    def start(self) -> Step[Electing]:
        begun = Prober.start(self)
        return step(Elected(begun.state.epoch, begun.state.leader), *begun.effects)

    def request(self, state: Elected, client: Address, request: Resolve) -> Step[Electing]:  # type: ignore[override]  # its own state and request
        if state.leader != self.me:
            return step(state, Reply(client, spec.NotLeader()))
        name, claims = request.conflict.name, request.conflict.claims.values()
        value = state.applied.get(name, claims[self.me.number])
        decided = () if name in state.applied else (Announce(Entered(state.epoch, name, value)),)
        return step(evolve(state, applied=state.applied.put(name, value)), *decided, Reply(client, Decision(value)))

    def view(self, state: Elected) -> AgentView:  # type: ignore[override]
        return AgentView(state.applied)


def by_election() -> System[History]:
    """Put two agents together that elect a leader among them by probes, however slow the network is, and a user of each, who asks about the same conflict."""
    priorities = Map.of({A0: 0, A1: 0})
    users = tuple(User(Address("user", agent.number), (agent,), ((Resolve(CONFLICT),),)) for agent in (A0, A1))
    return System(
        {agent: DecidesOnItsOwn(agent, priorities) for agent in (A0, A1)},
        History(),
        (spec.one_decision_per_conflict,),
        users=users,
    )


Script: TypeAlias = tuple[Address, tuple[Conflict, ...]]
ANOTHER = Conflict("y", Map.of({ONE: "a", OTHER: "b"}))
OWN = Conflict("z", Map.of({A0: "a", OTHER: "b"}))
BOTH: tuple[Script, Script] = ((A0, (CONFLICT,)), (A1, (ANOTHER,)))
FIRST: Script = (A0, (CONFLICT,))

UNDEFINED = Unmodelled("LDD-1", Reason.NO_CODE, "The strategy is dispatched to a function that the document does not hold.")
LAST_WRITE_WINS = Pitfall(
    "LDD-2",
    "Nothing tells two leaders apart: both decide one conflict, and the last decision stays.",
    breaks=spec.one_decision_per_conflict,
    subject=system(log=LastWriteWins),
    length=6,
)
ENTRIES_CHANGE = Pitfall(
    "LDD-2/log",
    "The same: what was entered changes.",
    breaks=spec.the_log_never_goes_back,
    subject=system(log=LastWriteWins),
    length=6,
)
DECIDES_ITS_OWN = Pitfall(
    "LDD-3",
    "The leader is a party of the conflict, and decides it.",
    breaks=spec.a_leader_decides_what_it_may,
    subject=system((A0, (OWN,)), agent=DecidesItsOwn),
    length=2,
)
TWO_COMMITS = Pitfall(
    "X-8",
    "A leader is slow to answer, and another is elected: two lead, in two epochs, which nobody compares, and decide differently.",
    breaks=spec.one_decision_per_conflict,
    subject=by_election(),
    length=4,
)
TAKES_ANY_EPOCH = Pitfall(
    "leader_decision.TakesAnyEpoch",
    "The log enters what a leader has decided that was deposed long ago, behind a decision of the one after it.",
    breaks=spec.a_deposed_leader_is_fenced,
    subject=system(*BOTH, log=TakesAnyEpoch),
    length=6,
)
TAKES_IT_FOR_THE_LATEST = Pitfall(
    "leader_decision.TakesItForTheLatest",
    "The log enters a decision of a deposed leader in the name of the present one.",
    breaks=spec.what_is_entered_was_decided,
    subject=system(*BOTH, log=TakesItForTheLatest),
    length=6,
)
FENCES_THE_SAME = Pitfall(
    "leader_decision.FencesTheSame",
    "The log turns down the second decision of a leader as if there were a later one.",
    breaks=spec.the_log_tells_the_truth,
    subject=system((A0, (CONFLICT,)), (A0, (ANOTHER,)), log=FencesTheSame),
    length=5,
)
TELLS_WHO_ASKED = Pitfall(
    "leader_decision.TellsWhoAsked",
    "The log tells the leader alone what it has entered: the others never apply it.",
    breaks=spec.everybody_applies_what_is_entered,
    subject=system(FIRST, log=TellsWhoAsked),
    length=4,
)
APPLIES_AT_ONCE = Pitfall(
    "leader_decision.AppliesAtOnce",
    "A leader applies what it has decided before the log has entered it.",
    breaks=spec.all_apply_the_same,
    subject=system(FIRST, agent=AppliesAtOnce),
    length=2,
)
ANSWERS_AT_ONCE = Pitfall(
    "leader_decision.AnswersAtOnce",
    "A leader tells what it has decided before the log has entered it.",
    breaks=spec.an_answer_is_true,
    subject=system(FIRST, agent=AnswersAtOnce),
    length=2,
)
KEEPS_WHO_WAITED = Pitfall(
    "leader_decision.KeepsWhoWaited",
    "A leader forgets that it has answered, and answers again when the entry comes again.",
    breaks=spec.nobody_is_answered_twice,
    subject=system(FIRST, network=Network(duplicating=True), agent=KeepsWhoWaited),
    length=5,
)
IGNORES_FENCES = Pitfall(
    "leader_decision.IgnoresFences",
    "A leader that is turned down waits for its entry, and so does whoever asked it.",
    breaks=spec.every_request_is_answered,
    subject=system(*BOTH, agent=IgnoresFences),
    length=9,
)
NOTES_NO_EPOCH = Pitfall(
    "leader_decision.NotesNoEpoch",
    "The log does not note in which epoch a decision was made, so that it knows of no leader that would be later.",
    breaks=spec.the_log_knows_the_latest,
    subject=system(FIRST, log=NotesNoEpoch),
    length=3,
)
KEEPS_IT_IN_MEMORY = Pitfall(
    "leader_decision.KeepsItInMemory",
    "What an agent has applied is in memory, and gone after a crash.",
    breaks=spec.what_is_applied_stays,
    subject=system(FIRST, agent=KeepsItInMemory, faults=Faults(crashes=1, who=(A0,))),
    length=5,
)
