"""A run as a test for pytest: what comes to each process, and what the machine without the mistake does then."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from attrs import evolve

from concordant.checks.codec.codec import codec_of
from concordant.checks.conform.adapter import Json
from concordant.checks.conform.reference import said
from concordant.checks.conform.stepping import as_input, stepped
from concordant.checks.conform.telling import Supports, Tongue
from concordant.checks.elsewhere.shown import Shown
from concordant.checks.refuting.repaired import without_mistake
from concordant.checks.semantics.handlers import view_class
from concordant.refimpl.machine import AnyProcess, Crash, Handled, Lose, Step
from concordant.spec.vocabulary import Address

TEXT = '''"""What {name} shows, asked of an implementation. {sentence}

Each process gets what came to it in the run, as JSON (docs/conformance.md), and is to do what the reference does.
"""

import json

import pytest

RUNS = json.loads(r"""
{runs}
""")


@pytest.fixture
def adapter():
    """Return the implementation: a concordant.checks.Adapter, or whatever has its call(command)."""
    raise NotImplementedError("return your adapter here")


@pytest.mark.parametrize("process", RUNS)
def test_{function}(adapter, process):
    for command, effects in RUNS[process]:
        answer = adapter.call(command)
        assert in_any_order(answer.get("effects", [])) == in_any_order(effects), command


def in_any_order(effects):
    return sorted(json.dumps(effect, sort_keys=True) for effect in effects)
'''


def written(shown: Shown) -> str:
    """Return the module: one test for each process to which something comes."""
    trace = shown.trace
    moves = [frame.move for frame in trace if not isinstance(frame.move, Lose)]
    runs = {
        str(at): list(_steps(shown, at, process, [move for move in moves if move.at == at]))
        for at, process in shown.system.processes.items()
        if any(move.at == at for move in moves)
    }
    lines = ",\n".join(
        f" {json.dumps(at)}: [\n" + ",\n".join(f"  {json.dumps(step, ensure_ascii=False)}" for step in steps) + "\n ]"
        for at, steps in runs.items()
    )
    function = re.sub(r"\W+", "_", shown.name).strip("_").lower()
    return TEXT.format(name=shown.name, sentence=shown.sentence, runs=f"{{\n{lines}\n}}", function=function)


def _steps(shown: Shown, at: Address, wrong: AnyProcess, moves: Sequence[Handled | Crash]) -> Iterator[tuple[Json, list[Json]]]:
    """Yield each input of a process as a command, with the effects of the machine without the mistake."""
    codec, process = codec_of(shown.protocol), without_mistake(wrong) or wrong
    tongue = Tongue(codec, view_class(process), Supports(frozenset(), (), (), frozenset()))
    taken: Step[Any] = process.start()
    yield {"do": "start", "at": str(at), "config": tongue.config(process), "case": shown.name}, said(codec, taken.effects)
    for move in moves:
        taken = stepped(process, taken.state, move)
        if isinstance(move, Crash):  # of which the first that may survive does
            taken = evolve(taken, state=next(iter(process.survives(taken.state))))
        yield tongue.command(as_input(move, at)), said(codec, taken.effects)
