"""Where memory is explored."""
