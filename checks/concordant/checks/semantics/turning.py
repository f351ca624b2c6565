"""Sets that a user's functions make: the second time that such a function is asked, they are gone through the other way round.

What a function makes of a set that it is given shows when that is scrambled. Of one that it makes itself nothing can be scrambled but as
it is made: so modules of users are imported with every set that they make handed to `made`.

Of elements that share a place in the table of a set the first that came goes first. So a set that is made of one that is turned may have
the order that it has the first time, and two turns cancel. Hence what is made has an order of its own, by the hashes of its elements,
however it came about: then the other way round is another order, under every hash seed.
"""

from __future__ import annotations

import ast
import gc
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, Self

from attrs import define

from concordant.checks.registry import is_ours
from concordant.checks.semantics.scrambling import Scrambled

NAME = "__concordant_made__"
"""What `made` is called in a module of a user's."""
SETS = (set, frozenset, Scrambled)
DERIVED = frozenset({"union", "intersection", "difference", "symmetric_difference", "copy"})


@define(eq=False, repr=False)
class Turning:
    """Whether sets are gone through the other way round now, and whether one was made meanwhile."""

    now: bool = False
    used: bool = False


TURNING = Turning()
"""That of this process."""


@define(eq=False, repr=False)
class HeldSet:
    """A set that a module holds, or something with one: what puts a value in its place, the value, and the same with its sets turned."""

    module: str
    put: Callable[[Any], None]
    value: Any
    turned: Any


HELD: list[HeldSet] = []
"""Those of this process."""


class turned:  # noqa: N801  # which is entered as a function that makes one would be, in a third of the time
    """Lets the sets that users' functions make meanwhile be gone through the other way round. `used`: whether they have made one."""

    __slots__ = ("before", "used")

    before: bool
    used: bool

    def __enter__(self) -> Self:
        """Begin."""
        self.before, TURNING.now, TURNING.used = TURNING.now, True, bool(HELD)
        for each in HELD:
            each.put(each.turned)
        return self

    def __exit__(self, *_: object) -> None:
        """End, and tell whether one was made."""
        self.used, TURNING.now, TURNING.used = TURNING.used, self.before, False
        if not self.before:
            for each in HELD:
                each.put(each.value)


def by_hash(elements: Iterable[Any]) -> list[Any]:
    """Return the elements of a set in an order that does not depend on which of them came first."""
    found = [*elements]
    alike = len({hash(each) for each in found}) < len(found)
    return sorted(found, key=(lambda each: (hash(each), repr(each))) if alike else hash)


class OrderedSet(set[Any]):
    """A set that is gone through by the hashes of its elements. What is derived from it is, too."""

    def __iter__(self) -> Iterator[Any]:
        return iter(by_hash(super().__iter__()))

    def __repr__(self) -> str:
        return f"{{{', '.join(map(repr, self))}}}" if self else "set()"

    def pop(self) -> Any:
        """Take out the element that comes first."""
        for first in self:
            self.discard(first)
            return first
        return super().pop()  # which says that there is none


class TurnedSet(OrderedSet):
    """One that is gone through the other way round."""

    def __iter__(self) -> Iterator[Any]:
        return iter(by_hash(set.__iter__(self))[::-1])


def _derived(name: str) -> Callable[..., Any]:
    derive = getattr(set, name)

    def method(self: OrderedSet, *others: Any) -> Any:
        found = derive(set(set.__iter__(self)), *(other.original if isinstance(other, Scrambled) else other for other in others))
        return type(self)(found) if type(found) is set else found

    return method


for _name in ("and", "or", "sub", "xor"):
    for _method in (f"__{_name}__", f"__r{_name}__"):
        setattr(OrderedSet, _method, _derived(_method))
for _method in DERIVED:
    setattr(OrderedSet, _method, _derived(_method))


def made(value: Any) -> Any:
    """Return what was made; a set in an order of its own, and the other way round where that is wanted."""
    kind = type(value)
    if kind not in SETS or (len(value) < 2 and kind is not set):  # to which more may be added
        return value
    TURNING.used |= len(value) > 1
    if kind is set:
        return TurnedSet(value) if TURNING.now else OrderedSet(value)
    ordered = frozenset(by_hash(value.original if kind is Scrambled else value))
    return Scrambled.of(ordered) if TURNING.now or kind is Scrambled else ordered


