"""Leases that who insists is never granted: nothing more happens, or it is refused for ever."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.synchronization.insistent_lease import Insistent, Server, Want, system
from concordant.spec.synchronization import insistent_lease as spec
from concordant.spec.synchronization.insistent_lease import AskAgain, Granted, Refused, ServerView
from concordant.spec.vocabulary import Address, Send, Ticks


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


@frozen
class LendsToTwo(Server):
    """Lends to whoever asks."""

    def is_lent(self, state: ServerView) -> bool:  # noqa: ARG002  # that is the mistake
        return False


@frozen
class RefusesWhenFree(Server):
    """Lends to nobody when the lease is free, and says that another has it."""

    def grant(self, agent: Address) -> Step[ServerView]:
        return step(ServerView(None, 0), Send(agent, Refused()))


@frozen
class GrantsInAdvance(Server):
    """Tells who asks that it has the lease, when another has."""

    def refuse(self, state: ServerView, agent: Address) -> Step[ServerView] | None:
        return step(state, Send(agent, Granted()))


@frozen
class LendsForLess(Server):
    """Takes two ticks of a lease for one."""

    def tick(self, state: ServerView, now: Ticks) -> Step[ServerView]:
        return super().tick(super().tick(state, now).state, now)


@frozen
class TellsOnlyThatTimePasses(Server):
    """Tells the holder that it has the lease when a tick of it is gone."""

    def grant(self, agent: Address) -> Step[ServerView]:
        granted = super().grant(agent)
        return step(granted.state, *granted.effects[:1])

    def tick(self, state: ServerView, now: Ticks) -> Step[ServerView]:
        after = super().tick(state, now)
        return step(after.state, Send(state.holder, Granted())) if state.holder and state.left == self.length else after


@frozen
class TellsNobody(Server):
    """Grants the lease, and lets its holder find that out."""

    def grant(self, agent: Address) -> Step[ServerView]:
        granted = super().grant(agent)
        return step(granted.state, *granted.effects[:1])


@frozen
class HidesItsHolder(Server):
    """Shows how long the lease is still lent, and not to whom."""

    def view(self, state: ServerView) -> ServerView:
        return evolve(state, holder=None)


@frozen
class ShowsTheWholeTime(Server):
    """Shows for how long the lease was lent, whatever is left of that."""

    def view(self, state: ServerView) -> ServerView:
        return evolve(state, left=self.length) if state.holder else state


@frozen
class AsksTwice(Insistent):
    """Asks again when it has waited for a while, whether or not it was answered."""

    def armed(self, state: Want) -> tuple[AskAgain, ...]:
        return (AskAgain(),) if state != Want.NOTHING else ()


@frozen
class AsksUntold(Insistent):
    """Asks as soon as it starts, in case it is told to."""

    def start(self) -> Step[Want]:
        return self.ask()


LENDS_TO_TWO = Pitfall(
    "insistent_lease.LendsToTwo",
    "Two have the lease.",
    breaks=spec.it_is_lent_to_one_at_a_time,
    subject=system(server=LendsToTwo),
    length=4,
)
REFUSES_WHEN_FREE = Pitfall(
    "insistent_lease.RefusesWhenFree",
    "Who asks for a lease that is free is refused it.",
    breaks=spec.what_is_answered_is_true,
    subject=system(server=RefusesWhenFree),
    length=2,
)
GRANTS_IN_ADVANCE = Pitfall(
    "insistent_lease.GrantsInAdvance",
    "Who asks while another has the lease is told that it has it.",
    breaks=spec.what_is_answered_is_true,
    subject=system(server=GrantsInAdvance),
    length=4,
)
LENDS_FOR_LESS = Pitfall(
    "insistent_lease.LendsForLess",
    "A lease ends before its time, and its holder goes on.",
    breaks=spec.a_lease_ends_in_its_time,
    subject=system(server=LendsForLess),
    length=3,
)
TELLS_LATE = Pitfall(
    "insistent_lease.TellsOnlyThatTimePasses",
    "Whoever has the lease hears of it late, and takes all of its time to be left.",
    breaks=spec.what_is_answered_is_true,
    subject=system(server=TellsOnlyThatTimePasses),
    length=3,
)
TELLS_NOBODY = Pitfall(
    "insistent_lease.TellsNobody",
    "An agent has the lease, and does not know.",
    breaks=spec.who_is_granted_it_is_told,
    subject=system(server=TellsNobody),
    length=2,
)
HIDES_ITS_HOLDER = Pitfall(
    "insistent_lease.HidesItsHolder",
    "Nobody sees who has the lease.",
    breaks=spec.a_lease_ends_in_its_time,
    subject=system(server=HidesItsHolder),
    length=2,
)
SHOWS_THE_WHOLE_TIME = Pitfall(
    "insistent_lease.ShowsTheWholeTime",
    "A lease that is nearly over looks as if it had just begun.",
    breaks=spec.a_lease_ends_in_its_time,
    subject=system(server=ShowsTheWholeTime),
    length=3,
)
ASKS_TWICE = Pitfall(
    "insistent_lease.AsksTwice",
    "Who asked asks again before it is answered, and may be granted twice what it wants once.",
    breaks=spec.who_asks_wants_it,
    subject=system(agent=AsksTwice),
    length=2,
)
ASKS_UNTOLD = Pitfall(
    "insistent_lease.AsksUntold",
    "Who wants nothing asks, and keeps the lease from others.",
    breaks=spec.who_asks_wants_it,
    subject=system(agent=AsksUntold),
    length=0,
)
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
    length=12,
)
