"""What a mediated negotiation promises: of positions, of its end, and what its rule promises."""

from __future__ import annotations

from concordant.spec.common import calls as common
from concordant.spec.conflict import bargaining, goal_negotiation
from concordant.spec.conflict.mediated_negotiation import (
    Ended,
    Heard,
    History,
    Left,
    MediatorView,
    PartyView,
    Stated,
    agreed_in,
    negotiations,
    positions_in,
    problems,
)
from concordant.spec.vocabulary import (
    Address,
    Cases,
    Fair,
    Fault,
    Map,
    Need,
    Seen,
    always,
    always_each,
    at_rest,
    case,
    eventually,
    every_step,
    obeys,
    on_event,
    sometimes,
)

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH

# ---- clauses: positions


@on_event(Stated, under=ALL)
def a_party_states_its_position_once_and_stays(before: History, by: Address, event: Stated) -> Cases:
    """A party states its own position, once, and not when it has walked away."""
    free = by not in before.stated | before.left
    yield case(free and event.position == before.positions[by], party=by, states=event.position, stated=before.stated, left=before.left)


@on_event(Left, under=ALL)
def whoever_is_bound_does_not_walk_away(before: History, by: Address, event: Left) -> Cases:  # noqa: ARG001
    """A party walks away only where it has not stated its position."""
    yield case(by not in before.stated, party=by, stated=before.stated)


@always_each(PartyView, under=ALL)
def nobody_is_bound_or_gone_in_secret(view: PartyView, party: Address, history: History) -> Cases:
    """Until it knows the outcome a party is free as long as it has neither stated its position nor walked away, and no longer."""
    if view.told is None:
        free = party not in history.stated | history.left
        yield case(view.free == free, party=party, free=view.free, stated=history.stated, left=history.left)


@on_event(Heard, under=ALL)
def what_is_heard_was_stated(before: History, by: Address, event: Heard) -> Cases:  # noqa: ARG001
    """A position that is heard is one that its party has stated, is heard once, and before the end."""
    new = event.party in before.stated and event.party not in before.heard and not before.ends
    yield case(new and event.position == before.positions[event.party], heard=event, stated=before.stated, ends=before.ends)


# ---- clauses: the end
# That it ends, once, and is told truly and for good stands in `clock_auction`, too; there it is said why it is not shared.


@on_event(Ended, under=ALL)
def it_ends_once(before: History, by: Address, event: Ended) -> Cases:  # noqa: ARG001
    """There is one end, and so one outcome at most."""
    yield case(not before.ends, before=before.ends)


@on_event(Ended, under=ALL)
def no_agreement_after_somebody_walked_away(before: History, by: Address, event: Ended) -> Cases:  # noqa: ARG001
    """If anybody has walked away, whether the mediator knows it or not, there is no agreement."""
    if before.left:
        yield case(event.agreed is None, left=before.left, agreed=event.agreed)


@on_event(Ended, under=ALL)
def an_agreement_needs_everybody(before: History, by: Address, event: Ended) -> Cases:  # noqa: ARG001
    """Where all were heard, what the rule makes of what they have stated is agreed on; and nothing where not all were."""
    heard = Map.of({str(party): position for party, position in before.heard.items()})
    if len(heard) < len(before.positions):
        yield case(event == Ended(None, None), heard=heard, ended=event)
    else:
        runs = event.run is not None and positions_in(event.run.profile) == heard and agreed_in(event.run.outcome) == event.agreed
        yield case(runs, heard=heard, ended=event)


@always(under=ALL)
def the_last_position_ends_it(seen: Seen[History]) -> Cases:
    """Once all are heard there is an outcome, though no time passes."""
    if seen.history.heard:
        missing = tuple(party for party in seen.history.positions if party not in seen.history.heard)
        yield case(bool(missing or seen.history.ends), heard=seen.history.heard)


@always(under=ALL)
def nobody_talks_with_another(seen: Seen[History]) -> Cases:
    """Parties speak with the mediator alone: there are no talks in what its rule finds."""
    for _, outcome in problems(seen.history):
        if isinstance(outcome, bargaining.Agreed):
            yield case(not outcome.talks, talks=outcome.talks)


@on_event(Ended, needs=Need.TIMELY)
def in_time_everybody_is_heard(before: History, by: Address, event: Ended) -> Cases:  # noqa: ARG001
    """If messages arrive in time, it ends by the rule, which all positions reach."""
    yield case(event.run is not None, heard=before.heard, ended=event)


@always_each(MediatorView, under=ALL)
def it_is_seen_to_be_over(view: MediatorView, mediator: Address, history: History) -> Cases:
    """A mediator shows that the negotiation is over when it has ended, and not before."""
    yield case(view.over == bool(history.ends), mediator=mediator, over=view.over, ends=history.ends)


@always_each(PartyView, under=ALL)
def nobody_is_told_otherwise(view: PartyView, party: Address, history: History) -> Cases:
    """What a party knows of the outcome is what has come of it, so that all know the same."""
    if view.told is not None:
        yield case(view.told.agreed in [end.agreed for end in history.ends], party=party, told=view.told, ends=history.ends)


@every_step(PartyView, under=ALL)
def what_is_told_is_final(before: PartyView, after: PartyView) -> Cases:
    """Whoever knows the outcome keeps it."""
    yield from common.final(before.told, after.told)


@at_rest(under=Fault.DUPLICATION)
def everybody_hears_of_it(seen: Seen[History]) -> Cases:
    """At rest every party knows the outcome, also one that has walked away, if no message is lost."""
    uninformed = tuple(party for party, view in seen.views(PartyView).items() if view.told is None)
    yield case(not uninformed, uninformed=uninformed)


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=ALL)
def it_ends(seen: Seen[History]) -> Cases:
    """The negotiation ends, whoever is silent, unless the mediator has stopped."""
    for mediator in seen.views(MediatorView):
        yield case(bool(seen.history.ends) or not seen.up(mediator))


# ---- clauses: what the rules promise, of every run

everybody_gains = obeys(bargaining.everybody_gains, problems, under=ALL)
nothing_is_better_for_all = obeys(bargaining.nothing_is_better_for_all, problems, under=ALL)
they_agree_where_all_can_gain = obeys(bargaining.they_agree_where_all_can_gain, problems, under=ALL)
everybody_is_content = obeys(goal_negotiation.everybody_is_content, negotiations, under=ALL)
the_best_score_wins = obeys(goal_negotiation.the_best_score_wins, negotiations, under=ALL)
something_is_chosen_where_it_can_be = obeys(goal_negotiation.something_is_chosen_where_it_can_be, negotiations, under=ALL)
everybody_is_told = obeys(goal_negotiation.everybody_is_told, negotiations, under=ALL)

# ---- what can happen


@sometimes
def they_agree(seen: Seen[History]) -> Cases:
    """All are heard, and agree."""
    yield case(any(end.agreed is not None for end in seen.history.ends))


@sometimes
def somebody_who_is_bound_hears_of_no_agreement(seen: Seen[History]) -> Cases:
    """A party has stated its position, and another has walked away."""
    yield case(bool(seen.history.stated) and bool(seen.history.left) and bool(seen.history.ends))
