"""Proofs of `dsm_strong`."""
