"""PBFT: what the states and words of the shipped code mean in the proved model, whose nodes are the honest replicas.

What is signed binds whoever is honest, and nobody else; what others have signed, a message shows whoever sends it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any, ClassVar, TypeAlias

import z3
from attrs import frozen

from concordant.proofs.consensus.pbft.claim import pbft
from concordant.proofs.kernel.meaning import ME, WHO, Cast, Meaning, Role, Said, Supposition, Taken, in_order, members, naming, unknown, who
from concordant.proofs.kernel.models import Model, State, Term, exists, forall
from concordant.proofs.kernel.numbers import follows
from concordant.proofs.kernel.openings import entries, once, parts
from concordant.proofs.kernel.paths import Refuted
from concordant.proofs.kernel.symbols import SymbolicClass, domain_of
from concordant.refimpl.consensus import pbft as code
from concordant.refimpl.consensus.pbft import Asking, Client, Replica, Told
from concordant.refimpl.consensus.shared.byzantine import Sizes
from concordant.refimpl.machine import Handled, Step
from concordant.spec.consensus.pbft import (
    Accused,
    Answer,
    Certificate,
    Commit,
    Decided,
    Garbled,
    LostPatience,
    Moved,
    NewView,
    OfAView,
    Prepare,
    PrePrepare,
    Request,
    Result,
    ViewChange,
    Vote,
)
from concordant.spec.vocabulary import Address, Announce, Send

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


# ---- who takes part


@frozen(eq=False)
class Replicas(Cast):
    """So many replicas that count to so many. `applied`: how many messages a log has at most where a rule is applied.

    `strangers`: who may have signed a certificate, and is none of them.
    """

    sizes: Sizes = Sizes(1, 0)
    applied: int = 1
    strangers: tuple[Address, ...] = ()


def _several(peers: tuple[Address, ...], replicas: tuple[Address, ...], sizes: Sizes) -> tuple[Term, ...]:
    are_all = forall(WHO.sort, lambda x: IS_MEMBER(x) == Or([x == who(name) for name in replicas]))
    different = z3.Distinct(*map(who, (ME, *peers, STRANGER)))
    return are_all, different, *(term if count == sizes.quorum else Not(term) for count, term in ARE_ENOUGH.items())


def among(count: int, who_lies: str, applied: int = 1, *, all_orders: bool = True) -> Replicas:
    """Return the cast of a replica with the others. `all_orders`: whichever place among them its name has, and strangers may sign, too."""
    peers, sizes, strangers = ALL[: count - 1], Sizes(count, 0), (STRANGER,) if all_orders else ()
    facts = (*_several(peers, (ME, *peers), sizes), *(() if all_orders else in_order((ME, *peers))), IS_HONEST(who(ME)))
    text = f"{count} replica{'s' * (count > 1)}, {who_lies}{'' if all_orders or count == 1 else ', named after the one that is run'}"
    return Replicas(text, peers, facts, sizes, applied, strangers)


def told_by(count: int, faulty: int) -> Replicas:
    """Return the cast of a client of so many replicas, of whom at most so many lie."""
    replicas, sizes, x = ALL[:count], Sizes(count, faulty), [z3.FreshConst(WHO.sort, "x") for _ in range(faulty + 1)]
    few = z3.ForAll(x, Implies(And([z3.Distinct(*x), *map(IS_MEMBER, x)]), Or([*map(IS_HONEST, x)])))
    return Replicas(f"{count} replicas, of whom at most {faulty} lies", replicas, (*_several(replicas, replicas, sizes), few), sizes)


def node(address: Address) -> Term:
    """Return the node that an honest replica is."""
    return node_of(who(address))


class Agreeing(Meaning):
    """Honest replicas are the model's nodes. What others say means nothing, but for the signatures of honest ones in it."""

    stem = "pbft"
    domains = (VIEW, REQUEST)
    said = Moved | Decided | Answer
    supposes: ClassVar = (A_QUORUM_HAS_A_QUORUM,)
    uses: ClassVar = (*MODEL.axioms, "prepare_once", "commit_has_a_quorum", "changed_has_left", "nothing_in_no_view")
    background: ClassVar = {
        "no two honest replicas are one node": forall(
            WHO.sort, WHO.sort, lambda x, y: Implies(And(IS_HONEST(x), IS_HONEST(y), node_of(x) == node_of(y)), x == y)
        ),
    }
    roles = (
        Role(
            Replica,
            lambda kind, me, cast: kind(me, (me, *cast.members), (CLIENT,), cast.sizes),  # type: ignore[attr-defined]
            ("change", "prepare", "commit", "decide"),
            (among(1, "alone", all_orders=False), among(2, "of whom the other may lie", all_orders=False)),
            lambda cast: {
                "State.log": 1,
                "State.caught": 0,
                "Certificate.signers": len(cast.members) + 2,
                "NewView.changes": len(cast.members) + 1,
            },
            crashes=False,
            growing=("State.log", "State.caught"),
            rules=("follow", "propose", "accept", "prepare", "decide"),
            applied=lambda cast: {"State.log": cast.applied},  # type: ignore[attr-defined]
            large=(among(2, "of whom the other may lie", 2),),
            open=(
                *(f"State.{name}" for name in ("request", "proposal", "prepared", "decided", "caught", "log")),
                "ViewChange.prepared",
                "Certificate.signers",
                "NewView.changes",
            ),
            among=lambda cast: {
                "Certificate.signers": (ME, *cast.members, *cast.strangers),  # type: ignore[attr-defined]
                "NewView.changes": (ME, *cast.members),
            },
        ),
        Role(
            Client,
            lambda kind, me, cast: kind(me, cast.members, cast.sizes),  # type: ignore[attr-defined]
            (),
            (told_by(2, 1),),
            lambda cast: {"Asking.results": len(cast.members)},
            crashes=False,
        ),
    )

    def make_model(self) -> Model:
        return MODEL

    def state(self, s: State, me: Address, state: Any) -> Said:
        match state:
            case code.State():
                return _replica(s, me, state)
            case Asking(_, results):
                return {
                    "whom it has heard are replicas": And([IS_MEMBER(who(source)) for source in results]),
                    "what the honest among them said is decided": And([_has_decided(s, *said) for said in results.items()]),
                }
            case Told(request):
                return {"what it knows is decided": _is_decided(s, request)}
            case _:
                return unknown(state)

    def message(self, s: State, source: Address, message: Any) -> Said | None:
        match message:
            case Garbled():
                return {}
            case PrePrepare() | Prepare() | NewView() | Commit() | ViewChange():
                return {"whoever sends it has signed it, or lies": Implies(IS_HONEST(who(source)), _signed(s, source, message))}
            case Result(request):
                return {"whoever sends it has decided it, or lies": _has_decided(s, source, request)}
            case _:
                return {} if domain_of(message) is REQUEST or REQUEST.makes(message) else None

    def message_to(self, s: State, source: Address, to: Address, message: Any) -> Said | None:
        said = self.message(s, source, message)
        if said is None or not isinstance(message, OfAView):
            return said
        return {**said, "nobody honest sends it to itself": Implies(IS_HONEST(who(source)), who(source) != who(to))}

    def shows(self, s: State, message: Any) -> Said:
        match message:
            case ViewChange() | NewView():
                return {"the honest whose signatures it shows have signed": _shown(s, message)}
            case _:
                return {}

    def saying(self, s: State, me: Address, what: Any, asked: Any) -> Said | None:
        match what:
            case LostPatience():
                return {}
            case Moved(view):
                return {"it has come to the view": s.changed(node(me), VIEW.term(view))}
            case Decided(view, request):
                return {"it is decided": s.decided(VIEW.term(view), REQUEST.term(request))}
            case Accused(source, PrePrepare() | Prepare() | Commit()):
                return {"whoever is accused lies": Not(IS_HONEST(who(source)))}
            case Accused(source, NewView() as one, NewView() as other):
                differ = REQUEST.term(one.request) != REQUEST.term(other.request)
                return {"whoever is accused of two requests lies": Implies(differ, Not(IS_HONEST(who(source))))}
            case Accused():
                return {}
            case Answer(request):
                return {"it is decided": _is_decided(s, request)}
            case _:
                return None

    def serves(self, state: Any) -> Iterable[tuple[Address, Any]]:
        match state:
            case Asking(user) if user is not None:
                return ((user, None),)
            case _:
                return ()

    def lies(self, process: Term) -> Term:
        return Not(IS_HONEST(process))

    def steps(self, me: Address, before: Any, move: Handled | None, after: Step[Any], cast: Cast) -> Iterator[Taken]:
        log = _log(before)
        kept = [(is_kept, *parts(entry)) for is_kept, entry in log]
        new = [entry for _, entry in _log(after.state) if not any(entry is other for _, other in log)]
        for what in (*after.effects, *(message for by, message in map(parts, new) if who(by).eq(who(me)))):
            match what.message if isinstance(what, Send) else what:
                case Announce(Moved(view)):
                    yield "change", {"n": node(me), "v": VIEW.term(view)}
                case PrePrepare(view, request):
                    yield "prepare", {"n": node(me), **_of(view, request), **ANY}
                case NewView(view, request) as message:
                    yield "prepare", {"n": node(me), **_of(view, request), **_allowing(message)}
                case Prepare(view, request):
                    found = ANY
                    for is_kept, _, message in kept:
                        if type(message) is NewView:
                            found = _either(And(is_kept, _is(message, view, request)), _allowing(message), found)
                    yield "prepare", {"n": node(me), **_of(view, request), **found}
                case Commit(view, request):
                    signers = [(And(is_kept, _is(each, view, request)), by) for is_kept, by, each in kept if isinstance(each, Vote)]
                    yield "commit", {"n": node(me), **_of(view, request), "q": _quorum(signers)}
                case Announce(Decided(view, request)):
                    committed = [(And(is_kept, _is(each, view, request)), by) for is_kept, by, each in kept if isinstance(each, Commit)]
                    yield "decide", {**_of(view, request), "q": _quorum(committed)}
                case _:
                    pass

    def may_take(self, process: Term, action: str, arguments: Mapping[str, Term]) -> Term:
        match arguments:
            case {"n": n}:
                return And(IS_HONEST(process), n == node_of(process))
            case _:
                return z3.BoolVal(True)  # Z3's own signature


