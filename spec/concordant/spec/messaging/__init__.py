"""Messaging: what is promised of messages between agents, over a network that loses, repeats and reorders them."""
