"""What goes wrong with definitions: wrong rules in `rules`, and what they break in `broken`."""
