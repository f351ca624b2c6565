"""Proofs of `goal_negotiation`."""
