"""Random systems whose symmetry is true: blocks of a node and perhaps its user, around a hub, or two, that all of them know alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any, TypeVar

from attrs import evolve, frozen

from concordant.refimpl.machine import Byzantine, Step, System, User
from concordant.spec.vocabulary import Address, Announce, Faults, History, Network, Reply, Send, addresses
from tests.tabulated.random_clauses import clauses_of
from tests.tabulated.random_systems import (
    LIAR,
    TRIGGERS,
    Answer,
    Drawn,
    Ended,
    Goes,
    Heard,
    Late,
    Note,
    Noticed,
    Order,
    Query,
    Shown,
    calm_crashes,
    dice,
    few,
    network_of,
    no_losses_at,
    nobody_late,
    patient_at,
)

H = TypeVar("H", bound=History)
HUB = Address("hub")


@frozen
class Met:
    """A state that names others. `last`: from whom the last message came; `askers`: who may be answered."""

    number: int
    last: Address | None = None
    askers: tuple[Address, ...] = ()


@frozen
class Named(Shown):
    """A view that may name another process."""

    last: Address | None


@frozen
class Fair(Drawn[Met]):
    """Draws what it does from what does not change when nodes are renamed: roles, numbers, and who is the same as whom."""

    me: Address
    seed: int
    nodes: tuple[Address, ...]
    hubs: tuple[Address, ...]
    numbers: int
    broadcasts: bool

    def _step(self, state: Met, nothing: float, *key: object, source: Address | None = None) -> Step[Met] | None:
        same = state.last is not None and state.last == source
        draw = dice(self.seed, self.me.role, state.number, same, len(state.askers), *key)
        if draw.random() < nothing:
            return None
        groups = [self.hubs, (state.last,), (source,), tuple(name for name in self.nodes if name != self.me) if self.broadcasts else ()]
        effects: list[Send | Reply | Announce] = [
            Send(to, Note(draw.choice("ab")))
            for _ in range(draw.choice((0, 0, 1, 1)))
            for to in draw.choice(groups)
            if to is not None and to != self.me
        ]
        effects = [Send(each.to, effects[0].message) if isinstance(each, Send) else each for each in effects]  # type: ignore[union-attr]
        effects += [Reply(asker, Answer("y")) for asker in state.askers if key[0] != "request" and draw.random() < 0.6]
        if draw.random() < 0.4:
            effects.append(Announce(draw.choice((Noticed("e"), Heard("g")))))
        last = draw.choice((state.last, source, None))
        return Step(evolve(state, number=draw.choice((state.number, draw.randrange(self.numbers))), last=last), tuple(effects))

    def _sure(self, state: Met, *key: object) -> Step[Met]:
        return self._step(state, 0, *key) or Step(state)

    def start(self) -> Step[Met]:
        return self._sure(Met(0), "start")

    def view(self, state: Met) -> Named:
        return Named(state.number // 2, state.last)

    def receive(self, state: Met, source: Address, message: Note) -> Step[Met] | None:
        return self._step(state, 0.3, "receive", source.role, message, source=source)

    def request(self, state: Met, client: Address, request: Query | Order) -> Step[Met] | None:
        return self._step(evolve(state, askers=(client,)), 0.1, "request", request)

    def cancel(self, state: Met, client: Address) -> Step[Met] | None:  # noqa: ARG002  # there is one client
        return self._step(state, 0.3, "cancel")

    def armed(self, state: Met) -> tuple[Late | Ended | Goes, ...]:
        draw = dice(self.seed, self.me.role, state.number, "armed")
        return tuple(trigger for trigger in TRIGGERS if draw.random() < 0.15)

    def fire(self, state: Met, trigger: Late | Ended | Goes) -> Step[Met]:
        return self._sure(state, "fire", trigger)

    def suspect(self, state: Met, peer: Address) -> Step[Met] | None:
        return self._step(state, 0.5, "suspect", peer.role, source=peer)

    def survives(self, state: Met) -> tuple[Met, ...]:
        draw = dice(self.seed, self.me.role, state.number, "survives")
        return tuple(draw.sample((state, evolve(state, number=0, last=None)), draw.choice((1, 2))))

    def recover(self, state: Met) -> Step[Met]:
        return self._sure(state, "recover")


@frozen
class Tale:
    """A history that depends on what kind of thing happened to whom, and names one node."""

    number: int = 0
    values: int = 3
    last: Address | None = None

    def after(self, at: Address, by: Address, happening: object) -> Tale:
        draw = dice(self.number, at.role, by.role, type(happening).__name__, getattr(happening, "letter", ""), at == self.last)
        return Tale(draw.randrange(self.values), self.values, draw.choice((self.last, None, at)))


def symmetric_system(seed: int, sizes: tuple[int, int] | None = None) -> System[Tale]:
    """Return the system of a seed; with `sizes`, of so many nodes and hubs."""
    draw = dice("symmetric", seed)
    nodes = addresses("node", draw.choice((2, 2, 3)))
    numbers, mid_step = draw.choice((2, 3)), draw.random() < 0.3
    hubs = addresses("hub", 2) if not mid_step and dice("hubs", seed).random() < 0.3 else (HUB,)
    if sizes is not None:
        mid_step, nodes, hubs = False, addresses("node", sizes[0]), addresses("hub", sizes[1])
    processes = {name: Fair(name, seed, nodes, hubs, numbers, not mid_step) for name in (*nodes, *hubs)}
    users = _users(draw, nodes) if draw.random() < 0.5 else ()
    lies = tuple(Send(to, Note("c")) for to in draw.choice((hubs, nodes)))
    byzantine: tuple[Byzantine[Tale], ...] = (
        (Byzantine(LIAR, lambda history: lies if history.number == 1 else ()),) if draw.random() < 0.2 else ()
    )
    return among(draw, processes, lambda values: Tale(values=values), users, byzantine, mid_step=mid_step)


def among(
    draw: Random,
    processes: Mapping[Address, Any],
    history: Callable[[int], H],
    users: tuple[User, ...],
    liars: tuple[Byzantine[H], ...],
    events: tuple[type, type] = (Noticed, Heard),
    *,
    mid_step: bool = False,
) -> System[H]:
    """Draw the world in which nodes, each perhaps with its user, and hubs live, exchangeable among themselves, and how many values a history has."""
    nodes, hubs = (tuple(name for name in processes if name.role == role) for role in ("node", "hub"))
    network: Network = network_of(draw)
    who = draw.choice(((), nodes, hubs, (*nodes, *hubs)))
    detector = draw.random() < 0.2
    faults = Faults(
        crashes=draw.choice((1, 2)) if who else 0,
        recoveries=draw.choice((0, 1)) if who else 0,
        who=who,
        mid_step=bool(who) and mid_step,
        cancellations=draw.choice((0, 1)) if users else 0,
        detector=detector,
        mistakes=draw.choice((0, 1, None)) if detector else 0,
        synchronous=not network.duplicating and draw.random() < 0.4,
    )
    assume: list[Any] = [nobody_late, calm_crashes, no_losses_at(draw.randrange(3)), patient_at(draw.randrange(3))]
    return System(
        processes,
        history(draw.choice((1, 2, 3))),
        clauses_of(draw, hubs[:1], Shown, *events),
        network,
        faults,
        users,
        liars,
        assume=tuple(each for each in assume if draw.random() < 0.15),
        within=(few(draw.choice((1, 2, 3))),) if draw.random() < 0.15 else (),
        symmetric=(
            tuple(zip(nodes, (user.name for user in users), strict=True)) if users else tuple((name,) for name in nodes),
            tuple((name,) for name in hubs),
        ),
    )


def _users(draw: Random, nodes: tuple[Address, ...]) -> tuple[User, ...]:
    script = tuple(tuple(draw.sample((Query(0), Order(0)), draw.choice((1, 2)))) for _ in range(draw.choice((1, 2))))
    return tuple(User(Address("user", number), (name,), script) for number, name in enumerate(nodes))
