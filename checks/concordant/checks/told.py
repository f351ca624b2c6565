"""Write anew by what each bridge is told of its model's relations: `python -m concordant.checks.told [STEM…]`. Read what changes."""

from __future__ import annotations

import argparse

from concordant.checks.questions.bridge import ask
from concordant.checks.registry import protocol
from concordant.proofs.bridges import bridges
from concordant.proofs.kernel.said import TOLD, put_on_record


def main() -> None:
    """Write what is on record of every bridge, or of those of the stems that are named."""
    parser = argparse.ArgumentParser(prog="python -m concordant.checks.told", description=main.__doc__)
    crossed = [each.stem for each in bridges()]
    parser.add_argument("stems", nargs="*", metavar="STEM", choices=crossed)
    for stem in parser.parse_args().stems or crossed:
        for question in ask(protocol(stem)):
            put_on_record(stem, {TOLD: question.told()})


if __name__ == "__main__":
    main()
