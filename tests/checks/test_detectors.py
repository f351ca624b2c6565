"""Failure detectors: perfect, eventually perfect and arbitrary (Chandra and Toueg, 1996)."""

from __future__ import annotations

from collections.abc import Iterable

from concordant.checks.exploration.explore import explore
from concordant.refimpl.machine import Move, Step, Suspect, System, step
from concordant.spec.vocabulary import Address, Crashed, Fault, Faults, NoHistory, Seen, Suspected
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
