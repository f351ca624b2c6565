"""The command line: `concordant list`, `check`, `refute`, `explain`, `prove`."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from concordant.checks import jobs as side_by_side
from concordant.checks.engines import Engine
from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.judge import BrokenClause
from concordant.checks.exploration.refute import Refutation
from concordant.checks.exploration.replay import CannotReplay
from concordant.checks.exploration.search import Progress
from concordant.checks.proving import prove_all
from concordant.checks.registry import Protocol, UnknownName, find, protocols
from concordant.checks.reports.explain import explain_clause, explain_pitfall, explain_protocol
from concordant.checks.reports.json_report import write_json
from concordant.checks.reports.terminal import print_protocol, print_refutation, print_totals
from concordant.checks.reports.theorems import print_theorem, print_theorems_total, standing_code
from concordant.checks.run import USAGE, Result, Task, exit_code, stem_of, tasks_to_check
from concordant.checks.semantics.handlers import BrokenProcess
from concordant.checks.semantics.parts import BrokenHistory
from concordant.checks.semantics.symmetry_check import UntrueSymmetry
from concordant.checks.tabulated.numbers import Unsuited
from concordant.proofs.kernel.theorems import theorems
from concordant.refimpl.machine import Pitfall

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__, rich_markup_mode=None)

Names = Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="protocols by stem; all of them if none is given")]
BudgetOption = Annotated[
    str | None, typer.Option("--budget", help="stop each search after 30s, 5m, 200000 states, 2GiB; several with commas")
]
JobsOption = Annotated[int, typer.Option("--jobs", "-j", min=1, help="how many processes work side by side")]
ReportOption = Annotated[list[str] | None, typer.Option("--report", metavar="FORMAT=FILE", help="also write a report, as json=FILE")]

MISTAKES = (UnknownName, UntrueSymmetry, Unsuited, BrokenProcess, BrokenClause, BrokenHistory, CannotReplay, ValueError, TypeError)
"""What is said in a sentence instead of a traceback: wrong names, and functions of a protocol that break the rules."""


def main() -> None:
    """Run the command line."""
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(Path(tempfile.gettempdir(), "concordant")))  # not where the user works
    try:
        app()
    except MISTAKES as mistake:
        Console(stderr=True).print(f"concordant: {mistake}", markup=False, highlight=False, soft_wrap=True)
        if os.environ.get("CONCORDANT_TRACEBACK"):
            raise
        sys.exit(USAGE)


@app.command("list")
def list_() -> None:
    """List the protocols, with what is known of each."""
    width = max(len(each.stem) for each in protocols())
    for each in protocols():
        counts = f"{len(each.clauses):>2} clauses {len(each.explored):>2} scopes {len(each.pitfalls):>2} pitfalls"
        console().print(f"{each.stem:{width}}  {counts}  {each.title}", markup=False, soft_wrap=True)


@app.command()
def check(
    names: Names = None,
    scope: Annotated[str | None, typer.Option("--scope", metavar="NAME|SIZE", help="a scope by name, or small, medium, large")] = None,
    budget: BudgetOption = None,
    jobs: JobsOption = os.cpu_count() or 1,
    engine: Annotated[Engine, typer.Option("--engine", help="the explorer; auto takes the tabulated one for large scopes")] = Engine.AUTO,
    report: ReportOption = None,
) -> None:
    """Explore protocols exhaustively: every clause in every scope; without --scope, small scopes and quick pitfalls."""
    chosen = protocols(names or ())
    files = _files(report)
    tasks = list(tasks_to_check(chosen, scope, engine))
    began = time.perf_counter()
    results = _run(chosen, tasks, jobs, Budget.parse(budget) if budget else None, print_protocol)
    print_totals(console(), results, time.perf_counter() - began)
    for file in files:
        write_json(file, results)
    finished = {stem_of(result) for result in results}
    sys.exit(exit_code([each for each in chosen if each.stem in finished], results))


@app.command("refute")
def refute_(
    names: Annotated[list[str] | None, typer.Argument(metavar="[STEM|DEFECT]...", help="protocols, or pitfalls such as PAX-1")] = None,
    budget: BudgetOption = None,
    jobs: JobsOption = os.cpu_count() or 1,
    report: ReportOption = None,
) -> None:
    """Refute pitfalls: every mistake must break its clause, by a counterexample of the length that it claims."""
    chosen: dict[str, Protocol] = {}
    tasks: list[Task] = []
    for name in names or [each.stem for each in protocols()]:
        where, part = find(name)
        chosen[where.stem] = where
        pitfalls = where.pitfalls if part is None else (part,)
        for pitfall in pitfalls:
            if not isinstance(pitfall, Pitfall):
                raise ValueError(f"{name} is a clause, not a pitfall; `concordant explain {name}` shows what breaks it")
            tasks.append(Task(where.stem, "pitfall", pitfall.id))
    files = _files(report)
    began = time.perf_counter()

    def show(to: Console, protocol: Protocol, results: Iterable[Result]) -> None:
        for result in results:
            if isinstance(result, Refutation) and stem_of(result) == protocol.stem:
                print_refutation(to, result)

    results = _run(tuple(chosen.values()), tasks, jobs, Budget.parse(budget) if budget else None, show)
    print_totals(console(), results, time.perf_counter() - began)
    for file in files:
        write_json(file, results)
    sys.exit(exit_code((), results))


@app.command()
def explain(name: Annotated[str, typer.Argument(metavar="STEM|CLAUSE|DEFECT")]) -> None:
    """Explain a protocol, a clause or a pitfall: the sentence, the argument, the source, the run that shows it."""
    where, part = find(name)
    if part is None:
        lines = explain_protocol(where)
    elif isinstance(part, Pitfall):
        lines = explain_pitfall(part)
    else:
        lines = explain_clause(where, part)
    for line in lines:
        console().print(line, markup=False, highlight=False, soft_wrap=True)


@app.command()
def prove(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[STEM|THEOREM]...", help="protocols, or theorems by id; by default all")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="print each proof as a page: claim, model, invariant, what needs what, mutants")
    ] = False,
    large: Annotated[
        bool, typer.Option("--large", help="also what takes minutes; a theorem that is named by its id is proved anyway")
    ] = False,
    jobs: JobsOption = os.cpu_count() or 1,
) -> None:
    """Prove theorems for every size: each with its claim, over what it ranges, how it stands, and the time it took."""
    known = theorems()
    stems_ = {theorem.stem for theorem in known}
    for name in names or ():
        if name not in stems_ | {theorem.id for theorem in known}:
            raise UnknownName(name, stems_ | {theorem.id for theorem in known}, "theorem, or protocol with one,")
    asked = [theorem for theorem in known if not names or theorem.stem in names or theorem.id in names]
    chosen = [theorem for theorem in asked if large or not theorem.large or theorem.id in (names or ())]
    outcomes = []
    for theorem, outcome in prove_all(chosen, jobs):
        if explain and theorem.explain is not None:
            for line in theorem.explain():
                console().print(line, markup=False, highlight=False, soft_wrap=True)
        outcomes.append(outcome)
        print_theorem(console(), theorem, outcome)
    left_out = [theorem.id for theorem in asked if theorem not in chosen]
    if left_out:
        console().print(f"large, and only proved with --large: {', '.join(left_out)}", style="dim", soft_wrap=True)
    print_theorems_total(console(), outcomes)
    sys.exit(standing_code(outcomes))


def _run(
    chosen: Sequence[Protocol],
    tasks: list[Task],
    jobs: int,
    budget: Budget | None,
    show: Callable[[Console, Protocol, Iterable[Result]], None],
) -> list[Result]:
    """Run tasks, showing each protocol when the last of its own is done. Ctrl-C shows what is done by then."""
    results: list[Result] = []
    left = {each.stem: sum(task.stem == each.stem for task in tasks) for each in chosen}
    by_stem = {each.stem: each for each in chosen}
    shown: set[str] = set()
    with _progress(len(tasks)) as progress:
        try:
            for task, result in zip(tasks, side_by_side.run_all(tasks, jobs, budget, progress), strict=True):
                results.append(result)
                left[task.stem] -= 1
                if not left[task.stem]:
                    shown.add(task.stem)
                    show(console(), by_stem[task.stem], results)
        except KeyboardInterrupt:
            console().print("interrupted; this is what was decided before", style="yellow")
    for stem, each in by_stem.items():
        if stem not in shown and any(stem_of(result) == stem for result in results):
            show(console(), each, results)
    return results


@contextmanager
def _progress(tasks: int) -> Any:
    """Show on a terminal how far a long search has come; nothing where nobody watches."""
    err = Console(stderr=True)
    if not err.is_terminal or not tasks:
        yield None
        return
    with err.status("exploring") as status:

        def tell(task: Task, news: Progress) -> None:
            rate = news.states / news.seconds if news.seconds else 0
            status.update(f"{task.text}: {news.states:,} states, depth {news.depth}, {news.frontier:,} waiting, {rate:,.0f} states/s")

        yield tell


def _files(report: list[str] | None) -> list[Path]:
    files = []
    for item in report or ():
        kind, equals, file = item.partition("=")
        if kind != "json" or not equals or not file:
            raise ValueError(f"--report {item!r} must be FORMAT=FILE with the format json, such as --report json=report.json")
        files.append(Path(file))
    return files


def console() -> Console:
    """Return the console to print on: as wide as the terminal, and wide enough for a table where there is none."""
    plain = Console(highlight=False)
    return plain if plain.is_terminal else Console(highlight=False, width=140)
