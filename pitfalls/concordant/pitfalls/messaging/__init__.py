"""How messaging goes wrong."""
