"""Proofs of `paxos_synod`."""
