"""What goes wrong with PBFT's checkpoints: what is stable, kept, dropped and handed over is in `marks`, what is sent, executed and answered in `saying`."""
