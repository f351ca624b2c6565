"""Bully election as a machine: a member with a failure detector, and one that probes instead."""

from __future__ import annotations

from typing import Never, TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import KnownViolation, Process, Step, Suspect, System, step
from concordant.spec.consensus.bully_election import (
    AreYouThere,
    Coordinator,
    Elected,
    Election,
    Epoch,
    Here,
    History,
    MemberView,
    Message,
    Missed,
    Probe,
    Silence,
)
from concordant.spec.consensus.bully_election import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Map, Network, Send, addresses, broadcast

Trigger: TypeAlias = Probe | Silence


@frozen
class State:
    """`epoch`: the latest that is known, on the disk. `leader`: who is followed, perhaps the member itself; None while it stands.

    `suspects`: who seems to be down; `asked`: who was asked whether it is there, and has not answered.
    """

    epoch: Epoch
    leader: Address | None
    suspects: frozenset[Address] = frozenset()
    asked: frozenset[Address] = frozenset()


@frozen
class Member(Process[State, Message, Never, Trigger]):
    """One of a fixed set of members, each with its priority."""

    me: Address
    priorities: Map[Address, int]

    @property
    def others(self) -> tuple[Address, ...]:
        return tuple(member for member in self.priorities if member != self.me)

    @property
    def higher(self) -> tuple[Address, ...]:
        return tuple(member for member in self.others if self.rank(member) > self.rank(self.me))

    def rank(self, member: Address) -> tuple[int, Address]:
        """Return what decides who is higher: the priority, and the name where those are equal."""
        return self.priorities[member], member

    def start(self) -> Step[State]:
        """Follow the highest, in an epoch before all that are elected."""
        highest = max(self.priorities, key=self.rank)
        return step(State(Epoch(0, highest), highest))

    # ---- who is down

    def suspect(self, state: State, peer: Address) -> Step[State] | None:
        if peer in state.suspects:
            return None
        return self.settle(evolve(state, suspects=state.suspects | {peer}))

    def trust(self, state: State, peer: Address) -> Step[State] | None:
        """Take a suspicion back. Whoever stands has asked also those that it suspects."""
        return step(evolve(state, suspects=state.suspects - {peer})) if peer in state.suspects else None

    def settle(self, state: State) -> Step[State]:
        """Stand where the leader is suspected; lead where all are that are higher."""
        return self.stand(state) if state.leader is None or state.leader in state.suspects else step(state)

    def is_highest(self, state: State) -> bool:
        """Tell whether all that are higher seem to be down."""
        return state.suspects.issuperset(self.higher)

    # ---- elections

    def stand(self, state: State) -> Step[State]:
        """Ask all that are higher to stand, too, also those that are suspected, perhaps by mistake."""
        if self.is_highest(state):
            return self.lead(state)
        return step(evolve(state, leader=None), *broadcast(self.higher, Election()))

    def lead(self, state: State) -> Step[State]:
        epoch = self.next_epoch(state)
        return step(evolve(state, epoch=epoch, leader=self.me), Announce(Elected(epoch)), *broadcast(self.others, Coordinator(epoch)))

    def next_epoch(self, state: State) -> Epoch:
        return Epoch(state.epoch.round + 1, self.me)

    def receive(self, state: State, source: Address, message: Message) -> Step[State]:
        match message:
            case Election():
                return self.called(state, source)
            case Coordinator(epoch):
                return self.told(self.heard(state, source), epoch)
            case AreYouThere():
                return step(state, Send(source, Here()))
            case Here():
                return step(self.heard(state, source))
            case _:
                assert_never(message)

    def heard(self, state: State, source: Address) -> State:
        """Wait no more for an answer of one that has said something."""
        return evolve(state, asked=state.asked - {source})

    def called(self, state: State, source: Address) -> Step[State]:
        """Stand in for one that is lower, or say who leads, where that is this member."""
        return step(state, Send(source, Coordinator(state.epoch))) if state.leader == self.me else self.stand(state)

    def told(self, state: State, epoch: Epoch) -> Step[State]:
        """Hear who leads. Whoever leads in an epoch that is over must be told, or it would be ignored for ever."""
        if epoch.leader == self.me:
            return step(state)
        if epoch < state.epoch:
            return step(state, Send(epoch.leader, Coordinator(state.epoch))) if self.must_answer(state) else step(state)
        if epoch.leader in self.higher:
            return step(evolve(state, epoch=epoch, leader=epoch.leader, suspects=state.suspects - {epoch.leader}))
        return self.stand(evolve(state, epoch=epoch))

    def must_answer(self, state: State) -> bool:
        # The hard step. The present leader has been told, too, and answers; where it is down, whoever suspects it stands, and asks.
        # If all answered, who suspects that leader by mistake would lead in a later epoch each time, and that leader in a still
        # later one, for as long as messages between the two are delayed.
        return state.leader in (None, self.me)

    # ---- crashes

    def survives(self, state: State) -> tuple[State, ...]:
        """Keep the epoch, which is on the disk, and so who led in it."""
        return (State(state.epoch, state.epoch.leader),)

    def recover(self, state: State) -> Step[State]:
        """Stand: what has happened meanwhile is not known."""
        return self.stand(state)

    def view(self, state: State) -> MemberView:
        return MemberView(state.epoch, state.leader, state.suspects)


