"""A protocol as a list of named tests, whose questions are asked when the first test wants their answers."""

from __future__ import annotations

from functools import cached_property

from attrs import define, evolve, field

from concordant.checks.answers import JUDGING, Answer, Conclusion, standings, unjudged_protocols
from concordant.checks.pins import Pins
from concordant.checks.questions.asking import asks_all_small, to_check
from concordant.checks.questions.question import Means, Question
from concordant.checks.registry import Protocol
from concordant.checks.reports.cases import TestCase, TestResult, of_clause, of_question
from concordant.checks.reports.words import unjudged_lines
from concordant.checks.running import decided

CLAIMS = "what is claimed is judged"


@define(eq=False, slots=False)
class Checked:
    """What `concordant check` says of a protocol, one test at a time.

    `scope`: the name or size of its scopes; None for the small ones, the quick pitfalls and the known violations. `pins`: what its
    counts must be.
    """

    protocol: Protocol
    scope: str | None
    means: Means
    pins: Pins = field(factory=Pins)

    @cached_property
    def questions(self) -> dict[str, Question]:
        """What is asked, by the names of the tests."""
        return {each.id.replace(f":{each.stem}/", " "): each for each in to_check([self.protocol], self.scope)}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the tests: the ids of its clauses, then the questions, and last whether claims were judged."""
        return (*(clause.id for clause in self.protocol.clauses), *self.questions, CLAIMS)

    @property
    def findings(self) -> tuple[str, ...]:
        """What its source shows that no protocol may do; nothing of it is called to see that."""
        asked = [self._answer(name) for name, question in self.questions.items() if question.id.startswith("source:")]
        return tuple(line for answer in asked if answer.conclusion is not Conclusion.AS_CLAIMED for line in of_question(answer).text)

    def case(self, name: str) -> TestCase:
        """Return what became of a test."""
        if name in self.questions:
            return of_question(self._answer(name))
        if name == CLAIMS:
            return self._claims()
        answers = self._judging()
        found = [of_clause(standing) for standing in standings(answers) if standing.clause.id == name]
        if found:  # of two clauses with one id, in a scope and in a family, neither hides the other
            return next((case for case in found if case.result is not TestResult.PASSED), found[0])
        for answer in answers:
            if answer.conclusion is not Conclusion.AS_CLAIMED:
                return evolve(of_question(answer), name=name)
        return TestCase(self.protocol.stem, name, TestResult.SKIPPED, "not promised", "no system or rule that is judged here promises it")

    def _claims(self) -> TestCase:
        """Judge what only all answers together tell. Violated clauses without a test of their own count here too."""
        answers = self._judging()
        named = {clause.id for clause in self.protocol.clauses}
        unnamed = [of_clause(each) for each in standings(answers) if each.clause.id not in named]
        lines = [
            *(line for case in unnamed if case.result is TestResult.FAILED for line in (f"{case.name}: {case.message}", *case.text)),
            *(f"no clause was judged: {stem} promises nothing under the faults of its systems" for stem in unjudged_protocols(answers)),
            *(
                f"{of_question(answer).name}: {answer.conclusion.value}"
                for answer in answers
                if answer.conclusion is not Conclusion.AS_CLAIMED
            ),
            *(unjudged_lines(answers) if asks_all_small(self.scope) else ()),
        ]
        result = TestResult.FAILED if lines else TestResult.PASSED
        return TestCase(self.protocol.stem, CLAIMS, result, result.value, "something claimed was not judged" if lines else "", tuple(lines))

    def _judging(self) -> list[Answer]:
        return [self._answer(name) for name, question in self.questions.items() if question.id.partition(":")[0] in JUDGING]

    def _answer(self, name: str) -> Answer:
        if name not in self._answers:
            answer = self.pins.applied(decided(self.questions[name], self.means))
            if answer.conclusion is Conclusion.INTERRUPTED:
                raise KeyboardInterrupt
            self._answers[name] = answer
        return self._answers[name]

    @cached_property
    def _answers(self) -> dict[str, Answer]:
        return {}
