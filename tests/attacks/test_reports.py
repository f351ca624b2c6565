"""Attacks on reports: a run that is not as claimed, and looks well in one of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from attrs import evolve

from concordant.checks.answers import exit_code
from concordant.checks.codec.frames import FORMAT
from concordant.checks.elsewhere import itf_trace
from concordant.checks.exit_codes import OK
from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.families import Family, explore_family
from concordant.checks.exploration.report import Report, Status
from concordant.checks.misuse import Misuse
from concordant.checks.pins import Pins
from concordant.checks.questions.asking import to_check
from concordant.checks.questions.question import Means
from concordant.checks.questions.scope import answer_of
from concordant.checks.registry import Protocol
from concordant.checks.reports.github_report import summary, workflow_commands
from concordant.checks.reports.gitlab_report import issues
from concordant.checks.reports.junit_report import as_xml
from concordant.checks.reports.markdown_report import lines
from concordant.checks.reports.reporter import AtTheEnd, Run, reporters
from concordant.checks.reports.sarif_report import as_sarif
from concordant.checks.reports.standing import word_of
from concordant.checks.reports.words import note_lines
from concordant.checks.running import decided
from concordant.checks.saved import again, saved_in
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine import Pitfall, Step, System
from concordant.spec.vocabulary import Always, Cases, Clocks, Fault, NoHistory, Seen, always, case
from tests.checks.toys import A, Kept, Toy
from tests.command import lock
from tests.command.test_own_protocols import LOCK, concordant

RIGHT = lock.system()
TAME: Always[NoHistory] = evolve(lock.mutual_exclusion, sentence="At most one | holds | 9 |\n\n<!-- holds the lock.")


def ran(stem: str = "lock", **values: object) -> Run:
    module = ModuleType(lock.__name__)  # whose source there is
    vars(module).update(values)
    answers = tuple(decided(question, Means()) for question in to_check([Protocol.of_modules(stem, module)]))
    return Run(("check", "lock.py"), answers, interrupted=False, seconds=0, exit_code=exit_code(answers, whole=True), whole=True)


NOT_REFUTED = ran(TWO=RIGHT, MISTAKE=Pitfall("lock.None", "No mistake.", lock.mutual_exclusion, RIGHT, 2))
NEVER_JUDGED = ran(TWO=evolve(RIGHT, promises=(evolve(lock.mutual_exclusion, under=Fault.LOSS),)))


@pytest.mark.parametrize(
    "run", [pytest.param(NOT_REFUTED, id="a pitfall is not refuted"), pytest.param(NEVER_JUDGED, id="a claim was never judged")]
)
def test_nowhere_does_a_run_look_well_whose_clauses_hold_while(run: Run) -> None:
    assert run.exit_code != OK

    assert len(list(issues(run))) == 1
    assert len(as_sarif(run)["runs"][0]["results"]) == 1
    assert [line.partition(" ")[0] for line in workflow_commands(run)] == ["::error"]
    assert any(line.startswith("- **") for line in summary(run))
    assert len(as_xml(run).findall(".//failure")) == 1
    assert any(line.startswith("## ") for line in lines(run))


def test_no_protocol_looks_well_whose_claim_was_never_judged_since_another_one_is_violated() -> None:
    violated = ran("careless", TWO=lock.system(lock.Careless()))
    both = evolve(violated, answers=(*NEVER_JUDGED.answers, *violated.answers))

    assert any("lock: mutual_exclusion claims loss, never judged" in (each.text or "") for each in as_xml(both).findall(".//failure"))
    assert any("lock: mutual_exclusion claims loss, never judged" in str(each) for each in as_sarif(both)["runs"][0]["results"])
    assert word_of(NEVER_JUDGED.answers, whole=True) == ("undecided", "open")


@pytest.mark.parametrize("text", ["import os\nos._exit(0)\n", "import there_is_none\n"], ids=["ends the process", "cannot be imported"])
def test_no_report_of_an_earlier_run_is_left_of_a_file_that_cannot_even_be_loaded(tmp_path: Path, text: str) -> None:
    (tmp_path / "lock.py").write_text(LOCK, encoding="utf-8")
    assert concordant(tmp_path, "check", "lock.py", "--report", "json=report.json").returncode == OK
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["exit_code"] == OK
    (tmp_path / "lock.py").write_text(text, encoding="utf-8")

    assert concordant(tmp_path, "check", "lock.py", "--report", "json=report.json").returncode != OK
    assert (tmp_path / "report.json").read_text(encoding="utf-8") == ""


def test_no_report_is_written_over_by_another_one(tmp_path: Path) -> None:
    file = tmp_path / "report"

    with pytest.raises(Misuse, match=r"report is that of another report, which would be written over; give another file"):
        reporters([f"json={file}", f"junit={file}"])


def test_a_report_for_which_there_is_no_room_is_told_in_a_sentence() -> None:
    reporter = AtTheEnd(Path("/dev/full"), lambda _run: "a line\n")

    with pytest.raises(Misuse, match="the report /dev/full cannot be written: No space left on device; give another file"):
        reporter.end(NOT_REFUTED)


def test_a_sentence_ends_no_cell_of_a_table_and_hides_no_line() -> None:
    run = ran(TWO=evolve(lock.system(lock.Careless()), promises=(TAME,)))

    told = r"At most one \| holds \| 9 \| &lt;!-- holds the lock."
    assert list(lines(run))[-1] == f"| `lock` | {told} (`mutual_exclusion`) | violated | 4 |"
    assert list(summary(run))[-1] == f"| `lock` | {told} (`lock.mutual_exclusion`) | violated |"


class Reader(Toy):
    """Keeps what its clock shows."""

    def tick(self, state: Kept, now: int) -> Step[Kept]:  # noqa: ARG002  # the time alone counts
        return Step(Kept((now,)))


@always()
def three_never_comes(seen: Seen[NoHistory]) -> Cases:
    """The clock never shows three."""
    yield case(seen.views(Kept)[A].notes < (3,))


@pytest.mark.parametrize("engine", [explore, explore_tabulated])
@pytest.mark.parametrize(
    ("clocks", "said"),
    [
        (Clocks(2), ["time ends with the scope, when a clock shows 2: what would come later is unknown"]),
        (Clocks(2, wraps=True), []),
    ],
)
def test_what_holds_for_no_longer_than_time_goes_on_is_told_so(engine: Callable[..., Report], clocks: Clocks, said: list[str]) -> None:
    report = engine(System({A: Reader()}, NoHistory(), (three_never_comes,), clocks=clocks))
    together = explore_family(Family("clocks", "clocks", lambda _draw: System({A: Reader()}, NoHistory(), (), clocks=clocks)), None, engine)

    assert report.verdict(three_never_comes).status is Status.HOLDS
    assert list(note_lines(answer_of("scope:mine/clocks", "mine", "clocks", None, report))) == said
    assert together.horizon == report.horizon


VERDICT: dict[str, Any] = {
    "clause": "any",
    "trace": [{"said": "", "move": "x"}],
    "given": {},
    "status": "violated",
    "facts": {},
    "cycle": None,
}


def damaged(file: Path, **changed: Any) -> Path:
    """Write a report with one trace, of which something is another thing than `concordant check` writes."""
    verdict = VERDICT | {name: value for name, value in changed.items() if name in VERDICT}
    answer = {"question": changed.get("question", "pitfall:unanimous_consent/UNA-2"), "verdicts": [verdict]}
    report = {"format": FORMAT, "sources": changed.get("sources", {}), "answers": [answer]}
    file.write_text(json.dumps(report), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "changed",
    [{"sources": "mine"}, {"sources": None}, {"cycle": "1"}, {"facts": []}, {"given": None}, {"question": 1}, {"trace": [None]}],
    ids=str,
)
def test_a_report_in_which_something_is_another_thing_is_told_in_a_sentence(changed: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(Misuse, match="is no whole report"):
        saved_in(damaged(tmp_path / "report.json", **changed))


def test_what_stands_in_the_place_of_a_move_is_told_in_a_sentence(tmp_path: Path) -> None:
    (saved,) = saved_in(damaged(tmp_path / "report.json"))

    with pytest.raises(Misuse, match="'x' is no move"):
        again(saved)


@pytest.mark.parametrize("read", [saved_in, Pins.read, itf_trace.read], ids=["a report", "counts", "a trace of others"])
def test_a_file_that_is_nested_too_deeply_is_told_in_a_sentence(read: Callable[[Path], object], tmp_path: Path) -> None:
    file = tmp_path / "deep.json"
    file.write_text("[" * 200_000, encoding="utf-8")

    with pytest.raises(Misuse, match=r"deep\.json cannot be read: it is nested too deeply"):
        read(file)
