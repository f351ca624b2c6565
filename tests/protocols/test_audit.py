"""The audit: whatever the catalogue asks for stands here under an id that exists, is a departure with its reason, or is said to be missing."""

from __future__ import annotations

from collections import Counter

from concordant.checks.audit import Wanted, audited, standing
from concordant.checks.catalogue import systems


def test_the_audit_goes_through_every_entry_of_the_catalogue_in_its_order() -> None:
    assert list(dict.fromkeys((each.entry, each.system) for each in audited())) == [(each.entry, each.system) for each in systems()]


def test_every_entry_is_asked_for_properties_and_scopes() -> None:
    asked = {entry: {each.kind for each in audited() if each.entry == entry} for entry in range(1, 70)}

    assert {entry for entry, kinds in asked.items() if Wanted.SAFETY not in kinds or Wanted.SCOPE not in kinds} == set()


def test_what_stands_for_something_is_there() -> None:
    assert [(each.system, each.text, id) for each in audited() for id in each.by if id not in standing()] == []


def test_what_nothing_stands_for_is_a_departure_or_missing_and_never_both() -> None:
    assert [(each.system, each.text) for each in audited() if not (each.by or each.departure or each.missing)] == []
    assert [(each.system, each.text) for each in audited() if each.departure and each.missing] == []


def test_so_much_is_missing_and_no_more() -> None:
    assert Counter("missing" if each.missing else "departure" if each.departure else "here" for each in audited()) == {
        "here": 866,
        "departure": 60,
        "missing": 37,
    }


def test_nothing_is_asked_twice_of_one_system() -> None:
    times = Counter((each.entry, each.kind, each.text) for each in audited())

    assert [asked for asked, count in times.items() if count > 1] == []
