"""Managers that go wrong, by slips in ours."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.auctions.contract_net import Awaiting, Calling, Done, Idle, Manager, Managing, Unattended
from concordant.refimpl.machine import Step, step
from concordant.spec.auctions.contract_net import (
    BROKEN,
    BUSY,
    CANCELLED,
    Accept,
    CallForProposals,
    Cancel,
    Close,
    Closed,
    Completed,
    Contract,
    Failure,
    GiveUp,
    Inform,
    Learned,
    ManagerView,
    Propose,
    Refuse,
    Reject,
)
from concordant.spec.vocabulary import Address, Amount, Announce, Map, Reply, Send, Unknown, broadcast


@frozen
class CallsAgain(Manager):
    """Calls for proposals again when it is asked again, though the task is awarded."""

    def request(self, state: Managing, client: Address, request: Contract) -> Step[Managing]:
        if isinstance(state, Unattended):
            return step(Calling(client), *broadcast(self.contractors, CallForProposals()))
        return super().request(state, client, request)


@frozen
class AwardsWhatIsCancelled(Manager):
    """Tells its user that the task is cancelled, and goes on."""

    def cancel(self, state: Managing, client: Address) -> Step[Managing] | None:
        cancelled = super().cancel(state, client)
        return cancelled and Step(state, cancelled.effects)


@frozen
class CannotCallBack(Manager):
    """Takes no notice of a cancellation when the task is awarded."""

    def cancel(self, state: Managing, client: Address) -> Step[Managing] | None:
        return None if isinstance(state, Awaiting) else super().cancel(state, client)


@frozen
class DearestWins(Manager):
    """Awards as an auction of goods does."""

    def best(self, proposals: Map[Address, Amount]) -> Address:
        return min(proposals, key=lambda contractor: (-proposals[contractor], contractor))


@frozen
class NamesNobodyTied(Manager):
    """Does not say that others were as cheap."""

    def close(self, state: Calling) -> Step[Managing]:
        closed = super().close(state)
        match closed.effects[0]:
            case Announce(Closed() as event):
                return Step(closed.state, (Announce(evolve(event, tied=event.tied[:1])), *closed.effects[1:]))
            case _:
                return closed


@frozen
class FirstToComeWins(Manager):
    """Awards the task to whoever is the first to propose."""

    def heard(self, state: Calling) -> Step[Managing]:
        return self.close(state) if state.proposals else super().heard(state)


@frozen
class RejectsWhateverIsLate(Manager):
    """Turns down every proposal that comes when the task is awarded, also the winner's own, which comes again."""

    def receive(self, state: Managing, source: Address, message: Propose | Refuse | Inform | Failure) -> Step[Managing] | None:
        late = isinstance(state, Awaiting | Unattended | Done) and isinstance(message, Propose)
        return step(state, Send(source, Reject())) if late else super().receive(state, source, message)


@frozen
class AcceptsEverybody(Manager):
    """Has everybody who has proposed begin, to be on the safe side."""

    def close(self, state: Calling) -> Step[Managing]:
        closed = super().close(state)
        return Step(closed.state, (*closed.effects, *broadcast(state.proposals, Accept())))


@frozen
class DropsWhatIsLate(Manager):
    """Does not heed a proposal that comes when the task is awarded."""

    def receive(self, state: Managing, source: Address, message: Propose | Refuse | Inform | Failure) -> Step[Managing] | None:
        late = isinstance(state, Awaiting | Unattended | Done) and isinstance(message, Propose)
        return None if late else super().receive(state, source, message)


@frozen
class TakesDoneForFailed(Manager):
    """Takes what is done for what has failed."""

    def receive(self, state: Managing, source: Address, message: Propose | Refuse | Inform | Failure) -> Step[Managing] | None:
        return super().receive(state, source, Failure(BROKEN) if isinstance(message, Inform) else message)


@frozen
class ForgetsTheCost(Manager):
    """Does not say what the task has cost."""

    def receive(self, state: Managing, source: Address, message: Propose | Refuse | Inform | Failure) -> Step[Managing] | None:
        return super().receive(evolve(state, cost=0) if isinstance(state, Awaiting) else state, source, message)


@frozen
class HearsNothingMore(Manager):
    """Hears nothing more once its user has given up."""

    def receive(self, state: Managing, source: Address, message: Propose | Refuse | Inform | Failure) -> Step[Managing] | None:
        return None if isinstance(state, Unattended) else super().receive(state, source, message)


@frozen
class TellsAgain(Manager):
    """Tells its user whenever it hears that the task is done."""

    def receive(self, state: Managing, source: Address, message: Propose | Refuse | Inform | Failure) -> Step[Managing] | None:
        if isinstance(message, Inform) and isinstance(state, Done):
            return step(state, Reply(Address("user"), state.answer))
        return super().receive(state, source, message)


