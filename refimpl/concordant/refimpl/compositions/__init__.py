"""Machines that are put together, each of them unchanged: what one says to another is taken within the same process, in the same step."""
