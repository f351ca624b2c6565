"""A measure of termination, and no budget overdrawn."""
