"""Raft's elections, by somebody who counts quickly: two guards say yes too early.

Servers elect one of them to lead. Each attempt has a number of its own, a *term*. All that is not written here is that of the
reference: `concordant explain raft`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from attrs import evolve

from concordant.refimpl.consensus import raft as reference
from concordant.refimpl.consensus.raft import Server, State
from concordant.refimpl.machine import Fire, Move, Step, System, step
from concordant.spec.consensus.raft import Contact, Grant, History, Position, ServerView, Voted
from concordant.spec.consensus.raft.clauses import election_safety
from concordant.spec.vocabulary import Address, Announce, Cases, Clause, Faults, Network, Seen, Send, addresses, case, sometimes


class HastyServer(Server):
    """Votes for whoever asks, and leads as soon as it may seem to."""

    def may_vote(self, vote: Address | None, candidate: Address) -> bool:
        """Tell whether it may vote for a candidate. `vote`: for whom it has voted in this term; None: for nobody yet."""
        return True

    def is_majority(self, count: int) -> bool:
        """Tell whether so many votes are enough, its own among them. All servers are its peers and itself."""
        return count >= (len(self.peers) + 1) // 2

    def asked(self, state: State, candidate: Address, last: Position) -> Step[State] | None:
        """Vote, or be silent. That an election looks at logs, too, is the other half."""
        if not self.may_vote(state.vote, candidate):
            return None
        return step(evolve(state, vote=candidate), Announce(Voted(state.term, candidate)), Send(candidate, Grant(state.term)))


class ForgetfulServer(Server):
    """The reference, but for its vote, which is not on its disk."""

    def survives(self, state: State) -> Iterable[State]:
        """Say what a crash leaves."""
        return tuple(evolve(each, vote=None) for each in super().survives(state))


# ---- what must be possible


@sometimes
def two_are_enough(seen: Seen[History]) -> Cases:
    """Somebody is elected by two of three."""
    for term, leader in sorted(seen.history.leaders):
        yield case(len(seen.history.voters(term, leader)) == seen.history.majority, term=term, leader=leader)


@sometimes
def votes_are_split(seen: Seen[History]) -> Cases:
    """All have voted in a term, and nobody can be elected in it any more."""
    for term in range(1, seen.history.latest_term() + 1):
        votes = Counter(whom for when, _, whom in seen.history.votes if when == term)
        split = votes.total() == len(seen.views(ServerView)) and max(votes.values()) < seen.history.majority
        yield case(split, term=term, votes=tuple(sorted(votes.items())))


# ---- what is checked

THIRD = addresses("server", 3)[2]


def elections_of(whole: System[History]) -> System[History]:
    """Return a system in which, to have fewer states, nobody sends anything again, and leaders nothing at all."""

    def quiet(move: Move, seen: Seen[History]) -> bool:  # noqa: ARG001  # in whatever state
        return not (isinstance(move, Fire) and isinstance(move.trigger, Contact))

    return evolve(whole, assume=(*whole.assume, quiet), symmetric=())


def system(
    server: type[Server] = HastyServer, *more: Clause, network: Network = Network(duplicating=True), faults: Faults = Faults()
) -> System[History]:
    """Put three servers together, any of which may stand, in one term. Messages may come twice."""
    promises = (election_safety, two_are_enough, votes_are_split, *more)
    return elections_of(reference.system((), network=network, faults=faults, server=server, promises=promises))


SYSTEM = system()
FORGETFUL = system(
    ForgetfulServer, network=Network(losses=None, copies=1), faults=Faults(crashes=1, recoveries=1, who=(THIRD,), synchronous=True)
)
"""With a third server that may crash, and come back. Messages may be lost; no deadline passes while one is under way."""
