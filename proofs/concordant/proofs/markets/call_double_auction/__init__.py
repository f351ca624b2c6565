"""Proofs of `call_double_auction`."""
