"""What goes wrong with what is sent: messages that are not so."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.consensus.pbft.changing import IN_ORDER, ReadsNoCertificate, ReportsNothing
from concordant.pitfalls.consensus.pbft.counting import C0, COPIES, R0, R1, R2, R3, TIMELY, X, Y, tells
from concordant.refimpl.consensus.pbft import Asking, Changes, Client, Replica, State, Told, system
from concordant.refimpl.consensus.shared.byzantine import Sizes
from concordant.refimpl.machine import Fire, Forge, Pitfall, Receive, Step, System, step
from concordant.spec.consensus.pbft import (
    Certificate,
    History,
    Impatient,
    NewView,
    Prepare,
    PrePrepare,
    Request,
    Result,
    Submit,
    ViewChange,
)
from concordant.spec.consensus.pbft import clauses as spec
from concordant.spec.vocabulary import Address, Map, Send, addresses, broadcast

# ---- mistakes


@frozen
class AsksInAnothersName(Client):
    """Signs with the name of its user."""

    def request(self, state: Asking | Told, client: Address, request: Submit) -> Step[Asking | Told]:  # noqa: ARG002  # that is the mistake
        return step(Asking(client), *broadcast(self.members, Request(client, request.value)))


@frozen
class AsksForSomethingElse(Client):
    """Asks for what it asked for last."""

    def request(self, state: Asking | Told, client: Address, request: Submit) -> Step[Asking | Told]:  # noqa: ARG002  # that is the mistake
        return step(Asking(client), *broadcast(self.members, Request(self.me, "what it asked for last")))


@frozen
class TellsTooEarly(Replica):
    """Tells clients the result once it has a certificate."""

    def prepare(self, state: State) -> Step[State] | None:
        prepared = super().prepare(state)
        if prepared is None or prepared.state.proposal is None:
            return prepared
        return Step(prepared.state, (*prepared.effects, *broadcast(self.clients, Result(prepared.state.proposal))))


@frozen
class TellsItself(Replica):
    """Sends to all replicas, itself among them."""

    @property
    def peers(self) -> tuple[Address, ...]:
        return self.members


@frozen
class TellsWhatWasAsked(Replica):
    """Tells clients that the first request which it has heard of was decided."""

    def decide(self, state: State) -> Step[State] | None:
        decided = super().decide(state)
        if decided is None or state.request is None:
            return decided
        announced = tuple(effect for effect in decided.effects if not isinstance(effect, Send))
        return Step(decided.state, (*announced, *broadcast(self.clients, Result(state.request))))


@frozen
class SignsItsOwn(Replica):
    """Signs the request that it knows of itself, whatever the primary proposes."""

    def accept(self, state: State) -> Step[State] | None:
        accepted = super().accept(state)
        if accepted is None or state.request is None:
            return accepted
        return step(evolve(accepted.state, proposal=state.request), *broadcast(self.peers, Prepare(state.view, state.request)))


@frozen
class TakesAnybodysRequest(Replica):
    """Proposes also what no client has signed."""

    def is_request(self, request: Request) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class SignsAgain(Replica):
    """Signs a proposal once more whenever it hears something."""

    def accept(self, state: State) -> Step[State] | None:
        return super().accept(evolve(state, proposal=None))


@frozen
class CommitsAgain(Replica):
    """Commits once more with each vote that it hears besides."""

    def prepare(self, state: State) -> Step[State] | None:
        return super().prepare(evolve(state, prepared=None))


@frozen
class SignsForTheNextView(Replica):
    """Signs a proposal for the next view."""

    def accept(self, state: State) -> Step[State] | None:
        accepted = super().accept(state)
        if accepted is None or accepted.state.proposal is None:
            return accepted
        return step(accepted.state, *broadcast(self.peers, Prepare(state.view + 1, accepted.state.proposal)))


@frozen
class CommitsToWhatOthersSign(Replica):
    """Commits to what a quorum of others has signed, and has not signed it itself."""

    def accept(self, state: State) -> Step[State] | None:
        accepted = super().accept(state)
        return None if accepted is None else step(accepted.state)


@frozen
class SignsForTheLastView(Replica):
    """Signs a proposal for the view before, where there is one."""

    def accept(self, state: State) -> Step[State] | None:
        accepted = super().accept(state)
        if accepted is None or accepted.state.proposal is None or not state.view:
            return accepted
        return step(accepted.state, *broadcast(self.peers, Prepare(state.view - 1, accepted.state.proposal)))


@frozen
class NamesEverybody(Replica):
    """Shows a certificate in the name of all replicas."""

    def report(self, state: State) -> Certificate | None:
        return None if state.prepared is None else evolve(state.prepared, signers=frozenset(self.members))


@frozen
class SkipsAView(Replica):
    """Says that it comes to the view after the one that it comes to."""

    def enter(self, state: State, view: int) -> Step[State]:
        entered = super().enter(state, view)
        announced = tuple(effect for effect in entered.effects if not isinstance(effect, Send))
        return Step(entered.state, (*announced, *broadcast(self.peers, ViewChange(view + 1, state.prepared))))


@frozen
class StaysBehind(Replica):
    """Says that it comes to the view that it leaves."""

    def enter(self, state: State, view: int) -> Step[State]:
        entered = super().enter(state, view)
        announced = tuple(effect for effect in entered.effects if not isinstance(effect, Send))
        return Step(entered.state, (*announced, *broadcast(self.peers, ViewChange(view - 1, state.prepared))))


@frozen
class ProposesAlone(Replica):
    """Proposes as soon as it has come to a view of its own."""

    def may_propose(self, state: State, changes: Changes) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class SpeaksForOthers(Replica):
    """Takes those that have not come to its view for replicas without a certificate."""

    def changes(self, state: State) -> Changes:
        silent = Map[Address, Certificate | None].of(dict.fromkeys(self.members))
        return Map.of({**dict(silent.items()), **dict(super().changes(state).items())})


# ---- the pitfalls, in systems as small as show them


def _pair(replica: type[Replica] = Replica, client: type[Client] = Client, *asks: str) -> System[History]:
    return system(2, faulty=0, asks=asks or ("x",), network=COPIES, views=2, replica=replica, client=client)


def _silent(replica: type[Replica], *lies: object) -> System[History]:
    """The primary is silent but for some lies to the next one."""
    return system(asks=("x",), liars=(R0,), lies=tells(R0, (R1,), *lies), network=IN_ORDER, faults=TIMELY, views=2, replica=replica)


def _untrue(mistake: str, kind: type[Replica | Client], subject: System[History], length: int) -> Pitfall:
    return Pitfall(f"pbft.{kind.__name__}", mistake, breaks=spec.a_message_is_true, subject=subject, length=length)


IN_ANOTHERS_NAME = _untrue("A client signs as its user.", AsksInAnothersName, _pair(client=AsksInAnothersName), 1)
SOMETHING_ELSE = _untrue("A client asks for something that it was not told.", AsksForSomethingElse, _pair(client=AsksForSomethingElse), 1)
TOLD_ITSELF = _untrue("A replica sends to itself what it says to others.", TellsItself, _pair(TellsItself), 2)
TOLD_TOO_EARLY = _untrue("Clients are told what is not decided yet.", TellsTooEarly, _pair(TellsTooEarly), 3)
TOLD_ANOTHER = _untrue(
    "Clients are told what they asked for, and not what was decided.",
    TellsWhatWasAsked,
    system(2, faulty=0, liars=(C0,), lies=tells(C0, (R0,), X) + tells(C0, (R1,), Y), network=COPIES, views=2, replica=TellsWhatWasAsked),
    5,
)
TOLD_ANOTHERS = Pitfall(
    "pbft.TellsWhatWasAsked/client",
    "Two clients ask for the same, and one is told that its own request was decided, which was the other's.",
    breaks=spec.a_message_is_true,
    subject=_pair(TellsWhatWasAsked, Client, "x", "x"),
    length=7,
)
SAID_AGAIN = Pitfall(
    "pbft.SignsAgain",
    "A backup signs the proposal again with each message that it hears: n replicas send each other n times as much.",
    breaks=spec.nothing_is_said_twice,
    subject=_pair(SignsAgain),
    length=4,
)
COMMITTED_AGAIN = Pitfall(
    "pbft.CommitsAgain",
    "A replica that has its certificate commits again with each message that it hears.",
    breaks=spec.nothing_is_said_twice,
    subject=_pair(CommitsAgain),
    length=4,
)
OWN_PROPOSAL = _untrue("A backup signs what its own client asked for.", SignsItsOwn, _pair(SignsItsOwn, Client, "x", "y"), 5)
ANYBODYS = _untrue(
    "A request is taken from anybody.",
    TakesAnybodysRequest,
    system(liars=(R3,), lies=tells(R3, (R0,), Request(R3, "z")), network=COPIES, views=1, replica=TakesAnybodysRequest),
    1,
)


def _four(replica: type[Replica], faulty: int = 1, *asked: Address) -> System[History]:
    lies = tells(C0, (R0, *asked), X)
    return system(faulty=faulty, liars=(C0,), lies=lies, network=COPIES, views=2, replica=replica)


FOUR = _four(Replica)
NEXT_VIEW = _untrue("A vote names another view than that of the proposal.", SignsForTheNextView, _four(SignsForTheNextView), 2)
LAST_VIEW = Pitfall(
    "pbft.SignsForTheLastView",
    "A vote names the view before that of the proposal.",
    breaks=spec.a_message_is_true,
    subject=_four(SignsForTheLastView, 0, R1),
    length=7,
    schedule=(
        Forge(R0, C0, X),
        Fire(R0, Impatient()),
        Forge(R1, C0, X),
        Receive(R1, R0, ViewChange),
        Receive(R2, R0, ViewChange),
        Receive(R1, R2, ViewChange),
        Receive(R2, R1, NewView),
    ),
    correct=_four(Replica, 0, R1),
)
UNSIGNED = _untrue(
    "A replica commits to what a quorum of others has signed, and has not signed it itself.",
    CommitsToWhatOthersSign,
    evolve(FOUR, processes={**FOUR.processes, R2: CommitsToWhatOthersSign(R2, (R0, R1, R2, R3), (C0,), Sizes(4, 1))}),
    4,
)
AHEAD = _untrue("A change of view names a later view.", SkipsAView, _pair(SkipsAView), 3)
BEHIND = _untrue("A change of view names an earlier view.", StaysBehind, _pair(StaysBehind), 3)
SHOWS_NOTHING = Pitfall(
    "pbft.ReportsNothing",
    "A replica that has a certificate shows none.",
    breaks=spec.a_message_is_true,
    subject=_pair(ReportsNothing),
    length=4,
)
IN_ALL_NAMES = _untrue(
    "A replica shows a certificate with names of replicas that have not signed it.",
    NamesEverybody,
    system(3, faulty=0, liars=(C0,), lies=tells(C0, (R0,), X), network=COPIES, views=2, replica=NamesEverybody),
    3,
)
ALONE = _untrue("A primary proposes before a quorum has come to its view.", ProposesAlone, _silent(ProposesAlone), 5)
FOR_OTHERS = _untrue("A primary speaks for those that have not come to its view.", SpeaksForOthers, _silent(SpeaksForOthers), 5)
FALSE = Pitfall(
    "pbft.ReadsNoCertificate/honest",
    "An honest primary believes a certificate that a liar and strangers have signed.",
    breaks=spec.a_message_is_true,
    subject=_silent(ReadsNoCertificate, ViewChange(1, Certificate(0, X, frozenset({R0, *addresses("stranger", 2)})))),
    length=7,
)


def _successor(replica: type[Replica]) -> System[History]:
    """The primary has two replicas sign a request, and shows one of them a certificate that it has signed alone."""
    false = Certificate(0, Y, frozenset({R0, *addresses("stranger", 2)}))
    lies = tells(R0, (R1, R2), PrePrepare(0, X)) + tells(R0, (R1,), ViewChange(1, false))
    return system(liars=(R0, C0), lies=lies, network=COPIES, views=2, replica=replica)


ONE_OF_TWO = Pitfall(
    "pbft.ReadsNoCertificate/one_of_two",
    "Of two certificates an honest primary believes both, and one is false.",
    breaks=spec.a_message_is_true,
    subject=_successor(ReadsNoCertificate),
    length=7,
    schedule=(
        Forge(R1, R0, PrePrepare(0, X)),
        Forge(R2, R0, PrePrepare(0, X)),
        Receive(R1, R2, Prepare(0, X)),
        Fire(R1, Impatient()),
        Fire(R2, Impatient()),
        Receive(R1, R2, ViewChange),
        Forge(R1, R0, ViewChange),
    ),
    correct=_successor(Replica),
    correct_stops_at=7,
)
