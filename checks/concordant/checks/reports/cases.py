"""A run as test cases: one per clause, one per other question. JUnit and pytest show the same ones; every report is made of them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from attrs import frozen

from concordant.checks.answers import Answer, Conclusion, Standing
from concordant.checks.exploration.report import Status, status_word
from concordant.checks.reports.counterexamples import verdict_lines
from concordant.checks.reports.reporter import Run
from concordant.checks.reports.words import command, failing_lines, named, note_lines, unjudged_lines


class TestResult(Enum):
    """What becomes of a test case. Values are the words of JUnit."""

    PASSED = "passed"
    FAILED = "failure"
    ERROR = "error"
    SKIPPED = "skipped"


@frozen
class TestCase:
    """One case: `word` is how the report calls its result, `text` what there is to show, line by line."""

    __test__ = False  # pytest takes classes of this name for its own

    stem: str
    name: str
    result: TestResult
    word: str
    message: str = ""
    text: tuple[str, ...] = ()
    seconds: float | None = None

    @property
    def is_well(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.result in (TestResult.PASSED, TestResult.SKIPPED)


RUN = "the run"


def cases(run: Run) -> Iterator[TestCase]:
    """Yield the cases of a run, first those of clauses. What is undecided is a failure: it must not look like what holds."""
    yield from map(of_clause, run.standings)
    yield from beside_clauses(run)


def beside_clauses(run: Run) -> Iterator[TestCase]:
    """Yield the cases of questions; and one of the run itself, where it did not end well and no other case says so, or none says why."""
    questions = tuple(map(of_question, run.answers))
    unjudged = tuple(unjudged_lines(run.answers)) if run.whole else ()
    yield from questions
    if unjudged or (run.exit_code and all(case.is_well for case in (*map(of_clause, run.standings), *questions))):
        message = f"ended with exit code {run.exit_code}"
        why = (*failing_lines(run.answers, run.unfinished), *unjudged)
        yield TestCase("concordant", RUN, TestResult.FAILED, message, message, why)


def of_clause(standing: Standing) -> TestCase:
    """Return the case of a clause, over all that was asked about it."""
    word = status_word(standing.clause, standing.status)
    result = {Status.HOLDS: TestResult.PASSED, Status.NOT_PROMISED: TestResult.SKIPPED}
    return TestCase(
        standing.stem,
        standing.clause.id,
        result.get(standing.status, TestResult.FAILED),
        word,
        f"{word}: {standing.clause.sentence}",
        tuple(_shown(standing)),
    )


def _shown(standing: Standing) -> Iterator[str]:
    """Show the first counterexample."""
    for answer, verdict in zip(standing.answers, standing.verdicts, strict=True):
        if standing.status is not Status.HOLDS and verdict.status is standing.status and (verdict.trace is not None or verdict.given):
            scope = answer.note("scope")
            yield f"in scope {answer.name if scope is None else scope.fields['value']}; {command(answer)}"
            yield from verdict_lines(verdict)
            return


def of_question(answer: Answer) -> TestCase:
    """Return the case of a question: whether its answer is as claimed, counts included."""
    word = answer.word or answer.conclusion.value
    result = TestResult.PASSED
    if answer.conclusion in (Conclusion.BROKEN, Conclusion.ADAPTER, Conclusion.BUG):
        result = TestResult.ERROR
    elif answer.conclusion is not Conclusion.AS_CLAIMED:
        result = TestResult.FAILED
    elif not answer.as_expected:
        result, word = TestResult.FAILED, "other counts than expected"
    text = (answer.title, *note_lines(answer), command(answer))
    return TestCase(answer.stem, f"{answer.kind} {named(answer)}", result, word, word, text, answer.seconds)