# ---- what is said


def _replica(s: State, me: Address, state: code.State) -> Said:
    number, _, proposed, prepared, decided, _, _ = parts(state)
    log = [(is_kept, *parts(each)) for is_kept, each in _log(state)]
    kept = [(is_kept, once(_kept, by, type(message), *parts(message))) for is_kept, by, message in log]
    bound = [(is_kept, once(_binds, s, by, type(message), *parts(message))) for is_kept, by, message in log]
    v = VIEW.term(number)
    return {
        **once(_standing, s, me, number, proposed, prepared, decided),
        "whom it has heard are replicas": And([Implies(is_kept, each.is_of_a_replica) for is_kept, each in kept]),
        "the honest have signed what it keeps of them": And([Implies(is_kept, is_signed) for is_kept, (is_signed, _) in bound]),
        "the honest whose signatures it keeps have signed": And([Implies(is_kept, is_shown) for is_kept, (_, is_shown) in bound]),
        "what it keeps of its own is of no later view": And(
            [Implies(And(is_kept, each.of == who(me)), S.le(each.view, v)) for is_kept, each in kept]
        ),
        "certificates that it keeps have their quorums, and allow what they come with": And(
            [Implies(is_kept, each.is_allowed) for is_kept, each in kept]
        ),
        "it keeps one message of a kind of each replica in a view": And(
            [
                Not(And(is_kept, also, one.of == other.of, one.view == other.view))
                for (is_kept, one), (also, other) in combinations(kept, 2)
                if one.kind is other.kind
            ]
        ),
    }


