"""Places and settings as JSON, for the page: everything in words, and values as trees. `web/src/places.ts` declares the same."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from concordant.checks.explorer.groups.hooks import Pictured
from concordant.checks.explorer.jobs import News
from concordant.checks.explorer.links import link_to
from concordant.checks.explorer.service import Visited
from concordant.checks.explorer.tables.rules import grids_of
from concordant.checks.explorer.truths import Here, Truth
from concordant.checks.explorer.viewpoint import Option, Viewpoint, by_kind
from concordant.checks.index import protocols_by_stem
from concordant.checks.page.scenes import change_as_json, run_as_json
from concordant.checks.page.trees import named_trees, tree
from concordant.checks.registry import Protocol, UnknownName, protocols
from concordant.checks.reports.words import failed_text
from concordant.checks.semantics.texts import move_text
from concordant.refimpl.machine import Mechanism
from concordant.spec.vocabulary import Clause, Sometimes

Json = dict[str, Any]
TONES = {Here.FALSE: "bad", Here.REACHED: "good", Here.TRUE: "good"}


def setting_as_json(standing: Visited, *, claims: bool = False) -> Json:
    """Return what stays as it is while one steps: names, scopes, situations, mistakes, clauses with what is known of them. `claims`: with what their theorems say."""
    about, protocol = standing.about, standing.about.protocol
    return {
        "name": about.name,
        "stem": protocol.stem,
        "title": protocol.title,
        "scope": about.scope,
        "shows": about.shows,
        "scopes": scopes_as_json(protocol),
        "situations": [{"name": f"{protocol.stem}.{each.name}", "says": each.shows} for each in protocol.situations],
        "pitfalls": [
            {"name": each.id, "says": each.mistake}
            for each in protocol.pitfalls
            if each.quick and not isinstance(each.subject, Mechanism) and protocol.is_ours
        ],
        "clauses": [clause_as_json(protocol, each, claims=claims) for each in about.system.promises],
    }


def scopes_as_json(protocol: Protocol) -> list[Json]:
    """List the scopes of a protocol, those of its rules among them."""
    named = [*((each.name, each.shows) for each in protocol.scopes), *((each.name, each.shows) for each in grids_of(protocol))]
    return [{"name": name, "says": says} for name, says in named]


def clause_as_json(protocol: Protocol, clause: Clause, *, claims: bool = False) -> Json:
    """Return a clause, with the mistakes that break it, and the theorem that says it. `claims`: with what that says, which a page that has a server asks for when it is looked at."""
    theorem = f"{protocol.stem}.{clause.name}"
    proved = protocol.is_ours and theorem in theorems_of(protocol.stem)
    return {
        "id": clause.id,
        "name": clause.name.replace("_", " "),
        "sentence": clause.sentence,
        "argument": clause.argument,
        "reached": isinstance(clause, Sometimes),
        "pitfalls": [each.id for each in protocol.pitfalls if each.breaks.id == clause.id and each.quick] if protocol.is_ours else [],
        "theorem": theorem if proved else "",
        "claim": claim_of(theorem) if proved and claims else "",
    }


def claim_of(theorem: str) -> str:
    """Return what a theorem that is pinned says, and of what; of another it is a Misuse. Its module is imported for that, and a solver with it."""
    stem = theorem.partition(".")[0]
    if stem not in protocols_by_stem() or theorem not in theorems_of(stem):
        raise UnknownName(theorem, (), "theorem")
    found = next(each for about in protocols([stem]) for each in about.theorems if each.id == theorem)
    return " ".join(f"{found.claim} ({found.quantifiers})".split())


@cache
def theorems_of(stem: str) -> frozenset[str]:
    """Return the theorems that are pinned of a protocol of ours, by id. To import them would take a solver with them."""
    pinned = files("concordant.proofs").joinpath(protocols_by_stem()[stem].group, stem, "theorems.json")
    return frozenset(json.loads(pinned.read_text(encoding="utf-8"))) if pinned.is_file() else frozenset()


def place_as_json(standing: Visited) -> Json:
    """Return a place: where it is, how one came there, what is there, what can be done, what cannot, what clauses say."""
    about, place = standing.about, standing.place
    return {
        "link": link_to(about, place),
        "run": list(place.numbers),
        "trace": run_as_json(place.frames, place.departs, about.cycle_of(place.frames)),
        "processes": _processes(place),
        "in_flight": [
            {"source": str(each.source), "to": str(each.to), "messages": [tree(message) for message in each.messages]}
            for each in place.in_flight
        ],
        "calls": [{"user": str(each.user), "at": str(each.at)} for each in place.calls],
        "history": tree(place.history),
        "left": [{"what": each.what, "left": each.left} for each in place.left],
        "options": [_option(each) for each in by_kind(place.options)],
        "near": [{"said": move_text(each.move), "why": failed_text(each.guard)} for each in place.near_misses],
        "truths": [_truth(each) for each in place.truths],
        "picture": None if place.pictured is None else _picture(place.pictured),
    }


def _processes(place: Viewpoint) -> list[Json]:
    before = {each.who: each.state for each in place.before}
    changed = {change.who for change in place.frames[-1].changes} if place.frames else set()
    return [
        {
            "who": str(each.who),
            "up": each.up,
            "state": tree(each.state),
            "before": tree(before[each.who]) if each.who in changed and before[each.who] != each.state else None,
            "view": tree(view),
        }
        for each, view in zip(place.processes, place.views, strict=True)
    ]


def _option(option: Option) -> Json:
    return {
        "number": option.number,
        "kind": option.kind,
        "said": move_text(option.move),
        "whose": option.whose,
        "fault": option.is_a_fault,
        "comes": list(option.comes),
        "changes": [change_as_json(each) for each in option.frame.changes],
        "says_no": "" if option.says_no is None else failed_text(option.says_no),
    }


def _picture(pictured: Pictured) -> Json:
    return {
        "what": pictured.what,
        "stages": [{"name": each.name, "after": list(each.after), "stands": each.stands} for each in pictured.stages],
        "spans": [{"lane": each.lane, "first": each.first, "last": each.last, "holds": each.holds} for each in pictured.spans],
    }


def along_as_json(standing: Visited, clause: Clause) -> list[Json]:
    """Return what a clause says at each place of the run to here, a row for each."""
    return [_truth(each) for each in standing.explorer.along(standing.place.numbers, clause)]


def _truth(truth: Truth) -> Json:
    return {
        "clause": truth.clause.id,
        "here": truth.here.value,
        "tone": TONES.get(truth.here, "open"),
        "facts": named_trees(truth.facts),
        "ways": "",
    }


def heard_as_json(heard: News) -> Json:
    """Return what was heard of a search."""
    return {
        "id": heard.id,
        "state": heard.state.value,
        "says": heard.says,
        "states": heard.states,
        "link": heard.link,
        "clauses": [{"clause": each.clause, "says": each.says, "tone": each.tone, "link": each.link} for each in heard.clauses],
    }
