"""Options that several commands have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from concordant.checks.index import protocols_by_stem

if TYPE_CHECKING:
    from concordant.checks.reports.reporter import Reporter

BudgetOption = Annotated[
    str | None, typer.Option("--budget", help="stop each search after 30s, 5m, '200000 states', 2GiB; several with commas")
]
JobsOption = Annotated[
    int, typer.Option("--jobs", "-j", min=1, help="how many things are done side by side; a single scope is divided between threads")
]
ClusterOption = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="local|ADDRESS",
        help="let workers of Ray answer: as many of this machine as --jobs says, or as many as a running cluster has processors",
    ),
]
ReportOption = Annotated[
    list[str] | None,
    typer.Option(
        "--report",
        metavar="FORMAT=FILE",
        help="also write a report, such as html=report.html; badge, github, gitlab, json, junit, markdown, sarif; repeatable",
    ),
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="print everything that was found, not only what is not as claimed")]
NoCache = Annotated[
    bool,
    typer.Option(
        "--no-cache",
        envvar="CONCORDANT_NO_CACHE",
        help="ask everything again, also what has an answer and depends on nothing that changed",
    ),
]


def reporters_of(report: list[str] | None) -> list[Reporter]:
    """Return what writes the reports that are asked for; one that cannot be written is refused before a protocol is loaded."""
    if not report:
        return []
    from concordant.checks.reports.reporter import reporters  # noqa: PLC0415  # with what it takes to make a report

    return reporters(report)


def stems_from(start: str) -> list[str]:
    """Complete the stem of a protocol."""
    return [stem for stem in protocols_by_stem() if stem.startswith(start)]


def scopes_from(context: typer.Context, start: str) -> list[str]:
    """Complete the last name or size of several scopes, of the protocols that are named before it."""
    from concordant.checks.registry import protocols  # noqa: PLC0415

    explored = [
        item for each in protocols(dict.fromkeys(name for name in context.args if name in protocols_by_stem())) for item in each.explored
    ]
    names = dict.fromkeys([*(item.size.value for item in explored), *(item.name for item in explored)])
    before, comma, last = start.rpartition(",")
    return [f"{before}{comma}{name}" for name in names if name.startswith(last)]


Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[NAME]...",
        help="protocols by stem, files, modules or module:value; all of ours if none is given",
        autocompletion=stems_from,
    ),
]
ScopeOption = Annotated[
    str | None,
    typer.Option(
        "--scope", metavar="NAME|SIZE", help="a scope by name, or small, medium, large; several with commas", autocompletion=scopes_from
    ),
]
