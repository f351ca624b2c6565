"""Judging what a mechanism promises on every profile of a grid, and on random profiles besides."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from attrs import define, evolve, field

from concordant.checks.draws import Exhaustive
from concordant.checks.exploration.budget import Budget, BudgetSpent, Meter, Progress, in_time
from concordant.checks.exploration.judge import BrokenClause
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.mechanisms.report import Counterexample, RuleReport
from concordant.checks.mechanisms.running import Judgement, Running, judge, profile_of
from concordant.checks.mechanisms.sampling import Sampled, sample
from concordant.checks.mechanisms.scope import Grid
from concordant.checks.registry import is_ours
from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.turning import turned
from concordant.checks.semantics.watching import watching
from concordant.refimpl.machine import Mechanism
from concordant.refimpl.machine.looking import looks_at_outcomes
from concordant.refimpl.machine.search import INTERRUPTED
from concordant.spec.vocabulary import Amount, ForAll, Recorded, RuleClause

KEPT, KEPT_OF_OURS = 100, 2
"""How many combinations are judged again in the end, by a clause of a user's, and by one of ours, which is read by others."""


@define(eq=False)
class RuleTally:
    """What is known of one clause so far: what was judged, whether that tells anything, and the smallest counterexample.

    `varied`: how the runs that one case compares were varied, if ever. `looks`: whether the clause looks at the outcome of some case, where it was asked.
    `kept`: the first combinations, with what was said of them; so many of them it `keeps`.

    Smaller is one of fewer draws, and of equally many that of a smaller sum of amounts; of equals the first drawn counts.
    """

    clause: RuleClause
    combinations: int = 0
    cases: int = 0
    telling: bool = False
    varied: set[bool] = field(factory=set)
    looks: bool | None = None
    found: Counterexample | None = None
    size: tuple[int, Amount] = (0, 0)
    kept: list[tuple[dict[str, object], Judgement]] = field(factory=list)
    keeps: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.keeps = KEPT_OF_OURS if is_ours(self.clause.cases.__module__) else KEPT

    def count(self, judged: Judgement, draw: Exhaustive) -> None:
        """Count one combination of draws."""
        self.combinations += 1
        self.cases += judged.cases
        self.telling |= judged.telling
        if judged.varied is not None:
            self.varied.add(judged.varied)
        if judged.facts is not None:
            size = (len(draw.drawn), draw.total)
            if self.found is None or size < self.size:
                self.found, self.size = Counterexample(dict(draw.drawn), judged.facts), size

    def verdict(self, *, complete: bool) -> Verdict:
        """Return the verdict; without a counterexample it is final only where everything was judged.

        What ran the rule several times, and always on the one profile, says nothing: any rule does on that what it does on that.
        """
        if self.found is not None:
            return violated(Verdict(self.clause, Status.VIOLATED, self.cases, combinations=self.combinations), self.found)
        status = (
            (Status.HOLDS if self.cases and self.telling and self.looks is not False and self.varied != {False} else Status.VACUOUS)
            if complete
            else Status.INCONCLUSIVE
        )
        return Verdict(self.clause, status, self.cases, combinations=self.combinations)


