"""Bully election as a machine: a member with a failure detector, and one that probes instead."""

from __future__ import annotations

from typing import Never, TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import KnownViolation, Process, Step, Suspect, System, step
from concordant.spec.consensus import bully_election as spec
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
    Probe,
    Silence,
)
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Map, Network, Send, addresses, broadcast

Trigger: TypeAlias = Probe | Silence


@frozen
class State:
    """`epoch`: the latest that is known, on the disk. `stands`: whether the member follows nobody, and waits for one that is higher.

    `suspects`: who seems to be down; `asked`: who was asked whether it is there, and has not answered.
    """

    epoch: Epoch
    stands: bool = False
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
        return tuple(member for member in self.others if self.is_higher(member, self.me))

    def is_higher(self, one: Address, other: Address) -> bool:
        return (self.priorities[one], one) > (self.priorities[other], other)

    def start(self) -> Step[State]:
        """Follow the highest, in an epoch before all that are elected."""
        return step(State(Epoch(0, max(self.priorities, key=lambda member: (self.priorities[member], member)))))

    def leads(self, state: State) -> bool:
        return not state.stands and state.epoch.leader == self.me

    # ---- who is down

    def suspect(self, state: State, peer: Address) -> Step[State] | None:
        if peer in state.suspects:
            return None
        return self.settle(evolve(state, suspects=state.suspects | {peer}))

    def trust(self, state: State, peer: Address) -> Step[State] | None:
        """Take a suspicion back. One that is higher may lead, and not have been asked."""
        if peer not in state.suspects:
            return None
        ask = state.stands and peer in self.higher
        return step(evolve(state, suspects=state.suspects - {peer}), *((Send(peer, Election(state.epoch)),) if ask else ()))

    def settle(self, state: State) -> Step[State]:
        """Stand where the leader is suspected; lead where all are that are higher."""
        if state.stands:
            return self.lead(state) if self.is_highest(state) else step(state)
        return self.stand(state) if state.epoch.leader in state.suspects else step(state)

    def is_highest(self, state: State) -> bool:
        return state.suspects.issuperset(self.higher)

    # ---- elections

    def stand(self, state: State) -> Step[State]:
        if self.is_highest(state):
            return self.lead(state)
        asked = tuple(member for member in self.higher if member not in state.suspects)
        return step(evolve(state, stands=True), *broadcast(asked, Election(state.epoch)))

    def lead(self, state: State) -> Step[State]:
        epoch = self.next_epoch(state)
        return step(evolve(state, epoch=epoch, stands=False), Announce(Elected(epoch)), *broadcast(self.others, Coordinator(epoch)))

    def next_epoch(self, state: State) -> Epoch:
        return Epoch(state.epoch.round + 1, self.me)

    def receive(self, state: State, source: Address, message: Message) -> Step[State]:
        heard = evolve(state, suspects=state.suspects - {source}, asked=state.asked - {source})
        match message:
            case Election(epoch):
                return self.take_over(heard, source, epoch)
            case Coordinator(epoch):
                return self.told(heard, source, epoch)
            case AreYouThere():
                return step(heard, Send(source, Here()))
            case Here():
                return step(heard)
            case _:
                assert_never(message)

    def told(self, state: State, source: Address, epoch: Epoch) -> Step[State]:
        """Hear who leads. Whoever leads in an epoch that is over must be told, or it would be ignored for ever."""
        if epoch < state.epoch:
            return step(state, Send(source, Coordinator(state.epoch))) if self.must_answer(state, epoch) else step(state)
        if epoch.leader not in self.higher:
            return self.take_over(state, source, epoch)
        return self.settle(evolve(state, epoch=epoch, stands=False))

    def must_answer(self, state: State, epoch: Epoch) -> bool:
        # The present leader has been told, too, and answers who is lower. If others did, who suspects that leader by mistake would
        # lead in a later epoch each time, and that leader in a still later one, for as long as messages between the two are delayed.
        return state.stands or self.leads(state) or self.is_higher(epoch.leader, state.epoch.leader)

    def take_over(self, state: State, source: Address, epoch: Epoch) -> Step[State]:
        """Bully one that is lower, which stands, or leads in this epoch."""
        after = evolve(state, epoch=max(epoch, state.epoch))
        if self.leads(state):
            # In an earlier epoch it would not be followed.
            return self.lead(after) if epoch > state.epoch else step(state, Send(source, Coordinator(state.epoch)))
        return step(after) if state.stands else self.stand(after)

    # ---- crashes

    def survives(self, state: State) -> tuple[State, ...]:
        return (State(state.epoch),)

    def recover(self, state: State) -> Step[State]:
        return self.stand(state)

    def view(self, state: State) -> MemberView:
        return MemberView(state.epoch, None if state.stands else state.epoch.leader, state.suspects)


@frozen
class Prober(Member):
    """A member without a detector: who does not answer before a deadline is down.

    That somebody was silent so far proves nothing: nothing may have been to be said. So it asks.
    """

    def armed(self, state: State) -> tuple[Trigger, ...]:
        if state.asked:
            return (Silence(),)
        return (Probe(),) if self.awaited(state) else ()

    def awaited(self, state: State) -> frozenset[Address]:
        """Return on whom something depends: who is higher, for one that stands; else the leader."""
        return (frozenset(self.higher) if state.stands else frozenset({state.epoch.leader})) - state.suspects - {self.me}

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        match trigger:
            case Probe():
                asked = self.awaited(state)
                return step(evolve(state, asked=asked), *broadcast(sorted(asked), AreYouThere()))
            case Silence():
                return self.settle(evolve(state, suspects=state.suspects | state.asked, asked=frozenset()))
            case _:
                assert_never(trigger)


SAFETY: tuple[Clause, ...] = (
    spec.one_leader_per_epoch,
    spec.epochs_never_go_back,
    spec.a_member_knows_what_has_begun,
    spec.a_message_is_true,
    spec.nobody_follows_whom_it_suspects,
)
DETECTED: tuple[Clause, ...] = (*SAFETY, spec.one_leader_at_a_time, spec.the_highest_leads, spec.one_leader_for_good)
"""What is promised with a failure detector."""
IN_TIME: tuple[Clause, ...] = (*SAFETY, spec.one_leader_in_time, spec.the_highest_leads_in_time, spec.one_leader_for_good_in_time)
"""What is promised where silence is a proof."""


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
