"""What the lesson's sixth exercise is graded with: repaired nodes, also where one stops and messages are lost, and four that are wrong."""

from __future__ import annotations

from attrs import evolve

from concordant.checks.lessons.gossip.rumour import ONE, HastyNode, system
from concordant.checks.lessons.gossip.solved.repair import MyNode
from concordant.refimpl.machine import Step, System, step
from concordant.refimpl.messaging.gossip import LOSSY, A, Exchanges, Gossiping
from concordant.spec.messaging.gossip import Digest, History, Name, News
from concordant.spec.vocabulary import Address, Clause, Send


class AsksTheFirst(MyNode):
    """Has exchanges with one peer."""

    def partners(self) -> tuple[Address, ...]:
        """Return the first."""
        return HastyNode.partners(self)


class Counts(MyNode):
    """Compares how many rumours are known."""

    def differ(self, mine: frozenset[Name], theirs: frozenset[Name]) -> bool:
        """Compare numbers."""
        return HastyNode.differ(self, mine, theirs)


class WantsNothing(MyNode):
    """Looks at what the other lacks alone."""

    def differ(self, mine: frozenset[Name], theirs: frozenset[Name]) -> bool:
        """Tell whether there is anything to give."""
        return not mine <= theirs


class ForgetsWhatItGave(MyNode):
    """Passes a rumour on, and keeps nothing of it."""

    def receive(self, state: Gossiping, source: Address, message: Digest | News) -> Step[Gossiping]:
        """Forget what is sent."""
        after = super().receive(state, source, message)
        known = after.state.known
        for effect in after.effects:
            if isinstance(effect, Send) and isinstance(effect.message, News):
                for name in effect.message.rumours:
                    known = known.drop(name)
        return step(evolve(after.state, known=known), *after.effects)


def right(clause: Clause) -> tuple[System[History], ...]:
    """Return repaired nodes, which promise a clause besides."""
    return system(MyNode, clause), system(MyNode, clause, exchanges=Exchanges.BOTH, asked=ONE, stops=(A,), network=LOSSY)


def wrong(clause: Clause) -> dict[str, System[History]]:
    """Return the wrong nodes by what they do."""
    return {
        "has exchanges with one peer alone": system(AsksTheFirst, clause),
        "compares how many rumours are known": system(Counts, clause),
        "looks at what its peer lacks, where it is to be given": system(WantsNothing, clause, asked=ONE),
        "forgets what it has passed on": system(ForgetsWhatItGave, clause, exchanges=Exchanges.PULL, asked=ONE),
    }
