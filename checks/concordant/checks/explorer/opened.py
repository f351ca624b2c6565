"""Runs that were saved, opened to be stepped through: made again by their moves, on the machine of today."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from attrs import frozen

from concordant.checks.codec.codec import codec_of
from concordant.checks.elsewhere.itf_trace import differs
from concordant.checks.explorer.links import link_to
from concordant.checks.explorer.service import Service, Visited
from concordant.checks.explorer.viewpoint import MOST, Explorer
from concordant.checks.misuse import Misuse
from concordant.checks.semantics.states import State, Taken

MOST_BYTES = 1 << 20
"""How large a file may be."""


@frozen(eq=False)
class Opened:
    """Where a saved run leads, as far as it can be made, and how it departs from what was saved; None where it does not."""

    standing: Visited
    departs: str | None


def opened(service: Service, text: bytes) -> Opened:
    """Make a run again that the page, or `concordant explain --format itf`, wrote in ITF. What is none is a Misuse.

    What was saved is compared with what can be done, as JSON; it is never made into values.
    """
    trace = _parsed(text)
    name, scope = _about(trace)
    states = trace.get("states")
    if not isinstance(states, list) or not states or not all(isinstance(state, dict) for state in states) or len(states) > MOST:
        raise Misuse(f"this run has no list of 1 to {MOST} states")
    start = service.start(name, scope)
    numbers, departs = _made(start.explorer, states)
    return Opened(service.standing(start.explorer, numbers), departs)


def link_in(file: Path) -> tuple[str, str | None]:
    """Return the link to which a file leads, and how the run departs from what was saved; a file that cannot be opened is a Misuse."""
    try:
        text = file.read_bytes()
    except OSError as error:
        raise Misuse(f"{file} cannot be read: {error}") from error
    found = opened(Service(*_about(_parsed(text))), text)
    return link_to(found.standing.about, found.standing.place), found.departs


def _about(trace: dict[str, Any]) -> tuple[str, str | None]:
    meta = trace.get("#meta")
    if not isinstance(meta, dict) or meta.get("source") != "Concordant":
        raise Misuse("this is no run of Concordant in ITF JSON; concordant replay FILE.itf.json shows a trace of another tool")
    name, scope = meta.get("name"), meta.get("scope")
    if not isinstance(name, str) or not isinstance(scope, str | None):
        raise Misuse("this run does not say by its name and scope what it is a run of")
    return name, scope or None


def _parsed(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Misuse(f"this is no JSON that can be read: {error}") from error
    if not isinstance(found, dict):
        raise Misuse("this is no run: its JSON is no object")
    return found


def _made(explorer: Explorer, states: list[dict[str, Any]]) -> tuple[tuple[int, ...], str | None]:
    """Return the numbers of the moves, as far as they are possible, and the first departure."""
    semantics, codec = explorer.semantics, codec_of(explorer.setting.protocol)
    (start,) = semantics.initial()
    here, steps, numbers, departs = start, list[tuple[Taken, State]](), list[int](), None
    for place, state in enumerate(states[1:], start=1):
        wanted = _move(state)
        possible = list(semantics.successors(here))
        fitting = [number for number, (taken, _) in enumerate(possible) if codec.encode(taken.move) == wanted]
        if not fitting:
            departs = f"move {place}{_said(state)} is not possible today"
            break
        numbers.append(fitting[0])
        steps.append(possible[fitting[0]])
        here = steps[-1][1]
    return tuple(numbers), differs(semantics, (start, tuple(steps)), states) or departs


def _move(state: dict[str, Any]) -> object:
    meta = state.get("#meta")
    if not isinstance(meta, dict) or "move" not in meta:
        raise Misuse("this run has a state that does not say which move led to it")
    return meta["move"]


def _said(state: dict[str, Any]) -> str:
    said = state["#meta"].get("said")
    return f", {said[:200]}," if isinstance(said, str) else ""
