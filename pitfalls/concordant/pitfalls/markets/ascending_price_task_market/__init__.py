"""What goes wrong with ascending prices: the documents' market, and steps, in `in_steps`; exact prices in `exact`."""
