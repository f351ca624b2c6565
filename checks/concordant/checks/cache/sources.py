"""Which source files an answer depends on: the modules of a protocol and whatever they import, of the user's and of ours."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.machinery import SourceFileLoader
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from concordant.checks.cache.imports import OURS, hash_of, imports, our_modules, reaches_into_ours
from concordant.checks.index import protocols_by_stem
from concordant.checks.lint import EXEMPT, PURE, reads_the_world
from concordant.checks.own import BEGUN
from concordant.checks.registry import PITFALLS, PROOFS, REFIMPL, SCOPES, SPEC, Protocol, is_ours, protocols_loaded

ENGINE = "concordant.checks"
STEMS = f"{ENGINE}.scopes"
DECIDING = (ENGINE, f"{OURS}.{SPEC}.vocabulary", f"{OURS}.{REFIMPL}.machine")
"""The packages that count as a whole for whatever is asked, but for the scopes in them."""
PROVING = f"{OURS}.{PROOFS}.kernel"
OUTSIDE = ("attrs", "cattrs", "hypothesis", "numba", "numpy", "scipy", "z3-solver")
"""Packages of others whose versions count."""
WITH_PROOFS = ("theorem", "bridge")
MUTANTS = ".mutants.json"


def digest_of(protocol: Protocol, kind: str) -> str | None:
    """Return a digest of all that an answer about a protocol can depend on, but for the options of the run; None where that is not known.

    A change of the engine, or of a version, changes all digests; one of another protocol only those that import it. It is not known
    of a module that may read other files, or that changed since the run began, perhaps after it was imported.
    """
    slices = _slices(kind)
    roots = frozenset(module.__name__ for each in slices for module in protocol.load(each))
    beside = (module.__name__ for each in protocols_loaded().values() if not each.is_ours for module in each.load(SPEC))
    return _digest(protocol.source, roots, frozenset(beside), kind)  # a user's module may change what another one holds


def digest_of_ours(stem: str, kind: str) -> str | None:
    """Return the digest of a protocol of ours that is known by its stem alone; it is read, and nothing of it is imported."""
    group = protocols_by_stem()[stem].group
    roots = [f"{OURS}.{each}.{group}.{stem}" for each in _slices(kind)]
    return _digest(
        stem, frozenset(name for root in roots for name in our_modules() if f"{name}.".startswith(f"{root}.")), frozenset(), kind
    )


def _slices(kind: str) -> tuple[str, ...]:
    return (SPEC, REFIMPL, PITFALLS, SCOPES, *((PROOFS,) if kind in WITH_PROOFS else ()))


def _digest(source: str, roots: frozenset[str], beside: frozenset[str], kind: str) -> str | None:
    files, digest = _depending(roots, beside)
    engine, deciding = _engine(proving=kind in WITH_PROOFS)
    if digest is None or any(_changed_since_it_began(file) for file in (*files, *engine)):
        return None
    return sha256(f"{source}\n{deciding}\n{digest}".encode()).hexdigest()


def _changed_since_it_began(file: Path) -> bool:
    """Tell whether a file was written, or put there, since this run began. A program may set back the one time, and not the other."""
    try:
        found = file.stat()
    except OSError:
        return True
    return max(found.st_mtime_ns, found.st_ctime_ns) >= BEGUN


@cache
def _depending(roots: frozenset[str], beside: frozenset[str]) -> tuple[tuple[Path, ...], str | None]:
    """Return the files that modules depend on, and a digest of what is in them; None where one of them may read others."""
    files = reached(sorted(roots | beside))
    if not roots <= files.keys() or not all(_is_closed(name, file, files) for name, file in files.items()):
        return (), None
    digest = sha256()
    for name, file in sorted((*files.items(), *_read_beside(files.values()))):
        digest.update(f"{name} {file}\n{hash_of(file)}\n".encode())
    return tuple(files.values()), digest.hexdigest()


def _read_beside(files: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Yield what lies beside modules and may be read by them: ledgers, but for those of mutants, which none reads."""
    yield from ((file.name, file) for folder in {file.parent for file in files} for file in _ledgers(folder))


