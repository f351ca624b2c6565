"""Byzantine broadcast: what the states and words of the shipped code mean in the proved model, whose nodes are the honest processes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import z3
from attrs import frozen

from concordant.proofs.consensus.byzantine_broadcast.claim import bracha
from concordant.proofs.kernel.meaning import ME, WHO, Cast, Meaning, Role, Said, Supposition, Taken, members, naming, unknown, who
from concordant.proofs.kernel.models import Model, State, Term, forall
from concordant.proofs.kernel.symbols import SymbolicClass, shown
from concordant.refimpl.consensus.byzantine_broadcast import Done, Listening, Peer, Readied
from concordant.refimpl.consensus.shared.byzantine import Sizes
from concordant.refimpl.machine import Ask, Handled, Receive, Step
from concordant.spec.consensus.byzantine_broadcast import SENDER, Broadcast, Delivered, Echo, Initial, Ready
from concordant.spec.vocabulary import Address, Announce, Send

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies
MODEL = bracha()
NODE, QUORUM, WANTED = (MODEL.sorts[name] for name in ("Node", "Quorum", "Value"))
S = MODEL.state()
node_of = naming(NODE)
IS_MEMBER = z3.Function("is a member", WHO.sort, z3.BoolSort())
IS_HONEST = z3.Function("is honest", WHO.sort, z3.BoolSort())
THE_SENDER = z3.Const(f"the {shown(SENDER)}", WHO.sort)
"""The one address that the code names."""
VALUE = SymbolicClass(str, "values", WANTED)

A_QUORUM_HAS_A_QUORUM = Supposition("the honest among (n + f + 1) / 2 processes are a quorum of the model")
NAMED = Supposition("where somebody honest is ready for a value, a quorum that has echoed it may be named")


@frozen(eq=False)
class Members(Cast):
    """So many processes with this one, who are all there are, of whom at most so many lie."""

    sizes: Sizes = Sizes(1, 0)


def of(count: int, liars: int) -> Members:
    """Return the cast of so many processes, of whom at most so many lie, and the one that is run does not."""
    peers, several = members("process", count - 1), [WHO.sort] * (liars + 1)
    are_all = forall(WHO.sort, lambda x: IS_MEMBER(x) == Or([x == who(name) for name in (ME, *peers)]))
    others = And([who(ME) != who(peer) for peer in peers])
    x = [z3.FreshConst(sort, "x") for sort in several]
    distinct = [z3.Distinct(*x)] if liars else []
    few = z3.ForAll(x, Implies(And([*map(IS_MEMBER, x), *distinct]), Or([*map(IS_HONEST, x)])))
    text = f"{count} processes, of whom at most {liars} lie{'s' * (liars == 1)}" if liars else f"{count} processes, all of them honest"
    return Members(text, peers, (are_all, others, few, IS_HONEST(who(ME))), Sizes(count, liars))


def node(address: Address) -> Term:
    """Return the node that an honest process is."""
    return node_of(who(address))


class Broadcasts(Meaning):
    """Honest processes are the model's nodes. What others say means nothing."""

    stem = "byzantine_broadcast"
    domains = (VALUE,)
    said = Delivered
    supposes: ClassVar = (A_QUORUM_HAS_A_QUORUM, NAMED)
    background: ClassVar = {
        "no two honest processes are one node": forall(
            WHO.sort, WHO.sort, lambda x, y: Implies(And(IS_HONEST(x), IS_HONEST(y), node_of(x) == node_of(y)), x == y)
        ),
        "the model knows the sender if it is honest": forall(
            NODE, lambda n: S.is_sender(n) == And(IS_HONEST(THE_SENDER), n == node_of(THE_SENDER))
        ),
    }
    roles = (
        Role(
            Peer,
            lambda kind, me, cast: kind(me, cast.members, cast.sizes),  # type: ignore[attr-defined]
            ("broadcast", "echo", "be_ready", "deliver"),
            (of(2, 1), of(2, 0)),
            lambda cast: {
                "Listening.echoes": len(cast.members) + 1,
                "Listening.readies": len(cast.members),
                "Readied.readies": 2,
            },
            large=(of(3, 1),),
        ),
    )

    def make_model(self) -> Model:
        return MODEL

    def state(self, s: State, me: Address, state: Any) -> Said:
        match state:
            case Listening(echoes, readies):
                own = Or([who(source) == who(me) for source in echoes])
                return {
                    "it is honest": IS_HONEST(who(me)),
                    "whom it has heard are members": And([IS_MEMBER(who(source)) for source in (*echoes, *readies)]),
                    "the honest have echoed what it heard of them": And([_echoed(s, *each) for each in echoes.items()]),
                    "the honest are ready for what it heard of them": And([_is_ready(s, *each) for each in readies.items()]),
                    "without an echo of its own it has echoed nothing, and told nothing": Or(own, _is_silent(s, me)),
                    "it is ready for nothing": forall(WANTED, lambda v: Not(s.ready(node(me), v))),
                }
            case Readied(value, echoed, readies):
                return {
                    "it is honest": IS_HONEST(who(me)),
                    "it is ready for its value": s.ready(node(me), VALUE.term(value)),
                    "whom it counts are members": And([IS_MEMBER(who(source)) for source in readies]),
                    "the honest whom it counts are ready for it, too": And([_is_ready(s, source, value) for source in readies]),
                    "before it has echoed it has told nothing": z3.BoolVal(True) if echoed else _is_silent(s, me),
                }
            case Done(value):
                return {"it is honest": IS_HONEST(who(me)), "it has delivered its value": s.delivered(node(me), VALUE.term(value))}
            case _:
                return unknown(state)

    def message(self, s: State, source: Address, message: Any) -> Said | None:
        match message:
            case Initial(value):
                return {"an honest sender has told it": Implies(IS_HONEST(who(source)), s.told(VALUE.term(value)))}
            case Echo(value):
                return {"whoever sends it has echoed it, or lies": _echoed(s, source, value)}
            case Ready(value):
                return {"whoever sends it is ready for it, or lies": _is_ready(s, source, value)}
            case _:
                return None

    def saying(self, s: State, me: Address, what: Any, asked: Any) -> Said | None:  # nobody is answered
        match what:
            case Delivered(value):
                return {"it has delivered it": s.delivered(node(me), VALUE.term(value))}
            case _:
                return None

    def lies(self, process: Term) -> Term:
        return Not(IS_HONEST(process))

    def steps(self, me: Address, before: Any, move: Handled | None, after: Step[Any], cast: Cast) -> Iterator[Taken]:
        for effect in after.effects:
            match effect:
                case Send(_, Initial(value)):
                    yield "broadcast", {"v": VALUE.term(value)}
                case Send(_, Echo(value)):
                    yield "echo", {"n": node(me), "v": VALUE.term(value)}
                case Send(_, Ready(value)):
                    yield "be_ready", {"n": node(me), "v": VALUE.term(value), "q": _quorum(cast, before, move, value)}
                case Announce(Delivered(value)):
                    yield "deliver", {"n": node(me), "v": VALUE.term(value), "w": node(me)}
                case _:
                    pass

    def may_take(self, process: Term, action: str, arguments: Mapping[str, Term]) -> Term:
        match arguments:
            case {"n": n}:
                return And(IS_HONEST(process), n == node_of(process))
            case _:
                return process == THE_SENDER


