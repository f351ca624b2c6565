"""Proofs of `pipeline_execution`."""
