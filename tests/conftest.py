"""No test is answered from a cache: a kept answer would hide what the test is about. Those of the cache itself allow it."""

from __future__ import annotations

import os

os.environ["CONCORDANT_NO_CACHE"] = "1"
