"""What goes wrong with changes of view: they do not happen, or what was decided is not carried over."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.consensus.pbft.counting import C0, COPIES, R0, R1, R2, R3, TIMELY, X, Y, tells
from concordant.refimpl.consensus.pbft import PROMISES, Changes, Replica, State, choose, system
from concordant.refimpl.machine import Fire, Forge, Pitfall, Receive, Step, System, step
from concordant.spec.consensus.pbft import (
    Certificate,
    Commit,
    History,
    Impatient,
    LostPatience,
    NewView,
    OfAView,
    Prepare,
    PrePrepare,
    Request,
    View,
    ViewChange,
)
from concordant.spec.consensus.pbft import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Map, Network, broadcast

# ---- mistakes


@frozen
class KeepsItsPrimary(Replica):
    """Never loses patience."""

    def armed(self, state: State) -> tuple[Impatient, ...]:  # noqa: ARG002  # that is the mistake
        return ()


@frozen
class WaitsForNobody(Replica):
    """Is impatient also with a view to which too few have come."""

    def armed(self, state: State) -> tuple[Impatient, ...]:
        return super().armed(evolve(state, view=0))


@frozen
class FollowsNobody(Replica):
    """Leaves a view only if it has lost patience itself."""

    def follow(self, state: State) -> Step[State] | None:  # noqa: ARG002  # that is the mistake
        return None


@frozen
class FollowsOne(Replica):
    """Follows whoever has lost patience, also one alone."""

    def follow(self, state: State) -> Step[State] | None:
        later = [one.message.view for one in state.log if isinstance(one.message, ViewChange) and one.message.view > state.view]
        return self.enter(state, max(later)) if later else None


@frozen
class SkipsWhoIsNext(Replica):
    """Loses patience with the next view, too."""

    def fire(self, state: State, trigger: Impatient) -> Step[State]:  # noqa: ARG002  # there is one
        lost = step(state, Announce(LostPatience(state.view)))
        return lost.then(lambda left: self.enter(left, left.view + 2)).then(self.advance)


@frozen
class KeepsWhatIsOver(Replica):
    """Keeps all messages that it has received."""

    def enter(self, state: State, view: int) -> Step[State]:
        entered = super().enter(state, view)
        return evolve(entered, state=evolve(entered.state, log=entered.state.log | state.log))


@frozen
class DropsItsLog(Replica):
    """Drops all messages once it has decided."""

    def decide(self, state: State) -> Step[State] | None:
        decided = super().decide(state)
        return decided if decided is None else evolve(decided, state=evolve(decided.state, log=frozenset()))


@frozen
class ReportsNothing(Replica):
    """Shows no certificate when it changes its view."""

    def report(self, state: State) -> Certificate | None:  # noqa: ARG002  # that is the mistake
        return None


@frozen
class ForgetsItsCertificate(Replica):
    """Drops its certificate with the log, once it has shown it."""

    def enter(self, state: State, view: int) -> Step[State]:
        entered = super().enter(state, view)
        return evolve(entered, state=evolve(entered.state, prepared=None))


@frozen
class DatesItBack(Replica):
    """Counts views from one in certificates when it changes its view, and from zero elsewhere."""

    def enter(self, state: State, view: int) -> Step[State]:
        entered, prepared = super().enter(state, view), state.prepared
        return (
            entered if prepared is None else evolve(entered, state=evolve(entered.state, prepared=evolve(prepared, view=prepared.view - 1)))
        )


@frozen
class GoesBack(Replica):
    """Follows others also to an earlier view."""

    def hear(self, state: State, source: Address, message: OfAView) -> Step[State] | None:
        goes_back = isinstance(message, ViewChange) and self.is_stale(state, message)
        return self.enter(state, message.view) if goes_back else super().hear(state, source, message)


@frozen
class LetsThePrimaryChoose(Replica):
    """Does not look whether the primary's request is that of the latest certificate."""

    def allows(self, changes: Changes, view: int, request: Request) -> bool:  # noqa: ARG002  # that is the mistake
        return self.is_quorum(frozenset(changes))


