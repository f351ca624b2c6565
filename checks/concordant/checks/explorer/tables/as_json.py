"""A table as JSON, for the page. `web/src/table.ts` declares the same."""

from __future__ import annotations

from typing import Any

from attrs import fields, has

from concordant.checks.explorer.as_json import TONES, clause_as_json, scopes_as_json
from concordant.checks.explorer.tables.differing import told
from concordant.checks.explorer.tables.judged import Came, OfProfile, TriedOn
from concordant.checks.explorer.tables.lies import Lie, Lies
from concordant.checks.explorer.tables.links import link_of, link_to
from concordant.checks.explorer.tables.sheets import MOST, Cell, Entry, Records, sheet
from concordant.checks.explorer.truths import Here
from concordant.checks.page.scenes import WIDTH
from concordant.checks.page.trees import named_trees, tree
from concordant.checks.pictures.notation import notation_lines
from concordant.checks.semantics.canonical import text
from concordant.refimpl.machine import Mechanism

Json = dict[str, Any]


def table_as_json(found: TriedOn) -> Json:
    """Return a profile as its table, with what the rule makes of it and what clauses say."""
    about, protocol = found.about, found.about.protocol
    return {
        "link": link_to(found),
        "name": about.name,
        "stem": protocol.stem,
        "title": protocol.title,
        "scope": about.scope,
        "shows": about.shows,
        "rule": about.mechanism.name,
        "lies": about.honesty is not None,
        "scopes": scopes_as_json(protocol),
        "pitfalls": [
            {"name": each.id, "says": each.mistake}
            for each in protocol.pitfalls
            if each.quick and isinstance(each.subject, Mechanism) and protocol.is_ours
        ],
        "clauses": [clause_as_json(protocol, each) for each in about.clauses],
        "parts": [_part(each, first) for each, first in zip(sheet(found.profile), sheet(about.start), strict=True)],
        "outcome": _outcome(found.outcome),
        "right": None if found.right is None else _outcome(found.right),
        "truths": [_truth(each) for each in found.said],
        "notation": list(notation_lines(_within(found.outcome.value), WIDTH)),
    }


def _within(outcome: Any) -> tuple[object, ...]:
    """Return what stands in an outcome, whose own fields are named where it is shown."""
    return tuple(getattr(outcome, each.name) for each in fields(type(outcome))) if has(type(outcome)) else (outcome,)


def _part(part: Entry, first: Entry) -> Json:
    """Return a part; how it may grow, and like what, is told by that of the first profile."""
    if isinstance(part, Cell) or isinstance(first, Cell):
        return {"name": _words(part.name), "cell": _cell(part) if isinstance(part, Cell) else None, "table": None}
    return {"name": _words(part.name), "cell": None, "table": _table(part, first)}


def _table(table: Records, first: Records) -> Json:
    return {
        "columns": [_words(each) for each in table.columns],
        "keys": list(table.keys),
        "rows": [[_cell(each) for each in row] for row in table.rows],
        "least": 0 if first.grows else len(first.rows),
        "most": MOST if first.grows else len(first.rows),
        "blank": [_cell(each) for each in first.rows[-1]] if first.grows else [],
    }


def _cell(cell: Cell) -> Json:
    options = () if cell.kind is None else cell.kind.options
    return {"text": cell.text, "says": "" if cell.kind is None else cell.kind.says, "options": list(options)}


def _words(name: str) -> str:
    return name.replace("_", " ")


def _outcome(outcome: Came) -> Json:
    return {"value": tree(outcome.value), "raised": outcome.raised}


def _truth(said: OfProfile) -> Json:
    ways = f"in the first {said.ways} ways to draw what else there is" if said.here is Here.TRUE and not said.all else ""
    return {
        "clause": said.clause.id,
        "here": said.here.value,
        "tone": TONES.get(said.here, "open"),
        "facts": named_trees(said.facts),
        "ways": ways,
    }


def lies_as_json(found: TriedOn, lies: Lies) -> Json:
    """Return what came of a search for lies that pay."""
    return {"says": lies.says, "tried": lies.tried, "lies": [_lie(found, each) for each in lies.best]}


def _lie(found: TriedOn, lie: Lie) -> Json:
    return {
        "who": lie.who,
        "pays": lie.pays,
        "says": told(found.profile, lie.profile),
        "gains": text(lie.gains),
        "would_gain": text(lie.would_gain),
        "honest": tree(lie.honest),
        "lying": tree(lie.lying),
        "link": link_of(found.about, lie.profile),
    }
