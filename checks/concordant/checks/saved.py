"""Saved traces: those of a report, made again on the present machine, to the first frame that is another one there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen
from attrs.validators import instance_of, optional

from concordant.checks.codec.codec import Codec, codec_of
from concordant.checks.codec.frames import FORMAT, frame_as_json
from concordant.checks.codec.scalars import CannotDecode
from concordant.checks.exploration.families import members
from concordant.checks.exploration.replay import as_far_as_possible
from concordant.checks.exploration.report import Frame, status_word
from concordant.checks.exploration.traces import Path as Run
from concordant.checks.exploration.traces import frames
from concordant.checks.index import protocols_by_stem, theorems_by_stem
from concordant.checks.misuse import Misuse
from concordant.checks.own import own
from concordant.checks.questions.family import FamilyQuestion
from concordant.checks.questions.known_violation import KnownViolationQuestion
from concordant.checks.questions.pitfall import PitfallQuestion
from concordant.checks.questions.question import Question, question
from concordant.checks.questions.scope import ScopeQuestion
from concordant.checks.reading import json_of
from concordant.checks.refuting.along import judge_along
from concordant.checks.refuting.known_violations import replay_known_violation
from concordant.checks.registry import protocol, protocols_loaded
from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.watching import watching
from concordant.refimpl.machine import AnySystem, Move
from concordant.spec.vocabulary import Clause


@frozen
class Saved:
    """A trace of a report: of which question, on which clause, the draws of the member of a family, and its frames as JSON.

    `status`, `facts`: what it was kept for, in words. `cycle`: how many of its last moves are repeated for ever, None without a lasso.
    """

    question: str = field(validator=instance_of(str))
    clause: str = field(validator=instance_of(str))
    given: dict[str, Any] = field(validator=instance_of(dict))
    frames: list[dict[str, Any]]
    status: str = field(validator=instance_of(str))
    facts: dict[str, str] = field(validator=instance_of(dict))
    cycle: int | None = field(validator=optional(instance_of(int)))


@frozen
class Remade:
    """A saved trace made again. `frames`: as far as it could be; `departs`: where and how it is another one, None where it is not."""

    saved: Saved
    frames: tuple[Frame, ...]
    departs: str | None


def saved_in(file: Path) -> list[Saved]:
    """Return the traces of a report; a file that is none, or has none, is a Misuse."""
    try:
        report = json_of(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Misuse(f"{file} cannot be read: {error}; give a report that --report json={file} wrote") from error
    if not isinstance(report, dict) or report.get("format") != FORMAT:
        raise Misuse(f"{file} is no report of format {FORMAT}; write it anew with --report json={file}")
    try:
        sources, found = _sources(report), list(_traces(report))
    except (KeyError, TypeError, ValueError) as error:
        raise Misuse(f"{file} is no whole report, something is missing: {error}; write it anew with --report json={file}") from error
    for stem, source in sources.items():
        if stem not in (*protocols_by_stem(), *theorems_by_stem(), *protocols_loaded()):
            own(source)
    if not found:
        raise Misuse(f"{file} has no trace; those of violated clauses, of pitfalls and of what is reached are saved")
    return found


def _sources(report: Any) -> dict[str, str]:
    return {stem: str(source) for stem, source in dict(report["sources"]).items()}


def _traces(report: Any) -> Iterator[Saved]:
    for answer in report["answers"]:
        for verdict in answer["verdicts"]:
            if verdict["trace"] is not None:
                moves = [{"said": frame["said"], "move": frame["move"], **frame} for frame in verdict["trace"]]
                yield Saved(
                    answer["question"], verdict["clause"], verdict["given"], moves, verdict["status"], verdict["facts"], verdict["cycle"]
                )


def again(saved: Saved) -> Remade:
    """Make the moves of a saved trace on the present machine, and judge its clause where they end.

    What no longer decodes is a Misuse that gives the reason.
    """
    try:
        asked = question(saved.question)
    except KeyError as error:
        raise Misuse(f"{saved.question} is no longer asked: its scope, pitfall or witness is gone or has another name") from error
    codec = codec_of(protocol(asked.stem))
    moves = tuple(_move(codec, frame["move"]) for frame in saved.frames)
    system = _system(asked, saved, codec)
    semantics = Semantics(system)
    path, departs = as_far_as_possible(semantics, moves)
    made = frames(semantics, path)
    for number, (frame, before) in enumerate(zip(made, saved.frames, strict=False), start=1):
        for name, now in frame_as_json(frame, codec).items():
            if now != before.get(name):
                return Remade(saved, made[:number], f"move {number}, {before['said']}: {name.replace('_', ' ')} is not as saved")
    return Remade(saved, made, departs or _shows(asked, system, semantics, path, saved))


def _move(codec: Codec, value: Any) -> Move:
    found = codec.decode(value)
    if not isinstance(found, Move):
        raise CannotDecode(f"{value!a} is no move")
    return found


@watching()
def _shows(asked: Question, system: AnySystem, semantics: Semantics, path: Run, saved: Saved) -> str | None:
    """Say how the end of a run is not what the trace was kept for; None where it is."""
    if isinstance(asked, KnownViolationQuestion):
        moves = tuple(taken.move for taken, _ in path[1])
        verdict = replay_known_violation(evolve(asked.known, witness=moves))
    else:
        verdict = judge_along(semantics, _clause(asked, system, saved.clause), path, saved.cycle)
    status, facts = status_word(verdict.clause, verdict.status), {name: text(value) for name, value in verdict.facts.items()}
    if (verdict.clause.id, status) != (saved.clause, saved.status):
        return f"at its end {verdict.clause.id} is {status}, where the report has {saved.clause} as {saved.status}"
    if facts != saved.facts:
        return f"the facts at its end are not as saved: {_listed(facts)}, where the report has {_listed(saved.facts)}"
    return None


def _clause(asked: Question, system: AnySystem, id: str) -> Clause:
    judged = (asked.pitfall.breaks,) if isinstance(asked, PitfallQuestion) else system.promises
    for clause in judged:
        if clause.id == id:
            return clause
    raise Misuse(f"{asked.id} judges no clause {id} any more")


def _listed(facts: dict[str, str]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in facts.items()) or "none"


def _system(asked: Question, saved: Saved, codec: Codec) -> AnySystem:
    match asked:
        case ScopeQuestion():
            return asked.scope.system
        case PitfallQuestion():
            return asked.pitfall.system
        case KnownViolationQuestion():
            return asked.known.system
        case FamilyQuestion():
            given = {name: codec.decode(value) for name, value in saved.given.items()}
            return next(_members(asked, given))
        case _:
            raise Misuse(f"{asked.id} has no system in which moves could be made again")


def _members(asked: FamilyQuestion, given: dict[str, Any]) -> Iterator[AnySystem]:
    yield from (system for drawn, system in members(asked.family) if drawn == given)
    raise Misuse(f"{asked.id} has no member with {given} any more")
