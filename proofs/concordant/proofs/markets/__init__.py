"""Markets: the proofs."""
