"""Proofs of `publish_subscribe`."""
