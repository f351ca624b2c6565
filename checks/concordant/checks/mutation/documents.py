"""The page on mutants: made of the ledgers alone. `python -m concordant.checks.mutation.documents FILE` writes it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from concordant.checks.mutation import ledger
from concordant.checks.mutation.report import table
from concordant.checks.mutation.subjects import Part, subjects

HEAD = """# Mutants

What is said to hold is worth as much as the checks that would notice if it did not. So each machine and rule is changed at
one place at a time, each clause is made weaker at one place at a time, and it is looked at what notices.

`make mutants` judges all of them and compares with the ledgers, `STEM.mutants.json` beside the scopes, which list every
mutant that survives, with a reason where somebody has given one. `make test` judges a sample. This page is made of the ledgers.
"""
MACHINES = """
## Machines and rules

Operators: a guard that always or never lets through, another comparison, a part of a condition left out, `and` for `or`, the
opposite; a number one more or one less, another operation; another value of the same type, nothing for something, arguments
exchanged; an effect dropped, effects exchanged, fewer peers told, another answer, no notice taken; an update dropped, another
state survives; the other extreme, another order, the last for the first, one less.

*A rule*: it breaks a rule of processes, such as determinism or what may be sent. *Counts only*: nothing promised is lost, the
pinned numbers of states differ. *Liveness only*: all that differs is that a message is not sent again when a deadline passes;
no engine here decides yet whether that matters. *Indistinguishable in scope*: it answers every input that comes about in the
small scopes as the original does. *Equivalent*: it does so everywhere, for a reason that stands in the ledger.

"""
CLAUSES = """
## Clauses made weaker

Operators: a part of what must hold left out, *some* for *all*, a boundary let through,
*at least* or *at most* for *equal*, a field not compared, a kind of case skipped, a narrower antecedent. A pitfall must
notice: it is then no longer refuted as it was. Clauses that several stems share are listed under the name of their family.

"""


def page() -> str:
    """Return the page."""
    return "".join((HEAD, MACHINES, *_table(Part.MACHINE), CLAUSES, *_table(Part.CLAUSES)))


def _table(part: Part) -> Iterator[str]:
    tallies = {each.stem: ledger.read(each.ledger).get(part, ledger.Tally()) for each in subjects() if each.part is part}
    yield from (f"{line}\n" for line in table(part, tallies))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
