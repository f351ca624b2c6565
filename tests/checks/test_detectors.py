"""Failure detectors: perfect, eventually perfect and arbitrary (Chandra and Toueg, 1996)."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine import Move, Process, Step, Suspect, System, step
from concordant.spec.vocabulary import (
    Address,
    Cases,
    Crashed,
    Fair,
    Fault,
    Faults,
    Need,
    NoHistory,
    Seen,
    Suspected,
    Trusted,
    case,
    eventually,
)
from tests.checks.toys import Kept, Log, Toy
from tests.checks.walks import counts, log, moves

P, Q, R = Address("p", 1), Address("q", 2), Address("r", 3)
CRASH, RECOVER = "q2 crashes; Kept(()) survives", "q2 recovers"


class Wary(Toy):
    """Keeps the number of each peer that it suspects, once."""

    def suspect(self, state: Kept, peer: Address) -> Step[Kept] | None:
        return None if peer.number in state.notes else step(state.plus(peer.number))

    def survives(self, state: Kept) -> Iterable[Kept]:  # noqa: ARG002
        return (Kept(),)

    def recover(self, state: Kept) -> Step[Kept]:
        return step(state)


class Calm(Toy):
    """Suspects nobody, and recovers."""

    def recover(self, state: Kept) -> Step[Kept]:
        return step(state)


def wary(faults: Faults) -> System[NoHistory]:
    return System({P: Wary(), Q: Wary()}, NoHistory(), (), faults=faults)


def test_without_a_detector_nobody_is_suspected() -> None:
    assert moves(wary(Faults(crashes=1, who=(Q,))), CRASH) == []


def test_a_perfect_detector_suspects_only_peers_that_are_down() -> None:
    system = wary(Faults(crashes=1, who=(Q,), detector=True))

    assert moves(system) == [CRASH]
    assert moves(system, CRASH) == ["p1 suspects q2"]
    assert counts(system) == (3, 2, 3)


def test_a_suspicion_without_effect_is_no_move() -> None:
    system = wary(Faults(crashes=1, who=(Q,), detector=True))

    assert moves(system, CRASH, "p1 suspects q2") == []
    assert moves(System({P: Toy(), Q: Toy()}, NoHistory(), (), faults=Faults(detector=True, mistakes=None))) == []


def test_an_eventually_perfect_detector_makes_no_more_mistakes_than_allowed() -> None:
    system = wary(Faults(detector=True, mistakes=1))

    assert moves(system) == ["p1 suspects q2", "q2 suspects p1"]
    assert moves(system, "p1 suspects q2") == []
    assert counts(system) == (3, 2, 2)


def test_two_mistakes_are_allowed_where_two_may_be_made() -> None:
    system = System({P: Wary(), Q: Wary(), R: Wary()}, NoHistory(), (), faults=Faults(detector=True, mistakes=2))

    # nobody suspected; one of six suspicions; two of them, where each process remembers the order of its own
    assert counts(system) == (1 + 6 + (15 + 3), 6 + 6 * 5, 3)


def test_a_true_suspicion_is_no_mistake() -> None:
    system = System({P: Wary(), Q: Wary(), R: Wary()}, NoHistory(), (), faults=Faults(crashes=1, who=(Q,), detector=True, mistakes=1))

    assert moves(system, CRASH, "p1 suspects q2") == ["p1 suspects r3", "r3 suspects p1", "r3 suspects q2"]
    assert moves(system, CRASH, "p1 suspects r3") == ["p1 suspects q2", "r3 suspects q2"]


def test_an_arbitrary_detector_suspects_anybody_any_number_of_times() -> None:
    # each of the two suspects the other or does not
    assert counts(wary(Faults(detector=True, mistakes=None))) == (4, 4, 3)


def test_to_suspect_a_process_that_has_recovered_is_a_mistake() -> None:
    faults = Faults(crashes=1, recoveries=1, who=(Q,), detector=True)

    assert moves(wary(faults), CRASH, RECOVER) == []
    assert "p1 suspects q2" in moves(
        System({P: Wary(), Q: Wary()}, NoHistory(), (), faults=Faults(crashes=1, recoveries=1, who=(Q,), detector=True, mistakes=1)),
        CRASH,
        RECOVER,
    )


def test_a_process_that_is_down_suspects_nobody() -> None:
    assert moves(wary(Faults(crashes=1, who=(Q,), detector=True, mistakes=None)), CRASH) == ["p1 suspects q2"]


def test_the_history_sees_whom_a_process_suspects() -> None:
    system = System({P: Wary(), Q: Wary()}, Log(), (), faults=Faults(crashes=1, who=(Q,), detector=True))

    assert log(system, CRASH, "p1 suspects q2") == [(Q, Q, Crashed()), (P, P, Suspected(Q))]


def test_only_a_false_suspicion_is_reported_as_a_fault() -> None:
    assert explore(wary(Faults(crashes=1, who=(Q,), detector=True))).occurred is Fault.CRASH
    assert explore(wary(Faults(detector=True, mistakes=1))).occurred is Fault.SUSPICION


def test_a_suspicion_that_is_first_true_and_false_only_later_is_reported() -> None:
    def after_a_crash(move: Move, seen: Seen[Log]) -> bool:
        return not isinstance(move, Suspect) or (Q, Q, Crashed()) in seen.history.lines

    faults = Faults(crashes=1, recoveries=1, who=(Q,), detector=True, mistakes=1)
    report = explore(System({P: Wary(), Q: Calm()}, Log(), (), faults=faults, assume=(after_a_crash,)))

    assert report.occurred == Fault.CRASH | Fault.RECOVERY | Fault.SUSPICION


# ---- taking a suspicion back


class Forgiving(Wary):
    """Suspects as the wary do, and forgets it when the detector takes it back."""

    def trust(self, state: Kept, peer: Address) -> Step[Kept] | None:
        return step(Kept(tuple(note for note in state.notes if note != peer.number))) if peer.number in state.notes else None


def forgiving(faults: Faults) -> System[Log]:
    return System({P: Forgiving(), Q: Forgiving()}, Log(), (), faults=faults)


def test_a_suspicion_of_who_is_up_is_taken_back() -> None:
    system = forgiving(Faults(detector=True, mistakes=1))

    assert moves(system, "p1 suspects q2") == ["p1 trusts q2 again"]
    assert moves(system, "p1 suspects q2", "p1 trusts q2 again") == []
    assert log(system, "p1 suspects q2", "p1 trusts q2 again") == [(P, P, Suspected(Q)), (P, P, Trusted(Q))]


def test_who_recovers_is_trusted_again() -> None:
    system = forgiving(Faults(crashes=1, recoveries=1, who=(Q,), detector=True))

    assert moves(system, CRASH, "p1 suspects q2", RECOVER) == ["p1 trusts q2 again"]
    assert explore(system).occurred == Fault.CRASH | Fault.RECOVERY


def test_to_trust_who_is_down_is_a_mistake() -> None:
    faults = Faults(crashes=1, who=(Q,), detector=True)

    assert moves(forgiving(faults), CRASH, "p1 suspects q2") == []
    assert moves(forgiving(evolve(faults, mistakes=1)), CRASH, "p1 suspects q2") == ["p1 trusts q2 again"]
    assert moves(forgiving(evolve(faults, mistakes=1)), CRASH, "p1 suspects q2", "p1 trusts q2 again") == ["p1 suspects q2"]


@frozen
class Leads:
    """Whom a process follows: the lowest number that it does not suspect."""

    leader: int


@frozen
class Follower(Process[frozenset[int]]):
    """The smallest use of a detector: a leader that all agree on in the end (Chandra, Hadzilacos and Toueg, 1996). Keeps whom it suspects."""

    numbers: tuple[int, ...]

    def start(self) -> Step[frozenset[int]]:
        return step(frozenset())

    def view(self, state: frozenset[int]) -> Leads:
        return Leads(min(number for number in self.numbers if number not in state))

    def suspect(self, state: frozenset[int], peer: Address) -> Step[frozenset[int]] | None:
        return None if peer.number in state else step(state | {peer.number})


@frozen
class Forgives(Follower):
    """Trusts again whom it suspected by mistake."""

    def trust(self, state: frozenset[int], peer: Address) -> Step[frozenset[int]] | None:
        return step(state - {peer.number}) if peer.number in state else None


@eventually(Fair.TRIGGERS, under=Fault.CRASH | Fault.SUSPICION, needs=Need.EVENTUALLY_PERFECT_DETECTOR)
def all_follow_one_that_is_up(seen: Seen[object]) -> Cases:
    """In the end, all that are up follow one that is up."""
    leaders = {view.leader for who, view in seen.views(Leads).items() if seen.up(who)}
    yield case(len(leaders) == 1 and all(seen.up(who) for who in (P, Q, R) if who.number in leaders))


def elects(kind: type[Follower], mistakes: int | None) -> System[NoHistory]:
    faults = Faults(crashes=1, who=(P,), detector=True, mistakes=mistakes)
    return System({who: kind((1, 2, 3)) for who in (P, Q, R)}, NoHistory(), (all_follow_one_that_is_up,), faults=faults)


def test_a_leader_is_agreed_on_in_the_end_if_and_only_if_mistakes_are_taken_back() -> None:
    for engine in (explore, explore_tabulated):
        (report,) = engine(elects(Forgives, 2)).verdicts
        assert (report.status, report.judged_under) == (Status.HOLDS, Fault.CRASH | Fault.SUSPICION)
        assert engine(elects(Follower, 2)).verdicts[0].status is Status.NOT_PROMISED
        assert engine(elects(Forgives, None)).verdicts[0].status is Status.NOT_PROMISED


def test_mistakes_without_end_or_for_good_keep_them_apart() -> None:
    anyway = evolve(all_follow_one_that_is_up, needs=Need.NONE)

    for engine in (explore, explore_tabulated):
        for_good = engine(elects(Follower, 2), (anyway,)).verdicts[0]
        without_end = engine(elects(Forgives, None), (anyway,)).verdicts[0]

        assert (for_good.status, for_good.length, for_good.cycle) == (Status.VIOLATED, 1, 0)
        assert (without_end.status, without_end.length, without_end.cycle) == (Status.VIOLATED, 5, 4)
