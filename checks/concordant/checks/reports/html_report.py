"""The report as one HTML file that works without a network: protocols, clauses, and each counterexample to step through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from concordant.checks.answers import Answer, Conclusion, Standing, standings
from concordant.checks.exit_codes import BUG, INTERRUPTED, MISUSE, OK, VIOLATED
from concordant.checks.exploration.report import Status, Verdict, status_word
from concordant.checks.index import protocols_by_stem, theorems_by_stem
from concordant.checks.page.one_file import one_file
from concordant.checks.page.scenes import scene_of
from concordant.checks.questions.pitfall import PitfallQuestion
from concordant.checks.questions.question import question
from concordant.checks.refuting.repaired import Departure, departure
from concordant.checks.registry import protocols_loaded
from concordant.checks.reports import coverage
from concordant.checks.reports.reporter import AtTheEnd, Run
from concordant.checks.reports.standing import judged_on, word_of
from concordant.checks.reports.totals import Totals, counted
from concordant.checks.reports.words import command, counts_line, named, note_lines, unjudged_lines

CONCLUSIONS = {
    OK: "everything is as claimed",
    VIOLATED: "something is not as claimed",
    MISUSE: "something could not be asked",
    INTERRUPTED: "interrupted",
    BUG: "a bug of Concordant",
}
TONES = {Status.HOLDS: "good", Status.VIOLATED: "bad"}


def reporter(file: Path) -> AtTheEnd:
    """Return the reporter that writes to a file."""
    return AtTheEnd(file, as_html)


def as_html(run: Run) -> str:
    """Return a run as the text of one file. Its policy lets in no script and no style but its own, and no request out."""
    title = "Concordant: " + CONCLUSIONS.get(run.exit_code, "undecided")
    without = "This report is drawn by a script in this file; concordant --verbose prints the same in a terminal."
    return one_file(title, without, "page.js", "report", as_data(run))


def as_data(run: Run) -> dict[str, Any]:
    """Return a run as what the page draws."""
    from importlib.metadata import version  # noqa: PLC0415

    return {
        "command": " ".join(("concordant", *run.command)),
        "version": version("concordant"),
        "conclusion": CONCLUSIONS.get(run.exit_code, "something is undecided"),
        "tone": {OK: "good", VIOLATED: "bad", BUG: "bad"}.get(run.exit_code, "open"),
        "totals": f"{Totals.of(run.answers)}; {run.seconds:.1f} s",
        "never_judged": list(unjudged_lines(run.answers)) if run.whole else [],
        "protocols": [
            _protocol(stem, [answer for answer in run.answers if answer.stem == stem], unfinished=stem in run.unfinished, whole=run.whole)
            for stem in dict.fromkeys(answer.stem for answer in run.answers)
        ],
    }


def _protocol(stem: str, answers: list[Answer], *, unfinished: bool, whole: bool) -> dict[str, Any]:
    word, tone = word_of(answers, unfinished=unfinished, whole=whole)
    lines = [*map(_clause, standings(answers, [stem] if unfinished else [])), *map(_question, answers)]
    known = protocols_loaded().get(stem) or protocols_by_stem().get(stem) or theorems_by_stem().get(stem)
    return {
        "stem": stem,
        "title": "" if known is None else known.title,
        "word": word.lower(),
        "tone": tone,
        "lines": lines,
        "coverage": [
            {"what": line.what, "came": line.came, "under": line.under, "never": list(line.never)} for line in coverage.lines(answers)
        ],
    }


def _clause(standing: Standing) -> dict[str, Any]:
    answer, verdict = next(_telling(standing), (standing.answers[0], None))
    return {
        "id": f"clause {standing.stem} {standing.clause.id}",
        "what": standing.clause.id,
        "sentence": standing.clause.sentence,
        "word": status_word(standing.clause, standing.status),
        "tone": TONES.get(standing.status, "open"),
        "numbers": f"{judged_on(standing):,}; {counted(standing.cases, 'case')}",
        "notes": [] if verdict is None or standing.status is Status.HOLDS else [f"in scope {answer.name}"],
        "command": command(answer),
        "scene": None if verdict is None else scene_of(verdict),
    }


def _telling(standing: Standing) -> Iterator[tuple[Answer, Verdict]]:
    """Yield the answers with a verdict that shows why the clause stands as it does."""
    for answer, verdict in zip(standing.answers, standing.verdicts, strict=True):
        if verdict.status is standing.status and (verdict.trace is not None or verdict.given):
            yield answer, verdict


def _question(answer: Answer) -> dict[str, Any]:
    claimed = answer.conclusion is Conclusion.AS_CLAIMED and answer.as_expected
    bad = answer.conclusion in (Conclusion.NOT_AS_CLAIMED, Conclusion.BROKEN, Conclusion.ADAPTER, Conclusion.BUG) or not answer.as_expected
    return {
        "id": answer.question,
        "what": f"{answer.kind.replace('_', ' ')} {named(answer) if not answer.judges else answer.name}",
        "sentence": answer.title,
        "word": answer.word or (answer.conclusion.value if answer.as_expected else "other counts"),
        "tone": "good" if claimed else "bad" if bad else "open",
        "numbers": _numbers(answer),
        "notes": list(note_lines(answer)),
        "command": command(answer),
        "scene": None if answer.is_on_clauses or not answer.verdicts else scene_of(answer.verdicts[0], _departs(answer)),
    }


def _departs(answer: Answer) -> Departure | None:
    """Return where the mistake of a pitfall acts."""
    asked, trace = question(answer.question), answer.verdicts[0].trace
    return departure(asked.pitfall.system, trace) if isinstance(asked, PitfallQuestion) and trace is not None else None


def _numbers(answer: Answer) -> str:
    """Say what was counted, and how long it took."""
    if answer.judges and answer.counts:
        return counts_line(answer)
    found = (counted(answer.counts[name], name.removesuffix("s")) for name in ("states", "transitions") if name in answer.counts)
    return ", ".join((*found, f"{answer.seconds:.2f} s"))
