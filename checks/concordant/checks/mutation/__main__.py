"""`python -m concordant.checks.mutation [STEM …]`: judge mutants, and compare with the ledgers or write them anew."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence

from concordant.checks.exploration.budget import Budget
from concordant.checks.mutation import ledger
from concordant.checks.mutation.choosing import judged, sampled
from concordant.checks.mutation.ledger import Tally
from concordant.checks.mutation.records import Record
from concordant.checks.mutation.report import lines
from concordant.checks.mutation.subjects import Part, Subject, subjects

AS_LISTED, OTHERWISE, STOPPED = 0, 1, 3


def main(arguments: Sequence[str]) -> int:
    """Judge mutants: 0 where the ledgers say what was found, 1 where they do not, 3 where the budget was spent before the end."""
    options = _options().parse_args(arguments)
    chosen = [each for each in subjects(options.stem) if options.part in (None, each.part)]
    total = sum(len(each.mutants) for each in chosen)
    share = 1 if options.sample is None else min(1, options.sample / max(total, 1))
    until = None if options.budget.seconds is None else time.monotonic() + options.budget.seconds
    code = AS_LISTED
    for subject in chosen:
        wanted = sampled(subject, share, options.seed)
        records = judged(subject, wanted, options.jobs, until)
        for line in _compared(subject, records, write=options.write):
            code = code or OTHERWISE
            sys.stdout.write(f"    {line}\n")
        if len(records) < len(wanted):
            sys.stdout.write(f"    the budget was spent: {len(wanted) - len(records)} mutants of {subject.stem} were not judged\n")
            code = STOPPED
    return code


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m concordant.checks.mutation", description=__doc__)
    parser.add_argument("stem", nargs="*", help="stems, and families of clauses; all by default")
    parser.add_argument("--part", type=Part, help="machine or clauses; both by default")
    parser.add_argument("--sample", type=int, help="judge about so many mutants of all")
    parser.add_argument("--seed", default="1", help="which ones")
    parser.add_argument("--budget", type=Budget.parse, default=Budget(), help="how long, such as 10m")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at a time")
    parser.add_argument("--write", action="store_true", help="write the ledgers anew; reasons are kept")
    return parser


def _compared(subject: Subject, records: tuple[Record, ...], *, write: bool) -> Iterator[str]:
    """Print what was found; yield how the ledger says otherwise, or write it."""
    ledgers = ledger.read(subject.ledger)
    known = ledgers.get(subject.part, Tally())
    found = ledger.tally(records, known)
    if records:
        sys.stdout.writelines(f"{line}\n" for line in lines(subject.stem, subject.part, found))
    whole = len(records) == len(subject.mutants)
    if write and whole:
        ledger.write(subject.ledger, {**ledgers, subject.part: found})
        return
    yield from ledger.disagreements(records, known)
    if whole:
        yield from ledger.staleness(found, known)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
