"""The report as JUnit XML: a suite per protocol, a case per clause and per other question. CI systems show these."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from concordant.checks.answers import Answer, Conclusion, Standing, standings
from concordant.checks.exploration.report import Status
from concordant.checks.reports.details import verdict_lines
from concordant.checks.reports.reporter import AtTheEnd, Run
from concordant.checks.reports.words import command, named, note_lines, status_word

GOOD = (Status.HOLDS,)
NOTHING_SAID = (Status.NOT_PROMISED, Status.NOT_DECIDED)


def reporter(file: Path) -> AtTheEnd:
    """Return the reporter that writes to a file."""
    return AtTheEnd(file, as_text)


def as_text(run: Run) -> str:
    """Return a run as the text of an XML file."""
    root = as_xml(run)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def as_xml(run: Run) -> Element:
    """Return a run as XML. What is undecided is a failure too: a run that decides nothing must not look like one that holds."""
    root = Element("testsuites", name="concordant", time=f"{run.seconds:.3f}")
    for stem in dict.fromkeys(answer.stem for answer in run.answers):
        answers = [answer for answer in run.answers if answer.stem == stem]
        cases = [*map(_of_clause, standings(answers)), *(_of_question(answer) for answer in answers)]
        counts = {kind: str(sum(case.find(kind) is not None for case in cases)) for kind in ("failure", "error", "skipped")}
        suite = SubElement(root, "testsuite", name=stem, tests=str(len(cases)), failures=counts["failure"], errors=counts["error"])
        suite.set("skipped", counts["skipped"])
        suite.set("time", f"{sum(answer.seconds for answer in answers):.3f}")
        suite.extend(cases)
    return root


def _of_clause(standing: Standing) -> Element:
    case = Element("testcase", classname=standing.stem, name=standing.clause.id)
    word = status_word(standing.clause, standing.status)
    if standing.status in NOTHING_SAID:
        SubElement(case, "skipped", message=word)
    elif standing.status not in GOOD:
        failure = SubElement(case, "failure", type=word, message=f"{word}: {standing.clause.sentence}")
        failure.text = "\n".join(_shown(standing))
    return case


def _shown(standing: Standing) -> Iterator[str]:
    for answer, verdict in zip(standing.answers, standing.verdicts, strict=True):
        if verdict.status is standing.status and (verdict.trace is not None or verdict.given):
            yield f"in scope {answer.name}; {command(answer)}"
            yield from verdict_lines(verdict)
            return


def _of_question(answer: Answer) -> Element:
    case = Element("testcase", classname=answer.stem, name=f"{answer.kind} {named(answer)}", time=f"{answer.seconds:.3f}")
    lines = "\n".join((answer.title, *note_lines(answer), command(answer)))
    word = answer.word or answer.conclusion.value
    if answer.conclusion in (Conclusion.BROKEN, Conclusion.BUG):
        SubElement(case, "error", type=answer.conclusion.value, message=word).text = lines
    elif answer.conclusion is not Conclusion.AS_CLAIMED or not answer.as_expected:
        message = word if answer.conclusion is not Conclusion.AS_CLAIMED else "other counts than expected"
        SubElement(case, "failure", type=answer.conclusion.value, message=message).text = lines
    return case
