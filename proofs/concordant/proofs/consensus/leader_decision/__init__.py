"""Proofs of `leader_decision`."""
