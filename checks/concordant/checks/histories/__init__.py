"""Recorded histories: what clients of a running system asked, and when they were answered, judged without the system."""
