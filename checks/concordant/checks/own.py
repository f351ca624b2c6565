"""Protocols of users: a file, a module or package, or one value in a module. They need no folders of ours, and no scopes."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import pkgutil
import re
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

from concordant.checks.index import protocols_by_stem
from concordant.checks.installed import installed
from concordant.checks.misuse import Misuse, place_of
from concordant.checks.registry import SPEC, Named, Protocol, UnknownName, find, is_ours, protocol, protocols_loaded
from concordant.checks.seals import require_sealed, seal, sealed
from concordant.checks.semantics.turning import imported_to_be_turned, turn_what_was_imported
from concordant.checks.staying import staying
from concordant.refimpl.machine import KnownViolation, Mechanism, Model, Pitfall, System
from concordant.spec.vocabulary import Clause
from concordant.spec.vocabulary.stems import stem_of

BEGUN = time.time_ns()
"""When this process came here, before it imported anything of a user's."""


class NothingToCheck(Misuse):
    """A module has neither a system nor a rule, and nothing with one."""


def named(name: str) -> Protocol:
    """Return a protocol by its name: one of ours by its stem, or the user's, which is loaded. Another name is an UnknownName."""
    if is_one_of_ours(name):
        return protocol(name)
    if not is_own(name):
        _point_elsewhere(name)
        raise UnknownName(name, protocols_by_stem(), "protocol, file or module")
    return own(name)


def _point_elsewhere(name: str) -> None:
    """Raise a Misuse that says what else the name is, and which command takes it."""
    try:
        of, part = find(name)
    except UnknownName:
        return
    command = "refute" if isinstance(part, Pitfall) else "explain"
    raise Misuse(f"{name} is not a protocol, but part of {of.stem}: try concordant {command} {name}")


def is_one_of_ours(name: str) -> bool:
    """Tell whether a name is the stem of a protocol of ours; a Misuse where it could also mean a file that lies here."""
    if name in protocols_by_stem() and Path(f"{name}.py").is_file():
        raise Misuse(
            f"{name} is a protocol of ours, and there is a file {name}.py here; for that give ./{name}.py, for ours ask from another folder"
        )
    other = next((each for each in installed() if each.name == name), None)
    if name in protocols_by_stem() and other is not None:
        raise Misuse(f"{name} is a protocol of ours, and an installed package calls one so, too: for that give {other.value}")
    return name in protocols_by_stem()


def is_own(name: str) -> bool:
    """Tell whether a name can mean a protocol of the user's: a file, a dotted name, or `module:value`."""
    is_a_path = name.endswith(".py") or ("/" in name and not _is_a_variant(name))
    return is_a_path or ":" in name or any(each.name == name for each in installed()) or _found(name)


def _is_a_variant(name: str) -> bool:
    """Tell whether a name with a `/` is the id of a variant of a mistake of ours, such as `PAX-1/strict`, and not a path."""
    plain, _, _ = name.partition("/")
    return plain.partition(".")[0].lower() in protocols_by_stem() or re.fullmatch(r"[A-Za-z]+-\d+", plain) is not None


def own(name: str) -> Protocol:
    """Load a protocol of the user's. What cannot be found or imported is a Misuse that says where it broke."""
    target, _, value = name.partition(":")
    modules = tuple(_modules(target))
    chosen = modules if not value else (_only(modules, value, name),)
    stem = stem_of(modules[0].__name__)
    known = protocols_loaded().get(stem)
    if known is not None and {module.__name__ for module in known.load(SPEC)} != {module.__name__ for module in chosen}:
        raise Misuse(f"two protocols are called {stem}: {name} and {known.title!r}; check them one after the other")
    loaded = Protocol.of_modules(stem, *chosen, source=name)
    if not (loaded.explored or loaded.pitfalls or loaded.known_violations):
        what = f"{name} is {vars(chosen[0])[value]!r}" if value else f"{name} has nothing to check"
        raise NothingToCheck(
            f"{what}; give a System, a Mechanism, a Model, or a Scope, Family, Grid, ModelScope or Pitfall with one, as a value of the module"
        )
    protocols_loaded()[stem] = loaded
    return loaded


def meaning(name: str) -> tuple[Protocol, Named | None]:
    """Return what a name of the user's means: a protocol, or with `:value` a clause, a pitfall, a known violation or a situation in it."""
    from concordant.checks.exploration.situations import Situation  # noqa: PLC0415  # a wrong name is refused before this is loaded

    target, _, value = name.partition(":")
    modules = tuple(_modules(target))
    protocol = own(target)
    found = None if not value else vars(_only(modules, value, name))[value]
    if isinstance(found, Clause | Pitfall | KnownViolation | Situation):
        return protocol, found
    return (own(name), None) if value else (protocol, None)


def meant(name: str) -> tuple[Protocol, Named | None]:
    """Return what a name means, of ours or of the user's. An unknown one that could be an id of the user's is told how that is given."""
    if not is_one_of_ours(name) and is_own(name):
        return meaning(name)
    try:
        return find(name)
    except UnknownName as unknown:
        module, _, part = name.rpartition(".")
        if not part.isidentifier() or not module or module in protocols_by_stem() or f"{module}." in str(unknown).partition(";")[2]:
            raise
        raise Misuse(f"{unknown}; what is your own is given with its file or module, such as {module}.py:{part}") from unknown


