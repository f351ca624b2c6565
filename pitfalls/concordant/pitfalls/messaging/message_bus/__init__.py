"""What goes wrong with a message bus."""
