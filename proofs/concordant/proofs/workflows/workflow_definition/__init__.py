"""Proofs of `workflow_definition`."""
