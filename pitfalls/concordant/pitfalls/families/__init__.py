"""Ways to go wrong that several protocols share."""
