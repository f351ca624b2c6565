"""Every situation of every protocol can be walked, is found by its name and can be explained."""

from __future__ import annotations

import pytest

from concordant.checks.exploration.situations import Situation, walked
from concordant.checks.index import protocols_by_stem
from concordant.checks.registry import find, protocol, protocols
from concordant.checks.reports.explain import explanation
from concordant.checks.semantics.semantics import Semantics

SITUATIONS = [(each.stem, situation) for each in protocols() for situation in each.situations]


def named(value: object) -> str:
    return value.name if isinstance(value, Situation) else str(value)


@pytest.mark.parametrize(("stem", "situation"), SITUATIONS, ids=named)
def test_a_situation_can_be_walked_and_is_explained_under_its_name(stem: str, situation: Situation) -> None:
    _, path = walked(Semantics(situation.system), situation)

    assert len(path) == len(situation.moves)
    assert find(f"{stem}.{situation.name}") == (protocol(stem), situation)
    assert list(explanation(protocol(stem), situation))[:2] == [f"{stem}.{situation.name}", f"  {situation.shows}"]
    assert f"situation {situation.name}  ({len(path)} moves)" in list(explanation(protocol(stem), None))


def test_situations_of_a_protocol_have_names_of_their_own() -> None:
    names = [(stem, situation.name) for stem, situation in SITUATIONS]

    assert len(set(names)) == len(names)


def test_every_group_with_processes_has_a_situation_to_begin_with() -> None:
    groups = {stem: entry.group for stem, entry in protocols_by_stem().items()}
    explored = {groups[protocol.stem] for protocol in protocols() if protocol.scopes}

    assert explored - {groups[protocol.stem] for protocol in protocols() if protocol.situations} == set()
