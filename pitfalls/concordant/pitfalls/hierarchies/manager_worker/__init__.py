"""What goes wrong with managers and workers, each on the smallest system that shows it: the documents' as they are written, and what others do wrong."""
