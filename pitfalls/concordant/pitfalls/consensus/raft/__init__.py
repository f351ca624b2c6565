"""What goes wrong with Raft: each mistake is a few lines away from the reference, and breaks one clause.

Elections are in `electing`, logs in `replicating` and `comparing`, commitment in `committing`, what outlives a crash in `storing`, what clients are told in `answering`.
"""
