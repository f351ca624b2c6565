"""Exercise 5: say what the coordinator's log and the participants keep together, and four systems that you have not seen do not."""

from __future__ import annotations

from concordant.spec.consensus.two_phase_commit import CoordinatorView, History, ParticipantView, Phase
from concordant.spec.vocabulary import Cases, Fault, Seen, always, case


@always(under=Fault.LOSS | Fault.DUPLICATION)
def a_commit_is_everybodys(seen: Seen[History]) -> Cases:
    """Nobody has committed unless the log says so; and once it says so, everybody is prepared or has committed."""
    for log in seen.views(CoordinatorView).values():
        for participant, view in seen.views(ParticipantView).items():
            if view.phase is Phase.COMMITTED:
                yield case(log.decision is not False, participant=participant)  # is that all, here?
            # and what of log.decision?
