"""Theorems: what is claimed, for which sizes, and how it stands."""

from __future__ import annotations

import importlib
import pkgutil
import time
from collections.abc import Callable, Iterator
from enum import Enum
from types import ModuleType

from attrs import field, frozen

EXAMPLE = "an example"
"""The quantifiers of a theorem that only shows an example."""


class Standing(Enum):
    """How a theorem stands. Values are what the reports print."""

    PROVED = "proved"
    REFUTED = "refuted as it must be"
    FAILED = "FAILED"
    UNKNOWN = "unknown"


@frozen
class Outcome:
    """What became of one theorem. `detail`: what was counted; of a failure, what failed."""

    standing: Standing
    detail: str
    seconds: float = 0

    @property
    def good(self) -> bool:
        """Whether the theorem stands as it claims."""
        return self.standing in (Standing.PROVED, Standing.REFUTED)


@frozen(eq=False)
class Theorem:
    """One claim. `id` is `stem.name`; `quantifiers` says over what it ranges; `explain` yields the proof as a page."""

    id: str
    claim: str
    quantifiers: str
    check: Callable[[], Outcome]
    explain: Callable[[], Iterator[str]] | None = field(default=None, kw_only=True)

    @property
    def stem(self) -> str:
        """The protocol or family that it is about."""
        return self.id.partition(".")[0]

    @property
    def example(self) -> bool:
        """Whether it only shows by an example that another theorem is tight."""
        return self.quantifiers == EXAMPLE

    def prove(self) -> Outcome:
        """Check it, and time the check."""
        began = time.perf_counter()
        outcome = self.check()
        return Outcome(outcome.standing, outcome.detail, time.perf_counter() - began)


def theorems() -> tuple[Theorem, ...]:
    """Find the theorems of every module beside the kernel, by protocol and then in their order."""
    found = [
        one
        for module in modules()
        for value in vars(module).values()
        for one in (value if isinstance(value, tuple) else (value,))
        if isinstance(one, Theorem)
    ]
    return tuple(sorted({theorem.id: theorem for theorem in found}.values(), key=lambda theorem: theorem.stem))


def modules() -> tuple[ModuleType, ...]:
    """Import every module of proofs: those of this package and of its sub-packages, but for the kernel."""
    package = importlib.import_module("concordant.proofs")
    names = (info.name for info in pkgutil.walk_packages(package.__path__, "concordant.proofs.") if not info.ispkg)
    return tuple(importlib.import_module(name) for name in sorted(names) if ".kernel." not in name)