def _standing(s: State, me: Address, number: int, proposed: Any, prepared: Any, decided: Any) -> Said:
    """What the fields of a replica say, but for its log."""
    n, v = node(me), VIEW.term(number)
    accepted = [(is_it, REQUEST.term(request)) for is_it, request in entries(proposed)]
    shown = [(is_it, *_certificate(each)) for is_it, each in entries(prepared)]
    commits = [(is_it, s.commit(n, u, d), S.le(u, v), _enough(signers), _are_true(s, u, d, signers)) for is_it, u, d, signers in shown]
    return {
        "it is honest": IS_HONEST(who(me)),
        "it has left lower views only": forall(NUMBER, lambda w: Implies(s.left(n, w), below(w, v))),
        "it has come to no later view": forall(NUMBER, lambda w: Implies(s.changed(n, w), S.le(w, v))),
        "it has signed its proposal": And([Implies(is_it, s.prepare(n, v, d)) for is_it, d in accepted]),
        "it has signed nothing else in its view, nor in later ones": forall(
            NUMBER,
            WANTED,
            lambda w, e: Implies(s.prepare(n, w, e), Or(below(w, v), And(w == v, Or([And(is_it, d == e) for is_it, d in accepted])))),
        ),
        "its certificate is true, and that of a commit": And([Implies(is_it, And(*facts)) for is_it, *facts in commits]),
        "its certificate is that of its latest commit": forall(
            NUMBER, WANTED, lambda w, e: Implies(s.commit(n, w, e), Or([And(is_it, S.le(w, u)) for is_it, u, _, _ in shown]))
        ),
        "what it has decided is decided": And([Implies(is_it, _is_decided(s, request)) for is_it, request in entries(decided)]),
    }


