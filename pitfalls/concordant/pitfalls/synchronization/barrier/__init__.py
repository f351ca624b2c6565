"""What goes wrong with barriers: first the documents' own, which counts who comes and sets an event, then slips in a better one."""
