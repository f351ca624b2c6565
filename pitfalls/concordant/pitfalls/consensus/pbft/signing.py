"""What goes wrong with what replicas sign, decide and report."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.consensus.pbft.counting import C0, COPIES, R0, R1, R2, R3, TIMELY, X, Y, tells
from concordant.refimpl.consensus.pbft import Message, Replica, State, system
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.consensus.pbft import Accused, Commit, Decided, Garbled, Impatient, OfAView, PrePrepare, Request, View, ViewChange
from concordant.spec.consensus.pbft import clauses as spec
from concordant.spec.vocabulary import Address, Announce, broadcast

# ---- mistakes


@frozen
class TrustsThePrimary(Replica):
    """Signs whatever the primary proposes, also what no client has signed."""

    def is_request(self, request: Request) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class DecidesAgain(Replica):
    """Decides once more whenever it hears something."""

    def decide(self, state: State) -> Step[State] | None:
        return super().decide(evolve(state, decided=None))


@frozen
class DecidesWhatIsPrepared(Replica):
    """Decides what it has a certificate for, and saves a phase."""

    def decide(self, state: State) -> Step[State] | None:
        if state.proposal is None or state.decided is not None or not state.is_prepared:
            return None
        return step(evolve(state, decided=state.proposal), Announce(Decided(state.view, state.proposal)))


@frozen
class ProposesAgain(Replica):
    """Proposes once more when one more replica comes to its view."""

    def propose(self, state: State) -> Step[State] | None:
        return super().propose(evolve(state, proposal=None))


@frozen
class SignsWhatItProposes(Replica):
    """Treats its own proposal as it would another's."""

    def propose(self, state: State) -> Step[State] | None:
        proposed = super().propose(state)
        return None if proposed is None else evolve(proposed, state=evolve(proposed.state, proposal=None))


@frozen
class ProposesItself(Replica):
    """Proposes what a client asks it for, whoever the primary is."""

    def primary(self, view: View) -> Address:  # noqa: ARG002  # that is the mistake
        return self.me


@frozen
class ProposesInTheNextView(Replica):
    """Takes itself for the primary of every view but the first."""

    def primary(self, view: View) -> Address:
        return self.me if view else super().primary(view)


