"""What goes wrong with sharing by time."""
