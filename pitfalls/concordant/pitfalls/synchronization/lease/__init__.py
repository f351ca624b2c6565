"""What goes wrong with leases. The documents have none: what a lease is for is in `essentials`, slips of ours are in `agents` and `slips`."""
