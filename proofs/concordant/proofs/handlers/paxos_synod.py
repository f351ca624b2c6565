"""Paxos: the shipped acceptor and proposer take only steps of the proved model, for all acceptors, ballots, values and states.

Claim: whatever an acceptor's state and the message, its step is an action of the model that is enabled, or changes nothing; a
proposer that proposes obeys the guards of `propose`. Ballots are elements of the model's rounds, ordered by its own order.
Assumes: the state stands for the model's relations (`stands_for`), a message was sent (`says`), ballots are not used twice.
That nobody else's step makes these untrue is the theorem `assumptions_are_stable`.
Not covered: quorums of more than three for the proposer; the learner; what a proposer answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import z3
from attrs import frozen

from concordant.proofs.kernel.handlers import Paths, Refuted, every_path, some, term_of
from concordant.proofs.kernel.models import State, Term, exists, forall
from concordant.proofs.kernel.obligations import Answer, ask
from concordant.proofs.kernel.theorems import Outcome, Standing, Theorem
from concordant.proofs.paxos_synod import paxos
from concordant.refimpl.paxos_synod import Acceptor, Preparing, Proposer
from concordant.spec.paxos_synod import Accept, Accepted, AcceptorView, Ballot, Nack, Prepare, Promise, Proposed, Vote, Voted
from concordant.spec.vocabulary import Address, Announce, Map, Send

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies
MODEL = paxos()
NODE, ROUND, VALUE, QUORUM = (MODEL.sorts[name] for name in ("Node", "Round", "Value", "Quorum"))
S = MODEL.state()
NONE = S.none()
N = z3.Const("n", NODE)
ME, PROPOSER, LEARNER, CLIENT = Address("acceptor"), Address("proposer"), Address("learner"), Address("user")


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


def invariant() -> list[Term]:
    """Return what is proved of every reachable state of the model."""
    return [*MODEL.axioms.values(), *(each.formula(S) for each in MODEL.invariants.values())]


def stands_for(n: Term, local: AcceptorView, s: State) -> Term:
    """Return what an acceptor's state says of the relations: it has left what is below its promise, and voted no later."""
    promised = NONE if local.promised is None else term_of(local.promised)
    left = forall(ROUND, lambda r: s.left(n, r) == below(r, promised))
    if local.vote is None:
        return And(left, forall(ROUND, VALUE, lambda r, v: Not(s.vote(n, r, v))))
    last, chosen = term_of(local.vote.ballot), term_of(local.vote.value)
    latest = forall(ROUND, VALUE, lambda r, v: Implies(s.vote(n, r, v), S.le(r, last)))
    return And(left, s.vote(n, last, chosen), S.le(last, promised), latest)


def says(n: Term, promise: Promise, s: State) -> Term:
    """Return what a promise in flight says: it tells the highest vote below its ballot, unless that ballot has a proposal."""
    r = term_of(promise.ballot)
    told = NONE if promise.vote is None else term_of(promise.vote.ballot)
    nothing_higher = forall(ROUND, VALUE, lambda p, v: Implies(And(s.vote(n, p, v), below(p, r)), S.le(p, told)))
    real = True if promise.vote is None else And(below(told, r), s.vote(n, told, term_of(promise.vote.value)))
    used = exists(VALUE, lambda v: s.proposal(r, v))
    return And(s.promise(n, r), Or(used, And(nothing_higher, real)))


@frozen
class Situation:
    """One shape of an acceptor's state and of the message: which parts are there; their values are any."""

    promised: bool
    voted: bool
    accept: bool


SITUATIONS = tuple(
    Situation(promised, voted, accept) for promised, voted, accept in product((True, False), repeat=3) if promised or not voted
)


