"""Places in one file: they are those that the server would tell, as many as fit, and nothing else is asked for."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from concordant.checks.explorer.as_json import place_as_json, setting_as_json
from concordant.checks.explorer.exported import exported
from concordant.checks.explorer.service import Service
from concordant.checks.main import app
from concordant.checks.misuse import Misuse

NAME = "UNA-2"


def held(page: str) -> Any:
    """Return what a page holds, as `web/src/held.ts` reads it."""
    found = re.search(r'<script type="application/json" id="explored">(.*?)</script>', page, flags=re.DOTALL)
    assert found is not None
    read = json.loads(found[1])
    parts: list[Any] = []

    def filled(value: Any) -> Any:
        if isinstance(value, list):
            return [filled(each) for each in value]
        if not isinstance(value, dict):
            return value
        return parts[value["$"]] if value.keys() == {"$"} else {name: filled(each) for name, each in value.items()}

    for part in read["parts"]:
        parts.append(filled(part))
    return filled(read["whole"])


def test_a_page_holds_its_run_and_the_places_around_it_as_the_server_tells_them() -> None:
    page = exported(NAME, places=7)
    found = held(page)
    service = Service(NAME)
    home = service.at(NAME)

    assert found["home"] == ".".join(map(str, home.place.numbers))
    assert found["setting"] == setting_as_json(home, claims=True)
    assert len(found["places"]) == 7
    runs = [tuple(map(int, run.split("."))) if run else () for run in found["places"]]
    assert runs[: len(home.place.numbers) + 1] == [home.place.numbers[:length] for length in range(len(home.place.numbers) + 1)]
    assert {len(run) for run in runs[3:]} == {3}  # one move further than the end of the run
    for run, place in zip(runs, found["places"].values(), strict=True):
        before = place["trace"].pop("after", None)
        while before is not None:
            last = found["places"][before]
            place["trace"]["moves"] = [*last["trace"]["moves"], *place["trace"]["moves"]]
            before = last["trace"].get("after")
        assert place == place_as_json(service.standing(home.explorer, run))


def test_what_occurs_often_stands_there_once_and_no_request_leaves_the_page() -> None:
    page = exported(NAME, places=7)

    assert len(page) < 300 << 10
    whole = sum(len(json.dumps(place)) for place in held(page)["places"].values())
    assert len(page) - len(exported(NAME, places=1)) < whole / 2
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "connect-src" not in policy[1]


def test_a_page_holds_neither_none_nor_too_many() -> None:
    for places in (0, 2_001):
        with pytest.raises(Misuse, match="a page holds 1 to 2,000 places"):
            exported(NAME, places=places)


def test_the_command_writes_the_page_or_says_why_not(tmp_path: Path) -> None:
    run = CliRunner()
    assert run.invoke(app, ["explore", NAME, "--export", str(tmp_path / "page.html"), "--places", "3"]).exit_code == 0
    assert len(held((tmp_path / "page.html").read_text(encoding="utf-8"))["places"]) == 3
    for words, why in (
        (["--export", str(tmp_path)], "cannot be written"),
        (["--places", "3"], "--places is of a page that is exported"),
    ):
        with pytest.raises(Misuse, match=why):
            run.invoke(app, ["explore", NAME, *words], catch_exceptions=False, standalone_mode=False)
