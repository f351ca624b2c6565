"""What is told of mutants: a line per survivor, and tables of all stems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from concordant.checks.mutation.ledger import Account, Survivor
from concordant.checks.mutation.records import By
from concordant.checks.mutation.subjects import Part

FLOOR = 95
"""Of a hundred mutants of a stem of ours so many are to be noticed or equivalent."""
COLUMNS: dict[Part, tuple[str, ...]] = {
    Part.MACHINE: ("by a clause or theorem", "equivalent", "by counts only", "liveness only", "accepted", "nothing"),
    Part.CLAUSES: ("by a pitfall", "equivalent", "accepted", "nothing"),
}


def percent(account: Account) -> str:
    """Return which part of all mutants is noticed or equivalent, rounded down.

    >>> percent(Account({By.CLAUSE: 2}, {"f: a → b": Survivor(By.NOTHING)}))
    '66.6 %'
    """
    tenths = Fraction(1000 * account.good, account.all or 1) if account.all else Fraction(1000)
    return f"{tenths // 10}.{tenths % 10 // 1} %"


def shortfall(account: Account, file: Path) -> str:
    """Say what is to be done where fewer are noticed than must be; empty where enough are."""
    if account.good * 100 >= FLOOR * account.all:
        return ""
    return (
        f"at least {FLOOR} % are to be: let a clause, a scope or a pitfall notice what survives,"
        f' or write in {file.name} an "equivalent" with the reason why no behaviour differs; an "accepted" does not count'
    )


def table(part: Part, accounts: Mapping[str, Account]) -> Iterator[str]:
    """Yield the lines of a table in Markdown: a row per stem, and one of all together."""
    yield f"| stem | mutants | {' | '.join(COLUMNS[part])} | noticed or equivalent |"
    yield f"|---|{'--:|' * (len(COLUMNS[part]) + 2)}"
    for stem, each in accounts.items():
        yield _row(f"`{stem}`", part, each)
    yield _row("together", part, _together(accounts.values()))


def _row(name: str, part: Part, account: Account) -> str:
    open_ = [each.by for each in account.survivors.values() if not each.reason]
    counts = {
        "equivalent": account.equivalent,
        "by counts only": open_.count(By.COUNTS),
        "liveness only": open_.count(By.LIVENESS),
        "accepted": sum(bool(each.accepted) for each in account.survivors.values()),
        "nothing": sum(by not in (By.COUNTS, By.LIVENESS) for by in open_),
    }
    shown = (counts.get(column, sum(account.noticed.values())) for column in COLUMNS[part])
    return f"| {name} | {account.all:,} | {' | '.join(map(str, shown))} | {percent(account)} |"


def _together(accounts: Iterable[Account]) -> Account:
    noticed: dict[By, int] = {}
    survivors: dict[str, Survivor] = {}
    for number, account in enumerate(accounts):
        for by, count in account.noticed.items():
            noticed[by] = noticed.get(by, 0) + count
        survivors |= {f"{number}: {name}": each for name, each in account.survivors.items()}
    return Account(noticed, survivors)


def summary(account: Account, before: int = 0) -> str:
    """Say how many mutants are noticed or equivalent. `before`: how many of them an earlier run has judged, which was cut."""
    earlier = f"; {before} were judged by an earlier run" if before else ""
    return f"{account.good} of {account.all} mutants are noticed or equivalent, {percent(account)}{earlier}"


def survivor_lines(account: Account) -> Iterator[str]:
    """Yield a line for each survivor that is not equivalent, with the reason why it may survive."""
    for name, each in account.survivors.items():
        if not each.equivalent:
            yield f"{each.by.value}: {name}{f': {each.accepted}' if each.accepted else ''}"
