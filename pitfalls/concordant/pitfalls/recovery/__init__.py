"""Recovery: what goes wrong."""
