"""The report that a person reads in a terminal: a line for each protocol where all is well, and details of what is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
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
from concordant.checks.reports.details import answer_lines, print_details, print_never_enabled
from concordant.checks.reports.reporter import Run
from concordant.checks.reports.standing import Headline
from concordant.checks.reports.totals import Totals, counted
from concordant.checks.reports.words import failing_lines, note_lines, unjudged_lines
from concordant.checks.running import Answered, Event, Interrupted, Progressed, Started

OPEN, BAD = "yellow", "bold red"
STYLES = {"good": "green", "open": OPEN, "bad": BAD}


@define(eq=False)
class Terminal:
    """Prints what is found, protocol by protocol in the order of the questions, each when the last of its questions is answered.

    `settled`: the lines of protocols that are not asked about again; they come where `order` has them. `whole`: all small scopes are asked about.
    """

    console: Console
    questions: Sequence[Question]
    verbose: bool = False
    settled: Mapping[str, Headline] = field(factory=dict)
    order: Sequence[str] = ()
    whole: bool = False
    _answers: dict[str, Answer] = field(factory=dict, init=False)
    _shown: set[str] = field(factory=set, init=False)
    _running: dict[str, str] = field(factory=dict, init=False)
    _spinner: Spinner | None = field(default=None, init=False)
    _left: dict[str, int] = field(init=False)
    _width: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        asked = Counter(question.stem for question in self.questions)
        self._left = {stem: asked[stem] for stem in dict.fromkeys((*self.order, *asked)) if stem in asked or stem in self.settled}
        self._width = max(map(len, self._left), default=0)
        where = self.console if self.console.is_terminal else Console(stderr=True)
        if where.is_terminal and self.questions:
            self._spinner = where.status("")
            self._spinner.start()
        self._show_those_done()

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
        settled = sum((line.totals for line in self.settled.values()), Totals())
        done = settled + Totals.of(run.answers)
        self.console.print(Text(f"{done}; {run.seconds:.1f} s" if done.answers else f"{done}", "bold"), soft_wrap=True)
        cached = settled.answers + sum(answer.note("cached") is not None for answer in run.answers)
        if cached:
            line = f"{counted(cached, 'answer')} of {done.answers:,} kept from earlier runs, since nothing changed; --no-cache asks again"
            self.console.print(Text(f"  {line}", "dim"), soft_wrap=True)
        for claim in unjudged_lines(run.answers) if run.whole else ():
            self.console.print(Text(f"  {claim}", OPEN), soft_wrap=True)
        for failing in failing_lines(run.answers, run.unfinished):
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
            if stem not in self._shown and (stem in self.settled or self._of(stem)):
                self._show(stem)

    def _of(self, stem: str) -> list[Answer]:
        return [self._answers[each.id] for each in self.questions if each.stem == stem and each.id in self._answers]

    def _show(self, stem: str) -> None:
        self._shown.add(stem)
        if stem in self.settled:
            self.console.print(headline(self.settled[stem], self._width), soft_wrap=True)
            return
        answers, unfinished = self._of(stem), self._left[stem] > 0
        self.console.print(headline(Headline.of(stem, answers, unfinished=unfinished, whole=self.whole), self._width), soft_wrap=True)
        if self.verbose:
            print_details(self.console, answers, unfinished=unfinished)
        else:
            self._show_what_fails(answers, unfinished=unfinished)
        print_coverage(self.console, answers)

    def _show_what_fails(self, answers: list[Answer], *, unfinished: bool) -> None:
        for answer in answers:
            if answer.conclusion is not Conclusion.AS_CLAIMED or not answer.as_expected:
                for line in answer_lines(answer):
                    self.console.print(line, soft_wrap=True)
                if answer.judges:
                    for note in note_lines(answer):
                        self.console.print(Text(f"    {note}", OPEN), soft_wrap=True)
        if any(not answer.as_expected for answer in answers):
            print_never_enabled(self.console, [answer for answer in answers if answer.judges])
        for standing in standings(answers):
            if standing.status is Status.VACUOUS and not unfinished:
                vacuous = f"    vacuous: no case of {standing.clause.name} ever came about: {standing.clause.sentence}"
                self.console.print(Text(vacuous, OPEN), soft_wrap=True)
        for line in counterexamples(answers):
            self.console.print(line, soft_wrap=True)


def headline(line: Headline, width: int) -> Text:
    """Say in a line how a protocol stands, and what was decided about it."""
    clauses = [counted(line.clauses, "clause")] if line.clauses else []
    done = "; ".join([*clauses, str(line.totals)])
    return Text.assemble((f"{line.stem:{width}}", "bold"), "  ", (f"{line.word:8}", STYLES[line.tone]), f"  {done}; {line.seconds:.1f} s")
