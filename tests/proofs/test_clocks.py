"""Symbols of readings of clocks: what a handler may add to them, and what of a role that reads a clock is assumed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from attrs import evolve, frozen

from concordant.proofs.kernel.handlers import RunningRole
from concordant.proofs.kernel.paths import Paths, Refuted, every_path, running
from concordant.proofs.kernel.role_theorems import quantifiers, refuted_by, role_of
from concordant.proofs.kernel.symbols import Element
from concordant.proofs.kernel.trespassing import Trespass
from concordant.proofs.synchronization.lease.handlers import LEASES
from concordant.proofs.synchronization.lease.meaning import BEFORE, GUARD, LENGTH, READINGS, TOKENS, Leases
from concordant.refimpl.synchronization.lease import Agent, Lending, Server

EARLY, LATE = READINGS.symbol("early"), READINGS.symbol("late")
KNOWN = [LEASES.background["readings are totally ordered"], LEASES.background["readings to which as much is added stay in their order"]]


@pytest.fixture
def search() -> Iterator[Paths]:
    paths = Paths()
    with running(paths):
        yield paths


def before(low: Any, high: Any) -> Any:
    return BEFORE(READINGS.term(low), READINGS.term(high))


def test_as_much_added_or_taken_keeps_the_order_and_no_more_is_known() -> None:
    def run(paths: Paths) -> None:
        ordered = before(EARLY, LATE)
        paths.prove(ordered == before(EARLY + LENGTH, LATE + LENGTH), "as much later")
        paths.prove(ordered == before(EARLY - GUARD, LATE - GUARD), "as much sooner")
        paths.prove(READINGS.term(EARLY + GUARD - GUARD) == READINGS.term(EARLY), "there and back")
        with pytest.raises(Refuted, match="later"):
            paths.prove(before(EARLY, EARLY + LENGTH), "later")

    assert every_path(run, KNOWN) == 1


WRONG_SUMS: list[Callable[[], object]] = [
    lambda: EARLY + LATE,
    lambda: EARLY - LATE,
    lambda: LENGTH + GUARD,
    lambda: EARLY + 1,
    lambda: EARLY - 1,
    lambda: EARLY + True,
    lambda: TOKENS.symbol("some") + LENGTH,
]


@pytest.mark.parametrize("compute", WRONG_SUMS)
def test_other_sums_fail_aloud_and_are_remembered(compute: Callable[[], object], search: Paths) -> None:
    with pytest.raises(Trespass, match="computes with a int"):
        compute()

    assert isinstance(search.trespass, Trespass)


class Timeless(Leases):
    """Says nothing of what readings are."""

    clock = None


class Trusting(Leases):
    """Assumes nothing of what the server's clock shows."""

    roles = (evolve(Leases.roles[0], shows=lambda _s, _now: {}),)


def test_a_role_that_reads_a_clock_needs_symbols_of_what_it_shows() -> None:
    assert (
        refuted_by(Timeless(), Server)
        == "it reads a clock, of which the proof has no symbols: say by `clock` in its meaning what readings are"
    )


def test_without_what_is_assumed_of_its_clock_the_server_is_refuted_and_its_theorem_says_what_is() -> None:
    trusting = Trusting()

    assert refuted_by(trusting, Server, "clock") == "guard go_on.laid_down"
    assert refuted_by(trusting, Server, "crash and recovery") == "guard go_on.laid_down"
    told, untold = (quantifiers(each, role_of(each, Server), role_of(each, Server).casts) for each in (LEASES, trusting))
    assert "of what its clock shows, that whoever held what ends by then has laid it down, it has shown nothing later" in told
    assert "of what its clock shows" not in untold


@frozen
class ComesUpAsOneOfTwo(Server):
    """Keeps what it knows in a crash, or nothing."""

    def survives(self, state: Lending) -> tuple[Lending, ...]:
        return (*super().survives(state), Lending())


def test_whatever_a_crash_leaves_is_run() -> None:
    assert refuted_by(LEASES, ComesUpAsOneOfTwo, "crash and recovery") == "Lending: no token is above the last"


def test_a_clock_shows_any_reading_to_an_agent() -> None:
    of_agent = RunningRole(LEASES, role_of(LEASES, Agent), Agent, role_of(LEASES, Agent).casts[0])

    assert isinstance(of_agent.reading, Element)
    assert of_agent.shown(LEASES.now) == ()
