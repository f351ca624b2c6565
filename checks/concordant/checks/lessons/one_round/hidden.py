"""What the lesson's fifth exercise is graded with: the repaired system, and four that are wrong."""

from __future__ import annotations

from attrs import evolve

from concordant.checks.lessons.one_round.solved.repair import MyAcceptor, MyProposer
from concordant.checks.lessons.one_round.vote import ACCEPTORS, Asking, History, Please, Propose, Votes, Yes, system
from concordant.refimpl.machine import Step, System, step
from concordant.spec.vocabulary import Address, Clause, Send


class VotesInMemory(MyAcceptor):
    """Says yes, and writes nothing down."""

    def noted(self, value: str) -> Votes:
        """Write nothing."""
        return Votes(None)

    def may_vote(self, voted: str | None, value: str) -> bool:
        """Vote for x alone."""
        return value == "x"


class SaysYesToAll(MyAcceptor):
    """Says yes to everybody, and stays with its first vote."""

    def receive(self, state: Votes, source: Address, message: Please) -> Step[Votes] | None:
        """Say yes."""
        return step(Votes(state.value or message.value), Send(source, Yes()))


class VotesItself(MyProposer):
    """Counts itself, although it is no acceptor."""

    def request(self, state: Asking, client: Address, request: Propose) -> Step[Asking]:
        """Ask, and begin with a vote of its own."""
        after = super().request(state, client, request)
        return Step(evolve(after.state, voters=frozenset({client})), after.effects)


class NeedsHalf(MyProposer):
    """Takes one of three for enough."""

    def is_majority(self, count: int) -> bool:
        """Count wrong."""
        return count >= len(ACCEPTORS) // 2


def right(clause: Clause) -> tuple[System[History]]:
    """Return the repaired system, which promises a clause besides."""
    return (system(MyProposer, MyAcceptor, clause),)


def wrong(clause: Clause) -> dict[str, System[History]]:
    """Return the wrong systems by what they do."""
    return {
        "takes one vote of three for a majority": system(NeedsHalf, MyAcceptor, clause),
        "counts the proposer as a voter": system(VotesItself, MyAcceptor, clause),
        "has acceptors that say yes and vote otherwise": system(MyProposer, SaysYesToAll, clause),
        "has acceptors that write nothing down": system(MyProposer, VotesInMemory, clause),
    }
