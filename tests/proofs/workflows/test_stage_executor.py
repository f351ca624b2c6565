"""The stage executor: the shipped tests for starting and skipping are the guards of the model, and its theorems are true of small graphs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

import pytest
import z3
from attrs import evolve

from concordant.checks.draws import Exhaustive
from concordant.checks.scopes.workflows.stage_executor import digraph
from concordant.proofs.kernel.finite import FiniteModel, FiniteState, Firing
from concordant.proofs.kernel.lemmas import Lemmas
from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.kernel.theorems import ProofStatus
from concordant.proofs.workflows.stage_executor.bridge import BRIDGE
from concordant.proofs.workflows.stage_executor.claim import STAGES, STATUSES, universe
from concordant.proofs.workflows.stage_executor.graphs import MODEL, NEVER_RUNS, PROGRESS, STUCK
from concordant.refimpl.workflows.stage_executor import doomed, flaw, may_run
from concordant.spec.vocabulary import Map
from concordant.spec.workflows.shared.stages import Stage, StageStatus, graph
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

ALL = (PROGRESS, STUCK, NEVER_RUNS)
RELATIONS = {"running": StageStatus.RUNNING, "done": StageStatus.DONE, "failed": StageStatus.FAILED, "skipped": StageStatus.SKIPPED}


FAILED_OPTIONAL = (StageStatus.FAILED, True)
SITUATIONS = (*((status, False) for status in StageStatus), FAILED_OPTIONAL)
"""Of a stage: its status, and whether it is optional, which makes a difference to others only where it has failed."""


def graphs(largest: int) -> Iterator[tuple[tuple[Stage, ...], tuple[StageStatus, ...]]]:
    """Yield every digraph of up to so many stages, with every combination of statuses and of which of the failed are optional."""
    draw = Exhaustive()
    while True:
        plain = digraph(draw, largest)
        for situations in product(SITUATIONS, repeat=len(plain)):
            of = tuple(evolve(stage, optional=optional) for stage, (_, optional) in zip(plain, situations, strict=True))
            yield of, tuple(status for status, _ in situations)
        if not draw.advance():
            return


@cache
def model_of(count: int) -> FiniteModel:
    return FiniteModel(MODEL, universe(count))


def state(of: tuple[Stage, ...], statuses: tuple[StageStatus, ...]) -> FiniteState:
    names = [stage.name for stage in of]
    known: dict[str, frozenset[tuple[int, ...]]] = {
        name: frozenset((n,) for n, status in enumerate(statuses) if status is each) for name, each in RELATIONS.items()
    }
    known |= {
        "planned": frozenset((n,) for n in range(len(of))),
        "depends": frozenset((n, names.index(before)) for n, stage in enumerate(of) for before in stage.after),
        "optional": frozenset((n,) for n, stage in enumerate(of) if stage.optional),
    }
    return tuple(known.get(name, frozenset()) for name in MODEL.changing)


def test_the_model_knows_the_statuses_of_the_code() -> None:
    assert tuple(RELATIONS) == STATUSES
    assert {*RELATIONS.values(), StageStatus.WAITING} == set(StageStatus)


def test_what_may_start_and_what_must_be_skipped_are_the_guards_of_the_model_on_every_graph_of_up_to_three_stages() -> None:
    compared = stuck = 0
    for of, statuses in graphs(3):
        known, named = graph(of), Map.of({stage.name: status for stage, status in zip(of, statuses, strict=True)})
        finite, here = model_of(len(of)), state(of, statuses)
        waiting = [number for number, status in enumerate(statuses) if status is StageStatus.WAITING]
        may = {action: [n for n in waiting if finite.enabled(here, Firing(action, (n,)))] for action in ("begin", "skip")}
        assert may["begin"] == [n for n in waiting if may_run(of[n], known, named)]
        assert may["skip"] == [n for n in waiting if doomed(of[n], known, named)]
        compared += 1
        if waiting and StageStatus.RUNNING not in statuses and not (may["begin"] or may["skip"]):  # the theorems, of this graph
            among_them = (evolve(of[n], after=tuple(b for b in of[n].after if named[b] is StageStatus.WAITING)) for n in waiting)
            assert "circle" in (flaw(tuple(among_them)) or "")
            stuck += 1

    assert (compared, stuck) == (13_974, 148)


@pytest.mark.parametrize("theorem", ALL, ids=lambda each: each.title)
def test_a_theorem_that_lost_a_hypothesis_is_not_proved_any_more(theorem: Lemmas) -> None:
    last = theorem.lemmas[-1]
    for name in last.hypotheses:
        left = {each: term for each, term in last.hypotheses.items() if each != name}
        weaker = evolve(theorem, lemmas=(*theorem.lemmas[:-1], evolve(last, hypotheses=left)))

        assert weaker.check().detail == f"does not follow: {last.name}"
        assert name not in weaker.claim.partition("Given: ")[2]


def test_a_hypothesis_that_is_not_needed_wants_a_reason() -> None:
    last = NEVER_RUNS.lemmas[-1]
    more = evolve(NEVER_RUNS, lemmas=(*NEVER_RUNS.lemmas[:-1], evolve(last, hypotheses={**last.hypotheses, "rain": z3.Bool("rain")})))

    assert more.check().standing is ProofStatus.FAILED
    assert more.check().detail == (
        "a_circle_never_runs: without hypothesis 2, what starts: rain: the proof survives, and the ledger gives no reason"
    )


def test_hypotheses_that_contradict_each_other_show_nothing() -> None:
    last = NEVER_RUNS.lemmas[-1]
    nothing = evolve(last, hypotheses={**last.hypotheses, "no": z3.BoolVal(False)})

    assert "the hypotheses of 2, what starts contradict each other" in evolve(NEVER_RUNS, lemmas=(nothing,)).check().detail


def test_a_page_shows_every_lemma_and_its_hypotheses() -> None:
    lines = list(STUCK.page())

    assert lines[0] == "stage_executor.stuck_means_a_circle"
    assert "  Lemma 3, who waits waits for another: A stage that waits where nothing can happen depends on another that waits." in lines
    assert "    given that it must not be skipped" in lines


SEEN = {
    **dict.fromkeys(("stage_executor.AddsWhatIsMissing", "WFE-3", "WFE-5", "WFX-5", "WFX-5/beside", "WFX-5/joined"), 1),
    **dict.fromkeys(
        (
            "WFE-12",
            "stage_executor.NoErrorIsSuccess",
            "WFE-2",
            "WFE-13",
            "WFX-3",
            "WFX-4",
            "WFX-8",
            "WFX-9",
            "stage_executor.KeepsFresh",
            "WFE-6",
            "WFE-7",
            "stage_executor.OneShort",
            "stage_executor.RunsAfterFailures",
            "stage_executor.FailsFast",
            "stage_executor.SwallowsFailures",
            "stage_executor.SkipsTheStopped",
            "stage_executor.FearsTheWorst",
            "stage_executor.ReportsProgress",
        ),
        2,
    ),
    **dict.fromkeys(
        (
            "WFE-9",
            "stage_executor.RunsTheLastOne",
            "stage_executor.RetriesAnything",
            "stage_executor.SomethingSucceeded",
            "WFE-1",
            "WFE-10",
        ),
        3,
    ),
    **dict.fromkeys(("WFX-10", "stage_executor.RetriesTheRest"), 4),
}
"""After how many moves a mistake is no step of the model."""
NOT_SEEN = {
    **dict.fromkeys(
        (
            "WFE-4",
            "WFE-14",
            "stage_executor.MissesAnEnd",
            "stage_executor.Unvalidated/ends",
            "stage_executor.Unvalidated",
            "stage_executor.NeverRunsExclusiveOnes",
            "WFX-7",
            "stage_executor.SkipsNothing",
            "stage_executor.SkipsOnlyChildren",
        ),
        LIVENESS,
    ),
    # who asked, what for and why not; what a view shows; results and workers
    **dict.fromkeys(
        (
            "stage_executor.TakesTheImpossible",
            "WFE-8",
            "stage_executor.NeverRetries",
            "stage_executor.KeepsTheRejected",
            "stage_executor.NamesNothing",
            "stage_executor.IsNeverFreeAgain",
            "stage_executor.ShowsWhatItHopes",
            "stage_executor.WaitsForARetry",
            "stage_executor.AnswersTheLatest",
            "stage_executor.TellsWhatRan",
            "stage_executor.EndsOnEveryRequest",
            "WFX-1",
            "WFX-2",
            "WFX-6",
            "WFE-15",
            "stage_executor.AnyWorkerWill",
            "stage_executor.TakesNobodyForBusy",
            "stage_executor.KeepsItsWorkers",
            "stage_executor.OnePlaceForAll",
            "stage_executor.LeavesScraps",
            "stage_executor.PutsBack",
        ),
        UNSAID,
    ),
}


@pytest.mark.parametrize("id", pitfalls("stage_executor"))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("stage_executor")[id], SEEN, NOT_SEEN)


STOPPED = {
    "starts_at_once": (4, "guard may_run"),
    "starts_beside": (5, "guard alone"),
    "calls_it_complete": (4, "guard all_done"),
    "starts_again": (4, "guard waits"),
    "depends_on_others": (2, "guard stages"),
    "gives_up_what_is_done": (4, "guard one_is_not"),
    "starts_are_left": None,
    "an_end_is_left": None,
    "does_not_wait_for_optional_stages": (4, "guard over"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant; None where it comes to nothing there."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(STAGES, mutant) for mutant in STAGES.mutants} == STOPPED
