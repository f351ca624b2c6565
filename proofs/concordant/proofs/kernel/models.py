"""Symbolic transition systems over sorts of any size.

A state is a set of relations. An action is named guards and updates: for each relation that it changes, the relation after
as a function of its arguments. What an action does not mention stays as it is; nothing is ever stated about frames by hand.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Container, Mapping
from types import FunctionType
from typing import Any, TypeAlias, TypeVar

import z3
from attrs import define, evolve, field, frozen

Term: TypeAlias = Any
"""A term or formula of Z3, which ships no types."""
Sort: TypeAlias = Any
Relation: TypeAlias = Callable[..., Term]
V = TypeVar("V")
VARIABLE = inspect.CO_VARARGS | inspect.CO_VARKEYWORDS
START = "start"
"""What stands for the first state where obligations are named by what keeps a conjunct."""


class State:
    """One state: each relation as a function, so that `s.vote(n, r, v)` is a formula."""

    def __init__(self, relations: Mapping[str, Relation]) -> None:
        self._relations = dict(relations)

    def __getattr__(self, name: str) -> Relation:
        try:
            return self._relations[name]
        except KeyError:
            raise AttributeError(f"the model has no relation {name!r}; it has {', '.join(self._relations)}") from None


@frozen
class Symbol:
    """A relation (`range` is Bool), function or constant. A rigid one never changes."""

    name: str
    domain: tuple[Sort, ...]
    range: Sort
    rigid: bool


@frozen
class Action:
    """Something that may happen. `does`: a sentence. Guards and updates take the state and the parameters."""

    name: str
    does: str
    parameters: Mapping[str, Sort]
    guards: Callable[..., dict[str, Term]]
    updates: Callable[..., dict[str, Relation]]


@frozen
class Invariant:
    """A conjunct of the invariant. `why`: in a sentence, why it is there; of one that is claimed (`safety`), what it says."""

    name: str
    why: str
    formula: Callable[[State], Term]
    safety: bool = False


@define
class Model:
    """A transition system. Every relation is empty at the start; sorts may be infinite.

    `words`: what the elements of each sort are called. `assumed`: each axiom as a sentence; several may share one.
    """

    name: str
    sorts: dict[str, Sort] = field(factory=dict)
    words: dict[str, str] = field(factory=dict)
    symbols: dict[str, Symbol] = field(factory=dict)
    axioms: dict[str, Term] = field(factory=dict)
    assumed: dict[str, str] = field(factory=dict)
    actions: dict[str, Action] = field(factory=dict)
    invariants: dict[str, Invariant] = field(factory=dict)
    _declared: dict[tuple[str, str], Relation] = field(factory=dict)
    _written: dict[tuple[int, str], tuple[object, Any]] = field(factory=dict)

    # ---- declarations

    def sort(self, name: str, words: str = "") -> Sort:
        """Declare a sort without any bound on its size; `words`: what its elements are called, by default its name."""
        self._is_new(name, self.sorts, self.symbols)
        self.sorts[name], self.words[name] = z3.DeclareSort(name), words or f"{name.lower()}s"
        return self.sorts[name]

    def axiom(self, name: str, sentence: str, formula: Term) -> None:
        """State something that holds of what never changes."""
        self._is_new(name, self.axioms)
        self.axioms[name], self.assumed[name] = formula, sentence

    def rigid(self, name: str, *domain: Sort) -> Relation:
        """Declare a relation that never changes."""
        self._is_new(name, self.sorts, self.symbols)
        self.symbols[name] = Symbol(name, domain, z3.BoolSort(), rigid=True)
        return self._function(name, "")

    def constant(self, name: str, sort: Sort) -> Term:
        """Declare a constant."""
        self._is_new(name, self.sorts, self.symbols)
        self.symbols[name] = Symbol(name, (), sort, rigid=True)
        return self._function(name, "")()

    def relation(self, name: str, *domain: Sort) -> None:
        """Declare a relation that actions change; it is empty at the start."""
        self._is_new(name, self.sorts, self.symbols)
        self.symbols[name] = Symbol(name, domain, z3.BoolSort(), rigid=False)

    def action(
        self, name: str, does: str, guards: Callable[..., dict[str, Term]], updates: Callable[..., dict[str, Relation]], **parameters: Sort
    ) -> None:
        """Declare an action; none is called `start`, which is where every run begins."""
        self._is_new(name, self.actions, (START,))
        self.actions[name] = Action(name, does, parameters, guards, updates)

    def invariant(self, name: str, why: str, formula: Callable[[State], Term], *, safety: bool = False) -> None:
        """Declare a conjunct of the invariant."""
        self._is_new(name, self.invariants)
        self.invariants[name] = Invariant(name, why, formula, safety)

    def _is_new(self, name: str, *taken: Container[str]) -> None:
        """Raise ValueError for a name that is taken: what is proved is told by names, and one would stand for another."""
        if any(name in names for names in taken):
            raise ValueError(f"model {self.name} has something called {name} already; give this another name")

    # ---- what is proved of it, in words

    @property
    def claim(self) -> str:
        """What is claimed: the sentences of the conjuncts that are."""
        return " ".join(each.why for each in self.invariants.values() if each.safety)

    @property
    def quantifiers(self) -> str:
        """Over what it ranges: the sorts, and what is assumed of them."""
        return "; ".join((f"for all {', '.join(self.words.values())}", *dict.fromkeys(self.assumed.values())))

    # ---- states

    def state(self, tag: str = "") -> State:
        """Return an arbitrary state; states with different tags are independent."""
        return State({name: self._function(name, "" if symbol.rigid else tag) for name, symbol in self.symbols.items()})

    def start(self) -> State:
        """Return the state in which every relation that changes is empty."""
        return State({name: self._function(name, "") if symbol.rigid else _nothing for name, symbol in self.symbols.items()})

    def after(self, state: State, action: Action, arguments: Mapping[str, Term]) -> State:
        """Return the state after an action. An update of something rigid or unknown is a ValueError."""
        updates = action.updates(state, **arguments)
        for name in updates:
            if name not in self.symbols or self.symbols[name].rigid:
                raise ValueError(f"action {action.name} updates {name}, which does not change; it may update {', '.join(self.changing)}")
        return State({name: updates.get(name, getattr(state, name)) for name in self.symbols})

    @property
    def changing(self) -> tuple[str, ...]:
        """The names of the relations that actions change."""
        return tuple(name for name, symbol in self.symbols.items() if not symbol.rigid)

    def arguments(self, action: Action) -> dict[str, Term]:
        """Return arbitrary arguments for an action."""
        return {name: z3.Const(f"{name}@{action.name}", sort) for name, sort in action.parameters.items()}

    def _function(self, name: str, tag: str) -> Relation:
        key = (name, tag)
        if key not in self._declared:
            symbol = self.symbols[name]
            if symbol.domain:
                self._declared[key] = WrittenOnce(z3.Function(name + tag, *symbol.domain, symbol.range))
            else:
                constant = z3.Const(name + tag, symbol.range)
                self._declared[key] = lambda: constant
        return self._declared[key]

    def written(self, part: object, write: Callable[[], V], form: str = "") -> V:
        """Return a part of the model as source, in one of its forms, written once for it and for all that is made from it."""
        # The part is kept beside its source, so that nothing else can have its identity.
        key = id(part), form
        if key not in self._written:
            self._written[key] = (part, write())
        source: V = self._written[key][1]
        return source

    # ---- mutants

    def without_guard(self, action: str, guard: str) -> Model:
        """Return the model in which an action does without one of its guards."""
        old = self.actions[action]
        return self.with_guards(action, lambda *s, **p: {name: term for name, term in old.guards(*s, **p).items() if name != guard})

    def with_guards(self, action: str, guards: Callable[..., dict[str, Term]]) -> Model:
        """Return the model with other guards of one action."""
        return evolve(self, actions={**self.actions, action: evolve(self.actions[action], guards=guards)})

    def with_updates(self, action: str, updates: Callable[..., dict[str, Relation]]) -> Model:
        """Return the model with other updates of one action."""
        return evolve(self, actions={**self.actions, action: evolve(self.actions[action], updates=updates)})

    def without_axiom(self, axiom: str) -> Model:
        """Return the model without one axiom."""
        left = {name: term for name, term in self.axioms.items() if name != axiom}
        return evolve(self, axioms=left, assumed={name: sentence for name, sentence in self.assumed.items() if name in left})

    def without_invariant(self, invariant: str) -> Model:
        """Return the model without one conjunct of its invariant."""
        return evolve(self, invariants={name: each for name, each in self.invariants.items() if name != invariant})


def number_of(term: Term) -> int:
    """Return the number that Z3 gives a term, the same for what is built alike, as long as one of it is kept; Z3 is asked once for each object."""
    try:
        number: int = term.known_number
    except AttributeError:
        number = term.known_number = term.get_id()
    return number


def _nothing(*_: Term) -> Term:
    return z3.BoolVal(False)


def forall(*parts: Any) -> Term:
    """Quantify: sorts, then a function of as many variables. None is called as one around it, so that nothing can be captured.

    It is called by its place, and not anew each time: what is written alike is then one formula, of which Z3 and we know the same.
    Nor is it called as anything that Z3 calls anew, which is a name, "!" and a number.
    """
    return _bind(z3.ForAll, parts)


def exists(*parts: Any) -> Term:
    """Quantify existentially, as `forall` does."""
    return _bind(z3.Exists, parts)


def _bind(quantifier: Callable[..., Term], parts: tuple[Any, ...]) -> Term:
    *sorts, function = parts
    names = _parameters(function)
    if len(names) != len(sorts):
        raise ValueError(f"a quantifier over {len(sorts)} sorts needs a function of {len(sorts)} variables, not of {', '.join(names)}")
    outer = len(_bound)
    variables = [_variable(sort, f"{name}@{place}") for place, (sort, name) in enumerate(zip(sorts, names, strict=True), outer)]
    _bound.extend(variables)
    try:
        return quantifier(variables, function(*variables))
    finally:
        del _bound[outer:]


_bound: list[Term] = []
"""The variables of the quantifiers that are being written, outermost first."""
_variables: dict[tuple[int, str], Term] = {}


def _variable(sort: Sort, name: str) -> Term:
    key = number_of(sort), name
    if key not in _variables:
        _variables[key] = z3.Const(name, sort)
    return _variables[key]


def _parameters(function: Callable[..., Term]) -> list[str]:
    """Return the names of a function's parameters; of one that is written here without asking all that could be asked of it."""
    code = function.__code__ if isinstance(function, FunctionType) else None
    plain = code is not None and not code.co_kwonlyargcount and not code.co_flags & VARIABLE
    return list(code.co_varnames[: code.co_argcount]) if code is not None and plain else list(inspect.signature(function).parameters)


