"""How memory goes wrong."""
