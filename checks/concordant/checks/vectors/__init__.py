"""Vectors: what the reference does in cases that need no checker to be tried, as files of JSON for implementations in any language."""
