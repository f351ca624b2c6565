"""The scopes of goal negotiation."""

from __future__ import annotations

from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.conflict.goal_negotiation import choosing, on_malformed
from concordant.spec.conflict.goal_negotiation import negotiations, negotiations_at_large, two_content_parties

SCOPES = (
    Grid(
        "small",
        "two parties, each of which may propose something of its own; at random up to five parties and three proposals",
        choosing(negotiations),
        (0, 1),
        at_random=negotiations_at_large,
        expected=Profiles(256, 704, 2_032),
    ),
    Grid(
        "content",
        "two parties that are content with anything, and propose one of two things or nothing",
        choosing(two_content_parties),
        (0, 1),
        expected=Profiles(72, 144, 760),
    ),
    Grid("malformed", "two parties and one flaw", on_malformed(), (0, 1), expected=Profiles(44, 44, 88)),
)
