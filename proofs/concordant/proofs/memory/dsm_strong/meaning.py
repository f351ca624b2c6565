"""Strong memory: what copies, operations under way, messages and answers of the shipped code mean in the proved model.

Stamps are the model's own, in its order, and have a count and a name; an operation is what a node was asked for by a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import NoneType
from typing import Any, ClassVar

import z3

from concordant.proofs.kernel.bags_and_maps import said_at
from concordant.proofs.kernel.meaning import (
    ME,
    WHO,
    Cast,
    Meaning,
    Role,
    Said,
    Supposition,
    Taken,
    by_name,
    members,
    naming,
    require_here,
    unknown,
    who,
)
from concordant.proofs.kernel.models import Model, State, Term, exists, forall
from concordant.proofs.kernel.numbers import counted, is_less, line
from concordant.proofs.kernel.shapes import ANY
from concordant.proofs.kernel.symbols import SymbolicClass, shown
from concordant.proofs.memory.dsm_strong.model import abd
from concordant.refimpl.machine import Ask, Fire, Handled, Receive, Step
from concordant.refimpl.memory.dsm_strong import Asking, Node, Running, Storing
from concordant.refimpl.memory.dsm_strong import State as Holding
from concordant.spec.common.consistency.objects import Done, Read, Value, Write
from concordant.spec.memory.dsm_eventual import Stamp, Version
from concordant.spec.memory.dsm_strong import UNWRITTEN, Again, Known, Query, Request, Served, Stamped, Stored, Update
from concordant.spec.vocabulary import Address, Announce, Reply, Send

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies
MODEL = abd()
NODE, QUORUM, OPERATION, KEY, STAMP, VALUE = (MODEL.sorts[name] for name in ("Node", "Quorum", "Operation", "Key", "Stamp", "Value"))
NUMBER = z3.DeclareSort("Number")
S = MODEL.state()
ZERO, NOTHING = S.zero(), S.nothing()
node_of = naming(NODE)
IS_NODE = z3.Function("is a node", WHO.sort, z3.BoolSort())
ASKED_AS = z3.Function("asked as", WHO.sort, NUMBER, OPERATION)
"""Of a process and a number, the operation that it was asked for by that number."""
COUNT_OF, NAME_OF = z3.Function("count of", STAMP, NUMBER), z3.Function("name of", STAMP, WHO.sort)
BEFORE, NEXT, IN_LINE = line(NUMBER)
FIRST, NOBODY = z3.Const("the 0", NUMBER), z3.Const(f"the {shown(UNWRITTEN.stamp.node)}", WHO.sort)
A_MAJORITY_IS_A_QUORUM = Supposition("any majority of the nodes is a quorum")
IT_IS_WHAT_IT_WAS_ASKED_FOR = Supposition("an operation reads or writes as it was asked to")
NUMBERS = counted("numbers", NUMBER, BEFORE, lambda one, more: And(NEXT(one, more), BEFORE(one, more), Not(BEFORE(more, one))))
STAMPS = SymbolicClass(Stamp, "stamps", STAMP, order=S.le, holds={"counter": (NUMBERS, COUNT_OF), "node": (WHO, NAME_OF)})
KEYS = SymbolicClass(str, "keys", KEY)
VALUES = SymbolicClass(object, "values", VALUE, others=(NoneType,))


def nodes(count: int) -> Cast:
    """Return the cast of so many nodes, who are all there are."""
    peers = members("node", count - 1)
    all_are = forall(WHO.sort, lambda x: IS_NODE(x) == Or([x == who(name) for name in (ME, *peers)]))
    return Cast(f"{count} node{'s' * (count > 1)}", peers, (all_are, *(who(ME) != who(peer) for peer in peers)))


def majority(cast: Cast) -> int:
    """Return how many nodes are a majority."""
    return (len(cast.members) + 1) // 2 + 1


class Copies(Meaning):
    """Nodes are the model's, and so are keys, stamps and values."""

    stem = "dsm_strong"
    domains = (STAMPS, KEYS, VALUES, NUMBERS)
    said = Stamped | Served | Done | Value
    uses: ClassVar = (
        *MODEL.axioms,
        "one_key",
        "who_is_told_was_asked",
        "who_is_in_its_second_round_was_asked",
    )
    supposes: ClassVar = (A_MAJORITY_IS_A_QUORUM, IT_IS_WHAT_IT_WAS_ASKED_FOR)
    background: ClassVar = {
        "no two processes are one node": forall(WHO.sort, WHO.sort, lambda x, y: Implies(node_of(x) == node_of(y), x == y)),
        "numbers are counted from 0": And(IN_LINE, forall(NUMBER, lambda i: BEFORE(FIRST, i))),
        "an operation is at the node that was asked for it": forall(
            WHO.sort, NUMBER, NODE, lambda x, i, n: S.at(ASKED_AS(x, i), n) == (n == node_of(x))
        ),
        "no two operations of a node have one number": forall(
            WHO.sort, WHO.sort, NUMBER, NUMBER, lambda x, y, i, j: Implies(ASKED_AS(x, i) == ASKED_AS(y, j), And(x == y, i == j))
        ),
        "a stamp is of the node that it names": forall(STAMP, NODE, lambda t, n: S.owner(t, n) == (n == node_of(NAME_OF(t)))),
        "of two stamps that is later which has the higher count, or of the same count the later name": forall(
            STAMP,
            STAMP,
            lambda t, u: (
                S.le(t, u)
                == Or(is_less(BEFORE, COUNT_OF(t), COUNT_OF(u)), And(COUNT_OF(t) == COUNT_OF(u), by_name(NAME_OF(t), NAME_OF(u))))
            ),
        ),
        "no two stamps have one count and one name": forall(
            STAMP, STAMP, lambda t, u: Implies(And(COUNT_OF(t) == COUNT_OF(u), NAME_OF(t) == NAME_OF(u)), t == u)
        ),
        "what nobody has written is nothing, of nobody, by a stamp of count 0": And(
            COUNT_OF(ZERO) == FIRST, NAME_OF(ZERO) == NOBODY, z3.Const("the None", VALUE) == NOTHING
        ),
    }
    roles = (
        Role(
            Node,
            lambda kind, me, cast: kind(me, cast.members),
            ("ask", "answer", "hear", "look", "stamp", "take", "send", "store", "confirm", "serve", "tell", "finish", "crash"),
            (nodes(3),),
            lambda cast: {
                "State.copy": ANY,
                "State.running": 1,
                **dict.fromkeys(("Asking.heard", "Storing.stored"), majority(cast) - 1),
            },
            large=(nodes(1), nodes(2), nodes(5)),
            growing=("State.running",),
        ),
    )

    def make_model(self) -> Model:
        return MODEL

    def state(self, s: State, me: Address, state: Any) -> Said:
        if not isinstance(state, Holding):
            return unknown(state)
        n, last = node_of(who(me)), NUMBERS.term(state.number)
        here = {
            "it is a node": IS_NODE(who(me)),
            "its copy is of those versions, and of no others": forall(
                KEY,
                STAMP,
                lambda k, t: s.reached(n, k, t) == said_at(state.copy, KEYS, k, lambda held: _reaches(held, t), z3.BoolVal(False)),
            ),
            "what it holds was written": forall(
                KEY, lambda k: said_at(state.copy, KEYS, k, lambda held: _was_written(s, k, held), z3.BoolVal(True))
            ),
            "it was asked for nothing by a higher number": forall(
                NUMBER, STAMP, lambda i, t: Implies(is_less(BEFORE, last, i), _is_new(s, ASKED_AS(who(me), i), t))
            ),
        }
        for place, (number, running) in enumerate(state.running.items()):
            o = operation(me, number)
            said = _asks(s, me, o, running) if isinstance(running, Asking) else _stores(s, me, o, running)
            here |= {f"of operation {place}, its number is no higher": BEFORE(NUMBERS.term(number), last)}
            here |= {f"of operation {place}, {what}": term for what, term in said.items()}
        return here

    def message(self, s: State, source: Address, message: Any) -> Said | None:
        match message:
            case Query(number, key):
                return {"its sender was asked for that": s.on(operation(source, number), KEYS.term(key))}
            case Update(number, key, version):
                o = operation(source, number)
                return {
                    "its sender was asked for that": s.on(o, KEYS.term(key)),
                    "its sender stores that": s.update(o, STAMPS.term(version.stamp)),
                    "it was written": _is_written(s, key, version),
                }
            case _:
                return None

    def message_to(self, s: State, source: Address, to: Address, message: Any) -> Said | None:
        match message:
            case Known(number, version):
                o = operation(to, number)
                return {
                    "its sender is a node, and has told it that": And(
                        IS_NODE(who(source)), s.known(node_of(who(source)), o, STAMPS.term(version.stamp))
                    ),
                    "it was written": forall(KEY, lambda k: Implies(s.on(o, k), _was_written(s, k, version))),
                }
            case Stored(number):
                return {
                    "its sender is a node, and stores it": And(IS_NODE(who(source)), s.acked(node_of(who(source)), operation(to, number)))
                }
            case _:
                return self.message(s, source, message)

    def saying(self, s: State, me: Address, what: Any, asked: Any) -> Said | None:
        match what, asked:
            case Stamped(key, version), _:
                return {"it is written": s.written(KEYS.term(key), STAMPS.term(version.stamp), VALUES.term(version.value))}
            case Served(_, stamp), _:
                return {"it has served one of its operations": _one_of(me, lambda o: s.served(o, STAMPS.term(stamp)))}
            case Value(value), Read(key):
                told = VALUES.term(value)
                return {"a read of the key is told it": _one_of(me, lambda o: And(S.reads(o), s.on(o, KEYS.term(key)), s.told(o, told)))}
            case Done(), Write(value, key):
                wrote = VALUES.term(value)
                return {
                    "such a write is done": _one_of(
                        me, lambda o: And(S.writes(o, wrote), s.on(o, KEYS.term(key)), s.done(o), s.answered(o))
                    )
                }
            case _:
                return None

    def serves(self, state: Any) -> Iterable[tuple[Address, Any]]:
        return tuple((each.client, _request(each)) for each in state.running.values())

    def steps(self, me: Address, before: Any, move: Handled | None, after: Step[Any], cast: Cast) -> Iterator[Taken]:
        if before is None:
            return
        if move is None:
            yield "crash", {"n": node_of(who(me))}
            return
        yield from _first(me, before, move, after, cast)
        for effect in after.effects:
            yield from _said(me, before, move, effect, cast)

    def may_take(self, process: Term, action: str, arguments: Mapping[str, Term]) -> Term:
        if action in ("answer", "store", "confirm", "crash"):
            return arguments["n"] == node_of(process)
        return S.at(arguments["o"], node_of(process))


