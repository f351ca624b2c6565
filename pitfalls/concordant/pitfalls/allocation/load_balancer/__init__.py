"""What goes wrong with load balancers: balancers that do, and which promise each breaks."""
