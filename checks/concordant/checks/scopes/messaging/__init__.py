"""Where messaging is explored."""
