"""The scopes of coordination metrics."""

from __future__ import annotations

from fractions import Fraction

from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.workflows.coordination_metrics import comparing, measuring, on, on_malformed
from concordant.spec.workflows.coordination_metrics.logs import logs_at_large, mixed, parallel

SCOPES = (
    Grid(
        "one_run",
        "a run of up to two stages, each of them done, tried again or left out; at random up to four",
        on(2),
        (1,),
        at_random=logs_at_large,
        expected=Profiles(114, 381, 2_594),
    ),
    Grid(
        "three_stages",
        "three stages, each of which waits for none, the one before or all",
        measuring(parallel),
        (0, 1),
        expected=Profiles(216, 828, 6_264),
    ),
    Grid(
        "two_runs",
        "two runs, one inside the other, with messages",
        measuring(mixed),
        (Fraction(1, 2),),
        expected=Profiles(12, 639, 833),
    ),
    Grid(
        "rivals",
        "two runs that begin together, one of two stages side by side",
        comparing(),
        (0, 1, 2),
        expected=Profiles(27, 27, 45),
    ),
    Grid("malformed", "two stages, and one flaw", on_malformed(), (0,), expected=Profiles(62, 62, 124)),
)
