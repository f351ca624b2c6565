"""Proofs of `clarke_mechanism`."""
