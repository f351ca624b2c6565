"""Proofs of `weighted_vote`."""
