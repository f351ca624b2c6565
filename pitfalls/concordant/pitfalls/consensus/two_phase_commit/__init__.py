"""What goes wrong with two-phase commit: with decisions in `deciding`, with what users are told in `answering`."""
