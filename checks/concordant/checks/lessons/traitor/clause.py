"""Exercise 6: say what an order that is obeyed has to do with echoes, and four groups that you have not seen do not keep it."""

from __future__ import annotations

from concordant.checks.lessons.traitor.generals import Does, History
from concordant.spec.vocabulary import Cases, Fault, Seen, always, case


@always(under=Fault.BYZANTINE)
def what_is_obeyed_was_echoed(seen: Seen[History]) -> Cases:
    """Of those that are no traitors most have echoed an order that somebody obeys."""
    all_do = seen.views(Does).values()
    for general, does in seen.views(Does).items():
        if does.obeys is not None:
            yield case(any(other.echoed == does.obeys for other in all_do), general=general)  # say it here
