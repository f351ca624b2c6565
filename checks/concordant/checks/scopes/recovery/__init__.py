"""Recovery: the scopes."""
