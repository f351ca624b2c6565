"""Pools: the shipped handlers take only steps of the proved model, and handlers with a mistake do not.

Assumes: one pool, which does not crash; that who waits asks for nothing more.
Not covered: more than three agents or two units; the order of the queue; that waits end.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.proofs.kernel.role_theorems import WrongHandler, role_theorems
from concordant.proofs.kernel.stability import stability_theorem
from concordant.proofs.synchronization.resource_pool.meaning import Pools
from concordant.refimpl.machine import Step, step
from concordant.refimpl.synchronization.resource_pool import Lending, Pool
from concordant.spec.synchronization.resource_pool import Granted, Released
from concordant.spec.vocabulary import Address, Rejected, Reply

POOLS = Pools()


@frozen
class LendsTheFirst(Pool):
    """Lends the first unit, whoever has it."""

    def free(self, state: Lending) -> tuple[int, ...]:  # noqa: ARG002  # that is the mistake
        return (0,)


@frozen
class KeepsInTheQueue(Pool):
    """Lends a unit to who waits longest, and lets it wait on."""

    def serve(self, state: Lending) -> Step[Lending]:
        served = super().serve(state)
        return Step(evolve(served.state, waiting=state.waiting), served.effects)


@frozen
class TellsAnother(Pool):
    """Tells of a unit which is not the one that it lends."""

    def serve(self, state: Lending) -> Step[Lending]:
        served = super().serve(state)
        return Step(
            served.state,
            tuple(Reply(each.to, Granted(self.capacity - 1)) if isinstance(each, Reply) else each for each in served.effects),
        )


@frozen
class LetsItWaitOn(Pool):
    """Tells an agent that it was given up, and lets it wait."""

    def give_up(self, state: Lending, client: Address, why: Rejected) -> Step[Lending]:
        return step(state, Reply(client, why))


@frozen
class KeepsWhatIsGivenBack(Pool):
    """Says that a unit was taken back, and does not take it."""

    def release(self, state: Lending, client: Address) -> Step[Lending]:
        return step(state, Reply(client, Released()))


@frozen
class TakesAHolderForAnother(Pool):
    """Puts who holds a unit into the queue for another."""

    def acquire(self, state: Lending, client: Address) -> Step[Lending]:
        return self.serve(evolve(state, waiting=(*state.waiting, client)))


WRONG = tuple(
    WrongHandler(POOLS, kind, by, at, mutant)
    for kind, by, at, mutant in (
        (LendsTheFirst, "guard grant.is_free", "Acquire", "resource_pool.checks_then_waits"),
        (KeepsInTheQueue, "Lending: those wait, and nobody else", "Acquire", None),
        (TellsAnother, "Lending: those hold their units, and nobody else any", "Acquire", None),
        (LetsItWaitOn, "guard tell.waits_no_more", "Failed", None),
        (KeepsWhatIsGivenBack, "guard tell.holds_none", "Release", "resource_pool.says_no_to_a_holder"),
        (TakesAHolderForAnother, "guard grant.holds_none", "Acquire", "resource_pool.holds_again"),
    )
)
HANDLERS = tuple(theorem for role in POOLS.roles for theorem in role_theorems(POOLS, role, WRONG))
STABLE = stability_theorem(POOLS)