def operation(at: Address, number: int) -> Term:
    """Return what a process was asked for by a number."""
    return ASKED_AS(who(at), NUMBERS.term(number))


def _reaches(version: Version, t: Term) -> Term:
    """Return that a stamp is at most that of a version, unless nobody has written that."""
    latest = STAMPS.term(version.stamp)
    return And(latest != ZERO, S.le(t, latest))


def _is_new(s: State, o: Term, t: Term) -> Term:
    """Return that an operation was not asked for, and has found nothing."""
    return Not(Or(s.asked(o), s.over(o), s.found(o, t)))


def _is_written(s: State, key: str, version: Version) -> Term:
    return _was_written(s, KEYS.term(key), version)


def _was_written(s: State, key: Term, version: Version) -> Term:
    """Return that a version of a key was written, or is of what nobody has written."""
    t, v = STAMPS.term(version.stamp), VALUES.term(version.value)
    return Or(s.written(key, t, v), And(t == ZERO, v == NOTHING))


def _one_of(me: Address, says: Callable[[Term], Term]) -> Term:
    """Return that something is so of one of the operations of a node."""
    return exists(OPERATION, lambda o: And(S.at(o, node_of(who(me))), says(o)))


def _is_for(s: State, o: Term, request: Request) -> Term:
    """Return that an operation is what was asked for."""
    match request:
        case Read(key):
            return And(S.reads(o), s.on(o, KEYS.term(key)))
        case Write(value, key):
            return And(S.writes(o, VALUES.term(value)), s.on(o, KEYS.term(key)))


