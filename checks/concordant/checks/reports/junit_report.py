"""The report as JUnit XML: a suite per protocol, a case per clause and per other question. CI systems show these."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from concordant.checks.reports.cases import TestCase, TestResult, cases
from concordant.checks.reports.reporter import AtTheEnd, Run


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
    by_stem: dict[str, list[TestCase]] = {}
    for case in cases(run):
        by_stem.setdefault(case.stem, []).append(case)
    for stem in dict.fromkeys((*(answer.stem for answer in run.answers), *by_stem)):
        answers = [answer for answer in run.answers if answer.stem == stem]
        found = [_as_xml(case) for case in by_stem[stem]]
        counts = {kind: str(sum(case.find(kind) is not None for case in found)) for kind in ("failure", "error", "skipped")}
        suite = SubElement(root, "testsuite", name=stem, tests=str(len(found)), failures=counts["failure"], errors=counts["error"])
        suite.set("skipped", counts["skipped"])
        suite.set("time", f"{sum(answer.seconds for answer in answers):.3f}")
        suite.extend(found)
    return root


def _as_xml(case: TestCase) -> Element:
    element = Element("testcase", classname=case.stem, name=case.name)
    if case.seconds is not None:
        element.set("time", f"{case.seconds:.3f}")
    match case.result:
        case TestResult.PASSED:
            pass
        case TestResult.SKIPPED:
            SubElement(element, "skipped", message=case.word)
        case TestResult.FAILED | TestResult.ERROR:
            SubElement(element, case.result.value, type=case.word, message=case.message).text = "\n".join(case.text)
    return element
