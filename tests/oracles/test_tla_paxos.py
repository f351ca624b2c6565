"""TLA+ `Paxos` (PaxosHowToWinATuringAward in tlaplus/Examples), as a transition system of its own.

Messages are a set that only grows, so that nothing is ever consumed, and proposers have no state.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.refimpl.machine.search import Search

NONE = -1
"""The ballot below all ballots."""


@frozen(cache_hash=True)
class Phase1a:
    ballot: int


@frozen(cache_hash=True)
class Phase1b:
    acceptor: int
    ballot: int
    vote_ballot: int
    value: str


@frozen(cache_hash=True)
class Phase2a:
    ballot: int
    value: str


@frozen(cache_hash=True)
class Phase2b:
    acceptor: int
    ballot: int
    value: str


@frozen(cache_hash=True)
class Acceptor:
    promised: int = NONE
    vote_ballot: int = NONE
    value: str = ""


Message: TypeAlias = Phase1a | Phase1b | Phase2a | Phase2b


@frozen(cache_hash=True)
class World:
    acceptors: tuple[Acceptor, ...]
    messages: frozenset[Message] = frozenset()


@frozen
class Paxos:
    acceptors: int
    values: tuple[str, ...]
    ballots: tuple[int, ...]

    def initial(self) -> tuple[World]:
        return (World((Acceptor(),) * self.acceptors),)

    def successors(self, world: World) -> Iterator[tuple[str, World]]:
        for ballot in self.ballots:
            yield f"Phase1a {ballot}", sent(world, Phase1a(ballot))
            for value in self.values:
                for reason in self.reasons(world, ballot, value):
                    yield f"Phase2a {ballot} {value} {reason}", sent(world, Phase2a(ballot, value))
        for number, acceptor in enumerate(world.acceptors):
            for message in world.messages:
                match message:
                    case Phase1a(ballot) if ballot > acceptor.promised:
                        promise = Phase1b(number, ballot, acceptor.vote_ballot, acceptor.value)
                        yield f"Phase1b {number} {ballot}", stepped(world, number, evolve(acceptor, promised=ballot), promise)
                    case Phase2a(ballot, value) if ballot >= acceptor.promised:
                        vote = Phase2b(number, ballot, value)
                        yield f"Phase2b {number} {ballot}", stepped(world, number, Acceptor(ballot, ballot, value), vote)
                    case _:
                        pass

    def reasons(self, world: World, ballot: int, value: str) -> Iterator[str]:
        """Yield one reason per quorum and highest vote in it: TLC takes each witness of an existential for a transition."""
        if any(isinstance(message, Phase2a) and message.ballot == ballot for message in world.messages):
            return
        promises = [message for message in world.messages if isinstance(message, Phase1b) and message.ballot == ballot]
        for quorum in combinations(range(self.acceptors), self.acceptors // 2 + 1):
            heard = [promise for promise in promises if promise.acceptor in quorum]
            if len(heard) == len(quorum):
                highest = max(promise.vote_ballot for promise in heard)
                if highest == NONE:
                    yield f"nobody of {quorum} voted"
                for promise in heard:
                    if promise.vote_ballot == highest != NONE and promise.value == value:
                        yield f"{promise.acceptor} of {quorum} voted"


def sent(world: World, message: Message) -> World:
    return World(world.acceptors, world.messages | {message})


def stepped(world: World, number: int, acceptor: Acceptor, message: Message) -> World:
    return World((*world.acceptors[:number], acceptor, *world.acceptors[number + 1 :]), world.messages | {message})


def test_paxos_has_the_states_that_tlc_and_spin_find() -> None:
    search = Search(Paxos(3, ("v1", "v2"), (0, 1))).run()

    assert (search.states, search.transitions + 1, search.depth, search.stopped) == (3_921, 23_563, 17, None)
