"""Models that are no systems of processes: variables, and actions that read and write them, as in TLA+ or Event-B.

An action is possible in a state where it writes something. It reads the state as `now[variable]` and writes the next one as
`then[variable] = value`. To write what a variable holds already is a move, too, one that changes nothing.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from functools import partial
from itertools import product
from typing import Any, TypeAlias

from attrs import field, frozen

from concordant.refimpl.machine.moves import Act
from concordant.spec.vocabulary import (
    AlwaysEach,
    Clause,
    Eventually,
    EveryStep,
    Fair,
    Fault,
    InfinitelyOften,
    Need,
    Now,
    OnEvent,
    Sometimes,
    Then,
    Variable,
    Variables,
    identity,
    require_distinct,
)


class Whose(Enum):
    """Whose an action is, which decides who may rely on it."""

    OWN = "own"
    """Of what is modelled: fairness owes it, and where it can still change something nothing is at rest."""
    USERS = "users'"
    """Asked for from outside: owed to nobody, and yet no state in which it is possible is at rest."""
    FAULT = "fault"
    """Of an environment that does its worst: owed to nobody, and nothing is promised by means of it."""


@frozen(eq=False)
class Action:
    """A function of a state and of what it is about, of which there is an action for each combination of choices."""

    name: str
    function: Callable[..., None]
    choices: tuple[tuple[str, tuple[object, ...]], ...]
    whose: Whose = Whose.OWN
    reads: bool = True

    @property
    def acts(self) -> Iterator[Act]:
        """Yield each way to take it, in the order of the choices."""
        names = [name for name, _ in self.choices]
        return (Act(self.name, tuple(zip(names, given, strict=True))) for given in product(*(values for _, values in self.choices)))

    def take(self, act: Act, now: Now, then: Then) -> object:
        """Call the function for one choice, and return what it returns, which should be None."""
        seen = {"now": now} if self.reads else {}
        return self.function(**seen, then=then, **dict(act.given))  # type: ignore[func-returns-value]  # what it returns is looked at


Decorator: TypeAlias = Callable[[Callable[..., None]], Action]


def action(**choices: Iterable[object]) -> Decorator:
    """Make an action of what is modelled, one for each combination of these choices: `@action(r=MANAGERS)`, or `@action()`."""
    return partial(_action, choices, Whose.OWN)


def request(**choices: Iterable[object]) -> Decorator:
    """Make an action that somebody outside asks for, and need not: owed to nobody."""
    return partial(_action, choices, Whose.USERS)


def fault(**choices: Iterable[object]) -> Decorator:
    """Make an action of an environment that does its worst: owed to nobody, and a state in which only such are left is at rest."""
    return partial(_action, choices, Whose.FAULT)


def _action(choices: dict[str, Iterable[object]], whose: Whose, function: Callable[..., None]) -> Action:
    name = function.__name__
    listed = tuple((choice, tuple(values)) for choice, values in choices.items())
    for choice, values in listed:
        if not values:
            raise ValueError(f"action {name} has nothing to choose for {choice}, so that it could never be taken; give some values")
        if len({identity(value) for value in values}) < len(values):
            raise ValueError(f"action {name} lists a choice for {choice} twice: {values!r}; list each once")
    parameters = tuple(inspect.signature(function).parameters)
    if parameters not in (("now", "then", *choices), ("then", *choices)):
        raise TypeError(
            f"action {name} takes ({', '.join(parameters)}); let it take (now, then{''.join(f', {choice}' for choice in choices)}), as its decorator says, or leave now out"
        )
    return Action(name, function, listed, whose, "now" in parameters)


@frozen(eq=False)
class Model:
    """Variables, actions that change them, and the clauses that are promised of all their runs.

    It begins in every combination of what its variables may begin with for which `begins` holds. `within`: the bound of the scope; a
    state beyond it is judged and not left, so that liveness is then inconclusive.
    """

    variables: tuple[Variable[Any] | Variables[Any, Any], ...]
    actions: tuple[Action, ...]
    promises: tuple[Clause, ...] = ()
    begins: Callable[[Now], bool] | None = field(default=None, kw_only=True)
    within: Callable[[Now], bool] | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _require_some("variables", self.variables, (Variable, Variables))
        _require_some("actions", self.actions, (Action,))
        require_distinct(self.promises)
        for clause in self.promises:
            require_fit(clause)

    @property
    def all_variables(self) -> tuple[Variable[Any], ...]:
        """Its variables one by one, those of one kind by their keys, in their order."""
        return tuple(one for each in self.variables for one in ((each,) if isinstance(each, Variable) else each.by_key.values()))


def _require_some(what: str, given: object, kinds: tuple[type, ...]) -> None:
    """Check that a model is given a tuple of something, no two of one name."""
    if not isinstance(given, tuple) or not given:
        raise TypeError(f"{what}={given!r}: give a tuple with one at least")
    for each in given:
        if not isinstance(each, kinds):
            hint = "; @action() above it makes one" if callable(each) else ""
            raise TypeError(f"{what} has {getattr(each, '__name__', repr(each))}, which is no {kinds[0].__name__}{hint}")
    names = [each.name for each in given]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"{what} has two that are called {name}; give each a name of its own, and list it once")


def require_fit(clause: Clause) -> None:
    """Check that a clause can be judged of a model, and claims nothing that a model cannot show; a ValueError otherwise."""
    where = f"clause {clause.id}"
    match clause:
        case AlwaysEach() | OnEvent():
            raise ValueError(f"{where} is about processes or events, and a model has neither; state it by @always() or @every_step(Now)")
        case EveryStep(view=view) if view is not Now:
            raise ValueError(f"{where} is about steps of {view.__name__}; a step of a model is one of all its variables: @every_step(Now)")
        case Eventually(given=given) | InfinitelyOften(given=given) if given & ~(Fair.TRIGGERS | Fair.CHOICES):
            raise ValueError(
                f"{where} assumes {given!r}; a model has actions alone: Fair.TRIGGERS owes what stays possible, Fair.CHOICES also what is possible again and again"
            )
        case _ if not isinstance(clause, Sometimes) and (clause.under is not Fault.NONE or clause.needs is not Need.NONE):
            raise ValueError(
                f"{where} claims what it survives or needs; a model has the faults that its actions are, and no others: leave under and needs out"
            )
        case _:
            pass
