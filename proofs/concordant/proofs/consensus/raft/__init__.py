"""Proofs of `raft`."""
