"""The command that steps through a system."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from concordant.checks.misuse import Misuse


def explore(
    name: Annotated[str, typer.Argument(metavar="STEM|PITFALL|CLAUSE|SITUATION|MODULE:SYSTEM|FILE.itf.json|LINK")],
    scope: Annotated[
        str | None,
        typer.Option(
            "--scope", metavar="NAME", help="of a protocol: a scope by name, of its system or its rule; by default the first small one"
        ),
    ] = None,
    terminal: Annotated[bool, typer.Option("--terminal", help="step through it here, by keyboard, and not on a page")] = False,
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65535, help="of the page; by default 4669, or any where that is taken")
    ] = None,
    export: Annotated[
        Path | None,
        typer.Option("--export", metavar="FILE.html", help="write a page that needs no server, with the run and the places around it"),
    ] = None,
    places: Annotated[
        int | None, typer.Option("--places", min=1, metavar="N", help="how many places an exported page holds; by default 100")
    ] = None,
    browse: Annotated[
        bool, typer.Option("--open/--no-open", help="whether the page is opened in a browser, where there is a screen")
    ] = True,
) -> None:
    """Step through a system by hand: what can be done and what not, what each move does, and what every clause says. Of a rule, such as an auction: a table to type into, and who would gain by lying. On a page of this machine."""
    if name.endswith(".json"):
        from concordant.checks.explorer.opened import link_in  # noqa: PLC0415  # loaded where it is needed, here and below

        name, departs = link_in(Path(name))
        if departs:
            sys.stderr.write(f"concordant: {departs}: the run is shown as far as it goes\n")
    if export is not None:
        from concordant.checks.explorer.exported import PLACES, exported  # noqa: PLC0415

        page = exported(name, scope, places or PLACES)
        try:
            export.write_text(page, encoding="utf-8")
        except OSError as error:
            raise Misuse(f"{export} cannot be written: {error}") from error
        return
    if places is not None:
        raise Misuse("--places is of a page that is exported: give --export FILE.html, too")
    if terminal:
        from concordant.checks.explorer.terminal import converse, typed  # noqa: PLC0415

        converse(name, scope, typed(), lambda line: sys.stdout.write(f"{line}\n"))
        return
    if not (find_spec("starlette") and find_spec("uvicorn")):
        raise Misuse("the page needs more packages: pip install 'concordant[explorer]'; with --terminal you step through here without them")
    from concordant.checks.explorer.serving import serve  # noqa: PLC0415

    serve(name, scope, port, browse=browse)
