"""Every path of a run: what it compares is decided by Z3, and where both answers are possible the run is taken again.

A run must be repeatable: each further path follows the choices of the last one up to the fork that is now taken the other
way. Of a fork one side is known to be possible without asking, since a model of the path so far is at hand.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from typing import Any, cast

import z3
from attrs import define, field, frozen

from concordant.proofs.kernel.fragment import alternation_cycle
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.obligations import TIMEOUT_MILLISECONDS
from concordant.proofs.kernel.theorems import Undecided
from concordant.spec import vocabulary

EFFORT = 1_000_000
"""How much Z3 may do to find a counterexample with readable numbers, in its own units."""


class Refuted(Exception):  # noqa: N818  # it says what became of the proof
    """A goal is false on some path; the text names it."""


class Impossible(Exception):  # noqa: N818  # it says what became of the path
    """What this path assumes cannot be: it is none."""


class Unrepeatable(ValueError):  # noqa: N818  # the text says all
    """A run asked for something else when it was taken again."""


@frozen
class Limits:
    """When to give up: after so many paths, or so many seconds. A proof that meets a limit is unknown."""

    paths: int = 100_000
    seconds: float = 300


@define(eq=False)
class Choice:
    """What was chosen on a path. `asked`: a condition, an assumption, or the number of options. `other`: a model of what is still to be taken."""

    asked: Term | int
    taken: int
    open: bool
    scoped: bool
    other: Any = None


@define(eq=False)
class Paths:
    """One search through all paths of a run: the choices made, and a solver that knows what they assume.

    `given`: finite choices that come first and are not to be varied, each as the number of its options and which is taken.
    `trespass`: why this search shows nothing, kept here in case the run catches what is raised then.
    `terms`: what symbols have built, to be built once and not on every path.
    """

    assumptions: Sequence[Term] = ()
    given: Sequence[tuple[int, int]] = ()
    limits: Limits = field(default=Limits(), kw_only=True)
    count: int = field(default=0, init=False)
    queries: int = field(default=0, init=False)
    trespass: Exception | None = field(default=None, init=False)
    terms: dict[Any, Any] = field(factory=dict, init=False)
    _solver: Any = field(factory=z3.SimpleSolver, init=False)
    _given: list[tuple[int, int]] = field(factory=list, init=False)
    _trail: list[Choice] = field(factory=list, init=False)
    _facts: dict[int, tuple[Term, bool]] = field(factory=dict, init=False)
    _position: int = field(default=0, init=False)
    _model: Any = field(default=None, init=False)
    _began: float = field(factory=time.perf_counter, init=False)

    def __attrs_post_init__(self) -> None:
        self._solver.set("timeout", TIMEOUT_MILLISECONDS)
        self._solver.add(*self.assumptions)
        self._model = self._ask(z3.BoolVal(True), "the assumptions")  # Z3's own signature
        if self._model is None:
            raise ValueError("the assumptions contradict each other: nothing would be shown")
        self._given = list(reversed(self.given))

    # ---- what a run asks

    def branch(self, condition: Term) -> bool:
        """Decide a condition; where both answers are possible, the other is taken on another path."""
        known = self._facts.get(id(condition))
        if known is not None:
            return known[1]
        taken = self._decided(condition)
        self._facts[id(condition)] = condition, taken  # with the condition, so that no other is found at its address
        return taken

    def _decided(self, condition: Term) -> bool:
        if self._position < len(self._trail):
            return bool(self._again(condition).taken)
        holds = self._model.eval(condition, model_completion=True)
        if not (z3.is_true(holds) or z3.is_false(holds)):  # such as a product of which the model says nothing definite
            model = self._ask(condition)
            self._model = self._model if model is None else model
            holds = z3.BoolVal(model is not None)
        taken = bool(z3.is_true(holds))
        negated = z3.Not(condition)
        other = self._ask(negated if taken else condition)
        possible = other is not None
        self._take(Choice(condition, taken, open=possible, scoped=possible, other=other), condition if taken else negated)
        return taken

    def choose(self, options: int) -> int:
        """Choose one of so many options; the others are taken on other paths."""
        if self._position < len(self._trail):
            return self._again(options).taken
        if self._given:
            among, taken = self._given.pop()
            self._take(Choice(options, taken, open=False, scoped=False))
            if among != options:
                raise self._differs(options, among)
            return taken
        self._take(Choice(options, 0, options > 1, scoped=False, other=self._model))
        return 0

    def assume(self, condition: Term) -> None:
        """Go on only where a condition holds; Impossible where it cannot."""
        if self._position < len(self._trail):
            self._again(condition)
            return
        if not z3.is_true(self._model.eval(condition, model_completion=True)):
            model = self._ask(condition)
            if model is None:
                raise Impossible
            self._model = model
        self._take(Choice(condition, 1, open=False, scoped=True), condition)

    def possible(self, condition: Term) -> bool:
        """Tell whether a condition may hold on this path."""
        return self._ask(condition) is not None

    def model(self, wish: Term | None = None) -> Any:
        """Return a model of this path; with a wish, one that fulfils it, or None where none is found with moderate effort."""
        if wish is None:
            return self._ask(z3.BoolVal(True), "a counterexample")  # Z3's own signature
        self._solver.set("rlimit", EFFORT)  # not seconds: the same counterexample is found on every machine
        try:
            return self._ask(wish)
        except Undecided:
            self.trespass = None
            return None
        finally:
            self._solver.set("rlimit", 0)

    def prove(self, goal: Term, what: str) -> None:
        """Prove a goal on this path; Refuted where it is false, a ValueError where it cannot be decided for sure."""
        cycle = alternation_cycle([*self.assumptions, z3.Not(goal)])
        if cycle is not None:
            raise ValueError(f"{what}: the goal leaves the decidable fragment: {' → '.join(cycle)}")
        if self.possible(z3.Not(goal)):
            raise Refuted(what)

    @property
    def chosen(self) -> tuple[tuple[int, int], ...]:
        """Return the finite choices of this path up to the first that is none, as `given` takes them."""
        finite = takewhile(lambda choice: isinstance(choice.asked, int), self._trail)
        return tuple((cast("int", choice.asked), choice.taken) for choice in finite)

    # ---- the search

    def advance(self) -> bool:
        """Turn to the next path; False where there is none."""
        if self._position < len(self._trail):
            was = _text(self._trail[self._position].asked)
            raise Unrepeatable(f"the run did not go the same way twice: it ended where it had asked {was}")
        self.count += 1
        self._position = 0
        self._facts.clear()
        while self._trail:
            last = self._trail.pop()
            if last.scoped:
                self._solver.pop()
            if last.open:
                self._turn(last)
                self._position = 0
                return True
        return False

    def _turn(self, last: Choice) -> None:
        self._model = last.other
        if isinstance(last.asked, int):
            self._take(Choice(last.asked, last.taken + 1, last.taken + 2 < last.asked, scoped=False, other=last.other))
        else:
            condition = z3.Not(last.asked) if last.taken else last.asked
            self._take(Choice(last.asked, 1 - last.taken, open=False, scoped=True), condition)

    def _take(self, choice: Choice, condition: Term | None = None) -> None:
        self._trail.append(choice)
        self._position = len(self._trail)
        if choice.scoped:
            self._solver.push()
            self._solver.add(condition)

    def _again(self, asked: Term | int) -> Choice:
        choice = self._trail[self._position]
        was = choice.asked
        same = (
            asked == was
            if isinstance(asked, int) and isinstance(was, int)
            else was is asked or (not isinstance(was, int) and was.eq(asked))
        )
        if not same:
            raise self._differs(asked, was)
        self._position += 1
        return choice

    def _differs(self, asked: Term | int, was: Term | int) -> Exception:
        self.trespass = Unrepeatable(
            f"{place()}: the run did not go the same way twice: it asked {_text(asked)} where it had asked {_text(was)}"
        )
        return self.trespass

    def _ask(self, condition: Term, what: str = "") -> Any:
        """Return a model of this path and a condition; None where there is none."""
        if time.perf_counter() - self._began > self.limits.seconds or self.count >= self.limits.paths:
            self.trespass = Undecided(
                f"not finished after {self.count:,} paths and {self.queries:,} queries: a limit of {self.limits} is met"
            )
            raise self.trespass
        self.queries += 1
        self._solver.push()
        self._solver.add(condition)
        answer = self._solver.check()
        model = self._solver.model() if answer == z3.sat else None
        self._solver.pop()
        if answer == z3.unknown:
            self.trespass = Undecided(f"the solver gave up on {what or condition}")
            raise self.trespass
        return model


_current: list[Paths] = []


@contextmanager
def running(paths: Paths) -> Iterator[None]:
    """Let elements and symbols ask a search while it lasts."""
    _current.append(paths)
    try:
        yield
    finally:
        _current.pop()


def current() -> Paths:
    """Return the search that is under way; none is a ValueError."""
    if not _current:
        raise ValueError("a symbol is asked something after the proof that made it has ended")
    return _current[-1]


def every_path(run: Callable[[Paths], None], assumptions: Sequence[Term]) -> int:
    """Run something on every path that the assumptions allow; return how many there are.

    Assumptions that contradict each other are a ValueError: everything would follow from them.
    """
    paths = Paths(assumptions)
    with running(paths):
        run(paths)
        while paths.advance():
            run(paths)
    return paths.count


ROOT = Path(__file__).parents[1]
OURS = (str(ROOT / "kernel"), str(Path(vocabulary.__file__).parent))
"""Where what proves stands, and the words in which rules are written: neither is what a proof is about."""


def place() -> str:
    """Say where the run is: file and line of the innermost call that is neither ours nor of a library."""
    frame = sys._getframe(1)  # noqa: SLF001  # the one way to ask where one is
    while frame.f_back is not None and not of_the_run(frame.f_code.co_filename):
        frame = frame.f_back
    return f"{shown(frame.f_code.co_filename)}:{frame.f_lineno}"


def of_the_run(file: str) -> bool:
    """Tell whether a file holds what is proved of, not what proves it."""
    return not file.startswith(OURS) and ("/concordant/" in file or not file.startswith((sys.prefix, sys.base_prefix, "<")))


def shown(file: str) -> str:
    """Return a file's path from the root of its package on."""
    _, found, rest = file.rpartition("/concordant/")
    return f"concordant/{rest}" if found else file


def _text(asked: Term | int) -> str:
    return f"for one of {asked} options" if isinstance(asked, int) else str(asked)
