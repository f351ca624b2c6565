"""The audit: whatever the catalogue asks for stands here under an id that exists, is a departure with its reason, or is said to be missing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from concordant.checks import audit
from concordant.checks.audit import Wanted, absent, audited
from concordant.checks.catalogue import systems

ROOT = Path(__file__).parents[2]


def test_the_audit_goes_through_every_entry_of_the_catalogue_in_its_order() -> None:
    assert list(dict.fromkeys((each.entry, each.system) for each in audited())) == [(each.entry, each.system) for each in systems()]


def test_every_entry_is_asked_for_properties_and_scopes() -> None:
    asked = {entry: {each.kind for each in audited() if each.entry == entry} for entry in range(1, 70)}

    assert {entry for entry, kinds in asked.items() if Wanted.SAFETY not in kinds or Wanted.SCOPE not in kinds} == set()


def test_what_stands_for_something_is_there() -> None:
    assert absent(ROOT) == ()


def test_of_what_is_named_only_a_test_that_runs_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "some.py").write_text(
        "def test_it(): ...\n@pytest.mark.thorough\ndef test_longer(): ...\n@pytest.mark.skip\ndef test_not(): ...\ndef other(): ...\n"
    )
    names = ("tests/some.py::test_it", "tests/some.py::test_longer")
    not_there = ("tests/some.py::test_not", "tests/some.py::other", "tests/some.py::test_gone", "tests/none.py::test_it", "tests/some.py")
    monkeypatch.setattr(audit, "audited", lambda: (audit.Asked(1, "some", Wanted.SAFETY, "it", (*names, *not_there, "BYZ-1")),))

    assert [id for _, _, id in absent(tmp_path)] == [*not_there]


def test_what_nothing_stands_for_is_a_departure_or_missing_and_never_both() -> None:
    assert [(each.system, each.text) for each in audited() if not (each.by or each.departure or each.missing)] == []
    assert [(each.system, each.text) for each in audited() if each.departure and each.missing] == []


def test_so_much_is_missing_and_no_more() -> None:
    assert Counter("missing" if each.missing else "departure" if each.departure else "here" for each in audited()) == {
        "here": 937,
        "departure": 26,
    }


def test_nothing_is_asked_twice_of_one_system() -> None:
    times = Counter((each.entry, each.kind, each.text) for each in audited())

    assert [asked for asked, count in times.items() if count > 1] == []
