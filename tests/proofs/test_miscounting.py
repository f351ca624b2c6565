"""Numbers of a handler's own that a set would miss beside symbols: where they are found in the source."""

from __future__ import annotations

import inspect
from enum import Enum

from attrs import frozen

from concordant.proofs.kernel.miscounting import miscounts
from concordant.spec.vocabulary import ratio

MANY = 5


class Counts:
    """Holds a number."""

    few = 2


class Counted(Enum):
    """Counts once."""

    ONCE = 1


@frozen
class Counting:
    """Keeps numbers of its own where a set looks for them, and compares others."""

    most: int = 2

    def in_a_set(self, count: int) -> bool:
        return count in {1, 0}

    def of_its_own(self, count: int) -> bool:
        return count in frozenset([self.most, 0])

    def by_a_name(self, counts: frozenset[int]) -> bool:
        some = len(counts) + 1
        return some in counts

    def made(self, counts: frozenset[int]) -> bool:
        return self.needed() in counts

    def needed(self) -> int:
        return -(-self.most // 2)

    def by_a_name_of_the_module(self, count: int) -> bool:
        return count in {MANY, 0}

    def by_a_field_of_a_class(self, count: int) -> bool:
        return count in {Counts.few, Counted.ONCE.value}

    def of_nothing(self, count: int) -> bool:
        return count in {-~0, 0**0, ratio(0, 2)}

    def of_what_is_true(self, count: int) -> bool:
        return count in {count == 0, 0}

    def of_python_s_true(self, count: int) -> bool:
        return count in [True, 0]

    def compares(self, count: int, counts: tuple[int, ...]) -> bool:
        return count >= self.most or count + 1 == 0 or len(counts[1:]) > self.most - 1 or -self.needed() < counts[len(counts) - 1]


def test_numbers_that_a_set_would_not_find_beside_symbols_are_found_in_the_source() -> None:
    lines, start = inspect.getsourcelines(Counting)
    found = [lines[int(each.split(":")[1]) - start].strip() for each in miscounts(Counting())]

    assert sorted(set(found)) == [
        "return -(-self.most // 2)",
        "return count in [True, 0]",
        "return count in frozenset([self.most, 0])",
        "return count in {-~0, 0**0, ratio(0, 2)}",
        "return count in {1, 0}",
        "return count in {Counts.few, Counted.ONCE.value}",
        "return count in {MANY, 0}",
        "return count in {count == 0, 0}",
        "return self.needed() in counts",
        "some = len(counts) + 1",
    ]
