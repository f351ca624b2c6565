"""The scopes of prefetching: windows of every size beside the sequential run, and clients that find it busy."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.machine import Ask, Fire
from concordant.refimpl.workflows.prefetch_execution import CLIENT, PREFETCHER, as_in_sequence, system
from concordant.spec.vocabulary import Faults
from concordant.spec.workflows import prefetch_execution as spec
from concordant.spec.workflows.prefetch_execution import Fetched, Run

SCOPES = (
    Scope(
        "two_ahead",
        "four stages and a window of two; each stage may change the store",
        system(2, Run(4), examples=(spec.it_is_there_before_it_is_needed, spec.something_is_fetched_in_vain)),
        Counts(58, 117, 10),
    ),
    Scope("one_ahead", "four stages and a window of one, and a run without stages", system(1, Run(4), Run(0)), Counts(47, 82, 11)),
    Scope(
        "in_sequence",
        "two stages, with nothing fetched ahead, beside another client; a run without stages follows",
        system(0, Run(2), Run(0), rival=(Run(1),)),
        Counts(24, 44, 7),
    ),
    Scope(
        "as_in_sequence",
        "two runs of up to three stages and a window of one, beside the sequential run",
        as_in_sequence(1, Run(3), Run(1)),
        Counts(28, 44, 11),
    ),
    Scope(
        "failures",
        "three stages and a window of one, and another run; any fetch and any stage may fail",
        system(1, Run(3), Run(1), can_fail=True, examples=(spec.a_fetch_has_failed_too_early,)),
        Counts(31, 84, 7),
    ),
    Scope(
        "failures_as_in_sequence",
        "two stages that may fail and a window of one, beside the sequential run",
        as_in_sequence(1, Run(2), can_fail=True),
        Counts(18, 30, 6),
    ),
    Scope(
        "cancelled",
        "two runs of up to three stages and a window of two; one is cancelled, and another client finds it busy",
        system(2, Run(3), Run(2), rival=(Run(0),), faults=Faults(cancellations=1)),
        Counts(90, 267, 14),
    ),
    Scope("far_ahead", "six stages and a window of three", system(3, Run(6)), Counts(306, 721, 14), size=Size.MEDIUM),
)

SITUATIONS = (
    Situation(
        "there",
        "The first stage runs, and what the second needs is there.",
        system(1, Run(2)),
        (Ask(PREFETCHER, CLIENT, Run(2)), Fire(PREFETCHER, Fetched(0)), Fire(PREFETCHER, Fetched(1))),
    ),
)
