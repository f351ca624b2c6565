"""What the code of a protocol means in its proved model: which rows of which relations its states and words stand for.

A meaning is all that the proof of a protocol's handlers needs besides the shipped code and the model. What it says is checked,
never believed: a handler must make it true, and nobody else's step may make it untrue.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, ClassVar, TypeAlias, TypeVar, get_args, get_origin

import z3
from attrs import evolve, frozen

from concordant.proofs.kernel.models import Model, Sort, State, Term, exists, number_of
from concordant.proofs.kernel.paths import Refuted, current
from concordant.proofs.kernel.shapes import Shapes
from concordant.proofs.kernel.symbols import SymbolicClass, shown
from concordant.refimpl.machine import AnyProcess, Handled, Step
from concordant.refimpl.machine.process import header
from concordant.spec.vocabulary import Address

Said: TypeAlias = dict[str, Term]
"""What something says of the model, each part as a sentence and as a formula."""
Taken: TypeAlias = tuple[str, dict[str, Term]]
"""An action of the model, with its arguments."""

V = TypeVar("V")
PROCESS = z3.DeclareSort("Process")
_RANK = z3.Function("rank", PROCESS, z3.IntSort())


def by_name(low: Term, high: Term) -> Term:
    """Return that the name of a process is that of another, or comes before it."""
    return _RANK(low) <= _RANK(high)


WHO = SymbolicClass(Address, "processes", PROCESS, order=by_name)
"""Any process, user or stranger. Their order is that of maps, and has nothing to do with the model."""


TEXT = SymbolicClass(str, "texts", z3.DeclareSort("Text"))
"""Any text, such as a reason, where texts are no values of the model."""
ME: Address = WHO.symbol("me")
"""The process whose handlers are run."""


def who(address: Address) -> Term:
    """Return the term of an address."""
    return WHO.term(address)


def in_order(processes: tuple[Address, ...]) -> tuple[Term, ...]:
    """Return that processes stand in the order in which maps have them."""
    return tuple(_RANK(who(low)) < _RANK(who(high)) for low, high in pairwise(processes))


def naming(sort: Sort) -> Callable[[Term], Term]:
    """Return the function from processes to the model's own sort of participants."""
    names: Callable[[Term], Term] = z3.Function("node", PROCESS, sort)
    return names


@frozen(eq=False)
class Cast:
    """Who takes part: how the text says it, processes by role, and what is assumed of them. Those of a role are all different."""

    text: str
    members: tuple[Address, ...] = ()
    facts: tuple[Term, ...] = ()

    @property
    def all_facts(self) -> tuple[Term, ...]:
        """What is assumed, and that the members are different."""
        terms = [who(member) for member in self.members]
        return (*self.facts, z3.Distinct(*terms)) if len(terms) > 1 else self.facts


@frozen(eq=False)
class Supposition:
    """What is supposed of elements of the model that are named on the way, in a sentence; the theorems of whoever supposes it print it."""

    sentence: str

    def suppose(self, what: str, says: Callable[[], Term]) -> None:
        """Suppose it of something, by name; Refuted, where its sentence is not printed."""
        printed = current().printed
        if printed is not None and self.sentence not in printed:
            raise Refuted(f"it supposes that {self.sentence}, which its theorems do not print: list it in `supposes` of its meaning")
        current().define(what, says, self.sentence)


def require_here(goals: Iterable[tuple[str, Term]]) -> None:
    """Prove goals on the path that is run."""
    current().prove_all(list(goals))


def chosen(what: str, constants: tuple[Term, ...], by: Callable[..., Term]) -> None:
    """Let constants, which nothing else says anything about, be some of which a condition holds, if it holds of any."""
    current().define(what, lambda: z3.Implies(exists(*(each.sort() for each in constants), by), by(*constants)))


ANYBODY = Cast("any number of processes")


def members(role: str, count: int) -> tuple[Address, ...]:
    """Return so many processes of a role, as symbols."""
    return tuple(WHO.symbol(f"{role}{number}") for number in range(count))