# ---- as it is imported


class _Making(ast.NodeTransformer):
    """Hands every set that may be made to `made`."""

    def visit_Set(self, node: ast.Set) -> ast.AST:
        return self._handed(node)

    def visit_SetComp(self, node: ast.SetComp) -> ast.AST:
        return self._handed(node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        return self._handed(node) if isinstance(node.op, ast.BitOr | ast.BitAnd | ast.BitXor | ast.Sub) else self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        match node.func:
            case ast.Name(id="set" | "frozenset"):
                return self._handed(node)
            case ast.Attribute(attr=name) if name in DERIVED:
                return self._handed(node)
            case ast.Call(func=ast.Name(id="type")):  # of whichever class something is
                return self._handed(node)
            case _:
                return self.generic_visit(node)

    def _handed(self, node: ast.expr) -> ast.AST:
        self.generic_visit(node)
        return ast.copy_location(ast.Call(ast.copy_location(ast.Name(NAME, ast.Load()), node), [node], []), node)


def _compiled(text: Any, path: Any, optimize: int = -1) -> CodeType:
    tree: ast.Module = _Making().visit(ast.parse(text, path))
    return compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True, optimize=optimize)


class TurningLoader(SourceFileLoader):
    """Loads a module of a user's from its text, never from what was compiled of it before."""

    def path_stats(self, path: Any) -> Any:
        """Know of no time at which the file changed, so that nothing compiled is read, or kept."""
        raise OSError(path)

    def source_to_code(self, data: Any, path: Any, *, _optimize: int = -1) -> CodeType:  # type: ignore[override]  # as Python calls it
        """Compile a text in which every set that is made is handed on."""
        return _compiled(data, path, _optimize)

    def exec_module(self, module: ModuleType) -> None:
        """Run the module, in which `made` is known."""
        vars(module)[NAME] = made
        super().exec_module(module)


class _Finder:
    """Finds what Python does, and has modules of users loaded so that their sets can be turned."""

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return the specification of a module of a user's; None of any other."""
        found = None if is_ours(name) else PathFinder.find_spec(name, path, target)
        if found is None or type(found.loader) is not SourceFileLoader or _is_installed(Path(found.loader.path)):
            return None
        found.loader = TurningLoader(name, found.loader.path)
        return found


def turn_what_was_imported(modules: Iterable[ModuleType]) -> None:
    """Let modules of users that were imported before, as by their tests, make sets that can be turned: their functions are given that code."""
    codes: dict[str, dict[tuple[str, int], CodeType]] = {}
    for module in modules:
        loader = getattr(module, "__loader__", None)
        if type(loader) is SourceFileLoader and NAME not in vars(module) and not _is_installed(Path(loader.path)):
            vars(module)[NAME] = made
            codes[loader.path] = {
                (code.co_qualname, code.co_firstlineno): code for code in _within(_compiled(loader.get_data(loader.path), loader.path))
            }
    for function in gc.get_objects() if codes else ():
        if type(function) is FunctionType:
            was = function.__code__
            code = codes.get(was.co_filename, {}).get((was.co_qualname, was.co_firstlineno))
            if code is not None and code.co_freevars == was.co_freevars:
                function.__code__ = code


def _within(code: CodeType) -> Iterator[CodeType]:
    """Yield the code of a module and of all functions and classes in it."""
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _within(each)


LIBRARY = Path(ast.__file__).parent


def _is_installed(file: Path) -> bool:
    return "site-packages" in file.parts or file.is_relative_to(LIBRARY)


@contextmanager
def imported_to_be_turned() -> Iterator[None]:
    """Let the modules of users that are imported meanwhile make sets that can be turned."""
    finder: Any = _Finder()
    place = next((place for place, each in enumerate(sys.meta_path) if each is PathFinder), len(sys.meta_path))
    sys.meta_path.insert(place, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
