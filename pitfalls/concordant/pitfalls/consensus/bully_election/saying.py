"""What goes wrong with what members say, to whom, and on what grounds."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.consensus.bully_election.electing import HIGHEST, IN_ROUNDS, M0, M1
from concordant.refimpl.consensus.bully_election import IN_TIME, Member, Prober, State, Trigger, system
from concordant.refimpl.machine import Pitfall, Step, System, step
from concordant.spec.consensus.bully_election import Coordinator, Election, Epoch, Here, History
from concordant.spec.consensus.bully_election import clauses as spec
from concordant.spec.vocabulary import Address, Faults, Send, broadcast

# ---- epochs


@frozen
class LeavesRoom(Member):
    """Counts as many rounds as there are members, to leave one for each."""

    def next_epoch(self, state: State) -> Epoch:
        return Epoch(state.epoch.round + len(self.priorities), self.me)


@frozen
class NotesTheEpoch(Member):
    """Takes note of a later epoch, and follows whom it has followed."""

    def told(self, state: State, epoch: Epoch) -> Step[State]:
        later = state.leader not in (None, self.me) and epoch > state.epoch
        return step(evolve(state, epoch=epoch)) if later else Member.told(self, state, epoch)


@frozen
class LeadsAnew(Member):
    """Holds another election when it leads, and is asked to stand."""

    def called(self, state: State, source: Address) -> Step[State]:
        return self.lead(state) if state.leader == self.me else Member.called(self, state, source)


# ---- what is said


@frozen
class TellsEverybody(Member):
    """Tells all members that it leads, itself among them."""

    @property
    def others(self) -> tuple[Address, ...]:
        return tuple(self.priorities)


@frozen
class TellsWhoIsLower(Member):
    """Tells those that it leads: who is higher is down."""

    def lead(self, state: State) -> Step[State]:
        led = Member.lead(self, state)
        return step(led.state, *(each for each in led.effects if not isinstance(each, Send) or each.to not in self.higher))


@frozen
class RepeatsWhatIsOver(Member):
    """Sends an epoch that is over back to whoever leads in it, so that it sees its mistake."""

    def told(self, state: State, epoch: Epoch) -> Step[State]:
        over = epoch < state.epoch and self.must_answer(state)
        return step(state, Send(epoch.leader, Coordinator(epoch))) if over else Member.told(self, state, epoch)


@frozen
class NamesItsLeader(Member):
    """Tells whoever asks it to stand whom it follows, and does not ask whether that one is up."""

    def called(self, state: State, source: Address) -> Step[State]:
        return step(state, Send(source, Coordinator(state.epoch))) if state.leader is not None else Member.called(self, state, source)


@frozen
class AsksEverybody(Member):
    """Asks all others to stand."""

    def stand(self, state: State) -> Step[State]:
        stood = Member.stand(self, state)
        return step(stood.state, *broadcast(self.others, Election())) if stood.state.leader is None else stood


@frozen
class AsksTheNext(Member):
    """Asks the next that is higher, which asks the next."""

    def stand(self, state: State) -> Step[State]:
        stood = Member.stand(self, state)
        return step(stood.state, *stood.effects[:1]) if stood.state.leader is None else stood


@frozen
class SaysThatItIsBack(Member):
    """Says that it is there when it comes up again."""

    def recover(self, state: State) -> Step[State]:
        return step(state, *broadcast(self.others, Here())).then(lambda after: Member.recover(self, after))


@frozen
class ProbesEverybody(Prober):
    """Asks all others whether they are there while it stands."""

    def awaited(self, state: State) -> tuple[Address, ...]:
        lower = () if state.leader is not None else tuple(member for member in self.others if member not in self.higher)
        return (*lower, *Prober.awaited(self, state))


@frozen
class ProbesWhoeverIsHigher(Prober):
    """Asks also those whether they are there on whom nothing depends as long as it follows another."""

    def awaited(self, state: State) -> tuple[Address, ...]:
        return Prober.awaited(self, evolve(state, leader=None))


@frozen
class AsksForEver(Prober):
    """Asks until it is answered."""

    def armed(self, state: State) -> tuple[Trigger, ...]:
        return Prober.armed(self, evolve(state, asked=frozenset()))


@frozen
class HearsNoAnswer(Prober):
    """Asks, and does not heed who answers."""

    def heard(self, state: State, source: Address) -> State:  # noqa: ARG002
        return state


@frozen
class GivesUpAgain(Prober):
    """Waits for those that it has taken for down."""

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        fired = Prober.fire(self, state, trigger)
        return step(evolve(fired.state, asked=fired.state.asked | state.asked), *fired.effects)


# ---- on what grounds


@frozen
class WaitsToBeTold(Member):
    """Comes up again, and waits to be told who leads."""

    def recover(self, state: State) -> Step[State]:
        return step(evolve(state, leader=None))


@frozen
class StandsForAnybody(Member):
    """Holds an election whoever is suspected."""

    def settle(self, state: State) -> Step[State]:
        return self.stand(state)


@frozen
class TakesACallForAReport(Member):
    """Suspects its leader when one that is lower stands."""

    def called(self, state: State, source: Address) -> Step[State]:
        return Member.called(self, evolve(state, suspects=state.suspects | {state.epoch.leader} - {self.me}), source)


@frozen
class CaresForItsLeader(Member):
    """Does nothing about a suspicion, unless it is of its leader."""

    def suspect(self, state: State, peer: Address) -> Step[State] | None:
        return Member.suspect(self, state, peer) if peer == state.leader else step(state)


@frozen
class ActsOnEveryReport(Member):
    """Acts on a report again when it is repeated."""

    def suspect(self, state: State, peer: Address) -> Step[State] | None:
        return self.settle(evolve(state, suspects=state.suspects | {peer}))


@frozen
class NeverForgives(Member):
    """Suspects whom it has suspected once until that one leads."""

    def trust(self, state: State, peer: Address) -> Step[State] | None:  # noqa: ARG002
        return None


@frozen
class ForgivesWhileItWaits(Member):
    """Hears that a peer is up after all, and does so only as long as it stands."""

    def trust(self, state: State, peer: Address) -> Step[State] | None:
        trusted = Member.trust(self, state, peer)
        return trusted if trusted is None or state.leader is None else step(state)


# ---- the pitfalls, in systems as small as show them


def _three(member: type[Member], faults: Faults = HIGHEST) -> System[History]:
    return system(3, faults=faults, member=member)


def _untrue(mistake: str, member: type[Member], subject: System[History], length: int) -> Pitfall:
    return Pitfall(f"bully_election.{member.__name__}", mistake, breaks=spec.a_message_is_true, subject=subject, length=length)


def _probing(member: type[Prober]) -> System[History]:
    return system(3, faults=IN_ROUNDS, member=member, promises=IN_TIME)


MISTAKEN = Faults(detector=True, mistakes=1)
RETURNING = Faults(detector=True, crashes=1, recoveries=1, who=(M1,))

LEAVES_ROOM = Pitfall(
    "bully_election.LeavesRoom",
    "Rounds rise by the number of members: of those between nobody knows whether they have been.",
    breaks=spec.rounds_rise_by_one,
    subject=system(2, faults=MISTAKEN, member=LeavesRoom),
    length=1,
)
LEADS_ANEW = Pitfall(
    "bully_election.LeadsAnew",
    "Whoever leads, and is asked to stand, is elected again: each that comes up again ends a reign.",
    breaks=spec.no_reign_begins_in_vain,
    subject=_three(LeadsAnew, MISTAKEN),
    length=4,
)
NOTES_THE_EPOCH = Pitfall(
    "bully_election.NotesTheEpoch",
    "A member takes note of an epoch, and does not follow whoever leads in it.",
    breaks=spec.a_member_knows_what_has_begun,
    subject=_three(NotesTheEpoch),
    length=3,
)
TELLS_ITSELF = _untrue("A member tells itself that it leads.", TellsEverybody, system(2, faults=MISTAKEN, member=TellsEverybody), 1)
REPEATS = _untrue(
    "Whoever leads in an epoch that is over is told of that very epoch.",
    RepeatsWhatIsOver,
    system(2, priorities=(1, 0), faults=Faults(detector=True, crashes=1, recoveries=1, who=(M0,)), member=RepeatsWhatIsOver),
    4,
)
NAMES_ITS_LEADER = _untrue("A member that is asked to stand names its leader, which is down.", NamesItsLeader, _three(NamesItsLeader), 3)
ASKS_EVERYBODY = _untrue("A member asks also those that are lower to stand.", AsksEverybody, _three(AsksEverybody, RETURNING), 2)
IS_BACK = _untrue("A member says that it is there, and nobody has asked.", SaysThatItIsBack, _three(SaysThatItIsBack, RETURNING), 2)
PROBES_EVERYBODY = _untrue("A member asks those that are lower whether they are there.", ProbesEverybody, _probing(ProbesEverybody), 5)
PROBES_THE_HIGHER = _untrue(
    "A member asks one whether it is there that neither leads nor is to stand.", ProbesWhoeverIsHigher, _probing(ProbesWhoeverIsHigher), 1
)
TELLS_SOME = Pitfall(
    "bully_election.TellsWhoIsLower",
    "Who is higher is not told who leads, since it is down: if it is not, it never hears of it.",
    breaks=spec.all_are_told,
    subject=system(2, faults=MISTAKEN, member=TellsWhoIsLower),
    length=1,
)
ASKS_THE_NEXT = Pitfall(
    "bully_election.AsksTheNext",
    "A member asks the next one only, which is down, and has not been suspected yet.",
    breaks=spec.all_are_told,
    subject=_three(AsksTheNext),
    length=2,
)
WAITS_TO_BE_TOLD = Pitfall(
    "bully_election.WaitsToBeTold",
    "A member comes up again, waits to be told who leads, and asks nobody.",
    breaks=spec.whoever_stands_has_asked,
    subject=system(2, faults=Faults(detector=True, crashes=1, recoveries=1, who=(M0,)), member=WaitsToBeTold),
    length=2,
)
STANDS_FOR_ANYBODY = Pitfall(
    "bully_election.StandsForAnybody",
    "A member holds an election because one that is lower is down: nothing has changed.",
    breaks=spec.whoever_stands_has_asked,
    subject=_three(StandsForAnybody, Faults(detector=True, crashes=1, who=(M0,))),
    length=2,
)
LEADS_FOR_ANYBODY = Pitfall(
    "bully_election.StandsForAnybody/leads",
    "The highest leads anew because one that is lower is down.",
    breaks=spec.nobody_is_elected_without_a_cause,
    subject=system(2, faults=Faults(detector=True, crashes=1, who=(M0,)), member=StandsForAnybody),
    length=2,
)
RUMOUR = Pitfall(
    "bully_election.TakesACallForAReport",
    "A member is asked to stand, and suspects its leader without a report of its own.",
    breaks=spec.nobody_is_suspected_without_a_cause,
    subject=_three(TakesACallForAReport),
    length=3,
)
CARES_FOR_ITS_LEADER = Pitfall(
    "bully_election.CaresForItsLeader",
    "A member does not note that another than its leader is down, and waits for it later on.",
    breaks=spec.a_report_is_believed,
    subject=_three(CaresForItsLeader, evolve(RETURNING, recoveries=0)),
    length=2,
)
ACTS_ON_EVERY_REPORT = Pitfall(
    "bully_election.ActsOnEveryReport",
    "The detector repeats itself, and a member acts on that again, as if something had happened.",
    breaks=spec.a_report_is_heard_once,
    subject=system(2, faults=evolve(HIGHEST, who=(M0,)), member=ActsOnEveryReport),
    length=3,
)
ASKS_FOR_EVER = Pitfall(
    "bully_election.AsksForEver",
    "A member asks its leader whether it is there until it is answered, and is not.",
    breaks=spec.nobody_is_asked_in_vain,
    subject=_probing(AsksForEver),
    length=3,
)
HEARS_NO_ANSWER = Pitfall(
    "bully_election.HearsNoAnswer",
    "A member asks its leader whether it is there, is answered, and takes it for down.",
    breaks=spec.nobody_is_given_up_that_answers,
    subject=system(2, faults=evolve(IN_ROUNDS, who=(M1,)), member=HearsNoAnswer, promises=IN_TIME),
    length=4,
)
GIVES_UP_AGAIN = Pitfall(
    "bully_election.GivesUpAgain",
    "A member takes one for down, and does so again with each deadline.",
    breaks=spec.nobody_is_given_up_that_answers,
    subject=system(2, faults=evolve(IN_ROUNDS, who=(M1,)), member=GivesUpAgain, promises=IN_TIME),
    length=4,
)
NEVER_FORGIVES = Pitfall(
    "bully_election.NeverForgives",
    "The detector has taken its suspicion back, and a member suspects one that is up for ever.",
    breaks=spec.nobody_is_suspected_for_good,
    subject=system(2, faults=MISTAKEN, member=NeverForgives),
    length=1,
)
FORGIVES_LATE = Pitfall(
    "bully_election.ForgivesWhileItWaits",
    "The detector takes its suspicion back, and a member that does not stand suspects on.",
    breaks=spec.nobody_is_suspected_without_a_cause,
    subject=system(2, faults=MISTAKEN, member=ForgivesWhileItWaits),
    length=2,
)
FORGIVES_FOR_NOW = Pitfall(
    "bully_election.ForgivesWhileItWaits/for_good",
    "The detector takes its suspicion back again and again, and a member that leads by mistake suspects on.",
    breaks=spec.nobody_is_suspected_for_good,
    subject=system(2, faults=MISTAKEN, member=ForgivesWhileItWaits),
    length=3,
)
