"""What a proof finds as an answer."""

from __future__ import annotations

import re

from concordant.checks.answers import Conclusion, exit_code
from concordant.checks.questions.question import Means
from concordant.checks.questions.theorem import TheoremQuestion
from concordant.checks.running import decided
from concordant.proofs.kernel.symbolic import by_running
from concordant.refimpl.machine import Mechanism
from concordant.spec.vocabulary import Amount, Cases, Draw, case, for_all


def one_amount(draw: Draw) -> Amount:
    """Draw one amount."""
    return draw.amount("bid")


def whole(bid: Amount) -> int:
    """Round down."""
    return int(bid)


@for_all
def nothing_is_lost(bid: Amount, outcome: int) -> Cases:
    """What is paid is what was bid."""
    yield case(outcome == bid)


def test_a_rule_of_which_nothing_can_be_proved_breaks_a_rule_and_is_no_bug_of_ours() -> None:
    theorem = by_running("nothing_is_lost", nothing_is_lost, Mechanism(whole, one_amount, (nothing_is_lost,)), "every bid, a real amount")

    answer = decided(TheoremQuestion(theorem, "mine"), Means())

    (note,) = answer.notes
    assert (answer.conclusion, exit_code((answer,), interrupted=False)) == (Conclusion.BROKEN, 2)
    assert re.search(r"test_theorem_question\.py:\d+: int tells numbers apart", str(note.fields["text"]))
