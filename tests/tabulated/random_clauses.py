"""Random clauses of every kind, some of which read one thing only where they have read another."""

from __future__ import annotations

from random import Random
from typing import Any

from concordant.spec.vocabulary import (
    Address,
    Always,
    AlwaysEach,
    AlwaysPossible,
    AtRest,
    Cases,
    Clause,
    Eventually,
    EveryStep,
    Fair,
    Fault,
    InfinitelyOften,
    Need,
    OnEvent,
    Seen,
    Sometimes,
    case,
)


def clauses_of(draw: Random, names: tuple[Address, ...], shown: type[Any], noticed: type[Any], heard: type[Any]) -> tuple[Clause, ...]:
    """Return clauses about views of a class and events of two."""
    bad = draw.sample(range(7), 2)
    sum_, least, odd = draw.randrange(3), draw.randrange(2), draw.randrange(2)

    def history_is_fine(seen: Seen[Any]) -> Cases:
        if seen.history.number:
            yield case(seen.history.number not in bad, number=seen.history.number)

    def sums_are_fine(seen: Seen[Any]) -> Cases:
        if sum(view.half for view in seen.views(shown).values()) == sum_:
            yield case(seen.up(names[0]) or seen.history.number != bad[0])

    def waiting_is_fine(seen: Seen[Any]) -> Cases:
        for call in seen.waiting():
            yield case(seen.up(call.at) and seen.views(shown)[call.at].half >= least, call=call)

    def never_asked(seen: Seen[Any]) -> Cases:
        if len(seen.waiting()) > 9:
            yield case(False)

    def all_full(seen: Seen[Any]) -> Cases:
        yield case(all(view.half for view in seen.views(shown).values()) and not seen.up(names[-1]))

    def some_history(seen: Seen[Any]) -> Cases:
        yield case(seen.history.number == bad[1] and len(seen.waiting()) == odd)

    def each_is_fine(view: Any, who: Address, history: Any) -> Cases:
        if view.half == least:
            yield case(history.number != bad[0] or who != names[-1], who=who)

    def steps_are_fine(before: Any, after: Any) -> Cases:
        if before.half == 1:
            yield case(after.half == 1 or odd == 0)

    def steps_are_even(before: Any, after: Any) -> Cases:
        yield case(before.half == after.half or least == 0)

    def notices_in_time(history: Any, who: Address, event: Any) -> Cases:
        if who == names[0]:
            yield case(history.number not in bad, letter=event.letter)

    def hears_early(history: Any, who: Address, event: Any) -> Cases:  # noqa: ARG001  # the signature of the kind
        yield case(history.number < 5)

    def ends_even(seen: Seen[Any]) -> Cases:
        yield case(seen.history.number % 2 == odd or seen.up(names[0]))

    def nobody_waits(seen: Seen[Any]) -> Cases:
        for call in seen.waiting():
            yield case(not seen.up(call.at))

    def sums_settle(seen: Seen[Any]) -> Cases:
        yield case(sum(view.half for view in seen.views(shown).values()) == sum_, waiting=seen.waiting())

    def history_settles(seen: Seen[Any]) -> Cases:
        if seen.up(names[-1]) or odd:
            yield case(seen.history.number not in bad, number=seen.history.number)

    def waiting_settles(seen: Seen[Any]) -> Cases:
        yield case(len(seen.waiting()) == odd)

    def sums_can_be_fine(seen: Seen[Any]) -> Cases:
        yield case(sum(view.half for view in seen.views(shown).values()) == sum_ and not seen.waiting())

    def history_can_be_fine(seen: Seen[Any]) -> Cases:
        if seen.up(names[0]):
            yield case(seen.history.number == bad[0] % 4, number=seen.history.number)

    def about(function: Any) -> tuple[str, str, str, Fault, Need]:
        return f"random_clauses.{function.__name__}", "A random clause.", "", ~Fault.NONE, Need.NONE

    clauses: list[Clause] = [
        *(Always(*about(each), each) for each in (history_is_fine, sums_are_fine, waiting_is_fine, never_asked)),
        *(Sometimes(*about(each), each) for each in (all_full, some_history)),
        AlwaysEach(*about(each_is_fine), shown, each_is_fine),
        *(EveryStep(*about(each), shown, each) for each in (steps_are_fine, steps_are_even)),
        OnEvent(*about(notices_in_time), noticed, notices_in_time),
        OnEvent(*about(hears_early), heard, hears_early),
        *(AtRest(*about(each), each) for each in (ends_even, nobody_waits)),
    ]
    chosen = tuple(clause for clause in clauses if draw.random() < 0.7)
    alone = Random(repr((bad, sum_, least, odd, len(chosen))))  # noqa: S311  # draws of its own: those of systems stay as they are
    for function in (sums_settle, history_settles, waiting_settles):
        kind = alone.choice((Eventually[Any], InfinitelyOften[Any]))
        chosen += (kind(*about(function), Fair(alone.randrange(8)), function),)
    for function in (sums_can_be_fine, history_can_be_fine):
        chosen += (AlwaysPossible(*about(function), function),)
    return chosen