@frozen
class Prober(Member):
    """A member without a detector: who does not answer before a deadline is down.

    That somebody was silent so far proves nothing: nothing may have been to be said. So it asks.
    """

    def armed(self, state: State) -> tuple[Trigger, ...]:
        if state.asked:
            return (Silence(),)
        return (Probe(),) if self.awaited(state) else ()

    def awaited(self, state: State) -> tuple[Address, ...]:
        """Return on whom something depends: who is higher, for one that stands; else the leader, if that is another."""
        return tuple(peer for peer in self.higher if state.leader in (None, peer) and peer not in state.suspects)

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        match trigger:
            case Probe():
                asked = self.awaited(state)
                return step(evolve(state, asked=frozenset(asked)), *broadcast(asked, AreYouThere()))
            case Silence():
                missed = evolve(state, suspects=state.suspects | state.asked, asked=frozenset())
                return step(missed, Announce(Missed(state.asked))).then(self.settle)
            case _:
                assert_never(trigger)


SAFETY: tuple[Clause, ...] = (
    spec.one_leader_per_epoch,
    spec.epochs_never_go_back,
    spec.a_member_knows_what_has_begun,
    spec.rounds_rise_by_one,
    spec.a_message_is_true,
    spec.all_are_told,
    spec.whoever_stands_has_asked,
    spec.nobody_is_elected_without_a_cause,
    spec.no_reign_begins_in_vain,
    spec.nobody_is_suspected_without_a_cause,
    spec.a_report_is_believed,
    spec.nobody_follows_whom_it_suspects,
)
DETECTED: tuple[Clause, ...] = (
    *SAFETY,
    spec.a_report_is_heard_once,
    spec.one_leader_at_a_time,
    spec.the_highest_leads,
    spec.one_leader_for_good,
    spec.nobody_is_suspected_for_good,
)
"""What is promised with a failure detector."""
IN_TIME: tuple[Clause, ...] = (
    *SAFETY,
    spec.nobody_is_asked_in_vain,
    spec.nobody_is_given_up_that_answers,
    spec.one_leader_in_time,
    spec.the_highest_leads_in_time,
    spec.one_leader_for_good_in_time,
)
"""What is promised where silence is proof."""


def system(
    members: int = 3,
    *,
    priorities: tuple[int, ...] = (),
    faults: Faults = Faults(detector=True),
    network: Network = Network(),
    member: type[Member] = Member,
    promises: tuple[Clause, ...] = DETECTED,
) -> System[History]:
    """Put members together. `priorities`: one per member; by default all are equal, and the last is the highest."""
    names = addresses("member", members)
    ranks = Map.of(zip(names, priorities or (0,) * members, strict=True))
    order = tuple(sorted(names, key=lambda name: (ranks[name], name)))
    return System(
        {name: member(name, ranks) for name in names},
        History(order, frozenset({Epoch(0, order[-1])})),
        promises,
        network,
        faults,
    )


M0, M1, M2 = addresses("member", 3)

MISTAKEN = KnownViolation(
    spec.one_leader_whatever,
    "The detector errs: a member suspects its leader, which is up, and leads, too. The epochs differ.",
    system(2, faults=Faults(detector=True, mistakes=1), promises=(spec.one_leader_whatever,)),
    (Suspect(M0, M1),),
)
