"""A search that is stopped, saved and resumed reports what one reports that never stopped."""

from __future__ import annotations

import os
import re
import shutil
from functools import partial
from itertools import chain, count, repeat
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from attrs import evolve, frozen

from concordant.checks.exploration import budget as budgets
from concordant.checks.exploration.budget import Budget, Progress
from concordant.checks.exploration.explore import Reductions
from concordant.checks.exploration.report import Report, Status
from concordant.checks.registry import protocol
from concordant.checks.tabulated import checkpoint as checkpoints
from concordant.checks.tabulated import search as searching
from concordant.checks.tabulated.checkpoint import Checkpoint, StaleCheckpoint
from concordant.checks.tabulated.clusters import Tuning
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine import Step, System, step
from concordant.spec.vocabulary import (
    Address,
    AlwaysPossible,
    Cases,
    Eventually,
    Fault,
    InfinitelyOften,
    Network,
    NoHistory,
    Seen,
    always,
    case,
)
from tests.checks.toys import A, B, C, Kept, Listener, Note, Resender, Teller, Toy
from tests.oracles.two_phase import two_phase
from tests.tabulated.equality import TUNINGS, found
from tests.tabulated.random_systems import random_system
from tests.tabulated.symmetric_systems import symmetric_system

OF_ALL = (Eventually, InfinitelyOften, AlwaysPossible)
D = Address("d")
SMALL_CHUNKS = Tuning(chunk=50)
SYMMETRY = Reductions(symmetry=True)


def resumed(system: System[Any], file: Path, factor: float, **options: Any) -> tuple[Report, int]:
    """Search until the next budget of states is spent, again and again; return the last report, and how often it stopped."""
    states, stops = 1, 0
    while True:
        report = explore_tabulated(system, budget=Budget(states=states), checkpoint=Checkpoint(file), **options)
        if report.complete:
            return report, stops
        stops += 1
        states = max(report.states + 1, int(states * factor))


def timeless(report: Report) -> Report:
    return evolve(report, seconds=0)


@pytest.mark.parametrize("first", [0, 8, 16])
def test_random_systems_report_the_same_however_often_they_are_stopped(tmp_path: Path, first: int) -> None:
    compared = 0
    for seed in range(first, first + 8):
        system, tuning = random_system(seed), evolve(TUNINGS[seed % len(TUNINGS)], chunk=5)
        whole = explore_tabulated(system, tuning=tuning, budget=Budget(states=2_000))
        if whole.complete:
            report, _ = resumed(system, tmp_path / f"{seed}", 2, tuning=tuning)
            assert (seed, timeless(report)) == (seed, timeless(whole))
            compared += 1

    assert compared >= 4


def test_so_do_random_systems_up_to_symmetry(tmp_path: Path) -> None:
    for seed in (5, 7, 8, 12):
        system = symmetric_system(seed)
        options: Any = {"tuning": evolve(TUNINGS[seed % len(TUNINGS)], chunk=5), "reductions": SYMMETRY}
        report, _ = resumed(system, tmp_path / f"{seed}", 3, **options)
        assert (seed, timeless(report)) == (seed, timeless(explore_tabulated(system, **options)))


@always(under=~Fault.NONE)
def they_hear_different_things(seen: Seen[Any]) -> Cases:
    """No two have heard the same, if both have heard of one."""
    heard = [view.notes for view in seen.views(Kept).values() if 1 in view.notes]
    if len(heard) > 1:
        yield case(heard[0] != heard[1])


def test_what_clauses_see_has_the_same_numbers_as_before(tmp_path: Path) -> None:
    system = System(
        {A: Teller(B, (1, 2, 3)), B: Listener(), C: Teller(D, (1, 4)), D: Listener()}, NoHistory(), (they_hear_different_things,)
    )

    report, _ = resumed(system, tmp_path / "saved", 1.3, tuning=Tuning(chunk=3))

    assert timeless(report) == timeless(explore_tabulated(system, tuning=Tuning(chunk=3)))


