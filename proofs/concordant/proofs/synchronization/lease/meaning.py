"""Leases: what the states, messages and events of the shipped code mean in the proved model, and what is known of readings of clocks.

Tokens and readings are the model's own, in its orders. A reading may be any whole number, since the guard may be more than the end is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import z3

from concordant.proofs.kernel.meaning import (
    ME,
    WHO,
    Cast,
    Meaning,
    Role,
    Said,
    Supposition,
    Taken,
    members,
    naming,
    require_here,
    unknown,
    who,
)
from concordant.proofs.kernel.models import Model, State, Term, exists, forall
from concordant.proofs.kernel.numbers import counted
from concordant.proofs.kernel.symbols import SymbolicClass
from concordant.proofs.synchronization.lease.claim import lease
from concordant.refimpl.machine import Handled, Receive, Recover, Step, Tick
from concordant.refimpl.synchronization.lease import Agent, Lending, Server, Using
from concordant.spec.synchronization.lease import Acquire, Answered, Expired, Freed, Granted, Leased, Refused, Release, Write
from concordant.spec.vocabulary import Address, Announce, Send

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies
MODEL = lease()
AGENT, TOKEN, TIME = (MODEL.sorts[name] for name in ("Agent", "Token", "Time"))
LE, BEFORE = MODEL.state().le, MODEL.state().before
node_of = naming(AGENT)
IS_SERVER = z3.Function("is the server", WHO.sort, z3.BoolSort())
SPAN = z3.DeclareSort("Span")
ADDS = z3.Function("adds", TIME, SPAN, TIME, z3.BoolSort())
"""Of a reading, a length of time, and the reading that is so much later."""
TOKENS = counted("tokens", TOKEN, LE)
SPANS = SymbolicClass(int, "lengths of time", SPAN)
READINGS = SymbolicClass(int, "readings", TIME, order=BEFORE, adds=(SPANS, ADDS))
LENGTH, GUARD = SPANS.symbol("length"), SPANS.symbol("guard")
THE_SERVER_IS_NOT_FAR_AHEAD = Supposition(
    "when an agent takes a lease, the server's clock has shown nothing that is more than the guard after what its own shows"
)
BY_TOKEN = (
    "Lending.token",
    "Using.seen",
    *(f"{kind}.token" for kind in ("Granted", "Release", "Write", "Leased", "Freed", "Answered", "Expired")),
)
BY_READING = ("Lending.until", "Lending.now", "Using.now", "Granted.until", "Leased.until")


def node(address: Address) -> Term:
    """Return the model's agent that a process is."""
    return node_of(who(address))


def _in_order() -> Term:
    """Return that readings are totally ordered."""
    total = forall(TIME, TIME, lambda x, y: And(Or(BEFORE(x, y), BEFORE(y, x)), Implies(And(BEFORE(x, y), BEFORE(y, x)), x == y)))
    return And(total, forall(TIME, TIME, TIME, lambda x, y, z: Implies(And(BEFORE(x, y), BEFORE(y, z)), BEFORE(x, z))))


def _keeps_order() -> Term:
    """Return that readings to which as much is added stay in their order."""
    return forall(
        TIME, TIME, SPAN, TIME, TIME, lambda x, y, by, u, v: Implies(And(ADDS(x, by, u), ADDS(y, by, v)), BEFORE(x, y) == BEFORE(u, v))
    )


def _shown_to_the_server(s: State, now: Any) -> Said:
    t = READINGS.term(now)
    return {
        "whoever held what ends by then has laid it down": forall(
            AGENT, TOKEN, TIME, lambda a, k, e: Implies(And(s.holds(a, k), s.ends(k, e)), Not(BEFORE(e, t)))
        ),
        "it has shown nothing later": forall(TIME, lambda x: Implies(s.passed(x), BEFORE(x, t))),
    }


