"""What goes wrong with requests and responses: the documents' own future for each call in `as_written`, slips in `slips`."""