def test_so_they_have_if_an_assumption_looks_at_some_before_the_kernel_is_shown_others(tmp_path: Path) -> None:
    system, tuning = next(each for each in protocol("pbft").scopes if each.name == "left_behind").system, Tuning(chunk=5)

    report, _ = resumed(system, tmp_path / "saved", 3, tuning=tuning)

    assert timeless(report) == timeless(explore_tabulated(system, tuning=tuning))


def test_a_search_that_is_resumed_and_stopped_again_reports_as_if_stopped_only_then(tmp_path: Path) -> None:
    system, file = random_system(35), tmp_path / "saved"
    explore_tabulated(system, budget=Budget(states=60), tuning=Tuning(chunk=5), checkpoint=Checkpoint(file))

    report = explore_tabulated(system, budget=Budget(states=120), tuning=Tuning(chunk=5), checkpoint=Checkpoint(file))

    assert report.grew
    assert timeless(report) == timeless(explore_tabulated(system, budget=Budget(states=120), tuning=Tuning(chunk=5)))


@pytest.mark.parametrize(
    ("stem", "name"),
    [("paxos_synod", "recovery"), ("two_phase_commit", "stopped_in_a_step"), ("stage_executor", "diamond")],
)
def test_scopes_report_the_same_however_often_they_are_stopped(tmp_path: Path, stem: str, name: str) -> None:
    scope = next(each for each in protocol(stem).scopes if each.name == name)
    options: Any = {"reductions": scope.reductions, "tuning": SMALL_CHUNKS}

    report, stops = resumed(scope.system, tmp_path / "saved", 1.5, **options)

    assert stops > 5
    assert timeless(report) == timeless(explore_tabulated(scope.system, **options))
    assert not list(tmp_path.iterdir())


def test_a_search_by_two_threads_can_be_resumed(tmp_path: Path) -> None:
    scope = next(each for each in protocol("paxos_synod").scopes if each.name == "learning")

    report, stops = resumed(scope.system, tmp_path / "saved", 2, workers=2)

    assert stops > 5
    assert found(report) == found(explore_tabulated(scope.system))


def test_a_search_that_dies_goes_on_from_what_was_saved_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    system, file = random_system(35), tmp_path / "saved"
    monkeypatch.setattr(Checkpoint, "save_if_due", Checkpoint.save)
    monkeypatch.setattr(searching, "NEWS", 0)

    def die(news: Progress) -> None:
        if news.states > 100:
            raise ConnectionError

    with pytest.raises(ConnectionError):
        explore_tabulated(system, tuning=SMALL_CHUNKS, checkpoint=Checkpoint(file), progress=die)
    assert file.exists()
    seen: list[Progress] = []
    report = explore_tabulated(system, tuning=SMALL_CHUNKS, checkpoint=Checkpoint(file), progress=seen.append)

    assert timeless(report) == timeless(explore_tabulated(system, tuning=SMALL_CHUNKS))
    assert seen[0].states > 50


UNDECIDED = "budget of {} s spent, when all states were found and not all clauses decided"


def searched(report: Report) -> object:
    """What a report says of the search itself, without what is decided on the whole graph afterwards."""
    safety = [each for each in report.verdicts if each.status in (Status.HOLDS, Status.VIOLATED, Status.VACUOUS)]
    counts = report.states, report.transitions, report.depth, report.at_rest, report.beyond, report.dropped, report.occurred
    return counts, [(each.clause.id, each.status, each.cases, each.trace) for each in safety if not isinstance(each.clause, OF_ALL)]