@frozen(eq=False)
class Role:
    """A role whose handlers are run. `make(kind, me, cast)` makes a process of the class or of a subclass.

    `takes`: all actions of the model that it takes. `casts`: with whom it is run, the smallest first; `large`: with whom only on
    request. `sizes(cast)`: how many entries fields of its states have at most. `few(cast)`: what every int may be, where there are but
    a few. `crashes`: whether a crash is among what comes to it. `growing`: fields in which a step may leave one entry more than that; how
    it goes on from there is not run, and its theorem says so. `shows(s, now)`: what is assumed of a reading when its clock shows that.
    `keys(cast)`: which keys maps in its states have, each way that is run.
    `rules`: methods that are run on their own, from any state, where handlers go on to them by `then`. `open`: fields whose form is left open
    until a handler looks; `among(cast)`: of which values sets and the keys of maps in these are made. `applied(cast, rule)`: `sizes` of states
    to which a rule is applied, where they are others. `outlived`: whether it still serves users whose calls a crash has ended; they do not
    hear it, and may ask again.
    """

    kind: type[AnyProcess]
    make: Callable[[Any, Address, Cast], AnyProcess]
    takes: tuple[str, ...]
    casts: tuple[Cast, ...] = (ANYBODY,)
    sizes: Callable[[Cast], Mapping[str, int]] = lambda _: {}
    large: tuple[Cast, ...] = ()
    crashes: bool = True
    few: Callable[[Cast], range] = lambda _: range(0)
    growing: tuple[str, ...] = ()
    shows: Callable[[State, Any], Said] = lambda _s, _now: {}
    keys: Callable[[Cast], Mapping[str, Sequence[tuple[Any, ...]]]] = lambda _: {}
    rules: tuple[str, ...] = ()
    applied: Callable[[Cast, str], Mapping[str, int]] = lambda _cast, _rule: {}
    open: tuple[str, ...] = ()
    among: Callable[[Cast], Mapping[str, tuple[Any, ...]]] = lambda _: {}
    outlived: bool = False


