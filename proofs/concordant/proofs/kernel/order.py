"""What follows from comparisons by signs and by order alone, so that the solver need not be asked.

A run compares the same few amounts again and again, and most of its comparisons follow from earlier ones: at most is transitive, what is
at most and differs is less, numbers stand in their own order, and a sum of what is not negative is not negative. What does not follow so
may follow all the same: that is for the solver to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from operator import add, eq, le, mul, sub
from typing import Any, TypeAlias

import z3
from attrs import define, field, frozen

from concordant.proofs.kernel.models import Term

Linear: TypeAlias = Mapping[int, Fraction]
"""A sum: how often each term counts, by the number that Z3 gives it, and under `ONE` what is added to it."""
Node: TypeAlias = int
"""A sum in which everything counts positively, by a number of its own."""
ONE = -1
NOTHING: Node = 0


@frozen
class Comparison:
    """That one sum is at most another, or with `equal`, that they are the same. What stands on both sides is left out."""

    one: Node
    other: Node
    equal: bool


@define(eq=False)
class Order:
    """What is known of terms on a path. Whatever is learned can be forgotten again, the last first.

    `_values`: the sums that are numbers. `_parts`: the terms of each sum, each once and alone. `_above`: for each sum those that it is
    at most, and whether it is less. `_differ`: pairs that are not the same.
    """

    _sums: dict[int, Linear] = field(factory=dict, init=False)
    _comparisons: dict[int, Comparison] = field(factory=dict, init=False)
    _nodes: dict[tuple[tuple[int, Fraction], ...], Node] = field(factory=lambda: {(): NOTHING}, init=False)
    _values: dict[Node, Fraction] = field(factory=lambda: {NOTHING: Fraction(0)}, init=False)
    _parts: dict[Node, tuple[Node, ...]] = field(factory=lambda: {NOTHING: ()}, init=False)
    _above: dict[Node, dict[Node, bool]] = field(factory=dict, init=False)
    _differ: set[tuple[Node, Node]] = field(factory=set, init=False)
    _learned: list[tuple[Node, Node, bool | None] | tuple[Node, Node]] = field(factory=list, init=False)

    # ---- what terms say

    def built(self, operation: Callable[[Any, Any], Any], term: Term, one: Term, other: Term) -> None:
        """Note how a term is made of two others; all three must live as long as this."""
        number, left, right = term.get_id(), self._sum(one), self._sum(other)
        if operation is add:
            self._sums[number] = _plus(left, right, 1)
        elif operation is sub:
            self._sums[number] = _plus(left, right, -1)
        elif operation is mul and not left.keys() - {ONE}:
            self._sums[number] = _plus({}, right, left.get(ONE, 0))
        elif operation is mul and not right.keys() - {ONE}:
            self._sums[number] = _plus({}, left, right.get(ONE, 0))
        elif operation in (le, eq):
            self._comparisons[number] = self._compared(_plus(right, left, -1), equal=operation is eq)

    def _sum(self, term: Term) -> Linear:
        number = term.get_id()
        if number not in self._sums:
            one = (
                {ONE: Fraction(term.numerator_as_long(), term.denominator_as_long())}
                if z3.is_rational_value(term)
                else {number: Fraction(1)}
            )
            self._sums[number] = _plus({}, one, 1)
        return self._sums[number]

    def _compared(self, difference: Linear, *, equal: bool) -> Comparison:
        """Return that a difference is not negative, or that it is nothing; scaled, so that the same is said in the same words."""
        scale = abs(next((difference[each] for each in sorted(difference, reverse=True) if each != ONE), Fraction(1)))
        parts = sorted((each, count / scale) for each, count in difference.items())
        one, other = (self._node(*((each, sign * count) for each, count in parts if sign * count > 0)) for sign in (-1, 1))
        return Comparison(one, other, equal)

    def _node(self, *parts: tuple[int, Fraction]) -> Node:
        if parts not in self._nodes:
            node = self._nodes[parts] = len(self._nodes)
            if [each for each, _ in parts] == [ONE]:
                self._values[node] = parts[0][1]
            alone = [((each, count if each == ONE else Fraction(1)),) for each, count in parts]
            self._parts[node] = tuple(node if each == parts else self._node(*each) for each in alone)
        return self._nodes[parts]

    # ---- what follows

    def decided(self, condition: Term) -> bool | None:
        """Tell whether a condition holds, by what is known; None where that does not decide it."""
        compared = self._comparisons.get(condition.get_id())
        if compared is None:
            return None
        up, down = self._less(compared.one, compared.other), self._less(compared.other, compared.one)
        if not compared.equal:
            return True if up is not None else False if down else None
        if up or down or (compared.one, compared.other) in self._differ:
            return False
        return True if up is not None and down is not None else None

    def _less(self, one: Node, other: Node) -> bool | None:
        """Tell whether one sum is less than another: False where it is at most that, None where neither is known."""
        best = self._over(one)
        if one == NOTHING and all(each in best for each in self._parts[other]):
            return best.get(other, False) or any(best[each] for each in self._parts[other])
        return best.get(other)

    def _over(self, one: Node) -> dict[Node, bool]:
        """Return what one sum is at most, and whether it is less."""
        best = {one: False}
        waiting = [one]
        for node in waiting:  # which grows
            for above, less in self._next(node):
                so = best[node] or less
                if above not in best or (so and not best[above]):
                    best[above] = so
                    waiting.append(above)
        return best

    def _next(self, node: Node) -> Iterator[tuple[Node, bool]]:
        yield from self._above.get(node, {}).items()
        value = self._values.get(node)
        if value is not None:
            yield from ((each, True) for each, larger in self._values.items() if larger > value)

    # ---- what is learned

    @property
    def learned(self) -> int:
        """How much was learned, as `forget` takes it."""
        return len(self._learned)

    def learn(self, condition: Term, *, holds: bool) -> None:
        """Learn that a condition holds, or that it does not; one that compares nothing says nothing here."""
        match self._comparisons.get(condition.get_id()):
            case Comparison(one, other, equal=True) if holds:
                self._put(one, other, less=False)
                self._put(other, one, less=False)
            case Comparison(one, other, equal=True):
                for pair in ((one, other), (other, one)):
                    self._differ.add(pair)
                    self._learned.append(pair)
                    if pair[1] in self._above.get(pair[0], {}):
                        self._put(*pair, less=True)
            case Comparison(one, other) if holds:
                self._put(one, other, less=(one, other) in self._differ)
            case Comparison(one, other):
                self._put(other, one, less=True)
            case None:
                pass

    def _put(self, one: Node, other: Node, *, less: bool) -> None:
        above = self._above.setdefault(one, {})
        before = above.get(other)
        if before is None or (less and not before):
            above[other] = less
            self._learned.append((one, other, before))

    def forget(self, learned: int) -> None:
        """Forget all but so much."""
        while len(self._learned) > learned:
            match self._learned.pop():
                case one, other, None:
                    del self._above[one][other]
                case one, other, bool(before):
                    self._above[one][other] = before
                case pair:
                    self._differ.discard(pair)


def _plus(one: Linear, other: Linear, times: Fraction | int) -> Linear:
    """Return one sum with another so many times; what counts nothing is left out."""
    found = dict(one)
    for each, count in other.items():
        found[each] = found.get(each, Fraction(0)) + count * times
    return {each: count for each, count in found.items() if count}
