"""Proofs of `two_phase_commit`."""
