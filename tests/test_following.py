"""One message and one profile are followed to their report, through the files that docs/following.md names, and no others."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from concordant.checks import main
from concordant.checks.exit_codes import OK

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs" / "following.md").read_text(encoding="utf-8")
_, MESSAGE, PROFILE = (re.findall(r"^\d+\. `([^`]+)`", part, re.MULTILINE) for part in TEXT.split("\n## "))
SEMANTICS = "checks/concordant/checks/semantics"
BETWEEN = {
    *(f"{SEMANTICS}/{name}.py" for name in ("images", "seen", "twice", "watching")),
    "checks/concordant/checks/exploration/choosing.py",
}


def files(frame: FrameType | None) -> Iterator[str]:
    """Yield the files of the project in which a frame and its callers stand, the innermost first, but for what stands between."""
    while frame is not None:
        file = Path(frame.f_code.co_filename)
        name = str(file.relative_to(ROOT)) if file.is_relative_to(ROOT) else ""
        if name.startswith(("checks/", "spec/", "refimpl/")) and name not in BETWEEN:
            yield name
        frame = frame.f_back


def journey(arguments: list[str], functions: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Run a command; return for each function, given with its file, through which files it was first reached, each where it comes first."""
    reached: dict[str, list[str]] = {}

    def look(frame: FrameType, event: str, _: object) -> None:
        name = frame.f_code.co_name
        if event == "call" and name in functions and name not in reached and frame.f_code.co_filename == str(ROOT / functions[name]):
            reached[name] = list(dict.fromkeys(reversed(list(files(frame)))))

    monkeypatch.setattr(sys, "argv", ["concordant", *arguments, "--jobs", "1", "--no-cache"])
    sys.setprofile(look)
    try:
        assert main.code() == OK
    finally:
        sys.setprofile(None)
    return reached


def test_a_message_of_paxos_passes_through_the_files_that_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    functions = {"receive": MESSAGE[8], "a_message_is_true": MESSAGE[10], "headline": MESSAGE[11]}

    assert journey(["check", "paxos_synod", "--scope", "two_users"], functions, monkeypatch) == {
        "receive": MESSAGE[:9],
        "a_message_is_true": [*MESSAGE[:5], *MESSAGE[9:11]],
        "headline": [*MESSAGE[:2], MESSAGE[11]],
    }


def test_a_profile_of_a_vickrey_auction_passes_through_the_files_that_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    functions = {
        "profiles": PROFILE[6],
        "second_price": PROFILE[7],
        "price_is_the_best_of_the_others": PROFILE[8],
        "headline": PROFILE[9],
    }

    assert journey(["check", "vickrey_auction", "--scope", "fractions"], functions, monkeypatch) == {
        "profiles": PROFILE[:7],
        "second_price": [*PROFILE[:5], PROFILE[7]],
        "price_is_the_best_of_the_others": [*PROFILE[:5], PROFILE[8]],
        "headline": [*PROFILE[:2], PROFILE[9]],
    }


def test_no_more_than_twelve_files_need_be_read_and_all_that_are_named_are_there() -> None:
    named = [f"checks/concordant/checks/{name}" for name in re.findall(r"`((?:exploration|reports|questions|semantics)/\w+\.py)`", TEXT)]

    assert (len(MESSAGE), len(PROFILE)) == (12, 10)
    assert [name for name in (*MESSAGE, *PROFILE, *named) if not (ROOT / name).is_file()] == []
    assert set(named) >= BETWEEN
