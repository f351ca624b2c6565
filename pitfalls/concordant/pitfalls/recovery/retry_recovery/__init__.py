"""What goes wrong with retries: the documents' code as written, and slips in ours."""
