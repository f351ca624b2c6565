"""One acceptance for each task."""