def _echoed(s: State, source: Address, value: str) -> Term:
    return Implies(IS_HONEST(who(source)), s.echo(node(source), VALUE.term(value)))


def _is_ready(s: State, source: Address, value: str) -> Term:
    return Implies(IS_HONEST(who(source)), s.ready(node(source), VALUE.term(value)))


def _is_silent(s: State, me: Address) -> Term:
    """It has echoed nothing; and if it is the sender, it has told nothing."""
    told = Implies(who(me) == THE_SENDER, forall(WANTED, lambda v: Not(s.told(v))))
    return And(forall(WANTED, lambda v: Not(s.echo(node(me), v))), told)


def _quorum(cast: Any, before: Any, move: Handled | None, value: str) -> Term:
    """Return a quorum of the model that has echoed a value: of those who were heard to, or that which others who are ready heard."""
    said = [source for source, heard in before.echoes.items() if heard == value] if isinstance(before, Listening) else []
    match move:
        case Receive(_, source, Echo()):
            said = [source, *(each for each in said if each != source)]
        case Receive(_, _, Initial()) | Ask(_, _, Broadcast()):
            said = [ME, *said]
        case _:
            pass
    v = VALUE.term(value)
    if len(said) < cast.sizes.quorum:
        q = z3.Const(f"the quorum for {v}", QUORUM)
        ready = z3.Exists([n := z3.FreshConst(NODE, "n")], S.ready(n, v))
        NAMED.suppose(str(q), lambda: Implies(ready, forall(NODE, lambda k: Implies(S.member(k, q), S.echo(k, v)))))
        return q
    terms = [who(each) for each in said[: cast.sizes.quorum]]
    q = z3.Const(f"quorum of {terms}", QUORUM)
    honest = forall(NODE, lambda n: S.member(n, q) == Or([And(IS_HONEST(term), n == node_of(term)) for term in terms]))
    A_QUORUM_HAS_A_QUORUM.suppose(str(q), lambda: honest)
    return q
