"""What goes wrong with what leaders and the log say: to each other, to users, and to those who apply it."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.consensus.leader_decision.deciding import ANOTHER, BOTH, FIRST, OWN, TakesAnyEpoch
from concordant.refimpl.consensus.leader_decision import A0, A1, CONFLICT, Agent, Book, Log, State, system
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.consensus import leader_decision as spec
from concordant.spec.consensus.bully_election import Epoch
from concordant.spec.consensus.leader_decision import RECUSED, Conflict, Decide, Decision, Entry, Fenced, NotLeader
from concordant.spec.vocabulary import Address, Announce, Map, Rejected, Reply, Send

# ---- leaders


@frozen
class DecidesBeforeItIsElected(Agent):
    """Takes itself for the leader until it hears of another."""

    def start(self) -> Step[State]:
        return step(State(Epoch(1, self.me)))


@frozen
class DecidesAhead(Agent):
    """Decides in the name of the epoch after its own."""

    def resolve(self, state: State, client: Address, conflict: Conflict) -> Step[State]:
        later = None if state.leads is None else Epoch(state.leads.round + 1, self.me)
        sent = Agent.resolve(self, evolve(state, leads=later), client, conflict)
        return step(evolve(sent.state, leads=state.leads), *sent.effects)


@frozen
class SignsForAnother(Agent):
    """Decides in the name of another."""

    def resolve(self, state: State, client: Address, conflict: Conflict) -> Step[State]:
        other = None if state.leads is None else Epoch(state.leads.round, A1)
        sent = Agent.resolve(self, evolve(state, leads=other), client, conflict)
        return step(evolve(sent.state, leads=state.leads), *sent.effects)


@frozen
class MeetsNoClaim(Agent):
    """Decides what it likes, whether or not somebody claims it."""

    def choice(self, conflict: Conflict) -> str:  # noqa: ARG002
        return "neither"


@frozen
class AppliesMore(Agent):
    """Applies a decision to another conflict, too."""

    def apply(self, state: State, conflict: str, value: str) -> Step[State]:
        applied = Agent.apply(self, state, conflict, value)
        return step(evolve(applied.state, applied=applied.state.applied.put("another", value)), *applied.effects)


@frozen
class AppliesTheOpposite(Agent):
    """Applies the other claim."""

    def apply(self, state: State, conflict: str, value: str) -> Step[State]:
        applied = Agent.apply(self, state, conflict, value)
        other = "b" if value == "a" else "a"
        return step(evolve(applied.state, applied=state.applied.put(conflict, other)), *applied.effects)


@frozen
class ChangesItsMind(Agent):
    """Applies the other claim of all earlier conflicts, too."""

    def apply(self, state: State, conflict: str, value: str) -> Step[State]:
        other = Map.of((name, "b" if known == "a" else "a") for name, known in state.applied.items())
        return Agent.apply(self, evolve(state, applied=other), conflict, value)


@frozen
class TellsTheOpposite(Agent):
    """Tells whoever has asked the other claim."""

    def apply(self, state: State, conflict: str, value: str) -> Step[State]:
        applied = Agent.apply(self, state, conflict, value)
        told = Decision("b" if value == "a" else "a")
        return step(applied.state, *(Reply(each.to, told) for each in applied.effects if isinstance(each, Reply)))


@frozen
class DeniesThatItLeads(Agent):
    """Leaves it to others."""

    def resolve(self, state: State, client: Address, conflict: Conflict) -> Step[State]:  # noqa: ARG002
        return step(state, Reply(client, NotLeader()))


@frozen
class RecusesItself(Agent):
    """Takes itself for a party of every conflict."""

    def is_party(self, conflict: Conflict) -> bool:  # noqa: ARG002
        return True


@frozen
class RecusesBeforeItLeads(Agent):
    """Says first that it is a party, and then whether it leads."""

    def resolve(self, state: State, client: Address, conflict: Conflict) -> Step[State]:
        return step(state, Reply(client, RECUSED)) if self.is_party(conflict) else Agent.resolve(self, state, client, conflict)


@frozen
class GivesNoReason(Agent):
    """Says no where it is a party, and not why."""

    def resolve(self, state: State, client: Address, conflict: Conflict) -> Step[State]:
        done = Agent.resolve(self, state, client, conflict)
        return step(state, Reply(client, Rejected("no"))) if Reply(client, RECUSED) in done.effects else done


# ---- logs


@frozen
class EntersAgain(Log):
    """Enters what a later leader has decided over what was entered before."""

    def known(self, state: Book, conflict: str) -> str | None:  # noqa: ARG002
        return None


@frozen
class EntersOneOnly(Log):
    """Has room for one entry."""

    def receive(self, state: Book, source: Address, message: Decide) -> Step[Book]:
        return Log.receive(self, evolve(state, entries=Map()), source, message)


@frozen
class ForgetsItsEpoch(Log):
    """Forgets which epoch was the latest when it tells an entry for the second time."""

    def receive(self, state: Book, source: Address, message: Decide) -> Step[Book]:
        done = Log.receive(self, state, source, message)
        return step(evolve(done.state, epoch=None), *done.effects) if message.conflict in state.entries else done


@frozen
class KeepsItsFirstEpoch(Log):
    """Notes the epoch of its first entry, and none after it."""

    def receive(self, state: Book, source: Address, message: Decide) -> Step[Book]:
        done = Log.receive(self, state, source, message)
        return step(done.state if state.epoch is None else evolve(done.state, epoch=state.epoch), *done.effects)


@frozen
class TellsTheOther(Log):
    """Tells another value than it enters."""

    def receive(self, state: Book, source: Address, message: Decide) -> Step[Book]:
        done = Log.receive(self, state, source, message)
        return step(done.state, *(Send(each.to, Entry(message.conflict, "c")) if isinstance(each, Send) else each for each in done.effects))


@frozen
class TellsFirst(Log):
    """Tells what it is about to enter."""

    def receive(self, state: Book, source: Address, message: Decide) -> Step[Book]:
        done = Log.receive(self, state, source, message)
        return step(done.state, *sorted(done.effects, key=lambda effect: isinstance(effect, Announce)))


@frozen
class FencesAhead(Log):
    """Turns a leader down in the name of an epoch that has not begun."""

    def receive(self, state: Book, source: Address, message: Decide) -> Step[Book]:
        done = Log.receive(self, state, source, message)
        turned_down = any(isinstance(each, Send) and isinstance(each.message, Fenced) for each in done.effects)
        return step(state, Send(source, Fenced(message.conflict, Epoch(9, A1)))) if turned_down else done


DECIDES_BEFORE_IT_IS_ELECTED = Pitfall(
    "leader_decision.DecidesBeforeItIsElected",
    "An agent takes itself for the leader before anybody has elected it.",
    breaks=spec.a_leader_decides_what_it_may,
    subject=system(FIRST, agent=DecidesBeforeItIsElected),
    length=1,
)
DECIDES_AHEAD = Pitfall(
    "leader_decision.DecidesAhead",
    "A leader decides in the name of the epoch after its own, so that nobody can turn it down.",
    breaks=spec.a_leader_decides_what_it_may,
    subject=system(FIRST, agent=DecidesAhead),
    length=2,
)
SIGNS_FOR_ANOTHER = Pitfall(
    "leader_decision.SignsForAnother",
    "A leader decides in the name of another.",
    breaks=spec.a_leader_decides_what_it_may,
    subject=system(FIRST, agent=SignsForAnother),
    length=2,
)
MEETS_NO_CLAIM = Pitfall(
    "leader_decision.MeetsNoClaim",
    "A leader decides what nobody has claimed.",
    breaks=spec.a_leader_decides_what_it_may,
    subject=system(FIRST, agent=MeetsNoClaim),
    length=2,
)
APPLIES_MORE = Pitfall(
    "leader_decision.AppliesMore",
    "An agent applies a decision to a conflict that nobody has decided.",
    breaks=spec.all_apply_the_same,
    subject=system(FIRST, agent=AppliesMore),
    length=4,
)
APPLIES_THE_OPPOSITE = Pitfall(
    "leader_decision.AppliesTheOpposite",
    "An agent applies another value than was entered.",
    breaks=spec.all_apply_the_same,
    subject=system(FIRST, agent=AppliesTheOpposite),
    length=4,
)
TELLS_THE_OPPOSITE = Pitfall(
    "leader_decision.TellsTheOpposite",
    "A user is told another value than was entered.",
    breaks=spec.an_answer_is_true,
    subject=system(FIRST, agent=TellsTheOpposite),
    length=4,
)
DENIES_THAT_IT_LEADS = Pitfall(
    "leader_decision.DeniesThatItLeads",
    "A leader says that it does not lead.",
    breaks=spec.an_answer_is_true,
    subject=system(FIRST, agent=DeniesThatItLeads),
    length=2,
)
RECUSES_ITSELF = Pitfall(
    "leader_decision.RecusesItself",
    "A leader says that it is a party of a conflict between others.",
    breaks=spec.an_answer_is_true,
    subject=system(FIRST, agent=RecusesItself),
    length=2,
)
RECUSES_BEFORE_IT_LEADS = Pitfall(
    "leader_decision.RecusesBeforeItLeads",
    "An agent that does not lead says that the leader is a party.",
    breaks=spec.an_answer_is_true,
    subject=system((A0, (OWN,)), agent=RecusesBeforeItLeads),
    length=1,
)
GIVES_NO_REASON = Pitfall(
    "leader_decision.GivesNoReason",
    "A leader that is a party says no, and not why.",
    breaks=spec.an_answer_is_true,
    subject=system((A0, (OWN,)), agent=GivesNoReason),
    length=2,
)
ENTERS_AGAIN = Pitfall(
    "leader_decision.EntersAgain",
    "What was entered is overwritten by what a later leader has decided.",
    breaks=spec.the_log_never_goes_back,
    subject=system(log=EntersAgain),
    length=6,
)
ENTERS_ONE_ONLY = Pitfall(
    "leader_decision.EntersOneOnly",
    "The entry on one conflict takes the place of that on another.",
    breaks=spec.the_log_never_goes_back,
    subject=system((A0, (CONFLICT,)), (A0, (ANOTHER,)), log=EntersOneOnly),
    length=5,
)
GOES_BACK = Pitfall(
    "leader_decision.TakesAnyEpoch/back",
    "The log hears from a leader that was deposed, and takes its epoch for the latest.",
    breaks=spec.the_log_never_goes_back,
    subject=system(*BOTH, log=TakesAnyEpoch),
    length=6,
)
FORGETS_ITS_EPOCH = Pitfall(
    "leader_decision.ForgetsItsEpoch",
    "The log forgets which epoch was the latest, and turns nobody down any more.",
    breaks=spec.the_log_never_goes_back,
    subject=system((A0, (CONFLICT,)), (A0, (CONFLICT,)), log=ForgetsItsEpoch),
    length=5,
)
TELLS_THE_OTHER = Pitfall(
    "leader_decision.TellsTheOther",
    "The log tells another value than it has entered.",
    breaks=spec.the_log_tells_the_truth,
    subject=system(FIRST, log=TellsTheOther),
    length=3,
)
TELLS_FIRST = Pitfall(
    "leader_decision.TellsFirst",
    "The log tells what it is about to enter.",
    breaks=spec.the_log_tells_the_truth,
    subject=system(FIRST, log=TellsFirst),
    length=3,
)
FENCES_AHEAD = Pitfall(
    "leader_decision.FencesAhead",
    "The log turns a leader down for an epoch that has not begun.",
    breaks=spec.the_log_tells_the_truth,
    subject=system(*BOTH, log=FencesAhead),
    length=6,
)
CHANGES_ITS_MIND = Pitfall(
    "leader_decision.ChangesItsMind",
    "What an agent has applied changes when it applies another decision.",
    breaks=spec.what_is_applied_stays,
    subject=system((A0, (CONFLICT,)), (A0, (ANOTHER,)), agent=ChangesItsMind),
    length=7,
)
KEEPS_ITS_FIRST_EPOCH = Pitfall(
    "leader_decision.KeepsItsFirstEpoch",
    "The log notes the first epoch only, so that a leader that is deposed passes for the latest.",
    breaks=spec.the_log_knows_the_latest,
    subject=system(*BOTH, log=KeepsItsFirstEpoch),
    length=6,
)
