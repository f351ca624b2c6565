"""What goes wrong with an engine of workflows: the documents' threads as they are written, and mistakes with tasks, logs and answers."""
