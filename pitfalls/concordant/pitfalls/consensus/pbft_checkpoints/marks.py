"""What goes wrong with the marks: what is stable too early, what is kept or dropped, and what is handed to whoever is behind."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from concordant.refimpl.consensus.pbft_checkpoints import Replica, State, last_is_late, system
from concordant.refimpl.machine import Forge, Pitfall, Step, System, step
from concordant.spec.consensus import pbft_checkpoints as spec
from concordant.spec.consensus.pbft_checkpoints import (
    Certificate,
    Checkpoint,
    Executed,
    History,
    Proposal,
    Signable,
    Signed,
    Transfer,
    Vote,
)
from concordant.spec.vocabulary import Address, Announce, Network, addresses

R0, R1, R2, R3 = addresses("replica", 4)
STRANGERS = addresses("stranger", 2)
TWO_USERS = ((R0, ("x",)), (R0, ("y",)))
SPLIT = (
    Forge(R1, R0, Proposal(1, "x")),
    Forge(R2, R0, Proposal(1, "x")),
    Forge(R3, R0, Proposal(1, "y")),
)
"""The primary tells two replicas one thing and the third another."""

# ---- mistakes


@frozen
class AsksWitnesses(Replica):
    """Takes f + 1 for a quorum, one of whom is honest."""

    def is_quorum(self, who: frozenset[Address]) -> bool:
        return len(who & set(self.members)) >= self.sizes.witnesses


@frozen
class CountsStrangers(Replica):
    """Counts whoever has signed, replica or not."""

    def is_quorum(self, who: frozenset[Address]) -> bool:
        return len(who) >= self.sizes.quorum


@frozen
class BelievesWhoShowsIt(Replica):
    """Takes a certificate for what its sender says it is."""

    def is_certificate(self, stable: Certificate) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class DiscardsWhatItHasExecuted(Replica):
    """Takes what it has executed for stable."""

    def executed(self, state: State, number: int, value: str) -> Step[State]:
        done = super().executed(state, number, value)
        return done.then(lambda left: self.stabilized(left, Certificate(left.executed, frozenset({self.me}))))


@frozen
class MovesItsMarksAlone(Replica):
    """Moves its marks where it has not come so far, and not its state."""

    def stabilized(self, state: State, stable: Certificate) -> Step[State]:
        moved = super().stabilized(state, stable)
        return evolve(moved, state=evolve(moved.state, executed=state.executed))


@frozen
class TakesEverythingIn(Replica):
    """Has no high mark."""

    def has_room(self, state: State, number: int) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class TakesInOneMore(Replica):
    """Takes the first number above the window for its last."""

    def has_room(self, state: State, number: int) -> bool:
        return number <= state.low + self.window + 1


@frozen
class TakesInOneLess(Replica):
    """Takes the high mark for what is above the window."""

    def has_room(self, state: State, number: int) -> bool:
        return number < state.low + self.window


@frozen
class KeepsWhatLedToIt(Replica):
    """Discards the checkpoints that are over, and nothing else."""

    def kept(self, state: State) -> frozenset[Signed]:
        return super().kept(state) | {one for one in state.log if not isinstance(one.message, Checkpoint)}


@frozen
class TakesInWhatIsOver(Replica):
    """Puts into its log whatever is not above the window."""

    def is_over(self, state: State, message: Signable) -> bool:  # noqa: ARG002  # that is the mistake
        return False


@frozen
class HearsStrangers(Replica):
    """Takes in what anybody has signed, and counts it nowhere."""

    def is_member(self, source: Address) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class KeepsBoth(Replica):
    """Keeps whatever a replica has signed, also where one contradicts the other."""

    def take(self, state: State, source: Address, message: Signable) -> State:
        return state if self.is_over(state, message) else state.signs(source, message)


@frozen
class DropsItsLog(Replica):
    """Begins a new log with each stable checkpoint."""

    def kept(self, state: State) -> frozenset[Signed]:  # noqa: ARG002  # that is the mistake
        return frozenset()


@frozen
class GoesBackToTheCheckpoint(Replica):
    """Makes the state of a stable checkpoint its own, also where it has come further."""

    def stabilized(self, state: State, stable: Certificate) -> Step[State]:
        moved = super().stabilized(state, stable)
        return evolve(moved, state=evolve(moved.state, executed=stable.state))


@frozen
class BeginsAnew(GoesBackToTheCheckpoint):
    """Goes back to a stable checkpoint, and begins a new log."""

    def kept(self, state: State) -> frozenset[Signed]:  # noqa: ARG002  # that is the mistake
        return frozenset()


@frozen
class TakesOverTheLast(Replica):
    """Takes over the last request of a stable checkpoint, as if it were behind by one."""

    def stabilized(self, state: State, stable: Certificate) -> Step[State]:
        moved = super().stabilized(state, stable)
        behind = len(state.executed) < len(stable.state)
        return evolve(moved, state=evolve(moved.state, executed=(*state.executed, stable.state[-1]))) if behind else moved


@frozen
class TakesAnyCheckpoint(Replica):
    """Takes over whatever checkpoint is shown, also an older one than its own."""

    def take_over(self, state: State, source: Address, stable: Certificate, signed: Iterable[Signable]) -> Step[State] | None:
        older = self.is_certificate(stable) and len(stable.state) < state.low
        return self.stabilized(state, stable) if older else super().take_over(state, source, stable, signed)


@frozen
class ExecutesWhatIsProposed(Replica):
    """Executes what the primary proposes, and does not wait for votes."""

    def is_quorum(self, who: frozenset[Address]) -> bool:
        return self.primary in who


@frozen
class SignsBeforeItExecutes(Replica):
    """Signs the state that it will have come to."""

    def executed(self, state: State, number: int, value: str) -> Step[State]:
        done = evolve(state, executed=(*state.executed, value))
        return self.sign(done, Checkpoint(done.executed)).then(lambda left: step(left, Announce(Executed(number, value))))


# ---- the pitfalls, in systems as small as show them


def pair(replica: type[Replica], window: int = 2, copies: bool = False) -> System[History]:
    """Return two replicas, both of which any quorum needs, and two users."""
    return system(2, faulty=0, window=window, asks=TWO_USERS, network=Network(duplicating=copies), replica=replica)


def behind(replica: type[Replica]) -> System[History]:
    """Return three replicas, two of which are a quorum, and one hears late of what they do."""
    return system(
        3,
        faulty=0,
        window=1,
        asks=((R0, ("x", "y")),),
        network=Network(fifo=True),
        assume=(last_is_late,),
        replica=replica,
    )


def _shown(replica: type[Replica], *signers: Address) -> System[History]:
    """Return four replicas, one of which shows the others a certificate that nobody honest has signed."""
    return system(liars=(R3,), lies=(Forge(R1, R3, Transfer(Certificate(("z",), frozenset(signers)), frozenset())),), replica=replica)


WITNESSES = Pitfall(
    "pbft_checkpoints.AsksWitnesses",
    "f + 1 are taken for a quorum: a primary that lies has two replicas execute different requests under one number.",
    breaks=spec.agreement,
    subject=system(liars=(R0,), lies=SPLIT, replica=AsksWitnesses),
    length=2,
)
WITNESSES_CHECKPOINT = Pitfall(
    "pbft_checkpoints.BelievesWhoShowsIt",
    "A replica makes its own what somebody calls a stable checkpoint, and looks at no signature.",
    breaks=spec.a_stable_checkpoint_is_backed,
    subject=_shown(BelievesWhoShowsIt, R3),
    length=1,
)
STRANGERS_COUNT = Pitfall(
    "pbft_checkpoints.CountsStrangers",
    "A certificate has as many signatures as a quorum, and two are of nobody that is a replica.",
    breaks=spec.a_stable_checkpoint_is_backed,
    subject=_shown(CountsStrangers, R3, *STRANGERS),
    length=1,
)
DISCARDS_AT_ONCE = Pitfall(
    "pbft_checkpoints.DiscardsWhatItHasExecuted",
    "A replica discards what it has executed, as if it were the last to do so: others may need that.",
    breaks=spec.what_is_discarded_is_executed,
    subject=pair(DiscardsWhatItHasExecuted),
    length=2,
)
MARKS_ALONE = Pitfall(
    "pbft_checkpoints.MovesItsMarksAlone",
    "A replica that is behind moves its window on, and has not the state that it begins with.",
    breaks=spec.what_is_stable_is_its_state,
    subject=behind(MovesItsMarksAlone),
    length=13,
)
THE_LAST_ALONE = Pitfall(
    "pbft_checkpoints.TakesOverTheLast",
    "A replica that is behind by two takes over the last request of a checkpoint alone: it has executed that in place of the first.",
    breaks=spec.agreement,
    subject=behind(TakesOverTheLast),
    length=15,
)
EVERYTHING_IN = Pitfall(
    "pbft_checkpoints.TakesEverythingIn",
    "A replica has no high mark: whoever lies fills its log with large numbers.",
    breaks=spec.nothing_above_the_high_mark_is_kept,
    subject=system(liars=(R3,), lies=(Forge(R1, R3, Vote(9, "z")),), replica=TakesEverythingIn),
    length=1,
)
ONE_MORE = Pitfall(
    "pbft_checkpoints.TakesInOneMore",
    "The window is longer by one at its end than all others think.",
    breaks=spec.nothing_above_the_high_mark_is_kept,
    subject=pair(TakesInOneMore, window=1),
    length=2,
)
KEEPS_ALL = Pitfall(
    "pbft_checkpoints.KeepsWhatLedToIt",
    "A checkpoint is stable, and the votes that led to it are kept: the log grows for ever.",
    breaks=spec.what_is_stable_is_not_kept,
    subject=pair(KeepsWhatLedToIt),
    length=4,
)
OVER_IN = Pitfall(
    "pbft_checkpoints.TakesInWhatIsOver",
    "A message that comes late is kept, though what it led to is discarded.",
    breaks=spec.what_is_stable_is_not_kept,
    subject=pair(TakesInWhatIsOver, copies=True),
    length=5,
)
STRANGERS_HEARD = Pitfall(
    "pbft_checkpoints.HearsStrangers",
    "What strangers have signed is in the log, though nobody counts it: there are any number of them.",
    breaks=spec.a_liar_does_not_fill_a_log,
    subject=system(liars=STRANGERS[:1], lies=(Forge(R1, STRANGERS[0], Vote(1, "z")),), replica=HearsStrangers),
    length=1,
)
BOTH = Pitfall(
    "pbft_checkpoints.KeepsBoth",
    "A replica that lies signs one thing after another under one number, and all are kept.",
    breaks=spec.a_liar_does_not_fill_a_log,
    subject=system(liars=(R3,), lies=(Forge(R1, R3, Vote(1, "x")), Forge(R1, R3, Vote(1, "z"))), replica=KeepsBoth),
    length=2,
)
DROPS_ALL = Pitfall(
    "pbft_checkpoints.DropsItsLog",
    "With a stable checkpoint all of the log is discarded, also what was proposed after it.",
    breaks=spec.what_counts_is_kept,
    subject=pair(DropsItsLog),
    length=5,
)
BEGINS_ANEW = Pitfall(
    "pbft_checkpoints.BeginsAnew",
    "A replica that has come further than the stable checkpoint forgets what it has executed since.",
    breaks=spec.nothing_is_taken_back,
    subject=pair(BeginsAnew),
    length=6,
)
OLDER = Pitfall(
    "pbft_checkpoints.TakesAnyCheckpoint",
    "A checkpoint that was fetched comes again, and the window goes back to where it was.",
    breaks=spec.nothing_is_taken_back,
    subject=pair(TakesAnyCheckpoint, window=1, copies=True),
    length=11,
)
GOES_BACK = Pitfall(
    "pbft_checkpoints.GoesBackToTheCheckpoint",
    "A replica that has come further than the stable checkpoint goes back to it, and executes again what comes after.",
    breaks=spec.an_execution_has_a_quorum,
    subject=pair(GoesBackToTheCheckpoint),
    length=6,
)
NO_VOTES = Pitfall(
    "pbft_checkpoints.ExecutesWhatIsProposed",
    "What the primary proposes is executed, and nobody waits for the others: they may be told something else.",
    breaks=spec.an_execution_has_a_quorum,
    subject=system(liars=(R0,), lies=SPLIT, replica=ExecutesWhatIsProposed),
    length=1,
)
SIGNS_EARLY = Pitfall(
    "pbft_checkpoints.SignsBeforeItExecutes",
    "A replica signs a state to which it has not come.",
    breaks=spec.a_message_is_true,
    subject=pair(SignsBeforeItExecutes),
    length=2,
)
TURNED_AWAY = Pitfall(
    "pbft_checkpoints.TakesInOneLess",
    "The window is shorter by one than all others think: users are turned away while there is room.",
    breaks=spec.an_answer_is_true,
    subject=pair(TakesInOneLess, window=1),
    length=1,
)
