"""What goes wrong with what is handed over, fetched and answered."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from concordant.pitfalls.consensus.pbft_checkpoints.marks import R0, R1, R3, TWO_USERS, behind, pair
from concordant.refimpl.consensus.pbft_checkpoints import Replica, State, system
from concordant.refimpl.machine import Forge, Pitfall, Step, step
from concordant.spec.consensus import pbft_checkpoints as spec
from concordant.spec.consensus.pbft_checkpoints import (
    Certificate,
    Checkpoint,
    Done,
    Fetch,
    Message,
    Proposal,
    Signable,
    Signed,
    Submit,
    Transfer,
    Vote,
)
from concordant.spec.vocabulary import Address, Reply, Send

# ---- mistakes


@frozen
class FetchesFromAll(Replica):
    """Asks everybody for what one has told it of."""

    def instead(self, source: Address) -> tuple[Send, ...]:  # noqa: ARG002  # that is the mistake
        return tuple(Send(peer, Fetch()) for peer in self.peers)


@frozen
class HandsOverItsState(Replica):
    """Hands over what it has executed, though that is not stable."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        if isinstance(message, Fetch):
            return step(state, Send(source, Transfer(evolve(state.stable, state=state.executed), state.signed(self.me))))
        return super().receive(state, source, message)


@frozen
class HandsOverNoMessages(Replica):
    """Hands over its checkpoint, and not what it has signed above that."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        if isinstance(message, Fetch):
            return step(state, Send(source, Transfer(state.stable, frozenset())))
        return super().receive(state, source, message)


@frozen
class TakesOverNoMessages(Replica):
    """Makes the checkpoint its own that it has fetched, and does not look at what comes with it."""

    def take_all(self, state: State, source: Address, signed: Iterable[Signable]) -> State:  # noqa: ARG002  # that is the mistake
        return state


@frozen
class DropsWhatIsBeyond(Replica):
    """Drops what it does not take in, and asks nobody for it."""

    def instead(self, source: Address) -> tuple[Send, ...]:  # noqa: ARG002  # that is the mistake
        return ()


@frozen
class TellsThePrimary(Replica):
    """Tells the primary alone what it has come to."""

    def sign(self, state: State, message: Signable) -> Step[State]:
        signed = super().sign(state, message)
        alone = isinstance(message, Checkpoint) and self.me != self.primary
        return step(signed.state, *(each for each in signed.effects if isinstance(each, Send) and (not alone or each.to == self.primary)))


@frozen
class ChangesItsVote(Replica):
    """Votes for whatever the primary proposes last."""

    def take(self, state: State, source: Address, message: Signable) -> State:
        if not isinstance(message, Proposal) or message in state.signed(source):
            return super().take(state, source, message)
        others = {Signed(source, Proposal(message.number, "x")), Signed(self.me, Vote(message.number, "x"))}
        return super().take(evolve(state, log=state.log - others), source, message)


@frozen
class DiscardsInSilence(Replica):
    """Does not say that a checkpoint is stable."""

    def stabilized(self, state: State, stable: Certificate) -> Step[State]:
        return step(super().stabilized(state, stable).state)


@frozen
class AnswersWhatItProposes(Replica):
    """Answers once a request has a number."""

    def request(self, state: State, client: Address, request: Submit) -> Step[State]:
        asked = super().request(state, client, request)
        new = [number for number in asked.state.waiting if number not in state.waiting]
        left = evolve(asked.state, waiting=state.waiting)
        return step(left, *asked.effects, *(Reply(client, Done(number)) for number in new)) if new else asked


@frozen
class AnswersAgain(Replica):
    """Answers once a request has a number, and again when it is executed."""

    def request(self, state: State, client: Address, request: Submit) -> Step[State]:
        asked = super().request(state, client, request)
        new = [number for number in asked.state.waiting if number not in state.waiting]
        return step(asked.state, *asked.effects, *(Reply(client, Done(number)) for number in new))


# ---- the pitfalls, in systems as small as show them

FETCHES = Pitfall(
    "pbft_checkpoints.FetchesFromAll",
    "One has told of something beyond the window, and all are asked for it, also those who have not come so far.",
    breaks=spec.a_message_is_true,
    subject=system(liars=(R3,), lies=(Forge(R1, R3, Vote(9, "z")),), replica=FetchesFromAll),
    length=1,
)
HANDS_OVER = Pitfall(
    "pbft_checkpoints.HandsOverItsState",
    "Whoever is behind is sent what the other has executed, with the signatures of the checkpoint before.",
    breaks=spec.a_message_is_true,
    subject=system(
        2, faulty=0, liars=(R1,), lies=(Forge(R0, R1, Fetch()), Forge(R0, R1, Vote(1, "x"))), asks=TWO_USERS, replica=HandsOverItsState
    ),
    length=3,
)
VOTES_AGAIN = Pitfall(
    "pbft_checkpoints.ChangesItsVote",
    "A replica votes for what the primary proposes last, though it has voted for something else.",
    breaks=spec.a_message_is_true,
    subject=system(liars=(R0,), lies=(Forge(R1, R0, Proposal(1, "x")), Forge(R1, R0, Proposal(1, "y"))), replica=ChangesItsVote),
    length=2,
)
TELLS_ONE = Pitfall(
    "pbft_checkpoints.TellsThePrimary",
    "The primary alone is told what the others have executed: no checkpoint becomes stable for them.",
    breaks=spec.all_are_told,
    subject=behind(TellsThePrimary),
    length=2,
)
IN_SILENCE = Pitfall(
    "pbft_checkpoints.DiscardsInSilence",
    "A replica discards what it had, and nobody can tell when.",
    breaks=spec.what_is_done_is_on_record,
    subject=pair(DiscardsInSilence),
    length=4,
)
ANSWERS_EARLY = Pitfall(
    "pbft_checkpoints.AnswersWhatItProposes",
    "A user is told that it is done when the request has got its number.",
    breaks=spec.an_answer_is_true,
    subject=pair(AnswersWhatItProposes),
    length=1,
)
ANSWERED_AGAIN = Pitfall(
    "pbft_checkpoints.AnswersAgain",
    "A user is answered when its request has got its number, and again when it is executed.",
    breaks=spec.nobody_is_answered_twice,
    subject=pair(AnswersAgain),
    length=3,
)
NOBODY_FETCHES = Pitfall(
    "pbft_checkpoints.DropsWhatIsBeyond",
    "A proposal comes before the window has moved, is dropped, and comes no more: the request waits for ever.",
    breaks=spec.every_request_is_answered,
    subject=pair(DropsWhatIsBeyond, window=1),
    length=7,
)
NO_MESSAGES = Pitfall(
    "pbft_checkpoints.HandsOverNoMessages",
    "Whoever fetches is sent a checkpoint, and not what it did not take in, which is above that.",
    breaks=spec.a_message_is_true,
    subject=pair(HandsOverNoMessages, window=1),
    length=7,
)
LEFT_BEHIND = Pitfall(
    "pbft_checkpoints.TakesOverNoMessages",
    "A replica has fetched a checkpoint, and what comes with it is lost on it: what it did not take in comes no more.",
    breaks=spec.nobody_is_left_behind,
    subject=pair(TakesOverNoMessages, window=1),
    length=9,
)
