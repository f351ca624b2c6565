"""Change what a meaning says, at one place at a time, and list what no theorem notices: `python -m concordant.checks.meanings STEM`."""

from __future__ import annotations

import argparse
import ast
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from concordant.checks.meanings.changes import Slip, changes
from concordant.checks.meanings.judging import Noticed, NoticedBy, WrittenMeaning
from concordant.proofs.kernel.theorems import module_names

TOLD = (NoticedBy.RECORD, NoticedBy.TEXT, NoticedBy.NOTHING)
"""What is told of each change: where no theorem notices it, somebody is to read it."""


def main() -> None:
    """Judge changes of the meaning of a stem, all or a sample, and say what notices how many."""
    parser = argparse.ArgumentParser(prog="python -m concordant.checks.meanings", description=main.__doc__)
    stems = sorted(name.split(".")[-2] for name in module_names() if name.endswith(".meaning"))
    parser.add_argument("stem", metavar="STEM", choices=stems, help=f"one of {', '.join(stems)}")
    parser.add_argument("--sample", type=int, metavar="N", help="so many changes, drawn")
    parser.add_argument("--seed", type=int, default=0, help="what they are drawn by")
    given = parser.parse_args()
    subject = WrittenMeaning(given.stem)
    module = ast.parse(subject.path.read_text(encoding="utf-8"))
    made = tuple(changes(module, frozenset(_actions(subject.path.parent))))
    if given.sample is not None and given.sample < len(made):
        made = tuple(random.Random(given.seed).sample(made, given.sample))  # noqa: S311  # a sample, and no secret
    subject.import_the_others()
    original = subject.judge(module, None)
    if original.by is not NoticedBy.NOTHING:
        parser.error(f"what is proved of {given.stem} does not stand as it is: {original.detail}")
    counts = Counter[NoticedBy]()
    for change in made:
        noticed = subject.judge(change.module, original)
        counts[noticed.by] += 1
        if noticed.by in TOLD:
            print(_line(change, noticed), flush=True)  # noqa: T201
    print(f"{given.stem}: {len(made)} changes, noticed by {'; by '.join(f'{by.value} {counts[by]}' for by in NoticedBy if counts[by])}")  # noqa: T201


def _line(change: Slip, noticed: Noticed) -> str:
    return f"  {change}: noticed by {noticed.by.value}"


def _actions(folder: Path) -> Iterator[str]:
    """Yield the names of the model's actions, as its source tells them."""
    for path in sorted(folder.glob("*.py")):
        for each in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match each:
                case ast.Call(func=ast.Attribute(attr="action"), args=[ast.Constant(value=str(name)), *_]):
                    yield name
                case _:
                    pass


if __name__ == "__main__":
    main()
