"""What goes wrong with settlements by auction: the documents' one as written, and other rules."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from attrs import evolve

from concordant.refimpl.conflict.negotiated_settlement import (
    first_price_alone,
    flaw,
    on_malformed,
    second_price_alone,
    settle,
    settling,
    sold,
)
from concordant.refimpl.machine import Pitfall, Reason, Unmodelled
from concordant.spec.conflict import negotiated_settlement as spec
from concordant.spec.conflict.negotiated_settlement import (
    DUPLICATE,
    NEGATIVE,
    NO_CLOCK,
    NO_DISPUTE,
    NOT_EXACT,
    OVER_BUDGET,
    Auction,
    Dispute,
    Outcome,
    Rule,
    Settled,
    Unsettled,
)
from concordant.spec.vocabulary import Map, Rejected

# ---- the documents' settlement


def as_written(dispute: Dispute) -> Outcome:
    """Read fields of what an auction returns that only sealed bids have, and collect nothing."""
    result = sold(dispute)
    if isinstance(result, Unsettled):
        return result
    fields = {"winner": result.winner, "payment": result.price}
    if dispute.auction is not Auction.RISING_CLOCK:
        fields["efficiency"] = 1
    efficiency = fields["efficiency"]
    outcome = settle(dispute)
    return uncollected(dispute, outcome) if efficiency and isinstance(outcome, Settled) else outcome


def uncollected(dispute: Dispute, settled: Settled) -> Settled:
    """Tell what is to be paid, and leave it with the winner."""
    return evolve(settled, left=Map.of({claim.agent: claim.budget for claim in dispute.claims}))


def by_factors(dispute: Dispute) -> Outcome:
    """Let the first of those that are listed win if all bids are nothing."""
    outcome = settle(dispute)
    first = dispute.claims[0] if dispute.claims else None
    if first is None or not isinstance(outcome, Settled) or any(claim.bid > 0 for claim in dispute.claims):
        return outcome
    return evolve(outcome, winner=first.agent, value=first.value)


# ---- other rules


def changed(change: Callable[[Dispute, Settled], Settled]) -> Rule:
    """Return a rule that settles otherwise."""

    def rule(dispute: Dispute) -> Outcome:
        outcome = settle(dispute)
        return change(dispute, outcome) if isinstance(outcome, Settled) else outcome

    return rule


def value_of_the_first(dispute: Dispute, settled: Settled) -> Settled:
    """Set the variable as the first that is listed would."""
    return evolve(settled, value=dispute.claims[0].value)


def everybody_pays(dispute: Dispute, settled: Settled) -> Settled:
    """Let everybody pay what it bids, as in an all-pay auction."""
    left = {claim.agent: claim.budget - min(claim.bid, settled.payment) for claim in dispute.claims}
    return evolve(settled, left=Map.of(left))


def winner_alone(dispute: Dispute, settled: Settled) -> Settled:  # noqa: ARG001
    """Tell what the winner has left, and of nobody else."""
    return evolve(settled, left=Map.of({settled.winner: settled.left[settled.winner]}))


def one_more(dispute: Dispute, settled: Settled) -> Settled:
    """Let the winner pay one more than it bids."""
    bid = next(claim.bid for claim in dispute.claims if claim.agent == settled.winner)
    return paying(dispute, evolve(settled, payment=bid + 1))


def nothing_paid(dispute: Dispute, settled: Settled) -> Settled:
    """Let the winner pay nothing."""
    return paying(dispute, evolve(settled, payment=0))


def own_bid(dispute: Dispute, settled: Settled) -> Settled:
    """Let the winner pay its bid, whatever the auction."""
    bid = next(claim.bid for claim in dispute.claims if claim.agent == settled.winner)
    return paying(dispute, evolve(settled, payment=bid))


def first_price_shown(dispute: Dispute, settled: Settled) -> Settled:
    """Let the winner pay the first price, whatever others bid."""
    return paying(dispute, evolve(settled, payment=dispute.prices[0]))


def paying(dispute: Dispute, settled: Settled) -> Settled:
    """Collect what is to be paid."""
    left = {claim.agent: claim.budget - (settled.payment if claim.agent == settled.winner else 0) for claim in dispute.claims}
    return evolve(settled, left=Map.of(left))


def alone(dispute: Dispute, settled: Settled) -> Settled:  # noqa: ARG001
    """Do not tell who bid as well."""
    return evolve(settled, tied=(settled.winner,))


def last_by_name(dispute: Dispute, settled: Settled) -> Settled:
    """Let the last by name win of those who bid as well."""
    last = settled.tied[-1]
    value = next(claim.value for claim in dispute.claims if claim.agent == last)
    return paying(dispute, evolve(settled, winner=last, value=value))


def never_settled(dispute: Dispute) -> Outcome:
    """Settle nothing at the first price."""
    outcome = settle(dispute)
    return Unsettled() if isinstance(outcome, Settled) and outcome.payment == dispute.prices[0] else outcome


def always_settled(dispute: Dispute) -> Outcome:
    """Let the first by name have it for nothing where nobody bids the first price."""
    outcome = settle(dispute)
    if not isinstance(outcome, Unsettled) or outcome.willing:
        return outcome
    first = min(dispute.claims, key=lambda claim: claim.agent)
    return paying(dispute, Settled(first.value, first.agent, 0, (first.agent,), Map()))


def nobody_named(dispute: Dispute) -> Outcome:
    """Do not say who was still willing when the clock ended."""
    outcome = settle(dispute)
    return Unsettled() if isinstance(outcome, Unsettled) else outcome


def not_looking_for(reason: Rejected) -> Rule:
    """Return a rule that does not look for a flaw."""
    return lambda dispute: Unsettled() if flaw(dispute) == reason else settle(dispute)


# ---- the pitfalls

ANY = partial(spec.disputes, most=2)
CLOCK = partial(spec.disputes, most=2, auctions=(Auction.RISING_CLOCK,))
SEALED = partial(spec.disputes, most=2, auctions=(Auction.FIRST_PRICE, Auction.SECOND_PRICE))

NO_SUCH_FIELD = Pitfall(
    "NEG-1",
    "A rising clock returns no efficiency, which is read of every auction: whatever is settled by one ends in an error.",
    breaks=spec.settled_if_somebody_bids_enough,
    subject=settling(CLOCK, as_written),
    length=9,
    raises=True,
)
COMPOSED = Pitfall(
    "X-6",
    "Two that work alone do not fit: the settlement reads a field that sealed bids end with and the English auction does not.",
    breaks=spec.the_payment_is_that_of_the_auction,
    subject=settling(CLOCK, as_written),
    length=9,
    raises=True,
)
UNCOLLECTED = Pitfall(
    "NEG-2",
    "What the winner is to pay is told, and nobody collects it: whoever exaggerates wins, and has what it had.",
    breaks=spec.the_payment_is_collected,
    subject=settling(SEALED, as_written),
    length=8,
)
NOT_VERIFIED = Pitfall(
    "NEG-2/budget",
    "Nobody asks whether an agent has what it bids.",
    breaks=spec.malformed_disputes_are_rejected,
    subject=on_malformed(not_looking_for(OVER_BUDGET)),
    length=4,
)
ALL_NOTHING = Pitfall(
    "NEG-3",
    "Where all bids are nothing, as they are if one of their factors is, the first that is listed wins.",
    breaks=spec.order_of_claims_is_irrelevant,
    subject=settling(ANY, by_factors),
    length=9,
)
SHARED_VARIABLE = Unmodelled(
    "NEG-4",
    Reason.SAME,
    "The winner sets a variable that matters to all as if it mattered to nobody else: what is sold is a decision.",
    same="SPA-5",
)
VALUE_OF_THE_FIRST = Pitfall(
    "negotiated_settlement.ValueOfTheFirst",
    "One agent wins and pays, and the variable is set as another would.",
    breaks=spec.the_winner_sets_the_value,
    subject=settling(ANY, changed(value_of_the_first)),
    length=8,
)
EVERYBODY_PAYS = Pitfall(
    "negotiated_settlement.EverybodyPays",
    "The loser pays, too.",
    breaks=spec.the_payment_is_collected,
    subject=settling(ANY, changed(everybody_pays)),
    length=8,
)
WINNER_TOO_LITTLE_FOR_A_BID = Pitfall(
    "negotiated_settlement.FirstPriceShown/bid",
    "The same, where the winner is to pay its bid.",
    breaks=spec.the_payment_is_that_of_the_auction,
    subject=first_price_alone(changed(first_price_shown)),
    length=8,
)
TOO_MUCH_FOR_A_BID = Pitfall(
    "negotiated_settlement.OneMore/bid",
    "The winner pays more than its bid, where it is to pay that.",
    breaks=spec.the_payment_is_that_of_the_auction,
    subject=first_price_alone(changed(one_more)),
    length=8,
)
TOO_LITTLE_FOR_THE_SECOND = Pitfall(
    "negotiated_settlement.FirstPriceShown/second",
    "The winner pays the first price, where it is to pay the second bid.",
    breaks=spec.the_payment_is_that_of_the_auction,
    subject=second_price_alone(changed(first_price_shown)),
    length=8,
)
ALWAYS_SETTLED = Pitfall(
    "negotiated_settlement.AlwaysSettled",
    "Somebody has it for nothing where nobody bids the first price.",
    breaks=spec.settled_if_somebody_bids_enough,
    subject=settling(SEALED, always_settled),
    length=8,
)
WINNER_ALONE = Pitfall(
    "negotiated_settlement.WinnerAlone",
    "Nobody knows what the loser has.",
    breaks=spec.the_payment_is_collected,
    subject=settling(ANY, changed(winner_alone)),
    length=8,
)
ONE_MORE = Pitfall(
    "negotiated_settlement.OneMore",
    "The winner pays more than it bids.",
    breaks=spec.nobody_pays_more_than_it_bids,
    subject=settling(ANY, changed(one_more)),
    length=8,
)
NOTHING_PAID = Pitfall(
    "negotiated_settlement.NothingPaid",
    "The winner pays less than the first price.",
    breaks=spec.nobody_pays_more_than_it_bids,
    subject=settling(ANY, changed(nothing_paid)),
    length=8,
)
OWN_BID = Pitfall(
    "negotiated_settlement.OwnBid",
    "The winner pays its bid where it should pay the second: it gains by bidding less.",
    breaks=spec.truthful_bidding,
    subject=second_price_alone(changed(own_bid)),
    length=10,
)
OWN_BID_TOLD = Pitfall(
    "negotiated_settlement.OwnBid/told",
    "The same: it is not what the auction says.",
    breaks=spec.the_payment_is_that_of_the_auction,
    subject=settling(ANY, changed(own_bid)),
    length=8,
)
OWN_BID_CLOCK = Pitfall(
    "negotiated_settlement.OwnBid/clock",
    "The same, where a clock stops.",
    breaks=spec.the_payment_is_that_of_the_auction,
    subject=settling(CLOCK, changed(own_bid)),
    length=9,
)
AS_ASKED = Pitfall(
    "negotiated_settlement.AsAsked",
    "Whoever asks for the clock gets it, though the second price is to be paid by all.",
    breaks=spec.the_auction_is_fixed,
    subject=second_price_alone(settle),
    length=9,
)
FIRST_PRICE_SHOWN = Pitfall(
    "negotiated_settlement.FirstPriceShown",
    "The winner pays the first price, whatever others would have paid.",
    breaks=spec.the_payment_is_that_of_the_auction,
    subject=settling(ANY, changed(first_price_shown)),
    length=8,
)
FIRST_PRICE_CLOCK = Pitfall(
    "negotiated_settlement.FirstPriceShown/clock",
    "The same, where a clock stops.",
    breaks=spec.the_payment_is_that_of_the_auction,
    subject=settling(CLOCK, changed(first_price_shown)),
    length=9,
)
ALONE = Pitfall(
    "negotiated_settlement.Alone",
    "Nobody is told that a tie was decided by name.",
    breaks=spec.ties_are_told_and_go_by_name,
    subject=settling(ANY, changed(alone)),
    length=8,
)
LAST_BY_NAME = Pitfall(
    "negotiated_settlement.LastByName",
    "Of equals the last by name wins.",
    breaks=spec.ties_are_told_and_go_by_name,
    subject=settling(ANY, changed(last_by_name)),
    length=8,
)
NEVER_SETTLED = Pitfall(
    "negotiated_settlement.NeverSettled",
    "Nothing is settled at the first price, though somebody bids it.",
    breaks=spec.settled_if_somebody_bids_enough,
    subject=settling(ANY, never_settled),
    length=8,
)
NOBODY_NAMED = Pitfall(
    "negotiated_settlement.NobodyNamed",
    "Nobody knows that the clock has ended too early, and who would have paid more.",
    breaks=spec.settled_if_somebody_bids_enough,
    subject=settling(CLOCK, nobody_named),
    length=8,
)
ONE_CLAIM = Pitfall(
    "negotiated_settlement.NotLookingFor/claims",
    "There is a dispute with one claim.",
    breaks=spec.malformed_disputes_are_rejected,
    subject=on_malformed(not_looking_for(NO_DISPUTE)),
    length=3,
)
TWICE = Pitfall(
    "negotiated_settlement.NotLookingFor/agents",
    "An agent claims twice.",
    breaks=spec.malformed_disputes_are_rejected,
    subject=on_malformed(not_looking_for(DUPLICATE)),
    length=3,
)
INEXACT = Pitfall(
    "negotiated_settlement.NotLookingFor/amounts",
    "An agent bids what is no amount.",
    breaks=spec.malformed_disputes_are_rejected,
    subject=on_malformed(not_looking_for(NOT_EXACT)),
    length=4,
)
BELOW_NOTHING = Pitfall(
    "negotiated_settlement.NotLookingFor/negative",
    "An agent bids less than nothing.",
    breaks=spec.malformed_disputes_are_rejected,
    subject=on_malformed(not_looking_for(NEGATIVE)),
    length=4,
)
NO_PRICE = Pitfall(
    "negotiated_settlement.NotLookingFor/clock",
    "There is no price that is taken.",
    breaks=spec.malformed_disputes_are_rejected,
    subject=on_malformed(not_looking_for(NO_CLOCK)),
    length=3,
)
