"""What goes wrong with engines of conflict resolution: wrong rules in `rules`, and what they break in `broken`."""
