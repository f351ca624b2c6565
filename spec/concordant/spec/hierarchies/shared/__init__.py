"""What several stems of this group share."""