class Leases(Meaning):
    """Processes are the model's agents, the server one of its own; tokens and readings are its own."""

    stem = "lease"
    domains = (TOKENS, READINGS, SPANS)
    by_field: ClassVar = {**dict.fromkeys(BY_TOKEN, (TOKENS,)), **dict.fromkeys(BY_READING, (READINGS,))}
    clock: SymbolicClass | None = READINGS
    said = Leased | Freed | Answered | Expired
    supposes: ClassVar = (THE_SERVER_IS_NOT_FAR_AHEAD,)
    background: ClassVar = {
        "no two processes are one agent": forall(WHO.sort, WHO.sort, lambda x, y: Implies(node_of(x) == node_of(y), x == y)),
        "there is one server": forall(WHO.sort, WHO.sort, lambda x, y: Implies(And(IS_SERVER(x), IS_SERVER(y)), x == y)),
        "readings are totally ordered": _in_order(),
        "readings to which as much is added stay in their order": _keeps_order(),
    }
    roles: tuple[Role, ...] = (
        Role(
            Server,
            lambda kind, me, cast: kind(LENGTH),  # noqa: ARG005
            ("grant", "free", "go_on"),
            (Cast("any number of processes, of which this is the server", facts=(IS_SERVER(who(ME)),)),),
            shows=_shown_to_the_server,
        ),
        Role(
            Agent,
            lambda kind, me, cast: kind(*cast.members, GUARD),  # noqa: ARG005
            ("take", "lay_down", "come_late", "give_back"),
            (Cast("any number of processes", members("other", 2)),),
        ),
    )

    def make_model(self) -> Model:
        return MODEL

    def state(self, s: State, me: Address, state: Any) -> Said:
        if not isinstance(state, Lending):
            return self.survivor(s, me, state)
        now = READINGS.term(state.now)
        shown = {"its clock has shown what it knows, and nothing later": forall(TIME, lambda x: s.passed(x) == BEFORE(x, now))}
        return {**self.survivor(s, me, state), **shown}

    def survivor(self, s: State, me: Address, state: Any) -> Said:
        match state:
            case Lending(holder, token, until):
                return {"it is the server": IS_SERVER(who(me)), **_lent(s, holder, TOKENS.term(token), READINGS.term(until))}
            case Using(now, _, held, seen):
                return _used(s, node(me), READINGS.term(now), held, TOKENS.term(seen))
            case _:
                return unknown(state)

    def message(self, s: State, source: Address, message: Any) -> Said | None:
        match message:
            case Acquire() | Refused():
                return {}
            case Release(token):
                return {"its sender gave it back": s.returned(node(source), TOKENS.term(token))}
            case Write(token):
                return {"its sender was granted it": s.granted(node(source), TOKENS.term(token))}
            case _:
                return None

    def message_to(self, s: State, source: Address, to: Address, message: Any) -> Said | None:
        if isinstance(message, Granted):
            return _granted(s, to, message.token, message.until)
        return self.message(s, source, message)

    def saying(self, s: State, me: Address, what: Any, asked: Any) -> Said | None:  # there are no answers
        match what:
            case Leased(to, token, until):
                return {
                    **_granted(s, to, token, until),
                    "it ends its length after a reading that was shown": _runs_its_length(s, READINGS.term(until)),
                }
            case Freed(token):
                return {"it was given back": exists(AGENT, lambda a: s.returned(a, TOKENS.term(token)))}
            case Answered(None):
                return {}
            case Answered(token) | Expired(token):
                return {"it was granted it": s.granted(node(me), TOKENS.term(token))}
            case _:
                return None

    def steps(self, me: Address, before: Any, move: Handled | None, after: Step[Any], cast: Cast) -> Iterator[Taken]:
        if isinstance(after.state, Lending):
            yield from _lends(before, move, after)
        elif isinstance(after.state, Using):
            _knows_the_time(before, move, after.state)
            yield from _uses(self.now, node(me), before or Using(), move, after)

    def may_take(self, process: Term, action: str, arguments: Mapping[str, Term]) -> Term:
        if action in ("grant", "free", "go_on"):
            return IS_SERVER(process)
        return arguments["a"] == node_of(process)


def _granted(s: State, to: Address, token: Any, until: Any) -> Said:
    k, e = TOKENS.term(token), READINGS.term(until)
    return {
        "it is granted": s.granted(node(to), k),
        "it ends then, and at no other time": forall(TIME, lambda x: s.ends(k, x) == (x == e)),
        "none before it ends later": forall(TOKEN, TIME, lambda j, x: Implies(And(s.ends(j, x), LE(j, k)), BEFORE(x, e))),
    }


def _runs_its_length(s: State, until: Term) -> Term:
    return exists(TIME, lambda x: And(s.passed(x), ADDS(x, SPANS.term(LENGTH), until)))


