"""The tabulated explorer: handlers run once per distinct input, and compiled code walks the states over tables of the results."""

import os
from importlib.util import find_spec

from concordant.checks.misuse import Misuse

if find_spec("numba") is None:
    raise Misuse(
        "this needs the tabulated engine, which numba compiles, and numba is not installed; pip install numba, or the extra fast, brings it"
    )
if os.environ.get("NUMBA_DISABLE_JIT", "0") != "0":
    raise Misuse(
        "this needs the tabulated engine, and NUMBA_DISABLE_JIT is set, so that numba compiles nothing; unset it, or give --engine reference"
    )
