"""Every value of every protocol goes to JSON and back."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator

import pytest

from concordant.checks.codec.codec import codec_of
from concordant.checks.codec.scalars import CannotEncode
from concordant.checks.draws import Exhaustive
from concordant.checks.exploration.budget import Budget, SearchLimit
from concordant.checks.exploration.scope import Size
from concordant.checks.mechanisms.running import content
from concordant.checks.registry import Protocol, protocols
from concordant.checks.semantics.observations import told
from concordant.checks.semantics.semantics import Semantics
from concordant.refimpl.machine.search import Search
from concordant.spec.vocabulary import Malformed

STATES = 100
"""How many states of each small scope are gone through: enough for values of every class, since these are few."""


def values(each: Protocol) -> Iterator[object]:
    for scope in each.scopes:
        if scope.size is Size.SMALL:
            semantics = Semantics(scope.system)
            Search(semantics, limit=SearchLimit(Budget(states=STATES))).run()
            parts = semantics.parts
            yield from (local.state for table in parts.steps.locals for local in table.values)
            yield from map(told, parts.observations.histories.values)
            yield from parts.observations.views.values
            yield from (message for _, message in parts.environment.flight.messages.values)
            yield from (happening.what for happenings in parts.steps.happened.values for happening in happenings)
            yield from (move for _, move in parts.steps.taken())
    for grid in each.grids:
        draw = Exhaustive(grid.amounts)
        for _ in range(STATES):
            profile = grid.mechanism.profiles(draw)
            yield profile
            yield grid.mechanism.rule(profile)
            if not draw.advance():
                break


@pytest.mark.parametrize("each", protocols(), ids=lambda each: each.stem)
def test_every_value_of_a_protocol_goes_to_json_and_back(each: Protocol) -> None:
    codec, seen, refused, known = codec_of(each), 0, 0, set[Hashable]()
    for value in values(each):
        key = content(value)
        if key in known:  # in another scope
            continue
        known.add(key)
        try:
            text = json.dumps(codec.encode(value))
        except CannotEncode:  # a malformed profile or request holds what none may, such as a float: that is what it is for
            refused += 1
            continue
        assert codec.decode(json.loads(text)) == value
        seen += 1

    assert seen > 0
    asked = (request for scope in each.scopes for user in scope.system.users for place in user.script for request in place)
    assert not refused or any("malformed" in grid.name for grid in each.grids) or any(isinstance(each, Malformed) for each in asked)
