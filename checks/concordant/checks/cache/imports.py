"""Which modules there are of ours, and what a module imports: by reading files, without importing any of them.

What a text imports depends on that text alone, so it is read once, and what was found is kept beside its hash.
"""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

from attrs import define, field

import concordant
from concordant.checks.cache.folder import folder
from concordant.checks.reading import json_of

OURS = "concordant"
NAME = "imports.json"


def our_modules() -> dict[str, Path]:
    """Return the files of the modules of ours by name, with those that others put beside them; of two, the one that Python would import."""
    return _modules_in(tuple(concordant.__path__))


@cache
def _modules_in(roots: tuple[str, ...]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for root in roots:
        for where, folders, files in os.walk(root):
            folders.sort()
            parts = (OURS, *Path(where).relative_to(root).parts)
            for file in sorted(each for each in files if each.endswith(".py")):
                stem = file.removesuffix(".py")
                found.setdefault(".".join(parts if stem == "__init__" else (*parts, stem)), Path(where, file))
    return found


def imports(name: str, file: Path) -> tuple[str, ...]:
    """Return every name that a module may import; of compiled code, which imports what it likes, an empty one."""
    return _kept().of(name, file)


@cache
def hash_of(file: Path) -> str:
    """Return the hash of what is in a file."""
    return sha256(file.read_bytes()).hexdigest()


def reaches_into_ours(source: bytes, harmless: frozenset[str]) -> bool:
    """Tell whether a text takes a module of ours whole, or of one what that has imported: from there all the world can be reached. `harmless`: packages from which it cannot."""
    taken = [node for node in _statements(ast.parse(source)) if isinstance(node, ast.Import | ast.ImportFrom)]
    whole = (each.name for node in taken if isinstance(node, ast.Import) for each in node.names)
    return any(map(_is_of_ours, whole)) or any(
        not _is_made(str(node.module), each.name, harmless)
        for node in taken
        if isinstance(node, ast.ImportFrom) and not node.level and _is_of_ours(str(node.module))
        for each in node.names
    )


def _is_of_ours(name: str) -> bool:
    return name.partition(".")[0] == OURS


def _is_made(module: str, name: str, harmless: frozenset[str]) -> bool:
    """Tell whether a name of a module of ours is that of something that is made there, or in another of ours, or in a harmless package."""
    if name == "*" or module not in our_modules() or f"{module}.{name}" in our_modules():
        return False
    home = _homes(module).get(name)
    if home is None:
        return True
    return _is_made(home[0], home[1], harmless) if _is_of_ours(home[0]) else home[0].partition(".")[0] in harmless


@cache
def _homes(module: str) -> dict[str, tuple[str, str]]:
    """Return what a module of ours imports, by name: from which module, and how it is called there."""
    nodes = tuple(_statements(ast.parse(our_modules()[module].read_bytes())))
    whole = {
        each.asname or each.name.partition(".")[0]: (each.name, "*")
        for node in nodes
        if isinstance(node, ast.Import)
        for each in node.names
    }
    return whole | {
        each.asname or each.name: (str(node.module), each.name) for node in nodes if isinstance(node, ast.ImportFrom) for each in node.names
    }


def remember() -> None:
    """Keep what was read. A folder that cannot be written keeps nothing."""
    _kept().write()


@cache
def _kept() -> _Imports:
    return _Imports.read(folder() / NAME)


@define(eq=False)
class _Imports:
    """What each module imports, with the hash of its text, of how it is read, and of whether it is a package."""

    file: Path
    known: dict[str, tuple[str, tuple[str, ...]]] = field(factory=dict)
    is_new: bool = False

    @classmethod
    def read(cls, file: Path) -> _Imports:
        try:
            found = json_of(file.read_text(encoding="utf-8"))
            return cls(file, {name: (hash, tuple(map(str, names))) for name, (hash, names) in found.items()})
        except (OSError, ValueError, TypeError, AttributeError):  # a damaged file was never there
            return cls(file)

    def of(self, name: str, file: Path) -> tuple[str, ...]:
        if file.suffix != ".py":
            return ("",)
        is_package = file.name == "__init__.py"
        told = sha256(f"{hash_of(Path(__file__))} {is_package} {hash_of(file)}".encode()).hexdigest()
        hash, names = self.known.get(name, ("", ()))
        if hash != told:
            names = tuple(dict.fromkeys(each for each, _ in imported_in(file.read_bytes(), name, is_package=is_package)))
            self.known[name] = (told, names)
            self.is_new = True
        return names

    def write(self) -> None:
        if not self.is_new:
            return
        beside = self.file.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(self.known), encoding="utf-8")
            beside.replace(self.file)
            self.is_new = False


def imported_in(source: bytes, name: str, *, is_package: bool) -> Iterator[tuple[str, int]]:
    """Yield every name that may be that of a module which a module imports, with its line."""
    package = name if is_package else name.rpartition(".")[0]
    for node in _statements(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((each.name, node.lineno) for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join((*above, *((node.module,) if node.module else ())))
            yield base, node.lineno
            yield from ((f"{base}.{each.name}", node.lineno) for each in node.names)


def _statements(within: ast.AST) -> Iterator[ast.AST]:
    """Yield every statement of a module, at any depth: expressions import nothing."""
    for block in ("body", "orelse", "finalbody", "handlers", "cases"):
        for each in getattr(within, block, ()):
            yield each
            yield from _statements(each)
