"""The mediator is right, and its rule is not the one that is promised."""

from __future__ import annotations

from attrs import evolve

from concordant.refimpl.conflict.mediated_negotiation import BARGAINED, CHOSEN, ByScores, Positions, Rule, by_bargaining, system
from concordant.refimpl.machine import Pitfall
from concordant.spec.conflict.bargaining import Agreed, Disagreed
from concordant.spec.conflict.goal_negotiation import Chosen, Nothing
from concordant.spec.conflict.mediated_negotiation import Position, Run, position
from concordant.spec.conflict.mediated_negotiation import clauses as spec
from concordant.spec.vocabulary import Clause, Map

NAMES = ("party0", "party1")


def first(positions: Positions) -> Run:
    """Agree on the first by name."""
    return Run(by_bargaining(positions).profile, Agreed("a", ("a",)))


def never(positions: Positions) -> Run:
    """Agree on nothing."""
    return Run(by_bargaining(positions).profile, Disagreed())


def talked(positions: Positions) -> Run:
    """Agree as is right, after talks."""
    return Run(by_bargaining(positions).profile, Agreed("a", ("a",), (("a", "a"),)))


SCORES = ByScores(Map.of({"a": 1, "b": 2}))


def first_proposal(positions: Positions) -> Run:
    """Choose the first by name."""
    return Run(SCORES(positions).profile, Chosen("a", ("a",), NAMES))


def untold(positions: Positions) -> Run:
    """Choose as is right, and tell the first alone."""
    return Run(SCORES(positions).profile, Chosen("b", ("b",), NAMES[:1]))


def no_proposal(positions: Positions) -> Run:
    """Choose nothing."""
    return Run(SCORES(positions).profile, Nothing(NAMES))


def wrong(name: str, rule: Rule, mistake: str, breaks: Clause, *positions: Position, length: int) -> Pitfall:
    """Make the pitfall that a mediator of this rule runs into, with two parties of these positions."""
    subject = system(*positions, rule=rule, promises=CHOSEN if positions[0].proposal else BARGAINED)
    return Pitfall(f"mediated_negotiation.{name}", mistake, breaks, subject, length)


PROPOSED = (position(1, 1, proposal="a"), position(1, 1, proposal="b"))

WRONG_RULES = (
    wrong(
        "FirstByName/loses",
        first,
        "All agree on something by which one loses.",
        spec.everybody_gains,
        position(-1, 1),
        position(1, 1),
        length=4,
    ),
    wrong(
        "FirstByName/worse",
        first,
        "All agree on what is worse for all.",
        spec.nothing_is_better_for_all,
        position(1, 2),
        position(1, 2),
        length=4,
    ),
    wrong("Never", never, "All could gain, and do not agree.", spec.they_agree_where_all_can_gain, position(1), position(1), length=4),
    wrong(
        "Talked",
        talked,
        "What was found in talks of two is announced as the mediator's word.",
        spec.nobody_talks_with_another,
        position(1),
        position(1),
        length=4,
    ),
    wrong(
        "FirstProposal/content",
        first_proposal,
        "What is chosen does not content all.",
        spec.everybody_is_content,
        *(evolve(each, least=2) for each in PROPOSED),
        length=4,
    ),
    wrong("FirstProposal", first_proposal, "What is chosen has not the best score.", spec.the_best_score_wins, *PROPOSED, length=4),
    wrong("Untold", untold, "Something is chosen of which not all know.", spec.everybody_is_told, *PROPOSED, length=4),
    wrong(
        "NoProposal",
        no_proposal,
        "Everything contents all, and nothing is chosen.",
        spec.something_is_chosen_where_it_can_be,
        *PROPOSED,
        length=4,
    ),
)
