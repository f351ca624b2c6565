"""A page for each protocol, made from its specification when the site is built: what it says is what the checks read."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from textwrap import dedent
from types import ModuleType

from attrs import fields, has
from gallery import place_of

from concordant.checks.explorer.tables.rules import is_ruled
from concordant.checks.index import protocols_by_stem
from concordant.checks.registry import SPEC, Protocol, protocol
from concordant.refimpl.machine import KnownViolation, Pitfall
from concordant.spec.vocabulary import Clause

PLACES = 30
"""How many places, or profiles, a page holds that is embedded."""
ROOT = Path(__file__).resolve().parents[1]
HEADS = ("Source:", "Assumes:", "Does not promise:")
"""How paragraphs of a specification's text begin, which stand in one there."""
HARD = "# The hard step"
"""How the comment begins that says why the one step holds on which all else leans."""


def write_all(folder: Path) -> None:
    """Write all pages, and one that lists them; what has not changed is left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    stems = list(protocols_by_stem())
    for stem in stems:
        _write(folder / f"{stem}.md", "\n".join(page(protocol(stem))))
    _write(folder / "index.md", "\n".join(("# Protocols", "", "```{toctree}", ":maxdepth: 1", "", *stems, "```", "")))


def _write(file: Path, text: str) -> None:
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        file.write_text(text, encoding="utf-8")


def page(about: Protocol) -> Iterator[str]:
    """Yield the lines of the page of a protocol."""
    sentence, _, rest = about.text.partition("\n")
    yield from (f"# {about.stem}", "", _plain(sentence), "")
    for line in rest.strip().splitlines():
        yield from ("", _plain(line)) if line.startswith(HEADS) else (_plain(line),)
    name = f"concordant explore {about.stem}" if about.scopes or about.grids else f"concordant check {about.stem}"
    yield from ("", "```console", f"$ {name}", f"$ concordant check {about.stem} --verbose", "```", "")
    yield from _embedded(about)
    yield from _clauses(about)
    yield from _hard_step(about)
    yield from _said(about)
    yield from _scopes(about)
    yield from _mistakes(about)
    yield from _theorems(about)
    yield from _sources(about)


def _embedded(about: Protocol) -> Iterator[str]:
    """Yield a page to step through, with some of its places: of a situation, or the table of a rule."""
    name = (
        f"{about.stem}.{about.situations[0].name}"
        if about.situations
        else about.stem
        if is_ruled(about, None, None) and about.grids
        else None
    )
    if name is not None:
        yield from (f"```{{explorer}} {name}", f":places: {PLACES}", "```", "")


def _clauses(about: Protocol) -> Iterator[str]:
    yield from ("## What it promises", "")
    for clause in about.clauses:
        if clause.stem != about.stem and not about.promises(clause):
            continue
        yield from (f"**{clause.name.replace('_', ' ')}**: {_plain(clause.sentence)}{_broken_by(about, clause)}", "")
        if clause.argument:
            yield from (*(_plain(line) for line in clause.argument.splitlines()), "")


def _broken_by(about: Protocol, clause: Clause) -> str:
    breaking = [_told(about, each) for each in about.pitfalls if each.breaks.id == clause.id]
    return f" Broken by {', '.join(breaking)}." if breaking else ""


def _told(about: Protocol, mistake: Pitfall | KnownViolation) -> str:
    """Return the id of a mistake, with a link to its story."""
    return f"[`{mistake.id}`](../gallery/{place_of(about, mistake.id)})"


def _hard_step(about: Protocol) -> Iterator[str]:
    """Yield the argument that stands at the hard step of its machine, and the function in which it stands, with a mark in its place."""
    for module in about.load("refimpl"):
        lines = inspect.getsource(module).splitlines()
        for place, line in enumerate(lines):
            if line.lstrip().startswith(HARD):
                comment = list(takewhile(lambda each: each.lstrip().startswith("#"), lines[place:]))
                argument = " ".join(each.strip().removeprefix("# ") for each in comment).removeprefix(HARD.removeprefix("# "))[2:]
                first, last = _function_at(module, place + 1)
                marked = line.partition("#")[0] + HARD.lower()
                step = (*lines[first - 1 : place], marked, *lines[place + len(comment) : last])
                yield from ("## The hard step", "", _plain(argument[:1].upper() + argument[1:]), "")
                yield from ("```python", dedent("\n".join(step)), "```", "")


def _function_at(module: ModuleType, line: int) -> tuple[int, int]:
    """Return the first and the last line of the innermost function in which a line stands, or above which."""
    functions = (each for each in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(each, ast.FunctionDef))
    around = [(each.lineno, each.end_lineno or 0) for each in functions if each.lineno <= line <= (each.end_lineno or 0)]
    return max(around)


def _said(about: Protocol) -> Iterator[str]:
    """Yield the records of its specification, messages and events and views, each with its sentence and its fields."""
    found = [
        kind
        for module in about.load(SPEC)
        for kind in vars(module).values()
        if isinstance(kind, type) and kind.__module__ == module.__name__ and has(kind) and not kind.__name__.startswith("_")
    ]
    if not found:
        return
    yield from ("## What is said, asked and seen", "", "| | fields | |", "|---|---|---|")
    for kind in found:
        named = ", ".join(f"`{part.name}`" for part in fields(kind))
        yield f"| `{kind.__name__}` | {named} | {_plain((inspect.getdoc(kind) or '').partition(chr(10))[0]).replace('|', '&#124;')} |"
    yield ""


def _scopes(about: Protocol) -> Iterator[str]:
    rows = [(each.name, each.shows, _counted(each.expected)) for each in about.explored]
    if rows:
        yield from ("## What was explored", "", "| scope | of | found |", "|---|---|---|")
        yield from (f"| `{name}` | {_plain(shows)} | {counts} |" for name, shows, counts in rows)
        yield ""


def _counted(expected: object) -> str:
    if expected is None or not has(type(expected)):
        return ""
    counts = {part.name: getattr(expected, part.name) for part in fields(type(expected))}
    return ", ".join(
        f"{value:,} {name.replace('_', ' ')}"
        for name, value in counts.items()
        if isinstance(value, int) and not isinstance(value, bool) and (name, value) != ("members", 1)
    )


def _mistakes(about: Protocol) -> Iterator[str]:
    if about.pitfalls:
        yield from ("## Mistakes that are found", "", "| | what is done wrong | breaks |", "|---|---|---|")
        yield from (f"| {_told(about, each)} | {_plain(each.mistake)} | {each.breaks.name.replace('_', ' ')} |" for each in about.pitfalls)
        yield ""
    if about.known_violations:
        yield from ("## What it does not keep", "", "| | | why |", "|---|---|---|")
        yield from (
            f"| {_told(about, each)} | {each.clause.name.replace('_', ' ')} | {_plain(each.why)} |" for each in about.known_violations
        )
        yield ""


def _theorems(about: Protocol) -> Iterator[str]:
    if about.theorems:
        yield from ("## What is proved", "")
        yield from (f"- {_plain(' '.join(f'{each.claim} ({each.quantifiers})'.split()))}" for each in about.theorems)
        yield from ("", f"`concordant prove {about.stem}` proves it again.", "")


def _sources(about: Protocol) -> Iterator[str]:
    files = {Path(inspect.getfile(module)).relative_to(ROOT) for part in ("spec", "refimpl") for module in about.load(part)}
    yield from ("## Its files", "")
    yield from (f"- `{each.as_posix()}`" for each in sorted(files))
    yield ""


def _plain(text: str) -> str:
    """Return a text whose signs mean nothing to Markdown but code in backticks."""
    parts = text.split("`")
    return "`".join(part if place % 2 else _escaped(part) for place, part in enumerate(parts)) if len(parts) % 2 else _escaped(text)


def _escaped(text: str) -> str:
    for sign in "\\*_[]<>#{}$|`":
        text = text.replace(sign, f"\\{sign}")
    return text
