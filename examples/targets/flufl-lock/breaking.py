"""Two lock a file of flufl.lock whose last holder has died, as a history of a lock. The first is held up between finding the lock expired and breaking it.

python breaking.py | concordant check-history lock /dev/stdin
"""

import json
import logging
import os
import tempfile
from pathlib import Path

from flufl.lock import Lock

logging.disable()  # it logs that it breaks a lock


def log(process, type):
    print(json.dumps({"process": process, "type": type, "f": "acquire"}), flush=True)


def acquire(process, lock):
    log(process, "invoke")
    lock.lock()
    log(process, "ok")


class HeldUp(Lock):
    """Comes to know late what time it is, by the hook for that. `_now` is asked when it makes its claim, and when it has read when the lock ends."""

    asked = 0

    def _now(self):
        now = super()._now()
        self.asked += 1
        if self.asked == 2:
            acquire(1, self.other)
        return now


def main(folder):
    file = str(folder / "file.lck")
    died = Lock(file)
    died.lock()
    os.utime(file, (0, 0))  # its lifetime ended long ago
    first = HeldUp(file)
    first.other = Lock(file)
    acquire(0, first)


with tempfile.TemporaryDirectory() as name:
    main(Path(name))
