"""What exploring came to, and what it never did: branches of the machine by function, inputs, and clauses by fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_

from attrs import frozen
from rich.console import Console
from rich.table import Table
from rich.text import Text

from concordant.checks.answers import EXPLORING, Answer, standings, unjudged_claims
from concordant.checks.exploration.branches import Branch, Branches
from concordant.checks.exploration.report import Status
from concordant.checks.reports.totals import counted
from concordant.checks.reports.words import flags
from concordant.spec.vocabulary import Fault


@frozen
class Covered:
    """A line of the table. `came`: how much of it came about, such as `3 of 4`; `under`: which faults; `never`: what did not, each in words."""

    what: str
    came: str
    under: str = ""
    never: tuple[str, ...] = ()


def lines(answers: Sequence[Answer]) -> tuple[Covered, ...]:
    """Return the table of a protocol: its branches, its inputs, and its clauses; nothing where coverage was not asked for."""
    if all(answer.branches is None for answer in answers):
        return ()
    return (*_branches(together(answers)), *_inputs(answers), *_clauses(answers))


def together(answers: Iterable[Answer]) -> Branches:
    """Return the branches that some answer took, and those that none did."""
    found = [answer.branches for answer in answers if answer.branches is not None]
    taken = {branch for each in found for branch in each.taken}
    never = {branch for each in found for branch in each.never} - taken
    return Branches(tuple(sorted(taken)), tuple(sorted(never)))


def never_enabled(answers: Iterable[Answer]) -> tuple[str, ...]:
    """Return the inputs of roles that came about in no scope."""
    notes = [answer.note("never_enabled") for answer in answers if answer.kind in EXPLORING]
    each: list[set[tuple[str, str]]] = [set() if note is None else set(note.fields["value"]) for note in notes]  # type: ignore[call-overload]  # pairs of texts
    return tuple(f"{role} {what}" for role, what in sorted(set.intersection(*each) if each else set()))


def print_coverage(console: Console, answers: Sequence[Answer]) -> None:
    """Print the table, where coverage was asked for."""
    found = lines(answers)
    if not found:
        return
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=True, header_style="dim")
    table.add_column("    coverage", no_wrap=True)
    table.add_column("came about", justify="right", no_wrap=True)
    table.add_column("under")
    table.add_column("never")
    for line in found:
        table.add_row(f"    {line.what}", line.came, line.under, Text("\n".join(line.never), "yellow"))
    console.print(table)


def _branches(branches: Branches) -> Iterator[Covered]:
    """Yield a line on all of them, and one per function with a branch that was never taken. Of one that was never called nothing else is said."""
    every = sorted((*branches.taken, *branches.never))
    functions = dict.fromkeys((branch.file, branch.function) for branch in every)
    yield Covered(f"branches of {counted(len(functions), 'function')}", f"{len(branches.taken)} of {len(every)}")
    for file, function in functions:
        own = [branch for branch in every if (branch.file, branch.function) == (file, function)]
        never = [branch for branch in own if branch in branches.never]
        uncalled = [branch for branch in never if branch.how == "called"]
        if never:
            yield Covered(function, f"{len(own) - len(never)} of {len(own)}", never=tuple(map(_said, uncalled or never)))


def _said(branch: Branch) -> str:
    return f"{branch.file}:{branch.line}  {f'{branch.what}: ' if branch.what else ''}never {branch.how}"


def _inputs(answers: Sequence[Answer]) -> Iterator[Covered]:
    if any(answer.kind in EXPLORING for answer in answers):
        never = never_enabled(answers)
        yield Covered("inputs", "not all" if never else "all", never=tuple(f"{each}: never enabled" for each in never))


def _clauses(answers: Sequence[Answer]) -> Iterator[Covered]:
    """Yield a line per clause: how many cases it had, under which faults, and under which that it claims to survive it had none."""
    claims = {clause: faults for _, clause, faults in unjudged_claims(answers)}
    for each in standings(answers):
        under = reduce(or_, (verdict.judged_under for verdict in each.verdicts), Fault.NONE)
        never = () if each.cases else ("a case came about",) if each.status is Status.VACUOUS else (each.status.value,)
        left = (f"judged under {flags(claims[each.clause])}",) if each.clause in claims else ()
        yield Covered(each.clause.name, counted(each.cases, "case"), flags(under), (*never, *left))
