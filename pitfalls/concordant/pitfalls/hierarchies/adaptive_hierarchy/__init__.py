"""What goes wrong with hierarchies that adapt, each on the smallest system that shows it: the documents' as it is written, and what others do wrong."""
