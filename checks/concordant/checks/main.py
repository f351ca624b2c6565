"""Formally specified reference implementations of coordination protocols: explored, refuted, proved, explained."""

from __future__ import annotations

import errno
import os
import sys
import time
import traceback
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from concordant.checks.conform.command import conform
from concordant.checks.exit_codes import BUG, INTERRUPTED, MISUSE, OK
from concordant.checks.explorer.command import explore
from concordant.checks.hiring import dividing, hired_of
from concordant.checks.histories.command import check_history
from concordant.checks.index import protocols_by_stem
from concordant.checks.lessons.command import app as lessons
from concordant.checks.misuse import BrokenRule, Misuse
from concordant.checks.options import (
    BudgetOption,
    ClusterOption,
    JobsOption,
    Names,
    NoCache,
    ReportOption,
    ScopeOption,
    Verbose,
    reporters_of,
    scopes_from,
)
from concordant.checks.showing import explain, list_, print_lines, replay
from concordant.checks.starting.command import new
from concordant.checks.supervision import set_limits, supervised
from concordant.checks.validating.command import validate
from concordant.checks.vectors.command import vectors

if TYPE_CHECKING:
    from rich.console import Console

    from concordant.checks.cache.settled import Lines
    from concordant.checks.questions.question import Means, Question
    from concordant.checks.reports.reporter import Reporter
    from concordant.checks.running import Event, Hired


app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help=__doc__,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

CORES = os.cpu_count() or 1
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_told: list[int] = []
"""The exit code of a run whose reports are written."""


def main() -> None:
    """Run the command line in a process of its own, and leave with its exit code."""
    set_limits()
    sys.exit(supervised(code, _say))


def code() -> int:
    """Run the command line, and return its exit code."""
    from concordant.checks.reports.encoding import fall_back  # noqa: PLC0415  # with rich, which --help does not need

    fall_back(sys.stdout)
    completes = bool(os.environ.get("_CONCORDANT_COMPLETE"))
    try:
        ended: int = app(standalone_mode=False)
        sys.stdout.flush()  # an output that takes nothing says so here
    except (Misuse, BrokenRule) as mistake:
        _say(str(mistake))
        if os.environ.get("CONCORDANT_TRACEBACK"):
            traceback.print_exc()
        return MISUSE
    except (KeyboardInterrupt, typer.Abort):
        _say("interrupted")
        return INTERRUPTED
    except SystemExit as left:  # no command of ours leaves so, only what completes a word for a shell
        if completes and isinstance(left.code, int):
            return left.code
        if not isinstance(left.__context__, BrokenPipeError):
            _say(f"a function of a protocol ends the program, by sys.exit({left.code!r}) or the like")
            return MISUSE
        _say_no_more()  # `| head` has read enough, and learns nothing of the rest
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  # whatever else is raised is a bug of ours
        if hasattr(error, "show"):  # of typer, about options: its classes have other homes in other versions
            error.show()
            return MISUSE
        if isinstance(error, OSError) and error.errno in FULL:
            _say_no_more()
            _say(f"{error.filename or 'the output'} takes no more: {error.strerror}; make room, or write elsewhere")
            return MISUSE
        with suppress(OSError):
            traceback.print_exc()
        _say("this is a bug of Concordant, not a mistake of yours; please report it with the lines above")
        return BUG
    if ended == INTERRUPTED and not _told:  # some versions of typer say by this number that Ctrl-C was pressed
        _say("interrupted")
    return ended or OK


