"""Checkpoints: what the code's disk and answers say of the proved model's relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concordant.proofs.kernel.refinement import Bridge, Fact
from concordant.proofs.recovery.state_checkpoint.claim import checkpoints
from concordant.refimpl.recovery.state_checkpoint import Storing
from concordant.refimpl.recovery.state_checkpoint.codec import decode, encode
from concordant.refimpl.recovery.state_checkpoint.disk import Disk, Name, Pages
from concordant.spec.recovery.state_checkpoint import AgentState, Loaded, Save, Saved
from concordant.spec.vocabulary import Address, Map, Reply


def local(address: Address, state: object) -> Iterator[Fact]:  # noqa: ARG001  # there is one store
    """What is on which page of which file, in the cache and on the disk, and under which name; drafts are no names."""
    match state:
        case Storing(disk):
            yield from _files(disk)
            yield from (("named", *each) for each in _checkpoints(disk.names))
            yield from (("durable", *each) for each in _checkpoints(disk.durable))


def _files(disk: Disk) -> Iterator[Fact]:
    for number, file in disk.files.items():
        yield from (("cache", number, *each) for each in _texts(file.cached))
        yield from (("disk", number, *each) for each in _texts(file.durable))
        beliefs, goals = (None if page is None else (decode(page),) for page in file.cached)
        if beliefs is not None and goals is not None:
            yield "of", number, AgentState(*beliefs, *goals)


def _texts(pages: Pages) -> Iterator[tuple[int, str]]:
    return ((page, text) for page, text in enumerate(pages) if text is not None)


def _checkpoints(names: Map[Name, int]) -> Iterator[tuple[Name, int]]:
    return ((name, file) for name, file in names.items() if name.number > 0)


def happened(at: Address, by: Address, what: object, asked: object) -> Iterator[Fact]:  # noqa: ARG001  # the signature of a bridge
    """What was to be saved, and what was loaded; who was told that something is saved."""
    match what:
        case Save(_, state):
            yield "given", state
            yield from (("part", state, *each) for each in _texts((encode(state.beliefs), encode(state.goals))))
        case Reply(_, Loaded(_, state)):
            yield "loaded", state
        case Reply(_, Saved()) if isinstance(asked, Save):
            yield "saved", asked.agent


def elements(sort: str, processes: tuple[Address, ...], values: frozenset[Any]) -> tuple[Any, ...]:  # noqa: ARG001
    """Those that were met."""
    return tuple(sorted(values, key=repr))


def rigid(of: Mapping[str, tuple[Any, ...]]) -> Mapping[str, Any]:
    """A name says whose it is."""
    return {"whose": {(name, agent) for name in of["Name"] for agent in of["Agent"] if name.agent == agent}}


BRIDGE = Bridge("state_checkpoint", checkpoints, local, happened, elements, rigid, most=8)
