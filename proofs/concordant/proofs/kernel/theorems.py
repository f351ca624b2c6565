"""Theorems: what is claimed, for which sizes, and how it stands."""

from __future__ import annotations

import importlib
import pkgutil
import time
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from types import ModuleType
from typing import Any, TypeVar

from attrs import field, frozen

T = TypeVar("T")
EXAMPLE = "an example"
"""The quantifiers of a theorem that only shows an example."""


class ProofStatus(Enum):
    """How a theorem stands. Values are what the reports print."""

    PROVED = "proved"
    SHOWN = "shown by an example"
    FAILED = "FAILED"
    UNKNOWN = "unknown"


class GaveUp(Exception):  # noqa: N818  # it says what became of the proof
    """The solver gave up on what the text names: nothing may be concluded."""


@frozen
class Finding:
    """What became of one theorem. `detail`: what was counted; of a failure, what failed."""

    standing: ProofStatus
    detail: str
    seconds: float = 0

    @property
    def good(self) -> bool:
        """Whether the theorem stands as it claims."""
        return self.standing in (ProofStatus.PROVED, ProofStatus.SHOWN)


@frozen(eq=False)
class Split:
    """A check in parts that may be run side by side, each known by a value. Parts and results can be pickled; `judge` takes the results in order."""

    parts: Callable[[], tuple[Any, ...]]
    run: Callable[[Any], Any]
    judge: Callable[[Iterable[Any]], Finding]

    def check(self) -> Finding:
        """Run part after part."""
        return self.judge(map(self.run, self.parts()))


@frozen(eq=False)
class Theorem:
    """One claim. `id` is `stem.name`; `quantifiers` says over what it ranges; `explain` yields the proof as a page.

    `large`: it takes long, and is proved only on request. `split`: its check in parts, where it has any.
    `of_model`: it supposes the invariant of its stem's model, which another theorem proves. `rests_on`: the ids of others that it supposes.
    """

    id: str
    claim: str
    quantifiers: str
    check: Callable[[], Finding]
    explain: Callable[[], Iterator[str]] | None = field(default=None, kw_only=True)
    split: Split | None = field(default=None, kw_only=True)
    large: bool = field(default=False, kw_only=True)
    of_model: bool = field(default=False, kw_only=True)
    rests_on: tuple[str, ...] = field(default=(), kw_only=True)

    @property
    def stem(self) -> str:
        """The protocol or family that it is about."""
        return self.id.partition(".")[0]

    @property
    def example(self) -> bool:
        """Whether it only shows by an example that another theorem is tight."""
        return self.quantifiers == EXAMPLE

    def prove(self) -> Finding:
        """Check it, and time the check."""
        began = time.perf_counter()
        try:
            finding = self.check()
        except GaveUp as undecided:
            finding = Finding(ProofStatus.UNKNOWN, str(undecided))
        return Finding(finding.standing, finding.detail, time.perf_counter() - began)


def theorems() -> tuple[Theorem, ...]:
    """Find the theorems of every module beside the kernel, by protocol and then in their order. Two of one id are a ValueError."""
    found = collected(Theorem)
    known: dict[str, Theorem] = {}
    for theorem in found:
        if theorem.id in known:
            raise ValueError(f"two theorems are called {theorem.id}: rename one")
        known[theorem.id] = theorem
    return tuple(sorted(found, key=lambda theorem: theorem.stem))


def collected(kind: type[T]) -> tuple[T, ...]:
    """Find what modules beside the kernel hold of a kind, by name or in tuples; what several hold is found once."""
    values = (value for module in modules() for value in vars(module).values())
    found = (each for value in values for each in (value if isinstance(value, tuple) else (value,)) if isinstance(each, kind))
    return tuple({id(each): each for each in found}.values())


def modules() -> tuple[ModuleType, ...]:
    """Import every module of proofs: those of this package and of its sub-packages, but for the kernel."""
    return tuple(map(importlib.import_module, module_names()))


def module_names() -> tuple[str, ...]:
    """List the names of these modules."""
    package = importlib.import_module("concordant.proofs")
    names = (info.name for info in pkgutil.walk_packages(package.__path__, "concordant.proofs.") if not info.ispkg)
    return tuple(name for name in sorted(names) if ".kernel." not in name)
