"""Indices of the kernel are never negative. numba cannot be told so: it makes every one that is count from the end.

That is a comparison and a choice at each access to an array, and costs the search a fifth of its speed. Here, numba's function
that does so is replaced by one that leaves out both in this package, and does as before anywhere else.
NUMBA_BOUNDSCHECK=1 still finds an index that is negative.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

arrays: Any = import_module("numba.np.arrayobj")
types: Any = import_module("numba.core.types")


def trust_indices() -> None:
    """Leave negative indices out of consideration in functions of this package that are compiled from now on."""
    usual = getattr(arrays, "fix_integer_index", None)
    if usual is None:  # a numba that does it elsewhere: everything is as correct, only slower
        return

    def fixed(context: Any, builder: Any, kind: Any, index: Any, size: Any) -> Any:
        compiled = getattr(context, "fndesc", None)
        if kind.signed and compiled is not None and compiled.modname.startswith(__package__):
            return context.cast(builder, index, kind, types.intp)
        return usual(context, builder, kind, index, size)

    arrays.fix_integer_index = fixed
