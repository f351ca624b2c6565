"""Markets: bids and asks meet."""
