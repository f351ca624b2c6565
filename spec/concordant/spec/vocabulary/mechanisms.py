"""Clauses about rules: a mechanism is a pure function from a profile, what everybody reports, to an outcome.

One text of a clause runs on every profile of a grid, on random profiles, on a record and on symbols, since all that it
quantifies over is drawn. The rule is an argument, so that it judges pitfalls and foreign rules too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from enum import Enum
from fractions import Fraction
from numbers import Number
from typing import Any, Generic, TypeAlias, TypeVar

from attrs import fields, frozen, has

from concordant.spec.vocabulary.clauses import Always, Cases, Clause, Seen, case, named
from concordant.spec.vocabulary.draws import Draw
from concordant.spec.vocabulary.faults import Fault, Need
from concordant.spec.vocabulary.happenings import Rejected
from concordant.spec.vocabulary.stems import stem_of
from concordant.spec.vocabulary.values import Amount, Bag, Map, is_amount

A = TypeVar("A")
H = TypeVar("H")
R = TypeVar("R")
P = TypeVar("P")


def always_telling(_: Mapping[str, Any]) -> bool:
    """Take any case for one that could have been otherwise."""
    return True


def no_lie(_profile: Any, _facts: Mapping[str, Any]) -> Iterable[tuple[Amount, Amount]]:
    """Take a case for one about no lie."""
    return ()


@frozen
class ForAll(Clause, Generic[P, R]):
    """Every case holds of every profile and its outcome."""

    cases: Callable[[P, R], Cases]


@frozen
class Relates(Clause, Generic[P, R]):
    """Every case holds of every profile and of whatever is drawn besides; the rule may be run on several profiles.

    `telling`: whether a case, by its facts, could have been otherwise; where none is, nothing is said. `lied`: of a profile, and of the
    facts of a case about a lie, each amount that is true with what is said instead.
    """

    cases: Callable[[Callable[[P], R], P, Draw], Cases]
    telling: Callable[[Mapping[str, Any]], bool] = always_telling
    lied: Callable[[P, Mapping[str, Any]], Iterable[tuple[Amount, Amount]]] = no_lie


RuleClause: TypeAlias = ForAll[Any, Any] | Relates[Any, Any]

REFUTING = (ArithmeticError, LookupError, ValueError, TypeError, AttributeError)
"""What a wrong rule raises on a profile of its space, on numbers or on symbols: a refutation of whatever is being judged."""


def for_all(cases: Callable[[P, R], Cases]) -> ForAll[P, R]:
    """Promise something of every profile and its outcome."""
    return ForAll(*named(cases), ~Fault.NONE, Need.NONE, cases)


def relates(cases: Callable[[Callable[[P], R], P, Draw], Cases]) -> Relates[P, R]:
    """Promise how the outcomes of several profiles relate: one more ballot, another order, other names."""
    return Relates(*named(cases), ~Fault.NONE, Need.NONE, cases)


@frozen(eq=False)
class Comparison(Generic[P, R]):
    """A promise about the outcomes of two rules on one profile: a Dutch auction sells as a first-price one does.

    Which rule the other is stands where the rules are: `to(other)` is the clause.
    """

    cases: Callable[[P, R, R], Cases]

    def to(self, other: Callable[[P], R]) -> Relates[P, R]:
        """Return the clause that compares with this rule."""

        def cases(rule: Callable[[P], R], profile: P, draw: Draw) -> Cases:  # noqa: ARG001  # nothing more is drawn
            if getattr(rule, "rule", rule) is other:
                raise ValueError(f"{named(self.cases)[0]} compares a rule with itself, which says nothing; give another to to(…)")
            yield from self.cases(profile, rule(profile), other(profile))

        return Relates(*named(self.cases), ~Fault.NONE, Need.NONE, cases)


def compares(cases: Callable[[P, R, R], Cases]) -> Comparison[P, R]:
    """Promise something of every profile, of a rule's outcome and of another rule's."""
    named(cases)
    return Comparison(cases)


def truthful(
    agents: Callable[[P], Iterable[A]],
    misreport: Callable[[P, A, Draw], P],
    utility: Callable[[P, A, R], Amount],
) -> Relates[P, R]:
    """Promise that honesty is a dominant strategy: no agent gains by a report that is not its type, whatever others report.

    `misreport`: the profile with the agent's report drawn anew. `utility`: what an outcome is worth to the agent, whose type
    is its report in the profile. Where no lie changes it, the clause is vacuous; where all lies that are drawn say more than is true, or all
    less, it is an error. The clause belongs to the module of `utility`.
    """

    def cases(rule: Callable[[P], R], profile: P, draw: Draw) -> Cases:
        everyone = tuple(agents(profile))
        if not everyone:
            return
        agent = draw.one_of("who lies", everyone)
        lie = misreport(profile, agent, draw)
        if lie == profile:  # no lie: where misreports are never others, the clause is vacuous
            return
        honest, lying = rule(profile), rule(lie)
        gains, would_gain = utility(profile, agent, honest), utility(profile, agent, lying)
        yield case(gains >= would_gain, agent=agent, lie=lie, honest=honest, lying=lying, gains=gains, would_gain=would_gain)

    stem = stem_of(utility.__module__)
    sentence = "No agent gains by reporting something other than its type, whatever the others report."
    return Relates(f"{stem}.truthful", sentence, "", ~Fault.NONE, Need.NONE, cases, _is_at_stake, _lied)


def _is_at_stake(facts: Mapping[str, Any]) -> bool:
    """Tell whether a lie makes a difference to the liar: a utility to which nothing does makes any rule truthful."""
    return bool(facts["gains"] != facts["would_gain"])


def _lied(profile: object, facts: Mapping[str, Any]) -> Iterator[tuple[Amount, Amount]]:
    """Pair the amounts of a profile with those of a lie, where there are as many."""
    truth, lie = tuple(_amounts_in(profile)), tuple(_amounts_in(facts["lie"]))
    yield from zip(truth, lie, strict=True) if len(truth) == len(lie) else ()


def _amounts_in(value: Any) -> Iterator[Amount]:
    """Yield the amounts within a value, in order."""
    if is_amount(value):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _amounts_in(each)
    elif has(type(value)):
        for part in fields(type(value)):
            yield from _amounts_in(getattr(value, part.name))


Flaws: TypeAlias = tuple[tuple[Rejected, Callable[[P], bool]], ...]
"""The rules that a profile may break, in the order in which they are asked: the reason, and whether it is broken."""


def rejection(flaws: Flaws[P], profile: P, outcome: object) -> Cases:
    """State that a profile is rejected if, and only if, it has a flaw, and with the reason of the first that it has."""
    reason = next((reason for reason, is_broken in flaws if is_broken(profile)), None)
    yield case(not isinstance(outcome, Rejected) if reason is None else outcome == reason, reason=reason, outcome=outcome)


@for_all
def outcomes_are_exact(profile: object, outcome: object) -> Cases:  # noqa: ARG001  # the shape of every such clause
    """No outcome holds a float: every number in it is an int or a Fraction."""
    wrong = tuple(inexact(outcome))
    yield case(not wrong, outcome=outcome, inexact=wrong)


_EXACT = frozenset({type(None), bool, int, str, Fraction})


def inexact(value: Any) -> Iterator[object]:
    """Yield every number within a value that is not exact, and whatever cannot be looked into, such as a function.

    >>> list(inexact((1, {"half": 0.5})))
    [0.5]
    """
    if type(value) in _EXACT or isinstance(value, type):
        return
    match value:
        case str() | Number():
            yield value  # of a class of its own it may be equal to what it likes
        case Mapping() | Map():
            for pair in value.items():
                yield from inexact(pair)
        case tuple() | list() | AbstractSet() | Bag():
            for each in value:
                yield from inexact(each)
        case _ if has(type(value)) and not _decides(type(value)):
            for part in fields(type(value)):
                yield from inexact(getattr(value, part.name))
        case Enum():
            pass
        case _ if callable(value) or _decides(type(value)) or not (hasattr(value, "__dict__") or hasattr(value, "__slots__")):
            yield value
        case _:
            for each in attributes(value):
                yield from inexact(each)


def _decides(kind: type) -> bool:
    """Tell whether a class says by itself, and not by what it holds, what its instances are equal to."""
    written = getattr(kind.__eq__, "__code__", None)
    return written is not None and not written.co_filename.startswith("<")


def attributes(value: object) -> Iterator[object]:
    """Yield what an object of a plain class holds."""
    yield from getattr(value, "__dict__", {}).values()
    for kind in type(value).__mro__:
        slots = vars(kind).get("__slots__", ())
        yield from (getattr(value, name) for name in ((slots,) if isinstance(slots, str) else slots) if hasattr(value, name))


def obeys(
    clause: ForAll[P, R],
    runs: Callable[[H], Iterable[tuple[P, R]]],
    *,
    under: Fault = Fault.NONE,
    needs: Need = Need.NONE,
) -> Always[H]:
    """Make a rule's promise one of the process that runs it: of every profile that it announced with its outcome.

    `runs`: those of a history. The clause belongs to the module of `runs` and keeps its name.
    """

    def cases(seen: Seen[H]) -> Cases:
        for profile, outcome in runs(seen.history):
            yield from clause.cases(profile, outcome)

    stem = stem_of(runs.__module__)
    return Always(f"{stem}.{clause.name}", clause.sentence, clause.argument, under, needs, cases)
