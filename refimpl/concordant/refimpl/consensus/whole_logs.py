"""A server of Raft that sends all of its log when it leads: where a leader begins is a guess, on which nothing that is promised may rest.

It makes no mistake, and is no part of the reference: it leads in a scope in which mistakes of its peers show.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.consensus.raft import Leader, Server, State
from concordant.refimpl.machine import Step, step
from concordant.spec.vocabulary import Address, Map


@frozen
class SendsAll(Server):
    """Sends its peers its log from the first entry on, also what they have. What they have besides may then stand behind what they are sent."""

    def voted(self, state: State, voter: Address) -> Step[State] | None:
        after = super().voted(state, voter)
        if after is None or not isinstance(after.state.role, Leader):
            return after
        all_of_it = evolve(after.state.role, next=Map.of(dict.fromkeys(self.peers, 1)))
        return step(evolve(after.state, role=all_of_it), *after.effects)
