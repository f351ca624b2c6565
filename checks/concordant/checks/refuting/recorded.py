"""Recorded runs of pitfalls: the counterexample that a search found once, made again move by move.

A run that breaks its clause in as many moves as the pitfall claims refutes it, whoever found the run. It does not show that no other is
shorter: for that `concordant refute` searches, as `make test` does where that is quick. Beside the pitfalls of a stem stands
`STEM.runs.json`, which `python -m concordant.checks.refuting.recording` renews.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeVar

from attrs import define, field, frozen

from concordant.checks.draws import require_new, some
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.exploration.traces import Path as Run
from concordant.checks.index import protocols_by_stem
from concordant.checks.mechanisms.refute import smallest_counterexample
from concordant.checks.mechanisms.running import Running, judge, profile_of
from concordant.checks.misuse import BrokenRule, CannotReplay, Misuse
from concordant.checks.refuting.along import is_beyond, judge_along
from concordant.checks.refuting.pitfalls import Refutation, problem_of, reductions_of
from concordant.checks.semantics.promises import is_promised
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.checks.semantics.watching import watching
from concordant.refimpl.machine import Mechanism, Pitfall
from concordant.spec.vocabulary import Amount, Draw, ForAll, Recorded, Relates

V = TypeVar("V")
_RUN: Final = re.compile(r"(\d{1,9}( |$))*(\|( \d{1,9})*)?", re.ASCII)


@frozen
class Numbered:
    """A counterexample by numbers: which of the possible moves is made, from 0, or which of the options of a rule is drawn; an amount is its own.

    `cycle`: how many of the last moves are repeated for ever; None without a lasso.
    """

    numbers: tuple[int, ...]
    cycle: int | None = None

    @classmethod
    def read(cls, line: object) -> Numbered:
        """Read what `str` writes; anything else is a Misuse.

        >>> Numbered.read("0 3 | 12"), str(Numbered((0, 3, 12), cycle=1))
        (Numbered(numbers=(0, 3, 12), cycle=1), '0 3 | 12')
        """
        if not isinstance(line, str) or _RUN.fullmatch(line) is None:
            raise Misuse(
                f"{line!r} is no run: it must be numbers, of the moves or of what is drawn, and at most one bar where a cycle begins"
            )
        before, bar, around = line.partition("|")
        return cls(tuple(map(int, (*before.split(), *around.split()))), len(around.split()) if bar else None)

    def __str__(self) -> str:
        words = [*map(str, self.numbers)]
        if self.cycle is not None:
            words.insert(len(words) - self.cycle, "|")
        return " ".join(words)


# ---- making a recorded run again


def refuted_again(pitfall: Pitfall, recorded: Numbered) -> Refutation | None:
    """Refute a pitfall by its recorded run; None where that does not show what the pitfall claims, so that another must be searched for.

    Of a pitfall with a schedule a run does not show all: the system without the mistake is to follow that, too.
    """
    if pitfall.schedule or len(recorded.numbers) != pitfall.length:
        return None
    began = time.perf_counter()
    try:
        verdict = _verdict(pitfall, recorded)
    except (BrokenRule, Misuse):
        return None
    if verdict is None or problem_of(pitfall, verdict) is not None:
        return None
    return Refutation(pitfall, verdict, len(recorded.numbers) + 1, time.perf_counter() - began)


@watching()
def _verdict(pitfall: Pitfall, recorded: Numbered) -> Verdict | None:
    if isinstance(pitfall.subject, Mechanism):
        draw = _ByNumber(list(recorded.numbers))
        verdict = judged_by(pitfall, pitfall.subject, draw, draw.drawn)
        return None if draw.numbers else verdict
    if not is_promised(pitfall.breaks, pitfall.system):
        return None
    semantics = semantics_of(pitfall)
    path = _path(semantics, recorded.numbers)
    return None if path is None else judge_along(semantics, pitfall.breaks, path, recorded.cycle)


def judged_by(pitfall: Pitfall, subject: Mechanism[Any, Any], draw: Draw, drawn: Mapping[str, object]) -> Verdict | None:
    """Judge the clause of a wrong rule on some draws; None where it has no failing case."""
    clause = pitfall.breaks
    if not isinstance(clause, ForAll | Relates):
        return None
    judged = judge(clause, Running(subject.rule), profile_of(subject, draw), draw)
    if judged.facts is None:
        return None
    return Verdict(clause, Status.VIOLATED, judged.cases, facts=judged.facts, given=drawn, combinations=1, rule=subject.name)


def asked_about(pitfall: Pitfall, subject: Mechanism[Any, Any], recorded: Numbered | None) -> tuple[object, ...]:
    """Return the profiles that a wrong rule is asked about in its counterexample: that which is recorded, or else the smallest; none where nothing shows what the pitfall claims."""
    clause, rule = pitfall.breaks, Running(subject.rule)
    if not isinstance(clause, ForAll | Relates):
        return ()
    again = None if recorded is None else refuted_again(pitfall, recorded)
    verdict = smallest_counterexample(subject, clause) if again is None else again.verdict
    if verdict.status is not Status.VIOLATED:
        return ()
    draw = Recorded(verdict.given)
    judge(clause, rule, profile_of(subject, draw), draw)
    return tuple(rule.recent)


def semantics_of(pitfall: Pitfall) -> Semantics:
    """Return the meaning of a pitfall's system, as it is searched."""
    return Semantics(pitfall.system, leave_ignored=reductions_of(pitfall).leave_ignored)