@frozen
class ChecksNoSignature(Replica):
    """Takes a message for one of whom it names."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        if isinstance(message, Garbled):
            return super().receive(state, message.named, message.message)
        return super().receive(state, source, message)


@frozen
class AccusesWhoIsSlow(Replica):
    """Reports the primary when it loses patience."""

    def fire(self, state: State, trigger: Impatient) -> Step[State]:
        change = ViewChange(state.view, None)
        accused = Announce(Accused(self.primary(state.view), change, change))
        return step(state, accused).then(lambda state: super(AccusesWhoIsSlow, self).fire(state, trigger))


@frozen
class AccusesWhoChangesItsMind(Replica):
    """Takes two messages of one kind for a contradiction, whatever their views."""

    def contradiction(self, state: State, source: Address, message: OfAView) -> OfAView | None:
        earlier = [one.message for one in state.log if one.by == source and type(one.message) is type(message) and one.message != message]
        return earlier[0] if earlier else None


@frozen
class RecordsWhatSucceeds(Replica):
    """Leaves no record of a view without a certificate."""

    def enter(self, state: State, view: int) -> Step[State]:
        entered = super().enter(state, view)
        return entered if state.prepared is not None else evolve(entered, effects=entered.effects[1:])


@frozen
class RecordsWhatMatters(Replica):
    """Reports who lies where that has put the decision at risk, and holds its proposals against nobody."""

    def catch(self, state: State, accused: Accused) -> Step[State] | None:
        caught = super().catch(state, accused)
        return caught if caught is None or isinstance(accused.first, Commit) else step(caught.state)


@frozen
class PromisesTooMuch(Replica):
    """Commits to a proposal together with signing it."""

    def accept(self, state: State) -> Step[State] | None:
        accepted = super().accept(state)
        if accepted is None or accepted.state.proposal is None:
            return accepted
        return Step(accepted.state, (*accepted.effects, *broadcast(self.peers, Commit(state.view, accepted.state.proposal))))


# ---- the pitfalls, in systems as small as show them

MADE_UP_BY_IT = Request(R0, "z")
MADE_UP = Pitfall(
    "pbft.TrustsThePrimary",
    "Nobody looks who has signed a request: the primary makes one up.",
    breaks=spec.validity,
    subject=system(
        liars=(R0,),
        lies=tells(R0, (R1, R2), PrePrepare(0, MADE_UP_BY_IT)) + tells(R0, (R1,), Commit(0, MADE_UP_BY_IT)),
        network=COPIES,
        views=1,
        replica=TrustsThePrimary,
    ),
    length=6,
)
DECIDES_AGAIN = Pitfall(
    "pbft.DecidesAgain",
    "A replica that has decided decides once more when it hears a commit again.",
    breaks=spec.nothing_is_decided_twice,
    subject=system(2, faulty=0, asks=("x",), network=COPIES, views=2, replica=DecidesAgain),
    length=6,
)
PROPOSES_AGAIN = Pitfall(
    "pbft.ProposesAgain",
    "A primary proposes again with each replica that comes to its view: these are two proposals in one view.",
    breaks=spec.nobody_honest_equivocates,
    subject=system(3, faulty=0, liars=(C0,), lies=tells(C0, (R1,), X), network=COPIES, views=2, replica=ProposesAgain),
    length=6,
)


def _who_proposes(mistake: str, replica: type[Replica], length: int) -> Pitfall:
    subject = system(2, faulty=0, asks=("x",), network=COPIES, views=2, replica=replica)
    return Pitfall(f"pbft.{replica.__name__}", mistake, breaks=spec.the_primary_proposes, subject=subject, length=length)


SIGNS_BOTH = _who_proposes("A primary signs its own proposal: it would be counted once, and speaks twice.", SignsWhatItProposes, 2)
ALL_PROPOSE = _who_proposes("Whoever hears of a request proposes it.", ProposesItself, 2)
ALL_PROPOSE_NEXT = _who_proposes("When a view has failed all take themselves for the next primary.", ProposesInTheNextView, 5)
FRAMED = Pitfall(
    "PBF-6",
    "A message is held against whom it names: anybody can send one in the primary's name, and the primary is reported.",
    breaks=spec.only_what_is_proved_is_reported,
    subject=system(
        asks=("x",), liars=(R3,), lies=tells(R3, (R1,), Garbled(R0, PrePrepare(0, Y))), network=COPIES, views=1, replica=ChecksNoSignature
    ),
    length=4,
)
SLOW = Pitfall(
    "pbft.AccusesWhoIsSlow",
    "Whoever is slow is reported: it does lie, here, but nobody can tell it from one that is far away.",
    breaks=spec.only_what_is_proved_is_reported,
    subject=system(asks=("x",), liars=(R0,), faults=TIMELY, views=2, replica=AccusesWhoIsSlow),
    length=5,
)
ANOTHER_VIEW = Pitfall(
    "pbft.AccusesWhoChangesItsMind",
    "Whoever is for one request in one view and for another in the next is reported, and is honest.",
    breaks=spec.only_what_is_proved_is_reported,
    subject=system(2, faulty=0, asks=("x", "y"), network=COPIES, views=3, replica=AccusesWhoChangesItsMind),
    length=7,
)
NO_RECORD = Pitfall(
    "PBF-7",
    "Views that fail leave no record, and those are worth looking into.",
    breaks=spec.every_view_that_failed_is_on_record,
    subject=system(2, faulty=0, asks=("x",), network=COPIES, views=2, replica=RecordsWhatSucceeds),
    length=3,
)
NO_DETECTION = Pitfall(
    "PBF-7/detections",
    "What is noticed while a request is prepared is dropped, and only what is noticed later is reported.",
    breaks=spec.whoever_is_caught_is_on_record,
    subject=system(
        liars=(R0, C0), lies=tells(R0, (R1,), PrePrepare(0, X), PrePrepare(0, Y)), network=COPIES, views=1, replica=RecordsWhatMatters
    ),
    length=2,
)
TOO_EARLY = Pitfall(
    "pbft.PromisesTooMuch",
    "A replica commits when it signs a proposal, to save a phase: it has no certificate to show if the view fails.",
    breaks=spec.a_message_is_true,
    subject=system(faulty=0, asks=("x",), network=COPIES, views=1, replica=PromisesTooMuch),
    length=3,
)
TWO_PHASES = Pitfall(
    "pbft.DecidesWhatIsPrepared",
    "A replica decides as soon as it has a certificate: the others need not have one, and a later view may know of none.",
    breaks=spec.a_decision_has_a_quorum,
    subject=system(2, faulty=0, asks=("x",), network=COPIES, views=1, replica=DecidesWhatIsPrepared),
    length=3,
)
