"""Exercise 4: say what an acceptor keeps from one step to the next, crashes included, and four that you have not seen do not."""

from __future__ import annotations

from concordant.spec.consensus.paxos_synod import AcceptorView, Ballot
from concordant.spec.vocabulary import Cases, Fault, case, every_step


@every_step(AcceptorView, under=Fault.CRASH | Fault.RECOVERY)
def an_acceptor_keeps_its_word(before: AcceptorView, after: AcceptorView) -> Cases:
    """What was promised never decreases, nor does the ballot of the last vote, which is never above what is promised."""
    if before.promised is not None and after.promised is not None:
        yield case(isinstance(after.promised, Ballot), before=before.promised, after=after.promised)  # say it here
    # what if after.promised is None, and what of before.vote and after.vote?
