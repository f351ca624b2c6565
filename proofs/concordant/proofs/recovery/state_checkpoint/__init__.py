"""Proofs of `state_checkpoint`."""
