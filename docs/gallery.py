"""The gallery of defects: a page for each protocol on which every mistake is a story with a picture, made when the site is built."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from html import escape
from pathlib import Path

from attrs import fields, has

from concordant.checks.catalogue import defects
from concordant.checks.elsewhere.formats import writer
from concordant.checks.elsewhere.shown import Shown
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.index import protocols_by_stem
from concordant.checks.pictures.notation import OURS
from concordant.checks.pictures.words import LIE, lasso_line
from concordant.checks.refuting.known_violations import replay_known_violation
from concordant.checks.refuting.pitfalls import refute
from concordant.checks.refuting.recorded import recorded_of, refuted_again
from concordant.checks.registry import Protocol, protocol
from concordant.checks.reports.counterexamples import trace_lines
from concordant.checks.reports.marking import in_cell
from concordant.checks.reports.totals import counted
from concordant.checks.semantics.canonical import text
from concordant.refimpl.machine import KnownViolation, Mechanism, Pitfall

HEAD = """# The gallery of defects

{defects} defects of the documents, and {others} other mistakes that are easily made, each with the shortest run that is known, or the profile, that
shows it. A mistake is made on purpose in a machine, or a rule, that is else the reference, and a clause notices. Of a run the picture has a lane for each participant, and time
goes downwards; its moves stand below it in words. [The page on defects](../defects.md) has those of the documents in their order.
"""


def write_all(folder: Path, pictures: Path) -> None:
    """Write a page for each protocol, with its pictures, and one that lists them; what has not changed is left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures.mkdir(parents=True, exist_ok=True)
    stems = [stem for stem in protocols_by_stem() if mistakes(protocol(stem))]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(partial(write, folder, pictures), stems))
    written(folder / "index.md", "\n".join(index(stems)))


def write(folder: Path, pictures: Path, stem: str) -> None:
    """Write the page of a protocol, and its pictures."""
    about = protocol(stem)
    lines = [
        "---",
        "orphan: true",
        "---",
        "",
        f"# What goes wrong in {stem}",
        "",
        f"[{stem}](../protocols/{stem}.md): {in_cell(about.title)}",
        "",
    ]
    for mistake in mistakes(about):
        lines += story(about, mistake, pictures)
    written(folder / f"{stem}.md", "\n".join(lines))


def written(file: Path, content: str) -> None:
    """Write a file, unless that is what it holds."""
    if not file.exists() or file.read_text(encoding="utf-8") != content:
        file.write_text(content, encoding="utf-8")


def mistakes(about: Protocol) -> tuple[Pitfall | KnownViolation, ...]:
    """Return what goes wrong in a protocol."""
    return (*about.pitfalls, *about.known_violations)


def index(stems: Iterable[str]) -> Iterator[str]:
    """Yield the lines of the page that lists all."""
    documents = {defect.id for defect in defects()}
    found = [each.id for stem in stems for each in mistakes(protocol(stem))]
    named = {id.partition("/")[0] for id in found}
    yield HEAD.format(defects=len(named & documents), others=len(named - documents))
    for group in sorted({entry.group for entry in protocols_by_stem().values()}):
        yield from (f"## {group.capitalize()}", "")
        for stem in stems:
            if protocols_by_stem()[stem].group == group:
                about = protocol(stem)
                yield f"- [`{stem}`]({stem}.md), {len(mistakes(about))}: {in_cell(about.title)}"
        yield ""


# ---- links to it


def place_of(about: Protocol, id: str) -> str:
    """Return where in the gallery a mistake of a protocol is told."""
    return f"{about.stem}.md#{anchor(id)}"


def anchor(id: str) -> str:
    """Return the name that a heading of this id has.

    >>> anchor("WrongRule/first_places/winner"), anchor("MAJ-8")
    ('wrongrulefirst_placeswinner', 'maj-8')
    """
    return re.sub(r"[^\w\- ]", "", id.lower())


def linked(page: str) -> str:
    """Return the page on defects with a link from the id of each that has a story here."""
    places = {}
    for stem in protocols_by_stem():
        about = protocol(stem)
        for each in mistakes(about):
            places.setdefault(each.id.partition("/")[0], f"gallery/{place_of(about, each.id)}")
    return re.sub(
        r"^\| ([\w-]+) \|", lambda row: f"| [{row[1]}]({places[row[1]]}) |" if row[1] in places else row[0], page, flags=re.MULTILINE
    )


# ---- a story


