"""A run in the Informal Trace Format: a state per moment, which Apalache, Quint and their viewers open; and theirs, to be shown here.

The variables are the processes by address, `history` and `network`; `#meta` of a state says which move led to it, in words and as
the value that replays it. Source: Apalache, ADR-015 (ITF).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from concordant.checks.codec.codec import codec_of
from concordant.checks.elsewhere.itf_values import as_itf, itf_text
from concordant.checks.elsewhere.shown import Shown
from concordant.checks.exploration.replay import as_far_as_possible, run
from concordant.checks.exploration.traces import Path as Run
from concordant.checks.exploration.traces import in_flight
from concordant.checks.misuse import Misuse
from concordant.checks.reading import json_of
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State
from concordant.checks.semantics.texts import move_text

ACTIONS = ("said", "action", "mbt::actionTaken", "action_taken", "actionTaken", "lastAction")
"""Where tools say what led to a state: in `#meta`, or in a variable."""


def written(shown: Shown) -> str:
    """Return a run as the text of a file."""
    return json.dumps(as_trace(shown), indent=1, ensure_ascii=False) + "\n"


def as_trace(shown: Shown) -> dict[str, Any]:
    """Return a run as ITF. A lasso has `loop`, the index of the state to which the last one leads back."""
    codec = codec_of(shown.protocol)
    semantics = Semantics(shown.system)
    start, steps = run(semantics, tuple(frame.move for frame in shown.trace))
    states = [{"#meta": {"index": 0}, **_variables(semantics, start)}]
    for number, (taken, state) in enumerate(steps, start=1):
        meta = {"index": number, "said": move_text(taken.move), "move": codec.encode(taken.move)}
        states.append({"#meta": meta, **_variables(semantics, state)})
    found: dict[str, Any] = {
        "#meta": {
            "format": "ITF",
            "source": "Concordant",
            "protocol": shown.protocol.source,
            "name": shown.name,
            "description": shown.sentence,
            **({} if shown.scope is None else {"scope": shown.scope}),
        },
        "vars": list(states[0])[1:],
        "states": states,
    }
    if shown.cycle is not None:
        found["loop"] = len(steps) - shown.cycle
    return found


def _variables(semantics: Semantics, state: State) -> dict[str, Any]:
    parts = semantics.parts
    found = {}
    for process, address in enumerate(parts.addresses):
        local = parts.steps.locals[process][state.locals[process]]
        found[str(address)] = as_itf(local.state) if local.up else {"tag": "Down", "value": as_itf(local.state)}
    flight = [
        {"source": str(channel.source), "to": str(channel.to), "message": as_itf(message)}
        for channel in in_flight(semantics, state)
        for message in channel.messages
    ]
    return {**found, "history": as_itf(parts.observations.histories[state.history]), "network": flight}


def again(shown: Shown, trace: dict[str, Any]) -> str | None:
    """Make the moves of a trace of ours again on a system, and say where it departs; None where it does not."""
    codec = codec_of(shown.protocol)
    semantics = Semantics(shown.system)
    moves = tuple(codec.decode(state["#meta"]["move"]) for state in trace["states"][1:])
    path, departs = as_far_as_possible(semantics, moves)
    return differs(semantics, path, trace["states"]) or departs


def differs(semantics: Semantics, path: Run, saved: Sequence[dict[str, Any]]) -> str | None:
    """Say which state of a run is not as it was saved; None where all are."""
    start, steps = path
    for number, (made, state) in enumerate(zip([start, *(state for _, state in steps)], saved, strict=False)):
        if _variables(semantics, made) != {name: value for name, value in state.items() if name != "#meta"}:
            return f"state {number} is not as saved"
    return None


def read(file: Path) -> dict[str, Any]:
    """Read a trace in ITF, whoever wrote it. What is none is a Misuse."""
    try:
        found = json_of(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Misuse(f"{file} cannot be read: {error}; give a trace in ITF JSON") from error
    states = found.get("states") if isinstance(found, dict) else None
    if not isinstance(states, list) or not all(isinstance(state, dict) for state in states):
        raise Misuse(f"{file} is no trace in ITF JSON: it has no list of states")
    return {**found, "states": states}


def trace_lines(trace: dict[str, Any]) -> Iterator[str]:
    """Show anybody's trace state by state: what led there, where that is said, and only the variables that changed."""
    states = trace["states"]
    for name, value in _of(states[0]).items() if states else ():
        yield f"     {name}: {itf_text(value)}"
    for number, (before, after) in enumerate(pairwise(states), start=1):
        yield f"{number:>3}  {_action(after)}".rstrip()
        old = _of(before)
        for name, value in _of(after).items():
            if name not in old:
                yield f"     {name}: {itf_text(value)}"
            elif old[name] != value:
                yield f"     {name}: {itf_text(old[name])} → {itf_text(value)}"
    if isinstance(trace.get("loop"), int):
        yield f"     and from state {trace['loop']} on again, for ever"


def _of(state: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in state.items() if name != "#meta"}


def _action(state: dict[str, Any]) -> str:
    meta = state.get("#meta")
    for place in (meta if isinstance(meta, dict) else {}, state):
        for name in ACTIONS:
            if isinstance(place.get(name), str):
                return str(place[name])
    return ""
