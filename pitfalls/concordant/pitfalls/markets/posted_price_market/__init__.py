"""What goes wrong with posted prices: with what is sold in `shops`, with what users are told in `buyers`."""
