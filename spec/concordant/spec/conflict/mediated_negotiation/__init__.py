"""A negotiation by way of a mediator: parties state their positions or walk away, and where all are heard in time a rule decides.

Source: Raiffa, "The Art and Science of Negotiation", 1982, part 4, on parties that bind themselves to what a mediator makes of what
they tell it alone; the rules are those of `bargaining`, of which reservations are the least that contents, and of `goal_negotiation`.
Assumes: who receives a message knows its sender; nobody lies, and who has stopped does not come back.
Chosen: a party that has stated its position is bound, and may walk away only before that. So nobody has walked away from what all have
agreed on, and no message that is late makes it so. There is no message that says so: whoever is not heard in time has walked away.
Does not promise: that there is an agreement where all could gain, unless messages arrive in time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from attrs import evolve, frozen

from concordant.spec.conflict import bargaining, goal_negotiation
from concordant.spec.conflict.bargaining import Problem
from concordant.spec.conflict.goal_negotiation import Negotiation
from concordant.spec.vocabulary import Address, Amount, Deadline, Map

Profile: TypeAlias = Problem | Negotiation
Outcome: TypeAlias = bargaining.Outcome | goal_negotiation.Outcome


@frozen
class Position:
    """What an agreement is worth to a party, by its name, and the least that contents it; and what it proposes, if anything."""

    worth: Map[str, Amount]
    least: Amount
    proposal: str | None = None


# ---- messages


@frozen
class Invite:
    """The mediator asks for a position."""


@frozen
class State:
    """A party states its position, and is bound by it."""

    position: Position


@frozen
class Result:
    """The mediator tells what all have agreed on; None where there is no agreement."""

    agreed: str | None


# ---- triggers


@frozen
class WalkAway(Deadline):
    """A party has waited long enough to be asked."""


@frozen
class GiveUp(Deadline):
    """The time to state positions is over."""


# ---- events


@frozen
class Stated:
    """A party has stated its position."""

    position: Position


@frozen
class Left:
    """A party has walked away."""


@frozen
class Heard:
    """The mediator has heard a party's position in time."""

    party: Address
    position: Position


@frozen
class Run:
    """What the rule has run on, and what it makes of that."""

    profile: Profile
    outcome: Outcome


@frozen
class Ended:
    """The negotiation has ended: the run of the rule, None where not all were heard; and what was agreed on, None where nothing was."""

    run: Run | None
    agreed: str | None


# ---- views


@frozen
class MediatorView:
    """Whether the negotiation is over."""

    over: bool


@frozen
class PartyView:
    """Whether a party may still state its position or walk away, and what it was told; None before."""

    free: bool
    told: Result | None = None


# ---- history


@frozen
class History:
    """Who has stated what, who has walked away, who was heard, and what has come of it.

    The first is fixed: the positions of the parties. Of several ends two are kept.
    """

    positions: Map[Address, Position]
    stated: frozenset[Address] = frozenset()
    left: frozenset[Address] = frozenset()
    heard: Map[Address, Position] = Map()
    ends: tuple[Ended, ...] = ()

    def after(self, at: Address, by: Address, happening: object) -> History:  # noqa: ARG002  # there are no users
        """Fold one happening."""
        match happening:
            case Stated():
                return evolve(self, stated=self.stated | {at})
            case Left():
                return evolve(self, left=self.left | {at})
            case Heard(party, position):
                return evolve(self, heard=self.heard.put(party, position))
            case Ended():
                return evolve(self, ends=(*self.ends, happening)[:2])
            case _:
                return self


def agreed_in(outcome: Outcome) -> str | None:
    """Return what a rule has found that all agree on; None if nothing."""
    match outcome:
        case bargaining.Agreed(name) | goal_negotiation.Chosen(name):
            return name
        case _:
            return None


def positions_in(profile: Profile) -> Map[str, Position]:
    """Return the position of each party on which a rule has run."""
    if isinstance(profile, Negotiation):
        return Map.of({party.name: Position(party.worth, party.least, party.proposal) for party in profile.parties})
    worths = {agent: {each.name: each.worth[agent] for each in profile.agreements} for agent in profile.agents}
    return Map.of({agent: Position(Map.of(worth), profile.reservations[agent]) for agent, worth in worths.items()})


def position(*worths: Amount, least: Amount = 0, proposal: str | None = None) -> Position:
    """Return the position of a party to which the agreements `a`, `b` and so on are worth so much."""
    return Position(Map.of(dict(zip("abcde", worths, strict=False))), least, proposal)


def problems(history: History) -> Iterator[tuple[Problem, Any]]:
    """Yield every run of a rule of bargaining."""
    runs = (end.run for end in history.ends if end.run is not None)
    return ((run.profile, run.outcome) for run in runs if isinstance(run.profile, Problem))


def negotiations(history: History) -> Iterator[tuple[Negotiation, Any]]:
    """Yield every run of a choice among proposals."""
    runs = (end.run for end in history.ends if end.run is not None)
    return ((run.profile, run.outcome) for run in runs if isinstance(run.profile, Negotiation))
