"""The explorer: to step through a system by hand, move by move, back, and into every other branch."""
