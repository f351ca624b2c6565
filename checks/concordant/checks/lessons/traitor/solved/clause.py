"""Exercise 6, done: more than half of those that show what they do have echoed it."""

from __future__ import annotations

from concordant.checks.lessons.traitor.generals import Does, History
from concordant.spec.vocabulary import Cases, Fault, Seen, always, case


@always(under=Fault.BYZANTINE)
def what_is_obeyed_was_echoed(seen: Seen[History]) -> Cases:
    """Of those that are no traitors most have echoed an order that somebody obeys."""
    all_do = seen.views(Does).values()
    for general, does in seen.views(Does).items():
        if does.obeys is not None:
            echoed = sum(other.echoed == does.obeys for other in all_do)
            yield case(2 * echoed > len(all_do), general=general, echoed=echoed)
