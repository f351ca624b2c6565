"""What goes wrong with proportional allocation. The documents' own formula divides by the claims, in floats, and checks nothing."""
