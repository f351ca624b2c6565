"""What a model means: its initial states, and what each action makes of a state. Each state is a tuple of numbers, one for each variable."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from itertools import product
from typing import Any, TypeAlias

from attrs import define, field

from concordant.checks.exploration.report import Change, Frame
from concordant.checks.misuse import MisuseOfType
from concordant.checks.models.reading import BrokenModel, RecordedValues, called, in_state, opened, taken
from concordant.checks.semantics.canonical import changes, text
from concordant.checks.semantics.holding import held_by
from concordant.checks.semantics.scrambling import scrambled
from concordant.checks.semantics.tables import Interned
from concordant.checks.semantics.turning import turned
from concordant.checks.semantics.twice import KEPT
from concordant.refimpl.machine import Act, Action, Fire, Model, Whose
from concordant.spec.vocabulary import Address, Now, Variable, identity, value_of

State: TypeAlias = tuple[int, ...]
Values: TypeAlias = Mapping[Variable[Any], Any]
Writes: TypeAlias = tuple[tuple[int, int], ...]
"""Places and the numbers that are written there, by place. Nothing where an action is not possible."""
Path: TypeAlias = tuple[State, tuple[tuple[int, State], ...]]
MODEL = Address("model")
"""Who acts, in traces."""


@define(eq=False, repr=False)
class ModelSemantics:
    """A model as a transition system. Its labels are the numbers of acts: actions in their order, each with its choices in theirs."""

    model: Model
    variables: tuple[Variable[Any], ...] = field(init=False)
    tables: tuple[Interned[Any], ...] = field(init=False)
    acts: tuple[tuple[Action, Act], ...] = field(init=False)
    calls: int = field(default=0, init=False)
    _again: tuple[Act, ...] = field(init=False)
    """The acts with the sets in their choices in another order."""
    _places: dict[Variable[Any], int] = field(init=False)
    _others: list[dict[int, Any]] = field(init=False)
    _holds: dict[str, Hashable] = field(init=False)
    _kept: list[tuple[State, int, Writes]] = field(factory=list, init=False)

    def __attrs_post_init__(self) -> None:
        model = self.model
        self.variables = model.all_variables
        self._places = {variable: place for place, variable in enumerate(self.variables)}
        self.tables = tuple(Interned(identity) for _ in self.variables)
        self._others = [{} for _ in self.variables]
        self.acts = tuple((action, act) for action in model.actions for act in action.acts)
        self._again = tuple(scrambled(act) for _, act in self.acts)
        self._holds = self._held()

    # ---- the transition system

    def initial(self) -> Iterator[State]:
        """Yield the initial states: what variables may begin with in all combinations that the model admits."""
        numbered = [[table.id(value) for value in one.starts] for table, one in zip(self.tables, self.variables, strict=True)]
        some = False
        for state in product(*numbered):
            if self.model.begins is None or self.holds("begins", self.model.begins, state):
                some = True
                yield state
        if not some:
            raise BrokenModel("begins of the model holds of nothing that its variables may begin with, so that there is no initial state")

    def successors(self, state: State) -> Iterator[tuple[int, State]]:
        """Yield the transitions from a state: the number of an act, and the state it leads to."""
        values, others = self.values(state), self.values(state, again=True)
        for number in range(len(self.acts)):
            writes = self.asked_twice(state, number, values, others)
            if writes:
                yield number, after(state, writes)

    def is_within(self, state: State) -> bool:
        """Tell whether a state lies within the bound of the scope."""
        return self.model.within is None or self.holds("within", self.model.within, state)

    def is_own(self, number: int) -> bool:
        """Tell whether an act is of what is modelled, so that fairness owes it."""
        return self.acts[number][0].whose is Whose.OWN

    def moves(self, number: int) -> bool:
        """Tell whether a state in which an act changes something is not at rest: it is no fault."""
        return self.acts[number][0].whose is not Whose.FAULT

    # ---- asking

    def asked_twice(self, state: State, number: int, values: Values, others: Values) -> Writes:
        """Ask what an act does in a state, and once more with all sets in another order."""
        first = self.asked(number, values)
        with turned():
            second = self.asked(number, others, again=True)
        if first != second:
            shows = self.asked(number, values) == first == self.asked(number, values)
            what = "the order of a set shows" if shows else "it does otherwise when it is asked again"
            rule = "sort a set before you go through it" if shows else "keep nothing outside of states, and read nothing else"
            raise self._otherwise(state, number, f"{what}: {self._shown(first)}, or {self._shown(second)}; {rule}")
        if len(self._kept) < KEPT:
            self._kept.append((state, number, first))
        return first

    def asked(self, number: int, values: Values, *, again: bool = False) -> Writes:
        """Ask what an act writes, once. `again`: with the sets in its choices in another order."""
        self.calls += 1
        action, act = self.acts[number]
        written = taken(action, self._again[number] if again else act, values)
        found = []
        for variable, value in written.items():
            place = self._places[variable]
            try:
                found.append((place, self.tables[place].id(value)))
            except TypeError as error:
                raise BrokenModel(f"action {act} writes {variable}: {error}{in_state(values)}") from error
        return tuple(sorted(found))

    def read(self, given: tuple[State, ...], number: int, reads: list[int]) -> Writes:
        """Ask what an act does in a state, and add the places that it reads to a list."""
        (state,) = given
        return self.asked_twice(state, number, RecordedValues(self.values(state), self._places, reads), self.values(state, again=True))

    def recorded(self, values: Values, which: int, reads: list[int]) -> Values:
        """Return the values of a state, the first that is given or the next, whose reads are recorded: the places of each come after those before."""
        return RecordedValues(values, {one: place + which * len(self.variables) for one, place in self._places.items()}, reads)

    def read_bound(self, given: tuple[State, ...], reads: list[int]) -> bool:
        """Tell whether a state lies within the bound of the scope, and add the places that are read to a list."""
        return self.model.within is None or self.holds("within", self.model.within, given[0], reads)

    def holds(self, what: str, predicate: Callable[[Now], bool], state: State, reads: list[int] | None = None) -> bool:
        """Tell whether a predicate of the model holds in a state. `reads`: where to add the places that it reads."""
        found = []
        for again in (False, True):
            values: Values = self.values(state, again=again)
            if reads is not None and not again:
                values = self.recorded(values, 0, reads)
            found.append(called(f"{what} of the model", lambda values=values: _told(predicate, values), values))  # type: ignore[misc]
        if type(found[0]) is not bool or found[0] != found[1]:
            wrong = "returned" if found[0] == found[1] else "answers otherwise when it is asked again:"
            raise BrokenModel(
                f"{what} of the model {wrong} {found[-1]!r}; let it return a bool, by nothing but the state{in_state(self.values(state))}"
            )
        return found[0]

    def check_again(self, over: Callable[[], object] = bool) -> None:
        """Raise BrokenModel where a value is no longer what it was, or where an act does otherwise now; the last question comes first."""
        for place, table in enumerate(self.tables):
            for value, key in table.changed():
                raise BrokenModel(
                    f"a value of {self.variables[place]} was changed in place: it was {text(value_of(key))}, and is {text(value)} now; make another"
                )
        for state, number, first in reversed(self._kept):
            if over():
                return
            now = self.asked(number, self.values(state))
            if now != first:
                raise self._otherwise(
                    state,
                    number,
                    f"it does otherwise when it is asked again: {self._shown(first)}, then {self._shown(now)}; keep nothing outside of states",
                )
        for name, holds in self._held().items():
            if holds != self._holds[name]:
                raise BrokenModel(f"{name} holds something else than when it began; keep nothing outside of states")

    def _held(self) -> dict[str, Hashable]:
        """Return keys of what the functions of the model hold. What could change there is a MisuseOfType."""
        model = self.model
        functions: dict[str, object] = {f"action {each.name}": each.function for each in model.actions}
        functions |= {f"clause {clause.id}": getattr(clause, "cases", None) for clause in model.promises}
        functions |= {"begins": model.begins, "within": model.within}
        try:
            choices = {f"a choice of action {each.name}": tuple(identity(value) for _, value in each.choices) for each in model.actions}
            return choices | {name: held_by(function) for name, function in functions.items()}
        except TypeError as error:
            raise MisuseOfType(f"a function of the model holds {error}") from error

    def _shown(self, writes: Writes) -> str:
        shown = ", ".join(f"{self.variables[place]} = {text(self.tables[place][number])}" for place, number in writes)
        return f"it writes {shown}" if shown else "it writes nothing"

    def _otherwise(self, state: State, number: int, what: str) -> BrokenModel:
        return BrokenModel(f"action {self.acts[number][1]}: {what}{in_state(self.values(state))}")

    # ---- showing

    def values(self, state: State, *, again: bool = False) -> dict[Variable[Any], Any]:
        """Return what the variables hold in a state. `again`: with sets in another order."""
        if again:
            return {one: self._other(place, number) for place, (one, number) in enumerate(zip(self.variables, state, strict=True))}
        return {one: table.values[number] for one, table, number in zip(self.variables, self.tables, state, strict=True)}

    def _other(self, place: int, number: int) -> Any:
        known = self._others[place]
        if number not in known:
            known[number] = scrambled(self.tables[place][number])
        return known[number]

    def begun(self, start: State) -> dict[str, object]:
        """Tell how a run begins, where it could begin otherwise."""
        return {f"{one}": value for one, value in self.values(start).items() if len(one.starts) > 1}

    def frames(self, path: Path) -> tuple[Frame, ...]:
        """Show each move of a path, and what it changed."""
        before, steps = path
        shown = []
        for number, reached in steps:
            shown.append(Frame(Fire(MODEL, self.acts[number][1]), (), self._changed(before, reached)))
            before = reached
        return tuple(shown)

    def _changed(self, before: State, reached: State) -> tuple[Change, ...]:
        return tuple(
            Change(f"{variable}", *change)
            for variable, table, old, new in zip(self.variables, self.tables, before, reached, strict=True)
            if old != new
            for change in changes(table[old], table[new])
        )


def _told(predicate: Callable[[Now], bool], values: Values) -> bool:
    with opened(values) as now:
        return predicate(now)


def after(state: State, writes: Writes) -> State:
    """Return the state after something is written."""
    changed = list(state)
    for place, number in writes:
        changed[place] = number
    return tuple(changed)
