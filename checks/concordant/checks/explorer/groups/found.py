"""Which picture a protocol has: its own, if one of its modules holds one, or that of its group."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from concordant.checks.explorer.groups.hooks import Hook, StageGraph, Timeline
from concordant.checks.index import protocols_by_stem
from concordant.checks.registry import REFIMPL, SCOPES, SPEC, Protocol


def hook_of(protocol: Protocol) -> Hook | None:
    """Return the picture that is drawn of the systems of a protocol; None where there is none."""
    own: tuple[Hook, ...] = (*protocol.of(StageGraph, SPEC, REFIMPL, SCOPES), *protocol.of(Timeline, SPEC, REFIMPL, SCOPES))
    if own or not protocol.is_ours or protocol.stem not in protocols_by_stem():
        return next(iter(own), None)
    module = f"concordant.checks.explorer.groups.{protocols_by_stem()[protocol.stem].group}"
    found: dict[str, Hook] = import_module(module).PICTURES if find_spec(module) else {}
    return found.get(protocol.stem)