@frozen(eq=False)
class Kept:
    """What is said of a message that is kept, whatever happens."""

    kind: type
    of: Term
    view: Term
    is_of_a_replica: Term
    is_allowed: Term


def _kept(by: Address, kind: type, *of: Any) -> Kept:
    x, view = who(by), VIEW.term(of[0])
    return Kept(kind, x, view, And(IS_MEMBER(x), Or([x == who(name) for name in (ME, *ALL)])), _is_allowed(kind(*of)))


def _binds(s: State, by: Address, kind: type, *of: Any) -> tuple[Term, Term]:
    """Return that whoever has signed what is kept has, and whose signatures it shows, if they are honest."""
    message = kind(*of)
    return Implies(IS_HONEST(who(by)), _signed(s, by, message)), _shown(s, message)


def _log(state: Any) -> tuple[tuple[Term, Any], ...]:
    """Return what a replica keeps; a client keeps nothing."""
    return entries(parts(state)[-1]) if type(state) is code.State else ()


def _view(message: Any) -> Term:
    return VIEW.term(parts(message)[0])


def _is_decided(s: State, request: Request) -> Term:
    return exists(NUMBER, lambda v: s.decided(v, REQUEST.term(request)))


def _has_decided(s: State, source: Address, request: Request) -> Term:
    return Implies(IS_HONEST(who(source)), _is_decided(s, request))


def _signed(s: State, by: Address, message: Any) -> Term:
    """What a message says of whoever is honest and has signed it."""
    match message:
        case ViewChange():
            view, prepared = parts(message)
            return _has_come(s, by, VIEW.term(view), prepared)
        case Commit():
            return s.commit(node(by), *_of(*parts(message)).values())
        case _:
            return s.prepare(node(by), *_of(*parts(message)[:2]).values())


def _has_come(s: State, by: Address, v: Term, prepared: Any) -> Term:
    """It has come to a view, and has committed to nothing below it and later than what it shows."""
    views = [(is_it, VIEW.term(parts(each)[0])) for is_it, each in entries(prepared)]
    nothing_later = forall(
        NUMBER,
        WANTED,
        lambda w, e: Implies(And(s.commit(node(by), w, e), below(w, v)), Or([And(is_it, S.le(w, u)) for is_it, u in views])),
    )
    return And(s.changed(node(by), v), nothing_later)


def _certificate(certificate: Certificate) -> tuple[Term, Term, Voters]:
    view, request, signers = parts(certificate)
    return VIEW.term(view), REQUEST.term(request), entries(signers)


def _are_true(s: State, v: Term, d: Term, signers: Voters) -> Term:
    """The honest among the signers of a certificate have signed its request."""
    return And([Implies(And(is_one, IS_HONEST(who(each))), s.prepare(node(each), v, d)) for is_one, each in signers])


