"""What goes wrong with a mediator, with parties, and where a wrong rule decides."""
