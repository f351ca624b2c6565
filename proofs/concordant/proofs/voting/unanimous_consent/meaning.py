"""One-shot unanimity: what the states and words of the shipped code mean in the proved model.

The model's nodes are the electors that do not lie. Who is neither one of them nor the coordinator may say whatever it likes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

import z3

from concordant.proofs.kernel.meaning import ME, WHO, Cast, Meaning, Role, Said, Taken, members, naming, unknown, who
from concordant.proofs.kernel.models import Model, State, Term, forall
from concordant.proofs.voting.unanimous_consent.claim import consent
from concordant.refimpl.machine import Handled, Step
from concordant.refimpl.voting.unanimous_consent import Closed, Collecting, Considering, Coordinator, Elector, Idle, Listening, Told, Voted
from concordant.spec.vocabulary import Address, Announce, Rejected, Reply
from concordant.spec.voting.unanimous_consent import Consented, Decided, Decision, Put, Question, Vetoed, Vote

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies
MODEL = consent()
NODE = MODEL.sorts["Node"]
node_of = naming(NODE)
IS_HONEST = z3.Function("is an honest elector", WHO.sort, z3.BoolSort())
IS_ELECTOR = z3.Function("is an elector", WHO.sort, z3.BoolSort())
CHAIR: Address = WHO.symbol("coordinator")


def electorate(count: int) -> Cast:
    """Return a cast of so many electors, who are all there are, around this coordinator; any of them may lie."""
    names = members("elector", count)
    are_all = forall(WHO.sort, lambda x: IS_ELECTOR(x) == Or([x == who(name) for name in names]))
    are_nodes = forall(NODE, lambda n: Or([And(IS_HONEST(who(name)), n == node(name)) for name in names]))
    return Cast(f"{count} elector{'s' * (count != 1)}", names, (are_all, are_nodes, who(ME) == who(CHAIR)))


def node(address: Address) -> Term:
    """Return the node that an honest elector is."""
    return node_of(who(address))


MEMBER = Cast("any number of electors", facts=(IS_HONEST(who(ME)),))


class Unanimity(Meaning):
    """Honest electors are the model's nodes; who coordinates is none of them."""

    stem = "unanimous_consent"
    domains = ()
    said = Consented | Vetoed | Decided | Rejected
    background: ClassVar = {
        "no two honest electors are one node": forall(
            WHO.sort, WHO.sort, lambda x, y: Implies(And(IS_HONEST(x), IS_HONEST(y), node_of(x) == node_of(y)), x == y)
        ),
        "the coordinator is no honest elector": Not(IS_HONEST(who(CHAIR))),
    }
    roles = (
        Role(
            Coordinator,
            lambda kind, me, cast: kind(cast.members),  # noqa: ARG005
            ("accept", "decline"),
            (electorate(1), electorate(2), electorate(3)),
            lambda cast: {"Collecting.consents": len(cast.members) - 1},
            outlived=True,
        ),
        Role(Elector, lambda kind, me, cast: kind(CHAIR), ("consent", "veto", "tell_yes", "tell_no"), (MEMBER,)),  # noqa: ARG005
    )

    def make_model(self) -> Model:
        return MODEL

    def state(self, s: State, me: Address, state: Any) -> Said:
        n = node(me)
        match state:
            case Idle():
                return {"it is the coordinator": who(me) == who(CHAIR), "nothing is decided": _undecided(s)}
            case Collecting(_, consents):
                return {
                    "it is the coordinator": who(me) == who(CHAIR),
                    "nothing is decided": _undecided(s),
                    "whom it counts is an elector, and has consented if it is honest": And([_has_consented(s, each) for each in consents]),
                }
            case Closed(accepted):
                return {"it is the coordinator": who(me) == who(CHAIR), "it knows what is decided": _decided(s, accepted=accepted)}
            case Listening() | Considering():
                return {"it is honest": IS_HONEST(who(me)), "it has not voted": Not(Or(s.consented(n), s.vetoed(n)))}
            case Voted():
                return {"it is honest": IS_HONEST(who(me))}
            case Told(accepted):
                told = s.told_yes(n) if accepted else s.told_no(n)
                return {"it is honest": IS_HONEST(who(me)), "it was told what is decided": And(told, _decided(s, accepted=accepted))}
            case _:
                return unknown(state)

    def message(self, s: State, source: Address, message: Any) -> Said | None:
        match message:
            case Vote(True):
                return {"the sender has consented, if it is honest": Implies(IS_HONEST(who(source)), s.consented(node(source)))}
            case Decision(accepted):
                return {
                    "it is what was decided, if the coordinator says so": Implies(who(source) == who(CHAIR), _decided(s, accepted=accepted))
                }
            case Vote() | Question():
                return {}
            case _:
                return None

    def saying(self, s: State, me: Address, what: Any, asked: Any) -> Said | None:
        match what, asked:
            case Consented(), _:
                return {"it has consented": s.consented(node(me))}
            case Vetoed(), _:
                return {"it has vetoed": s.vetoed(node(me))}
            case (Decided(accepted), None) | (Decided(accepted), Put()):
                return {"it is what was decided": _decided(s, accepted=accepted)}
            case Rejected(), Put():
                return {}
            case _:
                return None

    def serves(self, state: Any) -> Iterable[tuple[Address, Any]]:
        return ((state.client, Put()),) if isinstance(state, Collecting) else ()

    def lies(self, process: Term) -> Term:
        return And(Not(IS_HONEST(process)), process != who(CHAIR))

    def steps(self, me: Address, before: Any, move: Handled | None, after: Step[Any], cast: Cast) -> Iterator[Taken]:
        for effect in after.effects:
            match effect:
                case Announce(Consented()):
                    yield "consent", {"n": node(me)}
                case Announce(Vetoed()):
                    yield "veto", {"n": node(me)}
                case Announce(Decided(accepted)) | Reply(_, Decided(accepted)):
                    yield ("accept" if accepted else "decline"), {}
                case _:
                    pass
        if isinstance(after.state, Told):
            yield ("tell_yes" if after.state.accepted else "tell_no"), {"n": node(me)}

    def may_take(self, process: Term, action: str, arguments: Mapping[str, Term]) -> Term:
        match arguments:
            case {"n": n}:
                return And(IS_HONEST(process), n == node_of(process))
            case _:
                return process == who(CHAIR)


def _undecided(s: State) -> Term:
    return Not(Or(s.accepted(), s.declined()))


def _decided(s: State, *, accepted: bool) -> Term:
    return s.accepted() if accepted else s.declined()


def _has_consented(s: State, voter: Address) -> Term:
    return And(IS_ELECTOR(who(voter)), Implies(IS_HONEST(who(voter)), s.consented(node(voter))))
