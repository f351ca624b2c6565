"""What goes wrong in contract nets: the documents' two in `as_written`, then slips of `managers` and `contractors`."""
