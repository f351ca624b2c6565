"""Which source files an answer depends on: the modules of a protocol and whatever they import, of the user's and of ours."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from concordant.checks.lint import EXEMPT, PURE, reads_the_world
from concordant.checks.own import BEGUN
from concordant.checks.registry import PITFALLS, PROOFS, REFIMPL, SCOPES, SPEC, Protocol, is_ours, protocols_loaded

ENGINE = "concordant.checks"
STEMS = f"{ENGINE}.scopes"
OUTSIDE = ("attrs", "cattrs", "hypothesis", "numba", "numpy", "scipy", "z3-solver")
"""Packages of others whose versions count."""
WITH_PROOFS = ("theorem", "bridge")


def digest_of(protocol: Protocol, kind: str) -> str | None:
    """Return a digest of all that an answer about a protocol can depend on, but for the options of the run; None where that is not known.

    A change of the engine, or of a version, changes all digests; one of another protocol only those that import it. It is not known
    of a module that may read other files, or that changed since the run began, perhaps after it was imported.
    """
    slices = (SPEC, REFIMPL, PITFALLS, SCOPES, *((PROOFS,) if kind in WITH_PROOFS else ()))
    roots = frozenset(module.__name__ for each in slices for module in protocol.load(each))
    beside = (module.__name__ for each in protocols_loaded().values() if not each.is_ours for module in each.load(SPEC))
    files, digest = _depending(roots, frozenset(beside))  # a user's module may change what another one holds
    if digest is None or any(file.stat().st_mtime_ns >= BEGUN for file in files):
        return None
    return sha256(f"{protocol.source}\n{_engine()}\n{digest}".encode()).hexdigest()


@cache
def _depending(roots: frozenset[str], beside: frozenset[str]) -> tuple[tuple[Path, ...], str | None]:
    """Return the files that modules depend on, and a digest of what is in them; None where one of them may read others."""
    files = reached(sorted(roots | beside))
    if not roots <= files.keys() or not all(_is_closed(name, file, files) for name, file in files.items()):
        return (), None
    digest = sha256()
    for name, file in sorted((*files.items(), *_read_beside(files.values()))):
        digest.update(f"{name} {file}\n{_of_file(file)}\n".encode())
    return tuple(files.values()), digest.hexdigest()


def _read_beside(files: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Yield what lies beside modules and may be read by them: ledgers."""
    yield from ((file.name, file) for folder in {file.parent for file in files} for file in folder.glob("*.json"))


def _is_closed(name: str, file: Path, files: dict[str, Path]) -> bool:
    """Tell whether a module reads nothing but what is known here. Ours do not, and a line of a user's that is an exception may."""
    if is_ours(name):
        return True
    known = PURE | {other.partition(".")[0] for other in files}
    source = file.read_text(encoding="utf-8", errors="replace")
    if EXEMPT in source or (file.suffix == ".py" and reads_the_world(source)):
        return False
    return all(each.partition(".")[0] in known for each in _imports(name, file))


def reached(roots: Iterable[str]) -> dict[str, Path]:
    """Return the modules that some modules import, directly or not, with their files. The engine counts as a whole, and elsewhere.

    What is installed is left out, unless it is of a package of the modules that are asked about.
    """
    found: dict[str, Path] = {}
    waiting = list(roots)
    own = {name.partition(".")[0] for name in waiting}
    while waiting:
        name = waiting.pop()
        file = _file(name, installed=name.partition(".")[0] in own)
        if name in found or file is None or (is_ours(name) and f"{name}.".startswith(f"{ENGINE}.") and not name.startswith(STEMS)):
            continue
        found[name] = file
        waiting += _imports(name, file)
        parent = name.rpartition(".")[0]
        waiting += [parent] if parent else []
    return found


@cache
def _file(name: str, *, installed: bool) -> Path | None:
    """Return the file of a module of ours or of the user's; None of a package of others, of a namespace, of no module.

    `installed`: whether one that is installed may be the user's.
    """
    module = sys.modules.get(name)
    try:
        origin = getattr(module, "__file__", None) if module is not None else getattr(find_spec(name), "origin", None)
    except (ImportError, ValueError, AttributeError):
        return None
    if not origin or origin in ("built-in", "frozen"):
        return None
    file = Path(origin)
    ours = name.partition(".")[0] == "concordant"
    return file if ours or installed or not _is_foreign(file) else None


def _is_foreign(file: Path) -> bool:
    """Tell whether a file was installed, or came with Python."""
    return "site-packages" in file.parts or file.is_relative_to(Path(ast.__file__).parent)


@cache
def _imports(name: str, file: Path) -> tuple[str, ...]:
    if file.suffix != ".py":  # compiled: it imports what it likes
        return ("",)
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    return tuple(dict.fromkeys(_named(ast.parse(file.read_bytes()), package)))


def _statements(within: ast.AST) -> Iterator[ast.AST]:
    """Yield every statement of a module, at any depth: expressions import nothing."""
    for block in ("body", "orelse", "finalbody", "handlers", "cases"):
        for each in getattr(within, block, ()):
            yield each
            yield from _statements(each)


def _named(tree: ast.Module, package: str) -> Iterator[str]:
    """Yield every name that may be that of an imported module."""
    for node in _statements(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join((*above, *((node.module,) if node.module else ())))
            yield base
            yield from (f"{base}.{each.name}" for each in node.names)


@cache
def _of_file(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


@cache
def _engine() -> str:
    """Return a digest of everything that decides, of Python's version, and of those of the packages that it uses."""
    digest = sha256(f"{sys.version} {sys.flags}".encode())
    for package in OUTSIDE:
        try:
            digest.update(f"{package} {version(package)}\n".encode())
        except PackageNotFoundError:
            continue
    home = Path(__file__).parents[1]
    for file in sorted(home.rglob("*.py")):
        if not file.is_relative_to(home / "scopes"):
            digest.update(f"{file.relative_to(home)} {_of_file(file)}\n".encode())
    return digest.hexdigest()
