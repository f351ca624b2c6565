"""Proofs of `majority_vote`."""
