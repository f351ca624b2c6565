"""Which formats there are, found by name; and traces in files, ours made again and those of other tools shown."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from concordant.checks.elsewhere import itf_trace
from concordant.checks.elsewhere.shown import Shown, shown
from concordant.checks.index import protocols_by_stem
from concordant.checks.misuse import Misuse
from concordant.checks.own import own
from concordant.checks.registry import Named, Protocol, find, part_of

SUFFIX = "_trace"


def written(format: str, protocol: Protocol, part: Named | None) -> str:
    """Return the run that shows a part of a protocol in a format. A format that does not exist is a Misuse."""
    writes = writer(format)
    return writes(shown(protocol, part))


def writer(format: str) -> Callable[[Shown], str]:
    """Return what writes a run in a format. A format that does not exist is a Misuse."""
    package = import_module("concordant.checks.elsewhere")
    formats = sorted(each.name.removesuffix(SUFFIX) for each in iter_modules(package.__path__) if each.name.endswith(SUFFIX))
    if format not in formats:
        raise Misuse(f"--format {format!r} must be text or one of {', '.join(formats)}")
    found: Callable[[Shown], str] = import_module(f"concordant.checks.elsewhere.{format}{SUFFIX}").written
    return found


def replayed(file: Path) -> tuple[list[str], bool]:
    """Make a trace of ours again, and return what to print and whether it departs from what the machine does today; show another one."""
    trace = itf_trace.read(file)
    meta = trace.get("#meta", {})
    lines = list(itf_trace.trace_lines(trace))
    if meta.get("source") != "Concordant":
        return lines, False
    if "scope" in meta:
        raise Misuse(f"{file} is a run that was stepped through by hand; concordant explore {file} makes it again")
    protocol, part = find(meta["name"]) if meta["protocol"] in protocols_by_stem() else part_of(own(meta["protocol"]), meta["name"])
    departs = itf_trace.again(shown(protocol, part), trace)
    if departs is None:
        return [*lines, f"{meta['name']}: as saved"], False
    return [*lines, f"{meta['name']}: DEPARTS", *(f"  {line}" for line in departs.splitlines())], True
