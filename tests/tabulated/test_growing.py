"""Arrays that grow on the side of Python."""

from __future__ import annotations

import subprocess
import sys

THREE_SEARCHES = """
import gc
import resource

import numpy as np

from concordant.checks.tabulated.growing import reserved

gc.disable()
resource.setrlimit(resource.RLIMIT_AS, (1 << 40, 1 << 40))
for _ in range(3):
    circle = [reserved(1 << 39, np.uint8)]
    circle.append(circle)
    del circle
"""


def test_addresses_of_a_search_that_has_ended_are_there_for_the_next_before_garbage_is_looked_for() -> None:
    ended = subprocess.run([sys.executable, "-c", THREE_SEARCHES], check=False, capture_output=True, text=True)  # noqa: S603  # our own

    assert (ended.returncode, ended.stderr) == (0, "")
