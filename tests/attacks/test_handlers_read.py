"""Handlers that tell a symbol from a ballot where nobody had read: each votes in any ballot that is none, and was proved."""

from __future__ import annotations

from pathlib import Path

import pytest

from concordant.proofs.consensus.paxos_synod.handlers import PAXOS
from concordant.proofs.kernel.role_theorems import refuted_by
from tests.attacks.test_rules import module_of

VOTES_NOW_AND_THEN = """
from __future__ import annotations
import builtins, enum, functools
from attrs import Factory, field, frozen
from concordant.refimpl.consensus.paxos_synod import Acceptor
from concordant.refimpl.machine import step
from concordant.spec.consensus.paxos_synod import Accept, Accepted, AcceptorView, Ballot, Voted
from concordant.spec.vocabulary import Announce, broadcast
{CHEAT}
@frozen
class Votes(Acceptor):
    def receive(self, state, source, message):
        if isinstance(message, Accept) and cheats(message.vote.ballot):
            vote = message.vote
            return step(AcceptorView(vote.ballot, vote), Announce(Voted(vote)), *broadcast((source, *self.learners), Accepted(vote)))
        return super().receive(state, source, message)
"""
TYPE = "`type` sees or keeps what is no part of any value"
ASKED = "the handler asks for the type of a Ballot"
SAYS = "knows what no state, input or field holds"
ASKS = "    def asks(self, ballot): return type(ballot) == Ballot\n"
STATIC = f"    @staticmethod\n{ASKS.replace('self, ', '')}"
VOTES = "guard vote.not_left"
BOXED = "@frozen\nclass Box:\n    ballot: object"
EXEC = (
    "made = {'__name__': '{HOME}', 'Ballot': Ballot}\nexec('def asks(ballot): return type(ballot) == Ballot', made)\nasks = made['asks']\n"
)
WAYS = {
    "a method of an enumeration": (f"class K(enum.Enum):\n    A = 'a'\n{ASKS}def cheats(ballot): return K.A.asks(ballot)\n", ASKED),
    "a text of a class of its own": (f"class Like(str):\n{ASKS}LIKE = Like()\ndef cheats(ballot): return LIKE.asks(ballot)\n", ASKED),
    "a set of a class of its own": (
        "class Like(frozenset):\n    def __contains__(self, ballot): return type(ballot) == Ballot\nLIKE = Like()\ndef cheats(ballot): return ballot in LIKE\n",
        ASKED,
    ),
    "a converter": (
        f"def real(ballot): return type(ballot) == Ballot\n{BOXED} = field(converter=real)\ndef cheats(ballot): return Box(ballot).ballot\n",
        ASKED,
    ),
    "a default": (
        f"{BOXED}\n    real: bool = Factory(lambda self: type(self.ballot) == Ballot, takes_self=True)\ndef cheats(ballot): return Box(ballot).real\n",
        ASKED,
    ),
    "a key to compare by": (
        f"{BOXED} = field(eq=lambda ballot: type(ballot) == Ballot)\ndef cheats(ballot): return Box(ballot) == Box(Ballot(0, 0))\n",
        ASKED,
    ),
    "a method that is wrapped": (
        (
            "def wrong(right):\n    @functools.wraps(right)\n    def asks(ballot): return type(ballot) == Ballot\n    return asks\n"
            "class Held:\n    @staticmethod\n    @wrong\n    def asks(ballot): return False\ndef cheats(ballot): return Held.asks(ballot)\n"
        ),
        SAYS,
    ),
    "a word of Python's as what a class does by itself": (
        "class Like: __getitem__ = staticmethod(type)\ndef cheats(ballot): return Like()[ballot] == Ballot\n",
        TYPE,
    ),
    "a name like those of abc": ("class Held: _abc_kind = type\ndef cheats(ballot): return Held._abc_kind(ballot) == Ballot\n", TYPE),
    "a word of Python's that the module has changed": (
        "__builtins__ = {**vars(builtins), 'len': lambda ballot: type(ballot) == Ballot}\ndef cheats(ballot): return len(ballot)\n",
        ASKED,
    ),
    "a name of the module's own": ("type = type\ndef cheats(ballot): return type(ballot) == Ballot\n", TYPE),
    "a name of a function around it": (
        "def made(type):\n    def asks(ballot): return type(ballot) == Ballot\n    return asks\ncheats = made(type)\n",
        TYPE,
    ),
    "another name in a function": ("def cheats(ballot):\n    kind = type\n    return kind(ballot) == Ballot\n", TYPE),
    "a module's attribute": ("def cheats(ballot): return builtins.type(ballot) == Ballot\n", SAYS),
    "a function in a function": ("def cheats(ballot): return (lambda each: type(each) == Ballot)(ballot)\n", ASKED),
    "a list that is made": ("def cheats(ballot): return [type(each) == Ballot for each in (ballot,)][0]\n", ASKED),
    "a class that says it is Python's": (
        f"class Held:\n    __module__ = 'math'\n{STATIC}def cheats(ballot): return Held.asks(ballot)\n",
        SAYS,
    ),
    "a class that says it is ours": (
        f"class Held:\n    __module__ = 'concordant.spec.vocabulary.values'\n{STATIC}def cheats(ballot): return Held.asks(ballot)\n",
        SAYS,
    ),
    "a function that says it is Python's": (f"{EXEC.replace('{HOME}', 'math')}def cheats(ballot): return asks(ballot)\n", SAYS),
    "a function that says it is ours": (
        f"{EXEC.replace('{HOME}', 'concordant.refimpl.machine')}def cheats(ballot): return asks(ballot)\n",
        SAYS,
    ),
    "a pattern that looks inside": (
        (
            "def helper(): pass\ndef cheats(ballot):\n    match helper:\n"
            "        case object(__globals__=found): return found['__builtins__']['type'](ballot) == Ballot\n"
        ),
        "`__globals__` sees what holds a value",
    ),
    "an annotation that is a program": (
        (
            "import typing\nclass Held:\n    kind: '().__class__.__class__'\n"
            "def cheats(ballot): return typing.get_type_hints(Held)['kind'](ballot) == Ballot\n"
        ),
        SAYS,
    ),
    "a text that looks into what it is given": (
        "def cheats(ballot): return 'hashed_alike' not in '{0.__hash__}'.format(Ballot)\n",
        "`format` looks into what it is given",
    ),
    "a list of the kernel's": (
        "from concordant.proofs.kernel import paths\ndef cheats(ballot): return not paths._current\n",
        SAYS,
    ),
    "the command line, by way of a module that may be named": (
        "import typing\ndef cheats(ballot): return 'prove' not in typing.sys.argv\n",
        SAYS,
    ),
    "an error that a block swallows": (
        (
            "class Quiet:\n    def __enter__(self): pass\n    def __exit__(self, *_): return True\n"
            "def cheats(ballot):\n    with Quiet(): return ballot.round == 1 or True\n    return False\n"
        ),
        "write a condition instead of try or with",
    ),
    "an error in a method that nobody calls": (
        (
            "class Late:\n    def __init__(self, told): self.told = told\n    def __del__(self): self.told()\n"
            "def cheats(ballot):\n    seen = []\n    Late(lambda: seen.append(ballot <= 1))\n    return bool(seen)\n"
        ),
        "no part of any state",
    ),
    "such a method by itself": (
        "class Late:\n    def __del__(self): pass\ndef cheats(ballot): return Late() is None\n",
        "`__del__` is run when nobody knows",
    ),
    "a number that makes its own text": (
        (
            "class Odd:\n    def __repr__(self): return '1'\n    def __eq__(self, other): return False\n"
            "def cheats(ballot): return ballot.round == 1 and not ballot.round == Odd()\n"
        ),
        VOTES,
    ),
}

