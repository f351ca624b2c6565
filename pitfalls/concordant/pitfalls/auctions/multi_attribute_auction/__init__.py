"""What goes wrong with scoring auctions."""
