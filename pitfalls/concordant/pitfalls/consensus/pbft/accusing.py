"""What goes wrong with what is held against others, and with what is on record."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.consensus.pbft.counting import C0, COPIES, R0, R1, R2, X, Y, tells
from concordant.pitfalls.consensus.pbft.signing import ChecksNoSignature
from concordant.refimpl.consensus.pbft import Replica, State, system
from concordant.refimpl.machine import Pitfall, Step, System, step
from concordant.spec.consensus.pbft import Accused, Commit, Garbled, History, Moved, NewView, OfAView, Prepare, PrePrepare, ViewChange
from concordant.spec.consensus.pbft import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Map, Send

# ---- mistakes


@frozen
class RecordsTheViewThatFailed(Replica):
    """Puts the view on record that it leaves."""

    def enter(self, state: State, view: int) -> Step[State]:
        entered = super().enter(state, view)
        return step(entered.state, Announce(Moved(state.view)), *entered.effects[1:])


@frozen
class RecordsWhatItLeavesItself(Replica):
    """Puts on record that it has lost patience, and not that it follows others."""

    def follow(self, state: State) -> Step[State] | None:
        followed = super().follow(state)
        return followed if followed is None else step(followed.state, *(each for each in followed.effects if isinstance(each, Send)))


@frozen
class RecordsOne(Replica):
    """Reports whoever it catches first, and keeps the rest to itself."""

    def catch(self, state: State, accused: Accused) -> Step[State] | None:
        caught = super().catch(state, accused)
        return step(caught.state) if caught is not None and state.caught else caught


@frozen
class ReportsAgain(Replica):
    """Reports whoever lies whenever it hears that again."""

    def catch(self, state: State, accused: Accused) -> Step[State] | None:
        return super().catch(evolve(state, caught=state.caught - {accused}), accused)


@frozen
class BlamesTheClient(Replica):
    """Reports the client whose request came second."""

    def catch(self, state: State, accused: Accused) -> Step[State] | None:
        return super().catch(state, evolve(accused, who=self.clients[0]))


# ---- the pitfalls, in systems as small as show them

STRANGER = Address("stranger")


def _framed(message: OfAView) -> System[History]:
    """Somebody sends a message in the name of the second of two replicas."""
    return system(
        2,
        faulty=0,
        asks=("x",),
        liars=(STRANGER,),
        lies=tells(STRANGER, (R0,), Garbled(R1, message)),
        network=COPIES,
        views=2,
        replica=ChecksNoSignature,
    )


def _is_framed(kind: str, message: OfAView, length: int) -> Pitfall:
    return Pitfall(
        f"PBF-6/{kind}",
        f"A {kind} is held against whom it names: a stranger has sent it.",
        breaks=spec.only_what_is_proved_is_reported,
        subject=_framed(message),
        length=length,
    )


FRAMED_BY_A_PREPARE = _is_framed("prepare", Prepare(0, Y), 5)
FRAMED_BY_A_COMMIT = _is_framed("commit", Commit(0, Y), 5)
FRAMED_BY_A_CHANGE = _is_framed("view_change", ViewChange(1, None), 6)
FRAMED_BY_A_NEW_VIEW = _is_framed("new_view", NewView(1, Y, Map.of({R0: None, R1: None})), 7)


ANOTHER_VIEW_ON_RECORD = Pitfall(
    "pbft.RecordsTheViewThatFailed",
    "The record names the view that was left, where all others name the one that was entered.",
    breaks=spec.every_view_that_failed_is_on_record,
    subject=system(2, faulty=0, asks=("x",), network=COPIES, views=2, replica=RecordsTheViewThatFailed),
    length=3,
)
FOLLOWERS_LEAVE_NO_RECORD = Pitfall(
    "pbft.RecordsWhatItLeavesItself",
    "Whoever has lost patience says so, and whoever follows it does not: nobody can tell how many have come.",
    breaks=spec.every_view_that_failed_is_on_record,
    subject=system(2, faulty=0, asks=("x",), network=COPIES, views=2, replica=RecordsWhatItLeavesItself),
    length=4,
)
REPORTS_AGAIN = Pitfall(
    "pbft.ReportsAgain",
    "A lie that is repeated is reported again, as if it were another.",
    breaks=spec.only_what_is_proved_is_reported,
    subject=system(
        liars=(R0, C0), lies=tells(R0, (R1,), PrePrepare(0, X), PrePrepare(0, Y)), network=COPIES, views=1, replica=ReportsAgain
    ),
    length=3,
)
CLIENT_IS_BLAMED = Pitfall(
    "pbft.BlamesTheClient",
    "The client is reported whose requests a primary has proposed both: it has signed neither proposal.",
    breaks=spec.only_what_is_proved_is_reported,
    subject=system(
        liars=(R0, C0), lies=tells(R0, (R1,), PrePrepare(0, X), PrePrepare(0, Y)), network=COPIES, views=1, replica=BlamesTheClient
    ),
    length=2,
)
ONE_IS_RECORDED = Pitfall(
    "pbft.RecordsOne",
    "Of several who lie a replica reports the first.",
    breaks=spec.whoever_is_caught_is_on_record,
    subject=system(
        liars=(R0, R2, C0),
        lies=tells(R0, (R1,), PrePrepare(0, X), PrePrepare(0, Y)) + tells(R2, (R1,), Prepare(0, X), Prepare(0, Y)),
        network=COPIES,
        views=1,
        replica=RecordsOne,
    ),
    length=4,
)
