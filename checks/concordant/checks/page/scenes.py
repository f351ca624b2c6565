"""Scenes: what the page shows of a verdict. Of a system its trace, laid out; of a rule its draws."""

from __future__ import annotations

from typing import Any

from concordant.checks.exploration.report import Change, Frame, Verdict
from concordant.checks.page.trees import named_trees, tree
from concordant.checks.pictures.layout import Arrow, layout
from concordant.checks.pictures.notation import notation_lines
from concordant.checks.pictures.words import departure_lines, lasso_line, legend, lie_rows
from concordant.checks.refuting.repaired import Departure
from concordant.checks.semantics.texts import effect_texts, move_text
from concordant.refimpl.machine import Crash

Json = dict[str, Any]
WIDTH = 100
"""How many signs a line of explanations has."""


def scene_of(verdict: Verdict, departs: Departure | None = None) -> Json | None:
    """Return what there is to show of a verdict; None where it has neither a trace nor draws. `departs`: where a mistake acts."""
    if verdict.trace is not None:
        return trace_scene(verdict, verdict.trace, departs)
    if not verdict.given and not verdict.facts:
        return None
    return {
        "kind": "drawn",
        "clause": verdict.clause.id,
        "sentence": verdict.clause.sentence,
        "table": [list(row) for row in lie_rows(verdict.facts)],
        "facts": named_trees(verdict.facts),
        "given": named_trees(verdict.given),
        "notation": list(notation_lines(tuple(verdict.facts.values()), WIDTH)),
    }


def trace_scene(verdict: Verdict, trace: tuple[Frame, ...], departs: Departure | None) -> Json:
    """Return the trace of a verdict as the page shows it, with its clause."""
    return {
        "kind": "trace",
        "clause": verdict.clause.id,
        "sentence": verdict.clause.sentence,
        **run_as_json(trace, departs, verdict.cycle),
        "given": named_trees(verdict.given),
        "facts": named_trees(verdict.facts),
    }


def run_as_json(trace: tuple[Frame, ...], departs: Departure | None = None, cycle: int | None = None) -> Json:
    """Return a run as it is drawn: lanes, moves in words with what they changed, where each message was sent, and what is explained beside it."""
    picture = layout(trace)
    here = None if departs is None else trace[departs.move - 1].move
    return {
        "lanes": [str(lane) for lane in picture.lanes],
        "moves": [_move(frame, row) for frame, row in zip(trace, picture.rows, strict=True)],
        "left": [{"source": str(each.source), "to": str(each.to), "label": each.label, "sent": each.sent or None} for each in picture.left],
        "cycle": cycle,
        "lasso": "" if cycle is None else lasso_line(cycle, len(trace)),
        "acts": None if departs is None else departs.move,
        "instead": [] if departs is None else list(departure_lines(departs, crash=isinstance(here, Crash))),
        "legend": list(legend(picture, acts=departs is not None)),
        "notation": list(notation_lines(trace, WIDTH)),
    }


def _move(frame: Frame, row: Arrow) -> Json:
    return {
        "said": move_text(frame.move),
        "row": {
            "start": str(row.start),
            "end": str(row.end),
            "mark": row.mark.value,
            "label": row.label,
            "sent": row.sent or None,
            "again": row.again,
        },
        "effects": list(effect_texts(frame.happened)),
        "changes": [change_as_json(change) for change in frame.changes],
    }


def change_as_json(change: Change) -> Json:
    """Return a change, with both values as trees."""
    return {"who": str(change.who), "field": change.field, "before": tree(change.before), "after": tree(change.after)}
