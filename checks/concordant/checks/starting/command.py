"""The command that writes a first protocol."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="of the module to write, such as my_lock")],
    rule: Annotated[bool, typer.Option("--rule", help="a rule, such as an auction or a vote, instead of processes")] = False,
) -> None:
    """Write a small protocol of your own, NAME.py and test_NAME.py, that works at once and is yours to change."""
    from concordant.checks.starting.writing import start  # noqa: PLC0415

    module, tests = start(name, Path.cwd(), rule=rule)
    there = "" if find_spec("pytest") else "  # after pip install pytest"
    typer.echo("\n".join([f"wrote {module.name} and {tests.name}", f"  concordant check {module.name}", f"  pytest {tests.name}{there}"]))