def _asks(s: State, me: Address, o: Term, asking: Asking) -> Said:
    latest = STAMPS.term(asking.latest.stamp)
    return {
        "it is asked for that": _is_for(s, o, asking.request),
        "that is in its first round": And(Not(s.stores(o)), Not(s.over(o))),
        "it has heard those, itself among them": And(
            Or([who(each) == who(me) for each in asking.heard]),
            *(And(IS_NODE(who(each)), s.heard(o, node_of(who(each)))) for each in asking.heard),
        ),
        "it has found that, and nothing later": And(
            Or(latest == ZERO, s.found(o, latest)), forall(STAMP, lambda t: Implies(s.found(o, t), S.le(t, latest)))
        ),
        "what it has found was written": _is_written(s, asking.request.key, asking.latest),
    }


def _stores(s: State, me: Address, o: Term, storing: Storing) -> Said:
    t = STAMPS.term(storing.version.stamp)
    told = (
        VALUES.term(storing.answer.value) == VALUES.term(storing.version.value) if isinstance(storing.answer, Value) else z3.BoolVal(True)
    )
    return {
        "it is asked for that": _is_for(s, o, _request(storing)),
        "it stores that, and asks others to": And(s.chose(o, t), s.update(o, t)),
        "what it stores was written": _is_written(s, storing.key, storing.version),
        "what it will tell is what it stores": told,
        "those store it, itself among them": And(
            Or([who(each) == who(me) for each in storing.stored]),
            *(And(IS_NODE(who(each)), Or(who(each) == who(me), s.acked(node_of(who(each)), o))) for each in storing.stored),
        ),
    }


