"""Functions to change, each for a few operators."""

from __future__ import annotations

from enum import Enum

from attrs import evolve, frozen

from concordant.refimpl.machine import Process, Step, step
from concordant.spec.vocabulary import Address, Announce, Case, Cases, Map, Rejected, Reply, Send, broadcast, case

TOO_FEW, TOO_MANY = Rejected("too few"), Rejected("too many")


class Light(Enum):
    RED = "red"
    GREEN = "green"


@frozen
class Told:
    value: bool


@frozen
class Heard:
    value: bool


@frozen
class State:
    client: Address
    votes: Map[Address, int] = Map()
    voters: frozenset[Address] = frozenset()
    latest: str | None = None


@frozen
class Member(Process[State, Told]):
    me: Address
    peers: tuple[Address, ...]

    def start(self) -> Step[State]:
        return step(State(self.me))

    def receive(self, state: State, source: Address, message: Told) -> Step[State] | None:
        if source not in self.peers:
            return None
        after = evolve(state, votes=state.votes.put(source, 1), voters=state.voters | {source})
        return step(after, Announce(Heard(message.value)), Reply(state.client, message), *broadcast(self.peers, Told(message.value)))

    def survives(self, state: State) -> tuple[State, ...]:
        return (state,)

    def view(self, state: State) -> Told:
        return Told(value=state.latest is None)


def is_enough(count: int, all: int) -> bool:
    return count > all // 2


def is_all(votes: tuple[str, ...], electorate: tuple[str, ...]) -> bool:
    return len(votes) == len(electorate) and all(vote in electorate for vote in votes)


def refusal(count: int) -> Rejected | None:
    if count < 1:
        return TOO_FEW
    return None


def winner(bids: dict[str, int]) -> str:
    best = max(bids.values())
    return sorted(name for name, bid in bids.items() if bid == best)[0]  # noqa: FURB192  # that is what is changed


def shares(claims: tuple[int, ...], estate: int) -> list[int]:
    left = []
    for claim in claims:
        estate -= min(claim, estate)
        left.append(estate)
    return left


def next_light(light: Light, way: str) -> tuple[Light, Send]:
    return Light.GREEN if light is Light.RED else Light.RED, Send(Address("car"), f"{way} is free")


def merged(one: State, other: State) -> State:
    match one.latest, other.latest:
        case None, latest:
            return State(one.client, one.votes, one.voters, latest)
        case _:
            return one


def first_of(one: State, other: State) -> State:
    return merged(other, one)


class Named:
    def name(self) -> str:
        return "named"


class Louder(Named):
    def name(self) -> str:
        return super().name() + "!"


def obeys(before: tuple[int, ...], after: int | None, light: Light, *, asked: bool) -> Cases:
    if asked or light is not Light.RED:
        for number in before:
            yield case(after == number and all(number > 0 for number in before), number=number)


def between(low: int, numbers: tuple[int, ...], high: int) -> Cases:
    for number in numbers:
        if low <= number < high:
            yield case(low < number < high, number=number)


def endless(count: int) -> int:
    while count > 0:
        count -= 1
    return count


def cases_of(numbers: tuple[int, ...]) -> list[Case]:
    return list(obeys(numbers, 1, Light.GREEN, asked=True))
