"""Who gains by lying: each agent's misreports in turn, the same that the clause of truthfulness judges, on one profile."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, TypeVar

from attrs import define, field, frozen

from concordant.checks.draws import Exhaustive
from concordant.checks.explorer.tables.differing import whose
from concordant.checks.explorer.tables.judged import amounts_in
from concordant.checks.explorer.tables.rules import Ruled
from concordant.checks.mechanisms.running import RuleRaised, Running
from concordant.checks.misuse import Misuse
from concordant.checks.reports.totals import counted
from concordant.checks.semantics.watching import watched, watching
from concordant.spec.vocabulary import Amount, Relates, ratio

V = TypeVar("V")
WHO = "who lies"
"""How the clause of truthfulness calls the draw of the agent."""
MOST, SECONDS = 2_000, 2.0
"""How many misreports of an agent are tried at most, and for how long those of all."""


@frozen
class Lie:
    """The best that an agent can do by a misreport, among those that were tried: instead of the `truth` it says what is in `profile`.

    `gains` is its utility when it is honest.
    """

    agent: Any
    truth: Any
    profile: Any
    honest: object
    lying: object
    gains: Amount
    would_gain: Amount

    @property
    def pays(self) -> bool:
        """Whether it is better than to be honest."""
        return self.would_gain > self.gains

    @property
    def who(self) -> str:
        """Who lies."""
        return whose(self.agent, self.truth, self.profile)


@frozen
class Lies:
    """What came of the search: of each agent its best lie, if it has any, and how many were `tried`; `all`: whether with these amounts there are no more."""

    best: tuple[Lie, ...]
    tried: int
    all: bool

    @property
    def says(self) -> str:
        """Say who gains. That nobody does is never called more than that."""
        paying = [each.who for each in self.best if each.pays]
        among = f"{counted(self.tried, 'misreport')} tried{'' if self.all else '; there are more'}"
        return f"a lie pays for {' and for '.join(paying)}, among {among}" if paying else f"no gain among {among}"


@watching()
def lies(about: Ruled, profile: Any, seconds: float = SECONDS) -> Lies:
    """Try misreports on a profile, whoever's. Of a family that knows none it is a Misuse."""
    clause = about.honesty
    if clause is None:
        raise Misuse(f"the family of {about.mechanism.name} does not say what a lie would be, and to whom an outcome is worth how much")
    rule, amounts, ends = Running(about.mechanism.rule), telling_amounts(about, profile), time.monotonic() + seconds
    best, count, all_tried = list[Lie](), 0, True
    for agent in _agents(clause, profile):
        found = _Search(clause, rule, profile, agent, amounts, ends).run()
        count += found.tried
        all_tried &= found.all
        best += [] if found.best is None else [found.best]
    return Lies(tuple(best), count, all_tried)


def telling_amounts(about: Ruled, profile: Any) -> tuple[Amount, ...]:
    """Return the amounts of which lies are made: 0, those of the scope and of the profile, between any two of these, and one more than all.

    >>> from types import SimpleNamespace
    >>> [str(each) for each in telling_amounts(SimpleNamespace(amounts=(0,)), (1, 4))]
    ['0', '1/2', '1', '5/2', '4', '5']
    """
    known = sorted({0, *about.amounts, *amounts_in(profile)})
    between = (ratio(low + high, 2) for low, high in pairwise(known))
    return tuple(sorted({*known, *between, known[-1] + 1}))


class _WhoElse(Exception):  # noqa: N818  # it carries an answer
    """Whom the clause would choose among."""

    def __init__(self, agents: tuple[Any, ...]) -> None:
        super().__init__(agents)
        self.agents = agents


@frozen
class _Asks:
    """Draws nothing, and tells who could lie."""

    def amount(self, name: str, /, at_most: Amount | None = None) -> Amount:
        raise NotImplementedError(name, at_most)

    def one_of(self, name: str, options: Iterable[V], /) -> V:
        raise _WhoElse(tuple(options) if name == WHO else ())


def _agents(clause: Relates[Any, Any], profile: Any) -> Sequence[Any]:
    def ask() -> tuple[Any, ...]:
        try:
            list(clause.cases(lambda _: None, profile, _Asks()))
        except _WhoElse as who:
            return who.agents
        return ()

    return watched(ask)


@frozen
class _OfOne:
    """Draws as another, and always the same agent."""

    draw: Exhaustive
    agent: Any

    def amount(self, name: str, /, at_most: Amount | None = None) -> Amount:
        return self.draw.amount(name, at_most)

    def one_of(self, name: str, options: Iterable[V], /) -> V:
        return self.agent if name == WHO else self.draw.one_of(name, options)


@define(eq=False)
class _Search:
    """The misreports of one agent."""

    clause: Relates[Any, Any]
    rule: Running
    profile: Any
    agent: Any
    amounts: tuple[Amount, ...]
    ends: float
    tried: int = field(default=0, init=False)
    best: Lie | None = field(default=None, init=False)
    all: bool = field(default=False, init=False)

    def run(self) -> _Search:
        draw = Exhaustive(self.amounts)
        for _ in range(MOST):
            watched(lambda: self._try(draw))
            if not draw.advance():
                self.all = True
                break
            if time.monotonic() > self.ends:
                break
        return self

    def _try(self, draw: Exhaustive) -> None:
        try:
            for case in self.clause.cases(self.rule, self.profile, _OfOne(draw, self.agent)):
                facts: dict[str, Any] = dict(case.facts)
                found = Lie(
                    facts["agent"], self.profile, facts["lie"], facts["honest"], facts["lying"], facts["gains"], facts["would_gain"]
                )
                self.tried += 1
                if self.best is None or found.would_gain > self.best.would_gain:
                    self.best = found
        except RuleRaised:
            return  # a rule that raises has no outcome that could be worth anything
