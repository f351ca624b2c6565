"""What goes wrong with checkpoints: the documents' file that is written in place, in `as_written`; drafts, syncs and numbers in `slips`."""
