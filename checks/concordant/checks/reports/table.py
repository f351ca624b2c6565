"""The README's table of systems: what stands behind each, from the registry."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from concordant.checks.registry import Protocol, protocols
from concordant.proofs.kernel.symbolic import RuleTheorem
from concordant.proofs.kernel.theorems import theorems

BEGIN, END = "<!-- systems: begin -->", "<!-- systems: end -->"


def systems_table(chosen: Iterable[Protocol]) -> str:
    """Return the table in Markdown. States and profiles are those of all scopes, as their files pin them."""
    lines = [
        "| system | what it is | clauses | scopes | judged on | pitfalls refuted | proved |",
        "|---|---|--:|--:|--:|--:|---|",
    ]
    for each in chosen:
        numbers = f"{len(each.clauses)} | {len(each.explored)} | {_judged_on(each)} | {len(each.pitfalls)}"
        proved = ", ".join(_proved(each.stem)) or "nothing yet"
        lines.append(f"| `{each.stem}` | {each.title} | {numbers} | {proved} |")
    return "\n".join(lines)


def _proved(stem: str) -> Iterator[str]:
    """Yield what `concordant prove` proves for every size, by name, and how many theorems run the rule, for sizes that each says."""
    known = [theorem for theorem in theorems() if theorem.stem == stem and not theorem.example and not theorem.large]
    run = sum(isinstance(theorem, RuleTheorem) for theorem in known)
    yield from (theorem.id.partition(".")[2].replace("_", " ") for theorem in known if not isinstance(theorem, RuleTheorem))
    if run:
        yield f"{run} theorems by running the rule on all amounts"


def _judged_on(each: Protocol) -> str:
    pinned = (*(scope.expected for scope in each.scopes), *(family.expected for family in each.families))
    states = sum(counts.states for counts in pinned if counts is not None)
    profiles = sum(grid.expected.profiles for grid in each.grids if grid.expected is not None)
    return ", ".join(f"{count:,} {what}" for count, what in ((states, "states"), (profiles, "profiles")) if count) or "nothing yet"


def with_table(text: str) -> str:
    """Return a document with the table between its marks renewed; one without the marks is a ValueError."""
    if BEGIN not in text or END not in text:
        raise ValueError(f"the document has no marks {BEGIN} and {END} between which the table could stand")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{systems_table(protocols())}\n{END}{after}"


def main(path: Path) -> None:
    """Renew the table in a file."""
    path.write_text(with_table(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
