"""Which promise each breaks after a sequence of orders."""

from __future__ import annotations

from concordant.pitfalls.markets.continuous_double_auction.machines import (
    TWO,
    TWO_QUANTITIES,
    FillsItAllOfBoth,
    GivesABonus,
    KeepsWhatMeetsItself,
    KnowsNoLimits,
    MeetsHalfway,
    PaysWhatIsAsked,
    TakesAFee,
    TakesWhatIsBid,
    WantsToGain,
    ruled,
)
from concordant.refimpl.machine import Pitfall
from concordant.refimpl.markets.continuous_double_auction import (
    trading,
)
from concordant.spec.markets.continuous_double_auction import (
    sequences,
)

FEE_IN_SEQUENCE = Pitfall(
    "continuous_double_auction.TakesAFee/sequence",
    "The same after any orders.",
    breaks=sequences.all_that_was_there_is_there,
    subject=trading(TWO, ruled(TakesAFee)),
    length=6,
)
FEE_OF_EACH = Pitfall(
    "continuous_double_auction.TakesAFee/each",
    "The same for who pays it.",
    breaks=sequences.each_has_what_it_traded,
    subject=trading(TWO, ruled(TakesAFee)),
    length=6,
)
OVERFILLED_IN_SEQUENCE = Pitfall(
    "continuous_double_auction.FillsItAllOfBoth/sequence",
    "The same after any orders.",
    breaks=sequences.no_order_is_overfilled,
    subject=trading(TWO_QUANTITIES, ruled(FillsItAllOfBoth)),
    length=7,
)
CROSSED_IN_SEQUENCE = Pitfall(
    "continuous_double_auction.KeepsWhatMeetsItself/sequence",
    "The same after any orders.",
    breaks=sequences.no_book_is_left_crossed,
    subject=trading(TWO, ruled(KeepsWhatMeetsItself)),
    length=7,
)
MIDPOINT_IN_SEQUENCE = Pitfall(
    "continuous_double_auction.MeetsHalfway/sequence",
    "The same after any orders.",
    breaks=sequences.within_limits_at_the_earlier_price,
    subject=trading(TWO, ruled(MeetsHalfway)),
    length=7,
)
BONUS_IN_SEQUENCE = Pitfall(
    "continuous_double_auction.GivesABonus/sequence",
    "The same after any orders.",
    breaks=sequences.all_that_was_there_is_there,
    subject=trading(TWO, ruled(GivesABonus)),
    length=6,
)
BONUS_OF_EACH_IN_SEQUENCE = Pitfall(
    "continuous_double_auction.GivesABonus/each",
    "The same for who gets it.",
    breaks=sequences.each_has_what_it_traded,
    subject=trading(TWO, ruled(GivesABonus)),
    length=6,
)
AS_BID_IN_SEQUENCE = Pitfall(
    "continuous_double_auction.TakesWhatIsBid/sequence",
    "The same after any orders.",
    breaks=sequences.within_limits_at_the_earlier_price,
    subject=trading(TWO, ruled(TakesWhatIsBid)),
    length=7,
)
AS_ASKED_IN_SEQUENCE = Pitfall(
    "continuous_double_auction.PaysWhatIsAsked/sequence",
    "The same after any orders.",
    breaks=sequences.within_limits_at_the_earlier_price,
    subject=trading(TWO, ruled(PaysWhatIsAsked)),
    length=7,
)
NO_LIMITS_IN_SEQUENCE = Pitfall(
    "continuous_double_auction.KnowsNoLimits/sequence",
    "The same after any orders.",
    breaks=sequences.within_limits_at_the_earlier_price,
    subject=trading(TWO, ruled(KnowsNoLimits)),
    length=7,
)
WANTS_TO_GAIN_IN_SEQUENCE = Pitfall(
    "continuous_double_auction.WantsToGain/sequence",
    "The same after any orders.",
    breaks=sequences.no_book_is_left_crossed,
    subject=trading(TWO, ruled(WantsToGain)),
    length=7,
)
