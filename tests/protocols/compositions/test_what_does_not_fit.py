"""What cannot be put together, since mypy refuses it: votes in the words of another vote, and waits in another unit. It is run here."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
IMPORTS = """
from datetime import timedelta

from concordant.spec.consensus.byzantine_quorum_vote import Verdict, Vote
from concordant.spec.messaging.request_response import Invoke, Operation, TimeOut
from concordant.spec.recovery.retry_recovery import Policy
from concordant.spec.vocabulary import Address
from concordant.spec.voting.shared.voting import Ballot

SERVER, PAY = Address("server"), Operation("pay")
"""


def errors(folder: Path, *lines: str) -> list[str]:
    """Return which kind of error mypy finds in each of some lines; none in one with which it agrees."""
    file = folder / "put_together.py"
    file.write_text(IMPORTS + "\n".join(lines) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(folder / "cache"), str(file)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout  # noqa: S603  # our own command
    found = {int(line): text for line, text in re.findall(r"put_together\.py:(\d+): error: .*\[(.+)\]", said)}
    first = IMPORTS.count("\n") + 1
    return [found.pop(first + place, "") for place in range(len(lines))] + list(found.values())


def test_votes_and_waits_that_do_not_fit_are_errors_of_type(tmp_path: Path) -> None:
    said = errors(
        tmp_path,
        'Ballot("ann", ("yes",)), Vote(Verdict("x", accepts=True))',
        'Ballot("ann", "accept")',
        'Ballot("ann", True)',
        "Vote(True)",
        'Vote(Verdict("x", "accept"))',
        'Vote(Ballot("ann", ("yes",)))',
        'Verdict("x", True).accepts == "accept"',
        "Invoke(SERVER, PAY), TimeOut(Invoke(SERVER, PAY)), Policy(attempts=3, first=1)",
        "Invoke(SERVER, PAY, timeout=30_000)",
        "TimeOut(30)",
        "Policy(attempts=3, first=0.03)",
        "Policy(attempts=3, first=timedelta(seconds=30))",
    )

    assert said == [
        "",
        "arg-type",
        "arg-type",
        "arg-type",
        "arg-type",
        "arg-type",
        "comparison-overlap",
        "",
        "call-arg",
        "arg-type",
        "arg-type",
        "arg-type",
    ]
