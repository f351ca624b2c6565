"""Recovery: what of an execution that fails is done again, and what is kept."""
