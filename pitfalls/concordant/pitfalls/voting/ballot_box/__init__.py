"""What goes wrong with collecting votes: at officers, at electors, and where a wrong rule counts."""
