"""What goes wrong with leases. The documents have none: what a lease is for is in `essentials`, slips in ours are in `slips`."""