def _lent(s: State, holder: Address | None, token: Term, until: Term) -> Said:
    """Say what the server knows, but for the time."""
    nothing = forall(TOKEN, TIME, lambda j, x: Not(s.ends(j, x)))
    return {
        "no token is above the last": forall(AGENT, TOKEN, lambda b, j: Implies(s.granted(b, j), LE(j, token))),
        "the last ends its length after a reading that was shown, if there is one": Or(nothing, _runs_its_length(s, until)),
        "no lease has an end but those, and none a later end than the last": forall(
            TOKEN, TIME, lambda j, x: Implies(s.ends(j, x), And(LE(j, token), BEFORE(x, until)))
        ),
        "that one has it, and nobody else": forall(
            AGENT, lambda b: s.has_it(b) == (b == node(holder) if holder is not None else z3.BoolVal(False))
        ),
        "the last is current, if somebody has it": forall(TOKEN, lambda j: s.current(j) == And(j == token, z3.BoolVal(holder is not None))),
    }


def _used(s: State, n: Term, now: Term, held: Granted | None, seen: Term) -> Said:
    """Say what an agent knows."""
    known = {"it has seen no token above that": forall(TOKEN, lambda j: Implies(s.seen(n, j), LE(j, seen)))}
    if held is None:
        return {**known, "it holds none": forall(TOKEN, lambda j: Not(s.holds(n, j)))}
    k, e = TOKENS.term(held.token), READINGS.term(held.until)
    return {
        **known,
        "it holds that lease, and no other": forall(TOKEN, lambda j: s.holds(n, j) == (j == k)),
        "that ends then, and at no other time": forall(TIME, lambda x: s.ends(k, x) == (x == e)),
        "its clock shows less than the guard before the end": exists(
            TIME, lambda x: And(ADDS(x, SPANS.term(GUARD), e), Not(BEFORE(x, now)))
        ),
    }


def _lends(before: Lending | None, move: Handled | None, after: Step[Any]) -> Iterator[Taken]:
    """Yield what the server does: its clock goes on, it grants a lease, or hears that one is given back."""
    if before is None:
        yield "go_on", {"t": READINGS.term(after.state.now)}  # what its clock shows at the start
    elif isinstance(move, Tick | Recover) and move.now is not None:
        yield "go_on", {"t": READINGS.term(move.now)}
    for effect in after.effects:
        match effect, move:
            case Announce(Leased(to, token, until)), _:
                yield "grant", {"a": node(to), "k": TOKENS.term(token), "e": READINGS.term(until)}
            case Announce(Freed(token)), Receive(_, source):
                yield "free", {"a": node(source), "k": TOKENS.term(token)}
            case _:
                pass


def _uses(s: State, n: Term, before: Using, move: Handled | None, after: Step[Any]) -> Iterator[Taken]:
    """Yield what an agent does: it takes a lease or hears that it is too late, gives it back, or lays it down."""
    gives_back = False
    for effect in after.effects:
        match effect, move:
            case Announce(Answered(None)), Receive(_, _, Granted(token)):
                yield "come_late", {"a": n, "k": TOKENS.term(token)}
            case Announce(Answered(token)), Receive(_, _, Granted()) if token is not None:
                _suppose_not_far_ahead(s, READINGS.term(before.now))
                yield "take", {"a": n, "k": TOKENS.term(token)}
            case Send(_, Release(token)), _:
                gives_back = True
                yield "give_back", {"a": n, "k": TOKENS.term(token)}
            case _:
                pass
    if before.lease is not None and after.state.lease is None and not gives_back:
        yield "lay_down", {"a": n}


def _knows_the_time(before: Using | None, move: Handled | None, after: Using) -> None:
    """Prove that what an agent that is up knows of the time is what its clock shows, which is 0 at the start, and is read where it comes up."""
    shows = move.now if isinstance(move, Tick | Recover) else (before or Using()).now
    if move is not None or before is None:  # it has not crashed
        require_here([("what it knows of the time is what its clock shows", READINGS.term(after.now) == READINGS.term(shows))])


def _suppose_not_far_ahead(s: State, now: Term) -> None:
    guard = SPANS.term(GUARD)
    THE_SERVER_IS_NOT_FAR_AHEAD.suppose(
        f"not far ahead of {now}",
        lambda: forall(TIME, TIME, lambda x, w: Implies(And(s.passed(x), ADDS(w, guard, x)), BEFORE(w, now))),
    )
