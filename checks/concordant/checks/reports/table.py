"""Pages that are generated: docs/catalogue.md, docs/defects.md, docs/audit.md, docs/mutants.md, docs/larger.md, and the README's table with a few systems.

`python -m concordant.checks.reports.table` renews them where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from concordant.checks.catalogue import systems
from concordant.checks.index import protocols_by_stem
from concordant.checks.misuse import Misuse
from concordant.checks.mutation import page as mutants
from concordant.checks.registry import Protocol, protocol, protocols, theorems_alone
from concordant.checks.reports import audited, defects, larger
from concordant.proofs.kernel.symbolic import RuleTheorem

BEGIN, END = "<!-- systems: begin -->", "<!-- systems: end -->"
SHOWN = (
    "unanimous_consent",
    "two_phase_commit",
    "paxos_synod",
    "stage_executor",
    "ballot_box",
    "borda_count",
    "vickrey_auction",
    "call_double_auction",
)
"""What the README shows: one of each kind, from easy to hard."""
INTRODUCTION = """\
# The systems

The documents describe {all} systems; {here} of them are here. What stands behind each today: States of processes, or profiles of a rule, are those of all scopes, as pinned in the
scope files and compared by `make test`. Within a group the systems with fewer states come first. `make pages` renews this
page; do not edit it."""
HEAD = "| system | what it is | clauses | scopes | judged on | pitfalls refuted | known violations | proved |\n|---|---|--:|--:|--:|--:|--:|---|"


def catalogue() -> str:
    """Return the page of all systems, by group, and of the theorems that are about none of them."""
    sections = [INTRODUCTION.format(here=sum(system.stands for system in systems()), all=len(systems()))]
    for group in sorted({system.group for system in systems()}):
        stems = [entry.stem for entry in protocols_by_stem().values() if entry.group == group]
        ranked = sorted(map(protocol, stems), key=lambda each: sum(_counts(each)))
        table = [f"{HEAD}\n" + "\n".join(map(row, ranked))] if ranked else []
        absent = [f"- `{system.system}`: {system.purpose}" for system in systems() if system.group == group and not system.stands]
        missing = ["Not here yet:\n\n" + "\n".join(absent)] if absent else []
        sections.append("\n\n".join([f"## {group.capitalize()}", *table, *missing]))
    alone = "\n".join(f"- `{each.stem}`: {each.title}" for each in theorems_alone())
    return "\n\n".join([*sections, f"## Theorems about no system alone\n\n{alone}"]) + "\n"


def row(each: Protocol) -> str:
    """Return a system's row."""
    proved = ", ".join(_proved(each)) or "nothing yet"
    numbers = f"{len(each.clauses)} | {len(each.explored)} | {_judged_on(each)} | {len(each.pitfalls)} | {len(each.known_violations)}"
    return f"| `{each.stem}` | {each.title} | {numbers} | {proved} |"


def few(chosen: Iterable[Protocol]) -> str:
    """Return the README's table: what each system is, and how many clauses and mistakes are judged."""
    rows = [f"| `{each.stem}` | {each.title} | {len(each.clauses)} | {len(each.pitfalls)} |" for each in chosen]
    return "\n".join(["| system | what it is | clauses | mistakes refuted |", "|---|---|--:|--:|", *rows])


def _proved(each: Protocol) -> Iterator[str]:
    """Yield what `concordant prove` proves for every size, by name, and how many theorems run the rule, for sizes that each says."""
    known = [theorem for theorem in each.theorems if not theorem.example and not theorem.large]
    run = sum(isinstance(theorem, RuleTheorem) for theorem in known)
    yield from (theorem.id.partition(".")[2].replace("_", " ") for theorem in known if not isinstance(theorem, RuleTheorem))
    if run:
        yield f"{run} theorems by running the rule on all amounts"


def _counts(each: Protocol) -> tuple[int, int]:
    pinned = (*(scope.expected for scope in each.scopes), *(family.expected for family in each.families))
    return (
        sum(counts.states for counts in pinned if counts is not None),
        sum(grid.expected.profiles for grid in each.grids if grid.expected is not None),
    )


def _judged_on(each: Protocol) -> str:
    return (
        ", ".join(f"{count:,} {what}" for count, what in zip(_counts(each), ("states", "profiles"), strict=True) if count) or "nothing yet"
    )


def with_table(text: str) -> str:
    """Return a document with the table between its marks renewed; one without the marks is a Misuse."""
    if BEGIN not in text or END not in text:
        raise Misuse(f"the document has no marks {BEGIN} and {END} between which the table could stand")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{few(protocols(SHOWN))}\n{END}{after}"


def main() -> None:
    """Renew the pages of the folder in which this is run."""
    readme = Path("README.md")
    readme.write_text(with_table(readme.read_text(encoding="utf-8")), encoding="utf-8")
    Path("docs/catalogue.md").write_text(catalogue(), encoding="utf-8")
    Path("docs/defects.md").write_text(defects.page(), encoding="utf-8")
    Path("docs/audit.md").write_text(audited.page(), encoding="utf-8")
    Path("docs/mutants.md").write_text(mutants.page(), encoding="utf-8")
    Path("docs/larger.md").write_text(larger.page(), encoding="utf-8")


if __name__ == "__main__":
    main()
