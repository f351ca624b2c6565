"""The page on mutants: made of the ledgers alone."""

from __future__ import annotations

from collections.abc import Iterator

from concordant.checks.mutation import ledger
from concordant.checks.mutation.report import table
from concordant.checks.mutation.subjects import Part, ledgers

HEAD = """# Mutants

What is said to hold is worth as much as the checks that would notice if it did not. So each machine and rule is changed at
one place at a time, each clause is made weaker at one place at a time, and it is looked at what notices.

`make mutants` judges all of them and compares with the ledgers, `STEM.mutants.json` beside the scopes, which list every
mutant that nothing promised notices, with the reason where there is one; `concordant mutants STEM --write` writes a ledger anew.
`make test` asks that the ledgers are about the mutants of today, and as they were written but for the reasons, and judges a
sample. `make pages` makes this page of the ledgers; do not edit it.

*Equivalent*: no behaviour differs, in any scope, for a reason that stands in the ledger. *Accepted*: something differs, and
nothing that is promised is lost by it, for a reason too. *Nothing*: neither a clause nor a theorem notices, and nobody has
said why; this includes what answers every input of the small scopes as the original does.
"""
MACHINES = """
## Machines and rules

Operators: a guard that always or never lets through, another comparison, a part of a condition left out, `and` for `or`, the
opposite; a number one more or one less, another operation; another value of the same type, nothing for something, arguments
exchanged; an effect dropped, effects exchanged, fewer peers told, another answer, no notice taken; an update dropped, another
state survives; the other extreme, another order, the last for the first, one less.

*By a clause or theorem*: also by a rule of processes, such as determinism or what may be sent. *By counts only*: nothing promised
is lost, the pinned numbers of states differ. *Liveness only*: all that differs is that a message is not sent again when a
deadline passes.

"""
CLAUSES = """
## Clauses made weaker

Operators: a part of what must hold left out, *some* for *all*, a boundary let through, *at least* or *at most* for *equal*, a
field not compared, a kind of case skipped, a narrower antecedent. A pitfall must notice: it is then no longer refuted as it was.
Clauses that several stems share are listed under the name of their family.

"""
STALE = """
{} of these {} are to be judged again by `concordant mutants STEM --write`: something on which their judgements rest has changed
since, be it only a name, or it is not known on what they rested: {}.
"""
MISSING = "\nNot judged yet, since they have no ledger: {}.\n"


def page() -> str:
    """Return the page."""
    return "".join((HEAD, MACHINES, *_table(Part.MACHINE), CLAUSES, *_table(Part.CLAUSES)))


def _table(part: Part) -> Iterator[str]:
    from concordant.checks.cache.ground import ground_of  # noqa: PLC0415  # the cache keeps answers to questions

    paths = {stem: path for stem, its, path in ledgers() if its is part}
    read = {stem: ledger.read(path).get(part) for stem, path in paths.items()}
    known = {stem: each for stem, each in read.items() if each is not None}
    yield from (f"{line}\n" for line in table(part, known))
    stale = [f"`{stem}`" for stem, each in known.items() if each.ground != ground_of(stem, part, paths[stem])]
    if stale:
        yield STALE.format(len(stale), len(known), ", ".join(stale))
    missing = [f"`{stem}`" for stem, each in read.items() if each is None]
    if missing:
        yield MISSING.format(", ".join(missing))
