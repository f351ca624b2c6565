"""What goes wrong where votes are counted: too few, too many, the same twice, or of another view."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.consensus.pbft import PROMISES, Replica, State, system
from concordant.refimpl.consensus.shared.byzantine import Sizes
from concordant.refimpl.machine import Forge, Pitfall, Receive, Step, System, step
from concordant.spec.consensus.pbft import Certificate, Commit, History, OfAView, Prepare, PrePrepare, Request, ViewChange, Vote
from concordant.spec.consensus.pbft import clauses as spec
from concordant.spec.vocabulary import Address, Faults, Network, addresses, broadcast

R0, R1, R2, R3, R4 = addresses("replica", 5)
C0, C1 = addresses("client", 2)
X, Y = Request(C0, "x"), Request(C0, "y")
COPIES = Network(duplicating=True)
TIMELY = Faults(synchronous=True)


def tells(by: Address, to: tuple[Address, ...], *messages: object) -> tuple[Forge, ...]:
    """List lies: each of some messages to each of some replicas."""
    return tuple(Forge(each, by, message) for message in messages for each in to)


# ---- mistakes


@frozen
class NeedsTwiceTheLiarsAndOne(Replica):
    """Takes 2f + 1 for a quorum, however many replicas there are."""

    def is_quorum(self, who: frozenset[Address]) -> bool:
        return len(who) >= self.sizes.lasting


@frozen
class NeedsThoseItCanWaitFor(Replica):
    """Takes n - f for a quorum, also of three."""

    def is_quorum(self, who: frozenset[Address]) -> bool:
        return len(who) >= len(self.members) - self.sizes.liars


@frozen
class CountsTheList(Replica):
    """Counts the places of the list of members, on which somebody may stand several times."""

    def is_quorum(self, who: frozenset[Address]) -> bool:
        return sum(member in who for member in self.members) >= self.sizes.quorum


@frozen
class NeedsAsManyAsThereMustBe(Replica):
    """Takes 3f + 1, the number of replicas that there must be at least, for the number that must be honest, and waits for so many."""

    def is_quorum(self, who: frozenset[Address]) -> bool:
        return len(who) >= 3 * self.sizes.liars + 1


@frozen
class IgnoresViews(Replica):
    """Compares requests, and not the views in which they were signed."""

    def is_stale(self, state: State, message: OfAView) -> bool:  # noqa: ARG002  # that is the mistake
        return False

    def counts(self, state: State, vote: Vote | Commit) -> bool:
        return vote.request == state.proposal


@frozen
class CountsAnybody(Replica):
    """Counts whoever signs, also who is no member."""

    def is_member(self, source: Address) -> bool:  # noqa: ARG002  # that is the mistake
        return True

    def is_quorum(self, who: frozenset[Address]) -> bool:
        return len(who) >= self.sizes.quorum


@frozen
class CountsVotes(Replica):
    """Counts votes, and not who has signed them."""

    def prepare(self, state: State) -> Step[State] | None:
        votes = [one for one in state.log if isinstance(one.message, Vote) and self.counts(state, one.message)]
        if state.proposal is None or state.is_prepared or len(votes) < self.sizes.quorum:
            return None
        message = Commit(state.view, state.proposal)
        prepared = evolve(state, prepared=Certificate(state.view, state.proposal, frozenset(one.by for one in votes)))
        return step(prepared.signs(self.me, message), *broadcast(self.peers, message))


@frozen
class CountsChanges(Replica):
    """Counts changes of view, and not who has sent them."""

    def follow(self, state: State) -> Step[State] | None:
        later = sorted(one.message.view for one in state.log if isinstance(one.message, ViewChange) and one.message.view > state.view)
        return self.enter(state, later[-self.sizes.witnesses]) if len(later) >= self.sizes.witnesses else None


@frozen
class CertifiesItself(Replica):
    """Takes a certificate for a quorum of itself."""

    def prepare(self, state: State) -> Step[State] | None:
        prepared = super().prepare(state)
        if prepared is None or prepared.state.prepared is None:
            return prepared
        return evolve(prepared, state=evolve(prepared.state, prepared=evolve(prepared.state.prepared, signers=frozenset({self.me}))))


@frozen
class CertifiesForAll(Replica):
    """Puts all replicas into a certificate, since all have been told."""

    def prepare(self, state: State) -> Step[State] | None:
        prepared = super().prepare(state)
        if prepared is None or prepared.state.prepared is None:
            return prepared
        return evolve(prepared, state=evolve(prepared.state, prepared=evolve(prepared.state.prepared, signers=frozenset(self.members))))


@frozen
class DecidesAsOthersDo(Replica):
    """Decides what a quorum of others has committed to, and need not have a certificate itself."""

    def decide(self, state: State) -> Step[State] | None:
        others = Certificate(state.view, state.proposal, frozenset()) if state.proposal is not None else None
        decided = super().decide(evolve(state, prepared=others))
        return None if decided is None else evolve(decided, state=evolve(decided.state, prepared=state.prepared))


# ---- the pitfalls, in systems as small as show them


def _five(replica: type[Replica]) -> System[History]:
    lies = tells(R0, (R1, R2), PrePrepare(0, X), Commit(0, X)) + tells(R0, (R3, R4), PrePrepare(0, Y), Commit(0, Y))
    return system(5, liars=(R0, C0), lies=lies, network=COPIES, views=1, replica=replica)


def _decide(one: Address, other: Address, request: Request) -> tuple[object, ...]:
    """The liar has two replicas sign a request, and helps one of them to decide it."""
    return (
        Forge(one, R0, PrePrepare(0, request)),
        Forge(other, R0, PrePrepare(0, request)),
        Receive(one, other, Prepare(0, request)),
        Receive(other, one, Prepare(0, request)),
        Receive(one, other, Commit(0, request)),
        Forge(one, R0, Commit(0, request)),
    )


NO_FAULTS = Pitfall(
    "PBF-1",
    "A quorum is 2f + 1, here of two replicas, neither of which lies: each is a quorum by itself, and they decide differently.",
    breaks=spec.agreement,
    subject=system(2, faulty=0, asks=("x", "y"), network=COPIES, views=2, replica=NeedsTwiceTheLiarsAndOne),
    length=5,
)
OF_FIVE = Pitfall(
    "PBF-2",
    "A quorum is 2f + 1, here three of five: the lying primary is in both quorums, and nobody honest is.",
    breaks=spec.agreement,
    subject=_five(NeedsTwiceTheLiarsAndOne),
    length=12,
    schedule=(*_decide(R1, R2, X), *_decide(R3, R4, Y)),
    correct=_five(Replica),
    correct_stops_at=5,
)


def _waits(
    members: int, liars: tuple[Address, ...], lies: tuple[Forge, ...], replica: type[Replica] = NeedsThoseItCanWaitFor
) -> System[History]:
    """The primary lies to replicas of which any two are taken for a quorum."""
    return system(members, faulty=members - 2, liars=(R0, *liars), lies=lies, network=COPIES, views=1, replica=replica)


ONE_OF_THREE = tells(R0, (R1, R2), PrePrepare(0, X)) + tells(R0, (R3,), PrePrepare(0, Y))
OF_THREE = Pitfall(
    "pbft.NeedsThoseItCanWaitFor",
    "Of three replicas two are taken for a quorum, since one may be silent: it lies instead, and gives two certificates.",
    breaks=spec.certificates_agree,
    subject=_waits(3, (C0,), tells(R0, (R1,), PrePrepare(0, X)) + tells(R0, (R2,), PrePrepare(0, Y))),
    length=2,
)
OF_TWO_CLIENTS = Pitfall(
    "pbft.NeedsThoseItCanWaitFor/clients",
    "The same, and two clients have asked for the same.",
    breaks=spec.certificates_agree,
    subject=_waits(3, (C0, C1), tells(R0, (R1,), PrePrepare(0, X)) + tells(R0, (R2,), PrePrepare(0, Request(C1, "x")))),
    length=2,
)
OF_FOUR = Pitfall(
    "pbft.NeedsThoseItCanWaitFor/four",
    "Of four replicas, of which two may be silent, two are taken for a quorum: two agree, and a third has another certificate.",
    breaks=spec.certificates_agree,
    subject=_waits(4, (C0,), ONE_OF_THREE),
    length=3,
    schedule=ONE_OF_THREE,
    correct=_waits(4, (C0,), ONE_OF_THREE, Replica),
)
COUNTS_PLACES = Pitfall(
    "PBF-3",
    "The list of members has one of them three times, which then is a quorum by itself.",
    breaks=spec.a_decision_has_a_quorum,
    subject=evolve(
        system(liars=(R0, C0), lies=tells(R0, (R1,), PrePrepare(0, X), Commit(0, X)), network=COPIES, views=1),
        processes={R1: CountsTheList(R1, (R0, R0, R0, R1), (C0,), Sizes(4, 1))},
    ),
    length=2,
)
REPLAY = Pitfall(
    "PBF-5",
    "Votes are compared by request and not by view: those of the first view, which are received again, count in the second.",
    breaks=spec.a_decision_has_a_quorum,
    subject=system(2, faulty=0, asks=("x",), network=COPIES, views=2, replica=IgnoresViews),
    length=7,
)
ALL_OF_THEM = Pitfall(
    "PBF-10",
    "3f + 1, which is how many replicas there must be, is read as how many must be honest: a quorum is everybody, and one is silent.",
    breaks=spec.every_request_is_answered,
    subject=system(asks=("x",), liars=(R3,), faults=TIMELY, replica=NeedsAsManyAsThereMustBe, promises=PROMISES),
    length=18,
)
VOTES_TWICE = Pitfall(
    "pbft.CountsVotes",
    "Votes are counted, and not who has signed them: a primary that lies votes for its own proposal, too, and with one other replica makes a quorum of three.",
    breaks=spec.a_certificate_is_true,
    subject=system(liars=(R0, C0), lies=tells(R0, (R1,), PrePrepare(0, X), Prepare(0, X)), network=COPIES, views=1, replica=CountsVotes),
    length=2,
)
MOVES_TWICE = Pitfall(
    "pbft.CountsChanges",
    "Changes of view are counted, and not who has sent them: one that lies says that it has come to the next view, and then to the one after, and is followed.",
    breaks=spec.nobody_moves_without_a_cause,
    subject=system(
        liars=(R3,), lies=tells(R3, (R1,), ViewChange(1, None), ViewChange(2, None)), network=COPIES, views=2, replica=CountsChanges
    ),
    length=2,
)
ALONE = Pitfall(
    "pbft.CertifiesItself",
    "A certificate keeps the signature of whoever has it: it shows that one replica has signed.",
    breaks=spec.a_certificate_is_true,
    subject=system(2, faulty=0, asks=("x",), network=COPIES, views=1, replica=CertifiesItself),
    length=3,
)
FOR_ALL = Pitfall(
    "pbft.CertifiesForAll",
    "A certificate names all replicas, of which the last has signed nothing yet.",
    breaks=spec.a_certificate_is_true,
    subject=system(3, faulty=0, liars=(C0,), lies=tells(C0, (R0,), X), network=COPIES, views=1, replica=CertifiesForAll),
    length=2,
)


def _as_others(replica: type[Replica]) -> System[History]:
    """The primary has all sign a request, and helps the last replica to decide it."""
    lies = tells(R0, (R1, R2, R3), PrePrepare(0, X)) + tells(R0, (R3,), Commit(0, X))
    return system(liars=(R0, C0), lies=lies, network=COPIES, views=1, replica=replica)


AS_OTHERS = Pitfall(
    "pbft.DecidesAsOthersDo",
    "A replica decides what others have committed to, with no certificate of its own: it would have none to show if the view fails.",
    breaks=spec.a_decision_has_a_quorum,
    subject=_as_others(DecidesAsOthersDo),
    length=8,
    schedule=(
        Forge(R1, R0, PrePrepare(0, X)),
        Forge(R2, R0, PrePrepare(0, X)),
        Receive(R1, R2, Prepare(0, X)),
        Receive(R2, R1, Prepare(0, X)),
        Forge(R3, R0, PrePrepare(0, X)),
        Forge(R3, R0, Commit(0, X)),
        Receive(R3, R1, Commit(0, X)),
        Receive(R3, R2, Commit(0, X)),
    ),
    correct=_as_others(Replica),
)
STRANGERS = Pitfall(
    "pbft.CountsAnybody",
    "Whoever signs is counted, also who is no member.",
    breaks=spec.a_decision_has_a_quorum,
    subject=system(
        2,
        faulty=0,
        asks=("x",),
        liars=(Address("stranger"),),
        lies=tells(Address("stranger"), (R0,), Prepare(0, X), Commit(0, X)),
        network=COPIES,
        views=1,
        replica=CountsAnybody,
    ),
    length=4,
)
