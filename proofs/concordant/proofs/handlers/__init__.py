"""The shipped handlers, proved for all states of one process."""
