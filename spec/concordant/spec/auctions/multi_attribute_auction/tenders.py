"""The tenders on which multi-attribute auctions are judged."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

from attrs import evolve

from concordant.spec.auctions.multi_attribute_auction import Criterion, Offer, Tender
from concordant.spec.auctions.multi_attribute_auction import clauses as spec
from concordant.spec.common.names import some_names
from concordant.spec.common.no_amounts import NO_AMOUNTS, perhaps
from concordant.spec.vocabulary import Amount, Domain, Draw, Map, ratio

HALF = Fraction(1, 2)
QUALITY, DELAY = "quality", "delay"

TERMS: Map[str, tuple[Criterion, Map[str, Criterion]]] = Map.of(
    {
        "cost and quality": (Criterion(HALF, 2, 0), Map.of({QUALITY: Criterion(HALF, 0, 2)})),
        "some quality is required": (Criterion(Fraction(1, 3), 2, 1), Map.of({QUALITY: Criterion(Fraction(2, 3), 1, 2)})),
        "cost alone": (Criterion(1, 2, 0), Map()),
        "delay alone": (Criterion(0, 1, HALF), Map.of({DELAY: Criterion(1, 1, 0)})),
    }
)
"""Ways to score, by name."""


def tenders(draw: Draw, sellers: int, terms: tuple[str, ...] = TERMS.keys()) -> Tender:
    """Draw a tender with up to so many sellers, on one of these terms."""
    return tender_of(draw, draw.one_of("sellers", range(1, sellers + 1)), terms)


def tender_of(draw: Draw, sellers: int, terms: tuple[str, ...] = TERMS.keys()) -> Tender:
    """Draw a tender with so many sellers."""
    cost, qualities = TERMS[draw.one_of("terms", terms)]
    names = tuple(f"seller{number}" for number in range(sellers))
    return Tender(cost, qualities, tuple(offered(draw, name, qualities.keys()) for name in names))


def offered(draw: Draw, seller: str, qualities: tuple[str, ...]) -> Offer:
    """Draw an offer."""
    cost = draw.amount(f"cost of {seller}")
    return Offer(seller, cost, Map.of({quality: draw.amount(f"{quality} of {seller}") for quality in qualities}))


def tenders_in_any_order(draw: Draw, sellers: int) -> Tender:
    """Draw a tender whose offers came in any order of the sellers' names."""
    tender = tenders(draw, sellers, ("cost alone",))
    order = draw.one_of("order", tuple(permutations(range(len(tender.offers)))))
    return evolve(tender, offers=tuple(tender.offers[place] for place in order))


def tenders_at_large(draw: Draw) -> Tender:
    """Draw a tender with up to six sellers of any names and up to two qualities, one of which is better the less there is of it."""
    listed = draw.one_of("qualities", ((), (QUALITY,), (QUALITY, DELAY)))
    parts: tuple[int, ...] = (1, *(draw.one_of(f"parts of {name}", range(4)) for name in listed))
    whole: Amount = sum(parts)
    cheapest = draw.amount("the best cost")
    cost = Criterion(ratio(parts[0], whole), cheapest + 1 + draw.amount("worst cost, beyond 1"), cheapest)
    qualities = {}
    for name, part in zip(listed, parts[1:], strict=True):
        low = draw.amount(f"least {name}")
        high = low + 1 + draw.amount(f"most {name}, beyond 1")
        worst, best = (low, high) if name == QUALITY else (high, low)
        qualities[name] = Criterion(ratio(part, whole), worst, best)
    offers = tuple(offered(draw, name, tuple(sorted(listed))) for name in some_names(draw, "seller", 1, 6))
    return Tender(cost, Map.of(qualities), offers)


FLAWS = (
    "no offer",
    "a seller twice",
    "a quality is missing",
    "a quality too many",
    "a cost",
    "a quality",
    "the weight of the cost",
    "the worst quality",
    "the best quality",
    "no range",
    "dear is better",
    "no range of costs",
    "weights of more than 1",
    "weights of less than 1",
)


