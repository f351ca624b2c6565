"""One run: every answer counts for the exit code, whatever becomes of the other questions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from attrs import evolve, frozen

from concordant.checks.answers import Answer, Conclusion, exit_code
from concordant.checks.exit_codes import BUG, INTERRUPTED, MISUSE, OK, UNDECIDED, VIOLATED
from concordant.checks.misuse import BrokenRule, Misuse
from concordant.checks.questions.asking import to_check, to_prove, to_refute
from concordant.checks.questions.question import Means, Question, ended, question
from concordant.checks.registry import protocols
from concordant.checks.running import Answered, Event, Interrupted, Started, run
from concordant.refimpl.machine.search import INTERRUPTED as SAID


@frozen(eq=False)
class Asked:
    """A question of a test, whose answer is made by a function."""

    name: str
    decide: Callable[[], Conclusion]
    cost: float = 1
    stem: str = "test"
    title: str = "a test"

    @property
    def id(self) -> str:
        return f"test:test/{self.name}"

    def answer(self, means: Means) -> Answer:  # noqa: ARG002  # a test has its own
        return Answer(self.id, self.stem, self.title, self.decide())


def raising(error: BaseException) -> Callable[[], Conclusion]:
    def raises() -> Conclusion:
        raise error

    return raises


FINE = Asked("fine", lambda: Conclusion.AS_CLAIMED)


def code_of(*questions: Question) -> int:
    answers, interrupted = run(questions, Means(), 1, lambda _event: None)
    return exit_code(answers, interrupted=interrupted)


@pytest.mark.parametrize(
    ("decide", "code"),
    [
        (lambda: Conclusion.AS_CLAIMED, OK),
        (lambda: Conclusion.NOT_AS_CLAIMED, VIOLATED),
        (lambda: Conclusion.UNDECIDED, UNDECIDED),
        (lambda: Conclusion.INTERRUPTED, INTERRUPTED),
        (raising(BrokenRule("a handler returns a list")), MISUSE),
        (raising(Misuse("no such thing")), MISUSE),
        (raising(MemoryError("cannot reserve so many bytes")), UNDECIDED),
        (raising(ValueError("our own mistake")), BUG),
        (raising(KeyError("our own mistake")), BUG),
        (raising(KeyboardInterrupt()), INTERRUPTED),
    ],
)
def test_the_gravest_answer_gives_the_exit_code_and_no_failure_ends_the_others(decide: Callable[[], Conclusion], code: int) -> None:
    assert code_of(Asked("first", decide), FINE) == code
    assert code_of(FINE, Asked("last", decide)) == code


def test_a_run_without_questions_decides_nothing() -> None:
    assert code_of() == UNDECIDED


def test_what_is_graver_hides_what_is_less_so() -> None:
    order = [BUG, VIOLATED, MISUSE, INTERRUPTED, UNDECIDED, OK]
    makes = {
        BUG: raising(ValueError()),
        VIOLATED: lambda: Conclusion.NOT_AS_CLAIMED,
        MISUSE: raising(Misuse()),
        INTERRUPTED: lambda: Conclusion.INTERRUPTED,
        UNDECIDED: lambda: Conclusion.UNDECIDED,
        OK: lambda: Conclusion.AS_CLAIMED,
    }

    for place, code in enumerate(order):
        assert code_of(*(Asked(str(other), makes[other]) for other in order[place:])) == code


def test_the_costliest_question_is_begun_first_and_answers_come_in_the_order_of_the_questions() -> None:
    heard: list[Event] = []
    slow = evolve(FINE, name="slow", cost=5)

    answers, interrupted = run((FINE, slow), Means(), 1, heard.append)

    assert [type(event).__name__ for event in heard] == ["Started", "Answered", "Started", "Answered"]
    assert [event.question.id for event in heard if isinstance(event, Started)] == [slow.id, FINE.id]
    assert [answer.question for answer in answers] == [FINE.id, slow.id]
    assert not interrupted


def test_what_was_not_begun_is_told_when_a_run_is_interrupted() -> None:
    heard: list[Event] = []
    stops = Asked("stops", raising(KeyboardInterrupt()), cost=5)

    answers, interrupted = run((FINE, stops), Means(), 1, heard.append)

    assert (answers, interrupted) == ((), True)
    assert heard[-1] == Interrupted((FINE, stops))


def test_a_search_that_was_interrupted_is_no_budget_spent() -> None:
    assert (ended(None), ended("budget of 1 s spent"), ended(SAID)) == (
        Conclusion.AS_CLAIMED,
        Conclusion.UNDECIDED,
        Conclusion.INTERRUPTED,
    )


def test_questions_are_found_by_their_ids_whatever_kind_they_are() -> None:
    theorems, _ = to_prove(("two_phase_commit", "quorums"), large=False)
    asked = (*to_check(protocols(("two_phase_commit", "vickrey_auction", "stage_executor"))), *to_refute(("PAX-9",)), *theorems)

    assert {each.id.partition(":")[0] for each in asked} == {
        "scope",
        "family",
        "profiles",
        "pitfall",
        "known_violation",
        "theorem",
        "bridge",
    }
    assert [question(each.id).id for each in asked] == [each.id for each in asked]


def test_processes_side_by_side_give_the_answers_of_one() -> None:
    theorems, _ = to_prove(("two_phase_commit",), large=False)
    asked = (*to_check(protocols(("unanimous_consent", "borda_count")), "small"), *theorems[:3])
    heard: list[Event] = []

    alone, _ = run(asked, Means(), 1, lambda _event: None)
    together, _ = run(asked, Means(), 2, heard.append)

    assert [evolve(answer, seconds=0) for answer in together] == [evolve(answer, seconds=0) for answer in alone]
    assert {event.question.id for event in heard if isinstance(event, Answered)} == {each.id for each in asked}


def test_a_large_theorem_is_proved_on_request_or_by_name() -> None:
    chosen, left_out = to_prove(("clarke_mechanism",), large=False)
    slow, *_ = left_out

    assert f"theorem:clarke_mechanism/{slow}" not in {each.id for each in chosen}
    assert f"theorem:clarke_mechanism/{slow}" in {each.id for each in to_prove(("clarke_mechanism",), large=True)[0]}
    assert [each.id for each in to_prove((slow,), large=False)[0]] == [f"theorem:clarke_mechanism/{slow}"]
