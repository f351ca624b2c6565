"""Markets: the machines and rules."""
