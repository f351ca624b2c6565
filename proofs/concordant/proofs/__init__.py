"""Proofs for every size: one module per protocol, and the small kernel that they share."""
