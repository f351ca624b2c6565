"""Proofs of `bully_election`."""
