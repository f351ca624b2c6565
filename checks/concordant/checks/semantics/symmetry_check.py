"""Is a declared symmetry true? Whatever a run used is repeated with blocks exchanged, and must give the same.

Rows, folds, and what a process arms, shows and leaves behind are repeated with neighbouring blocks exchanged, and so is
whatever that brings, until nothing is new: neighbours generate the whole symmetry, so that nothing can hide behind a
longer permutation. Clauses need not be symmetric: `images.py` has them judged of all images.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, combinations
from typing import TypeAlias, TypeVar

from attrs import define, field, frozen

from concordant.checks.misuse import BrokenRule
from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.handlers import BrokenProcess
from concordant.checks.semantics.parts import Parts
from concordant.checks.semantics.renaming import Renamer, Renaming
from concordant.checks.semantics.rows import BrokenHistory, BrokenSystem, Happening, Row, key_of_happenings
from concordant.checks.semantics.states import State
from concordant.checks.semantics.symmetry import Symmetry, exchange
from concordant.checks.semantics.texts import move_text
from concordant.refimpl.machine import Block, Handled
from concordant.spec.vocabulary import Address, Send, same

X = TypeVar("X")


class UntrueSymmetry(BrokenRule):
    """Processes that were declared interchangeable are not; the text names what tells them apart."""


@frozen
class Asymmetry:
    """Something that tells two blocks apart: the row (input, process, state) or fold, and what differs."""

    block: Block
    other: Block
    what: str
    difference: str

    def __str__(self) -> str:
        first, second = (" with ".join(map(str, block)) for block in (self.block, self.other))
        return f"{first} and {second} are not interchangeable, though the system declares them symmetric\n  {self.what}: {self.difference}"


def require_same_start(symmetry: Symmetry, start: State) -> None:
    """Raise UntrueSymmetry if the first state tells blocks apart: images of what is reached from it might then be out of reach."""
    for block, other in symmetry.neighbours():
        image = symmetry.renamer.state(start, exchange(block, other))
        if image != start:
            part = next(name for name, here, there in zip(State._fields, start, image, strict=True) if here != there)
            raise UntrueSymmetry(str(Asymmetry(block, other, "the first state", f"tells them apart, by its {_PARTS[part]}")))


_PARTS = {"locals": "processes", "flight": "messages in flight", "users": "users", "history": "history", "dials": "clocks"}


def check_symmetry(symmetry: Symmetry, events: tuple[type, ...] = ()) -> None:
    """Raise UntrueSymmetry at the first thing of the run that tells two interchangeable blocks apart.

    `events`: the classes of events that clauses look at.
    """
    for asymmetry in asymmetries(symmetry, events):
        raise UntrueSymmetry(str(asymmetry))


def asymmetries(symmetry: Symmetry, events: tuple[type, ...] = ()) -> Iterator[Asymmetry]:
    """Yield everything of the run that tells two interchangeable blocks apart."""
    parts, machine = symmetry.parts, _Machine(symmetry.parts, symmetry.renamer, events)
    yield from _found(symmetry.neighbours(), machine.system_differs)
    for key, row in _and_what_is_added(parts.steps.rows):
        yield from _found(symmetry.neighbours(), partial(machine.row_differs, key, row))
    for process, local in _and_what_is_added(
        lambda: [(at, number) for at, table in enumerate(parts.steps.locals) for number in range(len(table))]
    ):
        yield from _found(symmetry.neighbours(), partial(machine.local_differs, process, local))
    for (history, happened), after in _and_what_is_added(parts.observations.folds):
        yield from _found(symmetry.neighbours(), partial(machine.fold_differs, history, happened, after))
    for history in _and_what_is_added(lambda: range(len(parts.observations.histories) if parts.system.byzantine else 0)):
        yield from _found(symmetry.neighbours(), partial(machine.forgeries_differ, history))


Differences: TypeAlias = Iterator[tuple[str, str]]
"""What differs, and how."""


def _and_what_is_added(listed: Callable[[], Sequence[X]]) -> Iterator[X]:
    """Yield what is listed, and then what the list has gained meanwhile."""
    known: dict[X, None] = {}
    while new := [item for item in listed() if item not in known]:
        known |= dict.fromkeys(new)
        yield from new


def _found(pairs: Iterable[tuple[Block, Block]], differences: Callable[[Renaming], Differences]) -> Iterator[Asymmetry]:
    for block, other in pairs:
        try:
            for what, difference in differences(exchange(block, other)):
                yield Asymmetry(block, other, what, difference)
        except (BrokenProcess, BrokenHistory, BrokenSystem) as error:  # in the run itself it did not break
            yield Asymmetry(block, other, "what works for one fails for the other", str(error))


@define(eq=False, repr=False)
class _Machine:
    """The parts of a system, asked whether a renaming makes a difference to them."""

    parts: Parts
    renamer: Renamer
    events: tuple[type, ...]
    _counterparts: dict[tuple[int, Renaming], set[int]] = field(factory=dict, init=False)
    """What happens, by number, in the rows renamed: the same as in a row, though perhaps in another order."""

    def system_differs(self, names: Renaming) -> Differences:
        renamer = self.renamer
        users = {user.name: user for user in self.parts.users}
        for user in self.parts.users:
            other = users[renamer.value(user.name, names)]
            asks = renamer.value(user.at, names)
            if set(asks) != set(other.at):
                yield f"{other.name} asks {text(other.at)}", f"it would ask {text(asks)}; exchange users with the processes that they ask"
            likewise = same(renamer.value(user.script, names), other.script)
            if not likewise or (user.outstanding, user.repeat) != (other.outstanding, other.repeat):
                yield f"{user.name} and {other.name}", "they have different scripts"
        who = self.parts.system.faults.who
        if set(renamer.value(who, names)) != set(who):
            yield "crashes", "one may crash and the other may not"

    def row_differs(self, key: tuple[int, int, Handled], row: Row | None, names: Renaming) -> Differences:
        parts, renamer, (process, local, move) = self.parts, self.renamer, key
        there = renamer.process(process, names)
        other = parts.steps.row(there, renamer.local(process, local, names), renamer.value(move, names))
        where = f"{move_text(move)}, in state {text(parts.steps.locals[process][local].state)}"
        if row is None or other is None:
            if row is not other:
                yield where, "one takes notice, the other does not"
            return
        leads = renamer.local(process, row.local, names)
        if leads != other.local:
            table = parts.steps.locals[there]
            yield where, f"leads to {text(table[leads].state)} renamed, but to {text(table[other.local].state)} there"
        expected, found = renamer.value(row.happenings, names), other.happenings
        if _each_time(expected) != _each_time(found):
            yield where, f"effects {_effects(expected)} renamed, but {_effects(found)} there"
        elif (by := self._tells_order_apart(process, expected, found)) is not None:
            yield where, f"sends in another order, which {by} tells apart"
        else:
            for mine, theirs in zip(versions(parts, process, row), versions(parts, there, other, names), strict=True):
                self._counterparts.setdefault((mine, names), set()).add(theirs)

    def _tells_order_apart(self, process: int, expected: tuple[Happening, ...], found: tuple[Happening, ...]) -> str | None:
        network, faults = self.parts.system.network, self.parts.system.faults
        if faults.mid_step and self.parts.addresses[process] in faults.who and not same(_sends(expected), _sends(found)):
            return "a crash in the middle of the step"
        for to in self.parts.addresses if network.fifo or network.capacity is not None else ():
            if not same(_sends(expected, to), _sends(found, to)):
                return "a network in order" if network.fifo else "a network with capacity"
        return None

    def local_differs(self, process: int, local: int, names: Renaming) -> Differences:
        parts, renamer = self.parts, self.renamer
        other, renamed = renamer.process(process, names), renamer.local(process, local, names)
        here, there = parts.addresses[process], parts.addresses[other]
        what = f"{here} in state {text(parts.steps.locals[process][local].state)}"
        if Counter(renamer.value(parts.steps.armed(process, local), names)) != Counter(parts.steps.armed(other, renamed)):
            yield what, f"arms other triggers than {there}"
        if renamer.view(parts.observations.view(process, local), names) != parts.observations.view(other, renamed):
            yield what, f"shows another view than {there}"
        if parts.steps.locals[process][local].up and here in parts.system.faults.who:
            left = {renamer.local(process, survivor, names) for survivor in parts.steps.survivors(process, local)}
            if left != set(parts.steps.survivors(other, renamed)):
                yield what, f"a crash leaves other states than of {there}"

    def fold_differs(self, history: int, happened: int, after: int, names: Renaming) -> Differences:
        parts, renamer = self.parts, self.renamer
        renamed, expected = renamer.history(history, names), renamer.history(after, names)
        orders = sorted(self._counterparts.get((happened, names), ()) or self._without_row(happened, names))
        if len(orders) > 1 and any(isinstance(what, self.events) for _, _, what in parts.steps.happened[happened]):
            yield (
                f"what happens, {_effects(parts.steps.happened[happened])}",
                "comes in several orders elsewhere, which a clause about events tells apart",
            )
        for order in orders:
            if parts.observations.fold(renamed, order) != expected:
                yield (
                    f"the history {text(parts.observations.histories[history])}",
                    f"tells them apart after {_effects(parts.steps.happened[order])}",
                )

    def _without_row(self, happened: int, names: Renaming) -> tuple[int, ...]:
        """Return what a crash is renamed; nothing for the first steps, of which a symmetry demands nothing: any state may be the first."""
        return (self.renamer.happened(happened, names),) if len(self.parts.steps.happened[happened]) == 1 else ()

    def forgeries_differ(self, history: int, names: Renaming) -> Differences:
        forged = self.renamer.value(self.parts.environment.forgeries(history), names)
        if Counter(forged) != Counter(self.parts.environment.forgeries(self.renamer.history(history, names))):
            yield "what may be forged", f"tells them apart, after {text(self.parts.observations.histories[history])}"


def versions(parts: Parts, process: int, row: Row, names: Renaming = ()) -> Iterator[int]:
    """Yield what a row's happenings may be for the history: some users no longer wait, or a crash cuts the step.

    `names` tells how the users of another row are called in this one, so that versions of both come in one order.
    """
    back = {new: old for old, new in names}
    users = sorted((parts.users[number].name for number in row.answered), key=lambda name: back.get(name, name))
    for gone in chain.from_iterable(combinations(users, many) for many in range(len(users) + 1)):
        yield parts.steps.happened.id(parts.steps.unheard(row.happenings, frozenset(gone)))
    if parts.system.faults.mid_step:
        for sends in range(len(_sends(row.happenings)) + 1):
            yield parts.steps.cut(process, row, sends)[1]


def _each_time(happenings: tuple[Happening, ...]) -> Counter[Hashable]:
    """Return how often each thing happens, in whichever order. What is merely equal to another is not that."""
    return Counter(key_of_happenings(happenings))


def _sends(happenings: Iterable[Happening], to: Address | None = None) -> tuple[Send, ...]:
    """Return what is sent, to anybody or to one."""
    return tuple([what for _, _, what in happenings if isinstance(what, Send) and to in (None, what.to)])


def _effects(happenings: Iterable[Happening]) -> str:
    return text(tuple(happening.what for happening in happenings))
