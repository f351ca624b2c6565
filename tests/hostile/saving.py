"""The command, as `concordant` is, but searches are saved whenever they could be: `python tests/hostile/saving.py ARGUMENTS`."""

from concordant.checks.main import main
from concordant.checks.tabulated import checkpoint

if __name__ == "__main__":
    checkpoint.EVERY = 0
    main()
