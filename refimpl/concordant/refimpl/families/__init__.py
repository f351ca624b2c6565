"""What the machines of a family share."""