@frozen
class ReadsNoCertificate(Replica):
    """Does not count who has signed a certificate."""

    def is_certificate(self, prepared: Certificate | None, before: int) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class AsksWitnesses(Replica):
    """Takes the signatures of f + 1 for a certificate."""

    def is_certificate(self, prepared: Certificate | None, before: View) -> bool:
        return prepared is None or (prepared.view < before and len(prepared.signers & set(self.members)) >= self.sizes.witnesses)


@frozen
class CountsCertificates(Replica):
    """Proposes, and accepts, the request of which there are most certificates, also where another has a later one."""

    def propose(self, state: State) -> Step[State] | None:
        changes = self.changes(state)
        request = choose(_of_the_most(changes), state.request)
        if state.view == 0 or request is None or super().propose(state) is None:
            return super().propose(state)
        message = NewView(state.view, request, changes)
        return step(evolve(state, proposal=request).signs(self.me, message), *broadcast(self.peers, message))

    def allows(self, changes: Changes, view: View, request: Request) -> bool:
        return super().allows(_of_the_most(changes), view, request)


def _of_the_most(changes: Changes) -> Changes:
    """Leave out all certificates but those for the request of which there are most."""
    shown = [prepared.request for prepared in changes.values() if prepared is not None]
    most = max(sorted(set(shown)), key=shown.count, default=None)
    return Map.of({by: prepared if prepared is not None and prepared.request == most else None for by, prepared in changes.items()})


# ---- the pitfalls, in systems as small as show them

IN_ORDER = Network(fifo=True)
HELP = tells(R0, (R1, R2), PrePrepare(0, X)) + tells(R0, (R1,), Commit(0, X))
"""A lying primary has two replicas sign a request, and helps one of them to decide it."""

NO_ROTATION = Pitfall(
    "PBF-8",
    "There are no views: the primary is silent, and nobody takes its place.",
    breaks=spec.every_request_is_answered,
    subject=system(asks=("x",), liars=(R0,), faults=TIMELY, replica=KeepsItsPrimary, promises=PROMISES),
    length=4,
)
TOO_FAST = Pitfall(
    "pbft.WaitsForNobody",
    "A replica that has changed its view does not wait until the others come, and is a view ahead when they do.",
    breaks=spec.a_view_with_an_honest_primary_lasts,
    subject=system(asks=("x",), liars=(R0,), network=IN_ORDER, faults=TIMELY, replica=WaitsForNobody, promises=PROMISES),
    length=8,
)
NOBODY_FOLLOWS = Pitfall(
    "pbft.FollowsNobody",
    "Who has decided stays in its view, and the others are too few to change theirs.",
    breaks=spec.every_request_is_answered,
    subject=system(asks=("x",), liars=(R0,), lies=HELP, network=IN_ORDER, faults=TIMELY, replica=FollowsNobody, promises=PROMISES),
    length=22,
    quick=False,
)
LEFT_BEHIND = Pitfall(
    "pbft.FollowsNobody/left_behind",
    "A replica waits for a view that all others have left until it loses patience itself.",
    breaks=spec.whoever_is_left_behind_follows,
    subject=system(asks=("x",), liars=(R0,), network=IN_ORDER, faults=TIMELY, replica=FollowsNobody, promises=PROMISES),
    length=11,
)
FOLLOWS_ONE = Pitfall(
    "pbft.FollowsOne",
    "A replica follows one other to a later view: a liar leads it through all views.",
    breaks=spec.nobody_moves_without_a_cause,
    subject=system(liars=(R3,), lies=tells(R3, (R1,), ViewChange(1, None)), network=COPIES, views=2, replica=FollowsOne),
    length=1,
)
SKIPS_A_PRIMARY = Pitfall(
    "pbft.SkipsWhoIsNext",
    "A replica that loses patience passes over the next view, whose primary has done nothing wrong.",
    breaks=spec.nobody_moves_without_a_cause,
    subject=system(2, faulty=0, asks=("x",), network=COPIES, views=3, replica=SkipsWhoIsNext),
    length=3,
)
KEEPS_ALL = Pitfall(
    "pbft.KeepsWhatIsOver",
    "A replica keeps the messages of views that it has left: its log grows for ever.",
    breaks=spec.what_is_over_is_not_kept,
    subject=system(2, faulty=0, asks=("x",), network=COPIES, views=2, replica=KeepsWhatIsOver),
    length=3,
)
DROPS_ALL = Pitfall(
    "pbft.DropsItsLog",
    "A replica that has decided drops its log: with the changes of view in it, that others may wait for it to follow.",
    breaks=spec.what_counts_is_kept,
    subject=system(2, faulty=0, asks=("x",), network=COPIES, views=2, replica=DropsItsLog),
    length=5,
)
FORGETS = Pitfall(
    "pbft.ForgetsItsCertificate",
    "A replica shows its certificate once, and would have none to show if the next view failed too.",
    breaks=spec.a_view_never_decreases,
    subject=system(2, faulty=0, asks=("x",), network=COPIES, views=2, replica=ForgetsItsCertificate),
    length=4,
)
DATES_BACK = Pitfall(
    "pbft.DatesItBack",
    "After a change of view a replica takes its certificate for one of an earlier view, and for older than it is.",
    breaks=spec.a_view_never_decreases,
    subject=system(2, faulty=0, asks=("x",), network=COPIES, views=2, replica=DatesItBack),
    length=4,
)
GOES_BACK = Pitfall(
    "pbft.GoesBack",
    "A change of view that arrives late takes a replica back to an earlier view.",
    breaks=spec.a_view_never_decreases,
    subject=system(2, faulty=0, asks=("x",), network=COPIES, views=3, replica=GoesBack),
    length=7,
)

