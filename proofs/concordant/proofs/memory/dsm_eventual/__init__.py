"""Proofs of `dsm_eventual`."""
