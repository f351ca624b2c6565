"""Pools: what the states of the shipped code, and what it answers, mean in the proved model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

import z3
from attrs import frozen

from concordant.proofs.kernel.handlers import USER
from concordant.proofs.kernel.meaning import ME, WHO, Cast, Meaning, Role, Said, Taken, members, naming, unknown, who
from concordant.proofs.kernel.models import Model, State, Term, forall
from concordant.proofs.synchronization.resource_pool.claim import pool
from concordant.refimpl.machine import Ask, Handled, Step
from concordant.refimpl.synchronization.resource_pool import Lending, Pool
from concordant.spec.synchronization.resource_pool import HOLDS_ONE, Acquire, Failed, Granted, Released
from concordant.spec.vocabulary import Address, Rejected, Reply

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies
MODEL = pool()
AGENT, UNIT = (MODEL.sorts[name] for name in ("Agent", "Unit"))
node_of = naming(AGENT)
IS_AGENT = z3.Function("is an agent", WHO.sort, z3.BoolSort())


@frozen(eq=False)
class Lent(Cast):
    """So many agents, who are all there are, and so many units."""

    capacity: int = 1


def lent(agents: int, capacity: int) -> Lent:
    """Return the cast of so many agents and units."""
    names = members("agent", agents)
    are_all = forall(WHO.sort, lambda x: IS_AGENT(x) == Or([x == who(name) for name in names]))
    different = [z3.Distinct(*map(unit_of, range(capacity)))] if capacity > 1 else []
    return Lent(f"{agents} agent{'s' * (agents != 1)} and {capacity} unit{'s' * (capacity != 1)}", names, (are_all, *different), capacity)


def unit_of(number: int) -> Term:
    """Return the model's unit that a number is."""
    return z3.Const(f"unit{number}", UNIT)


def node(address: Address) -> Term:
    """Return the model's agent that a user is."""
    return node_of(who(address))


class Pools(Meaning):
    """Users are the model's agents; units are its units, by their numbers."""

    stem = "resource_pool"
    domains = ()
    said = Granted | Released | Rejected
    background: ClassVar = {
        "no two users are one agent": forall(WHO.sort, WHO.sort, lambda x, y: Implies(node_of(x) == node_of(y), x == y)),
    }
    roles = (
        Role(
            Pool,
            lambda kind, me, cast: kind(cast.capacity),  # type: ignore[attr-defined]  # noqa: ARG005
            ("come", "grant", "give_back", "leave", "tell"),
            tuple(lent(agents, capacity) for agents, capacity in ((1, 2), (2, 1), (3, 1))),
            lambda cast: {"Lending.held": min(cast.capacity, len(cast.members)), "Lending.waiting": len(cast.members)},  # type: ignore[attr-defined]
            large=tuple(lent(agents, 2) for agents in (2, 3)),
            crashes=False,
            few=lambda cast: range(cast.capacity),  # type: ignore[attr-defined]
        ),
    )

    def make_model(self) -> Model:
        return MODEL

    def state(self, s: State, me: Address, state: Any) -> Said:  # there is one pool
        match state:
            case Lending(held, waiting):
                return {
                    "who holds a unit or waits is an agent": And([IS_AGENT(who(agent)) for agent in (*held, *waiting)]),
                    "those hold their units, and nobody else any": forall(
                        AGENT,
                        UNIT,
                        lambda a, u: s.holds(a, u) == Or([And(a == node(agent), u == unit_of(unit)) for agent, unit in held.items()]),
                    ),
                    "those wait, and nobody else": forall(AGENT, lambda a: s.waits(a) == Or([a == node(agent) for agent in waiting])),
                }
            case _:
                return unknown(state)

    def message(self, s: State, source: Address, message: Any) -> Said | None:  # there are none
        return None

    def saying(self, s: State, me: Address, what: Any, asked: Any) -> Said | None:  # whom an answer is true of is in its step
        return {} if isinstance(what, Granted | Released | Rejected) else None

    def request(self, s: State, me: Address, request: Any) -> Said:
        if isinstance(request, Failed):
            return {}
        return {"it is asked by an agent that does not wait": And(IS_AGENT(who(USER)), Not(s.waits(node(USER))))}

    def serves(self, state: Any) -> Iterable[tuple[Address, Any]]:
        return [(agent, Acquire()) for agent in state.waiting]

    def steps(self, me: Address, before: Any, move: Handled | None, after: Step[Any], cast: Cast) -> Iterator[Taken]:
        if not (isinstance(before, Lending) and isinstance(after.state, Lending)):
            return
        answered = [(effect.to, effect.answer) for effect in after.effects if isinstance(effect, Reply)]
        served = [to for to, answer in answered if isinstance(answer, Granted)]
        for agent, unit in before.held.items():
            if agent not in after.state.held:
                yield "give_back", {"a": node(agent), "u": unit_of(unit)}
        for agent in before.waiting:
            if agent not in (*after.state.waiting, *served):
                yield "leave", {"a": node(agent)}
        if isinstance(move, Ask) and isinstance(move.request, Acquire) and move.user not in before.held:
            yield "come", {"a": node(move.user)}
        for to, answer in answered:
            if isinstance(answer, Granted):
                yield "grant", {"a": node(to), "u": unit_of(answer.unit)}
            elif answer != HOLDS_ONE:
                yield "tell", {"a": node(to)}

    def may_take(self, process: Term, action: str, arguments: Mapping[str, Term]) -> Term:  # it takes all
        return process == who(ME)
