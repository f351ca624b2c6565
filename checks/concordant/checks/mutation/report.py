"""What is told of mutants: a line per survivor, and tables of all stems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from concordant.checks.mutation.ledger import Survivor, Tally
from concordant.checks.mutation.records import By
from concordant.checks.mutation.subjects import Part

COLUMNS: dict[Part, tuple[str, ...]] = {
    Part.MACHINE: ("by a clause or theorem", "equivalent", "by counts only", "liveness only", "accepted", "nothing"),
    Part.CLAUSES: ("by a pitfall", "equivalent", "accepted", "nothing"),
}


def percent(tally: Tally) -> str:
    """Return which part of all mutants is noticed or equivalent, rounded down.

    >>> percent(Tally({By.CLAUSE: 2}, {"f: a → b": Survivor(By.NOTHING)}))
    '66.6 %'
    """
    tenths = Fraction(1000 * tally.good, tally.all or 1) if tally.all else Fraction(1000)
    return f"{tenths // 10}.{tenths % 10 // 1} %"


def table(part: Part, tallies: Mapping[str, Tally]) -> Iterator[str]:
    """Yield the lines of a table in Markdown: a row per stem, and one of all together."""
    yield f"| stem | mutants | {' | '.join(COLUMNS[part])} | noticed or equivalent |"
    yield f"|---|{'--:|' * (len(COLUMNS[part]) + 2)}"
    for stem, each in tallies.items():
        yield _row(f"`{stem}`", part, each)
    yield _row("together", part, _together(tallies.values()))


def _row(name: str, part: Part, tally: Tally) -> str:
    open_ = [each.by for each in tally.survivors.values() if not each.reason]
    counts = {
        "equivalent": tally.equivalent,
        "by counts only": open_.count(By.COUNTS),
        "liveness only": open_.count(By.LIVENESS),
        "accepted": sum(bool(each.accepted) for each in tally.survivors.values()),
        "nothing": sum(by not in (By.COUNTS, By.LIVENESS) for by in open_),
    }
    shown = (counts.get(column, sum(tally.noticed.values())) for column in COLUMNS[part])
    return f"| {name} | {tally.all:,} | {' | '.join(map(str, shown))} | {percent(tally)} |"


def _together(tallies: Iterable[Tally]) -> Tally:
    noticed: dict[By, int] = {}
    survivors: dict[str, Survivor] = {}
    for number, tally in enumerate(tallies):
        for by, count in tally.noticed.items():
            noticed[by] = noticed.get(by, 0) + count
        survivors |= {f"{number}: {name}": each for name, each in tally.survivors.items()}
    return Tally(noticed, survivors)


def summary(tally: Tally) -> str:
    """Say how many mutants are noticed or equivalent."""
    return f"{tally.good} of {tally.all} mutants are noticed or equivalent, {percent(tally)}"


def survivor_lines(tally: Tally) -> Iterator[str]:
    """Yield a line for each survivor that is not equivalent, with the reason why it may survive."""
    for name, each in tally.survivors.items():
        if not each.equivalent:
            yield f"{each.by.value}: {name}{f': {each.accepted}' if each.accepted else ''}"
