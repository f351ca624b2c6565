"""Write anew by what each bridge is told of its model's relations: `python -m concordant.checks.told [STEM…]`. Read what changes."""

from __future__ import annotations

import sys

from concordant.checks.questions.bridge import ask
from concordant.checks.registry import protocol
from concordant.proofs.bridges import bridges
from concordant.proofs.kernel.said import TOLD, put_on_record


def main() -> None:
    """Write what is on record of every bridge, or of those of the stems that are named."""
    named = frozenset(sys.argv[1:])
    for stem in (each.stem for each in bridges() if not named or each.stem in named):
        for question in ask(protocol(stem)):
            put_on_record(stem, {TOLD: question.told()})


if __name__ == "__main__":
    main()
