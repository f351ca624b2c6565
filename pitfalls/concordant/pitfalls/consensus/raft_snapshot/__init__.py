"""What goes wrong when Raft compacts its log: how a snapshot is made and kept is in `making`, how it is sent and installed in `installing`."""
