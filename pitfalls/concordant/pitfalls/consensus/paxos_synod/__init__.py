"""What goes wrong with Paxos: each mistake is a few lines away from the reference, and breaks one clause.

The proposers' mistakes are in `proposing`, the acceptors' and learners' in `voting`, what users are told in `answering`, what never ends in `endless`,
what is named wrong in `misnaming`;
`as_written` is the loop of the document, with nothing mended.
"""
