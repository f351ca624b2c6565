"""What the server's theorem assumes of its clock follows from what the agents' theorem proves, where the server's is not far ahead of theirs."""

from __future__ import annotations

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.meaning import ME
from concordant.proofs.kernel.models import Term, exists, forall
from concordant.proofs.kernel.symbols import SymbolicClass
from concordant.proofs.kernel.theorems import EXAMPLE
from concordant.proofs.synchronization.lease.handlers import LEASES
from concordant.proofs.synchronization.lease.meaning import ADDS, BEFORE, GUARD, READINGS, SPANS, TIME, TOKEN, TOKENS, node
from concordant.refimpl.synchronization.lease import Using
from concordant.spec.synchronization.lease import Granted

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def _term(domain: SymbolicClass, name: str) -> Term:
    return domain.term(domain.symbol(name))


def _at_a_reading(*, near: bool) -> tuple[list[Term], Term]:
    """Say of an agent what its states say, of the server's clock that it is not far ahead, and that by then no lease that it holds has ended."""
    s, agent, shown = LEASES.now, node(ME), _term(READINGS, "reading")
    now, seen, held = READINGS.symbol("now"), TOKENS.symbol("seen"), Granted(TOKENS.symbol("token"), READINGS.symbol("until"))
    states = Or([And(*LEASES.state(s, ME, Using(now, lease=lease, seen=seen)).values()) for lease in (None, held)])
    not_far = exists(TIME, lambda x: And(ADDS(x, SPANS.term(GUARD), shown), BEFORE(x, READINGS.term(now))))
    given = [*LEASES.background.values(), states, *([not_far] if near else [])]
    return given, forall(TOKEN, TIME, lambda k, e: Implies(And(s.holds(agent, k), s.ends(k, e)), Not(BEFORE(e, shown))))


NOTHING_HELD_HAS_ENDED = theorem(
    "lease.nothing_that_is_held_has_ended",
    "When the server's clock shows no more than the guard after what an agent's shows, no lease that the agent holds has ended by then.",
    "for any agent that is up, and so in a state of which `lease.agent_takes_steps_of_the_model` proves what it says; all readings, tokens and"
    " guards; readings are totally ordered, and stay in their order where as much is added",
    lambda: _at_a_reading(near=True),
    why="what it holds ends later than the guard after what its clock shows.",
)
SOMETHING_MAY_HAVE = theorem(
    "lease.far_ahead_something_may_have_ended",
    "Without that a lease that an agent holds may have ended.",
    EXAMPLE,
    lambda: _at_a_reading(near=False),
    holds=False,
)
