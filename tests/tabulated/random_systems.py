"""Random systems that combine every construct of the vocabulary, each the same whenever its seed is."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, ClassVar, TypeVar

from attrs import evolve, frozen

from concordant.refimpl.machine import Byzantine, Crash, Fire, Lose, Move, Process, Receive, Step, Suspect, System, User
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Completion,
    Deadline,
    Faults,
    Internal,
    Malformed,
    Network,
    Reply,
    Seen,
    Send,
    addresses,
)
from tests.tabulated.random_clauses import clauses_of

S = TypeVar("S")
LIAR = Address("liar")


def dice(*key: object) -> Random:
    """Return a source of choices that depends on the key alone, whatever the hash seed."""
    return Random(repr(key))  # noqa: S311  # choices for tests, not secrets


@frozen
class Note:
    letter: str


@frozen
class Query:
    number: int


@frozen
class Order:
    """A request that opens no call."""

    answered: ClassVar[bool] = False
    number: int


@frozen
class Answer:
    letter: str


@frozen
class Noticed:
    letter: str


@frozen
class Heard:
    letter: str


@frozen
class Late(Deadline):
    number: int


@frozen
class Ended(Completion):
    number: int


@frozen
class Goes(Internal):
    number: int


TRIGGERS = (Late(0), Late(1), Ended(0), Goes(0))


@frozen
class Shown:
    half: int


@frozen
class Kept:
    number: int
    askers: tuple[Address, ...] = ()
    """Who has asked: nobody else may be answered."""


class Drawn(Process[S, Note, Query | Order, Late | Ended | Goes]):
    """A process that speaks with the classes of this module."""


@frozen
class Erratic(Drawn[Kept]):
    """Draws what it does from its seed, its state and the input."""

    me: Address
    seed: int
    targets: tuple[Address, ...]
    numbers: int

    def _step(self, state: Kept, nothing: float, *key: object) -> Step[Kept] | None:
        draw = dice(self.seed, self.me, state, *key)
        if draw.random() < nothing:
            return None
        effects: list[Send | Reply | Announce] = [
            Send(draw.choice(self.targets), Note(draw.choice("ab"))) for _ in range(draw.choice((0, 0, 0, 1, 1, 2)))
        ]
        effects += [Reply(asker, Answer(draw.choice("yn"))) for asker in state.askers if draw.random() < 0.5]
        if draw.random() < 0.4:
            effects.append(Announce(draw.choice((Noticed("e"), Noticed("f"), Heard("g")))))
        draw.shuffle(effects)
        return Step(evolve(state, number=draw.choice((state.number, draw.randrange(self.numbers)))), tuple(effects))

    def _sure(self, state: Kept, *key: object) -> Step[Kept]:
        return self._step(state, 0, *key) or Step(state)

    def start(self) -> Step[Kept]:
        return self._sure(Kept(0), "start")

    def view(self, state: Kept) -> Shown:
        return Shown(state.number // 2)

    def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept] | None:
        return self._step(state, 0.4, "receive", source, message)

    def request(self, state: Kept, client: Address, request: Query | Order) -> Step[Kept] | None:
        asked = evolve(state, askers=tuple(sorted({*state.askers, client})))
        return self._step(asked, 0.1, "request", client, request)

    def cancel(self, state: Kept, client: Address) -> Step[Kept] | None:
        return self._step(state, 0.3, "cancel", client)

    def armed(self, state: Kept) -> tuple[Late | Ended | Goes, ...]:
        draw = dice(self.seed, self.me, state.number, "armed")
        return tuple(trigger for trigger in TRIGGERS if draw.random() < 0.1)

    def fire(self, state: Kept, trigger: Late | Ended | Goes) -> Step[Kept]:
        return self._sure(state, "fire", trigger)

    def suspect(self, state: Kept, peer: Address) -> Step[Kept] | None:
        return self._step(state, 0.5, "suspect", peer)

    def survives(self, state: Kept) -> tuple[Kept, ...]:
        draw = dice(self.seed, self.me, state.number, "survives")
        return tuple(draw.sample((state, evolve(state, number=0), evolve(state, number=self.numbers - 1)), draw.choice((1, 1, 2, 3))))

    def recover(self, state: Kept) -> Step[Kept]:
        return self._sure(state, "recover")


@frozen
class Digest:
    """A history that takes one of a few values, and depends on everything that happens."""

    number: int = 0
    values: int = 7

    def after(self, at: Address, by: Address, happening: object) -> Digest:
        return Digest(dice(self.number, at, by, happening).randrange(self.values), self.values)


# ---- assumptions and bounds


def no_losses_at(number: int) -> Callable[[Move, Seen[Digest]], bool]:
    return lambda move, seen: not isinstance(move, Lose) or seen.history.number != number


def patient_at(number: int) -> Callable[[Move, Seen[Digest]], bool]:
    return lambda move, seen: not isinstance(move, Fire | Receive) or sum(view.half for view in seen.views(Shown).values()) != number


def nobody_late(move: Move, seen: Seen[Digest]) -> bool:  # noqa: ARG001  # the signature of an assumption
    return not (isinstance(move, Fire) and isinstance(move.trigger, Late))


def calm_crashes(move: Move, seen: Seen[Digest]) -> bool:
    return not isinstance(move, Crash | Suspect) or (seen.up(move.at) and not seen.waiting())


def early(number: int) -> Callable[[Seen[Digest]], bool]:
    return lambda seen: seen.history.number != number or not seen.waiting()


def few(number: int) -> Callable[[Seen[Any]], bool]:
    return lambda seen: sum(view.half for view in seen.views(Shown).values()) < number


# ---- systems


def random_system(seed: int) -> System[Digest]:
    """Return the system of a seed."""
    draw = dice(seed)
    names = addresses("node", draw.choice((1, 1, 2, 2, 3)))
    users = tuple(_user(draw, Address("user", number), names) for number in range(draw.choice((0, 0, 1, 1, 2))))
    byzantine = (Byzantine(LIAR, _forger(draw, names)),) if draw.random() < 0.3 else ()
    targets = (*names, LIAR) if byzantine else names
    numbers = draw.choice((2, 2, 3))
    processes = {name: Erratic(name, seed, targets, numbers) for name in names}
    network = network_of(draw)
    assume = [nobody_late, calm_crashes, no_losses_at(draw.randrange(7)), patient_at(draw.randrange(3))]
    within = [early(draw.randrange(7)), few(draw.choice((1, 2, 3)))]
    return System(
        processes,
        Digest(values=draw.choice((1, 2, 4))),
        clauses_of(draw, names, Shown, Noticed, Heard),
        network,
        _faults(draw, names, network),
        users,
        byzantine,
        assume=tuple(each for each in assume if draw.random() < 0.15),
        within=tuple(each for each in within if draw.random() < 0.15),
    )


def _user(draw: Random, name: Address, names: tuple[Address, ...]) -> User:
    requests: tuple[object, ...] = (Query(0), Query(1), Order(0), Malformed(Query(2)))
    script = tuple(tuple(draw.sample(requests, draw.choice((1, 1, 2)))) for _ in range(draw.choice((1, 1, 2))))
    at = tuple(draw.sample(names, draw.randint(1, len(names))))
    return User(name, at, script, outstanding=draw.choice((1, 1, 2)), repeat=draw.random() < 0.2)


def _forger(draw: Random, names: tuple[Address, ...]) -> Callable[[Digest], tuple[Send, ...]]:
    every = [Send(name, Note(letter)) for name in names for letter in "ac"]
    choices = [tuple(draw.sample(every, draw.choice((0, 1, 2)))) for _ in range(3)]
    return lambda history: choices[history.number % 3]


def network_of(draw: Random) -> Network:
    """Draw a network of any kind."""
    match draw.randrange(6):
        case 0:
            return Network(duplicating=True, losses=draw.choice((0, 1, None)))
        case 1:
            return Network(losses=draw.choice((0, 1, 2)))
        case 2:
            return Network(losses=None, copies=draw.choice((1, 2)))
        case 3:
            return Network(fifo=True, losses=draw.choice((0, 1, None)))
        case 4:
            return Network(fifo=True, losses=None, capacity=draw.choice((1, 2)))
        case _:
            return Network(losses=None, copies=draw.choice((None, 1)), capacity=draw.choice((1, 2)))


def _faults(draw: Random, names: tuple[Address, ...], network: Network) -> Faults:
    who = tuple(name for name in names if draw.random() < 0.5)
    detector = draw.random() < 0.3
    return Faults(
        crashes=draw.choice((1, 1, 2)) if who else 0,
        recoveries=draw.choice((0, 1)) if who else 0,
        who=who,
        mid_step=bool(who) and draw.random() < 0.4,
        cancellations=draw.choice((0, 0, 1, 2)),
        detector=detector,
        mistakes=draw.choice((0, 1, None)) if detector else 0,
        synchronous=not network.duplicating and draw.random() < 0.4,
    )


def leaves_ignored(system: System[Any]) -> bool:
    """Tell whether the reduction that leaves ignored messages in flight is sound for a system."""
    network = system.network
    return not (network.fifo or network.capacity is not None or system.faults.synchronous)