def _found(name: str) -> bool:
    """Tell whether a dotted name can be imported, from where the user works too."""
    _from_here()
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False
    except SystemExit as left:  # a package imports itself to find what is in it
        raise Misuse(f"{name} cannot be imported: {_exits(left)}") from left
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # as below
        raise Misuse(f"{name} cannot be imported: {type(error).__name__}: {error}") from error


def _from_here() -> None:
    here = str(Path.cwd())
    if here not in sys.path and "" not in sys.path:
        sys.path.insert(0, here)


def _modules(target: str) -> Iterator[ModuleType]:
    """Import a file, or a module or package with all modules in it; an entry point is the module that it names."""
    target = next((each.value for each in installed() if each.name == target), target)
    if target.endswith(".py") or "/" in target:
        file = Path(target).resolve()
        if not file.is_file():
            raise Misuse(f"there is no file {target}; give a file, a module such as mypackage.lock, or module:name")
        name = _dotted(file)
        module = _imported(name, target)
        if Path(module.__file__ or "").resolve() != file:
            raise Misuse(f"{target} would be imported as {name}, which is {module.__file__ or 'built in'} already; rename the file")
        yield module
        return
    _from_here()
    module = _imported(target, target)
    yield module
    if hasattr(module, "__path__"):
        found = [each.name for each in pkgutil.walk_packages(module.__path__, f"{target}.")]
        for name in dict.fromkeys((*found, *_without_init(module.__path__, target))):
            if not name.endswith(".__main__"):
                yield _imported(name, target)


def _dotted(file: Path) -> str:
    """Return the name of the module in a file, dotted where its folder is a package; from then on it can be imported."""
    parts = [] if file.name == "__init__.py" else [file.stem]
    folder = file.parent
    while (folder / "__init__.py").exists():
        parts.insert(0, folder.name)
        folder = folder.parent
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    return ".".join(parts)


def _without_init(folders: Iterable[str], target: str) -> Iterator[str]:
    """Name the modules of a package that are about protocols and lie in folders without an __init__.py, which Python imports too."""
    for folder in folders:
        for file in sorted(Path(folder).rglob("*.py")):
            inner = file.relative_to(folder).with_suffix("").parts
            named = inner[:-1] and all(map(str.isidentifier, inner)) and not file.name.startswith(("__init__", "test_", "conftest"))
            if named and "concordant" in file.read_text(encoding="utf-8", errors="replace"):
                yield ".".join((target, *inner))


def _imported(name: str, target: str) -> ModuleType:
    before = seal()
    try:
        with staying(), imported_to_be_turned():
            module = importlib.import_module(name)
    except SystemExit as left:
        raise Misuse(f"{target} cannot be imported: {_exits(left)}") from left
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # what is no Exception, such as pytest's Skipped, would mean another thing to whoever asked
        place = place_of(error)
        where = f"\n  {place}" if place else ""
        raise Misuse(f"{target} cannot be imported: {type(error).__name__}: {error}{where}") from error
    sealed(before)  # whatever the module has noted instead
    require_sealed(target, before)
    _turned(name)
    return module


def _turned(name: str) -> None:
    """Let a module, and those of the user's that it imports, make sets that can be turned, also if somebody else has imported them."""
    from concordant.checks.cache.sources import reached  # noqa: PLC0415  # which asks when the run began, here
    from concordant.checks.semantics.held import hold  # noqa: PLC0415  # with what it takes to scramble values

    modules = [sys.modules[each] for each in reached([name]) if each in sys.modules and not is_ours(each)]
    turn_what_was_imported(modules)
    hold(modules)


def _exits(left: SystemExit) -> str:
    return f'it ends the program, by sys.exit({left.code!r}) or the like; let it do so below `if __name__ == "__main__"`'


def _only(modules: tuple[ModuleType, ...], value: str, name: str) -> ModuleType:
    """Return a module with one value of others, so that it is all that is checked, and with their classes, by which traces are written."""
    for module in modules:
        if hasattr(module, value):
            alone = ModuleType(module.__name__)
            alone.__doc__ = module.__doc__
            vars(alone).update((name, kind) for each in (*modules, module) for name, kind in vars(each).items() if isinstance(kind, type))
            vars(alone)[value] = _made(getattr(module, value), name)
            return alone
    raise Misuse(f"{name}: there is no {value} in {', '.join(module.__name__ for module in modules)}")


def _made(value: object, name: str) -> object:
    """Return a value, or what a function of no arguments makes: a system or a rule's mechanism."""
    if not inspect.isfunction(value):
        return value
    try:
        made = value()
    except SystemExit as left:
        raise Misuse(f"{name}() does not return: {_exits(left)}") from left
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # as above
        raise Misuse(f"{name}() raised {type(error).__name__}: {error}") from error
    if not isinstance(made, System | Mechanism | Model):
        raise Misuse(f"{name}() returned {made!r}; a function that is checked returns a System, a Mechanism or a Model")
    return made
