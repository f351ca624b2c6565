"""What goes wrong with goals: the documents' choice as written, by a function that they do not hold, told to the caller alone; and others."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from concordant.refimpl.conflict.goal_negotiation import choose, choosing, flaw, on_malformed
from concordant.refimpl.machine import Pitfall
from concordant.spec.conflict import goal_negotiation as spec
from concordant.spec.conflict.goal_negotiation import (
    NO_PARTIES,
    NOT_EXACT,
    UNKNOWN_PROPOSAL,
    Chosen,
    Negotiation,
    Nothing,
    Outcome,
    Rule,
)
from concordant.spec.vocabulary import Rejected

# ---- the documents' choice


class Resolver:
    """Calls a method that it does not have."""

    def resolve(self, negotiation: Negotiation) -> Outcome:
        proposals = [(party.name, party.proposal) for party in negotiation.parties]
        name, proposal = max(proposals, key=lambda each: self.evaluate_proposal(each[1]))  # type: ignore[attr-defined]  # that is the mistake
        return Chosen(str(proposal), (str(proposal),), (name,))


def as_written(negotiation: Negotiation) -> Outcome:
    """Choose as the documents do."""
    return Resolver().resolve(negotiation)


def whatever_scores_best(negotiation: Negotiation) -> Outcome:
    """Choose what scores best of all that was proposed, or is nothing, by a function that is there."""
    scores = {party.proposal: negotiation.scores[str(party.proposal)] for party in negotiation.parties}
    best = max(scores, key=lambda name: scores[name])
    return Chosen(str(best), (str(best),), told(negotiation))


def told(negotiation: Negotiation) -> tuple[str, ...]:
    """List all parties."""
    return tuple(sorted(party.name for party in negotiation.parties))


# ---- other rules


def content_or_not(negotiation: Negotiation) -> Outcome:
    """Do not ask whether others are content with what scores best."""
    reason = flaw(negotiation)
    parties = tuple(evolve(party, least=min(party.worth.values())) for party in negotiation.parties) if reason is None else ()
    return reason or choose(evolve(negotiation, parties=parties))


def last_is_not_asked(negotiation: Negotiation) -> Outcome:
    """Do not ask whether the last party by name is content."""
    reason = flaw(negotiation)
    if reason is not None:
        return reason
    last = told(negotiation)[-1]
    parties = (evolve(each, least=min(each.worth.values())) if each.name == last else each for each in negotiation.parties)
    return choose(evolve(negotiation, parties=tuple(parties)))


def changed(change: Callable[[Negotiation, Chosen], Outcome]) -> Rule:
    """Return a rule that tells something else of what is chosen."""

    def rule(negotiation: Negotiation) -> Outcome:
        outcome = choose(negotiation)
        return change(negotiation, outcome) if isinstance(outcome, Chosen) else outcome

    return rule


def caller_alone(negotiation: Negotiation, chosen: Chosen) -> Outcome:
    """Tell only who asks."""
    return evolve(chosen, told=(negotiation.parties[0].name,))


def of_its_own(negotiation: Negotiation, chosen: Chosen) -> Outcome:
    """Choose the first of all that can be proposed."""
    first = negotiation.scores.keys()[0]
    return evolve(chosen, proposal=first, tied=(first,))


def last_of_equals(negotiation: Negotiation, chosen: Chosen) -> Outcome:  # noqa: ARG001
    """Choose the last of equals."""
    return evolve(chosen, proposal=chosen.tied[-1])


def first_proposed(negotiation: Negotiation, chosen: Chosen) -> Outcome:
    """Choose of equals what was proposed first."""
    return evolve(chosen, proposal=next(each.proposal for each in negotiation.parties if each.proposal in chosen.tied))


def alone(negotiation: Negotiation, chosen: Chosen) -> Outcome:  # noqa: ARG001
    """Do not tell that there was a tie."""
    return evolve(chosen, tied=(chosen.proposal,))


def only_if_all_propose(negotiation: Negotiation, chosen: Chosen) -> Outcome:
    """Choose nothing where a party proposes nothing."""
    return Nothing(chosen.told) if any(party.proposal is None for party in negotiation.parties) else chosen


def by_the_first_by_name(negotiation: Negotiation, chosen: Chosen) -> Outcome:
    """Choose of equals what the first party by name proposes."""
    first = min(negotiation.parties, key=lambda party: party.name)
    return evolve(chosen, proposal=first.proposal) if first.proposal in chosen.tied else chosen


def worst(negotiation: Negotiation) -> Outcome:
    """Choose the worst score."""
    reason = flaw(negotiation)
    if reason is not None:
        return reason
    scores = negotiation.scores
    return choose(evolve(negotiation, scores=type(scores).of({name: -score for name, score in scores.items()})))


def nobody_told(negotiation: Negotiation) -> Outcome:
    """Tell nobody that nothing is chosen."""
    outcome = choose(negotiation)
    return Nothing(()) if isinstance(outcome, Nothing) else outcome


def not_looking_for(reason: Rejected) -> Rule:
    """Return a rule that does not look for a flaw."""
    return lambda negotiation: Nothing(()) if flaw(negotiation) == reason else choose(negotiation)


# ---- the pitfalls

OWN, CONTENT = spec.negotiations, spec.two_content_parties

UNDEFINED = Pitfall(
    "CFD-5",
    "The function that evaluates proposals is defined nowhere: every choice is an error.",
    breaks=spec.something_is_chosen_where_it_can_be,
    subject=choosing(OWN, as_written),
    length=8,
    raises=True,
)
CALLER_ALONE = Pitfall(
    "GNG-1",
    "The choice is returned to who asks, and the other parties never hear of it: there is no agreement.",
    breaks=spec.everybody_is_told,
    subject=choosing(CONTENT, changed(caller_alone)),
    length=5,
)
NOTHING_PROPOSED = Pitfall(
    "GNG-2",
    "A party proposes nothing, and that is evaluated like a proposal, which is an error.",
    breaks=spec.something_is_chosen_where_it_can_be,
    subject=choosing(CONTENT, whatever_scores_best),
    length=5,
    raises=True,
)
BELOW_THE_LEAST = Pitfall(
    "GNG-3",
    "The best score decides alone, though the proposal is worth less to a party than the least with which it is content.",
    breaks=spec.everybody_is_content,
    subject=choosing(OWN, content_or_not),
    length=8,
)
LAST_IS_NOT_ASKED = Pitfall(
    "goal_negotiation.LastIsNotAsked",
    "One of the parties is not asked whether it is content.",
    breaks=spec.everybody_is_content,
    subject=choosing(OWN, last_is_not_asked),
    length=8,
)
LAST_IS_NOT_ASKED_CHOSEN = Pitfall(
    "goal_negotiation.LastIsNotAsked/chosen",
    "The same: something is chosen where nothing can be.",
    breaks=spec.something_is_chosen_where_it_can_be,
    subject=choosing(OWN, last_is_not_asked),
    length=8,
)
OF_ITS_OWN = Pitfall(
    "goal_negotiation.OfItsOwn",
    "Something is chosen that nobody has proposed.",
    breaks=spec.only_what_is_proposed_is_chosen,
    subject=choosing(CONTENT, changed(of_its_own)),
    length=5,
)
WORST = Pitfall(
    "goal_negotiation.Worst",
    "The worst score is taken for the best, as where a score is a cost.",
    breaks=spec.the_best_score_wins,
    subject=choosing(CONTENT, worst),
    length=5,
)
LAST_OF_EQUALS = Pitfall(
    "goal_negotiation.LastOfEquals",
    "Of equals the last is chosen.",
    breaks=spec.the_best_score_wins,
    subject=choosing(CONTENT, changed(last_of_equals)),
    length=5,
)
ALONE = Pitfall(
    "goal_negotiation.Alone",
    "Nobody is told that a tie was decided by name.",
    breaks=spec.the_best_score_wins,
    subject=choosing(CONTENT, changed(alone)),
    length=5,
)
FIRST_PROPOSED = Pitfall(
    "goal_negotiation.FirstProposed",
    "Of equals the first that was proposed is chosen.",
    breaks=spec.order_of_parties_is_irrelevant,
    subject=choosing(CONTENT, changed(first_proposed)),
    length=6,
)
BY_THE_FIRST_BY_NAME = Pitfall(
    "goal_negotiation.ByTheFirstByName",
    "Of equals what the first party by name proposes is chosen.",
    breaks=spec.who_proposes_is_irrelevant,
    subject=choosing(CONTENT, changed(by_the_first_by_name)),
    length=6,
)
ONLY_IF_ALL_PROPOSE = Pitfall(
    "goal_negotiation.OnlyIfAllPropose",
    "Nothing is chosen because a party has nothing to propose.",
    breaks=spec.something_is_chosen_where_it_can_be,
    subject=choosing(CONTENT, changed(only_if_all_propose)),
    length=5,
)
NOBODY_TOLD = Pitfall(
    "goal_negotiation.NobodyTold",
    "Where nothing is chosen nobody is told, and all wait.",
    breaks=spec.everybody_is_told,
    subject=choosing(CONTENT, nobody_told),
    length=5,
)
ONE_PARTY = Pitfall(
    "goal_negotiation.NotLookingFor/parties",
    "A party negotiates with itself.",
    breaks=spec.malformed_negotiations_are_rejected,
    subject=on_malformed(not_looking_for(NO_PARTIES)),
    length=2,
)
NO_SCORE = Pitfall(
    "goal_negotiation.NotLookingFor/proposals",
    "Something is proposed of which nobody knows how good it is.",
    breaks=spec.malformed_negotiations_are_rejected,
    subject=on_malformed(not_looking_for(UNKNOWN_PROPOSAL)),
    length=2,
)
INEXACT = Pitfall(
    "goal_negotiation.NotLookingFor/amounts",
    "A score is no amount.",
    breaks=spec.malformed_negotiations_are_rejected,
    subject=on_malformed(not_looking_for(NOT_EXACT)),
    length=3,
)
