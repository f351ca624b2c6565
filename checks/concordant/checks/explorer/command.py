"""The command that steps through a system."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def explore(
    name: Annotated[str, typer.Argument(metavar="STEM|PITFALL|CLAUSE|SITUATION|FILE.itf.json|LINK")],
    scope: Annotated[
        str | None, typer.Option("--scope", metavar="NAME", help="of a protocol: a scope by name; by default the first small one")
    ] = None,
) -> None:
    """Step through a system by hand: what can be done and what not, what each move does, and what every clause says; ? lists how."""
    if name.endswith(".json"):
        from concordant.checks.explorer.opened import link_in  # noqa: PLC0415  # loaded where it is needed

        name, departs = link_in(Path(name))
        if departs:
            sys.stderr.write(f"concordant: {departs}: the run is shown as far as it goes\n")
    from concordant.checks.explorer.terminal import converse, typed  # noqa: PLC0415

    converse(name, scope, typed(), lambda line: sys.stdout.write(f"{line}\n"))
