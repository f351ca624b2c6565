"""Exercise 4, done: who holds the lock, and under which number, is what the server says."""

from __future__ import annotations

from concordant.checks.lessons.lock_server.lock import Holds, Lends
from concordant.spec.vocabulary import Cases, Fault, NoHistory, Seen, always, case


@always(under=Fault.DUPLICATION)
def the_server_knows_who_holds(seen: Seen[NoHistory]) -> Cases:
    """Whoever holds the lock is the one to whom the server lends it, under that number."""
    for client, held in seen.views(Holds).items():
        for lends in seen.views(Lends).values():
            if held.number is not None:
                yield case((lends.to, lends.number) == (client, held.number), client=client)
