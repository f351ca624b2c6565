"""Commands that show what there is: protocols, what is said of one, and runs that were saved."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from concordant.checks.exit_codes import OK, VIOLATED
from concordant.checks.index import protocols_by_stem
from concordant.checks.options import Verbose


def list_() -> None:
    """List the protocols, by group."""
    width = max(map(len, protocols_by_stem()))
    for group, entries in groupby(protocols_by_stem().values(), key=lambda entry: entry.group):
        print_lines([group, *(f"  {entry.stem:{width}}  {entry.title}" for entry in entries)])
    from concordant.checks.installed import installed  # noqa: PLC0415

    print_lines([f"{each.name:{width}}  {each.value}  (of an installed package)" for each in installed()])


def explain(
    name: Annotated[str, typer.Argument(metavar="STEM|CLAUSE|DEFECT")],
    format: Annotated[str, typer.Option("--format", help="text, or the run alone for other tools: itf, mermaid, pytest or svg")] = "text",
) -> None:
    """Explain a protocol, a clause, a pitfall or a known violation: the sentence, the argument, the source, the run that shows it."""
    from concordant.checks.own import meant  # noqa: PLC0415

    found = meant(name)
    if format == "text":
        from concordant.checks.reports.explain import explanation  # noqa: PLC0415

        print_lines(explanation(*found))
    else:
        from concordant.checks.elsewhere.formats import written  # noqa: PLC0415

        sys.stdout.write(written(format, *found))


def replay(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="a report written with --report json=FILE, or a trace FILE.itf.json")],
    verbose: Verbose = False,
) -> int:
    """Make saved traces again, on the machines of today: exit code 1 where one departs. A trace of another tool is shown."""
    if file.name.endswith(".itf.json"):
        from concordant.checks.elsewhere.formats import replayed  # noqa: PLC0415

        lines, departed = replayed(file)
        print_lines(lines)
        return VIOLATED if departed else OK
    from concordant.checks.reports.again import again_lines  # noqa: PLC0415
    from concordant.checks.saved import again, saved_in  # noqa: PLC0415

    departs = False
    for saved in saved_in(file):
        made = again(saved)
        departs |= made.departs is not None
        print_lines(again_lines(made, whole=verbose))
    return VIOLATED if departs else OK


def print_lines(lines: Iterable[str]) -> None:
    """Print lines in the encoding of the output, of which typer would make its own choice."""
    sys.stdout.writelines(f"{line}\n" for line in lines)
