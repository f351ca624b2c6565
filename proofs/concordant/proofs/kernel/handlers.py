"""Handlers for all states: the shipped Python runs on elements of the proved model's own sorts.

An element stands for any value. Comparing two asks Z3: where both answers are possible, the run forks, and every path is
taken. Hashing, formatting or indexing by one fails aloud, so that nothing is proved of code that looks inside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NoReturn, TypeAlias, TypeVar, cast

from attrs import frozen

from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.paths import Refuted, current
from concordant.proofs.kernel.theorems import Outcome, Standing, Theorem

T = TypeVar("T")


class Element:
    """Any element of a sort. `order` is the model's own order of that sort, where it has one."""

    __slots__ = ("order", "term")
    __hash__ = None  # type: ignore[assignment]  # an element must not be looked up by identity

    def __init__(self, term: Term, order: Callable[[Term, Term], Term] | None = None) -> None:
        self.term = term
        self.order = order

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Element) and current().branch(self.term == other.term)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __le__(self, other: Element) -> bool:
        return self._before(self, other)

    def __ge__(self, other: Element) -> bool:
        return self._before(other, self)

    def __lt__(self, other: Element) -> bool:
        return not self._before(other, self)

    def __gt__(self, other: Element) -> bool:
        return not self._before(self, other)

    def _before(self, low: Element, high: Element) -> bool:
        if self.order is None:
            raise TypeError(f"{self.term} has no order in the model; the handler may compare it for equality only")
        return current().branch(self.order(low.term, high.term))

    def __getattr__(self, name: str) -> Part:
        if name.startswith("__"):
            raise AttributeError(name)
        return Part(self, name)

    def __repr__(self) -> str:
        raise TypeError(f"the handler formats {self.term}; what it proves of must not look inside")


class Part:
    """A field of an element: it may be moved, and not be looked at."""

    __hash__ = None  # type: ignore[assignment]  # as Element

    def __init__(self, whole: Element, name: str) -> None:
        self._what = f"field {name} of {whole.term}"

    def _look(self, *_: object) -> NoReturn:
        raise TypeError(f"the handler looks at {self._what}; what it proves must not depend on it")

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __add__ = __radd__ = __repr__ = __bool__ = _look


def some(kind: type[T], term: Term, order: Callable[[Term, Term], Term] | None = None) -> T:  # noqa: ARG001  # for its type
    """Return an element, typed as what the handler expects."""
    return cast("T", Element(term, order))


def term_of(value: object) -> Term:
    """Return the term of an element; anything else is a TypeError."""
    if not isinstance(value, Element):
        raise TypeError(f"{value!r} is no element of the model: the handler made a value of its own")
    return value.term


Run: TypeAlias = Callable[[], Iterable[int]]
"""The proof of a handler: each situation yields how many paths it has, or raises Refuted."""


@frozen(eq=False)
class WrongHandler:
    """A handler with a plausible mistake. `guard`: what refutes it. `mutant`: `stem.name` of a model with the same mistake, if
    there is one.
    """

    kind: type
    run: Run
    guard: str
    mutant: str | None = None

    def refuted_by(self) -> str:
        """Return what refutes it; `nothing`, if it is proved all the same."""
        return refuted_by(self.run)


def refuted_by(run: Run) -> str:
    """Return what refutes a handler; `nothing`, if it is proved."""
    try:
        return "nothing" if sum(run()) else "no path"
    except Refuted as refuted:
        return str(refuted)


def handler_theorem(id: str, claim: str, quantifiers: str, about: str, run: Run, wrong: tuple[WrongHandler, ...]) -> Theorem:
    """Make the theorem of a handler: it is proved, and each wrong one is refuted by what it says. `about` heads its page."""

    def check() -> Outcome:
        try:
            paths = sum(run())
        except Refuted as refuted:
            return Outcome(Standing.FAILED, str(refuted))
        missed = [f"{each.kind.__name__}, by {found}, not by {each.guard}" for each in wrong if (found := each.refuted_by()) != each.guard]
        if missed:
            return Outcome(Standing.FAILED, f"not refuted as expected: {'; '.join(missed)}")
        return Outcome(Standing.PROVED, f"{paths} paths, {len(wrong)} wrong handlers refuted")

    def page() -> Iterator[str]:
        yield id
        yield from (f"  {line}".rstrip() for line in about.strip().splitlines())
        for each in wrong:
            yield ""
            yield f"  {each.kind.__name__}: {(each.kind.__doc__ or '').strip()}"
            yield f"    refuted by {each.refuted_by()}"

    return Theorem(id, claim, quantifiers, check, explain=page)
