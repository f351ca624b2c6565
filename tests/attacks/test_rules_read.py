"""Rules that tell a symbol from a number where nobody had read: each was proved, and charges the first price for numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from concordant.proofs.kernel.reals import LeavesSubset
from tests.attacks.test_rules_on_symbols import prove

IMPORTS = """
import enum, functools, sys
from abc import ABC, ABCMeta
from fractions import Fraction
from attrs import Factory, define, field
from concordant.proofs.kernel.reals import Real, Symbolic
"""
INT = "tells numbers apart by how they are represented"
FRACTION = "holds Fraction: write a Fraction of two whole numbers, and nothing else"
DECIDES = "Like decides by itself what its instances are"
MAY_CHANGE = "BOX is of a class that is not frozen"

HOOK = "    @classmethod\n    def __subclasshook__(cls, other): return 'Real' in str(other)\n"
BOXED = "@frozen\nclass Box:\n    bid: object"
ASKS = "    def asks(self, bid): return type(bid) is int\n"
COUNTS = "BOX = Box()\ndef cheats(bid):\n    box = BOX\n    box.times += 1\n    return box.times > 5000\n"
WAYS = {
    "Fraction in a tuple": ("KINDS = (Fraction,)\ndef cheats(bid): return not isinstance(bid, KINDS)\n", FRACTION),
    "Fraction in a class": ("class Held: kind = Fraction\ndef cheats(bid): return not isinstance(bid, Held.kind)\n", FRACTION),
    "Fraction in an enumeration": ("class K(enum.Enum): A = Fraction\ndef cheats(bid): return not isinstance(bid, K.A.value)\n", FRACTION),
    "Fraction as a default": ("def cheats(bid, kind=Fraction): return not isinstance(bid, kind)\n", FRACTION),
    "a class that knows its own by a hook": (f"class Like(ABC):\n{HOOK}def cheats(bid): return not isinstance(bid, Like)\n", DECIDES),
    "a class whose class knows": (
        (
            "class Knows(ABCMeta):\n    def __subclasscheck__(cls, other): return 'Real' in str(other)\n"
            "class Like(metaclass=Knows): pass\ndef cheats(bid): return not isinstance(bid, Like)\n"
        ),
        DECIDES,
    ),
    "a class at which symbols are registered": (
        "class Like(ABC): pass\nLike.register(Real)\ndef cheats(bid): return not isinstance(bid, Like)\n",
        INT,
    ),
    "a class of what draws symbols": ("def cheats(bid): return isinstance(bid, Symbolic)\n", INT),
    "a method of an enumeration": (f"class K(enum.Enum):\n    A = 'a'\n{ASKS}def cheats(bid): return K.A.asks(bid)\n", INT),
    "a set of a class of its own": (
        "class Like(frozenset):\n    def __contains__(self, bid): return type(bid) is int\nLIKE = Like()\ndef cheats(bid): return bid in LIKE\n",
        INT,
    ),
    "a text of a class of its own": (f"class Like(str):\n{ASKS}LIKE = Like()\ndef cheats(bid): return LIKE.asks(bid)\n", INT),
    "a number that is equal to any other": (
        "class Like(Fraction):\n    def __eq__(self, other): return True\nLIKE = Like(-1)\ndef cheats(bid): return bid == LIKE\n",
        INT,
    ),
    "a converter": (
        f"def whole(bid): return type(bid) is int\n{BOXED} = field(converter=whole)\ndef cheats(bid): return Box(bid).bid\n",
        INT,
    ),
    "a default": (
        f"{BOXED}\n    whole: bool = Factory(lambda self: type(self.bid) is int, takes_self=True)\ndef cheats(bid): return Box(bid).whole\n",
        INT,
    ),
    "a key to compare by": (
        f"{BOXED} = field(eq=lambda bid: type(bid) is int)\ndef cheats(bid): return Box(bid) == Box(1)\n",
        INT,
    ),
    "a validator": (
        f"{BOXED} = field(validator=lambda one, _, bid: one.__init__(type(bid) is int))\ndef cheats(bid): return Box(bid).bid == 1\n",
        INT,
    ),
    "a method that is wrapped": (
        (
            "def wrong(right):\n    @functools.wraps(right)\n    def asks(bid): return type(bid) is int\n    return asks\n"
            "class Held:\n    @staticmethod\n    @wrong\n    def asks(bid): return False\ndef cheats(bid): return Held.asks(bid)\n"
        ),
        INT,
    ),
    "a method that is chosen by type": (
        (
            "@functools.singledispatch\ndef asks(bid): return False\n@asks.register\ndef _(bid: int): return True\n"
            "class Held: asks = staticmethod(asks)\ndef cheats(bid): return Held.asks(bid)\n"
        ),
        "Held is not on the list",
    ),
    "a name like those of abc": ("class Held: _abc_kind = int\ndef cheats(bid): return isinstance(bid, Held._abc_kind)\n", INT),
    "a class that says it is ours": (
        (
            f"class Held:\n    __module__ = 'concordant.spec.vocabulary.values'\n    @staticmethod\n{ASKS.replace('self, ', '')}"
            "def cheats(bid): return Held.asks(bid)\n"
        ),
        "Held is not on the list",
    ),
    "a function that says it is ours": (
        (
            "made = {'__name__': 'concordant.mine'}\nexec('def asks(bid): return type(bid) is int', made)\nasks = made['asks']\n"
            "def cheats(bid): return asks(bid)\n"
        ),
        "asks is not on the list",
    ),
    "a word of Python's as what a class does by itself": (
        "class Like: __getitem__ = staticmethod(type)\ndef cheats(bid): return str(Like()[bid]) == str(Like()[1])\n",
        "Like is not on the list",
    ),
    "a word of Python's that is no member": (
        "class K(enum.Enum):\n    A = 1\n    kind = staticmethod(type)\ndef cheats(bid): return K.kind(bid) == K.kind(1)\n",
        "K is not on the list",
    ),
    "what symbols alone have": (
        (
            f"{BOXED}\n    @property\n    def symbol(self): return self.bid.term is None\n    def __getattr__(self, name): return True\n"
            "def cheats(bid): return Box(bid).symbol\n"
        ),
        "looks at `term`",
    ),
    "what a module makes up": (
        (
            "me, asked = sys.modules[__name__], []\ndef __getattr__(name):\n    asked.append(name)\n    return str if len(asked) < 3 else int\n"
            "def cheats(bid): return isinstance(bid, me.kind)\n"
        ),
        "me is a module",
    ),
    "a record that can be written": (
        f"@define(slots=False)\nclass Box:\n    times: int = 0\n    __setattr__ = object.__setattr__\n{COUNTS}",
        MAY_CHANGE,
    ),
    "a record that converts what is written": (
        f"@define\nclass Box:\n    times: int = field(default=0, converter=lambda each: each)\n{COUNTS}",
        MAY_CHANGE,
    ),
}


@pytest.mark.parametrize(("cheat", "says"), WAYS.values(), ids=WAYS)
def test_a_rule_that_tells_a_symbol_from_a_number_where_nobody_looked_is_refused(cheat: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(LeavesSubset, match=says):
        prove(IMPORTS + cheat, tmp_path)
