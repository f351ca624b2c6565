"""Every path of a run: what it compares is decided by order alone or by Z3, and where both answers are possible the run is taken again.

A run must be repeatable: each further path follows the choices of the last one up to the fork that is now taken the other
way. Of a fork one side is known to be possible without asking, since a model of the path so far is at hand.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import takewhile
from typing import Any, cast

import z3
from attrs import define, field

from concordant.proofs.kernel.fragment import Form, against, cycle_against, edges_of, form_of, quantified
from concordant.proofs.kernel.models import Term, number_of
from concordant.proofs.kernel.order import Order
from concordant.proofs.kernel.places import place
from concordant.proofs.kernel.solving import LateSolver, Limits, SolverAnswer, bounded, matching, model_of, settled
from concordant.proofs.kernel.theorems import GaveUp

MODERATE = 1_000_000
"""How much Z3 may do to find a counterexample with readable numbers, in its own units."""


class Refuted(Exception):  # noqa: N818  # it says what became of the proof
    """A goal is false on some path; the text names it."""


class Impossible(Exception):  # noqa: N818  # it says what became of the path
    """What this path assumes cannot be: it is none."""


class Contradictory(ValueError):  # noqa: N818  # the text says all
    """Assumptions that contradict each other: everything would follow from them."""


class Unrepeatable(ValueError):  # noqa: N818  # the text says all
    """A run asked for something else when it was taken again."""


@define(eq=False)
class Choice:
    """What was chosen on a path. `asked`: a condition, an assumption, or the number of options. `open`: another is still to be taken.

    `new`: it follows from nothing before, so that solvers must be told. `other`: a model of what is still to be taken, if one is known.
    `learned`: how much was known of the order of terms before. `beyond`: the order of terms does not tell all that it says.
    """

    asked: Term | int
    taken: int
    open: bool
    new: bool
    other: Any = None
    learned: int = 0
    beyond: bool = False

    @property
    def said(self) -> Term:
        """What now holds, of a choice that is new."""
        return self.asked if self.taken else z3.Not(self.asked)


@define(eq=False)
class Paths:
    """One search through all paths of a run: the choices made, and solvers that know what they assume.

    Which way a run may go is asked of a solver that knows only the assumptions without quantifiers, since finding models of
    the others takes long: a path that those rule out is taken in vain. What is proved on a path is asked of one that knows all.

    `given`: finite choices that come first and are not to be varied, each as the number of its options and which is taken.
    `trespass`: why this search shows nothing, kept here in case the run catches what is raised then. `refuted`: whether a goal was false,
    on a path that is then possible. `asked`: how many conditions runs have asked. `terms`: what symbols have built, once and not on every path.
    `supposed`: what runs have defined, by the sentence that speaks of it. `printed`: which sentences are printed, where that counts.
    `order`: what is known of the order of terms, which decides most comparisons without a solver; as long as a path says nothing `_beyond`
    that, all of them, and no solver is told of it. `_model`: a model of the path, if one is known.
    """

    assumptions: Sequence[Term] = ()
    given: Sequence[tuple[int, int]] = ()
    limits: Limits = field(default=Limits(), kw_only=True)
    count: int = field(default=0, init=False)
    queries: int = field(default=0, init=False)
    asked: int = field(default=0, init=False)
    trespass: Exception | None = field(default=None, init=False)
    refuted: bool = field(default=False, init=False)
    terms: dict[Any, Any] = field(factory=dict, init=False)
    supposed: dict[str, dict[int, Term]] = field(factory=dict, init=False)
    printed: frozenset[str] | None = field(default=None, init=False)
    order: Order = field(factory=Order, init=False)
    _solver: LateSolver = field(factory=lambda: LateSolver(bounded(z3.SimpleSolver())), init=False)
    _prover: LateSolver | None = field(default=None, init=False)
    _edges: set[tuple[str, str]] = field(factory=set, init=False)
    _forms: set[Form] = field(factory=set, init=False)
    _given: list[tuple[int, int]] = field(factory=list, init=False)
    _trail: list[Choice] = field(factory=list, init=False)
    _facts: dict[int, tuple[Term, bool]] = field(factory=dict, init=False)
    _position: int = field(default=0, init=False)
    _beyond: int = field(default=0, init=False)
    _model: Any = field(default=None, init=False)
    _began: float = field(factory=time.monotonic, init=False)

    def __attrs_post_init__(self) -> None:
        self._solver.solver.add(*(each for each in self.assumptions if not quantified(each)))
        self._beyond = len(self.assumptions)
        if self.assumptions and not self._has_model("the assumptions"):
            raise Contradictory("the assumptions contradict each other: nothing would be shown")
        self._given, self._edges = list(reversed(self.given)), edges_of(self.assumptions)
        self._forms = set(map(form_of, self.assumptions))

    def _proving(self) -> LateSolver:
        """Return the solver that knows all assumptions; it is made where something is to be proved."""
        if self._prover is None:
            laws = sorted(self.assumptions, key=quantified, reverse=True)
            self._prover = LateSolver(matching(laws)) if any(map(quantified, laws)) else self._solver
        return self._prover

    # ---- what a run asks

    def branch(self, condition: Term) -> bool:
        """Decide a condition; where both answers are possible, the other is taken on another path."""
        self.asked += 1
        number = number_of(condition)
        known = self._facts.get(number)
        if known is not None:
            return known[1]
        taken = self._decided(condition)
        self._facts[number] = condition, taken  # with the condition, so that Z3 gives its number to no other
        return taken

    def _decided(self, condition: Term) -> bool:
        if self._position < len(self._trail):
            return bool(self._again(condition).taken)
        known = self.order.decided(condition)
        if known is not None:
            self._require_limits()
            self._take(Choice(condition, known, open=False, new=False))
            return known
        if self._told_by_order(condition):
            taken = self._model is None or z3.is_true(self._model.eval(condition, model_completion=True))
            self._take(Choice(condition, taken, open=True, new=True))
            return taken
        holds = self.example.eval(condition, model_completion=True)
        if not (z3.is_true(holds) or z3.is_false(holds)):  # such as a product of which the model says nothing definite
            model = self._ask(condition)
            self._model = self._model if model is None else model
            holds = z3.BoolVal(model is not None)
        taken = bool(z3.is_true(holds))
        other = self._ask(z3.Not(condition) if taken else condition)
        self._take(Choice(condition, taken, open=other is not None, new=other is not None, other=other))
        return taken

    def _told_by_order(self, condition: Term) -> bool:
        """Tell whether a condition may hold or not, since the order of terms does not decide it, and nothing else is known of it."""
        return not self._beyond and self.order.tells_all_of(condition)

    def choose(self, options: int) -> int:
        """Choose one of so many options; the others are taken on other paths."""
        if self._position < len(self._trail):
            return self._again(options).taken
        if self._given:
            among, taken = self._given.pop()
            self._take(Choice(options, taken, open=False, new=False))
            if among != options:
                raise self._differs(options, among)
            return taken
        self._take(Choice(options, 0, options > 1, new=False, other=self._model))
        return 0

    def assume(self, condition: Term) -> None:
        """Go on only where a condition holds; Impossible where it cannot."""
        if self._position < len(self._trail):
            self._again(condition)
            return
        known = self.order.decided(condition)
        if known is False:
            raise Impossible
        if known is None:
            if self._told_by_order(condition):
                self._model = None
            elif not z3.is_true(self.example.eval(condition, model_completion=True)):
                model = self._ask(condition)
                if model is None:
                    raise Impossible
                self._model = model
        self._take(Choice(condition, 1, open=False, new=known is None))

    def define(self, what: str, says: Callable[[], Term], sentence: str = "") -> None:
        """Assume what a definition says: it holds of something that exists on every path. `sentence`: what speaks of it, by default `what`."""
        if what not in self.terms:
            self.terms[what] = says()  # once, since its bound variables have new names each time
        condition = self.terms[what]
        self.supposed.setdefault(sentence or what, {})[number_of(condition)] = condition
        if number_of(condition) not in self._facts:
            try:
                self.assume(condition)
            except Impossible:
                raise ValueError(f"{what} is defined by what contradicts the rest: {condition}") from None
            self._facts[number_of(condition)] = condition, True

    def possible(self, condition: Term) -> bool:
        """Tell whether a condition may hold on this path."""
        return self._ask(condition, solver=self._proving()) is not None

    @property
    def example(self) -> Any:
        """A model of this path so far."""
        if self._model is None and not self._has_model("an example"):
            raise AssertionError("a path that is taken is possible")
        return self._model

    def eval(self, term: Term, *, model_completion: bool) -> Any:
        """Return what a term is in the model of this path so far."""
        return self.example.eval(term, model_completion=model_completion)

    def _has_model(self, what: str) -> bool:
        self._model = self._ask(z3.BoolVal(True), what)  # Z3's own signature
        return self._model is not None

    def model(self, wish: Term | None = None) -> Any:
        """Return a model of this path; with a wish, one that fulfils it, or None where none is found with moderate effort."""
        if wish is None:
            return self._ask(z3.BoolVal(True), "a counterexample")  # Z3's own signature
        bounded(self._solver.solver, MODERATE)
        try:
            return self._ask(wish, effort=MODERATE)
        except GaveUp:
            self.trespass = None
            return None
        finally:
            bounded(self._solver.solver)

    def prove(self, goal: Term, what: str) -> None:
        """Prove a goal on this path; Refuted where it is false, a ValueError where it cannot be decided for sure."""
        if (cycle := cycle_against([goal], self._edges)) is not None:
            raise ValueError(f"{what}: the goal leaves the decidable fragment: {' → '.join(cycle)}")
        if self.possible(against(goal)):
            raise Refuted(what)

    def assumes(self, goal: Term) -> bool:
        """Tell whether a goal is one of the assumptions, word for word, but for what its bound variables are called."""
        return form_of(goal) in self._forms

    def prove_all(self, goals: Sequence[tuple[str, Term]]) -> None:
        """Prove goals on this path, at once where they all hold; Refuted by the first that is false."""
        cycle = cycle_against((goal for _, goal in goals), self._edges)
        model = self._ask(z3.Or([against(goal) for _, goal in goals]), solver=self._proving()) if goals and cycle is None else None
        self.refuted = self.refuted or model is not None
        for what, goal in goals if cycle is not None or model is not None else ():
            if model is not None and z3.is_false(model.eval(goal, model_completion=True)):  # which need not be looked for again
                raise Refuted(what)
            self.prove(goal, what)

    @property
    def chosen(self) -> tuple[tuple[int, int], ...]:
        """Return the finite choices of this path up to the first that is none, as `given` takes them."""
        return tuple((cast("int", each.asked), each.taken) for each in takewhile(lambda each: isinstance(each.asked, int), self._trail))

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
            self.order.forget(last.learned)
            self._beyond -= last.beyond
            self._solver.keep(len(self._trail))
            if self._prover is not None:
                self._prover.keep(len(self._trail))
            if last.open:
                self._turn(last)
                self._position = 0
                return True
        return False

    def _turn(self, last: Choice) -> None:
        self._model = last.other
        if isinstance(last.asked, int):
            self._take(Choice(last.asked, last.taken + 1, last.taken + 2 < last.asked, new=False, other=last.other))
        else:
            self._take(Choice(last.asked, 1 - last.taken, open=False, new=True))

    def _take(self, choice: Choice) -> None:
        choice.learned = self.order.learned
        if not isinstance(choice.asked, int):
            choice.beyond = choice.new and not self.order.tells_all_of(choice.asked)
            self._beyond += choice.beyond
            self.order.learn(choice.asked, holds=bool(choice.taken))
        self._trail.append(choice)
        self._position = len(self._trail)

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
        text = f"{place()}: the run did not go the same way twice: it asked {_text(asked)} where it had asked {_text(was)}"
        self.trespass = Unrepeatable(text)
        return self.trespass

    def _ask(self, condition: Term, what: str = "", solver: LateSolver | None = None, effort: int | None = None) -> Any:
        """Return a model of this path and a condition; None where there is none."""
        self._require_limits()
        self.queries += 1
        told = solver or self._solver
        told.tell(self._trail)
        asked = told.solver
        asked.push()
        try:
            asked.add(condition)
            answer, whoever = settled(asked, effort)
            model = model_of(whoever) if answer is SolverAnswer.SAT else None
        except GaveUp as late:
            self.trespass = late
            raise
        finally:
            asked.pop()
        if answer is SolverAnswer.UNKNOWN:
            self.trespass = GaveUp(f"the solver gave up on {what or condition}")
            raise self.trespass
        return model

    def _require_limits(self) -> None:
        if (met := self.limits.met(self.count, self.queries, self._began)) is not None:
            self.trespass = met
            raise met


_current: list[Paths] = []


@contextmanager
def running(paths: Paths) -> Iterator[None]:
    """Let elements and symbols ask a search while it lasts."""
    _current.append(paths)
    try:
        yield
    finally:
        _current.pop()


def under_way() -> bool:
    """Tell whether a search is under way."""
    return bool(_current)


def current() -> Paths:
    """Return the search that is under way; none is a ValueError."""
    if not _current:
        raise ValueError("a symbol is asked something after the proof that made it has ended")
    return _current[-1]


def every_path(run: Callable[[Paths], None], assumptions: Sequence[Term]) -> int:
    """Run something on every path that the assumptions allow; return how many there are.

    Assumptions that contradict each other are a ValueError. What a run must not do, and did on some path, is raised
    whether or not the run itself has caught it.
    """
    paths = Paths(assumptions)
    with running(paths):
        while True:
            try:
                run(paths)
            except Impossible:
                paths.count -= 1
            finally:
                if paths.trespass is not None:
                    raise paths.trespass
            if not paths.advance():
                return paths.count


def _text(asked: Term | int) -> str:
    return f"for one of {asked} options" if isinstance(asked, int) else str(asked)
