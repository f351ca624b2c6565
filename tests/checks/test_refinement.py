"""One system compared with another: a pipeline shows what its stages show in order, and who runs ahead what the sequential run shows."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve, frozen

from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.report import Report, Status
from concordant.checks.misuse import Misuse
from concordant.checks.semantics import refinement
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine import Process, Specification, Step, System, User, step
from concordant.spec.common.refinement import rests_as_specified, shows_no_more
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Cases,
    Fault,
    Internal,
    Network,
    NoHistory,
    Seen,
    Send,
    always,
    case,
)

FIRST, SECOND, ANN = Address("first"), Address("second"), Address("ann")


@frozen
class Job:
    number: int

    answered = False


@frozen
class Item:
    number: int


@frozen
class Made:
    number: int


@frozen
class Next(Internal):
    pass


def what_is_made(at: Address, by: Address, happening: object) -> object:  # noqa: ARG001  # whoever makes it
    return happening if isinstance(happening, Job | Made) else None


NO_MORE = shows_no_more(what_is_made, under=Fault.LOSS)
RESTS = rests_as_specified(what_is_made, under=Fault.LOSS)


@frozen
class View:
    made: tuple[int, ...]


@frozen
class InOrder(Process[tuple[int, ...], Any, Job, Next]):
    """Makes one job after the other."""

    def start(self) -> Step[tuple[int, ...]]:
        return step(())

    def view(self, state: tuple[int, ...]) -> View:
        return View(state)

    def request(self, state: tuple[int, ...], client: Address, request: Job) -> Step[tuple[int, ...]]:  # noqa: ARG002
        return step((*state, request.number))

    def armed(self, state: tuple[int, ...]) -> tuple[Next, ...]:
        return (Next(),) if state else ()

    def fire(self, state: tuple[int, ...], trigger: Next) -> Step[tuple[int, ...]]:  # noqa: ARG002
        return step(state[1:], Announce(Made(state[0])))


@frozen
class Stage(Process[int, Item, Job]):
    """Hands every job on; the last one makes it."""

    to: Address | None

    def start(self) -> Step[int]:
        return step(0)

    def view(self, state: int) -> View:  # noqa: ARG002
        return View(())

    def request(self, state: int, client: Address, request: Job) -> Step[int]:  # noqa: ARG002
        return step(state, *self.on(request.number))

    def receive(self, state: int, source: Address, message: Item) -> Step[int]:  # noqa: ARG002
        return step(state, *self.on(message.number))

    def on(self, number: int) -> tuple[Send | Announce, ...]:
        return (Announce(Made(number)),) if self.to is None else (Send(self.to, Item(number)),)


def user(jobs: int) -> User:
    return User(ANN, (FIRST,), tuple((Job(number),) for number in range(jobs)))


def in_order(jobs: int = 3) -> System[Any]:
    return System({FIRST: InOrder()}, NoHistory(), (), users=(user(jobs),))


def pipeline(network: Network, jobs: int = 3, than: System[Any] | None = None) -> System[Any]:
    return System(
        {FIRST: Stage(SECOND), SECOND: Stage(None)},
        NoHistory(),
        (NO_MORE, RESTS),
        network,
        users=(user(jobs),),
        refines=Specification(than or in_order(), what_is_made),
    )


def statuses(report: Report) -> tuple[tuple[Status, int | None], ...]:
    return tuple((verdict.status, verdict.length) for verdict in report.verdicts)


HOLDS, VACUOUS = (Status.HOLDS, None), (Status.VACUOUS, None)


@pytest.mark.parametrize("run", [explore, explore_tabulated])
def test_a_pipeline_whose_channel_keeps_order_shows_what_the_sequential_run_shows(run: Any) -> None:
    assert statuses(run(pipeline(Network(fifo=True)))) == (HOLDS, HOLDS)


@pytest.mark.parametrize("run", [explore, explore_tabulated])
def test_one_whose_channel_does_not_shows_a_later_job_first(run: Any) -> None:
    report = run(pipeline(Network()))

    assert statuses(report) == ((Status.VIOLATED, 3), HOLDS)
    assert report.verdicts[0].facts == {"shown": Made(1)}


def test_one_that_loses_a_job_shows_no_more_and_rests_where_the_other_may_not() -> None:
    assert statuses(explore(pipeline(Network(fifo=True, losses=1), jobs=1, than=in_order(1)))) == (HOLDS, (Status.VIOLATED, 2))


def test_the_same_outcome_is_a_comparison_in_each_direction() -> None:
    other = evolve(in_order(), promises=(NO_MORE, RESTS), refines=Specification(pipeline(Network(fifo=True)), what_is_made))
    wider = evolve(in_order(), promises=(NO_MORE, RESTS), refines=Specification(pipeline(Network()), what_is_made))

    assert statuses(explore(other)) == statuses(explore(wider)) == (HOLDS, HOLDS)


def test_who_shows_less_input_is_not_under_the_same_inputs() -> None:
    """A specification whose user never asks for the third job does not allow that it is asked for."""
    assert statuses(explore(pipeline(Network(fifo=True), jobs=3, than=in_order(2)))) == ((Status.VIOLATED, 3), VACUOUS)


@frozen
class Forgetful(InOrder):
    """Makes a job for ever."""

    def fire(self, state: tuple[int, ...], trigger: Next) -> Step[tuple[int, ...]]:  # noqa: ARG002
        return step(state, Announce(Made(state[0])))


def test_runs_without_an_end_are_compared_too() -> None:
    """Both make the first job again and again: neither history ends, and both are known by the place of the specification."""
    endless = System({FIRST: Forgetful()}, NoHistory(), (NO_MORE, RESTS), users=(user(1),))

    assert statuses(explore(evolve(endless, refines=Specification(endless, what_is_made)))) == (HOLDS, HOLDS)
    assert statuses(explore(evolve(endless, refines=Specification(in_order(1), what_is_made)))) == (
        (Status.VIOLATED, 3),
        VACUOUS,
    )


def test_what_other_clauses_read_of_the_history_is_as_without_a_specification() -> None:
    @frozen
    class Count:
        jobs: int = 0

        def after(self, at: Address, by: Address, happening: object) -> Count:  # noqa: ARG002
            return Count(self.jobs + isinstance(happening, Job))

    @always()
    def at_most_two(seen: Seen[Count]) -> Cases:
        """There are at most two jobs."""
        yield case(seen.history.jobs <= 2)

    counted = evolve(pipeline(Network(fifo=True)), history=Count(), promises=(at_most_two, NO_MORE))

    assert statuses(explore(counted)) == ((Status.VIOLATED, 3), HOLDS)


def test_a_symmetry_is_refused_beside_a_specification_and_so_is_a_specification_without_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Misuse, match="declares no symmetry"):
        explore(evolve(pipeline(Network()), symmetric=(((FIRST,),),)), reductions=Reductions())
    monkeypatch.setattr(refinement, "MOST", 2)
    with pytest.raises(Misuse, match="more than 2 states"):
        explore(pipeline(Network()))
