"""A small deductive kernel: models over unbounded sorts, proved inductive, explored when finite, and compared with the code."""
