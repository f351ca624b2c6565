"""What a multi-attribute auction promises."""

from __future__ import annotations

from attrs import evolve

from concordant.spec.auctions.multi_attribute_auction import (
    REJECTED,
    Award,
    Criterion,
    Offer,
    Outcome,
    Rule,
    Tender,
    acceptable,
    offer_of,
    score,
    winner,
    won,
)
from concordant.spec.vocabulary import Amount, Cases, Draw, Map, Rejected, case, for_all, is_amount, rejection, relates

# ---- clauses about one run


@for_all
def scores_are_as_published(tender: Tender, outcome: Outcome) -> Cases:
    """Every acceptable offer, and no other, is scored by the published terms alone."""
    if isinstance(outcome, Award):
        for offer in tender.offers:
            right = score(tender, offer) if acceptable(tender, offer) else None
            yield case(outcome.scores.get(offer.seller) == right, offer=offer, score=right, scores=outcome.scores)


@for_all
def scores_are_between_0_and_1(tender: Tender, outcome: Outcome) -> Cases:  # noqa: ARG001  # the shape of every such clause
    """No score is below 0 or above 1."""
    if isinstance(outcome, Award):
        for seller, each in outcome.scores.items():
            yield case(is_amount(each) and 0 <= each <= 1, seller=seller, score=each)


@for_all
def the_best_score_wins(tender: Tender, outcome: Outcome) -> Cases:  # noqa: ARG001  # as above
    """All with the best score are named, in the order of their names, and the first of them wins."""
    if isinstance(outcome, Award):
        best = max(outcome.scores.values())
        tied = tuple(sorted(seller for seller, each in outcome.scores.items() if each == best))
        yield case(outcome.tied == tied and outcome.winner == tied[0], winner=outcome.winner, told=outcome.tied, tied=tied)


@for_all
def awarded_if_an_offer_is_acceptable(tender: Tender, outcome: Outcome) -> Cases:
    """There is a winner if, and only if, an offer is acceptable."""
    if not isinstance(outcome, Rejected):
        yield case(isinstance(outcome, Award) == any(acceptable(tender, offer) for offer in tender.offers), outcome=outcome)


@for_all
def individually_rational(tender: Tender, outcome: Outcome) -> Cases:
    """The winner is paid at least what it asks, and never more than the worst cost that is acceptable."""
    for offer, price in won(tender, outcome):
        fair = is_amount(price) and offer.cost <= price <= tender.cost.worst
        yield case(fair, offer=offer, price=price)


@for_all
def price_is_what_the_winner_asks(tender: Tender, outcome: Outcome) -> Cases:
    """The winner is paid what it asks."""
    for offer, price in won(tender, outcome):
        yield case(price == offer.cost, offer=offer, price=price)


@for_all
def price_is_the_most_with_which_it_would_have_won(tender: Tender, outcome: Outcome) -> Cases:
    """Had it asked what it is paid, the winner's score would have been the second best; or it is paid the worst acceptable cost.

    With `the_best_score_wins` that makes it best to ask one's cost: what the winner is paid does not depend on what it asks.
    """
    for offer, price in won(tender, outcome):
        others = [score(tender, each) for each in tender.offers if each.seller != offer.seller and acceptable(tender, each)]
        second, would_score = max((0, *others)), score(tender, evolve(offer, cost=price))
        enough = would_score >= second if price == tender.cost.worst else would_score == second
        yield case(enough, price=price, would_score=would_score, second=second)


@for_all
def malformed_tenders_are_rejected(tender: Tender, outcome: Outcome) -> Cases:
    """A tender is rejected if, and only if, it breaks a rule, and with the reason of the first that it breaks."""
    yield from rejection(REJECTED, tender, outcome)


# ---- clauses about several runs


@relates
def a_loser_decides_nothing(rule: Rule, tender: Tender, draw: Draw) -> Cases:
    """Without the offer of a loser the same seller wins: irrelevant alternatives are irrelevant."""
    outcome = rule(tender)
    if isinstance(outcome, Award):
        losers = tuple(offer.seller for offer in tender.offers if offer.seller != outcome.winner)
        if losers:
            loser = draw.one_of("who withdraws", losers)
            without = rule(evolve(tender, offers=tuple(offer for offer in tender.offers if offer.seller != loser)))
            yield case(winner(without) == outcome.winner, loser=loser, outcome=outcome, without=without)


@relates
def a_better_offer_still_wins(rule: Rule, tender: Tender, draw: Draw) -> Cases:
    """Who wins would also have won with a lower cost, or with more of a quality of which more is better."""
    outcome = rule(tender)
    for offer, _ in won(tender, outcome):
        improved = draw.one_of("what is better", ("the cost", *(name for name, each in tender.qualities.items() if each.best > each.worst)))
        if improved == "the cost":
            better = evolve(offer, cost=draw.amount("the lower cost", at_most=offer.cost))
        else:
            better = evolve(offer, qualities=offer.qualities.change(improved, lambda value: value + draw.amount("so much more")))
        again = rule(evolve(tender, offers=tuple(better if each.seller == offer.seller else each for each in tender.offers)))
        yield case(winner(again) == offer.seller, outcome=outcome, better=better, again=again)


@relates
def order_of_offers_is_irrelevant(rule: Rule, tender: Tender, draw: Draw) -> Cases:
    """Whoever comes earlier gains nothing by it."""
    place = draw.one_of("moved to the front", range(len(tender.offers)))
    moved = (tender.offers[place], *tender.offers[:place], *tender.offers[place + 1 :])
    yield case(rule(evolve(tender, offers=moved)) == rule(tender), moved=tender.offers[place])


def sellers(tender: Tender) -> tuple[str, ...]:
    """List who makes an offer."""
    return tuple(offer.seller for offer in tender.offers)


def utility(tender: Tender, agent: str, outcome: Outcome) -> Amount:
    """Return what the outcome is worth to a seller whose cost is the one that it states in the tender."""
    offer = offer_of(tender, agent)
    return outcome.price - offer.cost if isinstance(outcome, Award) and outcome.winner == agent and offer is not None else 0


def misreport(tender: Tender, agent: str, draw: Draw) -> Tender:
    """Draw another offer of one seller: any cost, and nothing better than it can deliver."""
    cost = draw.amount("the cost claimed")
    offers = (
        Offer(agent, cost, Map.of({name: promised(draw, name, tender.qualities[name], real) for name, real in each.qualities.items()}))
        if each.seller == agent
        else each
        for each in tender.offers
    )
    return evolve(tender, offers=tuple(offers))


def promised(draw: Draw, quality: str, criterion: Criterion, real: Amount) -> Amount:
    """Draw what is promised of a quality: no more than there is, or no less, where less is better."""
    if criterion.best > criterion.worst:
        return draw.amount(f"{quality} promised", at_most=real)
    return real + draw.amount(f"{quality} promised, beyond what it is")
