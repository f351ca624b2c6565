"""One search divided over many workers: each owns the states whose marks fall to it, and one process asks Python for all of them."""
