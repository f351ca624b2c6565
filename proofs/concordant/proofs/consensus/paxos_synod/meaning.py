"""Paxos: what the states and words of the shipped code mean in the proved model. Ballots are its rounds, in its own order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

import z3

from concordant.proofs.consensus.paxos_synod.claim import paxos
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
from concordant.proofs.kernel.symbols import SymbolicClass, part_of
from concordant.refimpl.consensus.paxos_synod import Accepting, Acceptor, Idle, Learner, Learning, Preparing, Proposer
from concordant.refimpl.machine import Ask, Handled, Receive, Step
from concordant.spec.consensus.paxos_synod import (
    Accept,
    Accepted,
    AcceptorView,
    Ballot,
    Began,
    Chosen,
    Nack,
    Preempted,
    Prepare,
    Promise,
    Propose,
    Proposed,
    Superseded,
    Vote,
    Voted,
)
from concordant.spec.vocabulary import Address, Announce, Rejected, Reply, Send, Unknown

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies
MODEL = paxos()
NODE, QUORUM, ROUND, WANTED = (MODEL.sorts[name] for name in ("Node", "Quorum", "Round", "Value"))
S = MODEL.state()
NONE = S.none()
node_of = naming(NODE)
IS_ACCEPTOR = z3.Function("is an acceptor", WHO.sort, z3.BoolSort())
OWNER = z3.Function("owner", ROUND, WHO.sort)
ASKER = z3.Function("asker", WANTED, WHO.sort)
"""Of a round, the proposer whose name its ballot carries; of a value, the proposer that is asked for it."""

A_MAJORITY_IS_A_QUORUM = Supposition("any majority of the acceptors is a quorum")


def node(address: Address) -> Term:
    """Return the node that an acceptor is."""
    return node_of(who(address))


def majority(cast: Cast) -> int:
    """Return how many acceptors are a quorum."""
    return len(cast.members) // 2 + 1


def below(a: Term, b: Term) -> Term:
    """Return that a round is below another."""
    return Not(S.le(b, a))


def _made(made: Ballot, term: Term) -> Term:
    """What a proposer knows of a ballot that it makes: whose it is; and, if its number is larger than another's, that it is above."""
    other = part_of(made.round)
    above = below(BALLOT.term(other.whole), term) if other is not None and other.more > 0 else z3.BoolVal(True)  # Z3's own signature
    return And(OWNER(term) == who(made.proposer), above)


BALLOT = SymbolicClass(Ballot, "ballots", ROUND, order=S.le, real=lambda term: term != NONE, made=_made)
VALUE = SymbolicClass(str, "values", WANTED)


def pair(vote: Vote) -> tuple[Term, Term]:
    """Return the round and the value of a vote."""
    return BALLOT.term(vote.ballot), VALUE.term(vote.value)


def acceptors(count: int) -> Cast:
    """Return a cast of so many acceptors, who are all there are."""
    names = members("acceptor", count)
    are_all = forall(WHO.sort, lambda x: IS_ACCEPTOR(x) == Or([x == who(name) for name in names]))
    return Cast(f"{count} acceptors", names, (are_all,))


def anyone(learners: int) -> Cast:
    """Return the cast of an acceptor that tells so many learners."""
    return Cast("any number of acceptors", members("learner", learners), (IS_ACCEPTOR(who(ME)),))


