"""What goes wrong with what clients are told, and with what they and others wait for."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.consensus.pbft.counting import C0, COPIES, R0, R1, R2, R3, TIMELY, X, Y, tells
from concordant.refimpl.consensus.pbft import PROMISES, Asking, Client, Message, Replica, State, Told, system
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.consensus.pbft import Commit, PrePrepare, Request, Result
from concordant.spec.consensus.pbft import clauses as spec
from concordant.spec.vocabulary import Address, Map, Network, Send

# ---- mistakes


@frozen
class WaitsForEverybody(Client):
    """Waits until all replicas have said the same."""

    def is_believed(self, results: Map[Address, Request], request: Request) -> bool:
        return results == Map.of(dict.fromkeys(self.members, request))


@frozen
class TakesWhoAnswersForHonest(Client):
    """Believes the first replica that tells it something."""

    def is_believed(self, results: Map[Address, Request], request: Request) -> bool:
        return request in results.values()


@frozen
class AnswersAgain(Client):
    """Answers for each result that agrees with what it knows."""

    def receive(self, state: Asking | Told, source: Address, message: Result) -> Step[Asking | Told] | None:
        told = super().receive(state, source, message)
        if told is None or not isinstance(state, Asking) or isinstance(told.state, Asking):
            return told
        return step(Asking(state.user, state.results.put(source, message.request)), *told.effects)


@frozen
class WaitsForTheLatest(Replica):
    """Waits for the request that it has heard of last."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        heard = evolve(state, request=None) if isinstance(message, Request) else state
        return super().receive(heard, source, message)


@frozen
class ForgetsWhatItWaitsFor(Replica):
    """Begins a view as it began the first."""

    def enter(self, state: State, view: int) -> Step[State]:
        return super().enter(evolve(state, request=None), view)


@frozen
class TellsTheNextPrimary(Replica):
    """Tells whose turn it is that it has changed its view, and nobody else."""

    def enter(self, state: State, view: int) -> Step[State]:
        entered, next_one = super().enter(state, view), self.primary(view)
        return step(entered.state, *(each for each in entered.effects if not isinstance(each, Send) or each.to == next_one))


@frozen
class RetiresOnceDecided(Replica):
    """Signs no proposal once it has decided."""

    def accept(self, state: State) -> Step[State] | None:
        return None if state.decided is not None else super().accept(state)


# ---- the pitfalls, in systems as small as show them

GATHERS = Pitfall(
    "PBF-4",
    "A client gathers what all replicas say: one of four is silent, and it waits for ever.",
    breaks=spec.every_request_is_answered,
    subject=system(asks=("x",), liars=(R3,), faults=TIMELY, client=WaitsForEverybody, promises=PROMISES),
    length=19,
)
GATHERS_MORE = Pitfall(
    "PBF-4/believed",
    "A client has heard enough of the replicas say the same, and waits for all.",
    breaks=spec.enough_is_believed,
    subject=system(2, faulty=0, asks=("x",), network=COPIES, views=1, client=WaitsForEverybody),
    length=6,
)
ONE_IS_BELIEVED = Pitfall(
    "PBF-11/believed",
    "A client that nobody has told to ask believes the first replica that tells it something.",
    breaks=spec.what_a_client_knows_is_true,
    subject=system(
        asks=("x",), liars=(R3,), lies=tells(R3, (C0,), Result(Request(C0, "z"))), network=COPIES, views=1, client=TakesWhoAnswersForHonest
    ),
    length=1,
)
ONE_IS_ENOUGH = Pitfall(
    "PBF-11",
    "Whoever has attested something is counted as honest, and believed: one liar is enough to deceive a client.",
    breaks=spec.an_answer_is_true,
    subject=system(
        asks=("x",), liars=(R3,), lies=tells(R3, (C0,), Result(Request(C0, "z"))), network=COPIES, views=1, client=TakesWhoAnswersForHonest
    ),
    length=2,
)
ANSWERS_AGAIN = Pitfall(
    "pbft.AnswersAgain",
    "A client answers again when one more replica says the same.",
    breaks=spec.nobody_is_answered_twice,
    subject=system(2, faulty=0, asks=("x",), network=COPIES, views=1, client=AnswersAgain),
    length=7,
)
LATEST = Pitfall(
    "pbft.WaitsForTheLatest",
    "A replica waits for whatever it was asked last: a client that goes on asking keeps it from whoever has asked before.",
    breaks=spec.the_first_request_counts,
    subject=system(2, faulty=0, liars=(C0,), lies=tells(C0, (R1,), X, Y), network=COPIES, views=1, replica=WaitsForTheLatest),
    length=2,
)
LATEST_CLIENT = Pitfall(
    "pbft.WaitsForTheLatest/client",
    "Two clients ask for the same, and a replica waits for the request of the second.",
    breaks=spec.the_first_request_counts,
    subject=system(2, faulty=0, asks=("x", "x"), network=COPIES, views=1, replica=WaitsForTheLatest),
    length=4,
)
NO_REQUEST = Pitfall(
    "pbft.ForgetsWhatItWaitsFor",
    "A replica that changes its view forgets the request for which it has lost patience, and is patient from then on.",
    breaks=spec.the_first_request_counts,
    subject=system(2, faulty=0, asks=("x",), network=COPIES, views=2, replica=ForgetsWhatItWaitsFor),
    length=3,
)
TOLD_ALONE = Pitfall(
    "pbft.TellsTheNextPrimary",
    "The next primary alone is told that a view has failed: if it lies, the others know nothing.",
    breaks=spec.all_are_told,
    subject=system(3, faulty=0, asks=("x",), network=COPIES, views=2, replica=TellsTheNextPrimary),
    length=3,
)
RETIRES = Pitfall(
    "pbft.RetiresOnceDecided",
    "A replica that has decided takes no part in later views: those that have not are too few without it, and a view fails whose primary is honest.",
    breaks=spec.a_view_with_an_honest_primary_lasts,
    subject=system(
        asks=("x",),
        liars=(R0,),
        lies=tells(R0, (R1, R2), PrePrepare(0, X)) + tells(R0, (R2,), Commit(0, X)),
        network=Network(fifo=True),
        faults=TIMELY,
        replica=RetiresOnceDecided,
        promises=PROMISES,
    ),
    length=29,
    quick=False,
)
