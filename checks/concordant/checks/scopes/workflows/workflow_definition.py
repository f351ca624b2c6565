"""The scopes of workflow definition."""

from __future__ import annotations

from functools import partial

from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.workflows.workflow_definition import defining
from concordant.spec.workflows.workflow_definition import at_large, graphs, named_anyhow, predefined

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
        "up to two stages, some without a name or with that of another, and a name that may be taken; at random up to four stages",
        defining(partial(named_anyhow, most=2)),
        at_random=partial(named_anyhow, most=4),
        expected=Profiles(728, 728, 5_035),
    ),
)
