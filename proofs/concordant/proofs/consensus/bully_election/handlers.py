"""Bully election: the shipped handlers take only steps of the proved model, and handlers with a mistake do not.

Of each message that names an epoch it is proved, too, that its leader has begun it.
Assumes: the epoch is on the disk; a detector, right or wrong, speaks of other members.
Not covered: more members than those of the casts, with `--large` one more; who is elected, and that anybody is; that members ask, and answer.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.proofs.consensus.bully_election.meaning import Bullies
from concordant.proofs.kernel.role_theorems import WrongHandler, role_theorems
from concordant.proofs.kernel.stability import stability_theorem
from concordant.refimpl.consensus.bully_election import Member, Prober, State, Trigger
from concordant.refimpl.machine import Step, step
from concordant.spec.consensus.bully_election import Coordinator, Elected, Epoch, Probe
from concordant.spec.vocabulary import Address, Announce, Send

BULLIES = Bullies()


@frozen
class AnnouncesAnother(Member):
    """Announces the epoch of another, which need not know."""

    def next_epoch(self, state: State) -> Epoch:
        return Epoch(state.epoch.round + 1, max(self.priorities))


@frozen
class LeadsOn(Member):
    """Leads again in the epoch that it knows."""

    def next_epoch(self, state: State) -> Epoch:
        return Epoch(state.epoch.round, self.me)


@frozen
class LastComesWins(Member):
    """Follows whoever it was told of last."""

    def told(self, state: State, epoch: Epoch) -> Step[State]:
        return step(evolve(state, epoch=epoch, leader=epoch.leader))


@frozen
class FollowsWithoutNoting(Member):
    """Follows whoever leads, and takes no note of the epoch."""

    def told(self, state: State, epoch: Epoch) -> Step[State]:
        after = super().told(state, epoch)
        return step(evolve(after.state, epoch=state.epoch), *after.effects)


@frozen
class FollowsWhoeverSaysSo(Member):
    """Follows who tells it that somebody leads."""

    def receive(self, state: State, source: Address, message: object) -> Step[State]:
        after = super().receive(state, source, message)  # type: ignore[arg-type]  # of whatever kind it is
        return step(evolve(after.state, leader=source), *after.effects) if isinstance(message, Coordinator) else after


@frozen
class BeginsAsItStands(Member):
    """Takes its reign for begun when it stands."""

    def stand(self, state: State) -> Step[State]:
        stood = super().stand(state)
        return step(evolve(stood.state, epoch=self.next_epoch(state)), *stood.effects) if stood.state.leader is None else stood


@frozen
class LeadsBeforeItIsElected(Member):
    """Says that it leads, and then finds out whether it does."""

    def called(self, state: State, source: Address) -> Step[State]:
        return step(state, Send(source, Coordinator(self.next_epoch(state)))).then(lambda after: Member.called(self, after, source))


@frozen
class KeepsItsEpochInMemory(Member):
    """Comes up again as if nothing had happened before."""

    def survives(self, state: State) -> tuple[State, ...]:  # noqa: ARG002  # that is the mistake
        return (self.start().state,)


@frozen
class SuspectsItself(Prober):
    """Takes itself for down when a deadline passes."""

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        after = super().fire(state, trigger)
        return after if isinstance(trigger, Probe) else step(evolve(after.state, suspects=frozenset({self.me})), *after.effects)


@frozen
class RepeatsThatItLeads(Prober):
    """Announces the epoch that it knows as begun when it probes."""

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        after = super().fire(state, trigger)
        return step(after.state, Announce(Elected(state.epoch)), *after.effects) if isinstance(trigger, Probe) else after


WRONG = tuple(
    WrongHandler(BULLIES, kind, by, at, mutant)
    for kind, by, at, mutant in (
        (AnnouncesAnother, "guard begin.own_name", "suspicion", "bully_election.takes_any_name"),
        (LeadsOn, "guard begin.later", "suspicion", "bully_election.begins_what_it_knows"),
        (LastComesWins, "State: it knows the epochs up to that, and no others", "Coordinator", "bully_election.last_comes_wins"),
        (FollowsWithoutNoting, "State: it knows the epochs up to that, and no others", "Coordinator", None),
        (FollowsWhoeverSaysSo, "State: whom it follows leads in that", "Coordinator", None),
        (BeginsAsItStands, "State: it knows the epochs up to that, and no others", "Election", None),
        (LeadsBeforeItIsElected, "Coordinator: that has begun", "Election", None),
        (KeepsItsEpochInMemory, "State: it knows the epochs up to that, and no others", "crash and recovery", None),
        (SuspectsItself, "State: whom it suspects, and has asked, are other members", "Silence", None),
        (RepeatsThatItLeads, "guard begin.own_name", "Probe", None),
    )
)
HANDLERS = tuple(theorem for role in BULLIES.roles for theorem in role_theorems(BULLIES, role, WRONG))
STABLE = stability_theorem(BULLIES)