@define(eq=False)
class Enumeration:
    """Goes through all combinations of draws of a mechanism, judging clauses. `until_found`: or until one fails.

    `twice`: the rule is asked twice, as `Running` says. `stopped`: why it ended early.
    """

    mechanism: Mechanism[Any, Any]
    amounts: Sequence[Amount]
    clauses: Sequence[RuleClause]
    meter: Meter = field(factory=lambda: Budget().start())
    progress: Callable[[Progress], None] | None = None
    until_found: bool = field(default=False, kw_only=True)
    twice: bool = field(default=False, kw_only=True)
    rule: Running = field(init=False)
    tallies: tuple[RuleTally, ...] = field(init=False)
    profiles: int = field(default=0, init=False)
    stopped: str | None = field(default=None, init=False)
    drew_amounts: bool = field(default=False, init=False)
    opened: bool = field(default=False, init=False)
    _began: float = field(factory=time.perf_counter, init=False)
    _tried: int = field(default=0, init=False)
    _drawn: tuple[Any, dict[str, object], Amount] | None = field(default=None, init=False)
    """The profile drawn last, what was drawn for it, and the sum of its amounts."""

    def __attrs_post_init__(self) -> None:
        self.rule = Running(self.mechanism.rule, twice=self.twice)
        self.tallies = tuple(RuleTally(clause) for clause in self.clauses)

    def run(self) -> Enumeration:
        """Judge every combination, until the budget is spent or Ctrl-C is pressed: first what needs no further draws."""
        try:
            with in_time(self.meter):
                self._run()
        except BudgetSpent as spent:
            self.stopped = str(spent)
        except KeyboardInterrupt:
            self.stopped = INTERRUPTED
        return self

    def _run(self) -> None:
        alone = [tally for tally in self.tallies if isinstance(tally.clause, ForAll)]
        for draw in self._combinations():
            profile = profile_of(self.mechanism, draw)
            self.profiles += 1
            for tally in alone:
                self._judge(tally, profile, draw)
        for tally in self.tallies:
            if tally not in alone:
                for draw in self._combinations():
                    self._judge(tally, self._profile(draw), draw)
        self.rule.ask_again()
        self._ask_again()

    def _ask_again(self) -> None:
        """Judge the first combinations of each clause again, the last of them first, with the sets that it makes in another order: it answers by what it is given alone."""
        runs = self.rule.runs
        for tally in self.tallies:
            for drawn, first in reversed(tally.kept):
                draw = Recorded(drawn)
                profile = profile_of(self.mechanism, draw)
                with turned() as others:
                    second = judge(tally.clause, self.rule, profile, draw)
                if second.told == first.told:
                    continue
                shows = (
                    others.used
                    and judge(tally.clause, self.rule, profile_of(self.mechanism, Recorded(drawn)), Recorded(drawn)).told == first.told
                )
                what = "the order of a set shows" if shows else "it answers otherwise when it is asked again"
                rule = "sort a set before you go through it" if shows else "it keeps nothing outside of what it is given"
                raise BrokenClause(f"clause {tally.clause.id}: {what}: {first.told}, or {second.told}; {rule}\n  profile: {text(profile)}")
        self.rule.runs = runs

    def _judge(self, tally: RuleTally, profile: Any, draw: Exhaustive) -> None:
        """Judge one combination, and where it has a case, until one does, whether the clause looks at any outcome."""
        before = tally.cases
        judged = judge(tally.clause, self.rule, profile, draw, varied=True not in tally.varied)
        tally.count(judged, draw)
        if self.twice and len(tally.kept) < tally.keeps:
            tally.kept.append((dict(draw.drawn), judged))
        if self.twice and tally.cases > before and not tally.looks:
            tally.looks = looks_at_outcomes(tally.clause, profile, Recorded(draw.drawn))
            if isinstance(tally.clause, ForAll) and not tally.looks:
                raise BrokenClause(f"clause {tally.clause.id} states a case without a look at the outcome, of which that says nothing")

    def _profile(self, draw: Exhaustive) -> Any:
        """Return the profile of a combination: that of the one before, where only what is drawn besides has changed."""
        if self._drawn is None or len(self._drawn[1]) > draw.unchanged:
            profile = profile_of(self.mechanism, draw)
            self._drawn = profile, dict(draw.drawn), draw.total
            return profile
        profile, drawn, draw.total = self._drawn
        draw.drawn = dict(drawn)
        return profile

    def _combinations(self) -> Iterator[Exhaustive]:
        draw = Exhaustive(self.amounts)
        while self.stopped is None:
            yield draw
            self._tried += 1
            self.drew_amounts |= draw.drew_amounts
            self.opened |= draw.opened
            self.stopped = self.meter.spent(self._tried)
            if self.until_found and any(tally.found is not None for tally in self.tallies):
                self.stopped = "found"
            if self.progress and self._tried >= self.meter.next_report:
                self.meter.next_report = self._tried + 2_000
                self.progress(Progress(self._tried, 0, len(draw.drawn), 0, time.perf_counter() - self._began))
            if not draw.advance():
                return


def judge_grid(grid: Grid, budget: Budget | None = None, progress: Callable[[Progress], None] | None = None) -> RuleReport:
    """Judge everything that a grid's mechanism promises, and that its outcomes are exact; on random profiles too, if there are amounts to draw, or names and the like."""
    with watching(None if budget is None else budget.seconds):
        return _judge_grid(grid, (budget or Budget()).start(), progress)


def _judge_grid(grid: Grid, meter: Meter, progress: Callable[[Progress], None] | None) -> RuleReport:
    began = time.perf_counter()
    done = Enumeration(grid.mechanism, grid.amounts, grid.clauses, meter, progress, twice=True).run()
    verdicts = tuple(evolve(tally.verdict(complete=done.stopped is None), rule=grid.mechanism.name) for tally in done.tallies)
    if done.stopped is not None:
        return RuleReport(done.profiles, done.rule.runs, 0, verdicts, time.perf_counter() - began, done.stopped)
    unbroken = [tally.clause for tally in done.tallies if tally.found is None]
    is_all = not (done.drew_amounts or done.opened or grid.at_random)  # without amounts, and what is open, the grid is all that there is
    examples = 0 if is_all else grid.examples
    try:
        with in_time(meter):
            sampled = sample(grid.randomly, unbroken, examples, meter)
    except BudgetSpent as spent:  # while everything was asked again
        sampled = Sampled(examples, {}, str(spent))
    verdicts = tuple(_with_samples(each, sampled) if each.clause in unbroken else each for each in verdicts)
    return RuleReport(done.profiles, done.rule.runs, sampled.examples, verdicts, time.perf_counter() - began, sampled.stopped)


def _with_samples(verdict: Verdict, sampled: Sampled) -> Verdict:
    verdict = evolve(verdict, examples=sampled.examples)
    found = sampled.found.get(verdict.clause.id)
    if found is not None:
        return violated(verdict, found)
    return verdict if sampled.stopped is None else evolve(verdict, status=Status.INCONCLUSIVE)


def violated(verdict: Verdict, by: Counterexample) -> Verdict:
    """Return the verdict that a counterexample shows."""
    return evolve(verdict, status=Status.VIOLATED, given=by.draws, facts=by.facts)
