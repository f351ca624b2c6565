"""What a handler must not do with a symbol: it is told where, and remembered, should the handler catch what is raised."""

from __future__ import annotations

import sys
from types import FrameType

from attrs import fields

from concordant.proofs.kernel.paths import Refuted, current, under_way
from concordant.proofs.kernel.places import OURS, place


class Trespass(Refuted, TypeError):  # noqa: N818  # it says what the handler does
    """A handler does with a symbol what would prove nothing of the values that it stands for. The text says where, and what."""


def looked(what: str) -> Trespass:
    """Return that a handler does what it must not, and remember it."""
    error = Trespass(f"{place()}: the handler {what}; it may move and compare what a symbol stands for, and no more")
    current().trespass = error
    return error


def asked_by_us() -> bool:
    """Tell whether the kernel, the vocabulary or a method that attrs has written asks a symbol for its class, or no run does."""
    frame: FrameType | None = sys._getframe(2)  # noqa: SLF001  # the one way to know who asks
    while frame is not None and frame.f_code.co_filename == "<frozen abc>":  # which is asked by another
        frame = frame.f_back
    return not under_way() or (
        frame is not None and frame.f_code.co_filename.startswith((*OURS, "<attrs generated", fields.__code__.co_filename))
    )
