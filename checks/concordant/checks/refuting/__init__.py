"""Refuting pitfalls and replaying known violations, of systems and of rules alike."""
