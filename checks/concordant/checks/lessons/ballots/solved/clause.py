"""Exercise 4, done: nothing is lost, nothing decreases, and no vote is above its promise."""

from __future__ import annotations

from concordant.spec.consensus.paxos_synod import AcceptorView
from concordant.spec.vocabulary import Cases, Fault, case, every_step


@every_step(AcceptorView, under=Fault.CRASH | Fault.RECOVERY)
def an_acceptor_keeps_its_word(before: AcceptorView, after: AcceptorView) -> Cases:
    """What was promised never decreases, nor does the ballot of the last vote, which is never above what is promised."""
    if before.promised is not None:
        yield case(after.promised is not None and after.promised >= before.promised, before=before.promised, after=after.promised)
    if before.vote is not None:
        yield case(after.vote is not None and after.vote.ballot >= before.vote.ballot, before=before.vote, after=after.vote)
    if after.vote is not None:
        yield case(after.promised is not None and after.promised >= after.vote.ballot, promised=after.promised, vote=after.vote)