@pytest.mark.parametrize("seed", [1, 20, 35])
def test_a_search_can_be_stopped_wherever_it_looks_at_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Each look takes a second, so that budgets of seconds end a search in the midst of expanding, of answering and of judging."""
    whole, file = explore_tabulated(random_system(seed), tuning=SMALL_CHUNKS), tmp_path / "saved"
    monkeypatch.setattr(searching, "clock", partial(next, count()))

    stops, found_all = 0, False
    while not found_all:
        budget = Budget(seconds=4 + stops % 20)
        report = explore_tabulated(random_system(seed), tuning=SMALL_CHUNKS, budget=budget, checkpoint=Checkpoint(file))
        found_all = report.complete or report.stopped == UNDECIDED.format(budget.seconds)
        stops += 1

    assert stops > 5
    assert searched(report) == searched(whole)


def test_what_a_stopped_search_could_not_judge_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told: set[str] = set()
    for seconds in range(40, 200, 12):
        monkeypatch.setattr(searching, "clock", partial(next, count()))
        report = explore_tabulated(random_system(35), tuning=SMALL_CHUNKS, budget=Budget(seconds=seconds))
        told.add(re.sub(r"\d+", "n", report.stopped or ""))

    assert told == {"budget of n s spent", "budget of n s spent; not all of the last n states were judged"}


def test_an_interruption_is_called_so_wherever_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    for looks in range(0, 200, 9):
        monkeypatch.setattr(searching, "clock", partial(next, count()))  # a second a look, so that nothing more is judged in the end
        monkeypatch.setattr(budgets, "asked_to_end", partial(next, chain(repeat(False, looks), repeat(True))))

        assert explore_tabulated(random_system(35), tuning=SMALL_CHUNKS).stopped == "interrupted"


def test_what_is_not_decided_when_time_is_spent_is_inconclusive(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = count()
    monkeypatch.setattr(searching, "clock", lambda: next(looks))
    explore_tabulated(random_system(35), tuning=SMALL_CHUNKS)
    monkeypatch.setattr(searching, "clock", partial(next, count()))

    just_too_few = next(looks) - 2
    report = explore_tabulated(random_system(35), tuning=SMALL_CHUNKS, budget=Budget(seconds=just_too_few))

    assert (report.states, report.stopped) == (280, UNDECIDED.format(just_too_few))
    assert {each.status for each in report.verdicts if isinstance(each.clause, OF_ALL)} == {Status.INCONCLUSIVE}


# ---- what does not fit is refused


ANSWERS = {"receives": 1}


@frozen
class Fickle(Toy):
    """Answers by what stands in a table outside: against the rules, but nobody can see that beforehand."""

    def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept] | None:  # noqa: ARG002
        return step(Kept((len(state.notes) * message.number, ANSWERS["receives"])))


FICKLE = System({A: Resender(B), B: Fickle()}, NoHistory(), (), Network(copies=2, losses=None))


def stopped_search(file: Path) -> None:
    explore_tabulated(FICKLE, budget=Budget(states=3), tuning=Tuning(chunk=1), checkpoint=Checkpoint(file, "fickle"))


@pytest.mark.parametrize(
    ("system", "name", "options", "said"),
    [
        (FICKLE, "other", {}, "was saved with another scope: fickle, now other; remove it to start anew, or give another file"),
        (FICKLE, "fickle", {"reductions": Reductions(leave_ignored=True)}, "was saved with another options"),
        (FICKLE, "fickle", {"tuning": Tuning(chunk=2)}, "was saved with another options"),
        (random_system(1), "fickle", {}, "was saved with another options"),
    ],
)
def test_a_file_of_another_search_is_refused(tmp_path: Path, system: System[Any], name: str, options: Any, said: str) -> None:
    stopped_search(tmp_path / "saved")

    with pytest.raises(StaleCheckpoint, match=said):
        explore_tabulated(system, checkpoint=Checkpoint(tmp_path / "saved", name), **{"tuning": Tuning(chunk=1), **options})


def test_a_file_of_other_sources_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped_search(tmp_path / "saved")
    monkeypatch.setattr(checkpoints, "version", lambda _: "0.0.0")

    with pytest.raises(StaleCheckpoint, match=r"another version: .*, now 0.0.0"):
        stopped_search(tmp_path / "saved")


def test_handlers_that_answer_otherwise_than_before_are_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped_search(tmp_path / "saved")
    monkeypatch.setitem(ANSWERS, "receives", 2)

    with pytest.raises(StaleCheckpoint, match=r"handlers or clauses answer otherwise than when .* was saved"):
        explore_tabulated(FICKLE, tuning=Tuning(chunk=1), checkpoint=Checkpoint(tmp_path / "saved", "fickle"))


@pytest.mark.parametrize("name", ["rows0", "counts", "totals", "about"])
def test_a_file_that_was_edited_is_refused(tmp_path: Path, name: str) -> None:
    stopped_search(tmp_path / "saved")
    with np.load(tmp_path / "saved") as saved:
        arrays = dict(saved)
    edited = np.array(f"{arrays[name]} ") if name == "about" else np.append(arrays[name], arrays[name][:1])
    with (tmp_path / "saved").open("wb") as file:
        np.savez(file, **(arrays | {name: edited}))

    with pytest.raises(StaleCheckpoint, match="saved is not what was saved: it was cut short, or changed"):
        stopped_search(tmp_path / "saved")


def test_a_file_that_was_cut_short_anywhere_is_refused(tmp_path: Path) -> None:
    stopped_search(tmp_path / "saved")
    content = (tmp_path / "saved").read_bytes()

    for length in range(0, len(content), 997):
        (tmp_path / "cut").write_bytes(content[:length])
        with pytest.raises(StaleCheckpoint):
            stopped_search(tmp_path / "cut")


def test_a_saving_that_fails_on_the_way_is_told_and_the_search_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    system, place = random_system(35), tmp_path / "place"
    place.mkdir()
    monkeypatch.setattr(checkpoints, "EVERY", 0)
    monkeypatch.setattr(checkpoints, "time", SimpleNamespace(monotonic=lambda: 0))  # always due
    monkeypatch.setattr(searching, "NEWS", 0)

    def remove(news: Progress) -> None:
        if news.states > 3 and place.exists():
            shutil.rmtree(place)

    with pytest.warns(UserWarning, match=r"place/saved could not be saved: .*; the search goes on"):
        report = explore_tabulated(system, tuning=SMALL_CHUNKS, checkpoint=Checkpoint(place / "saved"), progress=remove)

    assert timeless(report) == timeless(explore_tabulated(system, tuning=SMALL_CHUNKS))


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04"])
def test_what_is_no_checkpoint_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "saved"
    file.write_bytes(content)

    with pytest.raises(StaleCheckpoint, match=r"saved is no checkpoint: .*; give another file"):
        stopped_search(file)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "saved")

    with pytest.raises(StaleCheckpoint, match="saved is no checkpoint: it is no plain file; give another file"):
        explore_tabulated(random_system(35), checkpoint=Checkpoint(tmp_path / "saved"))


def test_a_place_where_nothing_can_be_saved_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"nowhere/saved cannot be saved: .*No such file or directory.*; give another file"):
        stopped_search(tmp_path / "nowhere" / "saved")


def test_a_search_that_cannot_be_saved_any_more_reports_how_far_it_came(tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()

    def remove(news: Progress) -> None:  # noqa: ARG001  # the signature of progress
        place.rmdir()

    report = explore_tabulated(
        FICKLE, budget=Budget(states=3), tuning=Tuning(chunk=1), checkpoint=Checkpoint(place / "saved"), progress=remove
    )

    assert report.states == 4
    assert report.stopped is not None
    assert report.stopped.endswith(f"No such file or directory: '{place / 'saved.new'}'")


def test_a_search_up_to_the_names_of_seven_cannot_be_saved(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="or 720 orders of them, cannot be saved"):
        explore_tabulated(two_phase(7), reductions=SYMMETRY, checkpoint=Checkpoint(tmp_path / "saved"))
