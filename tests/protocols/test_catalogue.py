"""The catalogue of the documents' systems: what stands here of it, and that no defect of what stands is forgotten."""

from __future__ import annotations

import re

import pytest

from concordant.checks.catalogue import Entry, defects, missing, systems
from concordant.checks.index import protocols_by_stem
from concordant.checks.misuse import Misuse
from concordant.checks.registry import find, protocol
from concordant.checks.reports.defects import Fate, counted, page, treated
from concordant.refimpl.machine import KnownViolation, Pitfall
from concordant.refimpl.machine.pitfalls import Reason
from concordant.spec.vocabulary import Fault

STANDING = [system for system in systems() if system.stands]
BEHAVIOUR = {"run", "port", "bfs"}


def named(system: Entry) -> str:
    return system.system


def test_the_documents_describe_sixty_nine_systems_with_distinct_defects() -> None:
    ids = [defect.id for system in systems() for defect in system.defects]

    assert [system.entry for system in systems()] == list(range(1, 70))
    assert len(set(ids)) == len(ids) == 504


def test_the_page_of_defects_has_all_519_with_what_stands_for_each_and_misses_none_of_a_system_that_is_here() -> None:
    ids = [defect.id for defect in defects()]

    assert re.findall(r"^\| ([A-Z]+-\d+) \|", page(), re.MULTILINE) == ids
    assert counted().total() == len(set(ids)) == 519
    assert [row.defect.id for system in STANDING for row in treated(system.defects) if row.fate is Fate.MISSING] == []


def test_every_defect_is_found_by_its_id_as_what_shows_it_or_with_the_reason_why_nothing_does() -> None:
    ids = [defect.id for defect in defects()]
    reasons = {part.id: part for stem in protocols_by_stem() for part in protocol(stem).unmodelled}
    told: dict[str, str] = {}
    for id in ids:
        try:
            _, found = find(id)
        except Misuse as told_why:
            told[id] = str(told_why)
        else:
            assert isinstance(found, Pitfall | KnownViolation)
            assert found.id.partition("/")[0] == id

    assert set(told) == {row.defect.id for row in treated(defects()) if row.fate in (Fate.SAME, Fate.EXCUSED)}
    assert [id for id, text in told.items() if reasons[id].why not in text] == []
    assert told["X-10"].startswith("nothing shows X-10, since its type rules it out: ")
    assert told["WGT-6"] == "nothing shows WGT-6 but WGT-1, which is the same: who is in the table and takes no part weighs on the whole"


def test_a_system_of_the_documents_that_is_here_stands_in_its_group() -> None:
    wrong = {
        stem
        for system in systems()
        for stem in system.stems
        if stem == system.system and stem in protocols_by_stem() and protocols_by_stem()[stem].group != system.group
    }
    assert wrong == set()


def test_faults_of_the_catalogue_are_those_of_the_vocabulary_and_the_skew_of_clocks() -> None:
    known = {(fault.name or "").lower() for fault in Fault} | {"skew"}

    assert {fault for system in systems() for fault in system.faults} - known == set()


@pytest.mark.parametrize("system", STANDING, ids=named)
def test_every_defect_of_a_system_that_stands_is_a_pitfall_or_a_known_violation_or_has_its_reason(system: Entry) -> None:
    assert [defect.id for defect in missing(system)] == []


@pytest.mark.parametrize("system", STANDING, ids=named)
def test_a_defect_that_is_behaviour_is_shown_and_has_no_reason_but_to_be_the_same_as_another(system: Entry) -> None:
    evidence = {defect.id: set(defect.evidence.split()) for defect in defects()}
    reasons = {part.id: part for protocol in system.protocols for part in protocol.unmodelled}

    excused = [id for id, part in reasons.items() if part.reason is not Reason.SAME and evidence.get(id, set()) & BEHAVIOUR]
    assert excused == []
    assert set(reasons) - set(evidence) == set(), "a reason is for a defect of the catalogue"
