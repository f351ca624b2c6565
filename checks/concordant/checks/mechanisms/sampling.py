"""Judging a mechanism on random profiles; what fails is made smaller."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from attrs import frozen

from concordant.checks.exploration.budget import Budget, Meter
from concordant.checks.exploration.judge import BrokenClause
from concordant.checks.mechanisms.at_random import FEW, Random
from concordant.checks.mechanisms.closing_in import FULL, LITTLE, ClosingIn, Reach, Record
from concordant.checks.mechanisms.constants import constants, reached, sizes, texts
from concordant.checks.mechanisms.report import Counterexample
from concordant.checks.mechanisms.running import Running, judge, profile_of
from concordant.checks.mechanisms.smaller import Again, smaller
from concordant.checks.registry import is_ours
from concordant.refimpl.machine import Mechanism
from concordant.refimpl.machine.search import INTERRUPTED, Overdue
from concordant.spec.vocabulary import ForAll, RuleClause


@frozen
class Sampled:
    """What random profiles showed: how many there were, and by clause a counterexample."""

    examples: int
    found: Mapping[str, Counterexample]
    stopped: str | None = None


def sample(
    mechanism: Mechanism[Any, Any], clauses: Sequence[RuleClause], examples: int, meter: Meter | None = None, *, until_found: bool = False
) -> Sampled:
    """Judge clauses on so many random profiles, the same on every run, and on more about the numbers in the code of the rule.

    Counterexamples are made smaller, not claimed to be smallest; with `until_found` the first one ends it, and is as it was drawn.
    """
    found: dict[str, Counterexample] = {}
    lied: dict[str, list[bool]] = {}
    meter, rule = meter or Budget().start(), Running(mechanism.rule, twice=True)
    effort = LITTLE if _is_read(mechanism.rule) else FULL
    begins: dict[str, list[Record]] = defaultdict(list)
    tried = 0
    for draw in _draws(mechanism.rule, examples):
        own = draw
        try:
            stopped = meter.spent(tried)
            if stopped is not None:
                return Sampled(tried, found, stopped)
            profile = profile_of(mechanism, draw)
            for clause in (each for each in clauses if each.id not in found):
                alone = isinstance(clause, ForAll)  # which draws nothing more
                own = draw if alone else Random(draw.chance, dict(draw.drawn), draw.few, draw.known, draw.makes, draw.picks)
                ways = lied.setdefault(clause.id, [])
                judged = judge(clause, rule, profile, own, lied=len(set(ways)) < 2)
                facts = judged.facts
                ways += judged.lied
                draw.opened |= own.opened
                if judged.cases and len(begins[clause.id]) < effort.kept:
                    begins[clause.id].append(dict(own.drawn))
                if facts is not None and until_found:
                    return Sampled(tried, {clause.id: Counterexample(own.drawn, facts)})
                if facts is not None:
                    found[clause.id] = smaller(mechanism, clause, own.drawn)
        except KeyboardInterrupt:
            return Sampled(tried, found, INTERRUPTED)
        except Overdue as overdue:
            return Sampled(tried, found, str(overdue))
        except Exception:
            if own.clashed:
                continue
            raise
        tried += 1
    try:
        for clause, other in _closing_in(mechanism, clauses, begins, found.keys(), effort):
            if other is not None and until_found:
                return Sampled(tried, {clause.id: other})
            if other is not None:
                found[clause.id] = smaller(mechanism, clause, other.draws)
            if (stopped := meter.spent(tried)) is not None:
                return Sampled(tried, found, stopped)
    except KeyboardInterrupt:
        return Sampled(tried, found, INTERRUPTED)
    except Overdue as overdue:
        return Sampled(tried, found, str(overdue))
    rule.ask_again()
    _require_both_ways({id: ways for id, ways in lied.items() if id not in found})
    return Sampled(tried, found)


def _closing_in(
    mechanism: Mechanism[Any, Any],
    clauses: Sequence[RuleClause],
    begins: Mapping[str, Sequence[Record]],
    found: AbstractSet[str],
    effort: Reach,
) -> Iterator[tuple[RuleClause, Counterexample | None]]:
    """Judge clauses that are not found to fail where what is compared is nearly equal; those that draw nothing more, together."""
    rule = Running(mechanism.rule)
    alone: list[RuleClause] = [clause for clause in clauses if isinstance(clause, ForAll)]
    together = [alone, *([clause] for clause in clauses if clause not in alone)]
    for judged in together:
        begin = max((begins.get(clause.id, ()) for clause in judged if clause.id not in found), key=len, default=())
        for record in ClosingIn(mechanism, judged, effort).records(begin):
            draw = Again(record)
            profile = profile_of(mechanism, draw)
            for clause in (each for each in judged if each.id not in found):
                facts = judge(clause, rule, profile, draw).facts
                yield clause, None if facts is None else Counterexample(draw.drawn, facts)


ENOUGH = 16
"""After so many lies that all say more than is true, or all less, others are not to be expected."""


def _require_both_ways(lied: Mapping[str, Sequence[bool]]) -> None:
    """Raise a BrokenClause where nobody lies but in one direction: that no lie pays is then not shown."""
    for id, ways in lied.items():
        if len(ways) >= ENOUGH and len(set(ways)) == 1:
            how = "more" if ways[0] else "less"
            raise BrokenClause(
                f"clause {id} is about lies, and all {len(ways)} that were drawn say {how} than is true; "
                f"draw lies of both kinds, or state of the one kind what you mean by a clause of your own, with @relates"
            )


def _is_read(rule: Callable[[Any], Any]) -> bool:
    """Tell whether a rule is one of ours, which are read by others, and in which a lint finds floats and the like."""
    return is_ours(getattr(rule, "__module__", None) or "")


def _draws(rule: Callable[[Any], Any], examples: int) -> Iterator[Random]:
    """Yield how random profiles are drawn; what is in the code of the rule, after as many others."""
    found, opened = reached(rule), False  # before the rule runs, which may keep what it is asked
    amounts, names, counts = constants(found), texts(found), tuple(size for size in sizes(found) if size > FEW)
    for seed in range(examples):
        draw = Random.of(seed)
        yield draw
        opened |= draw.opened
    yield from Random.about(amounts, names, counts, examples, opened=opened, is_read=_is_read(rule)) if examples else ()
