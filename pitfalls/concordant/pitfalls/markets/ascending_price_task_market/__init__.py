"""What goes wrong with ascending prices: the documents' market in `in_steps`, steps in `nearly_in_steps`, exact prices in `exact`."""
