"""Messaging: links, and what stands on them."""
