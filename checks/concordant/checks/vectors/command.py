"""The command that writes vectors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from concordant.checks.exit_codes import OK


def vectors(
    stem: Annotated[str, typer.Argument(metavar="STEM")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="the folder to write to")],
    scope: Annotated[str | None, typer.Option("--scope", metavar="NAME", help="of processes, only the rows of one scope")] = None,
) -> int:
    """Write what the reference does as files of JSON, for those who would test without a checker; see docs/vectors.md."""
    from concordant.checks.registry import protocol  # noqa: PLC0415
    from concordant.checks.vectors.writing import write  # noqa: PLC0415

    manifest = write(protocol(stem), out, scope)
    for file, count in manifest["files"].items():
        typer.echo(f"{out / file}  {count:,} vectors")
    return OK
