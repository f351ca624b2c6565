"""Sharing by a flag in a replicated memory: right only as long as every copy has heard of it before somebody looks."""

from __future__ import annotations

from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.pitfalls.synchronization.time_sharing.compositions import by_a_flag
from concordant.spec.synchronization import time_sharing as spec
from concordant.spec.vocabulary import Faults


def judged(faults: Faults) -> Status:
    return explore(by_a_flag(faults), budget=Budget(states=2_000)).verdict(spec.one_at_a_time).status


def test_two_agents_use_it_at_once_where_a_copy_may_be_stale() -> None:
    assert judged(Faults()) is Status.VIOLATED
