"""What several stems of this group share: classes and functions."""
