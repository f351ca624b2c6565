"""What goes wrong with scheduling: rules that do, and which promise each breaks."""
