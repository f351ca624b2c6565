"""`python -m concordant` is `concordant`."""

from concordant.checks.main import main

main()
