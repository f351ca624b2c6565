"""Which clauses are judged: under which faults, with which environment; what must be reached; what is not decided yet."""

from __future__ import annotations

import pytest

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Change, Frame, Status, Verdict
from concordant.checks.semantics.promises import faults_of, meets
from concordant.checks.semantics.rows import Happening
from concordant.refimpl.machine import Byzantine, Fire, System, User
from concordant.spec.vocabulary import (
    Address,
    Cases,
    Clause,
    Fair,
    Fault,
    Faults,
    Malformed,
    Need,
    Network,
    NoHistory,
    Seen,
    always,
    case,
    eventually,
    infinitely_often,
    sometimes,
)
from tests.checks.toys import ANN, A, B, Counter, Do, Goes, Kept, Noticed, Toy

EVE = Address("eve")


# ---- which faults an environment has


def toys(
    network: Network = Network(),
    faults: Faults = Faults(),
    users: tuple[User, ...] = (),
    byzantine: tuple[Byzantine[NoHistory], ...] = (),
    promises: tuple[Clause, ...] = (),
) -> System[NoHistory]:
    return System({A: Toy(), B: Counter()}, NoHistory(), promises, network, faults, users, byzantine)


@pytest.mark.parametrize(
    ("system", "faults"),
    [
        (toys(), Fault.NONE),
        (toys(Network(losses=1)), Fault.LOSS),
        (toys(Network(losses=None, copies=1)), Fault.LOSS),
        (toys(Network(fifo=True)), Fault.NONE),
        (toys(Network(duplicating=True)), Fault.DUPLICATION),
        (toys(faults=Faults(crashes=1, who=(A,), mid_step=True)), Fault.CRASH),
        (toys(faults=Faults(crashes=1, who=(B,), detector=True)), Fault.CRASH),
        (toys(faults=Faults(detector=True, mistakes=None)), Fault.SUSPICION),
        (toys(faults=Faults(detector=True, mistakes=2)), Fault.SUSPICION),
        (toys(faults=Faults(cancellations=1)), Fault.CANCELLATION),
        (toys(faults=Faults(synchronous=True)), Fault.NONE),
        (toys(users=(User(ANN, (A,), ((Do(1),), (Do(2), Malformed("?")))),)), Fault.MALFORMED),
        (toys(byzantine=(Byzantine(EVE, lambda _: ()),)), Fault.BYZANTINE),
        (toys(Network(duplicating=True, losses=None)), Fault.DUPLICATION | Fault.LOSS),
    ],
)
def test_the_faults_of_an_environment_are_derived_from_the_system(system: System[NoHistory], faults: Fault) -> None:
    assert faults_of(system) == faults


@pytest.mark.parametrize(
    ("system", "needs"),
    [
        (toys(), Need.NONE),
        (toys(Network(fifo=True)), Need.FIFO),
        (toys(faults=Faults(synchronous=True)), Need.TIMELY),
        (toys(Network(losses=1), Faults(synchronous=True)), Need.NONE),
        (toys(faults=Faults(detector=True)), Need.PERFECT_DETECTOR | Need.EVENTUALLY_PERFECT_DETECTOR),
        (toys(faults=Faults(detector=True, mistakes=1)), Need.EVENTUALLY_PERFECT_DETECTOR),
        (toys(faults=Faults(detector=True, mistakes=None)), Need.NONE),
        (
            toys(Network(fifo=True), Faults(synchronous=True, detector=True)),
            Need.FIFO | Need.TIMELY | Need.PERFECT_DETECTOR | Need.EVENTUALLY_PERFECT_DETECTOR,
        ),
    ],
)
def test_the_needs_that_an_environment_meets_are_derived_from_the_system(system: System[NoHistory], needs: Need) -> None:
    assert meets(system) == needs


# ---- which clauses are judged


def claim(under: Fault = Fault.NONE, needs: Need = Need.NONE) -> Clause:
    @always(under=under, needs=needs)
    def never(seen: Seen[NoHistory]) -> Cases:  # noqa: ARG001
        """Never true where it is judged."""
        yield case(False)

    return never


