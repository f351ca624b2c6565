"""Causal order: what clocks, of the shipped code's processes and in its messages, mean in the proved model.

A message is one by its sender and its number there, counted from 0. A clock stands for all messages that it counts: those of each process
whose numbers are below its count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import z3

from concordant.proofs.kernel.meaning import ME, WHO, Cast, Meaning, Role, Said, Supposition, Taken, in_order, members, unknown, who
from concordant.proofs.kernel.models import Model, State, Term, exists, forall
from concordant.proofs.kernel.numbers import counted, is_less, line
from concordant.proofs.kernel.symbols import SymbolicClass
from concordant.proofs.messaging.causal_ordering.claim import causal
from concordant.refimpl.machine import Ask, Handled, Step
from concordant.refimpl.messaging.causal_ordering import Clocked, Ordering
from concordant.spec.messaging.causal_ordering import Stamped
from concordant.spec.vocabulary import Address, Deliver, Map

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies
MODEL = causal()
MESSAGE, NUMBER, CONTENT = MODEL.sorts["Message"], z3.DeclareSort("Number"), z3.DeclareSort("Content")
LE, NEXT, IN_ORDER = line(NUMBER)
ORIGIN, PLACE = z3.Function("origin", MESSAGE, WHO.sort), z3.Function("place", MESSAGE, NUMBER)
CARRIES = z3.Function("carries", MESSAGE, CONTENT)
"""Of a message, who sends it, how many that has sent before, and what it carries."""
NUMBERS = counted("numbers", NUMBER, LE, NEXT)
CONTENTS = SymbolicClass(object, "contents", CONTENT)
A_NAME_IS_OF_A_MESSAGE = Supposition("each process has a message of each number, which carries, once it is sent, what is sent")
GROUP = members("node", 3)
"""The processes, in the order in which maps have them. The last of a smaller group are one."""
PEERS = members("peer", 2)
"""All but the one that is run, which may be any."""


def group(count: int) -> Cast:
    """Return the cast of so many processes, of which any is run."""
    here = GROUP[:count]
    same = [who(each) == who(here[-1]) for each in GROUP[count:]]
    run = (ME, *PEERS[: count - 1])
    all_of_them = (z3.Distinct(*map(who, run)), *(Or([who(one) == who(each) for each in here]) for one in run))
    return Cast(f"{count} processes", here, (*all_of_them, *in_order(here), *same))


def sizes(cast: Cast) -> Mapping[str, int]:
    """Return that a clock counts those of the group, and that nothing is held."""
    return {**dict.fromkeys(("Clocked.clock", "Stamped.clock"), len(cast.members)), "Clocked.held": 0}


class VectorClocks(Meaning):
    """Processes are the model's own; its messages are told apart by who sends them, and their numbers there."""

    stem = "causal_ordering"
    domains = (NUMBERS, CONTENTS)
    by_field: ClassVar = {
        **dict.fromkeys(("Clocked.clock", "Stamped.clock", "Name.number"), (NUMBERS,)),
        **dict.fromkeys(("Stamped.message", "Broadcast.message", "Deliver.message"), (CONTENTS,)),
    }
    said = Deliver
    supposes: ClassVar = (A_NAME_IS_OF_A_MESSAGE,)
    background: ClassVar = {
        "numbers are in an order": IN_ORDER,
        "no two messages have one sender and number": forall(
            MESSAGE, MESSAGE, lambda x, y: Implies(And(ORIGIN(x) == ORIGIN(y), PLACE(x) == PLACE(y)), x == y)
        ),
    }
    roles = (
        Role(
            Ordering,
            lambda kind, me, cast: kind(me, PEERS[: len(cast.members) - 1]),
            ("send", "hand_up"),
            (group(2),),
            sizes,
            large=(group(3),),
            growing=("Clocked.held",),
        ),
    )

    def make_model(self) -> Model:
        return MODEL

    def state(self, s: State, me: Address, state: Any) -> Said:
        if not isinstance(state, Clocked):
            return unknown(state)
        here = forall(MESSAGE, lambda z: s.delivered(who(me), z) == _counts(state.clock, z))
        held = [
            (f"of held {place}", _stamped(s, name.origin, name.number, each)) for place, (name, each) in enumerate(state.held.items(), 1)
        ]
        return {
            "it was handed up what its clock counts, and nothing else": here,
            "it has sent no more than it counts": forall(
                MESSAGE, lambda z: Implies(And(s.sent(z), ORIGIN(z) == who(me)), _counts(state.clock, z))
            ),
            "it is of the group, and counts it": And([_is_of_the_group(each) for each in (me, *state.clock)]),
            **{f"{sentence} {of}": term for of, said in held for sentence, term in said.items()},
        }

    def message(self, s: State, source: Address, message: Any) -> Said | None:
        return _stamped(s, source, None, message) if isinstance(message, Stamped) else None

    def saying(self, s: State, me: Address, what: Any, asked: Any) -> Said | None:
        if not isinstance(what, Deliver):
            return None
        content = CONTENTS.term(what.message)
        was = exists(MESSAGE, lambda z: And(ORIGIN(z) == who(what.source), s.delivered(who(me), z), CARRIES(z) == content))
        return {"it was handed up": was}

    def steps(self, me: Address, before: Any, move: Handled | None, after: Step[Any], cast: Cast) -> Iterator[Taken]:
        clock = before.clock if isinstance(before, Clocked) else Map()
        for effect in after.effects:
            match effect:
                case Deliver(origin, content):
                    count = clock.get(origin, 0)
                    clock = clock.put(origin, count + 1)
                    carried = content if isinstance(move, Ask) else None
                    yield "send" if isinstance(move, Ask) else "hand_up", {"p": who(me), "x": _named(origin, count, carried)}
                case _:
                    pass

    def may_take(self, process: Term, action: str, arguments: Mapping[str, Term]) -> Term:
        """Who sends a message is its origin; whoever is handed one up is another, or the same."""
        mine = arguments["p"] == process
        return And(mine, ORIGIN(arguments["x"]) == process) if action == "send" else mine


