"""The HTML report: one file, whose policy lets nothing in or out, and whose data are what the drawing expects."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from concordant.checks.answers import Answer, exit_code
from concordant.checks.page.scenes import scene_of
from concordant.checks.page.trees import tree
from concordant.checks.questions.asking import to_refute
from concordant.checks.questions.question import Means, question
from concordant.checks.reports.html_report import as_data, as_html
from concordant.checks.reports.reporter import Run
from concordant.checks.running import decided
from concordant.spec.vocabulary import Address, Map
from tests.command.test_report_formats import BAD, GOOD

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "web" / "src"
PAGE = ROOT / "checks" / "concordant" / "checks" / "page"


def of_pitfalls(*names: str) -> Run:
    answers = tuple(decided(question, Means()) for question in to_refute(names))
    return Run(("refute", *names), answers, interrupted=False, seconds=0.5, exit_code=exit_code(answers))


@pytest.fixture(scope="module")
def some() -> Run:
    """Return a run with a trace, one in which the mistake acts at a crash, a lie about a bid, and a lasso."""
    return of_pitfalls("UNA-2", "UNA-3", "SPA-2", "unanimous_consent.WaitsForItself")


def scenes(run: Run) -> Iterator[dict[str, Any]]:
    for protocol in as_data(run)["protocols"]:
        yield from (line["scene"] for line in protocol["lines"] if line["scene"] is not None)


def fields(interface: str) -> set[str]:
    """Return the names that an interface of the drawing declares."""
    text = (WEB / "types.ts").read_text(encoding="utf-8")
    found = re.search(rf"interface {interface} \{{(.*?)\n\}}", text, flags=re.DOTALL)
    assert found is not None
    return set(re.findall(r"^  (\w+):", found[1], flags=re.MULTILINE))


def test_the_data_have_the_fields_that_the_drawing_declares(some: Run) -> None:
    found: dict[str, list[dict[str, Any]]] = {"Report": [as_data(each) for each in (BAD, GOOD, some)]}
    found["Protocol"] = [each for report in found["Report"] for each in report["protocols"]]
    found["Line"] = [each for protocol in found["Protocol"] for each in protocol["lines"]]
    found["Trace"] = [line["scene"] for line in found["Line"] if (line["scene"] or {}).get("kind") == "trace"]
    found["Drawn"] = [line["scene"] for line in found["Line"] if (line["scene"] or {}).get("kind") == "drawn"]
    found["Move"] = [move for trace in found["Trace"] for move in trace["moves"]]
    found["Row"] = [move["row"] for move in found["Move"]]
    found["Change"] = [change for move in found["Move"] for change in move["changes"]]
    found["InFlight"] = [each for trace in found["Trace"] for each in trace["left"]]
    covered = decided(question("scope:unanimous_consent/in_time"), Means(coverage=True))
    (protocol,) = as_data(Run(("check",), (covered,), interrupted=False, seconds=0, exit_code=0))["protocols"]
    found["Coverage"] = protocol["coverage"]
    found["Fact"] = [fact for scene in (*found["Trace"], *found["Drawn"]) for fact in (*scene["facts"], *scene["given"])]

    for interface, values in found.items():
        assert values, interface
        assert {frozenset(value) for value in values} == {frozenset(fields(interface))}, interface


def test_a_trace_is_shown_with_its_clause_and_the_move_in_which_the_mistake_acts(some: Run) -> None:
    scene = next(scenes(some))

    assert (scene["clause"], scene["acts"], scene["lanes"]) == (
        "unanimous_consent.acceptance_needs_every_consent",
        2,
        ["user0", "coordinator0"],
    )
    assert [(move["said"], move["row"]["mark"]) for move in scene["moves"]] == [
        ("user0 asks coordinator0: Put()", "arrives"),
        ("coordinator0: Close()", "inside"),
    ]
    assert scene["instead"][0] == "◆ here the mistake acts: the right process announces Decided(False)"


def test_what_a_newcomer_could_not_read_is_explained_beside_the_picture(some: Run) -> None:
    scene = next(scenes(some))

    assert scene["legend"] == ["━▶ asked from outside", "● a step of its own", "◆ here the mistake acts"]
    assert scene["notation"] == ["fields: Collecting(client, consents), Decided(accepted), Decision(accepted), Closed(accepted)"]


def test_a_lie_is_a_table_of_honesty_beside_it() -> None:
    (scene,) = scenes(of_pitfalls("SPA-2"))

    assert [row[0] for row in scene["table"]] == ["", "honest", "lying"]
    assert [fact["name"] for fact in scene["facts"]][:3] == ["profile", "agent", "lie"]


def test_a_verdict_without_evidence_has_no_scene() -> None:
    answer: Answer = GOOD.answers[0]

    assert [scene_of(verdict) is None for verdict in answer.verdicts] == [True, False]


def test_values_keep_their_parts() -> None:
    assert tree(Map(((Address("a"), frozenset({2, 1})),))) == {
        "kind": "map",
        "entries": [[{"text": "a0"}, {"kind": "set", "items": [{"text": "1"}, {"text": "2"}]}]],
    }


def test_the_policy_names_the_one_script_and_the_one_style_and_nothing_else_is_let_in(some: Run) -> None:
    page = as_html(some)

    ((style,), (script,)) = (re.findall(rf"<{tag}>(.*?)</{tag}>", page, flags=re.DOTALL) for tag in ("style", "script"))
    wanted = [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in (script, style)]
    assert f"default-src 'none'; script-src {wanted[0]}; style-src {wanted[1]}; " in page
    assert not re.findall(r"""(?:src|href)=["'](?!data:)""", page.replace(script, ""))


def test_what_a_protocol_says_cannot_end_the_script_that_carries_it() -> None:
    answer = Answer("bridge:lock/T-1", "lock", "</script><script>alert(1)</script>", GOOD.answers[0].conclusion)

    page = as_html(Run(("check",), (answer,), interrupted=False, seconds=0, exit_code=0))

    assert page.count("</script>") == 2
    embedded = page.partition('id="report">')[2].partition("</script>")[0]
    assert json.loads(embedded)["protocols"][0]["lines"][0]["sentence"] == answer.title


def test_what_is_built_was_built_of_the_sources_that_are_here() -> None:
    digest = sha256()
    for file in sorted(WEB.iterdir()):
        digest.update(f"{file.name}\n".encode())
        digest.update(file.read_bytes())

    assert (PAGE / "sources.sha256").read_text(encoding="utf-8").strip() == digest.hexdigest(), "npm run build, in web/"


@pytest.mark.skipif(not (WEB.parent / "node_modules").is_dir() or shutil.which("node") is None, reason="needs Node.js, and npm ci in web/")
def test_all_words_of_the_pages_stand_in_one_catalogue() -> None:
    found = subprocess.run(["node", "literals.mjs"], cwd=WEB.parent, capture_output=True, text=True, check=False)  # noqa: S607  # as npm finds it
    assert (found.returncode, found.stderr) == (0, "")
