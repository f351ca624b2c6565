"""The scopes of the engine of conflict resolution."""

from __future__ import annotations

from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.conflict.conflict_resolution_engine import engine, on_malformed
from concordant.spec.conflict.conflict_resolution_engine import batches_at_large, inexact, one_conflict, two_conflicts

SCOPES = (
    Grid(
        "one",
        "a conflict, to which both strategies answer anything; amounts 0 and 1; at random up to four conflicts",
        engine(one_conflict),
        (0, 1),
        at_random=batches_at_large,
        expected=Profiles(576, 576, 4_032),
    ),
    Grid(
        "two",
        "two conflicts about one thing or two, which strategies answer as they should or not at all",
        engine(two_conflicts),
        (0, 1),
        expected=Profiles(216, 252, 2_052),
    ),
    Grid(
        "inexact", "a conflict to which the strategy answers by what is no amount", engine(inexact), (0, 1), expected=Profiles(112, 84, 784)
    ),
    Grid("malformed", "a batch of two conflicts with one flaw", on_malformed(), (0, 1), expected=Profiles(28, 20, 56)),
)
