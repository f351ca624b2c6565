"""What goes wrong with call double auctions."""