def _say_no_more() -> None:
    """Let what is left to be printed go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(text: str) -> None:
    with suppress(OSError):  # where errors are printed there may be no room either
        typer.echo(f"concordant: {text}", err=True)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415

        typer.echo(f"concordant {version('concordant')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="print the version")] = False,
) -> None:
    """Do what the help of the application says."""


app.command("list")(list_)


@app.command()
def check(
    names: Names = None,
    scope: ScopeOption = None,
    budget: BudgetOption = None,
    jobs: JobsOption = CORES,
    cluster: ClusterOption = None,
    divide: Annotated[
        bool, typer.Option("--divide", help="with --cluster: divide each search over all workers, one search after another")
    ] = False,
    engine: Annotated[
        str, typer.Option("--engine", help="auto, reference or tabulated; auto takes tables where it sees that these are quicker")
    ] = "auto",
    report: ReportOption = None,
    verbose: Verbose = False,
    breakdown: Annotated[bool, typer.Option("--breakdown", help="also print where the states come from, and where the time goes")] = False,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="also print which branches of the machines, and which inputs, no scope came to")
    ] = False,
    checkpoint: Annotated[
        Path | None,
        typer.Option(
            "--checkpoint", metavar="FILE", help="save the search of one scope every minute and when it is stopped; go on from it"
        ),
    ] = None,
    no_cache: NoCache = False,
    update_counts: Annotated[
        bool, typer.Option("--update-counts", help="pin the counts of your own scopes, as they are now, in concordant.lock.json")
    ] = False,
) -> int:
    """Explore protocols exhaustively: every clause in every scope; without --scope, small scopes, and quick pitfalls by their recorded runs."""
    also = reporters_of(report)  # first of all: of a file that is not even loaded an earlier run has nothing to say
    stems = _known(names) or tuple(protocols_by_stem())
    elsewhere = None if divide else hired_of(cluster, jobs, "--checkpoint" if checkpoint else "")
    from concordant.checks.cache.settled import Lines  # noqa: PLC0415  # what takes time to load is loaded after wrong names are refused
    from concordant.checks.questions import asking  # noqa: PLC0415
    from concordant.checks.registry import protocols  # noqa: PLC0415

    means = _means(budget, engine=engine, breakdown=breakdown, coverage=coverage, checkpoint=checkpoint, recorded=True)
    plain = scope is None and not (divide or report or verbose or breakdown or coverage or checkpoint or no_cache or update_counts)
    lines = Lines.of(stems, means) if plain else None
    left = [stem for stem in stems if lines is None or stem not in lines.settled]
    questions = asking.to_search(asking.to_check(protocols(left), scope), means) if left else []
    shown, whole = verbose or breakdown, asking.asks_all_small(scope)
    with dividing(cluster, jobs, means) if divide else nullcontext(means) as means:
        jobs, no_cache = (1, True) if divide else (jobs, no_cache)
        return _run(
            questions, means, jobs, also, lines, elsewhere, verbose=shown, whole=whole, no_cache=no_cache, update_counts=update_counts
        )


@app.command()
def walk(
    names: Names = None,
    scope: Annotated[
        str | None,
        typer.Option(
            "--scope",
            metavar="NAME|SIZE",
            help="scopes by name or size, with commas; by default the largest of each protocol",
            autocompletion=scopes_from,
        ),
    ] = None,
    walks: Annotated[int, typer.Option("--walks", "-n", min=1, help="how many walks, each from the initial state")] = 10_000,
    depth: Annotated[int, typer.Option("--depth", min=1, help="how many moves a walk has at most")] = 100,
    seed: Annotated[int, typer.Option("--seed", help="the same seed gives the same walks")] = 0,
    budget: BudgetOption = None,
    jobs: JobsOption = CORES,
    report: ReportOption = None,
    verbose: Verbose = False,
) -> int:
    """Walk at random through scopes that are too large to explore: violations are minimised, and nothing is said to hold."""
    also, stems = reporters_of(report), _known(names)
    from concordant.checks.questions import asking  # noqa: PLC0415
    from concordant.checks.questions.question import Walk  # noqa: PLC0415
    from concordant.checks.registry import protocols  # noqa: PLC0415

    means = _means(budget, walk=Walk(walks, depth, seed))
    return _run(asking.to_walk(protocols(stems), scope), means, jobs, also, verbose=verbose)


@app.command()
def refute(
    names: Annotated[list[str] | None, typer.Argument(metavar="[STEM|DEFECT]...", help="protocols, or pitfalls such as PAX-1")] = None,
    budget: BudgetOption = None,
    jobs: JobsOption = CORES,
    cluster: ClusterOption = None,
    report: ReportOption = None,
    verbose: Verbose = False,
    no_cache: NoCache = False,
) -> int:
    """Refute pitfalls: every mistake must break its clause, by a counterexample of the length that it claims."""
    also, elsewhere = reporters_of(report), hired_of(cluster, jobs)
    from concordant.checks.questions import asking  # noqa: PLC0415

    questions = asking.to_refute(names or ())
    named = any(name not in protocols_by_stem() for name in names or ())
    return _run(questions, _means(budget), jobs, also, elsewhere=elsewhere, verbose=verbose or named, no_cache=no_cache)


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
    budget: BudgetOption = None,
    jobs: JobsOption = CORES,
    cluster: ClusterOption = None,
    report: ReportOption = None,
    verbose: Verbose = False,
    no_cache: NoCache = False,
) -> int:
    """Prove theorems for every size, and cross the bridges that tie the code to the proved models."""
    also, elsewhere = reporters_of(report), hired_of(cluster, jobs)
    from concordant.checks.questions import asking  # noqa: PLC0415
    from concordant.checks.reports.explain import proof_lines  # noqa: PLC0415

    questions, left_out = asking.to_prove(names or (), large=large)
    print_lines(proof_lines(questions) if explain else ())
    print_lines([f"large, and only proved with --large: {', '.join(left_out)}"] if left_out else ())
    return _run(questions, _means(budget), jobs, also, elsewhere=elsewhere, verbose=verbose or bool(names), no_cache=no_cache)


@app.command()
def mutants(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="as for check, or families of clauses: auctions …")] = None,
    part: Annotated[str | None, typer.Option("--part", help="machine or clauses; by default both")] = None,
    sample: Annotated[int | None, typer.Option("--sample", min=1, help="judge about so many in all; by default every one")] = None,
    seed: Annotated[str, typer.Option("--seed", help="which ones: the same seed chooses the same")] = "1",
    write: Annotated[
        bool,
        typer.Option("--write", help="write the ledgers anew; reasons that stand there are kept, and a run that was cut is gone on with"),
    ] = False,
    budget: BudgetOption = None,
    jobs: JobsOption = CORES,
    cluster: ClusterOption = None,
    report: ReportOption = None,
    verbose: Verbose = False,
) -> int:
    """Change machines and weaken clauses, at one place at a time: does anything promised notice? Compared with the ledgers."""
    also, elsewhere = reporters_of(report), hired_of(cluster, jobs, "--write" if write else "")
    from concordant.checks.questions import mutants as asked  # noqa: PLC0415

    questions = asked.of(names or (), part, sample, seed, write=write)
    means = _means(budget, threads=jobs if elsewhere is None else 1)
    return _run(questions, means, 1, also, elsewhere=elsewhere, verbose=verbose or bool(names))


for command in (conform, check_history, explore, new, validate, vectors, explain, replay):
    app.command()(command)
app.add_typer(lessons, name="lesson")


def _known(names: Sequence[str] | None) -> tuple[str, ...]:
    """Return the stems of protocols, of ours or of the user's, which are loaded; another name is an UnknownName that suggests some."""
    names = tuple(dict.fromkeys(names or ()))
    from concordant.checks.own import is_one_of_ours, named  # noqa: PLC0415

    if all(map(is_one_of_ours, names)):
        return names

    return tuple(named(name).stem for name in names)


