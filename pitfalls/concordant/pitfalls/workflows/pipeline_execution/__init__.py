"""Wrong pipelines."""
