"""What follows from comparisons by signs and by order alone, so that the solver need not be asked.

A run compares the same few amounts again and again, and most of its comparisons follow from earlier ones: at most is transitive, what is
at most and differs is less, numbers stand in their own order, and a sum of what is not negative is not negative. What does not follow so
may follow all the same: that is for the solver to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from operator import add, eq, le, mul, sub, truediv
from typing import Any, TypeAlias

import z3
from attrs import define, field, frozen

from concordant.proofs.kernel.models import Term, number_of

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

    `_values`: the sums that are numbers. `_plain`: those, and each term alone that may be any number. `_parts`: the terms of each sum, each
    once and alone. `_above`, `_below`: for each sum all that it is at most, or that are at most it, and whether the one is less.
    `_differ`: pairs that are not the same. `_placed`: the numbers that stand in their order.
    """

    _sums: dict[int, Linear] = field(factory=dict, init=False)
    _comparisons: dict[int, Comparison] = field(factory=dict, init=False)
    _nodes: dict[tuple[tuple[int, Fraction], ...], Node] = field(factory=lambda: {(): NOTHING}, init=False)
    _values: dict[Node, Fraction] = field(factory=lambda: {NOTHING: Fraction(0)}, init=False)
    _plain: set[Node] = field(factory=lambda: {NOTHING}, init=False)
    _parts: dict[Node, tuple[Node, ...]] = field(factory=lambda: {NOTHING: ()}, init=False)
    _above: dict[Node, dict[Node, bool]] = field(factory=lambda: {NOTHING: {}}, init=False)
    _below: dict[Node, dict[Node, bool]] = field(factory=lambda: {NOTHING: {}}, init=False)
    _differ: set[tuple[Node, Node]] = field(factory=set, init=False)
    _placed: set[Node] = field(factory=lambda: {NOTHING}, init=False)
    _learned: list[tuple[Node, Node, bool | None] | tuple[Node, Node] | Node] = field(factory=list, init=False)

    # ---- what terms say

    def built(self, operation: Callable[[Any, Any], Any], term: Term, one: Term, other: Term) -> None:
        """Note how a term is made of two others; all three must live as long as this."""
        number, left, right = number_of(term), self._sum(one), self._sum(other)
        if operation is add:
            self._sums[number] = _plus(left, right, 1)
        elif operation is sub:
            self._sums[number] = _plus(left, right, -1)
        elif operation is mul and not left.keys() - {ONE}:
            self._sums[number] = _plus({}, right, left.get(ONE, 0))
        elif operation is mul and not right.keys() - {ONE}:
            self._sums[number] = _plus({}, left, right.get(ONE, 0))
        elif operation is truediv and right.keys() == {ONE}:
            self._sums[number] = _plus({}, left, 1 / right[ONE])
        elif operation in (le, eq):
            self._comparisons[number] = self._compared(_plus(right, left, -1), equal=operation is eq)

    def _sum(self, term: Term) -> Linear:
        number = number_of(term)
        if number not in self._sums:
            if z3.is_rational_value(term):
                one = {ONE: Fraction(term.numerator_as_long(), term.denominator_as_long())}
            else:
                one = {number: Fraction(1)}
                if z3.is_const(term):
                    self._plain.add(self._node((number, Fraction(1))))
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
            self._above[node], self._below[node] = {}, {}
            if [each for each, _ in parts] == [ONE]:
                self._values[node] = parts[0][1]
                self._plain.add(node)
            alone = [((each, count if each == ONE else Fraction(1)),) for each, count in parts]
            self._parts[node] = tuple(node if each == parts else self._node(*each) for each in alone)
        return self._nodes[parts]

    # ---- what follows

    def decided(self, condition: Term) -> bool | None:
        """Tell whether a condition holds, by what is known; None where that does not decide it."""
        compared = self._comparison(condition)
        if compared is None:
            return None
        one, other = compared.one, compared.other
        up, down = self._less(one, other), self._less(other, one)
        if not compared.equal:
            return True if up is not None else False if down else None
        if up or down or self._told_apart(one, other):
            return False
        return True if up is not None and down is not None else None

    def tells_all_of(self, condition: Term) -> bool:
        """Tell whether a condition compares two of the terms that may be any number, or one with a number.

        Where all that is known are such comparisons, each that is not decided may hold, and may not: what is at most, less or equal is in
        the order of some numbers as long as nothing is less than itself, and between two numbers that differ there are others, so that
        any that need not be the same can be told apart.
        """
        compared = self._comparisons.get(number_of(condition))
        return compared is not None and compared.one in self._plain and compared.other in self._plain

    def _less(self, one: Node, other: Node) -> bool | None:
        """Tell whether one sum is less than another: False where it is at most that, None where neither is known."""
        above = self._above[one]
        so = False if one == other else above.get(other)
        if one == NOTHING and not so and all(each in above for each in self._parts[other]):
            return any(above[each] for each in self._parts[other])
        return so

    def _told_apart(self, one: Node, other: Node) -> bool:
        """Tell whether two sums differ, or others do that are the same as they are."""
        return any(self._same(low, one) and self._same(high, other) for low, high in self._differ)

    def _same(self, one: Node, other: Node) -> bool:
        return one == other or (other in self._above[one] and one in self._above[other])

    # ---- what is learned

    @property
    def learned(self) -> int:
        """How much was learned, as `forget` takes it."""
        return len(self._learned)

    def learn(self, condition: Term, *, holds: bool) -> None:
        """Learn that a condition holds, or that it does not; one that compares nothing says nothing here."""
        match self._comparison(condition):
            case Comparison(one, other, equal=True) if holds:
                self._put(one, other, less=False)
                self._put(other, one, less=False)
            case Comparison(one, other, equal=True):
                for pair in {(one, other), (other, one)} - self._differ:
                    self._differ.add(pair)
                    self._learned.append(pair)
                self._make_strict()
            case Comparison(one, other) if holds:
                self._put(one, other, less=False)
            case Comparison(one, other):
                self._put(other, one, less=True)
            case None:
                pass

    def _comparison(self, condition: Term) -> Comparison | None:
        """Return what a condition compares, once the numbers in it stand among the others."""
        compared = self._comparisons.get(number_of(condition))
        for node in () if compared is None else (*self._parts[compared.one], *self._parts[compared.other]):
            if node in self._values and node not in self._placed:
                for each in tuple(self._placed):
                    self._put(*((each, node) if self._values[each] < self._values[node] else (node, each)), less=True)
                self._placed.add(node)
                self._learned.append(node)
        return compared

    def _put(self, one: Node, other: Node, *, less: bool) -> None:
        """Note that one sum is at most another, or less, and whatever follows."""
        known = self._above[one].get(other)
        if one == other or known or (known is False and not less):
            return
        for low, so in ((one, False), *self._below[one].items()):
            for high, too in ((other, False), *self._above[other].items()):
                self._note(low, high, less=less or so or too)
        self._make_strict()

    def _make_strict(self) -> None:
        """Note that what is at most something, and differs from it, is less."""
        for low, high in tuple(self._differ):
            if self._above[low].get(high) is False:
                self._put(low, high, less=True)

    def _note(self, one: Node, other: Node, *, less: bool) -> None:
        before = self._above[one].get(other)
        if one != other and (before is None or (less and not before)):
            self._above[one][other] = self._below[other][one] = less
            self._learned.append((one, other, before))

    def forget(self, learned: int) -> None:
        """Forget all but so much."""
        while len(self._learned) > learned:
            match self._learned.pop():
                case int(number):
                    self._placed.discard(number)
                case one, other, None:
                    del self._above[one][other], self._below[other][one]
                case one, other, bool(before):
                    self._above[one][other] = self._below[other][one] = before
                case pair:
                    self._differ.discard(pair)


def _plus(one: Linear, other: Linear, times: Fraction | int) -> Linear:
    """Return one sum with another so many times; what counts nothing is left out."""
    found = dict(one)
    for each, count in other.items():
        found[each] = found.get(each, Fraction(0)) + count * times
    return {each: count for each, count in found.items() if count}
