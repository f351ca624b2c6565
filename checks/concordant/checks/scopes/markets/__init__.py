"""Markets: the scopes."""
