"""What goes wrong with bully election: with who leads in `electing`, with what is said, and to whom, in `saying`."""