def story(about: Protocol, mistake: Pitfall | KnownViolation, pictures: Path) -> Iterator[str]:
    """Yield what is done wrong, what that breaks, the picture, and how to step through it."""
    clause, sentence = (mistake.breaks, mistake.mistake) if isinstance(mistake, Pitfall) else (mistake.clause, mistake.why)
    yield from (f"## `{mistake.id}`", "", f"**{in_cell(sentence)}**", "")
    yield from (f"{'Breaks' if isinstance(mistake, Pitfall) else 'Not kept:'} `{clause.id}`: {in_cell(clause.sentence)}", "")
    verdict = verdict_of(about, mistake)
    if verdict is None or verdict.status is not Status.VIOLATED:
        yield from ("No run of it is recorded: `concordant explain` searches for one.", "")
    elif isinstance(mistake.subject, Mechanism) or verdict.trace is None:
        yield from raw(table(verdict))
    else:
        shown = Shown(mistake.id, about, mistake.system, verdict.trace, cycle=verdict.cycle)  # of the clause its page has said all
        yield from raw(pictured(shown, pictures) if shown.trace else "<p>It is so from the start, before any move.</p>")
        yield from raw(facts_table(verdict.facts))
    yield from ("```console", f"$ concordant explore {mistake.id}", f"$ concordant explain {mistake.id}", "```", "")


def verdict_of(about: Protocol, mistake: Pitfall | KnownViolation) -> Verdict | None:
    """Return what shows a mistake: as it was recorded, or along its schedule; None where that has to be searched for."""
    if isinstance(mistake, KnownViolation):
        return replay_known_violation(mistake)
    if mistake.schedule:
        return refute(mistake).verdict
    recorded = recorded_of(about.stem).get(mistake.id)
    again = None if recorded is None else refuted_again(mistake, recorded)
    return None if again is None else again.verdict


def raw(html: str) -> Iterator[str]:
    """Yield HTML as Markdown has it; what is in no line of its own ends nothing."""
    if html:
        yield from ("```{raw} html", *(line for line in html.splitlines() if line.strip()), "```", "")


def pictured(shown: Shown, pictures: Path) -> str:
    """Draw a run beside the page, and return what shows it there, with its moves in words."""
    name = f"{shown.protocol.stem}.{anchor(shown.name)}.svg"
    written(pictures / name, writer("svg")(shown))
    again = () if shown.cycle is None else (lasso_line(shown.cycle, len(shown.trace)),)
    of = escape(f"{shown.in_words}, in {counted(len(shown.trace), 'move')}")
    words = escape("\n".join((*trace_lines(shown.trace), *again)))
    return (
        f'<div style="overflow-x: auto"><img src="{name}" alt="{of}" loading="lazy" style="max-width: none"></div>'
        f"<details><summary>its moves in words</summary><pre>{words}</pre></details>"
    )


def table(verdict: Verdict) -> str:
    """Return the profile on which a rule is wrong, and what comes of it; of a lie honesty beside it."""
    facts = verdict.facts
    if facts.keys() >= LIE:
        rows = (("honest", "profile", "honest", "gains"), ("lying", "lie", "lying", "would_gain"))
        cells = "".join(
            f"<tr><th>{name}</th>{''.join(f'<td>{value_shown(facts[each])}</td>' for each in parts)}</tr>" for name, *parts in rows
        )
        return framed(f"<tr><th></th><th>profile</th><th>outcome</th><th>utility of {escape(str(facts['agent']))}</th></tr>{cells}")
    return facts_table({name: value for name, value in facts.items() if name != "run_on" or value != facts.get("profile")})


def facts_table(facts: Mapping[str, object]) -> str:
    """Return facts by name."""
    rows = "".join(f"<tr><th>{escape(name.replace('_', ' '))}</th><td>{value_shown(value)}</td></tr>" for name, value in facts.items())
    return framed(rows) if rows else ""


def framed(rows: str) -> str:
    """Return a table that is moved, not cut, where it is wider than the page."""
    return f'<div class="table-wrapper docutils" style="overflow-x: auto"><table class="docutils">{rows}</table></div>'


def value_shown(value: object) -> str:
    """Return a value: a record by its fields, records of one class as a table, and all else as a text."""
    if isinstance(value, tuple) and len({type(each) for each in value}) == 1 and is_shown_by_fields(value[0]):
        names = [part.name for part in fields(type(value[0]))]
        heads = "".join(f"<th>{escape(name.replace('_', ' '))}</th>" for name in names)
        return f"<table>{f'<tr>{heads}</tr>'}{''.join(f'<tr>{cells_of(each, names)}</tr>' for each in value)}</table>"
    if is_shown_by_fields(value):
        parts = ((part.name, value_shown(getattr(value, part.name))) for part in fields(type(value)))
        return f"{escape(type(value).__name__)}<table>{''.join(f'<tr><th>{escape(name)}</th><td>{shown}</td></tr>' for name, shown in parts)}</table>"
    return escape(text(value))


def is_shown_by_fields(value: object) -> bool:
    """Tell whether a value is a record of a protocol that has no text of its own, as an address has."""
    kind = type(value)
    return has(kind) and not kind.__module__.startswith(OURS) and kind.__str__ is object.__str__ and bool(fields(kind))


def cells_of(value: object, names: Iterable[str]) -> str:
    """Return the fields of a record, a cell each."""
    return "".join(f"<td>{value_shown(getattr(value, name))}</td>" for name in names)
