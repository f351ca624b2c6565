"""Proofs of `message_bus`."""
