"""What several groups share."""
