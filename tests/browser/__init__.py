"""What needs a browser; `make test-browser` runs it."""
