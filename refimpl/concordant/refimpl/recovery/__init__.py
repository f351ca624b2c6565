"""Recovery: the machines."""
