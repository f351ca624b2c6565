"""Validation: does a behaviour of the reference machine explain logs, and keep what is promised?"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.codec.codec import codec_of
from concordant.checks.conform.roles import scope_of
from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.judge import Judge, decided
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.exploration.traces import frames
from concordant.checks.questions.question import Means, noted
from concordant.checks.registry import Protocol
from concordant.checks.semantics.promises import promised
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.checks.validating.explaining import Explained, Explaining, system_of
from concordant.checks.validating.logs import RecordedLogs, What, read_logs
from concordant.checks.validating.spans import mapping_of
from concordant.refimpl.machine import AnySystem
from concordant.refimpl.machine.search import INTERRUPTED
from concordant.spec.vocabulary import Sometimes

BUDGET = Budget(states=500_000)
"""How many places are searched where no other budget is given."""
SHOWN = 5


@frozen(eq=False)
class ValidationQuestion:
    """Whether some behaviour of the processes of a scope explains logs of one run. `system`: these processes, with the users of the logs. `mapping`: `module:function` of what says what other spans mean."""

    protocol: Protocol
    scope: str
    files: tuple[Path, ...]
    recorded: RecordedLogs
    system: AnySystem
    mapping: str | None = None

    @classmethod
    def of(cls, protocol: Protocol, scope: str, files: tuple[Path, ...], mapping: str | None = None) -> ValidationQuestion:
        """Read the logs; a line that does not fit is a Misuse."""
        recorded = read_logs(files, codec_of(protocol), None if mapping is None else mapping_of(mapping))
        return cls(protocol, scope, files, recorded, system_of(scope_of(protocol, scope).system, recorded), mapping)

    @property
    def id(self) -> str:
        """Its id."""
        return f"validation:{self.stem}/{self.files[0].name}"

    @property
    def stem(self) -> str:
        """The protocol."""
        return self.protocol.stem

    @property
    def title(self) -> str:
        """What is asked."""
        return f"Some behaviour of the processes of {self.scope} explains {', '.join(map(str, self.files))}."

    @property
    def cost(self) -> float:
        """Some seconds."""
        return 10

    def answer(self, means: Means) -> Answer:
        """Search for one, and judge it."""
        began, recorded = time.monotonic(), self.recorded
        searching = Explaining(self.system, recorded, codec_of(self.protocol), means.budget or BUDGET)
        found = searching.run()
        violated = None if found.path is None else _violated(searching.semantics, found.path)
        if found.path is None:
            conclusion = Conclusion.NOT_AS_CLAIMED if found.stopped is None else Conclusion.UNDECIDED
            conclusion = Conclusion.INTERRUPTED if found.stopped == INTERRUPTED else conclusion
            word = "not explained" if found.stopped is None else "undecided"
        elif violated is not None:
            conclusion, word = Conclusion.NOT_AS_CLAIMED, f"violates {violated.clause.id}"
        elif all(line.what is What.ASKS for log in recorded.logs for line in log):
            conclusion, word = Conclusion.UNDECIDED, "nothing but calls, of which nobody says what became"
        else:
            conclusion, word = Conclusion.AS_CLAIMED, "explained"
        return Answer(
            self.id,
            self.stem,
            self.title,
            conclusion,
            word,
            verdicts=() if violated is None else (violated,),
            counts={"lines": recorded.lines, "places": found.places},
            notes=noted(
                detail=f"{found.most:,} of {recorded.lines:,} lines explained; {found.places:,} places searched",
                asked=f"{self.stem} {' '.join(map(str, self.files))} --scope {self.scope}{'' if self.mapping is None else f' --map {self.mapping}'}",
                scope=self.scope,
                problem="\n    ".join(_told(found, recorded)),
            ),
            stopped=found.stopped,
            seconds=time.monotonic() - began,
        )


def _violated(semantics: Semantics, path: Sequence[tuple[Taken, State]]) -> Verdict | None:
    """Judge the clauses of safety along a behaviour, and return the first that it violates. What is at rest is not asked: a log may end before."""
    system = semantics.system
    clauses, _ = decided(promised(system.promises, system))
    judge, before = Judge(semantics, clauses), semantics.initial()[0]
    judge.visit(before)
    for taken, after in path:
        judge.cross(before, taken, after)
        judge.visit(after)
        before = after
    for tally in judge.tallies.values():
        if tally.telling is not None and not isinstance(tally.clause, Sometimes):
            shown = frames(semantics, (semantics.initial()[0], tuple(path)))
            return Verdict(tally.clause, Status.VIOLATED, tally.cases, shown, tally.telling.facts)
    return None


def _told(found: Explained, recorded: RecordedLogs) -> Iterator[str]:
    """Tell where the logs depart from all behaviours."""
    if found.path is not None:
        return
    yield f"{found.most:,} of {recorded.lines:,} lines are explained by some behaviour{', of those that were searched' if found.stopped else ''}; none goes on with"
    yield from (f"  {entry.file}, line {entry.number}: {entry}" for entry in found.next[:SHOWN])
    if found.instead:
        yield "what was possible there:"
        yield from (f"  {each}" for each in found.instead[:SHOWN])


def ask(protocol: Protocol) -> Iterator[ValidationQuestion]:  # noqa: ARG001  # as every kind of question
    """Ask nothing by itself: logs must be named."""
    return iter(())
