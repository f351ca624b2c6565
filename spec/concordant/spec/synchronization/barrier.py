"""A cyclic barrier: nobody goes on before all have come, round after round.

Source: Mellor-Crummey and Scott, "Algorithms for scalable synchronization on shared-memory multiprocessors" (TOCS 1991), section 3;
the broken state and the reset of `CyclicBarrier` in java.util.concurrent and of `threading.Barrier` in Python.
Assumes: the parties are known beforehand, each by its name; the barrier itself does not fail. Who asks speaks for the party that
it names, so that a retry is known as one. Whoever fails does not come, or is cancelled.
Chosen: a wait that is cancelled either breaks the barrier, as in Java, so that all others hear of it, or withdraws the party
alone, as in `asyncio.Barrier`. Time that runs out breaks it; it stays broken until it is reset.
Does not promise: that a party that came passes: another may never come.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.spec.common import calls
from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import (
    Address,
    Call,
    CancelAsked,
    Cases,
    Deadline,
    Fair,
    Fault,
    Rejected,
    Reply,
    Seen,
    always,
    always_each,
    always_possible,
    at_rest,
    case,
    eventually,
    every_step,
    on_event,
    sometimes,
)

# ---- requests and answers


@frozen
class Arrive:
    """A party has come. Answered by `Passed` once all have, or by a `Rejected`: `BROKEN`, `WITHDRAWN`, `WAITS_ALREADY`, `NO_PARTY`."""

    party: Address


@frozen
class Reset:
    """Begin anew: who waits hears that the barrier is broken, and the next who come are waited for. Answered by `Ready`."""


@frozen
class Passed:
    """All have come. `round` counts from 1 how often that was so."""

    round: int


@frozen
class Ready:
    """The barrier was reset."""


BROKEN = Rejected("the barrier is broken")
WITHDRAWN = Rejected("the wait was cancelled")
WAITS_ALREADY = Rejected("the party waits already")
NO_PARTY = Rejected("no party of this barrier has this name")

# ---- triggers


@frozen
class TimeOut(Deadline):
    """Somebody has waited long enough."""


# ---- events


@frozen
class Broke:
    """The barrier is broken, until it is reset."""


# ---- views


@frozen
class BarrierView:
    """The round that is waited for, who waits, and whether the barrier is broken."""

    round: int
    waiting: frozenset[Address]
    broken: bool


# ---- history


@frozen
class History:
    """Who waits, by calls; how many rounds have passed; who is yet to be told that its round has passed, or was broken.

    `parties` is fixed. `leaving`: the calls that are to be cancelled. `withdrew`: whether some were, and `for_another`, one that a
    client had made for a party that it is not.
    """

    parties: frozenset[Address]
    calls: Calls = Calls()
    leaving: frozenset[Call] = frozenset()
    passed: int = 0
    passing: frozenset[Address] = frozenset()
    broken: bool = False
    breaking: frozenset[Address] = frozenset()
    withdrew: bool = False
    for_another: bool = False

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        after = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Reply(client, answer):
                return after.told(self.party(Call(client, at)), answer, Call(client, at))
            case CancelAsked():
                return evolve(after, leaving=self.leaving | {Call(by, at)})
            case Broke():
                return evolve(after, broken=True, breaking=self.breaking | self.waiting)
            case Reset():
                return evolve(after, broken=False, breaking=self.breaking | self.waiting)
            case _:
                return after

    def told(self, party: Address | None, answer: object, call: Call) -> History:
        """Fold an answer to a call of a party; None where none was known to wait."""
        after = evolve(self, leaving=self.leaving - {call})
        if party is None:
            return after
        match answer:
            case Passed() if party in self.passing:
                return evolve(after, passing=self.passing - {party})
            case Passed():
                return evolve(after, passed=self.passed + 1, passing=self.parties - {party})
            case _ if answer == WITHDRAWN:
                other = self.for_another or call.user != party
                return evolve(after, breaking=self.breaking - {party}, withdrew=True, for_another=other)
            case _:
                return evolve(after, breaking=self.breaking - {party})

    def party(self, call: Call) -> Address | None:
        """Return for whom a call is open."""
        asked = self.calls.open.get(call)
        return asked.party if isinstance(asked, Arrive) else None

    @property
    def waiting(self) -> frozenset[Address]:
        """The parties that wait for the round that comes next."""
        there = frozenset(asked.party for asked in self.calls.open.values() if isinstance(asked, Arrive))
        return (there & self.parties) - self.passing - self.breaking


# ---- clauses

ALL = Fault.CANCELLATION


@on_event(Reply, under=ALL)
def nobody_passes_alone(before: History, by: Address, event: Reply) -> Cases:
    """A party passes only when all of that round wait, or have waited until it was passed; and rounds come one after the other.

    Parties are known by name: who comes twice is one, who has withdrawn is none, and who is yet to be told of the last round
    does not wait for the next.
    """
    if isinstance(event.answer, Passed):
        party, told = before.party(Call(event.to, by)), event.answer.round
        if party in before.passing:
            yield case(told == before.passed, party=party, told=told, passed=before.passed)
        else:
            missing = before.parties - before.waiting
            yield case(not missing and told == before.passed + 1, party=party, missing=missing, told=told, passed=before.passed)


@on_event(Reply, under=ALL)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """Whoever does not pass is told why, and that is true: the barrier is broken, the wait was cancelled, the party waits already, or is none."""
    call = Call(event.to, by)
    asked = before.calls.open.get(call)
    match event.answer, asked:
        case Passed(), Arrive():
            return
        case Rejected() as answer, Arrive(party):
            others = tuple(other for other in before.calls.others(call) if before.party(other) == party)
            so = {
                BROKEN: party in before.breaking or (before.broken and party in before.parties),
                WITHDRAWN: call in before.leaving,
                WAITS_ALREADY: bool(others) and party in before.waiting,
                NO_PARTY: party not in before.parties,
            }
            yield case(so.get(answer, False), told=answer, party=party, waiting=before.waiting, broken=before.broken)
        case _:
            yield case((event.answer, asked) == (Ready(), Reset()), told=event.answer, asked=asked)


@on_event(Broke, under=ALL)
def it_breaks_only_who_waits_for_others(before: History, by: Address, event: Broke) -> Cases:  # noqa: ARG001  # the signature of the kind
    """The barrier never breaks while all wait, since then they pass, nor while nobody does."""
    yield case(bool(before.waiting) and before.waiting != before.parties, waiting=before.waiting)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """A request is answered once, and nobody who does not wait is answered."""
    return calls.answered_once(seen.history.calls)


@always(under=ALL)
def who_cancels_leaves_at_once(seen: Seen[History]) -> Cases:
    """A party whose wait is cancelled waits no more."""
    yield case(not seen.history.leaving, leaving=seen.history.leaving)


@every_step(BarrierView, under=ALL)
def nobody_leaves_alone(before: BarrierView, after: BarrierView) -> Cases:
    """Where a cancelled wait breaks the barrier, whoever stops waiting leaves nobody behind."""
    if before.waiting - after.waiting:
        yield case(not after.waiting, left=before.waiting - after.waiting, behind=after.waiting)


@on_event(Reply, under=ALL)
def who_cancels_breaks_it(before: History, by: Address, event: Reply) -> Cases:  # noqa: ARG001
    """Where a cancelled wait breaks the barrier, it is broken before anybody is told that the wait is over, whether or not others wait."""
    if event.answer == WITHDRAWN:
        yield case(before.broken, to=event.to)


@always_each(BarrierView, under=ALL)
def the_view_is_true(view: BarrierView, who: Address, history: History) -> Cases:  # noqa: ARG001  # there is one barrier
    """An outsider sees who waits, for which round, and whether the barrier is broken, as it is."""
    so = BarrierView(history.passed + 1, history.waiting, history.broken)
    yield case(view == so, view=view, so=so)


@at_rest(under=ALL)
def nobody_waits(seen: Seen[History]) -> Cases:
    """At rest nobody waits, whoever does not come."""
    return calls.nobody_waits(seen)


@eventually(Fair.TRIGGERS, under=ALL)
def every_wait_ends(seen: Seen[History]) -> Cases:
    """Every wait ends, since time runs out."""
    return calls.nobody_waits(seen)


@always_possible(under=ALL)
def it_can_be_mended(seen: Seen[History]) -> Cases:
    """Whatever has happened, the barrier can be whole again, with nobody waiting. Promised where somebody can always reset it."""
    for view in seen.views(BarrierView).values():
        yield case(not view.broken and not view.waiting, view=view)


@sometimes
def passes_again(seen: Seen[History]) -> Cases:
    """All pass twice."""
    yield case(seen.history.passed == 2 and not seen.history.passing)


@sometimes
def breaks(seen: Seen[History]) -> Cases:
    """The barrier breaks."""
    yield case(seen.history.broken)


@sometimes
def withdraws(seen: Seen[History]) -> Cases:
    """A wait is cancelled."""
    yield case(seen.history.withdrew)


@sometimes
def withdraws_for_another(seen: Seen[History]) -> Cases:
    """A wait is cancelled by a client that had come for a party."""
    yield case(seen.history.for_another)
