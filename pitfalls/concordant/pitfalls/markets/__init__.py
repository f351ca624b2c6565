"""Markets: the wrong variants."""
