"""What clauses see of a state, with their reads recorded, so that an answer is reused wherever the same was read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, TypeVar

from attrs import define, field

from concordant.checks.semantics.parts import Parts
from concordant.checks.semantics.states import State, up, waiting
from concordant.spec.vocabulary import Address, Call

A = TypeVar("A")
V = TypeVar("V")

HISTORY, WAITING = 0, 1
"""Slots that can be read; the view of process p is slot 2 + 2p, as `ViewsOfClass` knows, too, and whether it is up slot 3 + 2p."""

FEW = 32
"""So many slots have a node each at once; more are kept together until another run differs in one of them."""


def read(parts: Parts, state: State, slot: int) -> object:
    """Return what stands in a slot, as something small to compare."""
    if slot == HISTORY:
        return state.history
    if slot == WAITING:
        return tuple(calls for _, calls in state.users)
    process = slot // 2 - 1
    return up(parts, state, process) if slot % 2 else parts.observations.view(process, state.locals[process])


@define(eq=False, repr=False)
class Snapshot:
    """One state, as clauses see it. `reads` collects the slots read, in order. `scrambled`: with sets in another order.

    It has nothing else that a clause could ask: what is not recorded would be taken for the same in all states.
    """

    _parts: Parts
    _state: State
    _reads: dict[int, None] = field(factory=dict)
    _scrambled: bool = False

    @property
    def history(self) -> Any:
        """The history."""
        self._reads[HISTORY] = None
        return self._parts.observations.told(self._state.history, again=self._scrambled)

    @property
    def compared(self) -> Any:
        """What is remembered beside the history: how the run compares with a specification."""
        self._reads[HISTORY] = None
        return self._parts.observations.histories[self._state.history]

    def views(self, view: type[V], /) -> Mapping[Address, V]:
        """Return the views of this class, by process."""
        observations, locals_ = self._parts.observations, self._state.locals
        values: Any = observations.scrambled_view if self._scrambled else observations.views.values
        showing = observations.showing(view)
        self._reads.update(showing.slots)
        return {address: values[numbers[locals_[process]]] for process, address, numbers in showing.places}

    def up(self, process: Address, /) -> bool:
        """Tell whether a process is up."""
        number = self._parts.index[process]
        self._reads[3 + 2 * number] = None
        return up(self._parts, self._state, number)

    def waiting(self) -> tuple[Call, ...]:
        """List the open calls."""
        self._reads[WAITING] = None
        return waiting(self._parts, self._state)

    @property
    def again(self) -> Snapshot:
        """The same state with sets in another order."""
        return Snapshot(self._parts, self._state, self._reads, scrambled=True)


@define(eq=False, repr=False)
class Memo(Generic[A]):
    """A function of what is seen, run once for each distinct sequence of what it read.

    A tree of decisions: a node names the next slot to read and has a branch per value; a leaf holds the answer.
    Where many slots are still to be read after which one run is all that is known, they lie together in one node, as its rest.
    `reads`: the slots that were read in any run.
    """

    parts: Parts
    function: Callable[..., A]
    runs: int = field(default=0, init=False)
    reads: set[int] = field(factory=set, init=False)
    _roots: dict[tuple[object, ...], dict[Any, Any]] = field(factory=dict, init=False)

    def __call__(self, state: State, *given: object) -> A:
        """Return the answer in a state; `given` are further arguments, by value."""
        node = self._roots.setdefault(given, {})
        while (slot := node.get("slot")) is not None:
            value = read(self.parts, state, slot)
            node = node.setdefault((value,), {})
        if "answer" not in node:
            node = self._after_rest(state, node) if "rest" in node else node
            node = node if "answer" in node else self._run(state, given, node)
        answer: A = node["answer"]
        return answer

    def known(self, seen: Mapping[int, object], given: tuple[object, ...]) -> tuple[A] | None:
        """Return the answer, alone in a tuple, if it is known of all states that show this in these slots."""
        node = self._roots.get(given, {})
        while (slot := node.get("slot")) is not None:
            if slot not in seen:
                return None
            node = node.get((seen[slot],), {})
        if "rest" in node:
            slots, values, leaf = node["rest"]
            same = all(slot in seen and seen[slot] == value for slot, value in zip(slots, values, strict=True))
            node = leaf if same else {}
        return (node["answer"],) if "answer" in node else None

    def _after_rest(self, state: State, node: dict[Any, Any]) -> dict[Any, Any]:
        """Return where the rest of a node leads in a state; it is divided where the state shows something else."""
        slots, values, leaf = node["rest"]
        same: dict[Any, Any] = leaf
        other: dict[Any, Any] = {}
        place = next((place for place, slot in enumerate(slots) if read(self.parts, state, slot) != values[place]), None)
        if place is None:
            return same
        del node["rest"]
        for slot, value in zip(slots[: place + 1], values, strict=False):
            node["slot"] = slot
            above, node = node, node.setdefault((value,), {})
        rest = slots[place + 1 :]
        node |= {"rest": (rest, values[place + 1 :], leaf)} if rest else leaf
        above[read(self.parts, state, slots[place]),] = other
        return other

    def run(self, state: State, *given: object) -> tuple[A, Iterable[int]]:
        """Run the function, whatever is known; return the answer, and the slots that it read, in order."""
        reads: dict[int, None] = {}
        answer = self.function(Snapshot(self.parts, state, reads), *given)
        self.runs += 1
        self.reads.update(reads)
        return answer, reads

    def _run(self, state: State, given: tuple[object, ...], node: dict[Any, Any]) -> dict[Any, Any]:
        """Run the function and grow the tree from the node at which it was unknown."""
        answer, reads = self.run(state, *given)
        root = self._roots[given]
        known: set[int] = set()
        walked = root
        while walked is not node:
            known.add(walked["slot"])
            walked = walked[(read(self.parts, state, walked["slot"]),)]
        slots = tuple(slot for slot in reads if slot not in known)
        leaf = {"answer": answer}
        if len(slots) > FEW:
            node["rest"] = slots, tuple(read(self.parts, state, slot) for slot in slots), leaf
            return leaf
        for slot in slots:
            node["slot"] = slot
            node = node.setdefault((read(self.parts, state, slot),), {})
        node |= leaf
        return node
