"""Recorded histories with known verdicts, of which the project keeps no copy: `python -m tests.histories.known FOLDER`.

`FOLDER/expected.tsv` lists them after a line of headings: a file, a tab, and whether it is linearizable. EDN is of texts, logs are of registers.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from concordant.checks.answers import Conclusion
from concordant.checks.questions.history import HistoryQuestion
from concordant.checks.questions.question import Means

PLACES = 500_000
WANTED = {"true": Conclusion.AS_CLAIMED, "false": Conclusion.NOT_AS_CLAIMED}


def main(folder: Path) -> int:
    """Judge each, tell those that come out otherwise, and return how many they are."""
    began, wrong = time.process_time(), 0
    rows = [row.split("\t") for row in (folder / "expected.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    for name, wanted in rows:
        kind = "register" if name.endswith(".log") else "text"
        answer = HistoryQuestion.of(kind, "linearizable", folder / name, PLACES).answer(Means())
        if answer.conclusion is not WANTED[wanted]:
            wrong += 1
            sys.stdout.write(f"{name}: {answer.word}, where linearizable is {wanted}\n")
    sys.stdout.write(f"{len(rows) - wrong} of {len(rows)} histories as listed, {time.process_time() - began:.1f} s of processor time\n")
    return wrong


if __name__ == "__main__":
    sys.exit(min(1, main(Path(sys.argv[1]))))
