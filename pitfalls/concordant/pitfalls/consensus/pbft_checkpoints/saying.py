"""What goes wrong with what is said: what replicas sign, to whom they send it, what they execute, and what users are told."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from concordant.pitfalls.consensus.pbft_checkpoints.marks import R0, R1, R2, R3, TWO_USERS, AsksWitnesses, TakesInWhatIsOver, behind, pair
from concordant.refimpl.consensus.pbft_checkpoints import Replica, State, last_is_late, system
from concordant.refimpl.machine import Forge, Pitfall, Step, System, step
from concordant.spec.consensus import pbft_checkpoints as spec
from concordant.spec.consensus.pbft_checkpoints import (
    Certificate,
    Done,
    Executed,
    Fetch,
    History,
    Message,
    Proposal,
    Signable,
    Transfer,
    Vote,
)
from concordant.spec.vocabulary import Address, Announce, Network, Reply, Send, broadcast

# ---- mistakes


@frozen
class TakesRequests(Replica):
    """Gives requests numbers, whoever is the primary."""

    @property
    def primary(self) -> Address:
        return self.me


@frozen
class SaysItTwice(Replica):
    """Sends what it signs twice, to be sure."""

    def sign(self, state: State, message: Signable) -> Step[State]:
        signed = super().sign(state, message)
        return step(signed.state, *signed.effects, *signed.effects)


@frozen
class VotesForItsOwn(Replica):
    """Votes for what it would have proposed."""

    def sign(self, state: State, message: Signable) -> Step[State]:
        return super().sign(state, evolve(message, value="mine") if isinstance(message, Vote) else message)


@frozen
class TellsItself(Replica):
    """Sends what it signs to all, itself among them."""

    def sign(self, state: State, message: Signable) -> Step[State]:
        return step(state.signs(self.me, message), *broadcast(self.members, message))


@frozen
class LeavesOneOut(Replica):
    """Tells as many as are needed for a quorum, and not the last."""

    def sign(self, state: State, message: Signable) -> Step[State]:
        signed = super().sign(state, message)
        return step(signed.state, *(each for each in signed.effects if isinstance(each, Send) and each.to != self.members[-1]))


@frozen
class ProposesWithoutRoom(Replica):
    """Has a high mark for what others propose, and none for what it proposes itself."""

    def has_room(self, state: State, number: int) -> bool:
        return self.me == self.primary or super().has_room(state, number)


@frozen
class FetchesTheLast(Replica):
    """Does not take in the last number of its window, and asks for it."""

    def has_room(self, state: State, number: int) -> bool:
        return super().has_room(state, number if self.me == self.primary else number + 1)


@frozen
class FetchesFromOthers(Replica):
    """Asks all but whoever has told it of something: that one may lie."""

    def instead(self, source: Address) -> tuple[Send, ...]:
        return tuple(Send(peer, Fetch()) for peer in self.peers if peer != source)


@frozen
class HandsOverAll(Replica):
    """Hands over all of its log as if it had signed that itself."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        if isinstance(message, Fetch):
            return step(state, Send(source, Transfer(state.stable, frozenset(one.message for one in state.log))))
        return super().receive(state, source, message)


