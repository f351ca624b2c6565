"""Which faults lead where: by state those of the paths to it, found by carrying the fault of each move along the edges."""

from __future__ import annotations

from attrs import define, field

from concordant.checks.exploration.edges import Edges
from concordant.checks.semantics.semantics import DEPENDING, Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.refimpl.machine import Ask, Cancel, Crash, Forge, Lose, Move, Receive, Recover, SetBack, Suspect, Tick, Trust
from concordant.spec.vocabulary import Fault, Malformed

DUPLICATION = Fault.DUPLICATION.value
"""As a bit: to ask an enum takes longer than all else that is asked of an edge."""


def fault_of(semantics: Semantics, state: State, taken: Taken) -> Fault:
    """Tell which fault a move out of a state is, that of a message dropped by a bound of the network included.

    DUPLICATION is the delivery of a message that would change nothing more if it were delivered again at once: the state
    after it is then also the state after a copy of it. A message that comes again and again ends like that.
    """
    dropped = Fault.LOSS if taken.dropped else Fault.NONE
    match taken.move:
        case Receive() if semantics.system.network.duplicating:
            return Fault.DUPLICATION if semantics.is_settled(state, taken.move) else Fault.NONE
        case (Suspect() | Trust() | Tick()) as move if not semantics.moves_by_itself(state, move):
            return if_fault(move) | dropped
        case _:
            return fault_of_move(taken.move) | dropped


def fault_of_move(move: Move) -> Fault:
    """Tell which fault a move is whatever the state."""
    match move:
        case Lose():
            return Fault.LOSS
        case Crash():
            return Fault.CRASH
        case Recover():
            return Fault.RECOVERY
        case Cancel():
            return Fault.CANCELLATION
        case SetBack():
            return Fault.SETBACK
        case Forge():
            return Fault.BYZANTINE
        case Ask(request=Malformed()):
            return Fault.MALFORMED
        case _:
            return Fault.NONE


def if_fault(move: Move) -> Fault:
    """Tell which fault a move is in a state in which it is one: the detector errs, or a clock leaves another behind."""
    match move:
        case Suspect() | Trust():
            return Fault.SUSPICION
        case Tick():
            return Fault.SKEW
        case _:
            return Fault.NONE


@define(eq=False, repr=False)
class PathFaults:
    """The faults of a search that is complete, as bits. `to`: by state, each fault that some path to it contains.

    The initial state is the first. The least solution, over all edges, of: what leads to the source, and the fault of the move, leads to the target.
    """

    semantics: Semantics
    states: tuple[State, ...]
    edges: Edges[Taken]
    to: list[int] = field(init=False)
    _always: dict[int, int] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        _, dropped = self.semantics.begin()
        self.to = [Fault.LOSS.value if dropped and not number else 0 for number in range(len(self.states))]
        while self._carry():
            pass

    def _carry(self) -> bool:
        """Carry faults along all edges, in the order of the search; tell whether some came to a state that was passed already."""
        to, sources = self.to, self.edges.sources
        again = False
        for edge, target in enumerate(self.edges.targets):
            faults = to[sources[edge]] | self._own(edge)
            if faults & ~to[target]:
                to[target] |= faults
                again = again or target <= sources[edge]
        return again

    def _own(self, edge: int) -> int:
        """Return the fault of the move itself; of a delivery nothing, where a duplication leads to the state before."""
        source, name = self.edges.sources[edge], self.edges.named[edge]
        own = self._always.get(name)
        if own is None:
            taken = self.edges.labels[name]
            delivers = isinstance(taken.move, Receive) and self.semantics.system.network.duplicating
            if delivers and self.to[source] & DUPLICATION:
                return 0
            own = fault_of(self.semantics, self.states[source], taken).value
            if not delivers and not isinstance(taken.move, DEPENDING):  # of which it depends on the state
                self._always[name] = own
        return own

    def during(self, edge: int) -> int:
        """Return the faults of a step and of all paths to it. That a copy of a message would come after it is none of them."""
        return self.to[self.edges.sources[edge]] | self._own(edge) & ~DUPLICATION

    @property
    def all(self) -> int:
        """Every fault of any path."""
        found = 0
        for faults in self.to:
            found |= faults
        return found
