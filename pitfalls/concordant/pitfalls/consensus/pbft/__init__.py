"""What goes wrong with PBFT: each mistake is a few lines away from the reference, and breaks one clause.

Who counts and how many are enough is in `counting`, what replicas sign, decide and report in `signing`, what is sent in `saying`, what is carried over from view to view in `changing`, how a view begins in `beginning`, what clients are told in `answering`.
"""