def malformed(draw: Draw, flaws: tuple[str, ...] = FLAWS, kinds: tuple[str, ...] = tuple(NO_AMOUNTS)) -> Tender:
    """Draw a tender of two sellers with one of these flaws; where an amount is none, one of these kinds."""
    sound = tender_of(draw, 2, ("cost and quality",))
    first, second = sound.offers
    quality = sound.qualities[QUALITY]
    match draw.one_of("flaw", flaws):
        case "no offer":
            return evolve(sound, offers=())
        case "a seller twice":
            return evolve(sound, offers=(first, second, evolve(second, cost=draw.amount("another cost"))))
        case "a quality is missing":
            return evolve(sound, offers=(evolve(first, qualities=Map()), second))
        case "a quality too many":
            return evolve(sound, offers=(first, evolve(second, qualities=second.qualities.put(DELAY, 1))))
        case "a cost":
            return evolve(sound, offers=(evolve(first, cost=no_amount(draw, kinds)), second))
        case "a quality":
            return evolve(sound, offers=(first, evolve(second, qualities=Map.of({QUALITY: no_amount(draw, kinds)}))))
        case "the weight of the cost":
            return evolve(sound, cost=evolve(sound.cost, weight=no_amount(draw, kinds)))
        case "the worst quality":
            return evolve(sound, qualities=Map.of({QUALITY: evolve(quality, worst=no_amount(draw, kinds))}))
        case "the best quality":
            return evolve(sound, qualities=Map.of({QUALITY: evolve(quality, best=no_amount(draw, kinds))}))
        case "no range":
            return evolve(sound, qualities=Map.of({QUALITY: evolve(quality, worst=quality.best)}))
        case "dear is better":
            return evolve(sound, cost=evolve(sound.cost, worst=1, best=1 + HALF))
        case "no range of costs":
            return evolve(sound, cost=evolve(sound.cost, worst=1, best=1))
        case "weights of more than 1":
            return evolve(sound, cost=evolve(sound.cost, weight=1))
        case _:
            return evolve(sound, cost=evolve(sound.cost, weight=0))


def no_amount(draw: Draw, kinds: tuple[str, ...]) -> Amount:
    """Draw what is no amount."""
    wrong: Amount = NO_AMOUNTS[draw.one_of("it is", kinds)]
    return wrong


def careless(draw: Draw) -> Tender:
    """Draw a tender with any flaws, or none: what is told is the first."""
    weights: tuple[Amount, ...] = (HALF, HALF, 1)
    cost = Criterion(draw.one_of("weight of the cost", weights), perhaps(draw, "the worst cost"), 0)
    offers = tuple(
        Offer(
            draw.one_of(f"seller {place}", ("ann", "bob", "cid")),
            perhaps(draw, f"cost {place}"),
            Map.of({name: perhaps(draw, f"quality {place}") for name in draw.one_of(f"qualities {place}", ((QUALITY,), (QUALITY,), ()))}),
        )
        for place in range(draw.one_of("offers", range(4)))
    )
    return Tender(cost, Map.of({QUALITY: Criterion(HALF, 0, perhaps(draw, "the best quality"))}), offers)


TENDERS = Domain(tenders, malformed, spec.malformed_tenders_are_rejected, spec.sellers, spec.misreport, spec.utility)
truthful_offers = TENDERS.truthful

CLAUSES = (
    spec.malformed_tenders_are_rejected,
    spec.scores_are_as_published,
    spec.scores_are_between_0_and_1,
    spec.the_best_score_wins,
    spec.awarded_if_an_offer_is_acceptable,
    spec.individually_rational,
    spec.a_loser_decides_nothing,
    spec.a_better_offer_still_wins,
    spec.order_of_offers_is_irrelevant,
)
FIRST_SCORE = (*CLAUSES, spec.price_is_what_the_winner_asks)
SECOND_SCORE = (*CLAUSES, spec.price_is_the_most_with_which_it_would_have_won, truthful_offers)