def _shown(s: State, message: Any) -> Term:
    """What the signatures of others in a message show."""
    match message:
        case ViewChange():
            certificates = list(entries(parts(message)[1]))
            changes: list[Term] = []
        case NewView():
            v, shown = _view(message), entries(parts(message)[2])
            certificates = _in(shown)
            changes = [Implies(And(is_there, IS_HONEST(who(by))), _has_come(s, by, v, prepared)) for is_there, (by, prepared) in shown]
        case _:
            return z3.BoolVal(True)  # Z3's own signature
    return And([*changes, *(Implies(is_it, _are_true(s, *_certificate(each))) for is_it, each in certificates)])


def _in(changes: Any) -> list[tuple[Term, Certificate]]:
    """List the certificates in changes of view, each with the condition that it is there."""
    return [(And(is_there, is_it), each) for is_there, (_, prepared) in changes for is_it, each in entries(prepared)]


def _is_allowed(message: Any) -> Term:
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
            rest = And(_enough([(is_there, by) for is_there, (by, _) in changes]), latest)
        case _:
            return z3.BoolVal(True)  # Z3's own signature
    valid = [(is_it, *_certificate(each)) for is_it, each in certificates]
    return And([rest, *(Implies(is_it, And(below(u, _view(message)), _enough(signers))) for is_it, u, _, signers in valid)])


def _latest(message: NewView) -> Iterator[tuple[Term, Term, Voters]]:
    """Yield each certificate in a proposal as its view and signers, with the condition that it is the latest, and for what is proposed."""
    _, request, changes = parts(message)
    found = [(is_it, *_certificate(each)) for is_it, each in _in(entries(changes))]
    for is_it, u, d, signers in found:
        latest = And([Implies(is_other, S.le(w, u)) for is_other, w, _, _ in found])
        yield And(is_it, d == REQUEST.term(request), latest), u, signers


# ---- which actions a step is

SOME = z3.Const("some quorum", QUORUM)
ANY = {"q": SOME, "u": NONE, "p": SOME}
"""Where nothing is shown."""


def _of(view: int, request: Request) -> dict[str, Term]:
    return {"v": VIEW.term(view), "d": REQUEST.term(request)}


def _is(message: Any, view: int, request: Request) -> Term:
    """Return that a message is about a request in a view."""
    v, d = _of(*parts(message)[:2]).values()
    return And(v == VIEW.term(view), d == REQUEST.term(request))


def _either(condition: Term, these: Mapping[str, Term], those: Mapping[str, Term]) -> dict[str, Term]:
    return {name: z3.If(condition, these[name], those[name]) for name in those}


def _allowing(message: NewView) -> dict[str, Term]:
    """Return what allows a proposal of a later view: of whom the changes are, the latest certificate that they show, and who has signed that."""
    changed, certificates = once(_witnesses, *parts(message))
    found = {**ANY, "q": _supposed(changed)}
    for is_latest, u, signed in certificates:
        found = _either(is_latest, {**found, "u": u, "p": _supposed(signed)}, found)
    return found


def _witnesses(view: int, request: Request, changes: Any) -> tuple[Named, list[tuple[Term, Term, Named]]]:
    latest = [(is_latest, u, _named(signers)) for is_latest, u, signers in _latest(NewView(view, request, changes))]
    return _named([(is_there, by) for is_there, (by, _) in entries(changes)]), latest


def _each(voters: Voters) -> list[tuple[Term, Term]]:
    """Return each replica, with the condition that it is among the voters."""
    held = list(voters)
    return [(And(IS_MEMBER(who(name)), Or([And(is_one, who(by) == who(name)) for is_one, by in held])), who(name)) for name in (ME, *ALL)]


def _enough(voters: Voters) -> Term:
    """Return that voters are a quorum."""
    voted = [is_one for is_one, _ in _each(voters)]
    return Or([And(is_enough, *several) for count, is_enough in ARE_ENOUGH.items() for several in combinations(voted, count)])


def _quorum(voters: Voters) -> Term:
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
    return q, Implies(_enough(voters), honest)
