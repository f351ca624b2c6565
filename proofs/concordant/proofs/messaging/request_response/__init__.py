"""Proofs of `request_response`."""