def _named(origin: Address, number: int, carried: object) -> Term:
    """Return the message of this name; where it is sent now, it carries that."""
    of, place = who(origin), NUMBERS.term(number)
    x = z3.Const(f"message {place} of {of}", MESSAGE)
    A_NAME_IS_OF_A_MESSAGE.suppose(str(x), lambda: And(ORIGIN(x) == of, PLACE(x) == place))
    if carried is not None:
        A_NAME_IS_OF_A_MESSAGE.suppose(f"{x} {CONTENTS.term(carried)}", lambda: CARRIES(x) == CONTENTS.term(carried))
    return x


def _is_of_the_group(process: Address) -> Term:
    return Or([who(process) == who(each) for each in GROUP])


def _counts(clock: Map[Address, int], z: Term) -> Term:
    """Say that a clock counts a message."""
    return Or([And(ORIGIN(z) == who(process), is_less(LE, PLACE(z), NUMBERS.term(count))) for process, count in clock.items()])


def _stamped(s: State, origin: Address, number: int | None, stamped: Stamped) -> Said:
    """Say that a message was sent, is the last of its origin that its clock counts, and tells of all that happened before it."""

    def is_it(x: Term) -> Term:
        last = [And(who(process) == who(origin), NEXT(PLACE(x), NUMBERS.term(count))) for process, count in stamped.clock.items()]
        return And(ORIGIN(x) == who(origin), *(() if number is None else (PLACE(x) == NUMBERS.term(number),)), Or(last))

    carries = CONTENTS.term(stamped.message)
    return {
        "it was sent": exists(MESSAGE, lambda x: And(is_it(x), s.sent(x), CARRIES(x) == carries)),
        "its clock tells what happened before it": forall(
            MESSAGE, MESSAGE, lambda x, z: Implies(is_it(x), s.before(z, x) == And(z != x, _counts(stamped.clock, z)))
        ),
        "its clock counts it": Or([who(process) == who(origin) for process in stamped.clock]),
        "it counts the group": And([_is_of_the_group(each) for each in (origin, *stamped.clock)]),
    }
