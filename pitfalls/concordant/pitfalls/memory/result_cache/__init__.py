"""What goes wrong with caches of results.

The documents' cache is in `as_written`; who waits, leaves, and hears of a failure in `waiting`; what is kept and for how long in `generations`.
"""
