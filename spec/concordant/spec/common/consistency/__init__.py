"""Objects that several clients share, what the clients saw of them, and whether that is consistent."""
