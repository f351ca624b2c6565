"""The command that judges a recording."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from concordant.checks.options import ReportOption, Verbose, reporters_of


def check_history(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="what is recorded: register, text, counter, set, queue or lock; or messages")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="a happening a line: JSON, EDN, or Jepsen's log")],
    promise: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="PROMISE",
            help="linearizable, sequential, and of registers causal or own-writes; of messages at-most-once, at-least-once, exactly-once, "
            "fifo, causal or total",
        ),
    ] = "linearizable",
    places: Annotated[int, typer.Option("--places", min=1, help="how many places to go through for each object at most")] = 1_000_000,
    report: ReportOption = None,
    verbose: Verbose = False,
) -> int:
    """Judge a recorded history, without the system that it is of; see docs/histories.md."""
    from concordant.checks import main  # noqa: PLC0415  # which has this command
    from concordant.checks.questions.history import HistoryQuestion  # noqa: PLC0415

    also = reporters_of(report)
    asked = HistoryQuestion.of(kind, promise, file, places)
    return main._run([asked], main._means(None), 1, also, verbose=verbose)  # noqa: SLF001  # a command, in a file of its own