def _means(budget: str | None, **others: object) -> Means:
    from concordant.checks.exploration.budget import Budget  # noqa: PLC0415
    from concordant.checks.questions.question import Means  # noqa: PLC0415

    return Means(Budget.parse(budget) if budget else None, **others)  # type: ignore[arg-type]  # the fields of Means, by name


def _run(
    questions: Sequence[Question],
    means: Means,
    jobs: int,
    also: list[Reporter],
    lines: Lines | None = None,
    elsewhere: Hired | None = None,
    *,
    verbose: bool,
    whole: bool = False,
    no_cache: bool = True,
    update_counts: bool = False,
) -> int:
    """Run questions, let the reporters hear, and return the exit code of all answers. What `lines` has settled is told, and not asked."""
    from concordant.checks.answers import Conclusion, exit_code  # noqa: PLC0415
    from concordant.checks.cache.answers import Cache  # noqa: PLC0415
    from concordant.checks.cache.imports import remember  # noqa: PLC0415
    from concordant.checks.cache.settled import Lines, Settled  # noqa: PLC0415
    from concordant.checks.pins import Pins, file_to_write, require_own  # noqa: PLC0415
    from concordant.checks.registry import is_a_users  # noqa: PLC0415
    from concordant.checks.reports.reporter import Run  # noqa: PLC0415
    from concordant.checks.reports.terminal import Terminal  # noqa: PLC0415
    from concordant.checks.running import run  # noqa: PLC0415
    from concordant.checks.seals import require_sealed, sealed  # noqa: PLC0415

    told = lines or Lines()
    hearing = [Terminal(_console(), questions, verbose, told.settled, told.stems, whole), *also]
    began = time.perf_counter()

    def hear(event: Event) -> None:
        for each in hearing:
            each.hear(event)

    seals = sealed()
    pins = Pins.read_all()
    if update_counts:
        require_own(each.stem for each in questions)
        to_pin = file_to_write()
    if whole and not update_counts:
        pins.require(question.id for question in questions)
    kept, pinned = None if no_cache else Cache(means), Pins() if update_counts else pins
    answers, interrupted = run(questions, means, jobs if elsewhere is None else 1, hear, kept, pinned, elsewhere)
    if update_counts:
        pins.updated(each for each in answers if is_a_users(each.stem)).write(to_pin)
    for stem in dict.fromkeys(each.stem for each in questions if is_a_users(each.stem)):
        require_sealed(stem, seals)
    decided = {each.question for each in answers if each.conclusion is not Conclusion.INTERRUPTED}
    unfinished = frozenset(each.stem for each in questions if each.id not in decided) if interrupted else frozenset()
    nothing_was_left = bool(told.settled) and not questions and not interrupted
    code = OK if nothing_was_left else exit_code(answers, interrupted=interrupted, whole=whole, unfinished=unfinished)
    if lines is not None:
        Settled(means).put(questions, answers)
    if not no_cache:
        remember()
    spent = time.perf_counter() - began
    ended = Run(tuple(sys.argv[1:]), answers, interrupted, spent, code, whole and not interrupted, unfinished)
    for each in hearing:
        each.end(ended)
    if update_counts:
        typer.echo(f"counts are pinned in {to_pin}")
    _told.append(code)
    return code


def _console() -> Console:
    """Return the console to print on: as wide as the terminal, and wide enough for a table where there is none."""
    from rich.console import Console  # noqa: PLC0415

    plain = Console(highlight=False)
    return plain if plain.is_terminal else Console(highlight=False, width=140)