def _path(semantics: Semantics, numbers: Iterable[int]) -> Run | None:
    """Make the moves with some numbers; None where one is not possible, or a search would not have made it: beyond the bound of the scope."""
    (start,) = semantics.initial()
    state, steps, bounds = start, list[tuple[Taken, State]](), semantics.bounds()
    for number in numbers:
        step = None if is_beyond(bounds, state) else next(islice(semantics.moves(state), number, None), None)
        if step is None:
            return None
        steps.append(step)
        state = step[1]
    return start, tuple(steps)


@define(eq=False)
class _ByNumber:
    """Draws the options with some numbers, one after the other. `numbers`: those that are left."""

    numbers: list[int]
    drawn: dict[str, object] = field(factory=dict)

    def amount(self, name: str, /, at_most: Amount | None = None) -> Amount:
        """Choose an amount."""
        amount = self._next(name)
        if at_most is not None and amount > at_most:
            raise CannotReplay(f"no amount as large as {amount} is drawn as {name!r}")
        self.drawn[name] = amount
        return amount

    def one_of(self, name: str, options: Iterable[V], /) -> V:
        """Choose one of some options."""
        choices, number = some(name, options), self._next(name)
        if number >= len(choices):
            raise CannotReplay(f"there is no option {number} of {name!r}")
        self.drawn[name] = option = choices[number]
        return option

    def _next(self, name: str) -> int:
        require_new(name, self.drawn)
        if not self.numbers:
            raise CannotReplay(f"nothing is recorded of {name!r}")
        return self.numbers.pop(0)


# ---- the files


@cache
def recorded_of(stem: str) -> Mapping[str, Numbered]:
    """Return the recorded runs of a protocol of ours, by the ids of its pitfalls; of another there are none. A file that is damaged is a Misuse."""
    file = file_of(stem)
    if file is None or not file.exists():
        return {}
    try:
        return _read(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise Misuse(f"{file} is damaged: {error}; remove it, and `make pages` records these runs anew") from error


def _read(content: str) -> dict[str, Numbered]:
    lines = json.loads(content, object_pairs_hook=tuple)
    if not isinstance(lines, tuple):
        raise Misuse(f"it holds {str(lines)[:40]!r} instead of runs by the ids of pitfalls")
    runs = {id: Numbered.read(line) for id, line in lines}
    if len(runs) < len(lines):
        raise Misuse("it has two runs of one pitfall")
    return runs


def file_of(stem: str) -> Path | None:
    """Return where the runs of a protocol of ours are recorded: beside its pitfalls."""
    known = protocols_by_stem().get(stem)
    if known is None:
        return None
    folders = [Path(root, known.group) for root in import_module("concordant.pitfalls").__path__]
    return next((folder / f"{stem}.runs.json" for folder in folders if folder.is_dir()), None)