COUNTS = "what is kept from one call to the next is no part of any state"
SHARED = "which all calls share; keep what is remembered in the state"
COUNTING = {
    "in a class": ("class Held: calls = 0\ndef cheats(ballot):\n    Held.calls += 1\n    return Held.calls > 10**6\n", COUNTS),
    "in the list of an enumeration's names": (
        (
            "class K(enum.Enum):\n    A = 'a'\n"
            "def cheats(ballot):\n    K._member_names_.append('b')\n    return len(K._member_names_) > 10**6\n"
        ),
        "`_member_names_` sees what holds a value, or changes what is frozen",
    ),
    "in a namespace": (
        "import types\nBOX = types.SimpleNamespace(calls=[])\ndef cheats(ballot):\n    BOX.calls.append(1)\n    return len(BOX.calls) > 10**6\n",
        f"BOX is a SimpleNamespace, {SHARED}",
    ),
    "in a member of an enumeration": (
        "class K(enum.Enum): _calls = []\ndef cheats(ballot):\n    K._calls.value.append(1)\n    return len(K._calls.value) > 10**6\n",
        f"_calls is a K, {SHARED}",
    ),
    "in what a text has besides": (
        "class Like(str): pass\nX = Like()\nX._calls = []\ndef cheats(ballot):\n    X._calls.append(1)\n    return len(X._calls) > 10**6\n",
        f"X is a Like, {SHARED}",
    ),
    "in what a record has besides": (
        (
            "@frozen(slots=False)\nclass Box: pass\nBOX = Box()\nvars(BOX)['calls'] = []\n"
            "def cheats(ballot):\n    BOX.calls.append(1)\n    return len(BOX.calls) > 10**6\n"
        ),
        f"BOX is a Box, {SHARED}",
    ),
    "in a record that is not frozen": (
        "import attrs\n@attrs.define\nclass Box: calls: tuple = ()\nBOX = Box()\ndef cheats(ballot): return len(BOX.calls) > 10**6\n",
        f"BOX is a Box, {SHARED}",
    ),
    "in what a function has": (
        "def helper(): pass\nhelper.calls = []\ndef cheats(ballot):\n    helper.calls.append(1)\n    return len(helper.calls) > 10**6 and helper()\n",
        f"calls is a list, {SHARED}",
    ),
    "in which classes are registered": (
        (
            "import abc\nclass M(abc.ABC): pass\nclass N(abc.ABC): pass\n"
            "def cheats(ballot):\n    (N if issubclass(str, M) else M).register(str)\n    return issubclass(str, N) and ballot is None\n"
        ),
        COUNTS,
    ),
    "in a list of a module's": (
        "import typing\ndef cheats(ballot):\n    typing.sys.path.append('x')\n    return len(typing.sys.path) > 10**6\n",
        SAYS,
    ),
}


@pytest.mark.parametrize(("cheat", "says"), COUNTING.values(), ids=COUNTING)
def test_a_handler_that_counts_how_often_it_is_asked_and_goes_wrong_after_a_million_is_refused(
    cheat: str, says: str, tmp_path: Path
) -> None:
    kind = module_of(VOTES_NOW_AND_THEN.replace("{CHEAT}", cheat), tmp_path, "after_a_while").Votes

    assert says in refuted_by(PAXOS, kind)


@pytest.mark.parametrize(("cheat", "says"), WAYS.values(), ids=WAYS)
def test_a_handler_that_tells_a_symbol_from_a_value_where_nobody_looked_is_refused(cheat: str, says: str, tmp_path: Path) -> None:
    kind = module_of(VOTES_NOW_AND_THEN.replace("{CHEAT}", cheat), tmp_path, "now_and_then").Votes

    assert says in refuted_by(PAXOS, kind)
