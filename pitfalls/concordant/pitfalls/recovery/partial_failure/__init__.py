"""What goes wrong where some of several stages fail: the documents' code as written, and slips in ours."""
