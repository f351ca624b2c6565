"""What must be alike where a question is asked and where it is answered, or the answer would be about something else."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from attrs import asdict, field, frozen

import concordant
from concordant.checks.cache.imports import hash_of
from concordant.checks.cache.sources import OUTSIDE, reached
from concordant.checks.misuse import Misuse
from concordant.checks.own import own
from concordant.checks.registry import SPEC, Protocol, protocols_loaded

SOURCES = (".py", ".json", ".txt")
"""The files of ours on which an answer may depend."""


@frozen
class Passport:
    """Whoever asks: with which versions and sources, in which folder, about which protocols of users.

    `own`: by file or module, as named where it is asked, a digest of the user's modules that it reaches.
    """

    facts: Mapping[str, str]
    folder: str
    own: Mapping[str, str] = field(factory=dict)

    @classmethod
    def here(cls) -> Passport:
        """Return that of this process."""
        theirs = [each for each in protocols_loaded().values() if not each.is_ours]
        return cls(dict(_facts()), os.getcwd(), {each.source: _digest_of(each) for each in theirs})  # noqa: PTH109  # as text

    @classmethod
    def read(cls, text: bytes) -> Passport:
        """Read what was written."""
        return cls(**json.loads(text))

    def written(self) -> bytes:
        """Write it so that another version can read it, too."""
        return json.dumps(asdict(self)).encode()

    def admit(self) -> None:
        """Load, in this process, what whoever asks has loaded. A Misuse where anything differs says what, and what to do."""
        found = dict(_facts())
        for name in (*self.facts, *(each for each in found if each not in self.facts)):
            there, here = found.get(name, "missing"), self.facts.get(name, "missing")
            if there != here:
                said = f"{name} differ" if name == OURS else f"{name} is {there} there and {here} here"
                raise Misuse(f"{said}; install the same on every machine, since it must run what is run here")
        with suppress(OSError):
            os.chdir(self.folder)
        for source, digest in self.own.items():
            try:
                loaded = own(source)
            except Misuse as missing:
                raise Misuse(
                    f"{source} cannot be loaded there, in {Path.cwd()}: {missing}; what is your own must lie, or be installed, at the same place on every machine"
                ) from missing
            if _digest_of(loaded) != digest:
                raise Misuse(f"{source}, or what it imports, is not the same there; copy it to every machine anew")


OURS = "the sources of Concordant"


def _facts() -> Iterator[tuple[str, str]]:
    yield "Python", platform.python_version()
    for package in ("concordant", *OUTSIDE):
        with suppress(PackageNotFoundError):
            yield package, version(package)
    digest = sha256()
    for name, file in sorted(_sources().items()):
        digest.update(f"{name} {hash_of(file)}\n".encode())
    yield OURS, digest.hexdigest()


def _sources() -> dict[str, Path]:
    """Return the files of ours by their places in the package: where that is installed may differ. Of two, the one that Python would import."""
    found: dict[str, Path] = {}
    for root in map(Path, concordant.__path__):
        for file in root.rglob("*"):
            if file.suffix in SOURCES and file.is_file():
                found.setdefault(file.relative_to(root).as_posix(), file)
    return found


def _digest_of(protocol: Protocol) -> str:
    modules = reached(module.__name__ for module in protocol.load(SPEC))
    return sha256("\n".join(f"{name} {hash_of(file)}" for name, file in sorted(modules.items())).encode()).hexdigest()
