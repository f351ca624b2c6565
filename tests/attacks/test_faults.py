"""Attacks on what a clause claims to survive: each holds in a system that allows the fault, and was never judged under it."""

from __future__ import annotations

import pytest
from attrs import frozen

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.checks.exploration.under import unjudged
from concordant.refimpl.machine import AnyProcess, Byzantine, Step, System, User, step
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Cases,
    Clause,
    Fault,
    Faults,
    Malformed,
    Network,
    NoHistory,
    Seen,
    always,
    at_rest,
    case,
    every_step,
    on_event,
)
from tests.checks.toys import ANN, A, B, Collector, Counter, Do, Ends, Goes, Kept, Later, Note, Noticed, Teller, Toy

EVE = Address("eve")


def claims(
    clause: Clause,
    *processes: AnyProcess,
    network: Network = Network(),
    faults: Faults = Faults(),
    users: tuple[User, ...] = (),
    byzantine: tuple[Byzantine[NoHistory], ...] = (),
) -> Fault:
    """Return what a clause, which holds, claims and was never judged under."""
    system = System(dict(zip((A, B), processes, strict=False)), NoHistory(), (clause,), network, faults, users, byzantine)
    report = explore(system)

    assert report.verdict(clause).status is Status.HOLDS
    return dict(unjudged(report.verdicts)).get(clause, Fault.NONE)


def told(under: Fault) -> Clause:
    @always(under=under)
    def is_true_of_whoever_has_heard(seen: Seen[NoHistory]) -> Cases:
        """True of a process that has heard something."""
        for view in seen.views(Kept).values():
            if view.notes:
                yield case(True)

    return is_true_of_whoever_has_heard


def test_a_case_that_needs_the_very_message_that_is_lost_is_never_judged_under_loss() -> None:
    assert claims(told(Fault.LOSS), Teller(B, (1,)), Collector(), network=Network(losses=1)) == Fault.LOSS
    assert claims(told(Fault.LOSS), Teller(B, (1, 2)), Collector(), network=Network(losses=1)) == Fault.NONE


def test_a_case_that_only_those_have_who_are_up_is_never_judged_under_the_crash_of_all() -> None:
    @always(under=Fault.CRASH)
    def counts_while_up(seen: Seen[NoHistory]) -> Cases:
        """True of a counter that is up."""
        if seen.up(A):
            yield case(True)

    assert claims(counts_while_up, Counter(), faults=Faults(crashes=1, who=(A,))) == Fault.CRASH


def test_a_fault_of_which_the_clause_claims_nothing_and_one_that_no_scope_allows_are_told_apart() -> None:
    assert claims(told(Fault.LOSS | Fault.CRASH), Teller(B, (1, 2)), Collector(), network=Network(losses=1)) == Fault.CRASH


@frozen
class Twice(Toy):
    """Keeps a note once more when a copy of it comes, and no third time."""

    def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept] | None:  # noqa: ARG002
        return step(state.plus(message.number)) if len(state.notes) < 2 else None


def noted(times: int) -> Clause:
    @always(under=Fault.DUPLICATION)
    def has_noted(seen: Seen[NoHistory]) -> Cases:
        """True of whoever has noted so much."""
        if len(seen.views(Kept)[B].notes) == times:
            yield case(True)

    return has_noted


def test_a_network_that_may_duplicate_has_duplicated_nothing_at_the_first_delivery() -> None:
    duplicating = Network(duplicating=True)

    assert claims(noted(1), Teller(B, (1,)), Twice(), network=duplicating) == Fault.DUPLICATION
    assert claims(noted(2), Teller(B, (1,)), Twice(), network=duplicating) == Fault.NONE
    assert claims(told(Fault.DUPLICATION), Teller(B, (1,)), Collector(), network=duplicating) == Fault.NONE, (
        "a copy that is ignored came too"
    )


@frozen
class Announcer(Collector):
    """Announces each note that it has not heard before."""

    def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept] | None:
        taken = super().receive(state, source, message)
        return None if taken is None else step(taken.state, Announce(Noticed(message.number)))


def test_what_is_announced_at_the_first_delivery_is_not_judged_under_the_copy_that_comes_later() -> None:
    @on_event(Noticed, under=Fault.DUPLICATION)
    def is_noticed(before: NoHistory, by: Address, event: Noticed) -> Cases:  # noqa: ARG001
        """True of every note that is noticed."""
        yield case(True)

    duplicating = Network(duplicating=True)

    assert claims(is_noticed, Teller(B, (1,)), Announcer(), network=duplicating) == Fault.DUPLICATION
    assert claims(is_noticed, Teller(B, (1, 2)), Announcer(), network=duplicating) == Fault.NONE


def steps(*, back: bool) -> Clause:
    @every_step(Kept, under=Fault.CRASH)
    def forgets_or_counts(before: Kept, after: Kept) -> Cases:
        """True of a step that forgets, or of one that counts on."""
        if len(after.notes) < len(before.notes) if back else len(after.notes) > len(before.notes):
            yield case(True)

    return forgets_or_counts


def test_a_step_is_judged_under_the_crash_that_it_is_and_not_under_one_that_comes_after() -> None:
    crashing = Faults(crashes=1, who=(A,))

    assert claims(steps(back=True), Counter(), faults=crashing) == Fault.NONE
    assert claims(steps(back=False), Counter(), faults=crashing) == Fault.CRASH


class Impatient(Toy):
    """Goes to and fro until it has heard something."""

    def armed(self, state: Kept) -> tuple[Later, ...]:
        return () if 1 in state.notes else (Later(),)

    def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:  # noqa: ARG002
        return step(Kept() if state.notes else Kept((0,)))

    def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept]:  # noqa: ARG002
        return step(Kept((1,)))


def test_what_is_true_of_every_state_at_rest_is_never_judged_under_a_loss_after_which_nothing_rests() -> None:
    @at_rest(under=Fault.LOSS)
    def rests(seen: Seen[NoHistory]) -> Cases:  # noqa: ARG001
        """True of every state at rest."""
        yield case(True)

    assert claims(rests, Teller(B, (1,)), Impatient(), network=Network(losses=1)) == Fault.LOSS
    assert claims(rests, Teller(B, (1, 1)), Impatient(), network=Network(losses=1)) == Fault.NONE


@pytest.mark.parametrize(
    ("fault", "faults", "users", "byzantine"),
    [
        (Fault.CANCELLATION, Faults(cancellations=1), (), ()),
        (Fault.BYZANTINE, Faults(), (), (Byzantine(EVE, lambda _: ()),)),
        (Fault.MALFORMED, Faults(), (User(ANN, (B,), ((Malformed(Do(1)),),)),), ()),
        (Fault.SUSPICION, Faults(crashes=1, who=(A,), detector=True, mistakes=1), (), ()),
    ],
)
def test_a_fault_that_is_allowed_and_cannot_come_about_is_never_judged(
    fault: Fault, faults: Faults, users: tuple[User, ...], byzantine: tuple[Byzantine[NoHistory], ...]
) -> None:
    under = fault | (Fault.CRASH if faults.crashes else Fault.NONE)

    assert fault in claims(told(under), Counter(), Toy(), faults=faults, users=users, byzantine=byzantine)
