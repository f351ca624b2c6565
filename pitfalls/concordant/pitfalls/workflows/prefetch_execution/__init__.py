"""What goes wrong when stages are fetched for ahead, for each of its promises."""
