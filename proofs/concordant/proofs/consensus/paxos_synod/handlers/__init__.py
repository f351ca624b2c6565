"""Paxos: the shipped handlers take only steps of the proved model, for all acceptors, ballots, values and states.

What a state or a message stands for is in `facts`; that no other step makes it untrue, in `stability`; the handlers are run
in `acceptors` and `proposers`.
"""
