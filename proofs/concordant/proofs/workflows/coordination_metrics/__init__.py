"""Proofs of `coordination_metrics`."""
