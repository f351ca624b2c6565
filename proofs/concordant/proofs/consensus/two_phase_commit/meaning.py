"""Two-phase commit: what the states and words of the shipped code mean in the proved model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

import z3

from concordant.proofs.consensus.two_phase_commit.claim import commit
from concordant.proofs.kernel.meaning import ME, WHO, Cast, Meaning, Role, Said, Taken, members, naming, unknown, who
from concordant.proofs.kernel.models import Model, State, Term, forall
from concordant.refimpl.consensus.two_phase_commit import Collecting, Coordinator, Idle, Logged, Participant, Participating
from concordant.refimpl.machine import Handled, Step
from concordant.spec.consensus.two_phase_commit import Commit, Decision, Inquiry, Phase, Prepare, Prepared, Refused, Resolved, Vote
from concordant.spec.vocabulary import Address, Announce, Rejected, Reply

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies
MODEL = commit()
NODE = MODEL.sorts["Node"]
node_of = naming(NODE)
IS_PARTICIPANT = z3.Function("is a participant", WHO.sort, z3.BoolSort())
CHAIR: Address = WHO.symbol("coordinator")


def transaction(count: int) -> Cast:
    """Return a cast of so many participants, who are all there are, around this coordinator."""
    names = members("participant", count)
    are_all = forall(WHO.sort, lambda x: IS_PARTICIPANT(x) == Or([x == who(name) for name in names]))
    are_nodes = forall(NODE, lambda n: Or([n == node(name) for name in names]))
    return Cast(f"{count} participant{'s' * (count != 1)}", names, (are_all, are_nodes, who(ME) == who(CHAIR)))


def node(address: Address) -> Term:
    """Return the node that a participant is."""
    return node_of(who(address))


MEMBER = Cast("any number of participants", facts=(IS_PARTICIPANT(who(ME)), who(ME) != who(CHAIR)))


class TwoPhaseCommit(Meaning):
    """Participants are the model's nodes; who coordinates is none of them."""

    stem = "two_phase_commit"
    domains = ()
    said = Prepared | Refused | Resolved | Rejected
    background: ClassVar = {
        "no two participants are one node": forall(
            WHO.sort, WHO.sort, lambda x, y: Implies(And(IS_PARTICIPANT(x), IS_PARTICIPANT(y), node_of(x) == node_of(y)), x == y)
        ),
        "the coordinator is no participant": Not(IS_PARTICIPANT(who(CHAIR))),
    }
    roles = (
        Role(
            Coordinator,
            lambda kind, me, cast: kind(cast.members),  # noqa: ARG005
            ("log_commit", "log_abort"),
            (transaction(1), transaction(2), transaction(3)),
            lambda cast: {"Collecting.votes": len(cast.members) - 1},
        ),
        Role(Participant, lambda kind, me, cast: kind(CHAIR), ("prepare", "refuse", "commit", "abort"), (MEMBER,)),  # noqa: ARG005
    )

    def make_model(self) -> Model:
        return MODEL

    def state(self, s: State, me: Address, state: Any) -> Said:
        match state:
            case Idle():
                return {"it is the coordinator": who(me) == who(CHAIR), "nothing is logged": _undecided(s)}
            case Collecting(_, votes):
                return {
                    "it is the coordinator": who(me) == who(CHAIR),
                    "nothing is logged": _undecided(s),
                    "whose votes it has are prepared participants": And([_is_prepared(s, voter) for voter in votes]),
                }
            case Logged(commit):
                return {"it is the coordinator": who(me) == who(CHAIR), "it has logged what it says": _logged(s, commit=commit)}
            case Participating(phase):
                return {"it is a participant": IS_PARTICIPANT(who(me)), **_participant(s, node(me), phase)}
            case _:
                return unknown(state)

    def message(self, s: State, source: Address, message: Any) -> Said | None:
        match message:
            case Vote(True):
                return {"the sender is a prepared participant": _is_prepared(s, source)}
            case Vote(False):
                return {"the sender has aborted": s.aborted(node(source))}
            case Decision(commit):
                return {"it is what was logged": _logged(s, commit=commit)}
            case Prepare() | Inquiry():
                return {}
            case _:
                return None

    def saying(self, s: State, me: Address, what: Any, asked: Any) -> Said | None:
        match what, asked:
            case Prepared(), _:
                return {"it is prepared": s.prepared(node(me))}
            case Refused(), _:
                return {"it has refused": s.refused(node(me))}
            case (Resolved(commit), None) | (Resolved(commit), Commit()):
                return {"it is what was logged": _logged(s, commit=commit)}
            case Rejected(), Commit():
                return {}
            case _:
                return None

    def serves(self, state: Any) -> Iterable[tuple[Address, Any]]:
        return ((state.client, Commit()),) if isinstance(state, Collecting) else ()

    def steps(self, me: Address, before: Any, move: Handled | None, after: Step[Any], cast: Cast) -> Iterator[Taken]:
        for effect in after.effects:
            match effect:
                case Announce(Prepared()):
                    yield "prepare", {"n": node(me)}
                case Announce(Refused()):
                    yield "refuse", {"n": node(me)}
                case Announce(Resolved(commit)) | Reply(_, Resolved(commit)) if not isinstance(before, Logged):
                    yield ("log_commit" if commit else "log_abort"), {}
                case _:
                    pass
        match before, after.state:
            case _, Participating(Phase.COMMITTED):
                yield "commit", {"n": node(me)}
            case Participating(Phase.PREPARED | Phase.WORKING), Participating(Phase.ABORTED) if not after.effects:
                yield "abort", {"n": node(me)}
            case _:
                pass

    def may_take(self, process: Term, action: str, arguments: Mapping[str, Term]) -> Term:
        match arguments:
            case {"n": n}:
                return And(IS_PARTICIPANT(process), n == node_of(process))
            case _:
                return process == who(CHAIR)


def _undecided(s: State) -> Term:
    return Not(Or(s.commit_logged(), s.abort_logged()))


def _logged(s: State, *, commit: bool) -> Term:
    return s.commit_logged() if commit else s.abort_logged()


def _is_prepared(s: State, voter: Address) -> Term:
    return And(IS_PARTICIPANT(who(voter)), s.prepared(node(voter)))


def _participant(s: State, n: Term, phase: Phase) -> Said:
    """What a participant has logged: it is in its phase and in no later one."""
    match phase:
        case Phase.WORKING:
            return {"it has done nothing": Not(Or(s.prepared(n), s.refused(n), s.committed(n), s.aborted(n)))}
        case Phase.PREPARED:
            return {"it is prepared": s.prepared(n), "it has not decided": Not(Or(s.refused(n), s.committed(n), s.aborted(n)))}
        case Phase.COMMITTED:
            return {"it has committed": s.committed(n)}
        case Phase.ABORTED:
            return {"it has aborted": s.aborted(n)}
