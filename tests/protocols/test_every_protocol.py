"""What holds of every protocol, however many there are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from concordant.checks.answers import Answer, exit_code, standings
from concordant.checks.exit_codes import OK
from concordant.checks.exploration.report import Status
from concordant.checks.exploration.scope import Size
from concordant.checks.questions.asking import to_check
from concordant.checks.questions.family import FamilyQuestion
from concordant.checks.questions.pitfall import PitfallQuestion
from concordant.checks.questions.question import Means, Question
from concordant.checks.questions.scope import ScopeQuestion, answer_of
from concordant.checks.refuting.pitfalls import refute
from concordant.checks.refuting.recorded import recorded_of, refuted_again
from concordant.checks.registry import Protocol, protocols
from concordant.checks.reports.words import failing_lines, unjudged_lines
from concordant.checks.running import decided
from concordant.refimpl.machine import Pitfall
from concordant.spec.vocabulary import AtRest, Eventually, ForAll, InfinitelyOften, Relates, Sometimes, outcomes_are_exact
from tests.explorations import explored
from tests.measuring import unmeasured

EXPLORED = [each for each in protocols() if each.scopes]
DECIDED = [each for each in protocols() if each.explored]


def named(each: Protocol) -> str:
    return each.stem


def answered(question: Question) -> Answer:
    """Answer a question; of a scope or a family, by the exploration that other tests read too."""
    match question:
        case ScopeQuestion(scope=scope) | FamilyQuestion(family=scope):
            return answer_of(question.id, question.stem, question.title, scope.expected, explored(scope))
        case _:
            return decided(question, Means())


@pytest.mark.parametrize("protocol", DECIDED, ids=named)
def test_small_scopes_give_the_counts_of_their_file_and_every_clause_holds_and_is_judged_under_all_that_it_claims(
    protocol: Protocol,
) -> None:
    answers = [answered(question) for question in to_check([protocol]) if not isinstance(question, PitfallQuestion)]

    assert list(failing_lines(answers)) == []
    assert exit_code(answers) == OK
    assert list(unjudged_lines(answers)) == []
    assert [each.clause.id for each in standings(answers) if each.status is Status.NOT_DECIDED] == []


@pytest.mark.parametrize("protocol", DECIDED, ids=named)
def test_every_scope_pins_its_counts(protocol: Protocol) -> None:
    assert [item.name for item in protocol.explored if item.expected is None] == [], "pin what `concordant check STEM --verbose` prints"


@pytest.mark.parametrize("protocol", DECIDED, ids=named)
def test_scope_names_are_distinct_and_one_is_small(protocol: Protocol) -> None:
    names = [item.name for item in protocol.explored]

    assert sorted(set(names)) == sorted(names)
    assert any(item.size is Size.SMALL for item in protocol.explored)


@pytest.mark.parametrize("protocol", EXPLORED, ids=named)
def test_every_clause_that_exploration_decides_is_broken_by_a_pitfall_and_something_is_reached(protocol: Protocol) -> None:
    promised = {clause.id: clause for scope in protocol.scopes for clause in scope.system.promises if clause.stem == protocol.stem}
    needed = {id for id, clause in promised.items() if not isinstance(clause, Sometimes | Eventually | InfinitelyOften)}

    assert needed - broken(protocol) == set(), "give each of these a pitfall"
    assert any(isinstance(clause, Sometimes) for clause in promised.values())


@pytest.mark.parametrize("protocol", EXPLORED, ids=named)
def test_what_is_judged_at_rest_does_not_sound_like_liveness(protocol: Protocol) -> None:
    """A machine that spins for ever is never at rest: what comes *in the end*, whatever happens, only an `eventually` can say."""
    assert [each.id for each in protocol.of(AtRest) if "in the end" in each.sentence.lower()] == []


@pytest.mark.parametrize("protocol", [each for each in DECIDED if each.grids], ids=named)
def test_every_clause_about_a_rule_is_judged_on_a_grid_or_known_to_fail_and_every_promise_is_broken_by_a_pitfall(
    protocol: Protocol,
) -> None:
    promised = {clause.id for grid in protocol.grids for clause in grid.mechanism.promises}
    own = {clause.id for clause in protocol.clauses if isinstance(clause, ForAll | Relates)} - {outcomes_are_exact.id}

    assert own - promised - {known.clause.id for known in protocol.known_violations} == set()
    family = {id for each in DECIDED for id in broken(each) if not id.startswith(f"{protocol.stem}.")}
    assert promised - broken(protocol) - family == set(), "a clause of a family may be broken by a pitfall of another of its rules"


def broken(protocol: Protocol) -> set[str]:
    return {pitfall.breaks.id for pitfall in protocol.pitfalls} | {known.clause.id for known in protocol.known_violations}


def is_slow(pitfall: Pitfall) -> bool:
    """Tell whether to search for a pitfall's counterexample takes long, so that `make test` makes the recorded one again."""
    return not pitfall.quick and not pitfall.schedule


@pytest.mark.parametrize(
    ("stem", "pitfall"),
    [
        pytest.param(each.stem, pitfall, id=f"{each.stem}/{pitfall.id}", marks=pytest.mark.thorough if is_slow(pitfall) else ())
        for each in DECIDED
        for pitfall in each.pitfalls
    ],
)
def test_every_pitfall_is_refuted_by_its_clause_in_as_many_moves_or_draws_as_it_says(stem: str, pitfall: Any) -> None:
    recorded = recorded_of(stem).get(pitfall.id)

    with unmeasured():  # but for the recorded run
        assert refute(pitfall).problem is None
    assert recorded is None or refuted_again(pitfall, recorded) is not None, "make pages records it anew"


def test_every_slow_pitfall_is_refuted_again_by_its_recorded_run() -> None:
    slow = {pitfall: recorded_of(each.stem)[pitfall.id] for each in DECIDED for pitfall in each.pitfalls if is_slow(pitfall)}

    assert {pitfall.id for pitfall, run in slow.items() if refuted_again(pitfall, run) is None} == set()


def test_reports_are_the_same_on_every_run_and_under_every_hash_seed(tmp_path: Path) -> None:
    reports = []
    for seed in ("1", "2"):
        file = tmp_path / f"{seed}.json"
        command = [sys.executable, "-m", "concordant.checks", "refute", "two_phase_commit", "PAX-7", "PAX-2", "--report", f"json={file}"]
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True)  # noqa: S603  # our own command
        report = json.loads(file.read_text(encoding="utf-8"))
        reports.append([{**answer, "seconds": 0} for answer in report["answers"]])

    assert reports[0] == reports[1]
