"""What several compositions share."""
