"""What goes wrong with strong memory.

The documents' write to all, as written, and a round left out or cut short, are in `rounds`; stamps, copies and what outlives a crash in `stamping`.
"""
