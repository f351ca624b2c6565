"""Choosing among proposals: a pure function from what parties propose and accept to what is chosen, and who is told."""

from __future__ import annotations

from collections.abc import Callable

from concordant.refimpl.machine import Mechanism
from concordant.spec.conflict.goal_negotiation import (
    CLAUSES,
    NO_PARTIES,
    NOT_EXACT,
    UNKNOWN_PROPOSAL,
    Chosen,
    Negotiation,
    Nothing,
    Outcome,
    Rule,
    malformed,
    malformed_negotiations_are_rejected,
)
from concordant.spec.vocabulary import Amount, Draw, Rejected, is_amount


def choose(negotiation: Negotiation) -> Outcome:
    """Choose the proposal with the best score, of those with which all are content, and tell everybody."""
    reason = flaw(negotiation)
    if reason is not None:
        return reason
    told = tuple(sorted(party.name for party in negotiation.parties))
    scores = acceptable(negotiation)
    if not scores:
        return Nothing(told)
    best = max(scores.values())
    tied = tuple(sorted(name for name, score in scores.items() if score == best))
    return Chosen(tied[0], tied, told)


def acceptable(negotiation: Negotiation) -> dict[str, Amount]:
    """Return the scores of proposals with which all are content."""
    proposals = {party.proposal: None for party in negotiation.parties if party.proposal is not None}
    return {name: negotiation.scores[name] for name in proposals if all(party.least <= party.worth[name] for party in negotiation.parties)}


def flaw(negotiation: Negotiation) -> Rejected | None:
    """Return why a negotiation is refused; None where it is not."""
    parties = negotiation.parties
    if len({party.name for party in parties}) < max(2, len(parties)):
        return NO_PARTIES
    made = [party.proposal for party in parties if party.proposal is not None]
    if not all(name in known for name in made for known in (negotiation.scores, *(party.worth for party in parties))):
        return UNKNOWN_PROPOSAL
    amounts = [*negotiation.scores.values(), *(amount for party in parties for amount in (party.least, *party.worth.values()))]
    return None if all(map(is_amount, amounts)) else NOT_EXACT


def choosing(negotiations: Callable[[Draw], Negotiation], rule: Rule = choose) -> Mechanism[Negotiation, Outcome]:
    """Return a rule on some negotiations, with all that is promised of it."""
    return Mechanism(rule, negotiations, CLAUSES)


def on_malformed(rule: Rule = choose) -> Mechanism[Negotiation, Outcome]:
    """Return a rule on negotiations with a flaw."""
    return Mechanism(rule, malformed, (malformed_negotiations_are_rejected,))
