"""PBFT: what messages say in the proved model, of whoever has signed them and of whose signatures they show, and what a proposal is allowed by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any, TypeAlias

import z3

from concordant.proofs.consensus.pbft.claim import pbft
from concordant.proofs.kernel.meaning import ME, WHO, Supposition, members, naming, who
from concordant.proofs.kernel.models import State, Term, exists, forall
from concordant.proofs.kernel.numbers import follows
from concordant.proofs.kernel.openings import entries, once, parts
from concordant.proofs.kernel.paths import Refuted
from concordant.proofs.kernel.symbols import SymbolicClass
from concordant.spec.consensus.pbft import (
    Certificate,
    Commit,
    NewView,
    Request,
    ViewChange,
)
from concordant.spec.vocabulary import Address

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies
MODEL = pbft()
NODE, QUORUM, NUMBER, WANTED = (MODEL.sorts[name] for name in ("Node", "Quorum", "View", "Request"))
S = MODEL.state()
NONE, FIRST = S.none(), S.first()
ALL = members("replica", 2)
"""The other replicas, in the largest cast."""
STRANGER: Address = WHO.symbol("stranger")
CLIENT: Address = WHO.symbol("client")
node_of = naming(NODE)
IS_MEMBER = z3.Function("is a member", WHO.sort, z3.BoolSort())
IS_HONEST = z3.Function("is honest", WHO.sort, z3.BoolSort())
ARE_ENOUGH = {count: z3.Bool(f"{count} are a quorum") for count in (1, 2, 3)}
"""How many replicas are a quorum, as a cast says."""

A_QUORUM_HAS_A_QUORUM = Supposition("the honest among (n + f + 1) / 2 replicas are a quorum of the model")

Voters: TypeAlias = Iterable[tuple[Term, Address]]
"""Who may have signed something, each with the condition that it has."""


def below(low: Term, high: Term) -> Term:
    """Return that a view is below another."""
    return Not(S.le(high, low))


def _made(made: int, term: Term) -> Term:
    if made:
        raise Refuted(f"it names view {made}, of which nothing is known; views are counted from the first, which is 0")
    return term == FIRST


VIEW = SymbolicClass(
    int,
    "views",
    NUMBER,
    order=S.le,
    real=lambda term: term != NONE,
    made=_made,
    next=lambda view, following: follows(S.le, view, following),
    sure=True,
)
REQUEST = SymbolicClass(Request, "requests", WANTED, sure=True)


def node(address: Address) -> Term:
    """Return the node that an honest replica is."""
    return node_of(who(address))


def view_of(message: Any) -> Term:
    """Return the view of a message."""
    return VIEW.term(parts(message)[0])


def is_decided(s: State, request: Request) -> Term:
    """Return that a request is decided, in some view."""
    return exists(NUMBER, lambda v: s.decided(v, REQUEST.term(request)))


def has_decided(s: State, source: Address, request: Request) -> Term:
    """Return that a request is decided, if whoever says so is honest."""
    return Implies(IS_HONEST(who(source)), is_decided(s, request))


def has_signed(s: State, by: Address, message: Any) -> Term:
    """What a message says of whoever is honest and has signed it."""
    match message:
        case ViewChange():
            view, prepared = parts(message)
            return _has_come(s, by, VIEW.term(view), prepared)
        case Commit():
            return s.commit(node(by), *about(*parts(message)).values())
        case _:
            return s.prepare(node(by), *about(*parts(message)[:2]).values())


def _has_come(s: State, by: Address, v: Term, prepared: Any) -> Term:
    """It has come to a view, and has committed to nothing below it and later than what it shows."""
    views = [(is_it, VIEW.term(parts(each)[0])) for is_it, each in entries(prepared)]
    nothing_later = forall(
        NUMBER,
        WANTED,
        lambda w, e: Implies(And(s.commit(node(by), w, e), below(w, v)), Or([And(is_it, S.le(w, u)) for is_it, u in views])),
    )
    return And(s.changed(node(by), v), nothing_later)


def certified(certificate: Certificate) -> tuple[Term, Term, Voters]:
    """Return the view and the request of a certificate, and who may have signed it."""
    view, request, signers = parts(certificate)
    return VIEW.term(view), REQUEST.term(request), entries(signers)


def are_true(s: State, v: Term, d: Term, signers: Voters) -> Term:
    """The honest among the signers of a certificate have signed its request."""
    return And([Implies(And(is_one, IS_HONEST(who(each))), s.prepare(node(each), v, d)) for is_one, each in signers])


def is_shown_in(s: State, message: Any) -> Term:
    """What the signatures of others in a message show."""
    match message:
        case ViewChange():
            certificates = list(entries(parts(message)[1]))
            changes: list[Term] = []
        case NewView():
            v, shown = view_of(message), entries(parts(message)[2])
            certificates = _in(shown)
            changes = [Implies(And(is_there, IS_HONEST(who(by))), _has_come(s, by, v, prepared)) for is_there, (by, prepared) in shown]
        case _:
            return z3.BoolVal(True)  # Z3's own signature
    return And([*changes, *(Implies(is_it, are_true(s, *certified(each))) for is_it, each in certificates)])


def _in(changes: Any) -> list[tuple[Term, Certificate]]:
    """List the certificates in changes of view, each with the condition that it is there."""
    return [(And(is_there, is_it), each) for is_there, (_, prepared) in changes for is_it, each in entries(prepared)]


def is_allowed_by_it(message: Any) -> Term:
    """Return that the certificates in a message have quorums in earlier views, and that a proposal is that of the latest of enough."""
    match message:
        case ViewChange():
            certificates = list(entries(parts(message)[1]))
            rest = z3.BoolVal(True)  # Z3's own signature
        case NewView():
            changes = entries(parts(message)[2])
            certificates = _in(changes)
            none = And([Not(is_it) for is_it, _ in certificates])
            latest = Or(none, *(is_latest for is_latest, _, _ in _latest(message)))
            rest = And(are_enough([(is_there, by) for is_there, (by, _) in changes]), latest)
        case _:
            return z3.BoolVal(True)  # Z3's own signature
    valid = [(is_it, *certified(each)) for is_it, each in certificates]
    return And([rest, *(Implies(is_it, And(below(u, view_of(message)), are_enough(signers))) for is_it, u, _, signers in valid)])


def _latest(message: NewView) -> Iterator[tuple[Term, Term, Voters]]:
    """Yield each certificate in a proposal as its view and signers, with the condition that it is the latest, and for what is proposed."""
    _, request, changes = parts(message)
    found = [(is_it, *certified(each)) for is_it, each in _in(entries(changes))]
    for is_it, u, d, signers in found:
        latest = And([Implies(is_other, S.le(w, u)) for is_other, w, _, _ in found])
        yield And(is_it, d == REQUEST.term(request), latest), u, signers


# ---- what allows it

SOME = z3.Const("some quorum", QUORUM)
ANY = {"q": SOME, "u": NONE, "p": SOME}
"""Where nothing is shown."""


def about(view: int, request: Request) -> dict[str, Term]:
    """Return a view and a request as arguments of an action."""
    return {"v": VIEW.term(view), "d": REQUEST.term(request)}


def is_about(message: Any, view: int, request: Request) -> Term:
    """Return that a message is about a request in a view."""
    v, d = about(*parts(message)[:2]).values()
    return And(v == VIEW.term(view), d == REQUEST.term(request))


def either(condition: Term, these: Mapping[str, Term], those: Mapping[str, Term]) -> dict[str, Term]:
    """Return these arguments where a condition holds, and those elsewhere."""
    return {name: z3.If(condition, these[name], those[name]) for name in those}


def allowing(message: NewView) -> dict[str, Term]:
    """Return what allows a proposal of a later view: of whom the changes are, the latest certificate that they show, and who has signed that."""
    changed, certificates = once(_witnesses, *parts(message))
    found = {**ANY, "q": _supposed(changed)}
    for is_latest, u, signed in certificates:
        found = either(is_latest, {**found, "u": u, "p": _supposed(signed)}, found)
    return found


def _witnesses(view: int, request: Request, changes: Any) -> tuple[Named, list[tuple[Term, Term, Named]]]:
    latest = [(is_latest, u, _named(signers)) for is_latest, u, signers in _latest(NewView(view, request, changes))]
    return _named([(is_there, by) for is_there, (by, _) in entries(changes)]), latest


def _each(voters: Voters) -> list[tuple[Term, Term]]:
    """Return each replica, with the condition that it is among the voters."""
    held = list(voters)
    return [(And(IS_MEMBER(who(name)), Or([And(is_one, who(by) == who(name)) for is_one, by in held])), who(name)) for name in (ME, *ALL)]


def are_enough(voters: Voters) -> Term:
    """Return that voters are a quorum."""
    voted = [is_one for is_one, _ in _each(voters)]
    return Or([And(is_enough, *several) for count, is_enough in ARE_ENOUGH.items() for several in combinations(voted, count)])


def quorum_of(voters: Voters) -> Term:
    """Return the quorum of the model that the honest voters are, where they are enough; elsewhere any, of which nothing is known."""
    return _supposed(_named(voters))


Named: TypeAlias = tuple[Term, Term]
"""A quorum, and what is supposed of it."""


def _supposed(named: Named) -> Term:
    q, says = named
    A_QUORUM_HAS_A_QUORUM.suppose(str(q), lambda: says)
    return q


def _named(voters: Voters) -> Named:
    voted = _each(voters)
    q = z3.Const(f"quorum of {' '.join(is_one.sexpr() for is_one, _ in voted)}", QUORUM)
    honest = forall(NODE, lambda n: S.member(n, q) == Or([And(is_one, IS_HONEST(each), n == node_of(each)) for is_one, each in voted]))
    return q, Implies(are_enough(voters), honest)
