"""The tabulated explorer: handlers run once per distinct input, and compiled code walks the states over tables of the results."""

from importlib.util import find_spec

from concordant.checks.misuse import Misuse

if find_spec("numba") is None:
    raise Misuse(
        "this needs the tabulated engine, which numba compiles, and numba is not installed; pip install numba, or the extra fast, brings it"
    )
