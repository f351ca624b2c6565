"""`python -m concordant.checks` is `concordant`."""

from concordant.checks.main import main

main()
