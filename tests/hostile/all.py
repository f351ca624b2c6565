"""All hostile conditions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from tests.hostile import anywhere, budgets, calls, checkpoints, signals
from tests.hostile.checkpoints import Killed
from tests.hostile.conditions import Condition


def conditions(kills: int) -> Iterator[Condition | Killed]:
    """Yield all of them. `kills`: how often each search that is killed is."""
    return chain(anywhere.conditions(), budgets.conditions(), calls.conditions(), checkpoints.conditions(kills), signals.conditions())
