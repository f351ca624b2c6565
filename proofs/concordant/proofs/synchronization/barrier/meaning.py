"""Barriers: what the states and answers of the shipped code mean in the proved model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

import z3
from attrs import frozen

from concordant.proofs.kernel.meaning import ME, WHO, Cast, Meaning, Role, Said, Taken, members, naming, unknown, who
from concordant.proofs.kernel.models import Model, State, Term, forall
from concordant.proofs.kernel.symbols import SymbolicClass
from concordant.proofs.synchronization.barrier.claim import barrier
from concordant.refimpl.machine import Ask, Handled, Step
from concordant.refimpl.synchronization.barrier import Barrier, Broken, Filling, OnWithdrawal, Waiting
from concordant.spec.synchronization.barrier import Arrive, Broke, Passed, Ready, Reset
from concordant.spec.vocabulary import Address, Rejected, Reply

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies
MODEL = barrier()
PARTY, ROUND = (MODEL.sorts[name] for name in ("Party", "Round"))
EARLIER = MODEL.state().earlier
node_of = naming(PARTY)
IS_PARTY = z3.Function("is a party", WHO.sort, z3.BoolSort())


def _follows(number: Term, following: Term) -> Term:
    """A round is earlier than the next, and so is whatever is earlier than it."""
    return And(EARLIER(number, following), forall(ROUND, lambda t: Implies(EARLIER(t, number), EARLIER(t, following))))


NUMBER = SymbolicClass(int, "rounds", ROUND, next=_follows)


@frozen(eq=False)
class Parties(Cast):
    """So many parties, who are all there are, and what becomes of the others when a wait is cancelled."""

    on_withdrawal: OnWithdrawal = OnWithdrawal.BREAK


def parties(count: int, on_withdrawal: OnWithdrawal) -> Parties:
    """Return the cast of so many parties."""
    names = members("party", count)
    are_all = forall(WHO.sort, lambda x: IS_PARTY(x) == Or([x == who(name) for name in names]))
    are_nodes = forall(PARTY, lambda p: Or([p == node(name) for name in names]))
    return Parties(f"{count} part{'ies' if count != 1 else 'y'}", names, (are_all, are_nodes), on_withdrawal)


def node(address: Address) -> Term:
    """Return the model's party that a party is."""
    return node_of(who(address))


class Barriers(Meaning):
    """Parties are the model's; rounds are its rounds, of which one more is the next."""

    stem = "barrier"
    domains = (NUMBER,)
    said = Broke | Passed | Ready | Rejected
    background: ClassVar = {
        "no two parties are one": forall(
            WHO.sort, WHO.sort, lambda x, y: Implies(And(IS_PARTY(x), IS_PARTY(y), node_of(x) == node_of(y)), x == y)
        ),
        "no round is earlier than itself": forall(ROUND, lambda r: Not(EARLIER(r, r))),
    }
    roles = (
        Role(
            Barrier,
            lambda kind, me, cast: kind(frozenset(cast.members), cast.on_withdrawal),  # type: ignore[attr-defined]  # noqa: ARG005
            ("arrive", "release", "withdraw", "break_up"),
            tuple(parties(count, how) for how in OnWithdrawal for count in (1, 2, 3)),
            lambda cast: {"Filling.waiting": len(cast.members) - 1},
            crashes=False,
        ),
    )

    def make_model(self) -> Model:
        return MODEL

    def state(self, s: State, me: Address, state: Any) -> Said:  # there is one barrier
        match state:
            case Filling(round, waiting):
                return {**_rounds(s, round), **_waits(s, NUMBER.term(round), waiting)}
            case Broken(round):
                return {**_rounds(s, round), "nobody waits": forall(PARTY, ROUND, lambda q, t: Not(_is_waiting(s, q, t)))}
            case _:
                return unknown(state)

    def message(self, s: State, source: Address, message: Any) -> Said | None:  # there are none
        return None

    def saying(self, s: State, me: Address, what: Any, asked: Any) -> Said | None:  # there is one barrier
        match what, asked:
            case Passed(round), Arrive(party):
                p, r = node(party), NUMBER.term(round)
                return {"the party has come in the round": s.there(p, r), "the round has passed": s.passed(p, r)}
            case (Rejected(), Arrive() | Reset()) | (Ready(), Reset()) | (Broke(), _):
                return {}
            case _:
                return None

    def serves(self, state: Any) -> Iterable[tuple[Address, Any]]:
        return [(client, Arrive(party)) for party, client in state.waiting.items()] if isinstance(state, Filling) else ()

    def steps(self, me: Address, before: Any, move: Handled | None, after: Step[Any], cast: Cast) -> Iterator[Taken]:
        match before, move, after.state:
            case Filling(round), Ask(_, _, Arrive(party)), Filling() if _passes(after):
                yield "release", {"p": node(party), "r": NUMBER.term(round)}
            case Filling(round, waiting), Ask(_, _, Arrive(party)), Filling(_, there) if len(there) > len(waiting):
                yield "arrive", {"p": node(party), "r": NUMBER.term(round)}
            case (Filling(), _, Broken()) | (Filling(), Ask(_, _, Reset()), Filling()):
                yield "break_up", {}
            case Filling(round, waiting), _, Filling(_, there):
                for party in waiting:
                    if party not in there:
                        yield "withdraw", {"p": node(party), "r": NUMBER.term(round)}
            case _:
                pass

    def may_take(self, process: Term, action: str, arguments: Mapping[str, Term]) -> Term:  # it takes all
        return process == who(ME)


def _is_waiting(s: State, p: Term, r: Term) -> Term:
    return And(s.there(p, r), Not(s.passed(p, r)))


def _rounds(s: State, round: int) -> Said:
    number = NUMBER.term(round)
    return {"all that has passed is earlier than its round": forall(PARTY, ROUND, lambda q, t: Implies(s.passed(q, t), EARLIER(t, number)))}


def _waits(s: State, number: Term, waiting: Waiting) -> Said:
    """Who waits is who has come, and waits for this round."""
    there = forall(PARTY, ROUND, lambda q, t: _is_waiting(s, q, t) == And(t == number, Or([q == node(party) for party in waiting])))
    return {"who waits is a party": And([IS_PARTY(who(party)) for party in waiting]), "those wait, in its round, and nobody else": there}


def _passes(after: Step[Any]) -> bool:
    return any(isinstance(effect, Reply) and isinstance(effect.answer, Passed) for effect in after.effects)
