"""Coverage of a model: which branches of its machine exploring took, and which never."""