@pytest.mark.parametrize(
    ("clause", "network", "status"),
    [
        (claim(), Network(), Status.VIOLATED),
        (claim(), Network(losses=None), Status.NOT_PROMISED),
        (claim(Fault.LOSS), Network(losses=None), Status.VIOLATED),
        (claim(Fault.LOSS), Network(), Status.VIOLATED),
        (claim(Fault.LOSS), Network(losses=None, duplicating=True), Status.NOT_PROMISED),
        (claim(Fault.LOSS | Fault.DUPLICATION), Network(losses=None, duplicating=True), Status.VIOLATED),
        (claim(needs=Need.FIFO), Network(), Status.NOT_PROMISED),
        (claim(needs=Need.FIFO), Network(fifo=True), Status.VIOLATED),
        (claim(needs=Need.TIMELY), Network(), Status.NOT_PROMISED),
        (claim(needs=Need.PERFECT_DETECTOR), Network(), Status.NOT_PROMISED),
    ],
)
def test_a_clause_is_judged_only_where_it_is_promised(clause: Clause, network: Network, status: Status) -> None:
    assert explore(toys(network, promises=(clause,))).verdict(clause).status is status


def test_only_the_promises_of_the_system_are_judged_unless_others_are_asked_for() -> None:
    promised, other = claim(), counts_to_two

    assert [found.clause for found in explore(toys(promises=(promised,))).verdicts] == [promised]
    assert [found.clause for found in explore(toys(promises=(promised,)), (other,)).verdicts] == [other]
    with pytest.raises(KeyError):
        explore(toys(promises=(promised,))).verdict(other)


def test_a_sometimes_is_judged_under_every_fault() -> None:
    system = toys(
        Network(losses=None, duplicating=True), Faults(crashes=1, who=(A,), detector=True, mistakes=None), promises=(counts_to_two,)
    )

    assert explore(system).verdict(counts_to_two).status is Status.HOLDS


# ---- sometimes


@sometimes
def counts_to_two(seen: Seen[NoHistory]) -> Cases:
    """The counter counts to two."""
    yield case(seen.views(Kept)[B].notes == (1, 2), counted=seen.views(Kept)[B].notes)


def counted(number: int) -> Frame:
    before = tuple(range(1, number))
    return Frame(Fire(B, Goes(number)), (Happening(B, B, Noticed(number)),), (Change(B, "notes", before, (*before, number)),))


def test_a_sometimes_holds_with_a_shortest_path_to_its_first_case_that_holds() -> None:
    assert explore(toys(promises=(counts_to_two,))).verdict(counts_to_two) == Verdict(
        counts_to_two, Status.HOLDS, 3, (counted(1), counted(2)), {"counted": (1, 2)}
    )


def test_a_sometimes_that_is_never_reached_in_a_finished_search_is_violated() -> None:
    @sometimes
    def counts_to_four(seen: Seen[NoHistory]) -> Cases:
        """Somebody counts to four."""
        yield case(any(len(view.notes) > 3 for view in seen.views(Kept).values()))

    assert explore(toys(promises=(counts_to_four,))).verdict(counts_to_four) == Verdict(counts_to_four, Status.VIOLATED, 4)


def test_a_sometimes_without_any_case_is_violated_too() -> None:
    @sometimes
    def nothing(seen: Seen[NoHistory]) -> Cases:  # noqa: ARG001
        """Nothing is asked."""
        return ()

    assert explore(toys(promises=(nothing,))).verdict(nothing) == Verdict(nothing, Status.VIOLATED)


# ---- liveness


@eventually(Fair.TRIGGERS)
def ends_counting(seen: Seen[NoHistory]) -> Cases:
    """Everybody counts to three in the end, which nobody does who counts to two."""
    yield case(all(len(view.notes) == 3 for view in seen.views(Kept).values()))


@infinitely_often(Fair.NONE)
def keeps_counting(seen: Seen[NoHistory]) -> Cases:
    """Somebody counts again and again."""
    yield case(bool(seen.views(Kept)))


def test_liveness_is_decided_beside_safety() -> None:
    report = explore(toys(promises=(ends_counting, counts_to_two, keeps_counting)))

    assert [(found.clause.name, found.status) for found in report.verdicts] == [
        ("ends_counting", Status.VIOLATED),
        ("counts_to_two", Status.HOLDS),
        ("keeps_counting", Status.HOLDS),
    ]
