"""Layers of whole systems: what runs over one network runs, unchanged, over links on another, and keeps its clauses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any, TypeVar

from attrs import evolve, field, frozen

from concordant.refimpl.machine.process import AnyProcess
from concordant.refimpl.machine.stacks import Over
from concordant.refimpl.machine.system import AnySystem, System
from concordant.spec.vocabulary import (
    Address,
    Always,
    AlwaysEach,
    AlwaysPossible,
    AtRest,
    Call,
    Cases,
    Clause,
    Clocks,
    Eventually,
    EveryStep,
    Fair,
    Fault,
    Faults,
    Histories,
    History,
    InfinitelyOften,
    Layers,
    Need,
    Network,
    OnEvent,
    Seen,
    Side,
    Sometimes,
    heard,
)

V = TypeVar("V")


@frozen
class Layer:
    """A link that carries a system. `make`: its process at each address; `history` and `promises`: those of the link itself.

    `makes_good`: faults of its network that clauses above then survive; `gives`: what clauses above need of a network and have
    from it. Both are claims, which are judged: a clause above that claims a fault is explored under it. `relies_on`: the fairness
    that the link needs to carry anything, which clauses of liveness above then assume too, besides their own.
    """

    make: Callable[[Address], AnyProcess]
    history: History
    promises: tuple[Clause, ...] = ()
    makes_good: Fault = field(default=Fault.NONE, kw_only=True)
    gives: Need = field(default=Need.NONE, kw_only=True)
    relies_on: Fair = field(default=Fair.NONE, kw_only=True)


def over(
    system: AnySystem,
    *layers: Layer,
    network: Network,
    faults: Faults | None = None,
    promises: tuple[Clause, ...] | None = None,
    combine: type[Over] = Over,
    clocks: Clocks | None = None,
) -> System[Histories]:
    """Return a system whose messages are carried by layers, the last of them over a network of its own.

    Its users, symmetry and bounds stay; its faults and clocks too, where no others are given. It promises what the system and the links
    do, of their parts, or just what is given. `combine` puts two layers together: a mistake of the composition is another one.
    What is about its moves on the network that is replaced is a ValueError: assumptions, Byzantine participants, what it refines.
    """
    if not layers:
        raise ValueError("over(system, …) without a layer: name at least one link, such as Layer(lambda me: Link(), history, promises)")
    for what in ("assume", "byzantine", "refines"):
        if getattr(system, what):
            raise ValueError(f"{what}=… is about the system on a network of its own; leave it out, and say it of the whole by evolve(…)")

    def stack(me: Address, process: AnyProcess, rest: tuple[Layer, ...]) -> AnyProcess:
        return combine(me, process, stack(me, rest[0].make(me), rest[1:])) if rest else process

    def histories(history: Any, rest: tuple[Layer, ...]) -> Any:
        return Histories(history, histories(rest[0].history, rest[1:])) if rest else history

    return System(
        processes={me: stack(me, process, layers) for me, process in system.processes.items()},
        history=histories(system.history, layers),
        promises=lifted(system.promises, layers) if promises is None else promises,
        network=network,
        faults=system.faults if faults is None else faults,
        users=system.users,
        clocks=system.clocks if clocks is None else clocks,
        within=tuple(OfLayer("above", bound) for bound in system.within),
        symmetric=system.symmetric,
    )


def lifted(promises: tuple[Clause, ...], layers: tuple[Layer, ...]) -> tuple[Clause, ...]:
    """Return clauses about a system, and those of the layers that carry it, as clauses about the whole."""
    if not layers:
        return promises
    good = reduce(lambda faults, layer: faults | layer.makes_good, layers, Fault.NONE)
    given = reduce(lambda needs, layer: needs | layer.gives, layers, Need.NONE)
    fair = reduce(lambda fairness, layer: fairness | layer.relies_on, layers, Fair.NONE)
    return (
        *(above(clause, makes_good=good, gives=given, relies_on=fair) for clause in promises),
        *map(below, lifted(layers[0].promises, layers[1:])),
    )


def above(clause: Clause, *, makes_good: Fault = Fault.NONE, gives: Need = Need.NONE, relies_on: Fair = Fair.NONE) -> Clause:
    """Return a clause about the layer above as one about both. It keeps its id, and survives also what the link makes good."""
    lifted = evolve(_of_layer("above", clause), under=clause.under | makes_good, needs=clause.needs & ~gives)
    return evolve(lifted, given=lifted.given | relies_on) if isinstance(lifted, Eventually | InfinitelyOften) else lifted


def below(clause: Clause) -> Clause:
    """Return a clause about the layer below as one about both. It keeps its id."""
    return _of_layer("below", clause)


def plain(clause: Clause) -> Clause:
    """Return the clause of which another is made by `above` and `below`: itself, where it is not."""
    cases = getattr(clause, "cases", None)
    return plain(cases.clause) if isinstance(cases, LayerCases) else clause


def is_of_link(clause: Clause) -> bool:
    """Tell whether a clause about a stack is one of a link in it, not of what it carries."""
    cases = getattr(clause, "cases", None)
    return isinstance(cases, LayerCases) and "below" in cases.path


def _of_layer(side: Side, clause: Clause) -> Clause:
    match clause:
        case Always() | AtRest() | Sometimes() | Eventually() | InfinitelyOften() | AlwaysPossible():
            return evolve(clause, cases=OfState(side, clause))
        case AlwaysEach():
            return evolve(clause, view=Layers, cases=OfEach(side, clause))
        case EveryStep():
            return evolve(clause, view=Layers, cases=OfStep(side, clause))
        case OnEvent():
            return evolve(clause, event=object, cases=OfEvent(side, clause))
        case _:
            raise TypeError(f"clause {clause.id} is about a rule, which has no layers")


# ---- what a clause of one layer is shown of both


@frozen
class SeenOfLayer:
    """What is seen of one layer."""

    side: Side
    seen: Seen[Any]

    @property
    def history(self) -> Any:
        """Its history."""
        return getattr(self.seen.history, self.side)

    def views(self, view: type[V], /) -> Mapping[Address, V]:
        """Its views of this class, by process."""
        shown = {address: getattr(both, self.side) for address, both in self.seen.views(Layers).items()}
        found = {address: one for address, one in shown.items() if isinstance(one, view)}
        if not found:
            self.seen.views(view)  # so that it is noted that nobody shows it
        return found

    def up(self, process: Address, /) -> bool:
        """Whether the process is up, with all of its layers."""
        return self.seen.up(process)

    def waiting(self) -> tuple[Call, ...]:
        """The open calls: they are of the uppermost layer, since nobody waits for a link."""
        return self.seen.waiting() if self.side == "above" else ()


@frozen
class OfLayer:
    """A function of what is seen, such as a bound, asked of one layer."""

    side: Side
    function: Callable[[Any], Any]

    @property
    def __name__(self) -> str:
        """The name of the function."""
        return getattr(self.function, "__name__", repr(self.function))

    def __call__(self, seen: Seen[Histories]) -> Any:
        """Ask it."""
        return self.function(SeenOfLayer(self.side, seen))


@frozen
class LayerCases:
    """The cases of a clause of one layer."""

    side: Side
    clause: Any

    @property
    def path(self) -> str:
        """The way to the layer, from the top, such as `below.above`."""
        inner = self.clause.cases
        return f"{self.side}.{inner.path}" if isinstance(inner, LayerCases) else self.side


@frozen
class OfState(LayerCases):
    """Of each state."""

    def __call__(self, seen: Seen[Histories]) -> Cases:
        """Yield the cases in a state."""
        cases: Cases = self.clause.cases(SeenOfLayer(self.side, seen))
        return cases


@frozen
class OfEach(LayerCases):
    """Of each process."""

    def __call__(self, view: Layers, process: Address, history: Histories) -> Cases:
        """Yield the cases of a process; none where its layer has another view."""
        one = getattr(view, self.side)
        return self.clause.cases(one, process, getattr(history, self.side)) if isinstance(one, self.clause.view) else ()


@frozen
class OfStep(LayerCases):
    """Of each step."""

    def __call__(self, before: Layers, after: Layers) -> Cases:
        """Yield the cases of a step; none where its layer has another view."""
        old, new = getattr(before, self.side), getattr(after, self.side)
        return self.clause.cases(old, new) if isinstance(new, self.clause.view) else ()


@frozen
class OfEvent(LayerCases):
    """Of each event."""

    def __call__(self, history: Histories, who: Address, event: object) -> Cases:
        """Yield the cases of an event; none of what the layer does not hear, or of another event."""
        for one in heard(self.side, event):
            if isinstance(one, self.clause.event):
                yield from self.clause.cases(getattr(history, self.side), who, one)
