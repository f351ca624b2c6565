"""The exit codes of the command line. They are stable."""

OK, VIOLATED, MISUSE, UNDECIDED, ADAPTER, BUG, INTERRUPTED = 0, 1, 2, 3, 4, 70, 130
