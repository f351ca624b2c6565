"""Histories: does a recording of what clients saw keep what is promised?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.histories.lanes import around, lanes
from concordant.checks.histories.lines import read_lines
from concordant.checks.histories.recording import KINDS, Recording, messages, recording
from concordant.checks.misuse import Misuse
from concordant.checks.questions.question import Means, noted
from concordant.checks.registry import Protocol
from concordant.spec.common.consistency.causality import causal_orders, own_writes
from concordant.spec.common.consistency.deliveries import PROMISES, Messages
from concordant.spec.common.consistency.judging import linearization, sequential_order
from concordant.spec.common.consistency.objects import Model
from concordant.spec.common.consistency.ordering import Judgement, Undecided, Unordered
from concordant.spec.vocabulary import Address

MESSAGES = "messages"
Recorded = tuple[Messages, Mapping[Address, str]]
"""Messages, and by address, which process it is."""
Judging = Callable[[Model[Any, Any], Recording, int], Mapping[str, Judgement]]
JUDGES: Mapping[str, Judging] = {
    "linearizable": lambda model, found, places: linearization(model, found.operations, places),
    "sequential": lambda model, found, places: {"": sequential_order(model, found.operations, places)},
    "causal": lambda model, found, places: {
        f"as process {found.processes[client]} sees them": each
        for client, each in causal_orders(model, found.operations, places).items()  # type: ignore[arg-type]  # of a register
    },
    "own-writes": lambda model, found, _: own_writes(model, found.operations),  # type: ignore[arg-type]
}
"""What can be asked of operations on objects; the last two of registers only."""


@frozen(eq=False)
class HistoryQuestion:
    """Whether a recording keeps a promise. `kind`: of the objects, or messages; `places`: how many places a search goes through at most."""

    kind: str
    promise: str
    file: Path
    places: int
    recorded: Recording | Recorded

    @classmethod
    def of(cls, kind: str, promise: str, file: Path, places: int) -> HistoryQuestion:
        """Read a recording. One that cannot be read, or of which this cannot be asked, is a Misuse."""
        if kind not in (*KINDS, MESSAGES):
            raise Misuse(f"nothing that is recorded is called {kind!r}; there are {', '.join((*KINDS, MESSAGES))}")
        known = tuple(PROMISES) if kind == MESSAGES else tuple(JUDGES) if kind == "register" else tuple(JUDGES)[:2]
        if promise not in known:
            raise Misuse(f"of {kind} it can be asked whether they are {', '.join(known)}; not {promise!r}")
        lines = read_lines(file)
        return cls(kind, promise, file, places, messages(lines) if kind == MESSAGES else recording(kind, lines))

    @property
    def id(self) -> str:
        """Its id."""
        return f"history:{self.kind}/{self.file.name}"

    @property
    def stem(self) -> str:
        """What is recorded, which is no protocol of ours."""
        return self.kind

    @property
    def title(self) -> str:
        """What is asked."""
        return f"What {self.file} records is {self.promise}."

    @property
    def cost(self) -> float:
        """A second or so."""
        return 1

    def answer(self, means: Means) -> Answer:  # noqa: ARG002  # places are counted, so that an answer is the same on every machine
        """Read it and judge it."""
        began = time.monotonic()
        found = self.recorded
        conclusion, counts, problem = self._of_operations(found) if isinstance(found, Recording) else self._of_messages(found)
        word = {Conclusion.AS_CLAIMED: self.promise, Conclusion.NOT_AS_CLAIMED: f"not {self.promise}"}.get(conclusion, "undecided")
        asked = f"{self.kind} {self.file} --as {self.promise}"
        return Answer(
            self.id,
            self.stem,
            self.title,
            conclusion,
            word,
            counts=counts,
            notes=noted(detail=", ".join(f"{name}: {count:,}" for name, count in counts.items()), asked=asked, problem=problem),
            seconds=time.monotonic() - began,
        )

    def _of_messages(self, recorded: Recorded) -> tuple[Conclusion, Mapping[str, int], str]:
        found, processes = recorded
        counts = {"messages": len(found.sent), "deliveries": len(found.delivered)}
        broken = next(PROMISES[self.promise](found), None)
        if broken is None and not found.delivered:
            return Conclusion.UNDECIDED, counts, "no message is delivered, so that nothing is shown of how they are"
        if broken is None:
            return Conclusion.AS_CLAIMED, counts, ""
        why = broken.why
        for address, process in reversed(tuple(processes.items())):  # process10 before process1
            why = why.replace(str(address), f"process {process}")
        return Conclusion.NOT_AS_CLAIMED, counts, f"{why}  (lines {', '.join(map(str, broken.moments))})"

    def _of_operations(self, found: Recording) -> tuple[Conclusion, Mapping[str, int], str]:
        try:
            judged = JUDGES[self.promise](KINDS[self.kind][0], found, self.places)
        except ValueError as error:  # such as a value that is written twice
            raise Misuse(str(error)) from error
        counts = {"operations": len(found.operations), "objects": len({each.request.key for each in found.operations})}  # type: ignore[attr-defined]  # requests have keys
        unordered = [(key, each) for key, each in judged.items() if isinstance(each, Unordered)]
        if unordered:
            key, first = min(unordered, key=lambda pair: len(pair[1].explained))
            return Conclusion.NOT_AS_CLAIMED, counts, "\n    ".join(_shown(key, first, found))
        if any(isinstance(each, Undecided) for each in judged.values()):
            return Conclusion.UNDECIDED, counts, f"given up after {self.places:,} places; --places takes more"
        if all(each.ends is None for each in found.operations):
            return Conclusion.UNDECIDED, counts, "no operation has an answer, so that nothing is shown of what they do"
        return Conclusion.AS_CLAIMED, counts, ""


def _shown(key: str, judgement: Unordered, found: Recording) -> Iterator[str]:
    """Show which operations of an object cannot be ordered, among those of their time."""
    of = f" of object {key!r}" if key else ""
    if judgement.explained:
        yield f"{len(judgement.explained):,} operations{of} can be ordered, and none of these can come next:"
    else:
        yield f"these operations{of} contradict each other:"
    own = [each for each in found.operations if each.request.key == judgement.stuck[0].request.key]  # type: ignore[attr-defined]
    yield from lanes(around(judgement.stuck, own), judgement.stuck, found.processes)


def ask(protocol: Protocol) -> Iterator[HistoryQuestion]:  # noqa: ARG001  # as every kind of question
    """Ask nothing by itself: a recording must be named."""
    return iter(())
