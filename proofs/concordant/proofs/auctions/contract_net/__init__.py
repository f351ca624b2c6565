"""Proofs of `contract_net`."""
