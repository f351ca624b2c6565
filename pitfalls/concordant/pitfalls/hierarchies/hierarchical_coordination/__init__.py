"""What goes wrong with hierarchies, each on the smallest that shows it: what the documents leave open, and what others do wrong."""