@cache
def _ledgers(folder: Path) -> tuple[Path, ...]:
    return tuple(file for file in folder.glob("*.json") if not file.name.endswith(MUTANTS))


def _is_closed(name: str, file: Path, files: dict[str, Path]) -> bool:
    """Tell whether a module reads nothing but what is known here. Ours do not; what is exempt may, and who imports a part of the engine by its name."""
    if is_ours(name):
        return True
    source = file.read_text(encoding="utf-8", errors="replace")
    if runs_another_text(name) or EXEMPT in source:
        return False
    if file.suffix == ".py" and (reads_the_world(source) or reaches_into_ours(file.read_bytes(), PURE)):
        return False
    return all(is_known(each, files) and not _is_within_the_engine(each) for each in imports(name, file))


def is_known(name: str, files: dict[str, Path]) -> bool:
    """Tell whether what is imported by a name is pure, one of these modules, what one of them holds, or the folder in which some lie.

    Modules in one folder need not be of one mind: in that of a namespace some may be the user's, and others be installed.
    """
    holder = name.rpartition(".")[0]
    if name.partition(".")[0] in PURE or name in files or any(each.startswith(f"{name}.") for each in files):
        return True
    return holder in files and name not in sys.modules


def runs_another_text(name: str) -> bool:
    """Tell whether what Python has compiled of a module is not its text: it takes one of the same time and size for the same."""
    loader = getattr(sys.modules.get(name), "__loader__", None)
    if not isinstance(loader, SourceFileLoader) or not Path(loader.path).is_file():
        return False
    return loader.get_code(loader.name) != loader.source_to_code(loader.get_data(loader.path), loader.path)


def _is_within_the_engine(name: str) -> bool:
    """Tell whether a name is that of a module of the engine, by way of which files can be read; what code may call is named in the engine itself."""
    return name in our_modules() and name.startswith(f"{ENGINE}.") and not f"{name}.".startswith(f"{STEMS}.")


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
        waiting += imports(name, file)
        parent = name.rpartition(".")[0]
        waiting += [parent] if parent else []
    return found


@cache
def _file(name: str, *, installed: bool) -> Path | None:
    """Return the file of a module of ours or of the user's; None of a package of others, of a namespace, of no module.

    `installed`: whether one that is installed may be the user's.
    """
    if is_ours(name):
        return our_modules().get(name)
    module = sys.modules.get(name)
    try:
        origin = getattr(module, "__file__", None) if module is not None else getattr(find_spec(name), "origin", None)
    except (ImportError, ValueError, AttributeError):
        return None
    if not origin or origin in ("built-in", "frozen"):
        return None
    file = Path(origin)
    beside_ours = name.partition(".")[0] == OURS
    return file if beside_ours or installed or not _is_foreign(file) else None


def _is_foreign(file: Path) -> bool:
    """Tell whether a file was installed, or came with Python."""
    return "site-packages" in file.parts or file.is_relative_to(Path(ast.__file__).parent)


@cache
def _engine(*, proving: bool) -> tuple[tuple[Path, ...], str]:
    """Return the files of everything that decides, and a digest of them, of Python's version, and of those of the packages that they use."""
    digest = sha256(f"{sys.version} {sys.flags}".encode())
    for package in OUTSIDE:
        try:
            digest.update(f"{package} {version(package)}\n".encode())
        except PackageNotFoundError:
            continue
    packages = tuple(f"{each}." for each in (*DECIDING, *((PROVING,) if proving else ())))
    files = {
        name: file for name, file in our_modules().items() if f"{name}.".startswith(packages) and not f"{name}.".startswith(f"{STEMS}.")
    }
    for name, file in sorted(files.items()):
        digest.update(f"{name} {hash_of(file)}\n".encode())
    return tuple(files.values()), digest.hexdigest()
