"""A negotiation by way of a mediator: parties state their positions or walk away, and where all are heard in time a rule decides.

Source: Raiffa, "The Art and Science of Negotiation", 1982, part 4, on parties that bind themselves to what a mediator makes of what
they tell it alone; the rules are those of `bargaining`, of which reservations are the least that contents, and of `goal_negotiation`.
Assumes: who receives a message knows its sender; nobody lies, and who has stopped does not come back.
Chosen: a party that has stated its position is bound, and may walk away only before that. So nobody has walked away from what all have
agreed on, and no message that is late makes it so. Whoever is not heard in time has walked away, as far as the mediator knows.
Does not promise: that there is an agreement where all could gain, unless messages arrive in time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.conflict import bargaining, goal_negotiation
from concordant.spec.conflict.bargaining import Problem
from concordant.spec.conflict.goal_negotiation import Negotiation
from concordant.spec.vocabulary import Address, Amount, Deadline, Map, Rejected

Profile: TypeAlias = Problem | Negotiation
Outcome: TypeAlias = bargaining.Outcome | goal_negotiation.Outcome


@frozen
class Position:
    """What an agreement is worth to a party, by its name, and the least that contents it; and what it proposes, if anything."""

    worth: Map[str, Amount]
    least: Amount
    proposal: str | None = None


NOT_ALL = Rejected("somebody has walked away, or was not heard in time")

# ---- messages


@frozen
class Invite:
    """The mediator asks for a position."""


@frozen
class State:
    """A party states its position, and is bound by it."""

    position: Position


@frozen
class Leave:
    """A party has walked away."""


@frozen
class Result:
    """The mediator tells what has come of it."""

    outcome: Outcome


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
class Ended:
    """The negotiation has ended: what the rule ran on, None where not all were heard, and what came of it."""

    profile: Profile | None
    outcome: Outcome


# ---- views


@frozen
class MediatorView:
    """Whether the negotiation is over."""

    over: bool


@frozen
class PartyView:
    """What a party was told of the outcome; None before."""

    outcome: Outcome | None = None


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


def is_agreement(outcome: object) -> bool:
    """Tell whether something was agreed."""
    return isinstance(outcome, bargaining.Agreed | goal_negotiation.Chosen)


def positions_in(profile: Profile) -> Map[str, Position]:
    """Return the position of each party on which a rule has run."""
    if isinstance(profile, Negotiation):
        return Map.of({party.name: Position(party.worth, party.least, party.proposal) for party in profile.parties})
    worths = {agent: {each.name: each.worth[agent] for each in profile.agreements} for agent in profile.agents}
    return Map.of({agent: Position(Map.of(worth), profile.reservations[agent]) for agent, worth in worths.items()})


def problems(history: History) -> Iterator[tuple[Problem, bargaining.Outcome]]:
    """Yield every run of a rule of bargaining."""
    for end in history.ends:
        if isinstance(end.profile, Problem) and isinstance(end.outcome, bargaining.Agreed | bargaining.Disagreed | Rejected):
            yield end.profile, end.outcome


def negotiations(history: History) -> Iterator[tuple[Negotiation, goal_negotiation.Outcome]]:
    """Yield every run of a choice among proposals."""
    for end in history.ends:
        if isinstance(end.profile, Negotiation) and isinstance(end.outcome, goal_negotiation.Chosen | goal_negotiation.Nothing | Rejected):
            yield end.profile, end.outcome
