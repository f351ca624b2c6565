"""What is said between a worker of a divided search and whoever leads it. Every question is answered by one reply."""

from __future__ import annotations

import numpy as np
from attrs import field, frozen

from concordant.checks.cluster.dividing.links import Address
from concordant.checks.tabulated.clusters import Tuning
from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel import work as w
from concordant.checks.tabulated.kernel.representing import Renames
from concordant.checks.tabulated.kernel.words import Ints, Longs, Words
from concordant.checks.tabulated.placing import Placing


@frozen(eq=False)
class Placed:
    """A layout of rows, and what the lists of candidates for it begin with. `sizes`: of those of its arrays that begin empty."""

    placing: Placing
    receivers: list[int]
    lists: w.Lists
    sizes: tuple[int, int]


@frozen(eq=False)
class Gains:
    """What tables have gained since the last news.

    `placed`: another layout. `pool`, `outcomes`, `kept`, `codes`: what comes after what there was. `groups`: what each group reads and
    where that lies, all of it. `watched`: the bits of a row on which an answer about a state may depend. `renames`: where they have changed.
    """

    placed: Placed | None
    questions: Words
    answers: Longs
    pool: Ints
    outcomes: Ints
    groups: tuple[Longs, Longs, Longs, Words]
    kept: Ints
    codes: Words
    watched: Words
    renames: Renames | None


@frozen
class Join:
    """Take part in a search, as which of how many. `towards`: the address of whoever leads it. `neighbours`: how many of them share a machine. `memory`: the budget of each."""

    number: int
    count: int
    secret: bytes = field(repr=False)
    towards: str
    neighbours: int
    memory: int | None


@frozen
class Listening:
    """The reply: where the others reach this one."""

    address: Address


@frozen(eq=False)
class Meet:
    """Link with all others, and begin at the first state if that is yours."""

    addresses: tuple[Address, ...]
    rules: q.Rules
    tuning: Tuning
    news: Gains
    first: list[int]


@frozen
class Ready:
    """The reply."""


@frozen(eq=False)
class Expand:
    """Expand some of the states that are left of this level, so many at most, and for so many seconds; send what is found to its owners."""

    news: Gains
    most: int
    seconds: float


@frozen(eq=False)
class Round:
    """The reply, when all others have sent what is for this one, too.

    `counts`: the counters so far. `states`: how many there are. `left`: how many of the level are to be expanded yet. `asked`: questions without answer,
    `firsts`: outcomes used first, each with a place in `numbers`: of states, whose rows are in `rows`. `sent`: bytes so far. `busy`: seconds of a processor so far, but for what comes over links. `stopped`: which bound was reached.
    """

    counts: Longs
    states: int
    left: int
    asked: list[tuple[int, int]]
    firsts: list[tuple[int, int]]
    numbers: Ints
    rows: Words
    sent: int
    busy: float
    stopped: str | None


@frozen(eq=False)
class Look:
    """Look for what these groups have not seen: among the states at rest, or else among new ones."""

    news: Gains
    groups: Longs
    at_rest: bool


@frozen(eq=False)
class StatesShown:
    """The reply: states that show something new. `more`: whether there may be others. `rests`: how many states of the level are at rest."""

    numbers: Ints
    rows: Words
    more: bool
    rests: int


@frozen(eq=False)
class Advance:
    """Go on to the next level. States to which one of these groups says no are left out; `answers`: by reading."""

    news: Gains
    groups: Longs
    answers: np.ndarray[tuple[int], np.dtype[np.int8]]


@frozen
class Begun:
    """The reply: how many states the level has, and how many more lie beyond the bound of the scope."""

    left: int
    beyond: int


@frozen
class Where:
    """Tell where a state came from."""

    number: int


@frozen(eq=False)
class From:
    """The reply: its row, and who has found it, from which state there; -1 for the first."""

    row: list[int]
    sender: int
    source: int


@frozen
class Unfit:
    """In place of a reply: the tables are not made for this system; or a worker is of no use any more, this one or another."""

    why: str
    is_lost: bool = False
