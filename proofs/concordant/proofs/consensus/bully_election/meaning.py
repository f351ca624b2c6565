"""Bully election: what states, messages and events of the shipped code mean in the proved model, whose members and epochs are the code's.

An epoch is one of the model's, in its order, and has a round and a leader. That before all elections, which nobody begins, means nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import z3
from attrs import frozen

from concordant.proofs.consensus.bully_election.claim import bully
from concordant.proofs.kernel.handlers import PEER
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
    in_order,
    members,
    naming,
    unknown,
    who,
)
from concordant.proofs.kernel.models import Model, State, Term, forall
from concordant.proofs.kernel.numbers import counted, is_less, line
from concordant.proofs.kernel.symbols import SymbolicClass
from concordant.refimpl.consensus.bully_election import Member, Prober
from concordant.refimpl.consensus.bully_election import State as Known
from concordant.refimpl.machine import Handled, Receive, Step
from concordant.spec.consensus.bully_election import AreYouThere, Coordinator, Elected, Election, Epoch, Here, Missed
from concordant.spec.vocabulary import Address, Announce, Map

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies
MODEL = bully()
MEMBER, EPOCH, ROUND, PRIORITY = (*(MODEL.sorts[name] for name in ("Member", "Epoch")), z3.DeclareSort("Round"), z3.DeclareSort("Priority"))
S = MODEL.state()
node_of = naming(MEMBER)
IS_MEMBER = z3.Function("is a member", WHO.sort, z3.BoolSort())
ROUND_OF, LEADER_OF = z3.Function("round of", EPOCH, ROUND), z3.Function("leader of", EPOCH, WHO.sort)
BEFORE, NEXT, IN_LINE = line(ROUND)
FIRST = z3.Const("the 0", ROUND)
"""The round of the epoch before all elections."""


THERE_ARE_EPOCHS = Supposition("of each round and each leader there is an epoch")
ROUNDS = counted("rounds", ROUND, BEFORE, NEXT)
PRIORITIES = SymbolicClass(int, "priorities", PRIORITY, order=line(PRIORITY)[0])
EPOCHS = SymbolicClass(Epoch, "epochs", EPOCH, order=S.le, holds={"round": (ROUNDS, ROUND_OF), "leader": (WHO, LEADER_OF)})


@frozen(eq=False)
class Ranked(Cast):
    """Members with this one, who are all there are, of any priorities."""

    priorities: Map[Address, int] = Map()


def of(before: int, after: int) -> Ranked:
    """Return the cast of so many members whose names come before, or after, that of the one that is run."""
    lower, higher = members("earlier", before), members("later", after)
    names = (*lower, ME, *higher)
    all_are = forall(WHO.sort, lambda x: IS_MEMBER(x) == Or([x == who(name) for name in names]))
    place = "in between" if before and after else "last" if before else "first"
    text = f"{len(names)} members of any priorities, of whose names that of the one that is run is {place}, and a detector that speaks of the others"
    ranks = Map(tuple((name, PRIORITIES.symbol(f"priority {number}")) for number, name in enumerate(names)))
    return Ranked(text, (*lower, *higher), (all_are, *in_order(names), _is_another(PEER)), ranks)


def _is_another(address: Address) -> Term:
    return And(IS_MEMBER(who(address)), who(address) != who(ME))


def _role(kind: type[Member], asks: int) -> Role:
    """Return a role. `asks`: 1 where it asks others whether they are there, 0 where a detector tells it."""
    return Role(
        kind,
        lambda kind, me, cast: kind(me, cast.priorities),  # type: ignore[attr-defined]
        ("hear", "begin"),
        (of(0, 1),),
        lambda cast: {"State.suspects": len(cast.members), "State.asked": asks * len(cast.members), "Missed.peers": len(cast.members)},
        large=(of(1, 0), of(1, 1)),
    )


class Bullies(Meaning):
    """Members are the model's, and so are epochs: they are ordered by rounds, and then by the names of leaders."""

    stem = "bully_election"
    domains = (EPOCHS, ROUNDS)
    said = Elected | Missed
    supposes: ClassVar = (THERE_ARE_EPOCHS,)
    background: ClassVar = {
        "no two processes are one member": forall(WHO.sort, WHO.sort, lambda x, y: Implies(node_of(x) == node_of(y), x == y)),
        "rounds are counted from 0": And(IN_LINE, forall(ROUND, lambda r: BEFORE(FIRST, r))),
        "an epoch has the name of its leader": forall(EPOCH, MEMBER, lambda e, n: S.named(e, n) == (n == node_of(LEADER_OF(e)))),
        "of two epochs that is later which has the later round, or in the same round the later name": forall(
            EPOCH,
            EPOCH,
            lambda d, e: (
                S.le(d, e)
                == Or(is_less(BEFORE, ROUND_OF(d), ROUND_OF(e)), And(ROUND_OF(d) == ROUND_OF(e), by_name(LEADER_OF(d), LEADER_OF(e))))
            ),
        ),
        "no two epochs have one round and one leader": forall(
            EPOCH, EPOCH, lambda d, e: Implies(And(ROUND_OF(d) == ROUND_OF(e), LEADER_OF(d) == LEADER_OF(e)), d == e)
        ),
    }
    roles = (_role(Prober, 1), _role(Member, 0))

    def make_model(self) -> Model:
        return MODEL

    def state(self, s: State, me: Address, state: Any) -> Said:
        if not isinstance(state, Known):
            return unknown(state)
        n, latest = node_of(who(me)), EPOCHS.term(state.epoch)
        return {
            "it knows the epochs up to that, and no others": forall(
                EPOCH, lambda e: Implies(ROUND_OF(e) != FIRST, s.knows(n, e) == S.le(e, latest))
            ),
            "that has begun": _has_begun(s, latest),
            "whom it follows leads in that": z3.BoolVal(True) if state.leader is None else who(state.leader) == LEADER_OF(latest),
            "whom it suspects, and has asked, are other members": And([_is_another(peer) for peer in (*state.suspects, *state.asked)]),
        }

    def message(self, s: State, source: Address, message: Any) -> Said | None:  # whoever sends it
        match message:
            case Coordinator(epoch):
                return {"that has begun": _has_begun(s, EPOCHS.term(epoch))}
            case Election() | AreYouThere() | Here():
                return {}
            case _:
                return None

    def saying(self, s: State, me: Address, what: Any, asked: Any) -> Said | None:  # nobody is answered
        match what:
            case Elected(epoch):
                return {"it has begun that": s.begun(node_of(who(me)), EPOCHS.term(epoch))}
            case Missed(peers):
                return {"they are other members": And([_is_another(peer) for peer in peers])}
            case _:
                return None

    def steps(self, me: Address, before: Any, move: Handled | None, after: Step[Any], cast: Cast) -> Iterator[Taken]:
        n = node_of(who(me))
        match move:
            case Receive(_, _, Coordinator(epoch)) if epoch.leader != me:  # one of its own it knows; of an earlier one it learns nothing
                yield "hear", {"n": n, "e": EPOCHS.term(epoch)}
            case _:
                pass
        for effect in after.effects:
            match effect:
                case Announce(Elected(epoch)):
                    yield "begin", {"n": n, "e": EPOCHS.term(epoch)}
                case _:
                    pass

    def may_take(self, process: Term, action: str, arguments: Mapping[str, Term]) -> Term:
        return arguments["n"] == node_of(process)


def _has_begun(s: State, epoch: Term) -> Term:
    """Return that its leader has begun an epoch, unless it is that before all elections."""
    return Or(ROUND_OF(epoch) == FIRST, s.begun(node_of(LEADER_OF(epoch)), epoch))
