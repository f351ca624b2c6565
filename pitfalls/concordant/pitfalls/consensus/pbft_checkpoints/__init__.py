"""What goes wrong with PBFT's checkpoints: what is stable, kept and dropped is in `marks`, what is fetched, handed over and answered in `handing`, what is sent and executed in `saying`."""
