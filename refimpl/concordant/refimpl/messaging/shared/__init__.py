"""What several stems of messaging share."""
