"""What goes wrong with alternating offers: other ways to divide, which somebody would gain by refusing, and slips."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from concordant.refimpl.conflict.alternating_offers import ALTERNATING_OFFERS, OF_SEVERAL, by_turns, flaw
from concordant.refimpl.machine import Pitfall
from concordant.spec.conflict import alternating_offers as spec
from concordant.spec.conflict.alternating_offers import NO_DISCOUNT, NO_PARTNER, NO_ROUND, NOT_EVERYBODY, Agreed, Outcome, Rule, Talks
from concordant.spec.vocabulary import Amount, Map, Rejected, ratio

Offer = Map[str, Amount]


def each_round(offered: Callable[[Talks, str, Offer], Offer]) -> Rule:
    """Return a rule that goes backwards, too, and offers something else. What would be offered a round later is nothing at all after the last."""

    def rule(talks: Talks) -> Outcome:
        reason = flaw(talks)
        if reason is not None:
            return reason
        offers: tuple[Offer, ...] = ()
        later: Offer = Map.of(dict.fromkeys(talks.agents, 0))
        for place in reversed(range(talks.rounds)):
            later = offered(talks, spec.offering(talks, place), later)
            offers = (later, *offers)
        return Agreed(offers)

    return rule


def takes_all(talks: Talks, offering: str, later: Offer) -> Offer:  # noqa: ARG001
    """Offer nothing to anybody, as in the last round."""
    return Map.of({agent: 1 if agent == offering else 0 for agent in talks.agents})


def equal_parts(talks: Talks, offering: str, later: Offer) -> Offer:  # noqa: ARG001
    """Offer everybody as much."""
    return Map.of(dict.fromkeys(talks.agents, ratio(1, len(talks.agents))))


def what_they_would_get(talks: Talks, offering: str, later: Offer) -> Offer:
    """Offer the others what they would get a round later, though it is worth less to them by then."""
    return the_rest(talks, offering, {agent: later[agent] for agent in talks.agents if agent != offering})


def by_its_own_discount(talks: Talks, offering: str, later: Offer) -> Offer:
    """Take it that others are as patient as whoever offers."""
    own = talks.discounts[offering]
    return the_rest(talks, offering, {agent: own * later[agent] for agent in talks.agents if agent != offering})


def keeps_its_discount(talks: Talks, offering: str, later: Offer) -> Offer:
    """Keep what waiting would bring, too, and give nobody the rest."""
    return Map.of(
        {agent: talks.discounts[agent] * later[agent] if sum(later.values()) else int(agent == offering) for agent in talks.agents}
    )


def gives_in(talks: Talks, offering: str, later: Offer) -> Offer:
    """Offer the others what is worth nothing to whoever offers, once there is a round to come."""
    others = [agent for agent in talks.agents if agent != offering]
    return takes_all(talks, others[0], later) if sum(later.values()) else takes_all(talks, offering, later)


def the_rest(talks: Talks, offering: str, others: dict[str, Amount]) -> Offer:
    """Keep what others are not offered."""
    return Map.of({agent: others[agent] if agent != offering else 1 - sum(others.values()) for agent in talks.agents})


def takes_more_than_all(talks: Talks, offering: str, later: Offer) -> Offer:  # noqa: ARG001
    """Take twice what there is, and let the first of the others bring it."""
    first = next(agent for agent in talks.agents if agent != offering)
    return Map.of({agent: {offering: 2, first: -1}.get(agent, 0) for agent in talks.agents})


def gives_what_it_keeps(talks: Talks, offering: str, later: Offer) -> Offer:  # noqa: ARG001
    """Keep all, and promise all to another."""
    first = next(agent for agent in talks.agents if agent != offering)
    return Map.of({agent: 1 if agent in (offering, first) else 0 for agent in talks.agents})


def with_a_stranger(talks: Talks, offering: str, later: Offer) -> Offer:
    """Offer nothing to somebody who does not talk."""
    return takes_all(talks, offering, later).put("a stranger", 0)


def without_whom_it_gives_nothing(talks: Talks, offering: str, later: Offer) -> Offer:  # noqa: ARG001
    """Leave out whoever is offered nothing."""
    return Map.of({offering: 1})


def kind_to_the_last(talks: Talks, offering: str, later: Offer) -> Offer:
    """Offer the last that is listed what it would get a round later, and the others what that is worth to them, in all rounds but the first."""
    others = {agent: talks.discounts[agent] * later[agent] for agent in talks.agents if agent != offering}
    last = talks.agents[-1]
    if last in others and offering != talks.agents[0]:
        others[last] = later[last]
    return the_rest(talks, offering, others)


def endless(talks: Talks) -> Outcome:
    """Offer of two what would be offered if there were no last round, where that is something."""
    outcome = by_turns(talks)
    if isinstance(outcome, Rejected) or len(talks.agents) > 2:
        return outcome
    own, others = (talks.discounts[agent] for agent in talks.agents)
    if own * others == 1:
        return outcome
    share = ratio(1 - others, 1 - own * others)
    return evolve(outcome, offers=(Map.of({talks.agents[0]: share, talks.agents[1]: 1 - share}), *outcome.offers[1:]))


def told_so_far(talks: Talks) -> Outcome:
    """Tell only what they agree on."""
    outcome = by_turns(talks)
    return Agreed(outcome.offers[:1]) if isinstance(outcome, Agreed) else outcome


def told_too_much(talks: Talks) -> Outcome:
    """Tell of a round after the last, in which nobody gets anything else."""
    outcome = by_turns(talks)
    return Agreed((*outcome.offers, outcome.offers[-1])) if isinstance(outcome, Agreed) else outcome


def turns_by_name(talks: Talks) -> Outcome:
    """Let agents take turns by name."""
    return by_turns(evolve(talks, agents=tuple(sorted(talks.agents))))


def impatience_pays(talks: Talks) -> Outcome:
    """Take a discount for what is lost by waiting."""
    reason = flaw(talks)
    return reason or by_turns(evolve(talks, discounts=Map.of({agent: 1 - part for agent, part in talks.discounts.items()})))


def the_same_begins(talks: Talks) -> Outcome:
    """Let the last that is listed begin where the number of rounds is even, so that the first offers last."""
    reason = flaw(talks)
    if reason is not None or talks.rounds % 2:
        return reason or by_turns(talks)
    return by_turns(evolve(talks, agents=(talks.agents[-1], *talks.agents[:-1])))


def not_looking_for(reason: Rejected) -> Rule:
    """Return a rule that does not look for a flaw, and agrees on nothing where it is there."""
    return lambda talks: Agreed(()) if flaw(talks) == reason else by_turns(talks)


TAKES_ALL = Pitfall(
    "alternating_offers.TakesAll",
    "Whoever offers takes all, as if there were no round to come.",
    breaks=spec.nobody_gains_by_refusing,
    subject=ALTERNATING_OFFERS.replaced_by(each_round(takes_all)).on(2, 2),
    length=3,
)
EQUAL_PARTS = Pitfall(
    "alternating_offers.EqualParts",
    "Everybody is offered as much, also by whoever could keep all.",
    breaks=spec.the_last_to_offer_would_keep_all,
    subject=ALTERNATING_OFFERS.replaced_by(each_round(equal_parts)).on(2, 2),
    length=3,
)
WHAT_THEY_WOULD_GET = Pitfall(
    "alternating_offers.WhatTheyWouldGet",
    "Others are offered what they would get a round later, though they would take less now.",
    breaks=spec.nobody_gains_by_offering_less,
    subject=ALTERNATING_OFFERS.replaced_by(each_round(what_they_would_get)).on(2, 2),
    length=3,
)
BY_ITS_OWN_DISCOUNT = Pitfall(
    "alternating_offers.ByItsOwnDiscount",
    "Whoever offers takes the others for as patient as itself, and offers a patient one too little.",
    breaks=spec.nobody_gains_by_refusing,
    subject=ALTERNATING_OFFERS.replaced_by(each_round(by_its_own_discount)).on(2, 2),
    length=3,
)
PATIENCE_UNPAID = Pitfall(
    "alternating_offers.ByItsOwnDiscount/patience",
    "The same: the more patient the first is, the more it gives the other.",
    breaks=spec.of_two_patience_pays,
    subject=ALTERNATING_OFFERS.replaced_by(each_round(by_its_own_discount)).on(2, 2),
    length=5,
)
KEEPS_ITS_DISCOUNT = Pitfall(
    "alternating_offers.KeepsItsDiscount",
    "Everybody is offered what waiting is worth to it, and what is left goes to nobody.",
    breaks=spec.everything_is_divided,
    subject=OF_SEVERAL.replaced_by(each_round(keeps_its_discount)).on(3, 2),
    length=4,
)
TAKES_MORE = Pitfall(
    "alternating_offers.TakesMoreThanAll",
    "Whoever offers asks others to add to the pie.",
    breaks=spec.everything_is_divided,
    subject=OF_SEVERAL.replaced_by(each_round(takes_more_than_all)).on(3, 2),
    length=4,
)
TAKES_MORE_AT_LAST = Pitfall(
    "alternating_offers.TakesMoreThanAll/last",
    "The same in the last round.",
    breaks=spec.the_last_to_offer_would_keep_all,
    subject=OF_SEVERAL.replaced_by(each_round(takes_more_than_all)).on(3, 2),
    length=4,
)
GIVES_WHAT_IT_KEEPS = Pitfall(
    "alternating_offers.GivesWhatItKeeps",
    "Whoever offers promises more than there is.",
    breaks=spec.everything_is_divided,
    subject=OF_SEVERAL.replaced_by(each_round(gives_what_it_keeps)).on(3, 2),
    length=4,
)
WITH_A_STRANGER = Pitfall(
    "alternating_offers.WithAStranger",
    "Somebody is offered nothing who does not talk.",
    breaks=spec.everything_is_divided,
    subject=OF_SEVERAL.replaced_by(each_round(with_a_stranger)).on(3, 2),
    length=4,
)
LEFT_OUT_OF_OFFERS = Pitfall(
    "alternating_offers.WithoutWhomItGivesNothing",
    "Whoever is offered nothing is not told so.",
    breaks=spec.everything_is_divided,
    subject=OF_SEVERAL.replaced_by(each_round(without_whom_it_gives_nothing)).on(3, 1),
    length=4,
)
KIND_TO_THE_LAST = Pitfall(
    "alternating_offers.KindToTheLast",
    "Whoever is listed last is offered more than it would take, in one of three rounds, and the others are not.",
    breaks=spec.nobody_gains_by_offering_less,
    subject=OF_SEVERAL.replaced_by(each_round(kind_to_the_last)).on(3, 3),
    length=4,
)
TAKES_THE_OTHERS_SHARE = Pitfall(
    "alternating_offers.TakesAll/share",
    "The same: the first has more than talks of two rounds leave to it.",
    breaks=spec.of_two_the_first_gets_rubinsteins_share_but_for_the_end,
    subject=ALTERNATING_OFFERS.replaced_by(each_round(takes_all)).on(2, 2),
    length=3,
)
TOLD_TOO_MUCH = Pitfall(
    "alternating_offers.ToldTooMuch",
    "It is told what would be offered after the last round.",
    breaks=spec.each_round_has_an_offer,
    subject=ALTERNATING_OFFERS.replaced_by(told_too_much).on(2, 2),
    length=3,
)
GIVES_IN = Pitfall(
    "alternating_offers.GivesIn",
    "Whoever offers gives another all that there is, and would rather wait.",
    breaks=spec.nobody_gains_by_refusing,
    subject=OF_SEVERAL.replaced_by(each_round(gives_in)).on(3, 3),
    length=4,
)
ENDLESS = Pitfall(
    "alternating_offers.Endless",
    "They agree as if there were no last round, in which the first would keep all.",
    breaks=spec.of_two_the_first_gets_rubinsteins_share_but_for_the_end,
    subject=ALTERNATING_OFFERS.replaced_by(endless).on(2, 2),
    length=3,
)
TOLD_SO_FAR = Pitfall(
    "alternating_offers.ToldSoFar",
    "It is not told what would be offered later, so that nobody can see why an offer is accepted.",
    breaks=spec.each_round_has_an_offer,
    subject=ALTERNATING_OFFERS.replaced_by(told_so_far).on(2, 2),
    length=3,
)
TURNS_BY_NAME = Pitfall(
    "alternating_offers.TurnsByName",
    "Turns go by name, whoever is listed first.",
    breaks=spec.names_are_irrelevant,
    subject=ALTERNATING_OFFERS.replaced_by(turns_by_name).on(2, 2),
    length=4,
)
IMPATIENCE_PAYS = Pitfall(
    "alternating_offers.ImpatiencePays",
    "A discount is taken for what is lost by waiting: who loses most gets most.",
    breaks=spec.of_two_patience_pays,
    subject=ALTERNATING_OFFERS.replaced_by(impatience_pays).on(2, 2),
    length=5,
)
THE_SAME_BEGINS = Pitfall(
    "alternating_offers.TheSameBegins",
    "Who begins depends on the number of rounds, so that the rest of the talks is not as talks that begin there.",
    breaks=spec.later_talks_are_the_rest_of_these,
    subject=OF_SEVERAL.replaced_by(the_same_begins).on(3, 3),
    length=4,
)
ALONE = Pitfall(
    "alternating_offers.NotLookingFor/partner",
    "An agent talks with itself.",
    breaks=spec.malformed_talks_are_rejected,
    subject=ALTERNATING_OFFERS.replaced_by(not_looking_for(NO_PARTNER)).on_malformed(),
    length=2,
)
NO_ROUNDS = Pitfall(
    "alternating_offers.NotLookingFor/rounds",
    "There is nothing in which to offer.",
    breaks=spec.malformed_talks_are_rejected,
    subject=ALTERNATING_OFFERS.replaced_by(not_looking_for(NO_ROUND)).on_malformed(),
    length=2,
)
LEFT_OUT = Pitfall(
    "alternating_offers.NotLookingFor/everybody",
    "Nobody knows how patient one of them is.",
    breaks=spec.malformed_talks_are_rejected,
    subject=ALTERNATING_OFFERS.replaced_by(not_looking_for(NOT_EVERYBODY)).on_malformed(),
    length=2,
)
NO_DISCOUNTS = Pitfall(
    "alternating_offers.NotLookingFor/discounts",
    "A discount is no amount, or waiting would be worth more than not to.",
    breaks=spec.malformed_talks_are_rejected,
    subject=ALTERNATING_OFFERS.replaced_by(not_looking_for(NO_DISCOUNT)).on_malformed(),
    length=3,
)
