"""What goes wrong with unanimity, at coordinators and at electors. The seed names the rule and does not write it: these are its natural readings."""
