"""What never ends: officers that wait for every vote."""

from __future__ import annotations

from attrs import frozen

from concordant.pitfalls.voting.ballot_box.officers import FOR, HasNoDeadline
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.voting.ballot_box import Collecting, Officer, Officiating, system
from concordant.spec.vocabulary import Address, Network, Send
from concordant.spec.voting import ballot_box as spec
from concordant.spec.voting.ballot_box import Close, Opened, Vote


@frozen
class PutsOffTheDeadline(Officer):
    """When the time is over it waits once more for those who have not voted."""

    def fire(self, state: Officiating, trigger: Close) -> Step[Officiating]:  # noqa: ARG002  # that is the mistake
        return step(state)


@frozen
class ClosesOnTimeOnly(Officer):
    """Waits for the deadline, also when all have voted."""

    def close_if_complete(self, state: Collecting) -> Step[Officiating]:
        return step(state)


@frozen
class CallsAgain(ClosesOnTimeOnly):
    """Calls again for each vote that it gets, to be sure."""

    def receive(self, state: Officiating, source: Address, message: Vote) -> Step[Officiating] | None:
        after = super().receive(state, source, message)
        return None if after is None else step(after.state, Send(source, Opened()))


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
CLOSES_ON_TIME_ONLY = Pitfall(
    "ballot_box.ClosesOnTimeOnly",
    "All have voted, and the officer waits for the deadline.",
    breaks=spec.the_last_vote_closes_the_poll,
    subject=system(1, choices=FOR, officer=ClosesOnTimeOnly),
    length=4,
)
CALLS_AGAIN = Pitfall(
    "ballot_box.CallsAgain",
    "The officer calls again whenever somebody votes, and gets the same vote, for ever.",
    breaks=spec.the_last_vote_closes_the_poll,
    subject=system(1, choices=FOR, network=Network(duplicating=True), officer=CallsAgain),
    length=6,
)
