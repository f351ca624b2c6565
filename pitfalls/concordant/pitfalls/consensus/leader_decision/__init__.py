"""What goes wrong with leader decision: with who decides in `deciding`, with what is said of it in `saying`."""