PREPARED = Certificate(0, X, frozenset({R0, R2, R3}))
MADE_UP = Certificate(0, Y, frozenset({R1}))
DECIDED = (  # the first replica decides, the second has a certificate, the third has none
    Forge(R0, C0, X),
    Receive(R2, R0, PrePrepare(0, X)),
    Receive(R3, R0, PrePrepare(0, X)),
    Receive(R0, R2, Prepare(0, X)),
    Receive(R0, R3, Prepare(0, X)),
    Receive(R2, R3, Prepare(0, X)),
    Receive(R0, R2, Commit(0, X)),
    Forge(R0, R1, Commit(0, X)),
    Fire(R2, Impatient()),
    Fire(R3, Impatient()),
)


def _lying_primary(mine: Certificate | None, replica: type[Replica], shown: Certificate | None = PREPARED) -> System[History]:
    """The primary of the second view lies: it proposes another request than that which was decided. `mine`: the certificate that it shows itself; `shown`: that of the second replica."""
    proposal = NewView(1, Y, Map.of({R1: mine, R2: shown, R3: None}))
    lies = (*tells(C0, (R0,), X), *tells(R1, (R0,), Commit(0, X)), *tells(R1, (R2, R3), proposal), *tells(R1, (R2,), Commit(1, Y)))
    return system(liars=(R1, C0), lies=lies, network=COPIES, views=2, replica=replica)


