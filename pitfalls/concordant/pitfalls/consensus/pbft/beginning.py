"""What goes wrong where a view begins: what a replica takes for a proposal, and what came before it was there."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.consensus.pbft.changing import ANOTHER, DECIDED
from concordant.pitfalls.consensus.pbft.counting import C0, COPIES, R0, R1, R2, R3, TIMELY, X, Y, tells
from concordant.refimpl.consensus.pbft import PROMISES, Replica, State, heard, system
from concordant.refimpl.machine import Forge, Pitfall, Step, System, step
from concordant.spec.consensus.pbft import Commit, History, Prepare, PrePrepare, View, ViewChange
from concordant.spec.consensus.pbft import clauses as spec
from concordant.spec.vocabulary import Network, broadcast

# ---- mistakes


@frozen
class TakesAPlainProposal(Replica):
    """Signs what the primary of a later view proposes as it would in the first, without a look at any certificate."""

    def accept(self, state: State) -> Step[State] | None:
        plain = heard(state, PrePrepare, state.view).get(self.primary(state.view))
        if state.view == 0 or not isinstance(plain, PrePrepare) or state.proposal is not None:
            return super().accept(state)
        message = Prepare(state.view, plain.request)
        return step(evolve(state, proposal=plain.request).signs(self.me, message), *broadcast(self.peers, message))


@frozen
class DropsWhatCameEarly(Replica):
    """Begins a view with changes of view alone: what else came before it did is dropped."""

    def enter(self, state: State, view: View) -> Step[State]:
        changes = frozenset(one for one in state.log if isinstance(one.message, ViewChange) or one.message.view > view)
        return super().enter(evolve(state, log=changes), view)


# ---- the pitfalls, in systems as small as show them


PLAIN = PrePrepare(1, Y)


def _proposing_plainly(replica: type[Replica]) -> System[History]:
    """The primary of the second view lies: it proposes another request than that which was decided, and shows nothing."""
    lies = (*tells(C0, (R0,), X), *tells(R1, (R0,), Commit(0, X)), *tells(R1, (R2, R3), PLAIN), *tells(R1, (R2,), Commit(1, Y)))
    return system(liars=(R1, C0), lies=lies, network=COPIES, views=2, replica=replica)


TAKES_A_PLAIN_PROPOSAL = Pitfall(
    "pbft.TakesAPlainProposal",
    "A proposal of a later view is signed as one of the first: its primary shows nothing, and what was decided is decided otherwise.",
    breaks=spec.agreement,
    subject=_proposing_plainly(TakesAPlainProposal),
    length=16,
    schedule=(*DECIDED, Forge(R2, R1, PLAIN), Forge(R3, R1, PLAIN), *ANOTHER[12:]),
    correct=_proposing_plainly(Replica),
    correct_stops_at=13,
)
DROPS_EARLY = Pitfall(
    "pbft.DropsWhatCameEarly",
    "The proposal of a view comes before its replica has heard of enough that have gone there, is dropped, and comes no more: the view fails.",
    breaks=spec.a_view_with_an_honest_primary_lasts,
    subject=system(
        asks=("x",),
        liars=(R0,),
        lies=tells(R0, (R1,), ViewChange(1, None)),
        network=Network(fifo=True),
        faults=TIMELY,
        replica=DropsWhatCameEarly,
        promises=PROMISES,
    ),
    length=17,
)
