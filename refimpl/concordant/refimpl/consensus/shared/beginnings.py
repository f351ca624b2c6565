"""A server of Raft that begins its term, once it leads, with an entry without effect."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.consensus import raft
from concordant.refimpl.consensus.raft import Leader, State
from concordant.refimpl.machine import Step, step
from concordant.spec.consensus.raft import Appended, Entry
from concordant.spec.consensus.shared.beginnings import beginning
from concordant.spec.vocabulary import Address, Announce


@frozen
class Beginner(raft.Server):
    """A server that knows, as soon as an entry of its term is committed, that all is that was committed before."""

    def voted(self, state: State, voter: Address) -> Step[State] | None:
        after = super().voted(state, voter)
        if after is None or not isinstance(after.state.role, Leader):
            return after
        role = after.state.role
        return after.then(lambda state: self.begin(state, role))

    def begin(self, state: State, role: Leader) -> Step[State]:
        """Append the entry with which a term begins."""
        entry = Entry(state.term, beginning(state.term, self.me))
        return step(evolve(state, log=(*state.log, entry), role=role), Announce(Appended(len(state.log) + 1, entry)))