def acceptor_steps(kind: type[Acceptor], situation: Situation) -> int:
    """Prove every path of an acceptor's handler in one situation; return how many. Raises Refuted."""
    asked, wanted = ballot("asked"), value("wanted")
    local = AcceptorView(ballot("promised") if situation.promised else None, vote("last") if situation.voted else None)
    message: Prepare | Accept = Accept(Vote(asked, wanted)) if situation.accept else Prepare(asked)
    r, v = term_of(asked), term_of(wanted)
    sent = And(r != NONE, S.proposal(r, v) if situation.accept else S.prepared(r))
    real = term_of(local.promised) != NONE if local.promised is not None else z3.BoolVal(True)  # Z3's own signature

    def run(paths: Paths) -> None:
        after = kind((LEARNER,)).receive(local, PROPOSER, message)
        if any(isinstance(effect, Send) and isinstance(effect.message, Nack) for effect in after.effects):
            paths.prove(stands_for(N, after.state, S), "a refusal changes nothing")
            return
        name = "vote" if situation.accept else "promise"
        arguments = {"n": N, "r": r, "v": v} if situation.accept else {"n": N, "r": r}
        action = MODEL.actions[name]
        for guard, formula in action.guards(S, **arguments).items():
            again = And(name == "promise", r == term_of(local.promised)) if local.promised is not None else False
            paths.prove(Or(formula, again) if guard == "not_left" else formula, f"guard {name}.{guard}")
        then = MODEL.after(S, action, arguments)
        paths.prove(stands_for(N, after.state, then), f"after {name}, the state stands for the relations")
        for effect in after.effects:
            match effect:
                case Send(_, Promise() as promise):
                    paths.prove(says(N, promise, then), "the promise tells the truth")
                case Send(_, Accepted(cast)) | Announce(Voted(cast)):
                    paths.prove(then.vote(N, term_of(cast.ballot), term_of(cast.value)), "what is announced is the vote")
                case _:
                    raise Refuted(f"an effect that the model does not know: {type(effect).__name__}")

    return every_path(run, [*invariant(), stands_for(N, local, S), sent, real])


def proposer_steps(kind: type[Proposer], votes: tuple[bool, ...]) -> int:
    """Prove every path of a proposer that receives the last promise of a quorum; return how many. Raises Refuted.

    `votes`: for each member of the quorum, whether its promise tells of a vote.
    """
    quorum, own = len(votes), value("own")
    names = tuple(Address("acceptor", number) for number in range(2 * quorum - 1))
    members = [z3.Const(f"member{number}", NODE) for number in range(quorum)]
    q, mine = z3.Const("q", QUORUM), ballot("mine")
    promises = [Promise(mine, vote(f"told{number}") if there else None) for number, there in enumerate(votes)]
    earlier = Map(tuple((names[number], promises[number].vote) for number in range(quorum - 1)))
    state = Preparing(mine, CLIENT, own, earlier)

    def run(paths: Paths) -> None:
        after = kind(PROPOSER, names).receive(state, names[quorum - 1], promises[-1])
        if after is None:
            raise Refuted("the proposer ignores a promise in its own ballot")
        (proposed,) = [effect.event.vote for effect in after.effects if isinstance(effect, Announce) and isinstance(effect.event, Proposed)]
        highest = z3.Const("highest", ROUND)
        told = [term_of(promise.vote.ballot) for promise in promises if promise.vote is not None] or [NONE]
        is_highest = And(Or([highest == each for each in told]), *[S.le(each, highest) for each in told])
        arguments = {"r": term_of(proposed.ballot), "q": q, "h": highest, "v": term_of(proposed.value)}
        for guard, formula in MODEL.actions["propose"].guards(S, **arguments).items():
            paths.prove(Implies(is_highest, formula), f"guard propose.{guard}")

    r = term_of(mine)
    is_quorum = forall(NODE, lambda n: S.member(n, q) == Or([n == each for each in members]))
    fresh = forall(VALUE, lambda v: Not(S.proposal(r, v)))
    said = [says(member, promise, S) for member, promise in zip(members, promises, strict=True)]
    return every_path(run, [*invariant(), is_quorum, fresh, r != NONE, *said])


def stable() -> Iterator[str]:
    """Yield each way in which somebody else's step makes an assumption untrue; nothing, if they are stable."""
    promises = [Promise(ballot("r"), None), Promise(ballot("r"), vote("told"))]
    states = [AcceptorView(), AcceptorView(ballot("promised")), AcceptorView(ballot("promised"), vote("last"))]
    for name, action in MODEL.actions.items():
        arguments = MODEL.arguments(action)
        then = MODEL.after(S, action, arguments)
        step = [*invariant(), *action.guards(S, **arguments).values()]
        others = [arguments["n"] != N] if "n" in arguments else []
        claims: list[tuple[str, Term, Term, list[Term]]] = [
            (f"a promise, by {name}", says(N, each, S), says(N, each, then), []) for each in promises
        ]
        claims += [(f"a state, by {name} of another", stands_for(N, each, S), stands_for(N, each, then), others) for each in states]
        for what, before, after, other in claims:
            if ask([*step, before, *other])[0] is not Answer.SAT:
                yield f"{what}: could not happen, so that nothing is shown"
            elif ask([*step, before, *other, Not(after)])[0] is not Answer.UNSAT:
                yield what