@frozen
class ShowsWhatItHopes(Manager):
    """Shows a task that is awarded as done."""

    def view(self, state: Managing) -> ManagerView:
        return ManagerView(Completed(state.contractor, state.cost)) if isinstance(state, Awaiting) else super().view(state)


@frozen
class ForgetsWhatItKnows(Manager):
    """Tells a user that asks again that it does not know, though it has told it before."""

    def request(self, state: Managing, client: Address, request: Contract) -> Step[Managing]:
        return step(state, Reply(client, Unknown())) if isinstance(state, Done) else super().request(state, client, request)


@frozen
class BusyForEver(Manager):
    """Is busy for whoever asks again, also when nobody waits."""

    def request(self, state: Managing, client: Address, request: Contract) -> Step[Managing]:
        return step(state, Reply(client, BUSY)) if isinstance(state, Done) else super().request(state, client, request)


@frozen
class CancelsAtOnce(Manager):
    """Tells its user that an awarded task is cancelled when it has told the contractor so."""

    def cancel(self, state: Managing, client: Address) -> Step[Managing] | None:
        cancelled = super().cancel(state, client)
        if cancelled is None or not isinstance(state, Awaiting):
            return cancelled
        learned = self.learn(state, CANCELLED)
        return Step(learned.state, (*cancelled.effects, *learned.effects))


@frozen
class AsksForEver(Manager):
    """Tells the contractor again when its user has waited long enough, and lets it wait."""

    def fire(self, state: Managing, trigger: Close | GiveUp) -> Step[Managing]:
        return step(state, Send(state.contractor, Accept())) if isinstance(state, Awaiting) else super().fire(state, trigger)


@frozen
class ForgetsThatItIsDone(Manager):
    """Tells a user that asks again that it does not know, if the task is done."""

    def request(self, state: Managing, client: Address, request: Contract) -> Step[Managing]:
        done = isinstance(state, Done) and isinstance(state.answer, Completed)
        return step(state, Reply(client, Unknown())) if done else super().request(state, client, request)


@frozen
class GivesUpOnProposals(Manager):
    """Tells its user that nothing is known when it has waited long enough for proposals."""

    def fire(self, state: Managing, trigger: Close | GiveUp) -> Step[Managing]:
        return step(Idle(), Reply(state.client, Unknown())) if isinstance(state, Calling) else super().fire(state, trigger)


@frozen
class AwardsToNobody(Manager):
    """Says that the task is awarded to nobody, and awards it."""

    def close(self, state: Calling) -> Step[Managing]:
        closed = super().close(state)
        match closed.effects[0]:
            case Announce(Closed() as event):
                return Step(closed.state, (Announce(evolve(event, winner=None)), *closed.effects[1:]))
            case _:
                return closed


@frozen
class MishearsTheCost(Manager):
    """Takes every cost for one less."""

    def receive(self, state: Managing, source: Address, message: Propose | Refuse | Inform | Failure) -> Step[Managing] | None:
        return super().receive(state, source, Propose(message.cost - 1) if isinstance(message, Propose) else message)


@frozen
class LearnsAgain(Manager):
    """Takes what it knows for news when it hears it again."""

    def receive(self, state: Managing, source: Address, message: Propose | Refuse | Inform | Failure) -> Step[Managing] | None:
        if isinstance(message, Inform) and isinstance(state, Done):
            return step(state, Announce(Learned(state.answer)))
        return super().receive(state, source, message)


@frozen
class NamesNobodySilent(Manager):
    """Does not say who has not answered."""

    def close(self, state: Calling) -> Step[Managing]:
        return super().close(evolve(state, refused=frozenset(self.contractors) - frozenset(state.proposals)))


@frozen
class NamesTheLosersSilent(Manager):
    """Says that whoever has not won has not answered."""

    def close(self, state: Calling) -> Step[Managing]:
        closed = super().close(state)
        match closed.effects[0]:
            case Announce(Closed() as event):
                silent = tuple(each for each in self.contractors if each != event.winner)
                return Step(closed.state, (Announce(evolve(event, silent=silent)), *closed.effects[1:]))
            case _:
                return closed


@frozen
class CancelsTheLosers(Manager):
    """Tells the losers that the task is cancelled."""

    def close(self, state: Calling) -> Step[Managing]:
        closed = super().close(state)
        told = (Send(each.to, Cancel()) if isinstance(each, Send) and each.message == Reject() else each for each in closed.effects)
        return Step(closed.state, tuple(told))


@frozen
class CancelsInSilence(Manager):
    """Tells no contractor that its call is cancelled."""

    def cancel(self, state: Managing, client: Address) -> Step[Managing] | None:
        return self.learn(state, CANCELLED) if isinstance(state, Calling) else super().cancel(state, client)
