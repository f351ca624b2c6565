"""What goes wrong with publications and subscriptions."""
