"""Choosing among proposals, what parties propose in and what is chosen out."""

from __future__ import annotations

import pytest

from concordant.pitfalls.conflict.goal_negotiation import as_written, whatever_scores_best
from concordant.refimpl.conflict.goal_negotiation import choose
from concordant.spec.conflict.goal_negotiation import (
    NO_PARTIES,
    NOT_EXACT,
    UNKNOWN_PROPOSAL,
    Chosen,
    Negotiation,
    Nothing,
    Outcome,
    Party,
    order_of_parties_is_irrelevant,
    who_proposes_is_irrelevant,
)
from concordant.spec.vocabulary import Amount, Map, Recorded, Rejected

SCORES = {"cut": 1, "grow": 3, "keep": 3}


def party(name: str, proposal: str | None, cut: Amount = 0, grow: Amount = 0, keep: Amount = 0, least: Amount = 0) -> Party:
    return Party(name, proposal, Map.of({"cut": cut, "grow": grow, "keep": keep}), least)


def among(*parties: Party, scores: dict[str, Amount] | None = None) -> Negotiation:
    return Negotiation(parties, Map.of(SCORES if scores is None else scores))


@pytest.mark.parametrize(
    ("negotiation", "outcome"),
    [
        (among(party("bob", "cut"), party("ann", "grow")), Chosen("grow", ("grow",), ("ann", "bob"))),
        (among(party("bob", "keep"), party("ann", "grow")), Chosen("grow", ("grow", "keep"), ("ann", "bob"))),
        (among(party("bob", "cut"), party("ann", "grow", cut=2, grow=1, least=2)), Chosen("cut", ("cut",), ("ann", "bob"))),
        (among(party("bob", "cut"), party("ann", None)), Chosen("cut", ("cut",), ("ann", "bob"))),
        (among(party("bob", "cut"), party("ann", "cut")), Chosen("cut", ("cut",), ("ann", "bob"))),
        (among(party("bob", "cut"), party("ann", "grow", least=1)), Nothing(("ann", "bob"))),
        (among(party("bob", None), party("ann", None)), Nothing(("ann", "bob"))),
    ],
)
def test_of_what_all_can_accept_the_best_score_wins_and_all_are_told(negotiation: Negotiation, outcome: Outcome) -> None:
    assert choose(negotiation) == outcome


@pytest.mark.parametrize(
    ("negotiation", "reason"),
    [
        (among(), NO_PARTIES),
        (among(party("ann", "cut")), NO_PARTIES),
        (among(party("ann", "cut"), party("bob", "cut"), party("ann", "cut")), NO_PARTIES),
        (among(party("ann", "sell"), party("bob", "cut")), UNKNOWN_PROPOSAL),
        (among(party("ann", "keep"), party("bob", "cut"), scores={"cut": 1}), UNKNOWN_PROPOSAL),
        (among(party("ann", "keep"), Party("bob", "cut", Map.of({"cut": 1}), 0)), UNKNOWN_PROPOSAL),
        (among(party("ann", "keep"), party("bob", "cut", least=True)), NOT_EXACT),
        (among(party("ann", "keep"), party("bob", "cut", grow=True)), NOT_EXACT),
        (among(party("ann", "keep"), party("bob", "cut"), scores={**SCORES, "cut": True}), NOT_EXACT),
    ],
)
def test_each_rule_of_a_negotiation_has_its_reason(negotiation: Negotiation, reason: Rejected) -> None:
    assert choose(negotiation) == reason


def test_as_the_documents_are_written_every_choice_is_an_error_and_so_is_nothing_proposed() -> None:
    with pytest.raises(AttributeError, match="'Resolver' object has no attribute 'evaluate_proposal'"):
        as_written(among(party("ann", "cut"), party("bob", "keep")))
    with pytest.raises(KeyError, match="None"):
        whatever_scores_best(among(party("ann", "cut"), party("bob", None)))
    assert whatever_scores_best(among(party("ann", "cut"), party("bob", "keep"))) == Chosen("keep", ("keep",), ("ann", "bob"))


def test_of_too_few_parties_nothing_is_said_of_their_order() -> None:
    assert list(order_of_parties_is_irrelevant.cases(choose, among(), Recorded({}))) == []
    assert list(who_proposes_is_irrelevant.cases(choose, among(party("ann", "cut")), Recorded({}))) == []