@frozen
class SignsForAll(Replica):
    """Names itself in the certificate that it hands over, and none of those who have signed."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        if isinstance(message, Fetch):
            return step(state, Send(source, Transfer(evolve(state.stable, signers=frozenset({self.me})), state.signed(self.me))))
        return super().receive(state, source, message)


@frozen
class TakesOverTheSame(Replica):
    """Takes over a checkpoint that is its own already."""

    def take_over(self, state: State, source: Address, stable: Certificate, signed: Iterable[Signable]) -> Step[State] | None:
        same = self.is_certificate(stable) and len(stable.state) == state.low
        return self.stabilized(state, stable) if same else super().take_over(state, source, stable, signed)


@frozen
class SkipsWhatIsMissing(Replica):
    """Executes what has a quorum, though what comes before it has none yet."""

    def execute(self, state: State) -> Step[State] | None:
        done = super().execute(state)
        return super().execute(evolve(state, executed=(*state.executed, "missing"))) if done is None else done


@frozen
class ExecutesInSilence(Replica):
    """Does not say what it executes."""

    def executed(self, state: State, number: int, value: str) -> Step[State]:
        done = super().executed(state, number, value)
        return step(done.state, *(each for each in done.effects if each != Announce(Executed(number, value))))


@frozen
class CountsFromZero(Replica):
    """Counts from zero where it answers, and from one elsewhere."""

    def answer(self, state: State) -> Step[State] | None:
        return _renumbered(super().answer(state), {Done(1): Done(0), Done(2): Done(1)})


@frozen
class AnswersWithTheFirst(Replica):
    """Answers everybody with the number of the first request."""

    def answer(self, state: State) -> Step[State] | None:
        return _renumbered(super().answer(state), {Done(2): Done(1)})


def _renumbered(answered: Step[State] | None, numbers: dict[object, Done]) -> Step[State] | None:
    if answered is None:
        return None
    replies = (each for each in answered.effects if isinstance(each, Reply))
    return step(answered.state, *(Reply(each.to, numbers.get(each.answer, each.answer)) for each in replies))


# ---- the pitfalls, in systems as small as show them


def _beside(replica: type[Replica], *lies: Signable | Fetch) -> System[History]:
    """Return a primary beside one that lies to it."""
    return system(2, faulty=0, liars=(R1,), lies=tuple(Forge(R0, R1, lie) for lie in lies), asks=TWO_USERS, replica=replica)


def _untrue(replica: type[Replica], mistake: str, subject: System[History], length: int, more: str = "") -> Pitfall:
    return Pitfall(f"pbft_checkpoints.{replica.__name__}{more}", mistake, breaks=spec.a_message_is_true, subject=subject, length=length)


ALL_PROPOSE = _untrue(
    TakesRequests,
    "A replica that is not the primary gives a request a number: two may have the same.",
    system(2, faulty=0, asks=((R1, ("x",)),), replica=TakesRequests),
    1,
)
TWICE = _untrue(SaysItTwice, "What is signed is sent twice to each.", pair(SaysItTwice), 1)
ITS_OWN = _untrue(VotesForItsOwn, "A replica votes for what the primary has not proposed.", pair(VotesForItsOwn), 2)
ITSELF = _untrue(TellsItself, "A replica sends what it signs to itself, too.", pair(TellsItself), 1)
NO_ROOM = _untrue(
    ProposesWithoutRoom, "The primary proposes above its high mark: nobody takes that in.", pair(ProposesWithoutRoom, window=1), 2
)
VOTES_LATE = _untrue(
    TakesInWhatIsOver,
    "A replica that has taken a state over votes for what led to it.",
    behind(TakesInWhatIsOver),
    14,
    "/votes",
)
THE_LAST = _untrue(FetchesTheLast, "The last number of the window is fetched, and never taken in.", pair(FetchesTheLast, window=1), 2)
FROM_OTHERS = _untrue(
    FetchesFromOthers,
    "What one has told of is fetched from others, who have not come so far.",
    system(3, faulty=0, window=1, asks=((R0, ("x", "y")),), assume=(last_is_late,), replica=FetchesFromOthers),
    6,
)
ALL_OF_IT = _untrue(HandsOverAll, "Messages of others are handed over as one's own.", _beside(HandsOverAll, Fetch(), Vote(2, "x")), 2)
FOR_ALL = _untrue(SignsForAll, "A certificate is handed over without its signatures.", _beside(SignsForAll, Fetch()), 1)
LATER_WITNESSES = Pitfall(
    "pbft_checkpoints.AsksWitnesses/last",
    "f + 1 are taken for a quorum: the last replica executes first what the others do not.",
    breaks=spec.agreement,
    subject=system(
        liars=(R0,),
        lies=(Forge(R1, R0, Proposal(1, "y")), Forge(R2, R0, Proposal(1, "y")), Forge(R3, R0, Proposal(1, "x"))),
        replica=AsksWitnesses,
    ),
    length=2,
)
THE_SAME = Pitfall(
    "pbft_checkpoints.TakesOverTheSame",
    "A checkpoint that was fetched comes again, and is stable again.",
    breaks=spec.what_is_discarded_is_executed,
    subject=pair(TakesOverTheSame, window=1, copies=True),
    length=9,
)
SKIPS = Pitfall(
    "pbft_checkpoints.SkipsWhatIsMissing",
    "What has a quorum is executed before what comes first.",
    breaks=spec.an_execution_has_a_quorum,
    subject=pair(SkipsWhatIsMissing),
    length=3,
)
NOT_SAID = Pitfall(
    "pbft_checkpoints.ExecutesInSilence",
    "A replica executes, and nobody can tell what.",
    breaks=spec.what_is_done_is_on_record,
    subject=pair(ExecutesInSilence),
    length=2,
)
FROM_ZERO = Pitfall(
    "pbft_checkpoints.CountsFromZero",
    "The first request is answered with the number zero, which none has.",
    breaks=spec.an_answer_is_true,
    subject=pair(CountsFromZero),
    length=3,
)
THE_FIRST = Pitfall(
    "pbft_checkpoints.AnswersWithTheFirst",
    "The second user is told the number of the request of the first.",
    breaks=spec.an_answer_is_true,
    subject=pair(AnswersWithTheFirst),
    length=6,
)
LEFT_OUT = Pitfall(
    "pbft_checkpoints.LeavesOneOut",
    "A quorum is told what there is, and the last replica is not: it has nothing, and nobody notices.",
    breaks=spec.nobody_is_left_behind,
    subject=system(3, faulty=0, asks=((R0, ("x",)),), network=Network(fifo=True), replica=LeavesOneOut),
    length=5,
)
