"""What goes wrong when the members of Raft change: majorities that do not meet, in `changing`; what clients and new members are told, in `telling`."""
