"""The scopes of workflow definition."""

from __future__ import annotations

from functools import partial

from attrs import evolve

from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.workflows.workflow_definition import defining
from concordant.spec.vocabulary import Draw, Map
from concordant.spec.workflows.workflow_definition import Definition, at_large, graphs, named_anyhow, predefined


def with_notes(draw: Draw) -> Definition:
    """Draw a draft of up to four stages, named anyhow, with a note."""
    definition = named_anyhow(draw, 4)
    return evolve(definition, draft=evolve(definition.draft, notes=Map.of({"note": "any"})))


SCOPES = (
    Grid("predefined", "the workflows of the documents", defining(predefined), expected=Profiles(6, 29, 47)),
    Grid(
        "small",
        "every graph of up to three stages, circles among them; at random up to four, of all kinds",
        defining(partial(graphs, most=3)),
        at_random=at_large,
        expected=Profiles(531, 1_629, 3_995),
    ),
    Grid(
        "named_anyhow",
        "up to two stages, some without a name or with that of another, and a name that may be taken; at random up to four stages, and a note",
        defining(partial(named_anyhow, most=2)),
        at_random=with_notes,
        expected=Profiles(728, 728, 5_035),
    ),
)
