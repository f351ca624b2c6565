"""Recording runs of pitfalls: what a search has found, by the numbers of its moves."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TypeVar

from attrs import define, field

from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.exploration.traces import frames
from concordant.checks.index import protocols_by_stem
from concordant.checks.refuting.pitfalls import Refutation, refute
from concordant.checks.refuting.recorded import Numbered, file_of, judged_by, recorded_of, refuted_again, semantics_of
from concordant.checks.registry import Protocol, protocol
from concordant.checks.semantics.canonical import text
from concordant.refimpl.machine import Mechanism, Pitfall
from concordant.spec.vocabulary import Amount, Recorded

V = TypeVar("V")


@define(eq=False)
class _Numbering:
    """Draws what is given, and notes its numbers."""

    given: Recorded
    numbers: list[int] = field(factory=list)

    def amount(self, name: str, /, at_most: Amount | None = None) -> Amount:
        """Choose an amount."""
        amount = self.given.amount(name, at_most)
        self.numbers.append(int(amount))
        return amount

    def one_of(self, name: str, options: Iterable[V], /) -> V:
        """Choose one of some options."""
        choices = tuple(options)
        option = self.given.one_of(name, choices)
        self.numbers.append(next(number for number, each in enumerate(choices) if each is option))
        return option


def numbered(pitfall: Pitfall, verdict: Verdict) -> Numbered | None:
    """Return the counterexample of a verdict by numbers; None where there is none, or it cannot be told by numbers."""
    if verdict.status is not Status.VIOLATED:
        return None
    if isinstance(pitfall.subject, Mechanism):
        draw = _Numbering(Recorded(verdict.given))
        judged_by(pitfall, pitfall.subject, draw, verdict.given)
        return Numbered(tuple(draw.numbers))
    numbers, semantics = list[int](), semantics_of(pitfall)
    (state,) = semantics.initial()
    for frame in verdict.trace or ():
        for number, (taken, target) in enumerate(semantics.moves(state)):
            if taken.move == frame.move and frames(semantics, (state, ((taken, target),))) == (frame,):
                numbers.append(number)
                state = target
                break
        else:
            return None
    return Numbered(tuple(numbers), verdict.cycle)


def is_as_found(recorded: Numbered | None, found: Refutation) -> bool:
    """Tell whether a recorded run is the counterexample that a search found."""
    again = None if recorded is None else refuted_again(found.pitfall, recorded)
    return again is not None and _shown(again.verdict) == _shown(found.verdict)


def _shown(verdict: Verdict) -> tuple[object, ...]:
    drawn, facts = text(dict(verdict.given)), text(dict(verdict.facts))  # as text, since NaN differs from itself
    return verdict.status, verdict.trace, verdict.cycle, drawn, facts


def record(about: Protocol) -> bool:
    """Record the runs of a protocol's pitfalls: those that still show what is claimed as they are, and others as a search finds them. Tell whether anything changed."""
    file, before = file_of(about.stem), recorded_of(about.stem)
    runs = {each.id: _run_of(each, before.get(each.id)) for each in about.pitfalls if not each.schedule}
    lines = {id: str(each) for id, each in runs.items() if each is not None}
    if file is None or lines == {id: str(each) for id, each in before.items()}:
        return False
    file.write_text(json.dumps(lines, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return True


def _run_of(pitfall: Pitfall, before: Numbered | None) -> Numbered | None:
    if before is not None and refuted_again(pitfall, before) is not None:
        return before
    found = refute(pitfall)
    told = numbered(pitfall, found.verdict) if found.refuted else None
    return told if is_as_found(told, found) else None


def main(stems: Sequence[str]) -> None:
    """Record the runs of some protocols, or of all."""
    for stem in stems or protocols_by_stem():
        if record(protocol(stem)):
            sys.stdout.write(f"{stem}: recorded\n")


if __name__ == "__main__":
    main(sys.argv[1:])
