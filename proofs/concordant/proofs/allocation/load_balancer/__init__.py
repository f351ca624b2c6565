"""Proofs of `load_balancer`."""