class Paxos(Meaning):
    """Acceptors are the model's nodes. A request is for a value that nobody has asked for before."""

    stem = "paxos_synod"
    domains = (BALLOT, VALUE)
    number = (BALLOT, "round")
    said = Began | Proposed | Voted | Chosen | Superseded | Preempted | Unknown | Rejected
    supposes: ClassVar = (A_MAJORITY_IS_A_QUORUM,)
    background: ClassVar = {
        "no two acceptors are one node": forall(
            WHO.sort, WHO.sort, lambda x, y: Implies(And(IS_ACCEPTOR(x), IS_ACCEPTOR(y), node_of(x) == node_of(y)), x == y)
        )
    }
    roles = (
        Role(Acceptor, lambda kind, me, cast: kind(cast.members), ("promise", "vote"), (anyone(1), anyone(0), anyone(2))),  # noqa: ARG005
        Role(
            Proposer,
            lambda kind, me, cast: kind(me, cast.members),
            ("ask", "refuse", "prepare", "propose", "decide"),
            (acceptors(3), acceptors(4), acceptors(5)),
            lambda cast: {"Preparing.promises": len(cast.members) // 2, "Accepting.voters": len(cast.members) // 2},
            large=(acceptors(7),),
        ),
        Role(
            Learner,
            lambda kind, me, cast: kind(majority(cast)),  # noqa: ARG005
            ("decide",),
            (acceptors(3), acceptors(4)),
            lambda cast: {"Learning.votes": len(cast.members)},
            large=(acceptors(5),),
        ),
    )

    def make_model(self) -> Model:
        return MODEL

    def state(self, s: State, me: Address, state: Any) -> Said:
        match state:
            case AcceptorView(promised, vote):
                return _acceptor(s, me, promised, vote)
            case Idle(round):
                heard = part_of(round)
                highest = NONE if heard is None else BALLOT.term(heard.whole)
                return {"its own proposals are in no higher ballot": _own_up_to(s, me, highest)}
            case Preparing(ballot, _, value, promises):
                r, v = BALLOT.term(ballot), VALUE.term(value)
                said = {
                    "the ballot is its own": OWNER(r) == who(me),
                    "nothing is proposed in its ballot": Not(_used(s, r)),
                    "its own proposals are in no higher ballot": _own_up_to(s, me, r),
                    "it was asked for its value": And(s.asked(v), ASKER(v) == who(me), Not(s.refused(v))),
                    "nobody has proposed its value": forall(ROUND, lambda p: Not(s.proposal(p, v))),
                }
                for number, (source, vote) in enumerate(promises.items()):
                    told = _promise(s, source, Promise(ballot, vote))
                    said |= {f"of promise {number}, {what}": term for what, term in told.items()}
                return said
            case Accepting(proposal, _, value, voters):
                v = VALUE.term(value)
                return {
                    "the ballot is its own": OWNER(BALLOT.term(proposal.ballot)) == who(me),
                    "it was asked for its value": And(s.asked(v), ASKER(v) == who(me), Not(s.refused(v))),
                    "it has proposed its value, or nobody has": Or(
                        v == VALUE.term(proposal.value), forall(ROUND, lambda p: Not(s.proposal(p, v)))
                    ),
                    "it has proposed what it asks votes for": s.proposal(*pair(proposal)),
                    "its own proposals are in no higher ballot": _own_up_to(s, me, BALLOT.term(proposal.ballot)),
                    "whom it counts has voted for its proposal": And([_has_voted(s, voter, proposal) for voter in voters]),
                }
            case Learning(votes, chosen):
                return {
                    "the votes that it keeps were cast": And([_has_voted(s, voter, vote) for voter, vote in votes.items()]),
                    "what it has learned is decided": z3.BoolVal(True) if chosen is None else s.decided(*pair(chosen)),
                }
            case _:
                return unknown(state)

    def message(self, s: State, source: Address, message: Any) -> Said | None:
        match message:
            case Prepare(ballot):
                return {"the ballot was prepared": s.prepared(BALLOT.term(ballot))}
            case Promise():
                return _promise(s, source, message)
            case Accept(vote):
                return {"it was proposed": s.proposal(*pair(vote))}
            case Accepted(vote):
                return {"the sender has voted for it": _has_voted(s, source, vote)}
            case Nack(ballot, promised):
                return {"a higher ballot was promised": below(BALLOT.term(ballot), BALLOT.term(promised))}
            case _:
                return None

    def saying(self, s: State, me: Address, what: Any, asked: Any) -> Said | None:
        match what, asked:
            case Began(ballot), _:
                return {"the ballot was prepared": s.prepared(BALLOT.term(ballot))}
            case Proposed(vote), _:
                return {"it was proposed": s.proposal(*pair(vote))}
            case Voted(vote), _:
                return {"it has voted for it": s.vote(node(me), *pair(vote))}
            case Chosen(vote), Propose(value):
                return {"it is decided": s.decided(*pair(vote)), "it is the value asked for": VALUE.term(vote.value) == VALUE.term(value)}
            case Chosen(vote), _:
                return {"it is decided": s.decided(*pair(vote))}
            case Superseded(vote), Propose(value):
                return {"it is decided": s.decided(*pair(vote)), "the value asked for is refused": s.refused(VALUE.term(value))}
            case ((Preempted() | Rejected()), Propose(value)):
                return {"the value asked for is refused": s.refused(VALUE.term(value))}
            case Unknown(), _:
                return {}
            case _:
                return None

    def request(self, s: State, me: Address, request: Propose) -> Said:
        v = VALUE.term(request.value)
        return {"nobody has asked for the value before": Not(s.asked(v)), "no other proposer is asked for it": ASKER(v) == who(me)}

    def serves(self, state: Any) -> Iterable[tuple[Address, Any]]:
        match state:
            case Preparing(_, client, value) | Accepting(_, client, value):
                return ((client, Propose(value)),)
            case _:
                return ()

    def steps(self, me: Address, before: Any, move: Handled | None, after: Step[Any], cast: Cast) -> Iterator[Taken]:
        match move:
            case Ask(_, _, Propose(value)):
                yield "ask", {"v": VALUE.term(value)}
            case _:
                pass
        for effect in after.effects:
            match effect:
                case Announce(Began(ballot)) | Send(_, Prepare(ballot)):
                    yield "prepare", {"r": BALLOT.term(ballot)}
                case Send(_, Promise(ballot)):
                    yield "promise", {"n": node(me), "r": BALLOT.term(ballot)}
                case Announce(Proposed(vote)):
                    yield "propose", _proposal(before, move, vote, cast)
                case Announce(Voted(vote)):
                    yield "vote", {"n": node(me), **_pair(vote)}
                case Announce(Chosen(vote)) | Reply(_, Chosen(vote) | Superseded(vote)):
                    yield "decide", {**_pair(vote), "q": _quorum(cast, [name for name, cast_ in _votes(before, move) if cast_ == vote])}
                case _:
                    pass
            match effect, move:
                case Reply(client, Rejected()), Ask(_, asking, Propose(value)) if client == asking:
                    yield "refuse", {"v": VALUE.term(value)}
                case Reply(_, Preempted() | Rejected() | Superseded()), _ if isinstance(before, Preparing | Accepting):
                    yield "refuse", {"v": VALUE.term(before.value)}
                case _:
                    pass

    def may_take(self, process: Term, action: str, arguments: Mapping[str, Term]) -> Term:
        match action, arguments:
            case (("promise" | "leave" | "vote"), {"n": n}):
                return And(IS_ACCEPTOR(process), n == node_of(process))
            case (("ask" | "refuse"), {"v": v}):
                return ASKER(v) == process
            case "prepare", {"r": r}:
                return OWNER(r) == process
            case "propose", {"r": r, "h": h, "v": v}:
                return And(OWNER(r) == process, Implies(h == NONE, ASKER(v) == process))
            case _:
                return z3.BoolVal(True)  # Z3's own signature


# ---- what is said


def _acceptor(s: State, me: Address, promised: Ballot | None, vote: Vote | None) -> Said:
    """An acceptor has left exactly what is below its promise, and voted no later than it remembers."""
    n, highest = node(me), NONE if promised is None else BALLOT.term(promised)
    said = {
        "it is an acceptor": IS_ACCEPTOR(who(me)),
        "it has left what is below its promise, and nothing else": forall(ROUND, lambda r: s.left(n, r) == below(r, highest)),
    }
    if vote is None:
        return {**said, "it has not voted": forall(ROUND, WANTED, lambda r, v: Not(s.vote(n, r, v)))}
    last, chosen = pair(vote)
    return {
        **said,
        "it has cast the vote that it remembers": And(s.vote(n, last, chosen), S.le(last, highest)),
        "it has voted no later": forall(ROUND, WANTED, lambda r, v: Implies(s.vote(n, r, v), S.le(r, last))),
    }


def _promise(s: State, source: Address, promise: Promise) -> Said:
    """A promise tells the highest vote below its ballot, as long as nothing is proposed in that."""
    n, r = node(source), BALLOT.term(promise.ballot)
    told = NONE if promise.vote is None else BALLOT.term(promise.vote.ballot)
    nothing_higher = forall(ROUND, WANTED, lambda p, v: Implies(And(s.vote(n, p, v), below(p, r)), S.le(p, told)))
    real = z3.BoolVal(True) if promise.vote is None else And(below(told, r), s.vote(n, *pair(promise.vote)))
    return {
        "the sender is an acceptor that has promised": And(IS_ACCEPTOR(who(source)), s.promise(n, r)),
        "its vote is the sender's highest below the ballot": Or(_used(s, r), And(nothing_higher, real)),
    }


def _used(s: State, r: Term) -> Term:
    """Something was proposed in a ballot."""
    return exists(WANTED, lambda v: s.proposal(r, v))


def _own_up_to(s: State, me: Address, highest: Term) -> Term:
    """Whatever a proposer has proposed is in no higher ballot."""
    return forall(ROUND, WANTED, lambda r, v: Implies(And(s.proposal(r, v), OWNER(r) == who(me)), S.le(r, highest)))


def _has_voted(s: State, voter: Address, vote: Vote) -> Term:
    return And(IS_ACCEPTOR(who(voter)), s.vote(node(voter), *pair(vote)))


# ---- which actions a step is


def _pair(vote: Vote) -> dict[str, Term]:
    return dict(zip(("r", "v"), pair(vote), strict=True))


def _proposal(before: Any, move: Handled | None, vote: Vote, cast: Cast) -> dict[str, Term]:
    """Return the arguments of `propose`: of those that have promised, a quorum, and the highest vote that they told of."""
    told: list[tuple[Address, Vote | None]] = list(before.promises.items()) if isinstance(before, Preparing) else []
    match before, move:
        case Preparing(ballot), Receive(_, source, Promise(asked, heard)) if asked == ballot:
            told = [*((name, each) for name, each in told if name != source), (source, heard)]
        case _:
            pass
    ballots = [each.ballot for _, each in told if each is not None]
    return {**_pair(vote), "q": _quorum(cast, [name for name, _ in told]), "h": BALLOT.term(max(ballots)) if ballots else NONE}


def _votes(before: Any, move: Handled | None) -> list[tuple[Address, Vote]]:
    """List the votes that a process has been told of, each with its voter."""
    match before:
        case Accepting(proposal, _, _, voters):
            known = [(voter, proposal) for voter in voters]
        case Learning(votes):
            known = list(votes.items())
        case _:
            known = []
    match move:
        case Receive(_, source, Accepted(vote)):
            return [*((name, each) for name, each in known if name != source), (source, vote)]
        case _:
            return known


def _quorum(cast: Cast, voters: list[Address]) -> Term:
    """Return a quorum of these acceptors: any majority is one. Where they are too few, any quorum, of which nothing is known."""
    different: list[Address] = []
    for each in voters:
        if each not in different:
            different.append(each)
    if len(different) < majority(cast):
        return z3.Const("some quorum", QUORUM)
    terms = [who(each) for each in different[: majority(cast)]]
    require_here([("who is counted is an acceptor", IS_ACCEPTOR(term)) for term in terms])
    q = z3.Const(f"quorum of {terms}", QUORUM)
    A_MAJORITY_IS_A_QUORUM.suppose(str(q), lambda: forall(NODE, lambda n: S.member(n, q) == Or([n == node_of(term) for term in terms])))
    return q