# ---- the handlers with a mistake each: the same proof must fail, at a named guard


@frozen
class PromisesAnything(Acceptor):
    """Promises a ballot although it has promised a higher one."""

    def may_promise(self, ballot: Ballot, promised: Ballot) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class VotesAnywhere(Acceptor):
    """Votes in a ballot below the one that it has promised."""

    def may_vote(self, ballot: Ballot, promised: Ballot) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class AdoptsTheLowest(Proposer):
    """Adopts some earlier vote, not the highest. Exploring two ballots does not show it."""

    def safe_value(self, votes: list[Vote], own: str) -> str:
        return min(votes, key=lambda vote: vote.ballot).value if votes else own


Run = Callable[[], Iterator[int]]


def _acceptors(kind: type[Acceptor]) -> Run:
    return lambda: (acceptor_steps(kind, situation) for situation in SITUATIONS)


def _proposers(kind: type[Proposer]) -> Run:
    return lambda: (proposer_steps(kind, votes) for quorum in (2, 3) for votes in product((False, True), repeat=quorum))


WRONG: dict[str, tuple[tuple[type[Acceptor | Proposer], Run, str], ...]] = {
    "acceptor": (
        (PromisesAnything, _acceptors(PromisesAnything), "guard promise.not_left"),
        (VotesAnywhere, _acceptors(VotesAnywhere), "guard vote.not_left"),
    ),
    "proposer": ((AdoptsTheLowest, _proposers(AdoptsTheLowest), "guard propose.highest_vote"),),
}


def refuted_by(run: Run) -> str:
    """Return what refutes a handler; empty, if it is proved."""
    try:
        return "" if sum(run()) else "no path"
    except Refuted as refuted:
        return str(refuted)


def _check(run: Run, role: str) -> Callable[[], Outcome]:
    def check() -> Outcome:
        try:
            paths = sum(run())
        except Refuted as refuted:
            return Outcome(Standing.FAILED, str(refuted))
        missed = [kind.__name__ for kind, wrong, guard in WRONG[role] if refuted_by(wrong) != guard]
        if missed:
            return Outcome(Standing.FAILED, f"not refuted as expected: {', '.join(missed)}")
        return Outcome(Standing.PROVED, f"{paths} paths, {len(WRONG[role])} wrong handlers refuted")

    return check


def _page(theorem: str, role: str) -> Callable[[], Iterator[str]]:
    def page() -> Iterator[str]:
        yield f"paxos_synod.{theorem}"
        yield from (f"  {line}".rstrip() for line in (__doc__ or "").strip().splitlines())
        yield ""
        for kind, wrong, _ in WRONG[role]:
            yield f"  {kind.__name__}: {(kind.__doc__ or '').strip()}"
            yield f"    refuted by {refuted_by(wrong)}"

    return page


def _stable() -> Outcome:
    wrong = list(stable())
    return Outcome(Standing.FAILED, "; ".join(wrong)) if wrong else Outcome(Standing.PROVED, "assumptions kept by every action")


ACCEPTOR = Theorem(
    "paxos_synod.acceptor_takes_steps_of_the_model",
    "Whatever its state and the message, the shipped Acceptor takes an enabled step of the proved model, or none.",
    "for all acceptors, ballots, values and states",
    _check(_acceptors(Acceptor), "acceptor"),
    explain=_page("acceptor_takes_steps_of_the_model", "acceptor"),
)
PROPOSERS = Theorem(
    "paxos_synod.proposer_obeys_the_model",
    "Whatever it is told, the shipped Proposer proposes as the proved model allows.",
    "for all ballots, values and states; quorums of 2 and 3",
    _check(_proposers(Proposer), "proposer"),
    explain=_page("proposer_obeys_the_model", "proposer"),
)
STABLE = Theorem(
    "paxos_synod.assumptions_are_stable",
    "What the two theorems assume of states and promises, nobody else's step makes untrue.",
    "for all acceptors, ballots, values and states",
    _stable,
)