def _request(running: Running) -> Request:
    """Return what was asked for."""
    match running:
        case Asking(_, request):
            return request
        case Storing(_, key, version, Done()):
            return Write(version.value, key)
        case Storing(_, key):
            return Read(key)


# ---- which actions a step is


def _first(me: Address, before: Holding, move: Handled, after: Step[Any], cast: Cast) -> Iterator[Taken]:
    """Yield that an operation is asked for, hears of one more node, or comes into its second round."""
    n = node_of(who(me))
    match move:
        case Ask(_, _, Read() | Write() as request):
            o, k, held = operation(me, before.number + 1), KEYS.term(request.key), before.copy.get(request.key, UNWRITTEN)
            kind = S.reads(o) if isinstance(request, Read) else S.writes(o, VALUES.term(request.value))
            IT_IS_WHAT_IT_WAS_ASKED_FOR.suppose(str(kind), lambda: kind)
            yield "ask", {"o": o, "k": k}
            heard: list[Address] = [me]
        case Receive(_, source, Known(number, held)) if isinstance(asking := before.running.get(number), Asking):
            o, request = operation(me, number), asking.request
            k, heard = KEYS.term(request.key), [source, *(each for each in asking.heard if each != source)]
        case _:
            return
    u, last = STAMPS.term(held.stamp), node_of(who(heard[0]))
    stamped = [each.event.version for each in after.effects if isinstance(each, Announce) and isinstance(each.event, Stamped)]
    sent = [each.message.version.stamp for each in after.effects if isinstance(each, Send) and isinstance(each.message, Update)]
    served = [each.event.stamp for each in after.effects if isinstance(each, Announce) and isinstance(each.event, Served)]
    if not (stamped or sent or served):
        yield ("look", {"o": o, "n": n, "k": k, "t": u}) if isinstance(move, Ask) else ("hear", {"o": o, "n": last, "t": u})
        return
    chosen = {"o": o, "n": n, "k": k, "q": _quorum(cast, heard), "last": last, "u": u}
    for version in stamped:
        yield "stamp", {**chosen, "t": STAMPS.term(version.stamp), "v": VALUES.term(version.value)}
    for stamp in [] if stamped else [*sent, *served][:1]:
        yield "take", {**chosen, "t": STAMPS.term(stamp)}


