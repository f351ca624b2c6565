"""Proofs of `gossip`."""
