"""A mediated negotiation as two machines: a mediator that hears all and lets a rule decide, and parties that are bound or walk away."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Never, TypeAlias

from attrs import frozen

from concordant.refimpl.conflict.bargaining import nash
from concordant.refimpl.conflict.goal_negotiation import choose
from concordant.refimpl.machine import Process, Step, System, step
from concordant.spec.conflict.bargaining import Agreed, Agreement, Problem
from concordant.spec.conflict.goal_negotiation import Chosen, Negotiation, Party
from concordant.spec.conflict.mediated_negotiation import (
    Ended,
    GiveUp,
    Heard,
    History,
    Invite,
    Left,
    MediatorView,
    PartyView,
    Position,
    Result,
    Run,
    State,
    Stated,
    WalkAway,
)
from concordant.spec.conflict.mediated_negotiation import clauses as spec
from concordant.spec.vocabulary import Address, Amount, Announce, Clause, Faults, Map, Network, Send, addresses, broadcast

Positions: TypeAlias = Map[Address, Position]
Rule: TypeAlias = Callable[[Positions], Run]
"""Puts positions together, and decides."""

# ---- rules


def by_bargaining(positions: Positions) -> Run:
    """Decide by Nash's product, on what everybody has put a worth on."""
    names = sorted({name for position in positions.values() for name in position.worth})
    worths = {name: Map.of({str(party): position.worth[name] for party, position in positions.items()}) for name in names}
    reservations = Map.of({str(party): position.least for party, position in positions.items()})
    problem = Problem(tuple(map(str, positions)), tuple(Agreement(name, worth) for name, worth in worths.items()), reservations)
    return Run(problem, nash(problem))


@frozen
class ByScores:
    """Decides by scores that were published before."""

    scores: Map[str, Amount]

    def __call__(self, positions: Positions) -> Run:
        parties = tuple(Party(str(party), each.proposal, each.worth, each.least) for party, each in positions.items())
        negotiation = Negotiation(parties, self.scores)
        return Run(negotiation, choose(negotiation))


# ---- mediator


@frozen
class Hearing:
    """Has heard these positions."""

    heard: Positions = Map()


@frozen
class Over:
    """The negotiation has ended."""


Mediating: TypeAlias = Hearing | Over


@frozen
class Mediator(Process[Mediating, State, Never, GiveUp]):
    """Hears fixed parties, and lets a rule decide when it has heard all."""

    parties: tuple[Address, ...]
    rule: Rule

    def start(self) -> Step[Mediating]:
        return step(Hearing(), *broadcast(self.parties, Invite()))

    def receive(self, state: Mediating, source: Address, message: State) -> Step[Mediating] | None:
        match state, message:
            case Hearing(heard), State(position) if self.counts(state, source):
                hearing = Hearing(heard.put(source, position))
                taken: Step[Mediating] = step(hearing, Announce(Heard(source, position)))
                return taken.then(lambda _: self.decide(hearing)) if self.all_heard(hearing) else taken
            case _:
                return None

    def counts(self, state: Hearing, source: Address) -> bool:
        return source not in state.heard

    def all_heard(self, state: Hearing) -> bool:
        return all(party in state.heard for party in self.parties)

    def decide(self, state: Hearing) -> Step[Mediating]:
        # The hard step: all are bound here, since whoever has stated its position does not walk away. So no party can have left.
        run = self.rule(state.heard)
        match run.outcome:
            case Agreed(name) | Chosen(name):
                return self.end(run, name)
            case _:
                return self.end(run, None)

    def end(self, run: Run | None, agreed: str | None) -> Step[Mediating]:
        return step(Over(), Announce(Ended(run, agreed)), *broadcast(self.parties, Result(agreed)))

    def armed(self, state: Mediating) -> tuple[GiveUp, ...]:
        return (GiveUp(),) if isinstance(state, Hearing) else ()

    def fire(self, state: Mediating, trigger: GiveUp) -> Step[Mediating]:  # noqa: ARG002  # there is one, and while it hears
        return self.end(None, None)

    def survives(self, state: Mediating) -> Iterable[Mediating]:
        return (state,)  # it does not come back

    def view(self, state: Mediating) -> MediatorView:
        return MediatorView(isinstance(state, Over))


# ---- party


@frozen
class Free:
    """Has not stated its position."""


@frozen
class Committed:
    """Has stated its position, or has walked away: either is final."""


@frozen
class Told:
    """Knows what has come of it."""

    result: Result


Negotiating: TypeAlias = Free | Committed | Told


@frozen
class Negotiator(Process[Negotiating, Invite | Result, Never, WalkAway]):
    """States its position when it is asked, or walks away before."""

    position: Position

    def start(self) -> Step[Negotiating]:
        return step(Free())

    def receive(self, state: Negotiating, source: Address, message: Invite | Result) -> Step[Negotiating] | None:
        match state, message:
            case Free(), Invite():
                return step(Committed(), Announce(Stated(self.position)), Send(source, State(self.position)))
            case ((Free() | Committed()), Result() as result):
                return step(Told(result))
            case _:
                return None

    def armed(self, state: Negotiating) -> tuple[WalkAway, ...]:
        return (WalkAway(),) if isinstance(state, Free) else ()

    def fire(self, state: Negotiating, trigger: WalkAway) -> Step[Negotiating]:  # noqa: ARG002  # there is one, and while it is free
        return step(Committed(), Announce(Left()))

    def survives(self, state: Negotiating) -> Iterable[Negotiating]:
        return (state,)

    def view(self, state: Negotiating) -> PartyView:
        return PartyView(isinstance(state, Free), state.result if isinstance(state, Told) else None)


# ---- together

PROCESS: tuple[Clause, ...] = (
    spec.a_party_states_its_position_once_and_stays,
    spec.whoever_is_bound_does_not_walk_away,
    spec.nobody_is_bound_or_gone_in_secret,
    spec.what_is_heard_was_stated,
    spec.it_ends_once,
    spec.no_agreement_after_somebody_walked_away,
    spec.an_agreement_needs_everybody,
    spec.the_last_position_ends_it,
    spec.nobody_talks_with_another,
    spec.in_time_everybody_is_heard,
    spec.it_is_seen_to_be_over,
    spec.nobody_is_told_otherwise,
    spec.what_is_told_is_final,
    spec.everybody_hears_of_it,
    spec.it_ends,
    spec.they_agree,
    spec.somebody_who_is_bound_hears_of_no_agreement,
)
BARGAINED: tuple[Clause, ...] = (*PROCESS, spec.everybody_gains, spec.nothing_is_better_for_all, spec.they_agree_where_all_can_gain)
CHOSEN: tuple[Clause, ...] = (
    *PROCESS,
    spec.everybody_is_content,
    spec.the_best_score_wins,
    spec.something_is_chosen_where_it_can_be,
    spec.everybody_is_told,
)

MEDIATOR = Address("mediator")


def system(
    *positions: Position,
    rule: Rule = by_bargaining,
    network: Network = Network(),
    faults: Faults = Faults(),
    mediator: type[Mediator] = Mediator,
    negotiator: type[Negotiator] = Negotiator,
    promises: tuple[Clause, ...] = BARGAINED,
) -> System[History]:
    """Put a mediator and parties of these positions together."""
    names = addresses("party", len(positions))
    known = Map.of(dict(zip(names, positions, strict=True)))
    parties = {name: negotiator(known[name]) for name in names}
    return System(
        {MEDIATOR: mediator(names, rule), **parties},
        History(known),
        promises,
        network,
        faults,
    )
