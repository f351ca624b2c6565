"""What was found, for people and for programs; all from the same records."""
