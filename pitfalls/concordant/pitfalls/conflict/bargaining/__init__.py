"""What goes wrong with bargaining: wrong rules in `rules`, and what they break in `broken`."""
