"""Random systems with clocks, and detectors that take suspicions back: those of `random_systems` and `symmetric_systems`, with time."""

from __future__ import annotations

from random import Random
from typing import Any

from attrs import evolve, fields, frozen

from concordant.refimpl.machine import AnyProcess, AnySystem, Step
from concordant.spec.vocabulary import Address, AtRest, Clause, Clocks, Eventually, Fair, Faults, InfinitelyOften, Reply
from tests.tabulated.random_systems import Erratic, Kept, dice, random_system
from tests.tabulated.symmetric_systems import Fair as Even
from tests.tabulated.symmetric_systems import Met, symmetric_system


def without_replies(taken: Step[Any]) -> Step[Any]:
    """Leave replies to the reading of the clock, in the same step: nobody is answered twice in one."""
    return Step(taken.state, tuple(effect for effect in taken.effects if not isinstance(effect, Reply)))


@frozen
class Timed(Erratic):
    def tick(self, state: Kept, now: int) -> Step[Kept] | None:
        return self._step(state, 0.4, "tick", now)

    def recover(self, state: Kept) -> Step[Kept]:
        return without_replies(self._sure(state, "recover"))


@frozen
class Trusting(Erratic):
    def trust(self, state: Kept, peer: Address) -> Step[Kept] | None:
        return self._step(state, 0.5, "trust", peer)


@frozen
class Both(Timed, Trusting):
    pass


@frozen
class EvenTimed(Even):
    def tick(self, state: Met, now: int) -> Step[Met] | None:
        return self._step(state, 0.4, "tick", now)

    def recover(self, state: Met) -> Step[Met]:
        return without_replies(self._sure(state, "recover"))

    def trust(self, state: Met, peer: Address) -> Step[Met] | None:
        return self._step(state, 0.5, "trust", peer.role, source=peer)


def timed_system(seed: int) -> AnySystem:
    """Return the system of a seed, with time."""
    draw = dice("timed", seed)
    kinds: list[type[Erratic]] = [draw.choice((Erratic, Timed, Trusting, Both)) for _ in range(3)]
    kinds[0] = draw.choice((Timed, Both))
    system = random_system(seed)
    processes = {name: _as(kind, process) for (name, process), kind in zip(system.processes.items(), kinds, strict=False)}
    return _timed(system, processes, draw)


def timed_symmetric_system(seed: int) -> AnySystem:
    """Return the symmetric system of a seed, with time."""
    draw, system = dice("timed and symmetric", seed), symmetric_system(seed)
    processes = {name: _as(EvenTimed if name.role == "node" else Even, each) for name, each in system.processes.items()}
    return _timed(system, processes, draw)


def _as(kind: type[AnyProcess], process: Any) -> Any:
    return kind(*(getattr(process, part.name) for part in fields(type(process))))


def _timed(system: AnySystem, processes: dict[Address, Any], draw: Random) -> AnySystem:
    wraps = draw.random() < 0.4
    skew = draw.choice((1, 1, 2))
    clocks = Clocks(draw.choice((2 * skew, 2 * skew + 1)), skew, 0 if wraps else draw.choice((0, 0, 1)), wraps)
    if draw.random() < 0.5:
        system = evolve(system, faults=_told(system.faults, draw))
    promises = tuple(_with_time(clause, draw) for clause in system.promises if not isinstance(clause, AtRest))
    return evolve(system, processes=processes, promises=promises, clocks=clocks)


def _told(faults: Faults, draw: Random) -> Faults:
    return evolve(faults, detector=True, mistakes=draw.choice((0, 1, None)))


def _with_time(clause: Clause, draw: Random) -> Clause:
    if isinstance(clause, Eventually | InfinitelyOften) and draw.random() < 0.7:
        return evolve(clause, given=clause.given | Fair.TIME)
    return clause
