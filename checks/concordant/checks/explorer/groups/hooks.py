"""Pictures of a state, or of how something in it changes along a run: one function of what clauses see, for each kind of protocol."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from attrs import frozen

from concordant.checks.semantics.canonical import text
from concordant.spec.vocabulary import Address

Views: TypeAlias = Mapping[Address, Any]
Seen: TypeAlias = "tuple[Any, Views]"
"""The history at a place, and the views of the processes there."""
STANDS = ("waiting", "running", "done", "failed", "skipped")


@frozen
class StageShown:
    """A stage of a workflow: after which others it comes, and how it stands, one of `STANDS`."""

    name: str
    after: tuple[str, ...]
    stands: str


@frozen
class Span:
    """What stood in a lane from one move to another, both included; 0 is before the first."""

    lane: str
    first: int
    last: int
    holds: str


@frozen
class Pictured:
    """What is drawn of a place, under a heading: stages, or what held along the run."""

    what: str
    stages: tuple[StageShown, ...] = ()
    spans: tuple[Span, ...] = ()


@frozen(eq=False)
class StageGraph:
    """The stages of the workflows of a system, drawn as a graph."""

    stages: Callable[[Any, Views], Iterable[StageShown]]

    def of(self, run: Sequence[Seen]) -> Pictured:
        """Draw the end of a run."""
        return Pictured("The workflow", tuple(self.stages(*run[-1])))


@frozen(eq=False)
class Timeline:
    """What somebody holds, or asks for, drawn along a run. `what`: its heading; `lanes`: by lane what stands there in a state, as far as something does."""

    what: str
    lanes: Callable[[Any, Views], Mapping[str, object]]

    def of(self, run: Sequence[Seen]) -> Pictured:
        """Draw a run, lanes in the order in which something stood there first."""
        open_spans, done = dict[str, Span](), list[Span]()
        for move, seen in enumerate(run):
            now = {lane: held if isinstance(held, str) else text(held) for lane, held in self.lanes(*seen).items()}
            for lane in [lane for lane, span in open_spans.items() if now.get(lane) != span.holds]:
                done.append(open_spans.pop(lane))
            for lane, holds in now.items():
                first = open_spans[lane].first if lane in open_spans else move
                open_spans[lane] = Span(lane, first, move, holds)
        spans = sorted((*done, *open_spans.values()), key=lambda span: (span.first, span.last))
        order = list(dict.fromkeys(span.lane for span in spans))
        return Pictured(self.what, spans=tuple(sorted(spans, key=lambda span: (order.index(span.lane), span.first))))


Hook: TypeAlias = StageGraph | Timeline
