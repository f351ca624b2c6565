"""Recovery: proofs."""
