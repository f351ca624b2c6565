"""Informing workers what the tables of a search have gained since they were last told."""

from __future__ import annotations

import numpy as np
from attrs import define, field

from concordant.checks.cluster.dividing.messages import Gains, Placed
from concordant.checks.tabulated.clauses import Clauses
from concordant.checks.tabulated.placing import Placing
from concordant.checks.tabulated.space import Space


@define(eq=False, repr=False)
class Informing:
    """What was told so far."""

    space: Space
    clauses: Clauses
    _placing: Placing | None = field(default=None, init=False)
    _pool: int = field(default=0, init=False)
    _outcomes: int = field(default=0, init=False)
    _kept: int = field(default=0, init=False)

    def __attrs_post_init__(self) -> None:
        self.space.filling.kept = []

    def news(self) -> Gains:
        """Return what is new. Every slot has room for its values."""
        space, filling, groups = self.space, self.space.filling, self.clauses.groups
        readings = groups.readings(space.placing, 1)  # what is seen of new values is written then
        written, filling.kept = filling.kept or [], []
        questions = [question for some, _ in written for question in some]
        answers = [answer for _, some in written for answer in some]
        kept = int(readings.counts[0])
        news = Gains(
            placed=None if self._placing is space.placing else self._placed(),
            questions=np.array(questions, np.uint64),
            answers=np.array(answers, np.int64),
            pool=filling.pool.array[self._pool : filling.pool.size].copy(),
            outcomes=filling.outcomes[self._outcomes : filling.outcome_count].copy(),
            groups=(readings.starts, readings.slots, readings.observables, readings.masks),
            kept=readings.kept[self._kept : kept].copy(),
            codes=readings.codes[self._kept : kept].copy(),
            watched=self.clauses.watched(),
            renames=None if space.representing is None else space.renames,
        )
        self._placing, self._pool, self._outcomes, self._kept = space.placing, filling.pool.size, filling.outcome_count, kept
        return news

    def _placed(self) -> Placed:
        space = self.space
        lists = space.lists()
        empty = lists._replace(
            records=lists.records[:0], fused=lists.fused[:0], paired=lists.paired[:0], hashed=lists.hashed[:0], folds=lists.folds[:0]
        )
        return Placed(space.placing, space.receivers(), empty, (len(lists.fused), len(lists.paired)))
