"""What is told of mutants: a line per survivor, and tables of all stems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from concordant.checks.mutation.ledger import Survivor, Tally
from concordant.checks.mutation.records import By
from concordant.checks.mutation.subjects import Part

NOTICED = {Part.MACHINE: (By.CLAUSE, By.BROKEN, By.THEOREM), Part.CLAUSES: (By.PITFALL,)}
SURVIVING = {Part.MACHINE: (By.COUNTS, By.LIVENESS, By.SAME, By.NOTHING, By.UNFINISHED), Part.CLAUSES: (By.SAME, By.NOTHING, By.UNFINISHED)}


def percent(tally: Tally) -> str:
    """Return which part of all mutants is noticed or equivalent, rounded down.

    >>> percent(Tally({By.CLAUSE: 2}, {"f: a → b": Survivor(By.NOTHING)}))
    '66.6 %'
    """
    tenths = Fraction(1000 * tally.good, tally.all or 1) if tally.all else Fraction(1000)
    return f"{tenths // 10}.{tenths % 10 // 1} %"


def table(part: Part, tallies: Mapping[str, Tally]) -> Iterator[str]:
    """Yield the lines of a table in Markdown: a row per stem, and one of all together."""
    columns = [by.value for by in (*NOTICED[part], *SURVIVING[part])]
    yield f"| stem | mutants | {' | '.join(columns)} | equivalent | noticed or equivalent |"
    yield f"|---|{'--:|' * (len(columns) + 3)}"
    for stem, each in tallies.items():
        yield _row(f"`{stem}`", part, each)
    yield _row("together", part, _together(tallies.values()))


def _row(name: str, part: Part, tally: Tally) -> str:
    counts = [tally.noticed.get(by, 0) for by in NOTICED[part]] + [tally.surviving(by) for by in SURVIVING[part]]
    return f"| {name} | {tally.all:,} | {' | '.join(map(str, counts))} | {tally.equivalent} | {percent(tally)} |"


def _together(tallies: Iterable[Tally]) -> Tally:
    noticed: dict[By, int] = {}
    survivors: dict[str, Survivor] = {}
    for number, tally in enumerate(tallies):
        for by, count in tally.noticed.items():
            noticed[by] = noticed.get(by, 0) + count
        survivors |= {f"{number}: {name}": each for name, each in tally.survivors.items()}
    return Tally(noticed, survivors)


def lines(stem: str, part: Part, tally: Tally) -> Iterator[str]:
    """Yield a line on a stem, and one for each survivor that is not equivalent."""
    yield f"{stem}, {part.value}: {tally.good} of {tally.all} mutants are noticed or equivalent, {percent(tally)}"
    for name, each in tally.survivors.items():
        if not each.equivalent:
            yield f"    {each.by.value}: {name}{f': {each.accepted}' if each.accepted else ''}"
