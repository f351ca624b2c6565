"""What the proofs of the handlers assume of states and messages, nobody else's step makes untrue."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import z3
from attrs import frozen

from concordant.proofs.consensus.paxos_synod.handlers.facts import (
    MODEL,
    ROUND,
    N,
    Not,
    S,
    ballot,
    invariant,
    says,
    stands_for,
    used,
    value,
    vote,
)
from concordant.proofs.kernel.handlers import term_of
from concordant.proofs.kernel.models import State, Term
from concordant.proofs.kernel.obligations import possible
from concordant.proofs.kernel.theorems import Outcome, Standing, Theorem
from concordant.spec.consensus.paxos_synod import AcceptorView, Promise

R, V = z3.Const("r", ROUND), term_of(value("v"))


@frozen(eq=False)
class Assumption:
    """Something that a proof of a handler assumes in a state. `but`: parameters of the steps that its owner alone takes."""

    what: str
    holds: Callable[[State], Term]
    but: tuple[tuple[str, str, Term], ...] = ()


def _state(name: str, local: AcceptorView) -> Assumption:
    own = tuple((action, "n", N) for action in ("promise", "leave", "vote"))
    return Assumption(f"the state of an acceptor {name}", lambda s: stands_for(N, local, s), own)


ASSUMPTIONS = (
    _state("that has promised nothing", AcceptorView()),
    _state("that has promised", AcceptorView(ballot("promised"))),
    _state("that has voted", AcceptorView(ballot("promised"), vote("last"))),
    Assumption("a promise that tells of no vote", lambda s: says(N, Promise(ballot("r"), None), s)),
    Assumption("a promise that tells of a vote", lambda s: says(N, Promise(ballot("r"), vote("told")), s)),
    Assumption("a Prepare", lambda s: s.prepared(R)),
    Assumption("an Accept", lambda s: s.proposal(R, V)),
    Assumption("an Accepted", lambda s: s.vote(N, R, V)),
    Assumption("a ballot in which its proposer has proposed nothing", lambda s: Not(used(ballot("r"), s)), (("propose", "r", R),)),
)


def unstable(assumptions: tuple[Assumption, ...] = ASSUMPTIONS) -> Iterator[str]:
    """Yield each way in which somebody else's step makes an assumption untrue; nothing, if they are stable."""
    for name, action in MODEL.actions.items():
        arguments = MODEL.arguments(action)
        then = MODEL.after(S, action, arguments)
        step = [*invariant(), *action.guards(S, **arguments).values()]
        for each in assumptions:
            others = [arguments[parameter] != own for at, parameter, own in each.but if at == name]
            before, what = [*step, *others, each.holds(S)], f"{each.what}, by {name}"
            if not possible(before, what):
                yield f"{what}: could not happen, so that nothing is shown"
            elif possible([*before, Not(each.holds(then))], what):
                yield what


def _check() -> Outcome:
    wrong = list(unstable())
    if wrong:
        return Outcome(Standing.FAILED, "; ".join(wrong))
    return Outcome(Standing.PROVED, f"{len(ASSUMPTIONS)} assumptions kept by {len(MODEL.actions)} actions")


def _page() -> Iterator[str]:
    yield "paxos_synod.assumptions_are_stable"
    yield "  The proofs of the handlers assume the following. Every action of the model, taken by anybody else, keeps it:"
    yield from (f"    {each.what}" for each in ASSUMPTIONS)


STABLE = Theorem(
    "paxos_synod.assumptions_are_stable",
    "What the two theorems assume of states and messages, nobody else's step makes untrue.",
    "for all acceptors, ballots, values and states",
    _check,
    explain=_page,
)
