"""Clauses: the promises of a protocol, as functions that enumerate cases.

A clause's id is `stem.name`: the module that defines the function, and the function. Its sentence is the first line of
the docstring, its argument the rest. It is judged only under the faults that it survives (`under`) and where the
environment is as tame as it `needs`; every clause survives delay and reordering unless it says otherwise.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Hashable, Iterable, Mapping
from types import CodeType, FunctionType
from typing import Any, Generic, Never, Protocol, Self, TypeAlias, TypeVar
from weakref import WeakValueDictionary

from attrs import field, fields, frozen, has

from concordant.spec.vocabulary.faults import Fair, Fault, Need
from concordant.spec.vocabulary.stems import stem_of
from concordant.spec.vocabulary.values import Address
from concordant.spec.vocabulary.variables import Now

V = TypeVar("V")
E = TypeVar("E")
H = TypeVar("H")
H_co = TypeVar("H_co", covariant=True)


@frozen
class Case:
    """One instance of a clause's antecedent: whether the consequent holds, and the facts that show it."""

    holds: bool
    facts: Mapping[str, object] = field(factory=dict, hash=False)

    def __attrs_post_init__(self) -> None:
        if type(self.holds) is not bool:  # a generator is true, whatever it yields
            raise TypeError(f"case({self.holds!r}): say whether it holds as a bool, such as case(all(…))")


def case(holds: bool, /, **facts: object) -> Case:
    """State one case; when it is the first that fails, its facts are the clause's witness."""
    return Case(holds, facts)


Cases: TypeAlias = Iterable[Case]


@frozen(order=True)
class Call:
    """A request that its user still waits for."""

    user: Address
    at: Address

    def __str__(self) -> str:
        return f"{self.user} at {self.at}"


class Compared(Protocol):
    """How a run compares with the specification of a system that has `refines`."""

    @property
    def follows(self) -> bool:
        """Whether the specification may show what was shown so far."""
        ...

    @property
    def may_rest(self) -> bool:
        """Whether it may then come to rest."""
        ...

    @property
    def shown(self) -> object:
        """What was shown last; None before anything was."""
        ...

    @property
    def shows(self) -> Callable[[Address, Address, object], object]:
        """What says what is shown of a happening."""
        ...


class Seen(Protocol[H_co]):
    """What can be seen in one state. Reads are recorded: an answer is reused wherever the same values are read."""

    @property
    def history(self) -> H_co:
        """What happened so far, as the system's history remembers it."""
        ...

    @property
    def compared(self) -> Compared:
        """How the run compares with what the system `refines`: for the clauses of `concordant.spec.common.refinement`."""
        ...

    def views(self, view: type[V], /) -> Mapping[Address, V]:
        """The views of this class, by process, in the order of the system; of one that is down, of what survived."""
        ...

    def up(self, process: Address, /) -> bool:
        """Whether the process is up."""
        ...

    def waiting(self) -> tuple[Call, ...]:
        """The open calls, in the order of the system's users."""
        ...


class History(Hashable, Protocol):
    """A frozen value folded from what happens at the interface.

    `after(at, by, happening)`: at process `at`, done by its user or by the process itself. It must not fail when earlier
    happenings are missing (an implementation under test shows one role only), and it saturates: a counter stops at
    *more than once*, or the states never end.
    """

    def after(self, at: Address, by: Address, happening: object, /) -> Self:
        """Return the history after one more happening."""
        ...


@frozen
class NoHistory:
    """Remembers nothing; for systems whose clauses read views only."""

    def after(self, at: Address, by: Address, happening: object, /) -> NoHistory:  # noqa: ARG002  # the protocol's signature
        """Return itself."""
        return self


@frozen
class Clause:
    """One promise. `id` is `stem.name`; see the module's text for the rest."""

    id: str
    sentence: str
    argument: str
    under: Fault
    needs: Need

    @property
    def stem(self) -> str:
        """The protocol, or family of protocols, to which it belongs."""
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        """What it promises, in one word."""
        return self.id.partition(".")[2]

    def __attrs_post_init__(self) -> None:
        _KNOWN.setdefault(self.id, WeakValueDictionary())[id(self)] = self

    @property
    def _content(self) -> tuple[object, ...]:
        return tuple(content_of(getattr(self, part.name)) for part in fields(type(self)))

    def __reduce__(self) -> tuple[Callable[..., Clause], tuple[object, ...]]:
        plain = {part.name: getattr(self, part.name) for part in fields(type(self)) if part.name not in ("view", "event", "cases")}
        return _recalled, (type(self), plain, self._content)

    @property
    def is_known(self) -> bool:
        """Whether it was made in this process, or is the same as one that was; of another it is only known how it stands."""
        return not isinstance(getattr(self, "cases", None), Elsewhere)


