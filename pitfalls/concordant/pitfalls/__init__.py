"""Plausible but wrong variants of each protocol, each with the clause that it breaks."""
