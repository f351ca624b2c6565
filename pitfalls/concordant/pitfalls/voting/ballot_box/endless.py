"""What never ends: officers that wait for every vote."""

from __future__ import annotations

from attrs import frozen

from concordant.pitfalls.voting.ballot_box.officers import FOR, HasNoDeadline
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.voting.ballot_box import Officer, Officiating, system
from concordant.spec.vocabulary import Network
from concordant.spec.voting import ballot_box as spec
from concordant.spec.voting.ballot_box import Close


@frozen
class PutsOffTheDeadline(Officer):
    """When the time is over it waits once more for those who have not voted."""

    def fire(self, state: Officiating, trigger: Close) -> Step[Officiating]:  # noqa: ARG002  # that is the mistake
        return step(state)


WAITS = Pitfall(
    "ballot_box.HasNoDeadline",
    "The poll has no end but that all have voted: the call for a vote is lost, and the officer waits for ever.",
    breaks=spec.every_poll_is_counted,
    subject=system(1, choices=FOR, network=Network(losses=1), officer=HasNoDeadline),
    length=2,
)
PUTS_OFF = Pitfall(
    "ballot_box.PutsOffTheDeadline",
    "Whenever the time is over there is some more, as long as a vote is missing: it never comes.",
    breaks=spec.every_poll_is_counted,
    subject=system(1, choices=FOR, network=Network(losses=1), officer=PutsOffTheDeadline),
    length=3,
)
