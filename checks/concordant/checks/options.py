"""Options that several commands have."""

from __future__ import annotations

from typing import Annotated

import typer

BudgetOption = Annotated[
    str | None, typer.Option("--budget", help="stop each search after 30s, 5m, '200000 states', 2GiB; several with commas")
]
JobsOption = Annotated[
    int, typer.Option("--jobs", "-j", min=1, help="how many things are done side by side; a single scope is divided between threads")
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