def _said(me: Address, before: Holding, move: Handled, effect: object, cast: Cast) -> Iterator[Taken]:
    """Yield what a node does that sends, announces or answers something."""
    match effect, move:
        case Send(to, Known(number, version)), Receive(_, _, Query(_, key)):
            yield "answer", {"n": node_of(who(me)), "o": operation(to, number), "k": KEYS.term(key), "t": STAMPS.term(version.stamp)}
        case Send(to, Stored(number)), Receive(_, _, Update(_, key, version)):
            of = {"n": node_of(who(me)), "o": operation(to, number), "k": KEYS.term(key), "t": STAMPS.term(version.stamp)}
            yield from (("store", of), ("confirm", of))
        case Send(_, Update(number, _, version)), _:
            yield "send", {"o": operation(me, number), "t": STAMPS.term(version.stamp)}
        case Announce(Served(_, stamp)), _:
            o, _, counted = _concerned(me, before, move)
            yield "serve", {"o": o, "t": STAMPS.term(stamp), "q": _quorum(cast, counted)}
        case Reply(_, Value(value)), _:
            o, running, _ = _concerned(me, before, move)
            t = running.version.stamp if isinstance(running, Storing) else before.copy.get(_request(running).key, UNWRITTEN).stamp
            yield "tell", {"o": o, "k": KEYS.term(_request(running).key), "t": STAMPS.term(t), "v": VALUES.term(value)}
        case Reply(_, Done()), _:
            yield "finish", {"o": _concerned(me, before, move)[0]}
        case _:
            pass


def _concerned(me: Address, before: Holding, move: Handled) -> tuple[Term, Any, list[Address]]:
    """Return of which operation something that comes is, what that was, and who is known to store its version."""
    match move:
        case Ask(_, user, Read() | Write() as request):
            return operation(me, before.number + 1), Asking(user, request), [me]
        case Receive(_, source, Known(number) | Stored(number)):
            running = before.running.get(number)
            counted = running.stored if isinstance(running, Storing) else (me,)
            return operation(me, number), running, [source, *(each for each in counted if each != source)]
        case Fire(_, Again(number)):
            return operation(me, number), before.running.get(number), [me]
        case _:
            return z3.Const("some operation", OPERATION), Asking(me, Read(KEYS.symbol("some key"))), [me]


def _quorum(cast: Cast, counted: list[Address]) -> Term:
    """Return a quorum of these nodes: any majority is one. Where they are too few, any quorum, of which nothing is known."""
    if len(counted) < majority(cast):
        return z3.Const("some quorum", QUORUM)
    terms = [who(each) for each in counted[: majority(cast)]]
    require_here([("who is counted is a node", IS_NODE(term)) for term in terms])
    q = z3.Const(f"quorum of {terms}", QUORUM)
    A_MAJORITY_IS_A_QUORUM.suppose(str(q), lambda: forall(NODE, lambda n: S.member(n, q) == Or([n == node_of(term) for term in terms])))
    return q
