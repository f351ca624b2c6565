"""Managers that go wrong, by slips in ours."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.auctions.contract_net import SAFE, Awaiting, Calling, Done, Idle, Manager, Managing, Unattended, system
from concordant.refimpl.machine import Pitfall, Step, step
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
from concordant.spec.auctions.contract_net import clauses as spec
from concordant.spec.vocabulary import Address, Amount, Announce, Faults, Map, Network, Reply, Send, Unknown, broadcast


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


# ---- the pitfalls

TWICE = Network(duplicating=True)
IN_TIME = Faults(synchronous=True)
CANCELLING = Faults(cancellations=1)

CALLS_AGAIN = Pitfall(
    "contract_net.CallsAgain",
    "A user that asks again has the task awarded once more.",
    breaks=spec.a_task_is_awarded_once,
    subject=system((1,), asks=2, manager=CallsAgain),
    length=6,
)
AWARDS_WHAT_IS_CANCELLED = Pitfall(
    "contract_net.AwardsWhatIsCancelled",
    "A task that the user has been told is cancelled is awarded.",
    breaks=spec.a_task_is_awarded_once,
    subject=system((1,), faults=CANCELLING, manager=AwardsWhatIsCancelled),
    length=3,
)
DEAREST_WINS = Pitfall(
    "contract_net.DearestWins",
    "The task goes to whoever asks most for it.",
    breaks=spec.the_cheapest_wins,
    subject=system((1,), (2,), manager=DearestWins),
    length=5,
)
NAMES_NOBODY_TIED = Pitfall(
    "contract_net.NamesNobodyTied",
    "Nobody is told that a tie was decided by name.",
    breaks=spec.the_cheapest_wins,
    subject=system((1,), (1,), manager=NamesNobodyTied),
    length=5,
)
FIRST_TO_COME_WINS = Pitfall(
    "contract_net.FirstToComeWins",
    "The task is awarded when the first proposal comes, and a cheaper one is under way.",
    breaks=spec.everybody_is_heard_in_time,
    subject=system((2,), (1,), faults=IN_TIME, manager=FirstToComeWins, promises=SAFE),
    length=3,
)
REJECTS_THE_WINNER = Pitfall(
    "contract_net.RejectsWhateverIsLate",
    "The winner's proposal comes again, and it is told that the task is not its own.",
    breaks=spec.told_as_decided,
    subject=system((1,), network=TWICE, manager=RejectsWhateverIsLate),
    length=4,
)
ACCEPTS_EVERYBODY = Pitfall(
    "contract_net.AcceptsEverybody",
    "All who have proposed are told that the task is their own.",
    breaks=spec.told_as_decided,
    subject=system((1,), (2,), manager=AcceptsEverybody),
    length=5,
)
ACCEPTS_EVERYBODY_STARTS = Pitfall(
    "contract_net.AcceptsEverybody/starts",
    "The same: the loser begins.",
    breaks=spec.only_the_winner_begins,
    subject=system((1,), (2,), manager=AcceptsEverybody),
    length=6,
)
DROPS_WHAT_IS_LATE = Pitfall(
    "contract_net.DropsWhatIsLate",
    "A contractor whose proposal comes too late is told nothing.",
    breaks=spec.everybody_who_proposes_is_told,
    subject=system((1,), manager=DropsWhatIsLate),
    length=5,
)
TAKES_DONE_FOR_FAILED = Pitfall(
    "contract_net.TakesDoneForFailed",
    "The user is told that a task has failed that was done.",
    breaks=spec.what_is_learned_is_true_and_final,
    subject=system((1,), manager=TakesDoneForFailed),
    length=6,
)
FORGETS_THE_COST = Pitfall(
    "contract_net.ForgetsTheCost",
    "The user is told another cost than was proposed.",
    breaks=spec.what_is_learned_is_true_and_final,
    subject=system((1,), manager=ForgetsTheCost),
    length=6,
)
HEARS_NOTHING_MORE = Pitfall(
    "contract_net.HearsNothingMore",
    "Once its user has given up, a manager no longer hears what has become of the task.",
    breaks=spec.every_manager_knows_in_the_end,
    subject=system((1,), manager=HearsNothingMore),
    length=7,
)
TELLS_AGAIN = Pitfall(
    "contract_net.TellsAgain",
    "A user is told again that the task is done when that comes again.",
    breaks=spec.nobody_is_answered_twice,
    subject=system((1,), network=TWICE, manager=TellsAgain),
    length=7,
)
SHOWS_WHAT_IT_HOPES = Pitfall(
    "contract_net.ShowsWhatItHopes",
    "A task that is awarded is shown as done.",
    breaks=spec.a_manager_shows_what_it_knows,
    subject=system((1,), manager=ShowsWhatItHopes),
    length=3,
)
FORGETS_WHAT_IT_KNOWS = Pitfall(
    "contract_net.ForgetsWhatItKnows",
    "A user that asks again is told that nothing is known, though it was told what has become of its task.",
    breaks=spec.an_answer_is_true,
    subject=system((1,), asks=2, manager=ForgetsWhatItKnows),
    length=3,
)
BUSY_FOR_EVER = Pitfall(
    "contract_net.BusyForEver",
    "A user that asks again is told that another waits, and none does.",
    breaks=spec.an_answer_is_true,
    subject=system((1,), asks=2, manager=BusyForEver),
    length=3,
)
CANCELS_AT_ONCE = Pitfall(
    "contract_net.CancelsAtOnce",
    "The user is told that an awarded task is cancelled, while the contractor does it.",
    breaks=spec.what_is_learned_is_true_and_final,
    subject=system((1,), faults=CANCELLING, manager=CancelsAtOnce),
    length=4,
)
ASKS_FOR_EVER = Pitfall(
    "contract_net.AsksForEver",
    "A manager that has heard nothing for long asks again, and then again, and its user waits.",
    breaks=spec.every_wait_ends,
    subject=system((1,), network=TWICE, manager=AsksForEver),
    length=5,
)
FORGETS_THAT_IT_IS_DONE = Pitfall(
    "contract_net.ForgetsThatItIsDone",
    "A user whose task is done asks again, and is told that nothing is known.",
    breaks=spec.an_answer_is_true,
    subject=system((1,), asks=2, manager=ForgetsThatItIsDone),
    length=7,
)
GIVES_UP_ON_PROPOSALS = Pitfall(
    "contract_net.GivesUpOnProposals",
    "Where nobody has proposed in time, the user is told that something may have come of it.",
    breaks=spec.an_answer_is_true,
    subject=system((1,), manager=GivesUpOnProposals),
    length=2,
)
AWARDS_TO_NOBODY = Pitfall(
    "contract_net.AwardsToNobody",
    "A task is said to be awarded to nobody though somebody has proposed.",
    breaks=spec.the_cheapest_wins,
    subject=system((1,), manager=AwardsToNobody),
    length=3,
)
MISHEARS_THE_COST = Pitfall(
    "contract_net.MishearsTheCost",
    "A proposal is compared at another cost than it was made at.",
    breaks=spec.what_is_compared_was_proposed,
    subject=system((1,), manager=MishearsTheCost),
    length=3,
)
LEARNS_AGAIN = Pitfall(
    "contract_net.LearnsAgain",
    "What is known is taken for news when it comes again.",
    breaks=spec.what_is_learned_is_true_and_final,
    subject=system((1,), network=TWICE, manager=LearnsAgain),
    length=7,
)
NAMES_NOBODY_SILENT = Pitfall(
    "contract_net.NamesNobodySilent",
    "Whoever has not answered is taken for one who refuses.",
    breaks=spec.who_is_silent_is_named,
    subject=system((1,), manager=NamesNobodySilent),
    length=2,
)
NAMES_THE_LOSERS_SILENT = Pitfall(
    "contract_net.NamesTheLosersSilent",
    "Whoever has lost is said not to have answered.",
    breaks=spec.who_is_silent_is_named,
    subject=system((1,), (2,), manager=NamesTheLosersSilent),
    length=5,
)
CANCELS_THE_LOSERS = Pitfall(
    "contract_net.CancelsTheLosers",
    "Whoever has lost is told that the task is cancelled.",
    breaks=spec.told_as_decided,
    subject=system((1,), (2,), manager=CancelsTheLosers),
    length=5,
)
CANCELS_IN_SILENCE = Pitfall(
    "contract_net.CancelsInSilence",
    "A call is cancelled, and the contractors wait until their proposals lapse.",
    breaks=spec.nothing_lapses_in_time,
    subject=system((1,), (1,), faults=Faults(synchronous=True, cancellations=1), manager=CancelsInSilence, promises=SAFE),
    length=8,
)