_KNOWN: dict[str, WeakValueDictionary[int, Clause]] = {}
"""The clauses of this process by id, which several may share, and as objects. A clause holds a function, which cannot travel: what travels says what it does."""


@frozen
class Elsewhere:
    """The cases of a clause that was made in another process, and by its content is none of those that are known in this one."""

    content: tuple[object, ...]

    def __call__(self, *_given: object) -> Cases:
        """Fail, since the function is elsewhere."""
        raise TypeError("this clause was judged in another process, which alone has its function")


def _recalled(kind: type[Clause], plain: dict[str, Any], content: tuple[object, ...]) -> Clause:
    for known in list(_KNOWN.get(plain["id"], {}).values()):
        if type(known) is kind and known._content == content:  # noqa: SLF001  # a function of this class
            return known
    elsewhere = {"view": object, "event": object, "cases": Elsewhere(content)}
    others: dict[str, Any] = {part.name: elsewhere[part.name] for part in fields(kind) if part.name in elsewhere}
    return kind(**plain, **others)


def content_of(value: Any, within: tuple[int, ...] = ()) -> object:
    """Say what a part of a clause, or of an environment, does, also a function made by another: its code, and what it holds."""
    if id(value) in within:
        return "again"
    within = (*within, id(value))
    if isinstance(value, FunctionType):
        closure = inspect.getclosurevars(value).nonlocals
        held = [*closure.values(), *(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values()]
        return (value.__module__, value.__qualname__, _code(value.__code__), *(content_of(each, within) for each in held))
    if has(type(value)):
        return (
            type(value).__module__,
            type(value).__qualname__,
            *(content_of(getattr(value, part.name), within) for part in fields(type(value))),
        )
    if isinstance(value, tuple):
        return tuple(content_of(each, within) for each in value)
    return repr(value)


def _code(code: CodeType) -> tuple[object, ...]:
    """Say what code does, and where it stands: of several lambdas of one line each is another."""
    constants = (_code(each) if isinstance(each, CodeType) else _constant(each) for each in code.co_consts)
    return (code.co_firstlineno, code.co_code, code.co_names, *constants)


def _constant(value: object) -> str:
    return repr(sorted(map(repr, value)) if isinstance(value, frozenset) else value)


SeenCases: TypeAlias = Callable[[Seen[H]], Cases] | Callable[[Now], Cases]
"""Cases of a state: of a system of processes, or of a model."""


@frozen
class Always(Clause, Generic[H]):
    """Every case holds in every reachable state."""

    cases: Callable[[Any], Cases]


@frozen
class AlwaysEach(Clause, Generic[V, H]):
    """Every case holds of each process with this view, in every reachable state."""

    view: type[V]
    cases: Callable[[V, Address, H], Cases]


@frozen
class EveryStep(Clause, Generic[V]):
    """Every case holds of the view before and after each step of a process, its crashes and recoveries included."""

    view: type[V]
    cases: Callable[[V, V], Cases]


@frozen
class OnEvent(Clause, Generic[H, E]):
    """Every case holds whenever such an event happens: of the history just before it, of who announced it, of the event."""

    event: type[E]
    cases: Callable[[H, Address, E], Cases]


@frozen
class AtRest(Clause, Generic[H]):
    """Every case holds in every reachable state in which nothing more will happen by itself."""

    cases: Callable[[Any], Cases]


@frozen
class Sometimes(Clause, Generic[H]):
    """Some case holds in some reachable state: the witness that the other clauses are not vacuous."""

    cases: Callable[[Any], Cases]


@frozen
class Eventually(Clause, Generic[H]):
    """On every fair path, from some moment on and for good, every case holds."""

    given: Fair
    cases: Callable[[Any], Cases]


@frozen
class InfinitelyOften(Clause, Generic[H]):
    """On every fair path, again and again, every case holds."""

    given: Fair
    cases: Callable[[Any], Cases]


@frozen
class AlwaysPossible(Clause, Generic[H]):
    """From every reachable state one is reachable, without further harm by the environment, in which every case holds."""

    cases: Callable[[Any], Cases]


def require_distinct(promises: Iterable[Clause]) -> None:
    """Check that promises are clauses, of which no two have one id, so that only one would be judged; a TypeError or ValueError otherwise."""
    if not isinstance(promises, tuple):
        name = promises.id if isinstance(promises, Clause) else repr(promises)
        raise TypeError(f"promises={name}: give a tuple of clauses, such as (mutual_exclusion,)")
    for each in promises:
        if not isinstance(each, Clause):
            given = getattr(each, "__qualname__", repr(each))
            raise TypeError(f"{given} is promised, and is no clause; a decorator such as @always() makes one of a function")
    ids = [clause.id for clause in promises]
    for id in ids:
        if ids.count(id) > 1:
            raise ValueError(f"clause {id} is promised twice; list it once, or rename one of the two")


def named(function: Callable[..., object]) -> tuple[str, str, str]:
    """Return id, sentence and argument of a clause's function; without a docstring, or with signs that do not print, it is a ValueError."""
    text = inspect.getdoc(function)
    name = getattr(function, "__name__", repr(function))
    if not text:
        raise ValueError(f"clause {name} says nothing: give it a docstring whose first line is its sentence")
    if not text.replace("\n", "").isprintable():
        raise ValueError(f"clause {name} has signs in its docstring that do not print: a terminal would obey them; leave them out")
    sentence, _, argument = text.partition("\n")
    return f"{stem_of(function.__module__)}.{name}", sentence.strip(), argument.strip()


def _require_parentheses(decorator: str, misplaced: tuple[object, ...]) -> None:
    for function in misplaced:
        name = getattr(function, "__name__", repr(function))
        raise TypeError(f"@{decorator} above {name} lacks its parentheses; write @{decorator}(), or say what it survives: under=Fault.LOSS")


def _require_class(decorator: str, given: object) -> None:
    if not isinstance(given, type):
        name = getattr(given, "__name__", repr(given))
        raise TypeError(f"@{decorator} is given {name}; it takes the class that its cases are about, such as @{decorator}(View)")


def always(*misplaced: Never, under: Fault = Fault.NONE, needs: Need = Need.NONE) -> Callable[[SeenCases[H]], Always[H]]:
    """Promise that every case holds in every reachable state."""
    _require_parentheses("always", misplaced)
    return lambda cases: Always(*named(cases), under, needs, cases)


def always_each(
    view: type[V], *, under: Fault = Fault.NONE, needs: Need = Need.NONE
) -> Callable[[Callable[[V, Address, H], Cases]], AlwaysEach[V, H]]:
    """Promise the same process by process: cheap where `always` would read every view."""
    _require_class("always_each", view)
    return lambda cases: AlwaysEach(*named(cases), under, needs, view, cases)


def every_step(view: type[V], *, under: Fault = Fault.NONE, needs: Need = Need.NONE) -> Callable[[Callable[[V, V], Cases]], EveryStep[V]]:
    """Promise how the view of a process may change in one step."""
    _require_class("every_step", view)
    return lambda cases: EveryStep(*named(cases), under, needs, view, cases)


def on_event(
    event: type[E], *, under: Fault = Fault.NONE, needs: Need = Need.NONE
) -> Callable[[Callable[[H, Address, E], Cases]], OnEvent[H, E]]:
    """Promise what must have happened before an event: order, priority, sealed until closed."""
    _require_class("on_event", event)
    return lambda cases: OnEvent(*named(cases), under, needs, event, cases)


def at_rest(*misplaced: Never, under: Fault = Fault.NONE, needs: Need = Need.NONE) -> Callable[[SeenCases[H]], AtRest[H]]:
    """Promise how things end: no deadlock, nobody left waiting, nothing left held."""
    _require_parentheses("at_rest", misplaced)
    return lambda cases: AtRest(*named(cases), under, needs, cases)


def sometimes(*function: SeenCases[H]) -> Sometimes[H]:
    """Promise that something is reached; at least one per protocol."""
    if len(function) != 1:
        raise TypeError("@sometimes has nothing to be told: write it without parentheses, above one function")
    (cases,) = function
    return Sometimes(*named(cases), ~Fault.NONE, Need.NONE, cases)


def _require_fairness(decorator: str, given: object) -> None:
    if not isinstance(given, Fair):
        name = getattr(given, "__name__", repr(given))
        raise TypeError(f"@{decorator} is given {name}; it takes which fairness it assumes, such as @{decorator}(Fair.DELIVERY)")


def eventually(given: Fair, *, under: Fault = Fault.NONE, needs: Need = Need.NONE) -> Callable[[SeenCases[H]], Eventually[H]]:
    """Promise that every case comes to hold for good, on every path that is fair as given."""
    _require_fairness("eventually", given)
    return lambda cases: Eventually(*named(cases), under, needs, given, cases)


def infinitely_often(given: Fair, *, under: Fault = Fault.NONE, needs: Need = Need.NONE) -> Callable[[SeenCases[H]], InfinitelyOften[H]]:
    """Promise that every case holds again and again, on every path that is fair as given."""
    _require_fairness("infinitely_often", given)
    return lambda cases: InfinitelyOften(*named(cases), under, needs, given, cases)


def always_possible(*misplaced: Never, under: Fault = Fault.NONE, needs: Need = Need.NONE) -> Callable[[SeenCases[H]], AlwaysPossible[H]]:
    """Promise that whatever has happened, a state can still be reached in which every case holds: the option to complete."""
    _require_parentheses("always_possible", misplaced)
    return lambda cases: AlwaysPossible(*named(cases), under, needs, cases)
