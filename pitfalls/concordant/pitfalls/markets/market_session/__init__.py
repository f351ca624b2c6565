"""What goes wrong with market sessions: sessions that do, and which promise each breaks."""
