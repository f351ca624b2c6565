"""What a handler must not do with a symbol, which stands for any value of its class."""

from __future__ import annotations

BINARY = ("add", "sub", "mul", "truediv", "floordiv", "mod", "divmod", "pow", "and", "or", "xor", "lshift", "rshift", "matmul")
OPERATORS = tuple(f"__{side}{name}__" for name in BINARY for side in ("", "r", "i"))
FORBIDDEN = {
    "makes text of": ("__repr__", "__str__", "__format__", "__bytes__", "__fspath__"),
    "tests for truth": ("__bool__",),
    "looks into": ("__dir__", "__len__", "__iter__", "__contains__", "__getitem__", "__reversed__", "__next__", "__sizeof__"),
    "makes a number of": ("__int__", "__float__", "__complex__", "__index__", "__round__", "__trunc__", "__floor__", "__ceil__"),
    "computes with": ("__neg__", "__pos__", "__abs__", "__invert__", *OPERATORS),
    "calls or enters": ("__call__", "__enter__", "__exit__", "__await__", "__aiter__", "__anext__"),
    "copies": ("__copy__", "__deepcopy__", "__reduce__", "__reduce_ex__", "__getstate__"),
    "changes": ("__setattr__", "__delattr__", "__setitem__", "__delitem__"),
}
"""What a handler must not do with a symbol, and the methods by which it would."""
COMPARED = ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__")
