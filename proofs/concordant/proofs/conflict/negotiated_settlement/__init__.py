"""Proofs of `negotiated_settlement`."""
