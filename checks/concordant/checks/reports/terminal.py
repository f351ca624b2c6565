"""The report that a person reads in a terminal: a line for each protocol where all is well, and details of what is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from attrs import define, field
from rich.console import Console
from rich.status import Status as Spinner
from rich.text import Text

from concordant.checks.answers import Answer, Conclusion, standings
from concordant.checks.exploration.report import Status
from concordant.checks.questions.question import Question
from concordant.checks.reports.counterexamples import counterexamples
from concordant.checks.reports.coverage import print_coverage
from concordant.checks.reports.details import answer_lines, print_details
from concordant.checks.reports.reporter import Run
from concordant.checks.reports.standing import word_of
from concordant.checks.reports.words import counted, failing_lines, note_lines, totals, unjudged_lines
from concordant.checks.running import Answered, Event, Interrupted, Progressed, Started

OPEN, BAD = "yellow", "bold red"
STYLES = {"good": "green", "open": OPEN, "bad": BAD}


@define(eq=False)
class Terminal:
    """Prints what is found, protocol by protocol in the order of the questions, each when the last of its questions is answered."""

    console: Console
    questions: Sequence[Question]
    verbose: bool = False
    _answers: dict[str, Answer] = field(factory=dict, init=False)
    _shown: set[str] = field(factory=set, init=False)
    _running: dict[str, str] = field(factory=dict, init=False)
    _spinner: Spinner | None = field(default=None, init=False)
    _left: dict[str, int] = field(init=False)
    _width: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        stems = [question.stem for question in self.questions]
        self._left = {stem: stems.count(stem) for stem in dict.fromkeys(stems)}
        self._width = max(map(len, stems), default=0)
        where = self.console if self.console.is_terminal else Console(stderr=True)
        if where.is_terminal and self.questions:
            self._spinner = where.status("")
            self._spinner.start()

    def hear(self, event: Event) -> None:
        """Show progress, and print each protocol that is done."""
        match event:
            case Started(question):
                self._running[question.id] = question.id.partition(":")[2].replace("/", " ")
            case Progressed(question, news):
                rate = news.states / news.seconds if news.seconds else 0
                counts = f"{news.states:,} states, depth {news.depth}, {news.frontier:,} waiting, {rate:,.0f} states/s"
                self._running[question.id] = f"{question.id.partition(':')[2].replace('/', ' ')}: {counts}"
            case Answered(question, answer):
                self._running.pop(question.id, None)
                self._answers[question.id] = answer
                self._left[question.stem] -= 1
                self._show_those_done()
            case Interrupted(left):
                self._stop()
                self._show_the_rest()
                self.console.print(Text(f"interrupted; {counted(len(left), 'question')} not begun", OPEN))
            case _:
                assert_never(event)
        if self._spinner is not None:
            self._spinner.update("; ".join(list(self._running.values())[:2]))

    def end(self, run: Run) -> None:
        """Print one line on the whole run, and one on each thing that is not as claimed, with the command that shows it."""
        self._stop()
        line = totals(run.answers)
        self.console.print(Text(f"{line}; {run.seconds:.1f} s" if line else "nothing was decided", "bold"), soft_wrap=True)
        cached = sum(answer.note("cached") is not None for answer in run.answers)
        if cached:
            line = (
                f"{counted(cached, 'answer')} of {len(run.answers):,} kept from earlier runs, since nothing changed; --no-cache asks again"
            )
            self.console.print(Text(f"  {line}", "dim"), soft_wrap=True)
        for claim in unjudged_lines(run.answers) if run.whole else ():
            self.console.print(Text(f"  {claim}", OPEN), soft_wrap=True)
        for failing in failing_lines(run.answers):
            self.console.print(Text(f"  {failing}", BAD), soft_wrap=True)

    def _stop(self) -> None:
        if self._spinner is not None:
            self._spinner.stop()
            self._spinner = None

    def _show_those_done(self) -> None:
        for stem, left in self._left.items():
            if left:
                return
            if stem not in self._shown:
                self._show(stem)

    def _show_the_rest(self) -> None:
        for stem in self._left:
            if stem not in self._shown and self._of(stem):
                self._show(stem)

    def _of(self, stem: str) -> list[Answer]:
        return [self._answers[each.id] for each in self.questions if each.stem == stem and each.id in self._answers]

    def _show(self, stem: str) -> None:
        self._shown.add(stem)
        answers = self._of(stem)
        self.console.print(headline(stem, answers, self._width), soft_wrap=True)
        if self.verbose:
            print_details(self.console, answers)
        else:
            self._show_what_fails(answers)
        print_coverage(self.console, answers)

    def _show_what_fails(self, answers: list[Answer]) -> None:
        for answer in answers:
            if answer.conclusion is not Conclusion.AS_CLAIMED or not answer.as_expected:
                for line in answer_lines(answer):
                    self.console.print(line, soft_wrap=True)
                if answer.judges:
                    for note in note_lines(answer):
                        self.console.print(Text(f"    {note}", OPEN), soft_wrap=True)
        for standing in standings(answers):
            if standing.status is Status.VACUOUS:
                vacuous = f"    vacuous: no case of {standing.clause.name} ever came about: {standing.clause.sentence}"
                self.console.print(Text(vacuous, OPEN), soft_wrap=True)
        for line in counterexamples(answers):
            self.console.print(line, soft_wrap=True)


def headline(stem: str, answers: Sequence[Answer], width: int) -> Text:
    """Say in a line how a protocol stands, and what was decided about it."""
    word, tone = word_of(answers)
    judged = [standing for standing in standings(answers) if standing.status not in (Status.NOT_PROMISED, Status.NOT_DECIDED)]
    clauses = [counted(len(judged), "clause")] if judged else []
    seconds = sum(answer.seconds for answer in answers)
    return Text.assemble(
        (f"{stem:{width}}", "bold"), "  ", (f"{word:8}", STYLES[tone]), f"  {'; '.join([*clauses, totals(answers)])}; {seconds:.1f} s"
    )
