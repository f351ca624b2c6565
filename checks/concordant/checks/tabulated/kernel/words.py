"""What everything compiled stands on: how functions are compiled, and rows of words cut into slots.

A global state is a row of 64-bit words, cut into slots: one per process, user and channel, one for the history, one per
allowance. A slot holds a small number that stands for a value. Rows lie one after another in one flat array. All slots
together are one sum of shifted numbers, so that a move is a difference to add, whatever the other slots hold.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from concordant.checks.tabulated.kernel.indexing import trust_indices
from concordant.checks.tabulated.kernel.keeping import keep

if TYPE_CHECKING:  # some versions of numba ship types, others none: here is what these do

    def int64(number: Any, /) -> int:
        """Take a number as a signed word."""

    def uint64(number: Any, /) -> Any:
        """Take a number as an unsigned word."""

else:
    from numba import int64, uint64

numba: Any = import_module("numba")
llvm: Any = import_module("llvmlite.ir")
F = TypeVar("F", bound=Callable[..., Any])
trust_indices()

Words: TypeAlias = NDArray[np.uint64]
Longs: TypeAlias = NDArray[np.int64]
Ints: TypeAlias = NDArray[np.int32]
Width: TypeAlias = Sequence[int]
"""As many zeros as a row has words. Up to `KNOWN` a tuple, whose length is known when a function is compiled; beyond an array."""
KNOWN: Final = 2

EMPTY: Final = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
"""No question and no entry: a row of one word has at most 63 bits in use."""
LOW: Final = np.uint64(0xFFFF_FFFF)
ONE: Final = np.uint64(1)
TWO: Final = np.uint64(2)
HALF: Final = np.uint64(32)
NOTHING: Final = np.uint64(0)
GOLDEN: Final = np.uint64(0x9E37_79B9_7F4A_7C15)
SCRAMBLE: Final = np.uint64(0xD6E8_FEB8_6659_FD93)


def inner(function: F) -> F:
    """Compile a function into those that call it. The interpreter's lock is not needed."""
    made: F = numba.njit(nogil=True, _nrt=False, no_cpython_wrapper=True, no_cfunc_wrapper=True)(function)
    return made


def entry(function: F) -> F:
    """Compile a function that Python calls, at its first call; the compiled code is kept in the user's folder of caches. It takes a `Width`."""
    made: F = numba.njit(nogil=True, _nrt=False, no_cfunc_wrapper=True)(function)
    keep(made, function)
    return made


def width_of(words: int) -> Width:
    """Return the width of rows of so many words.

    Compiled code is kept by the types of its arguments, and made anew when the file of the function changes. It consists of
    functions from several files; the type of a width is therefore named by the text of them all. All that are not `KNOWN` share one.
    """
    name = named(words)
    zeros: Any = _width_class(name)(*[0] * words) if words <= KNOWN else np.zeros(words, [(name, np.uint8)])
    width: Width = zeros
    return width


def named(words: int) -> str:
    """Return by which name the code for rows of so many words is kept."""
    return f"Width{words if words <= KNOWN else 's'}_{_fingerprint()}"


@cache
def _fingerprint() -> str:
    return sha256(b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))).hexdigest()[:16]


@cache
def _width_class(name: str) -> Any:
    words = int(name.removeprefix("Width").partition("_")[0])
    return namedtuple(name, [f"word{k}" for k in range(words)], module=__name__)  # noqa: PYI024  # as many fields as asked


def __getattr__(name: str) -> Any:
    """Find the class of a width by its name, for those who read compiled code from disk."""
    if name.startswith("Width"):
        return _width_class(name)
    raise AttributeError(f"module {__name__} has no attribute {name!r}")


class Layout(NamedTuple):
    """Where each slot lies: its word, its shift there, and its mask before shifting."""

    words: Longs
    shifts: Words
    masks: Words


class Store(NamedTuple):
    """The states found: rows, the state from which each was first reached, and the hash table of them all.

    An entry of the table is the row itself where a row is one word; else half of its hash and its number.
    """

    rows: Words
    parents: Ints
    table: Words


@inner
def value(layout: Layout, rows: Words, at: int, slot: int) -> int:
    """Return the number in a slot of the row that begins at `at`."""
    return int64((rows[at + layout.words[slot]] >> layout.shifts[slot]) & layout.masks[slot])


@inner
def add(layout: Layout, rows: Words, at: int, slot: int, difference: int) -> None:
    """Add a difference to the number in a slot."""
    rows[at + layout.words[slot]] += uint64(difference) << layout.shifts[slot]


@inner
def scrambled(word: Any) -> Any:
    """Spread the bits of a word."""
    word ^= word >> HALF
    word *= SCRAMBLE
    word ^= word >> HALF
    word *= SCRAMBLE
    word ^= word >> HALF
    return word


@inner
def hash_of(width: Width, rows: Words, at: int) -> Any:
    """Return the hash of the row that begins at `at`."""
    word = scrambled(rows[at])
    for k in range(1, len(width)):
        word = scrambled(word ^ rows[at + k])
    return word


@inner
def same(width: Width, rows: Words, at: int, others: Words, other: int) -> bool:
    """Tell whether two rows are equal."""
    difference = NOTHING
    for k in range(len(width)):
        difference |= rows[at + k] ^ others[other + k]
    return bool(difference == NOTHING)


def _claim(typing: Any, array: Any, index: Any, old: Any, new: Any) -> Any:  # noqa: ARG001  # the signature that numba asks for
    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, args[0]).data
        exchange = builder.cmpxchg(builder.gep(data, [args[1]]), args[2], args[3], "acq_rel", "acquire")
        return builder.extract_value(exchange, 0)

    word = numba.types.uint64
    return word(array, word, word, word), code


def _lowest(typing: Any, word: Any) -> Any:  # noqa: ARG001  # as above
    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ARG001  # as above
        return builder.cttz(args[0], llvm.Constant(llvm.IntType(1), 1))

    return numba.types.int64(numba.types.uint64), code


claim: Callable[[Words, Any, Any, Any], Any] = numba.extending.intrinsic(_claim)
"""Put a new word in the place of an old one, by array, index, old and new; return what stood there, which another thread may have put."""
lowest: Callable[[Any], int] = numba.extending.intrinsic(_lowest)
"""Return the place of the lowest bit of a word that is not zero."""