ANOTHER = (
    *DECIDED,
    Forge(R2, R1, NewView),
    Forge(R3, R1, NewView),
    Receive(R2, R3, Prepare(1, Y)),
    Receive(R3, R2, Prepare(1, Y)),
    Receive(R2, R3, Commit(1, Y)),
    Forge(R2, R1, Commit(1, Y)),
)
NOTHING_SURVIVES = Pitfall(
    "PBF-9",
    "No certificate survives a view that fails: one replica has decided, and the next primary proposes something else.",
    breaks=spec.agreement,
    subject=_lying_primary(None, ReportsNothing, shown=None),
    length=16,
    schedule=ANOTHER,
    correct=_lying_primary(None, Replica, shown=None),
    correct_stops_at=11,
)
PRIMARY_CHOOSES = Pitfall(
    "pbft.LetsThePrimaryChoose",
    "The primary of a new view is trusted to propose what the certificates demand: it lies, and what was decided is decided otherwise.",
    breaks=spec.agreement,
    subject=_lying_primary(None, LetsThePrimaryChoose),
    length=16,
    schedule=ANOTHER,
    correct=_lying_primary(None, Replica),
    correct_stops_at=11,
)
UNREAD = Pitfall(
    "pbft.ReadsNoCertificate",
    "A certificate is believed without its signatures: the primary of a new view makes one up for another request.",
    breaks=spec.agreement,
    subject=_lying_primary(MADE_UP, ReadsNoCertificate),
    length=16,
    schedule=ANOTHER,
    correct=_lying_primary(MADE_UP, Replica),
    correct_stops_at=11,
)
SIGNED_BY_ONE = Certificate(0, X, frozenset({R0, R1}))
SHOWS_TOO_LITTLE = (*tells(R0, (R1,), PrePrepare(0, X), ViewChange(1, SIGNED_BY_ONE)), *tells(C0, (R2,), X))
FEW_SIGN = Pitfall(
    "pbft.AsksWitnesses",
    "f + 1 signatures are taken for a certificate: a primary that lies shows the next one what one other has signed.",
    breaks=spec.a_message_is_true,
    subject=system(liars=(R0, C0), lies=SHOWS_TOO_LITTLE, replica=AsksWitnesses),
    length=5,
    schedule=(
        Forge(R1, R0, PrePrepare(0, X)),
        Forge(R1, R0, ViewChange(1, SIGNED_BY_ONE)),
        Forge(R2, C0, X),
        Fire(R2, Impatient()),
        Receive(R1, R2, ViewChange(1, None)),
    ),
    correct=system(liars=(R0, C0), lies=SHOWS_TOO_LITTLE),
    correct_stops_at=2,
)
OLDER_FOR_X = Certificate(0, X, frozenset({R0, R2, R3}))
THREE_VIEWS = (
    *tells(C0, (R0,), X),
    *tells(C0, (R1,), Y),
    *tells(R3, (R0,), Prepare(0, X), ViewChange(2, OLDER_FOR_X), Prepare(2, X), Commit(2, X)),
    *tells(R3, (R1,), ViewChange(1, None), Prepare(1, Y), Commit(1, Y)),
    *tells(R3, (R2,), ViewChange(1, None), Prepare(1, Y), ViewChange(2, OLDER_FOR_X), Prepare(2, X)),
)
"""A backup that lies helps whoever proposes, and shows what it knows of the first view when the second has failed."""
MOST_COUNT = Pitfall(
    "pbft.CountsCertificates",
    "Of the certificates that are shown that counts of which there are most: two of the first view, one of them shown by a liar, outvote the one of the second, in which another request was decided.",
    breaks=spec.agreement,
    subject=system(liars=(R3, C0), lies=THREE_VIEWS, views=3, replica=CountsCertificates),
    length=28,
    schedule=(
        Forge(R0, C0, X),
        Receive(R2, R0, PrePrepare(0, X)),
        Receive(R0, R2, Prepare(0, X)),
        Forge(R0, R3, Prepare(0, X)),  # the first replica has a certificate for x
        Forge(R1, C0, Y),
        Fire(R1, Impatient()),
        Fire(R2, Impatient()),
        Receive(R1, R2, ViewChange(1, None)),
        Forge(R1, R3, ViewChange(1, None)),
        Receive(R2, R1, NewView),
        Receive(R1, R2, Prepare(1, Y)),
        Forge(R1, R3, Prepare(1, Y)),
        Forge(R2, R3, Prepare(1, Y)),
        Receive(R1, R2, Commit(1, Y)),
        Forge(R1, R3, Commit(1, Y)),  # the second decides y
        Receive(R2, R1, ViewChange(1, None)),
        Forge(R2, R3, ViewChange(1, None)),
        Fire(R2, Impatient()),
        Forge(R0, R3, ViewChange(2, OLDER_FOR_X)),
        Receive(R0, R2, ViewChange),
        Forge(R2, R3, ViewChange(2, OLDER_FOR_X)),
        Receive(R2, R0, ViewChange),
        Receive(R0, R2, NewView),
        Receive(R2, R0, Prepare(2, X)),
        Forge(R2, R3, Prepare(2, X)),
        Forge(R0, R3, Prepare(2, X)),
        Receive(R0, R2, Commit(2, X)),
        Forge(R0, R3, Commit(2, X)),
    ),
    correct=system(liars=(R3, C0), lies=THREE_VIEWS, views=3),
    correct_stops_at=24,
)
