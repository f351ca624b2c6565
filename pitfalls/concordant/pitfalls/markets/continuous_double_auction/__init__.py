"""What goes wrong with orders that trade as they come: exchanges that do, and which promise each breaks."""
