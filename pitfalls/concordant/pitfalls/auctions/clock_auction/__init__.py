"""What goes wrong while bids are collected: at the auctioneer, at bidders, and where a wrong rule awards."""
