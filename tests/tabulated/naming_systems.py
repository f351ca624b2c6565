"""Random systems whose symmetry is true, and that are full of names: sets, maps and bags of them in states, messages, triggers, views and histories."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.refimpl.machine import Byzantine, Process, Step, System, User
from concordant.spec.vocabulary import Address, Announce, Bag, Deadline, Internal, Map, Reply, Send, addresses
from tests.tabulated.random_systems import LIAR, Shown, dice
from tests.tabulated.symmetric_systems import among

MOST = 2
"""So many names a set holds at most; then it is emptied, and there are few states."""
Names: TypeAlias = frozenset[Address]
NOBODY: Names = frozenset()


@frozen
class About:
    """A message, a request and an answer that names one, or nobody."""

    letter: str
    whom: Address | None


@frozen
class Those:
    whom: Names


@frozen
class Counted:
    of: Map[Address, int]


@frozen
class Piled:
    of: Bag[Address]


@frozen
class Said:
    letter: str


@frozen
class Rumoured:
    letter: str


@frozen
class Looks(Internal):
    at: Address


@frozen
class Due(Deadline):
    of: Names


Message: TypeAlias = About | Those | Counted | Piled
Trigger: TypeAlias = Looks | Due


@frozen
class Filled:
    """A state full of names. `number`: how often it did something; `last`: of whom it heard last; `askers`: who may be answered."""

    number: int
    last: Address | None = None
    met: Names = NOBODY
    counts: Map[Address, int] = Map()
    pile: Bag[Address] = Bag()
    askers: tuple[Address, ...] = ()


@frozen
class Naming(Shown):
    """A view that names others."""

    last: Address | None
    met: Names
    counts: Map[Address, int]


@frozen
class Gathers(Process[Filled, Message, About, Trigger]):
    """Draws what it does from what does not change when others are called otherwise: how many there are, and who is where. It does so much, and no more."""

    me: Address
    seed: int
    nodes: tuple[Address, ...]
    hubs: tuple[Address, ...]
    numbers: int

    def _step(
        self, state: Filled, nothing: float, *key: object, source: Address | None = None, named: Names = NOBODY
    ) -> Step[Filled] | None:
        met, who = state.met, {*named, *((source,) if source else ())}
        looks = state.number, len(met), sum(each == source for each in state.pile), len(state.counts), len(named), state.last is None
        whom = (
            state.last in named,
            self.me in named,
            source in named,
            source in met,
            source in state.counts,
            source == state.last,
            met == named,
        )
        draw = dice(self.seed, self.me.role, looks, whom, len(state.askers), key)
        if draw.random() < nothing or (nothing and state.number == self.numbers):
            return None
        met = draw.choice((met, met, met | who, met ^ named, NOBODY))
        counts, pile = state.counts, state.pile
        if draw.random() < 0.3:
            known = Map.of([(each, count) for each, count in counts.items() if each not in who])
            counts = known if known != counts else Map.of([*counts.items(), *((each, len(who)) for each in who)])
            pile = Bag.of(who)
        after = Filled(
            min(state.number + 1, self.numbers),
            draw.choice((state.last, source, *(named if len(named) == 1 else (None,)))),
            met if len(met) <= MOST else NOBODY,
            counts if len(counts) <= MOST else Map(),
            pile if len(pile) <= MOST else Bag(),
            state.askers,
        )
        return Step(after, tuple(self._effects(draw, state, source, asked=key[0] == "request")))

    def _effects(self, draw: Random, state: Filled, source: Address | None, *, asked: bool) -> list[Send | Reply | Announce]:
        whom = draw.choice((state.last, source, self.me, None))
        message: Message = draw.choice((About(draw.choice("ab"), whom), Those(state.met), Counted(state.counts), Piled(state.pile)))
        groups = [self.hubs, (source,), (state.last,), tuple(sorted(state.met)), self.nodes]
        to = [each for each in draw.choice(groups) if each is not None and each != self.me] if state.number < self.numbers else []
        effects: list[Send | Reply | Announce] = [Send(each, message) for each in to]
        effects += [Reply(asker, About("y", whom)) for asker in state.askers if not asked and draw.random() < 0.6]
        effects += [Announce(draw.choice((Said("e"), Rumoured("g"))))] if draw.random() < 0.4 else []
        return effects

    def _sure(self, state: Filled, *key: object, named: Names = NOBODY) -> Step[Filled]:
        return self._step(state, 0, *key, named=named) or Step(state)

    def start(self) -> Step[Filled]:
        draw = dice(self.seed, self.me.role, "begins")
        met, counted, piled = (frozenset(draw.choice(((), self.hubs, self.nodes))) for _ in range(3))
        begun = Filled(0, None, met, Map.of([(each, 0) for each in counted]), Bag.of(piled))
        if self.hubs == (self.me,):
            return self._sure(begun, "start", named=met)
        return Step(begun)  # a history hears those that begin one after the other, and would tell them apart by what they say

    def view(self, state: Filled) -> Naming:
        return Naming(state.number // 2, state.last, state.met, state.counts)

    def receive(self, state: Filled, source: Address, message: Message) -> Step[Filled] | None:
        return self._step(state, 0.3, "receive", source.role, *_about(message), source=source, named=_named(message))

    def request(self, state: Filled, client: Address, request: About) -> Step[Filled] | None:
        return self._step(evolve(state, askers=(client,)), 0.1, "request", request.letter, named=_named(request))

    def cancel(self, state: Filled, client: Address) -> Step[Filled] | None:  # noqa: ARG002  # there is one client
        return self._step(state, 0.3, "cancel")

    def armed(self, state: Filled) -> tuple[Trigger, ...]:
        draw = dice(self.seed, self.me.role, state.number, len(state.met), len(state.counts), "armed")
        if state.number == self.numbers:
            return ()
        looks = tuple(Looks(each) for each in state.counts) if draw.random() < 0.4 else ()
        return (*looks, Due(state.met)) if state.met and draw.random() < 0.4 else looks

    def fire(self, state: Filled, trigger: Trigger) -> Step[Filled]:
        named = trigger.of if isinstance(trigger, Due) else frozenset({trigger.at})
        return self._sure(state, type(trigger).__name__, named=named)

    def suspect(self, state: Filled, peer: Address) -> Step[Filled] | None:
        return self._step(state, 0.5, "suspect", peer.role, source=peer)

    def survives(self, state: Filled) -> tuple[Filled, ...]:
        draw = dice(self.seed, self.me.role, state.number, len(state.met), "survives")
        return tuple(draw.sample((state, evolve(state, number=0, last=None, met=NOBODY)), draw.choice((1, 2))))

    def recover(self, state: Filled) -> Step[Filled]:
        return self._sure(state, "recover")


def _named(message: Message) -> Names:
    match message:
        case About(whom=whom):
            return frozenset({whom} if whom else ())
        case Those(whom):
            return whom
        case Counted(of):
            return frozenset(of)
        case Piled(of):
            return frozenset(of)


def _about(message: Message) -> tuple[object, ...]:
    """Return what a message says besides names."""
    match message:
        case About(letter):
            return "about", letter
        case Counted(of):
            return "counted", sorted(of.values())
        case Those() | Piled():
            return (type(message).__name__,)


@frozen
class Saga:
    """A history that remembers who was at it, and depends on what kind of thing happened to whom."""

    number: int = 0
    values: int = 3
    last: Address | None = None
    seen: Names = NOBODY
    by: Map[Address, int] = Map()

    def after(self, at: Address, by: Address, happening: object) -> Saga:
        what = type(happening).__name__, getattr(happening, "letter", "")
        draw = dice(self.number, at.role, by.role, what, at == self.last, at in self.seen, by in self.seen, self.by.get(at))
        seen = draw.choice((self.seen, self.seen | {at}, NOBODY))
        told = draw.choice((self.by, self.by.put(at, draw.randrange(2)), Map[Address, int]()))
        return Saga(
            draw.randrange(self.values),
            self.values,
            draw.choice((self.last, None, at)),
            seen if len(seen) <= MOST else NOBODY,
            told if len(told) <= MOST else Map(),
        )


def naming_system(seed: int) -> System[Saga]:
    """Return the system of a seed."""
    draw = dice("naming", seed)
    nodes, hubs = addresses("node", draw.choice((2, 2, 3))), addresses("hub", draw.choice((1, 1, 2)))
    numbers = draw.choice((2, 2, 3))
    processes = {name: Gathers(name, seed, nodes, hubs, numbers) for name in (*nodes, *hubs)}
    users = tuple(User(Address("user", node.number), (node,), ((About("a", node),),)) for node in nodes) if draw.random() < 0.5 else ()
    liars = (Byzantine(LIAR, _lies(draw, nodes, hubs)),) if draw.random() < 0.3 else ()
    return among(draw, processes, lambda values: Saga(values=min(values, 2)), users, liars, (Said, Rumoured))


def _lies(draw: Random, nodes: tuple[Address, ...], hubs: tuple[Address, ...]) -> Callable[[Saga], tuple[Send, ...]]:
    """Draw whom a liar tells of whom: hubs of the last that did something, nodes of one another, or those of the history of all."""
    told: list[Callable[[Saga], tuple[Send, ...]]] = [
        lambda history: tuple(Send(hub, About("a", history.last)) for hub in hubs),
        lambda history: tuple(Send(hub, Counted(history.by)) for hub in hubs if history.number == 0),
        lambda history: tuple(Send(each, Those(history.seen)) for each in sorted(history.seen)),
        lambda history: tuple(Send(node, About("b", node)) for node in nodes if node in history.by),
    ]
    return draw.choice(told)
