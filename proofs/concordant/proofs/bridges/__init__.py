"""What ties each protocol's code to its proved model."""