@frozen(eq=False)
class WrittenOnce:
    """A function that writes what it says of the same terms once: Z3 takes long to write it, and proofs say the same on path after path."""

    function: Relation
    _written: dict[tuple[int, ...], Term] = field(factory=dict)

    def __call__(self, *arguments: Term) -> Term:
        """Return what it says; that keeps its arguments, so that nothing else has their numbers."""
        numbers = tuple(map(number_of, arguments))
        known = self._written.get(numbers)
        if known is None:
            known = self._written[numbers] = self.function(*arguments)
        return known


@frozen(eq=False)
class Added:
    """A relation with one more row."""

    relation: Relation
    row: tuple[Term, ...]

    def __call__(self, *arguments: Term) -> Term:
        """Return that a row is in it."""
        if not self.row:
            return z3.BoolVal(True)  # Z3's own signature
        return z3.Or(self.relation(*arguments), z3.And([a == b for a, b in zip(arguments, self.row, strict=True)]))


def add(relation: Relation, *row: Term) -> Relation:
    """Return a relation with one more row. A relation without places becomes true."""
    return Added(relation, row)


def formula(term: Term) -> str:
    """Return a formula as a line, its variables by the names that they were given."""
    return re.sub(r"[!@]\d+", "", re.sub(r"\s+", " ", str(term)))


def total_order(model: Model, le: Relation, sort: Sort) -> None:
    """State that a relation is a total order."""
    name, ordered = str(sort).lower(), f"{model.words[str(sort)]} are totally ordered"
    transitive = forall(sort, sort, sort, lambda x, y, z: z3.Implies(z3.And(le(x, y), le(y, z)), le(x, z)))
    model.axiom(f"{name}_reflexive", ordered, forall(sort, lambda x: le(x, x)))
    model.axiom(f"{name}_transitive", ordered, transitive)
    model.axiom(f"{name}_antisymmetric", ordered, forall(sort, sort, lambda x, y: z3.Implies(z3.And(le(x, y), le(y, x)), x == y)))
    model.axiom(f"{name}_total", ordered, forall(sort, sort, lambda x, y: z3.Or(le(x, y), le(y, x))))
