"""What states and messages of the shipped code say of the proved model's relations. Ballots are its rounds, in its own order."""

from __future__ import annotations

import z3

from concordant.proofs.consensus.paxos_synod.claim import paxos
from concordant.proofs.kernel.handlers import some, term_of
from concordant.proofs.kernel.models import State, Term, exists, forall
from concordant.spec.consensus.paxos_synod import AcceptorView, Ballot, Promise, Vote
from concordant.spec.vocabulary import Address

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies
MODEL = paxos()
NODE, ROUND, VALUE, QUORUM = (MODEL.sorts[name] for name in ("Node", "Round", "Value", "Quorum"))
S = MODEL.state()
NONE = S.none()
N = z3.Const("n", NODE)
PROPOSER, LEARNER, CLIENT = Address("proposer"), Address("learner"), Address("user")


def below(a: Term, b: Term) -> Term:
    """Return that a round is below another."""
    return Not(S.le(b, a))


def ballot(name: str) -> Ballot:
    """Return any ballot."""
    return some(Ballot, z3.Const(name, ROUND), S.le)


def value(name: str) -> str:
    """Return any value."""
    return some(str, z3.Const(name, VALUE))


def vote(name: str) -> Vote:
    """Return any vote."""
    return Vote(ballot(f"{name}_ballot"), value(f"{name}_value"))


def pair(vote: Vote) -> tuple[Term, Term]:
    """Return the round and the value of a vote."""
    return term_of(vote.ballot), term_of(vote.value)


def invariant() -> list[Term]:
    """Return what is proved of every reachable state of the model."""
    return [*MODEL.axioms.values(), *(each.formula(S) for each in MODEL.invariants.values())]


def stands_for(n: Term, local: AcceptorView, s: State) -> Term:
    """Return what an acceptor's state says of the relations: it has left what is below its promise, and voted no later."""
    promised = NONE if local.promised is None else term_of(local.promised)
    left = forall(ROUND, lambda r: s.left(n, r) == below(r, promised))
    if local.vote is None:
        return And(left, forall(ROUND, VALUE, lambda r, v: Not(s.vote(n, r, v))))
    last, chosen = pair(local.vote)
    latest = forall(ROUND, VALUE, lambda r, v: Implies(s.vote(n, r, v), S.le(r, last)))
    return And(left, s.vote(n, last, chosen), S.le(last, promised), latest)


def says(n: Term, promise: Promise, s: State) -> Term:
    """Return what a promise in flight says: it tells the highest vote below its ballot, unless that ballot has a proposal."""
    r = term_of(promise.ballot)
    told = NONE if promise.vote is None else term_of(promise.vote.ballot)
    nothing_higher = forall(ROUND, VALUE, lambda p, v: Implies(And(s.vote(n, p, v), below(p, r)), S.le(p, told)))
    real = True if promise.vote is None else And(below(told, r), s.vote(n, *pair(promise.vote)))
    return And(s.promise(n, r), Or(used(promise.ballot, s), And(nothing_higher, real)))


def used(ballot: Ballot, s: State) -> Term:
    """Return that something was proposed in a ballot."""
    return exists(VALUE, lambda v: s.proposal(term_of(ballot), v))
