"""PBFT: what the states and words of the shipped code mean in the proved model, whose nodes are the honest replicas.

What is signed binds whoever is honest, and nobody else; what others have signed, a message shows whoever sends it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any, ClassVar

import z3
from attrs import frozen

from concordant.proofs.consensus.pbft.messages import (
    A_QUORUM_HAS_A_QUORUM,
    ALL,
    ANY,
    ARE_ENOUGH,
    CLIENT,
    IS_HONEST,
    IS_MEMBER,
    MODEL,
    NUMBER,
    REQUEST,
    STRANGER,
    VIEW,
    WANTED,
    S,
    about,
    allowing,
    are_enough,
    are_true,
    below,
    certified,
    either,
    has_decided,
    has_signed,
    is_about,
    is_allowed_by_it,
    is_decided,
    is_shown_in,
    node,
    node_of,
    quorum_of,
)
from concordant.proofs.kernel.meaning import ME, WHO, Cast, Meaning, Role, Said, Taken, in_order, unknown, who
from concordant.proofs.kernel.models import Model, State, Term, forall
from concordant.proofs.kernel.openings import entries, once, parts
from concordant.proofs.kernel.symbols import domain_of
from concordant.refimpl.consensus import pbft as code
from concordant.refimpl.consensus.pbft import Asking, Client, Replica, Told
from concordant.refimpl.consensus.shared.byzantine import Sizes
from concordant.refimpl.machine import Handled, Step
from concordant.spec.consensus.pbft import (
    Accused,
    Answer,
    Commit,
    Decided,
    Garbled,
    LostPatience,
    Moved,
    NewView,
    OfAView,
    Prepare,
    PrePrepare,
    Result,
    ViewChange,
    Vote,
)
from concordant.spec.vocabulary import Address, Announce, Send

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


# ---- who takes part


@frozen(eq=False)
class Replicas(Cast):
    """So many replicas that count to so many. `applied`: how many messages a log has at most where a rule is applied that counts none.

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


COUNTING = ("prepare", "decide")
"""What counts whose messages it holds: of fewer messages than senders, that two of one are not of two would not be seen."""


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
            applied=lambda cast, rule: {"State.log": cast.sizes.members if rule in COUNTING else cast.applied},  # type: ignore[attr-defined]
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
                    "what the honest among them said is decided": And([has_decided(s, *said) for said in results.items()]),
                }
            case Told(request):
                return {"what it knows is decided": is_decided(s, request)}
            case _:
                return unknown(state)

    def message(self, s: State, source: Address, message: Any) -> Said | None:
        match message:
            case Garbled():
                return {}
            case PrePrepare() | Prepare() | NewView() | Commit() | ViewChange():
                return {"whoever sends it has signed it, or lies": Implies(IS_HONEST(who(source)), has_signed(s, source, message))}
            case Result(request):
                return {"whoever sends it has decided it, or lies": has_decided(s, source, request)}
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
                return {"the honest whose signatures it shows have signed": is_shown_in(s, message)}
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
                return {"it is decided": is_decided(s, request)}
            case _:
                return None

    def serves(self, state: Any) -> Iterable[tuple[Address, Any]]:
        match state:
            case Asking(user) if user is not None:
                return ((user, None),)
            case _:
                return ()

    def asked_for(self, user: Address, request: Any) -> None:  # its client keeps only who waits
        return None

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
                    yield "prepare", {"n": node(me), **about(view, request), **ANY}
                case NewView(view, request) as message:
                    yield "prepare", {"n": node(me), **about(view, request), **allowing(message)}
                case Prepare(view, request):
                    found = ANY
                    for is_kept, _, message in kept:
                        if type(message) is NewView:
                            found = either(And(is_kept, is_about(message, view, request)), allowing(message), found)
                    yield "prepare", {"n": node(me), **about(view, request), **found}
                case Commit(view, request):
                    signers = [(And(is_kept, is_about(each, view, request)), by) for is_kept, by, each in kept if isinstance(each, Vote)]
                    yield "commit", {"n": node(me), **about(view, request), "q": quorum_of(signers)}
                case Announce(Decided(view, request)):
                    committed = [
                        (And(is_kept, is_about(each, view, request)), by) for is_kept, by, each in kept if isinstance(each, Commit)
                    ]
                    yield "decide", {**about(view, request), "q": quorum_of(committed)}
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
    shown = [(is_it, *certified(each)) for is_it, each in entries(prepared)]
    commits = [(is_it, s.commit(n, u, d), S.le(u, v), are_enough(signers), are_true(s, u, d, signers)) for is_it, u, d, signers in shown]
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
        "what it has decided is decided": And([Implies(is_it, is_decided(s, request)) for is_it, request in entries(decided)]),
    }


@frozen(eq=False)
class Logged:
    """What is said of a message that is kept, whatever happens."""

    kind: type
    of: Term
    view: Term
    is_of_a_replica: Term
    is_allowed: Term


def _kept(by: Address, kind: type, *of: Any) -> Logged:
    x, view = who(by), VIEW.term(of[0])
    return Logged(kind, x, view, And(IS_MEMBER(x), Or([x == who(name) for name in (ME, *ALL)])), is_allowed_by_it(kind(*of)))


def _binds(s: State, by: Address, kind: type, *of: Any) -> tuple[Term, Term]:
    """Return that whoever has signed what is kept has, and whose signatures it shows, if they are honest."""
    message = kind(*of)
    return Implies(IS_HONEST(who(by)), has_signed(s, by, message)), is_shown_in(s, message)


def _log(state: Any) -> tuple[tuple[Term, Any], ...]:
    """Return what a replica keeps; a client keeps nothing."""
    return entries(parts(state)[-1]) if type(state) is code.State else ()
