"""Leases that who insists is never granted: nothing more happens, or it is refused for ever."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.synchronization.insistent_lease import Insistent, Server, Want, system
from concordant.spec.synchronization import insistent_lease as spec
from concordant.spec.synchronization.insistent_lease import Granted, Refused, ServerView
from concordant.spec.vocabulary import Address, Ticks


@frozen
class RefusesInSilence(Server):
    """Answers nobody to whom it cannot lend."""

    def refuse(self, state: ServerView, agent: Address) -> None:  # noqa: ARG002  # that is the mistake
        return None


@frozen
class AsksOnce(Insistent):
    """Takes a no for an answer."""

    def receive(self, state: Want, source: Address, message: Granted | Refused) -> Step[Want]:  # noqa: ARG002  # that is the mistake
        return step(Want.NOTHING)


@frozen
class StartsAnew(Server):
    """Lets the time of a lease begin anew whenever somebody asks, as if that were its holder."""

    def refuse(self, state: ServerView, agent: Address) -> Step[ServerView] | None:
        return super().refuse(evolve(state, left=self.length), agent)


@frozen
class WaitsForItsHolder(Server):
    """Takes the lease for free when it is given back, and no sooner."""

    def tick(self, state: ServerView, now: Ticks) -> Step[ServerView]:  # noqa: ARG002  # that is the mistake
        return step(state)


REFUSES_IN_SILENCE = Pitfall(
    "insistent_lease.RefusesInSilence",
    "Who asks while another has the lease hears nothing, and waits for ever.",
    breaks=spec.who_insists_is_granted_it,
    subject=system(server=RefusesInSilence),
    length=10,
)
ASKS_ONCE = Pitfall(
    "insistent_lease.AsksOnce",
    "Who was refused does not ask again, though the lease is free soon.",
    breaks=spec.who_insists_is_granted_it,
    subject=system(agent=AsksOnce),
    length=11,
)
STARTS_ANEW = Pitfall(
    "insistent_lease.StartsAnew",
    "Who asks again and again keeps the lease of another from ending.",
    breaks=spec.who_insists_is_granted_it,
    subject=system(server=StartsAnew),
    length=19,
)
WAITS_FOR_ITS_HOLDER = Pitfall(
    "insistent_lease.WaitsForItsHolder",
    "A holder falls silent, and whoever else wants the lease is refused for ever.",
    breaks=spec.who_insists_is_granted_it,
    subject=system(server=WaitsForItsHolder),
    length=10,
)
