"""What goes wrong with bully election: the documents' oracle in a loop, as written, and reigns that are told apart too late."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.consensus.bully_election import IN_TIME, Member, Prober, State, Trigger, system
from concordant.refimpl.machine import ANY, Crash, Pitfall, Step, Suspect, System, step
from concordant.spec.consensus.bully_election import Coordinator, Elected, Election, Epoch, History, Probe, Silence
from concordant.spec.consensus.bully_election import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Faults, Send, addresses, broadcast

# ---- as written


@frozen
class EqualsDoNotCount(Member):
    """Leaves it to those with a higher priority, of whom there is none where priorities are equal."""

    @property
    def higher(self) -> tuple[Address, ...]:
        return tuple(member for member in self.others if self.priorities[member] > self.priorities[self.me])


@frozen
class GoesByName(Member):
    """Takes the later name for the higher, whatever the priorities."""

    @property
    def higher(self) -> tuple[Address, ...]:
        return tuple(member for member in self.others if member > self.me)


@frozen
class StopsAtTheDead(Member):
    """Tells all in a loop, in which one that is down raises an error; whoever asks makes it go through the loop again."""

    def lead(self, state: State) -> Step[State]:
        led = Member.lead(self, state)
        down = (place for place, effect in enumerate(led.effects) if isinstance(effect, Send) and effect.to in state.suspects)
        return step(led.state, *led.effects[: next(down, None)])

    def called(self, state: State, source: Address) -> Step[State]:
        return self.lead(state) if state.leader == self.me else Member.called(self, state, source)


@frozen
class AnnouncesAnother(Member):
    """Announces the highest that it does not suspect, which need not know."""

    def stand(self, state: State) -> Step[State]:
        up = [member for member in self.higher if member not in state.suspects]
        epoch = Epoch(state.epoch.round + 1, max([self.me, *up]))
        return step(evolve(state, epoch=epoch, leader=epoch.leader), Announce(Elected(epoch)), *broadcast(self.others, Coordinator(epoch)))


@frozen
class ElectsOnce(AnnouncesAnother):
    """Holds one election, and looks no more whether whom it announced is there."""

    def settle(self, state: State) -> Step[State]:
        return step(state) if state.epoch.round else AnnouncesAnother.settle(self, state)


@frozen
class LastComesWins(Member):
    """Follows whoever it was told of last, unless it leads itself."""

    def told(self, state: State, epoch: Epoch) -> Step[State]:
        return step(state if state.leader == self.me else evolve(state, epoch=epoch, leader=epoch.leader))


@frozen
class KeepsTheOldLeader(Member):
    """Finds nobody that is up to elect, and leaves everything as it is."""

    def stand(self, state: State) -> Step[State]:
        return step(state) if state.suspects.issuperset(self.others) else Member.stand(self, state)


@frozen
class ComesBackMeekly(Member):
    """Comes up again and goes on where it was."""

    def recover(self, state: State) -> Step[State]:
        return step(state)


@frozen
class WaitsForTheAnswer(Prober):
    """Asks whether somebody is there, and waits for the answer, however long that takes."""

    def armed(self, state: State) -> tuple[Trigger, ...]:
        return () if state.asked else Prober.armed(self, state)


# ---- epochs


@frozen
class KeepsItsEpochInMemory(Member):
    """Comes up again as if nothing had happened before."""

    def survives(self, state: State) -> tuple[State, ...]:  # noqa: ARG002
        return (self.start().state,)


@frozen
class BeginsAsItStands(Member):
    """Takes its reign for begun when it stands."""

    def stand(self, state: State) -> Step[State]:
        stood = Member.stand(self, state)
        return step(evolve(stood.state, epoch=self.next_epoch(state)), *stood.effects) if stood.state.leader is None else stood


@frozen
class LeadsBeforeItIsElected(Member):
    """Tells whoever asks it to stand that it leads, and then finds out whether it does."""

    def called(self, state: State, source: Address) -> Step[State]:
        return step(state, Send(source, Coordinator(self.next_epoch(state)))).then(lambda after: Member.called(self, after, source))


@frozen
class IgnoresWhatIsOver(Member):
    """Pays no attention to a leader whose epoch is over, and does not say so."""

    def must_answer(self, state: State) -> bool:  # noqa: ARG002
        return False


# ---- who leads


@frozen
class OneIsEnough(Member):
    """Leads as soon as one that is higher is down."""

    def is_highest(self, state: State) -> bool:
        return not self.higher or not state.suspects.isdisjoint(self.higher)


@frozen
class OneSilenceIsEnough(OneIsEnough, Prober):
    """The same, and probes."""


@frozen
class TakesQuietForDeath(Prober):
    """Has heard nothing of its leader, and does not ask: a quiet network is no proof."""

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        after = Prober.fire(self, state, trigger)
        return self.fire(after.state, Silence()) if isinstance(trigger, Probe) else after


@frozen
class AfterYou(Member):
    """Waits until all others are down, and asks whoever asks it."""

    def is_highest(self, state: State) -> bool:
        return state.suspects.issuperset(self.others)

    def called(self, state: State, source: Address) -> Step[State]:
        return step(state, Send(source, Election())) if state.leader is None else Member.called(self, state, source)


@frozen
class AfterYouInTime(AfterYou, Prober):
    """The same, and probes."""


M0, M1, M2 = addresses("member", 3)
PERFECT = Faults(detector=True, crashes=1, who=(M0, M1, M2))
HIGHEST = Faults(detector=True, crashes=1, who=(M2,))
SECOND = Faults(detector=True, crashes=1, recoveries=1, who=(M1,))
IN_ROUNDS = Faults(synchronous=True, crashes=1, who=(M2,))


def _of_equals(member: type[Member]) -> System[History]:
    return system(3, priorities=(0, 0, 1), faults=HIGHEST, member=member)


EQUALS_DO_NOT_COUNT = Pitfall(
    "BUL-1",
    "Of two members with the same priority neither is higher: when the leader is down both lead.",
    breaks=spec.one_leader_at_a_time,
    subject=_of_equals(EqualsDoNotCount),
    length=3,
)
BOTH_LEAD = Pitfall(
    "BUL-1/both",
    "The higher of two members with the same priority leads, and then the lower.",
    breaks=spec.the_highest_leads,
    subject=_of_equals(EqualsDoNotCount),
    length=3,
    schedule=(Crash(M2, ANY), Suspect(M1, M2), Suspect(M0, M2)),
    correct=_of_equals(Member),
)
STOPS_AT_THE_DEAD = Pitfall(
    "BUL-2",
    "To tell one that is down raises an error, which ends the loop: whoever comes later in it is never told, and stands for ever.",
    breaks=spec.one_leader_for_good,
    subject=system(3, priorities=(2, 0, 1), faults=Faults(detector=True, crashes=1, who=(M0,)), member=StopsAtTheDead),
    length=5,
)
ELECTS_ONCE = Pitfall(
    "BUL-3",
    "A member that seemed to be up is announced, is down before it hears of that, and nobody elects another.",
    breaks=spec.one_leader_for_good,
    subject=system(3, faults=Faults(detector=True, crashes=2, who=(M1, M2)), member=ElectsOnce),
    length=6,
)
ANNOUNCES_ANOTHER = Pitfall(
    "bully_election.AnnouncesAnother",
    "A member announces another as leader, which knows nothing of it.",
    breaks=spec.one_leader_per_epoch,
    subject=system(3, faults=HIGHEST, member=AnnouncesAnother),
    length=2,
)
LAST_COMES_WINS = Pitfall(
    "BUL-4",
    "Two members lead, since one suspects the other by mistake. Each leads on, the third follows whom it is told of last, and so it stays.",
    breaks=spec.one_leader_for_good,
    subject=system(3, faults=Faults(detector=True, mistakes=1), member=LastComesWins),
    length=4,
)
KEEPS_THE_OLD_LEADER = Pitfall(
    "BUL-5",
    "A member finds nobody to elect, and follows its old leader, which is down.",
    breaks=spec.nobody_follows_whom_it_suspects,
    subject=system(2, faults=evolve(SECOND, recoveries=0), member=KeepsTheOldLeader),
    length=2,
)
COMES_BACK_MEEKLY = Pitfall(
    "BUL-6",
    "The highest comes up again and holds no election: it takes itself for the leader, and the others follow another.",
    breaks=spec.one_leader_for_good,
    subject=system(2, faults=SECOND, member=ComesBackMeekly),
    length=5,
)
WAITS_FOR_THE_ANSWER = Pitfall(
    "BUL-7",
    "A member asks its leader whether it is there and sets no deadline: the leader is down, and it waits for ever.",
    breaks=spec.one_leader_for_good_in_time,
    subject=system(2, faults=evolve(IN_ROUNDS, who=(M1,)), member=WaitsForTheAnswer, promises=IN_TIME),
    length=3,
)
GOES_BY_NAME = Pitfall(
    "BUL-8",
    "Who is highest is read off the names, not the priorities. Of three members the first has the highest priority, and the last the lowest: the first is down, and the last leads, though the second is up.",
    breaks=spec.the_highest_leads,
    subject=system(3, priorities=(2, 1, 0), faults=Faults(detector=True, crashes=1, who=(M0,)), member=GoesByName),
    length=2,
)
FORGETS_ITS_EPOCH = Pitfall(
    "bully_election.KeepsItsEpochInMemory",
    "The latest epoch is not on the disk: after a crash a member goes back to an earlier one.",
    breaks=spec.epochs_never_go_back,
    subject=system(2, faults=Faults(detector=True, crashes=2, recoveries=1, who=(M1,)), member=KeepsItsEpochInMemory),
    length=3,
)
LEADS_AGAIN_IN_ONE_EPOCH = Pitfall(
    "bully_election.KeepsItsEpochInMemory/again",
    "The latest epoch is not on the disk: after two crashes a member has begun one epoch twice.",
    breaks=spec.one_leader_per_epoch,
    subject=system(2, faults=Faults(detector=True, crashes=2, recoveries=2, who=(M1,)), member=KeepsItsEpochInMemory),
    length=4,
)
BEGINS_AS_IT_STANDS = Pitfall(
    "bully_election.BeginsAsItStands",
    "A member that stands takes its epoch for the latest, in which nobody has been elected.",
    breaks=spec.a_member_knows_what_has_begun,
    subject=system(3, faults=HIGHEST, member=BeginsAsItStands),
    length=2,
)
LEADS_BEFORE_IT_IS_ELECTED = Pitfall(
    "bully_election.LeadsBeforeItIsElected",
    "A member that is asked to stand says that it leads, before it knows whether one that is higher is up.",
    breaks=spec.a_message_is_true,
    subject=system(3, faults=HIGHEST, member=LeadsBeforeItIsElected),
    length=3,
)
IGNORES_WHAT_IS_OVER = Pitfall(
    "bully_election.IgnoresWhatIsOver",
    "The highest was down for an election. What it begins when it comes up again is over, and it is ignored for ever.",
    breaks=spec.one_leader_for_good,
    subject=system(2, priorities=(1, 0), faults=evolve(SECOND, who=(M0,)), member=IgnoresWhatIsOver),
    length=6,
)
ONE_IS_ENOUGH = Pitfall(
    "bully_election.OneIsEnough",
    "The leader is down, and the lowest leads, though the second is up.",
    breaks=spec.the_highest_leads,
    subject=system(3, faults=HIGHEST, member=OneIsEnough),
    length=2,
)
ONE_SILENCE_IS_ENOUGH = Pitfall(
    "bully_election.OneSilenceIsEnough",
    "The leader does not answer, and the lowest leads, though the second is up.",
    breaks=spec.the_highest_leads_in_time,
    subject=system(3, faults=IN_ROUNDS, member=OneSilenceIsEnough, promises=IN_TIME),
    length=3,
)
TAKES_QUIET_FOR_DEATH = Pitfall(
    "bully_election.TakesQuietForDeath",
    "A member has heard nothing from its leader for long, and leads: the leader had nothing to say.",
    breaks=spec.one_leader_in_time,
    subject=system(2, faults=evolve(IN_ROUNDS, who=(M1,)), member=TakesQuietForDeath, promises=IN_TIME),
    length=1,
)
AFTER_YOU = Pitfall(
    "bully_election.AfterYou",
    "Two members ask each other to stand, for ever, and none leads.",
    breaks=spec.one_leader_for_good,
    subject=system(3, faults=HIGHEST, member=AfterYou),
    length=8,
)
AFTER_YOU_IN_TIME = Pitfall(
    "bully_election.AfterYouInTime",
    "Two members ask each other to stand, for ever: no deadline passes meanwhile, and none leads.",
    breaks=spec.one_leader_for_good_in_time,
    subject=system(3, faults=IN_ROUNDS, member=AfterYouInTime, promises=IN_TIME),
    length=12,
)
