"""What an implementation that differs violates: found by exploring it, made again by it, and told with its trace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.conform.adapter import Json
from concordant.checks.conform.naming import Named, named
from concordant.checks.conform.pitfalls import drive
from concordant.checks.conform.reference import Reference
from concordant.checks.conform.roles import Role, mistaken, role_of
from concordant.checks.conform.session import InProcess
from concordant.checks.conform.shapes import CONTROLS
from concordant.checks.questions.conformance import ConformanceQuestion
from concordant.checks.questions.question import Means
from concordant.checks.reports.reporter import Run, reporters
from concordant.refimpl.machine import AnyProcess, Ask, Fire, SetBack, Tick
from concordant.refimpl.memory.result_cache import CACHE as ONLY
from concordant.refimpl.memory.result_cache import AgingCache
from concordant.spec.memory.result_cache import Get, Key, Returns
from concordant.spec.vocabulary import Address

COORDINATOR = role_of("unanimous_consent.coordinator")
FAULTS = "two_users_and_faults"
READER, DRAFT = Address("reader"), Key("draft")


def machine(id: str, role: Role) -> type[AnyProcess]:
    pitfall = next(each for each in role.protocol.pitfalls if each.id == id)
    return dict(mistaken(pitfall))[role.name]


def explored(id: str, *, observed: bool = True, control: tuple[str, ...] = CONTROLS, role: Role = COORDINATOR) -> Named:
    driver, plans = drive(role, role.tables(scope=FAULTS), machine(id, role), observing=observed, control=control)
    assert driver.driven.failures
    return named(role, driver, plans, FAULTS)


def test_the_trace_tells_what_the_implementation_did_and_how_its_view_changed() -> None:
    found = explored("unanimous_consent.HeedsLateVetoes")

    assert found.verdict is not None
    assert found.verdict.trace is not None
    assert (found.verdict.clause.id, found.scope) == ("unanimous_consent.a_decision_is_final", FAULTS)
    assert [[(str(change.who), change.field, change.before, change.after) for change in frame.changes] for frame in found.verdict.trace][
        -1
    ] == [("coordinator0", "decision", True, False)]
    assert dict(found.verdict.facts) == {"before": True, "after": False}


def test_one_that_only_waits_longer_differs_and_violates_nothing_that_was_explored() -> None:
    found = explored("unanimous_consent.AsksAgainForEver")

    assert (found.verdict, found.systems, found.left_out) == (None, 1, ())
    assert found.states > 1_000


def test_clauses_about_what_is_not_shown_are_left_out_and_the_others_judged() -> None:
    found = explored("unanimous_consent.KeepsItsDeadline", observed=False)

    assert found.verdict is not None
    assert found.verdict.clause.id == "unanimous_consent.a_message_is_true"
    assert found.left_out == (
        "unanimous_consent.agreement, which looks at fields that are not observed",
        "unanimous_consent.a_decision_is_final, which looks at fields that are not observed",
    )


def test_systems_with_faults_that_the_adapter_does_not_control_are_left_out() -> None:
    found = explored("unanimous_consent.TellsTheOpposite", control=("triggers",))

    assert (found.verdict, found.systems, found.left_out) == (None, 0, (f"{FAULTS}, since the adapter does not control crash",))


CACHE, SET_BACK = role_of("result_cache.cache"), "set_back"


def aging(kind: type[AnyProcess]) -> Named:
    driver, plans = drive(CACHE, CACHE.tables(scope=SET_BACK), kind)
    return named(CACHE, driver, plans, SET_BACK)


def test_the_reference_has_the_states_that_are_pinned_where_a_clock_goes_on_and_back() -> None:
    assert aging(AgingCache) == Named(None, "", 95, 1)


def test_who_trusts_a_clock_that_is_set_back_is_shown_by_the_shortest_trace() -> None:
    found = aging(machine("result_cache.TrustsItsClock", CACHE)).verdict

    assert found is not None
    assert found.trace is not None
    assert found.clause.id == "result_cache.the_view_is_true"
    assert [frame.move for frame in found.trace] == [
        Ask(ONLY, READER, Get(DRAFT)),
        Fire(ONLY, Returns(1)),
        Tick(ONLY, 1),
        SetBack(ONLY, 0),
    ]


def test_clocks_are_not_followed_where_a_process_comes_up_again() -> None:
    role = role_of("retry_recovery.agent")
    driver, plans = drive(role, role.tables(scope="asked_again"), machine("retry_recovery.KnowsNoKeys", role))

    assert named(role, driver, plans, "crash").left_out == ("crash, since its clocks are not followed where a process comes up again",)


@pytest.fixture(scope="module")
def answer() -> Answer:
    kind = machine("unanimous_consent.TellsTheOpposite", COORDINATOR)
    adapter = Reference(COORDINATOR.protocol, COORDINATOR.name, COORDINATOR.kind, kind, ("decision",))
    return ConformanceQuestion(COORDINATOR, lambda: InProcess(adapter), "mine:Adapter", FAULTS).answer(Means())


def test_the_answer_names_the_clause_and_says_how_it_was_found(answer: Answer) -> None:
    assert (answer.conclusion, answer.word) == (Conclusion.NOT_AS_CLAIMED, "violates unanimous_consent.an_answer_is_true")
    problem = next(str(note.fields["value"]) for note in answer.notes if note.code == "problem")
    assert problem.splitlines()[-2:] == [
        "    in two_users_and_faults it violates unanimous_consent.an_answer_is_true: A user is told what was decided, or is rejected because another has already put the proposal.",
        "      in 2 moves, found in 22 states of 1 of its systems and made again by the implementation",
    ]


def test_a_violated_clause_that_the_adapter_claims_to_keep_is_a_false_claim() -> None:
    class Claiming(Reference):
        def hello(self) -> Json:
            said = super().hello()
            said["supports"][0]["claims"] = ["unanimous_consent.an_answer_is_true"]
            return said

    kind = machine("unanimous_consent.TellsTheOpposite", COORDINATOR)
    adapter = Claiming(COORDINATOR.protocol, COORDINATOR.name, COORDINATOR.kind, kind, ("decision",))
    answer = ConformanceQuestion(COORDINATOR, lambda: InProcess(adapter), "mine:Adapter", FAULTS).answer(Means())

    assert answer.word == "false claim: violates unanimous_consent.an_answer_is_true"


@pytest.mark.parametrize("format", ["badge", "github", "gitlab", "html", "json", "junit", "markdown", "sarif"])
def test_every_report_tells_of_the_violation(format: str, answer: Answer, tmp_path: Path) -> None:
    (reporter,) = reporters([f"{format}={tmp_path / 'report'}"])
    reporter.end(Run(("conform",), (answer,), False, 1, 1, False))

    text = (tmp_path / "report").read_text()
    assert "an_answer_is_true" in text or format == "badge"
    if format == "sarif":
        (result, *_) = json.loads(text)["runs"][0]["results"]
        assert (result["ruleId"], result["level"]) == ("unanimous_consent.an_answer_is_true", "error")
