"""What goes wrong with packages of goods: the documents name such an auction and hold no code; these are readings of it, and our own."""
