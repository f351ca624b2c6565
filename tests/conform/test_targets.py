"""What is recorded of released packages is whole, and told where a user looks; `make targets` finds out whether it is still so."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TARGETS = sorted(report.parent for report in (ROOT / "examples" / "targets").glob("*/report.txt"))
TOLD = (ROOT / "docs" / "targets.md").read_text(encoding="utf-8")
VERDICT = re.compile(r"^(?:  (?:conformance|history|validation) \S+  \S|\S+ +(?:holds|VIOLATED|undecided) .* profiles; )", re.MULTILINE)


def versions(target: Path) -> list[str]:
    """Return what a target pins, as the tables write it."""
    if (target / "package.json").exists():
        needed = json.loads((target / "package.json").read_text(encoding="utf-8"))["dependencies"]
        return [f"{name} {version}" for name, version in needed.items()]
    needs = next(file for file in (target / "requirements.txt", target / "debian.txt") if file.exists())
    return [re.sub(r"\[.*\]", "", line).replace("==", " ").replace("=", " ") for line in needs.read_text(encoding="utf-8").split()]


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_a_target_has_a_page_a_version_and_a_verdict_for_each_command(target: Path) -> None:
    report = (target / "report.txt").read_text(encoding="utf-8")
    commands = [line for line in report.splitlines() if line.startswith("$ ")]

    assert (target / "README.md").exists()
    assert commands
    assert len(VERDICT.findall(report)) == len(commands)
    assert f"examples/targets/{target.name}/README.md" in TOLD
    # The first is the package itself; what comes after it is what that runs on.
    assert [each for each in versions(target)[:1] if each.lower() not in TOLD.lower()] == []


def test_a_report_names_no_place_of_the_machine_that_recorded_it() -> None:
    placed = re.compile(r"/[^ ]*\.venv/| at 0x[0-9a-f]+")

    assert [target.name for target in TARGETS if placed.search((target / "report.txt").read_text(encoding="utf-8"))] == []


def test_whoever_adds_a_folder_without_a_report_is_told() -> None:
    folders = {folder.name for folder in (ROOT / "examples" / "targets").iterdir() if folder.is_dir() and not folder.name.startswith("_")}

    assert folders - {target.name for target in TARGETS} == {"shared"}


def test_an_adapter_is_read_at_a_glance() -> None:
    named = {
        target / f"{module}.py"
        for target in TARGETS
        for module in re.findall(r"^\$ concordant conform .*?(\w+):\w+", (target / "report.txt").read_text(encoding="utf-8"), re.MULTILINE)
    }

    assert len(named) > 10
    assert [file for file in sorted(named) if len(file.read_text(encoding="utf-8").splitlines()) > 80] == []
