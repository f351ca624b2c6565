"""Exercise 4: say of server and clients together what the repaired lock keeps, and four locks that you have not seen do not."""

from __future__ import annotations

from concordant.checks.lessons.lock_server.lock import Holds, Lends
from concordant.spec.vocabulary import Cases, Fault, NoHistory, Seen, always, case


@always(under=Fault.DUPLICATION)
def the_server_knows_who_holds(seen: Seen[NoHistory]) -> Cases:
    """Whoever holds the lock is the one to whom the server lends it, under that number."""
    for client, held in seen.views(Holds).items():
        for lends in seen.views(Lends).values():
            if held.number is not None:
                yield case(lends.number >= 0, client=client)  # say it here
