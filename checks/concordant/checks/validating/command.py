"""The command that validates logs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from concordant.checks.options import BudgetOption, ReportOption, Verbose, reporters_of


def validate(
    stem: Annotated[str, typer.Argument(metavar="STEM")],
    logs: Annotated[list[Path], typer.Argument(metavar="LOG...", help="one file for each clock; see docs/validate.md")],
    scope: Annotated[str, typer.Option("--scope", metavar="NAME", help="whose processes and network they are of")],
    mapping: Annotated[
        str | None, typer.Option("--map", metavar="MODULE:FUNCTION", help="what says what spans without attributes of ours mean")
    ] = None,
    budget: BudgetOption = None,
    report: ReportOption = None,
    verbose: Verbose = False,
) -> int:
    """Ask whether some behaviour of the reference machine explains the logs of a running system."""
    from concordant.checks import main  # noqa: PLC0415  # which has this command
    from concordant.checks.questions.validation import ValidationQuestion  # noqa: PLC0415
    from concordant.checks.registry import protocol  # noqa: PLC0415

    also = reporters_of(report)
    asked = ValidationQuestion.of(protocol(stem), scope, tuple(logs), mapping)
    return main._run([asked], main._means(budget), 1, also, verbose=verbose)  # noqa: SLF001  # a command, in a file of its own