class Meaning(ABC):
    """The meaning of one protocol. Methods whose formulas hold in a state of the model take it as `s`."""

    stem: str
    domains: tuple[SymbolicClass, ...]
    number: tuple[SymbolicClass, str] | None = None
    by_field: ClassVar[Mapping[str, tuple[SymbolicClass, ...]]] = {}
    """Of what sort ints, or any objects, in a field are, where the type alone does not tell."""
    clock: SymbolicClass | None = None
    """The readings of clocks, where a role has one."""
    roles: tuple[Role, ...]
    said: Any
    """The classes of events and answers."""
    background: ClassVar[Mapping[str, Term]] = {}
    """What is assumed of processes and elements of the model, whatever happens, each as a sentence and as a formula."""
    supposes: ClassVar[tuple[Supposition, ...]] = ()
    """What is supposed besides of elements that its steps name."""
    uses: ClassVar[tuple[str, ...] | None] = None
    """Which axioms and conjuncts of the invariant the proofs use, by name; by default all. With fewer they show as much, and sooner."""
    then: ClassVar[tuple[str, ...]] = ()
    """Which conjuncts they use of the state after a step, too: where the guards of actions hold, the model keeps them."""

    @abstractmethod
    def make_model(self) -> Model:
        """Return the proved model."""

    @abstractmethod
    def state(self, s: State, me: Address, state: Any) -> Said:
        """Return what a state of a process says."""

    def survivor(self, s: State, me: Address, state: Any) -> Said:
        """Return what a state says that a crash has left, until its process is up again."""
        return self.state(s, me, state)

    @abstractmethod
    def message(self, s: State, source: Address, message: Any) -> Said | None:
        """Return what a message says once it was sent, to whomever; None of one that the model does not know."""

    def message_to(self, s: State, source: Address, to: Address, message: Any) -> Said | None:  # one says the same to all by default
        """Return what a message says once it was sent to somebody."""
        return self.message(s, source, message)

    def shows(self, s: State, message: Any) -> Said:  # nothing by default
        """Return what a message shows by the signatures of others in it, whoever sends it: nobody can forge these."""
        return {}

    @abstractmethod
    def saying(self, s: State, me: Address, what: Any, asked: Any) -> Said | None:
        """Return what an event says, or an answer to what was asked; None of one that the model does not know."""

    @abstractmethod
    def steps(self, me: Address, before: Any, move: Handled | None, after: Step[Any], cast: Cast) -> Iterator[Taken]:
        """Yield the actions of the model that a step of the code is. A wrong one is refused, a missing one missed."""

    @abstractmethod
    def may_take(self, process: Term, action: str, arguments: Mapping[str, Term]) -> Term:
        """Return that a process may take an action with these arguments: what makes it its own."""

    def request(self, s: State, me: Address, request: Any) -> Said:  # what is asked says nothing by default
        """Return what is assumed of a request when it is asked."""
        return {}

    def serves(self, state: Any) -> Iterable[tuple[Address, Any]]:
        """List the users who wait for this process, each with what it asked for."""
        return ()

    def asked_for(self, user: Address, request: Any) -> Any:  # by default the request tells all
        """Return what a user asked for by a request, as `serves` tells it."""
        return request

    def lies(self, process: Term) -> Term | None:
        """Return that a process may say whatever it likes; None where nobody may."""
        return None

    @cached_property
    def model(self) -> Model:
        """The proved model."""
        return self.make_model()

    @cached_property
    def now(self) -> State:
        """Any state of it."""
        return self.model.state()

    @cached_property
    def invariant(self) -> tuple[Term, ...]:
        """What is proved of every reachable state of it."""
        known = self.model.axioms.keys() | self.model.invariants.keys()
        if unknown := [name for name in (*(self.uses or ()), *self.then) if name not in known]:
            raise ValueError(f"{self.stem} uses {', '.join(unknown)}, of which its model knows nothing")
        return (*self.given, *(each.formula(self.now) for each in self._used(self.model.invariants).values()))

    @cached_property
    def given(self) -> tuple[Term, ...]:
        """What is assumed of every state, reachable or not."""
        return (*self._used(self.model.axioms).values(), *self.background.values())

    def _used(self, known: Mapping[str, V]) -> Mapping[str, V]:
        return {name: each for name, each in known.items() if self.uses is None or name in self.uses}

    def kept(self, s: State) -> tuple[Term, ...]:
        """Return what is used of the state after a step, besides what the step itself makes true."""
        return tuple(self.model.invariants[name].formula(s) for name in self.then)

    @cached_property
    def _written(self) -> dict[tuple[Any, ...], tuple[Any, object]]:
        return {}

    def _once(self, of: object, key: tuple[Any, ...], write: Callable[[], V]) -> V:
        """Return what is written of something, the same on every path; it is kept with that, so that nothing else has its identity."""
        if key not in self._written:
            self._written[key] = write(), of
        written: V = self._written[key][0]
        return written

    def keeps(self, s: State) -> Term:
        """Return all that is used of the state after a step, besides what the step itself makes true."""
        return self._once(s, ("keeps", id(s)), lambda: z3.And(*self.kept(s)))

    def taken(self, s: State, by: Term, action: str, arguments: dict[str, Term]) -> tuple[list[tuple[str, Term]], State]:
        """Return what must hold for a process to take an action, and the state after it."""

        def write() -> tuple[list[tuple[str, Term]], State]:
            act = self.model.actions[action]
            guards = [(f"guard {action}.{name}", term) for name, term in act.guards(s, **arguments).items()]
            own = f"{action} is its own to do", self.may_take(by, action, arguments)
            return [*guards, own], self.model.after(s, act, arguments)

        given = ((name, number_of(term)) for name, term in sorted(arguments.items()))
        return self._once((s, by, arguments), ("taken", id(s), number_of(by), action, *given), write)

    def shapes(self, role: Role, cast: Cast) -> Shapes:
        """Return the shapes of classes that a role has with a cast."""
        domains, sizes, few, keys = (WHO, *self.domains, TEXT), role.sizes(cast), role.few(cast), role.keys(cast)
        return Shapes(domains, self.number, sizes, few, self.by_field, role.growing, keys, role.open, role.among(cast))

    def heard(self, by: Role, cast: Cast) -> Mapping[type, tuple[tuple[Shapes, ...], ...]]:
        """Return with which messages roles are run where this one is run with a cast: by each that hears one its shapes, with each of its casts.

        Which keys and values these single out, their own casts name, which are no others': of them only how many there are counts.
        """
        found: dict[type, tuple[tuple[Shapes, ...], ...]] = {}
        for role in self.roles:
            casts = (*role.casts, *(role.large if cast in by.large else ()))
            others = tuple(evolve(self.shapes(role, each), keys={}, open=(), among={}) for each in casts)
            for kind in classes(header(role.kind)[1]):
                found[kind] = (*found.get(kind, ()), (self.shapes(by, cast),) if role.kind is by.kind else others)
        return found

    @property
    def printed(self) -> frozenset[str]:
        """The sentences of what it supposes that its theorems print."""
        return frozenset(each.sentence for each in self.supposes)

    @property
    def somebody_lies(self) -> bool:
        """Whether somebody may send what no handler would."""
        return self.lies(who(ME)) is not None


def unknown(what: object) -> Said:
    """Refuse what the model does not know."""
    return require(None, what)


def require(said: Said | None, what: object) -> Said:
    """Return what something says; Refuted where the model does not know it."""
    if said is None:
        raise Refuted(f"it says what the model does not know: {shown(what)}")
    return said


def classes(kind: Any) -> tuple[type, ...]:
    """Return the classes of a type: of a union all of them, of `Never` none."""
    return tuple(get_args(kind)) if get_origin(kind) is not None else (kind,) if isinstance(kind, type) else ()
