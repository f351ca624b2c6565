"""What holds of registers without one order for all: causal memory, and *read your writes*.

Both ask who read from whom, which is only known where every value is written once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from concordant.spec.common.consistency.objects import Register, Together, Value, Write
from concordant.spec.common.consistency.operations import Operation
from concordant.spec.common.consistency.ordering import After, Judgement, Ordered, Unordered, order
from concordant.spec.common.consistency.registers import Sources, sources
from concordant.spec.vocabulary import Address, likeness

Edges = dict[Operation, set[Operation]]
"""What comes before each operation."""


def causal_orders(model: Register, operations: Iterable[Operation], budget: int | None = None) -> Mapping[Address, Judgement]:
    """Order, for each client that was answered anything, all writes and its own reads, so that causes come before effects."""
    known = _by_key(model, operations)
    if unwritten := [read for each in known.values() for read in each.from_nowhere]:
        return {unwritten[0].client: Unordered((), tuple(unwritten[:1]))}
    taken = [each for each in _all(known) if each.ends is not None or isinstance(each.request, Write)]
    before = _program_order(taken)
    for register in known.values():
        for value, reads in register.reads.items():
            for read in reads:
                before[read] |= {register.writes[value]} if value in register.writes else set()
    try:
        ordered = tuple(TopologicalSorter(before).static_order())
    except CycleError as circle:
        stuck: tuple[Operation, ...] = tuple(dict.fromkeys(circle.args[1]))
        return {stuck[0].client: Unordered((), stuck)}
    causes: Edges = {}
    for each in ordered:
        causes[each] = before[each].union(*(causes[other] for other in before[each]))
    judged = {}
    for client in sorted({each.client for each in taken if each.ends is not None}):
        own = [each for each in ordered if isinstance(each.request, Write) or each.client == client]
        places = {each: place for place, each in enumerate(own)}
        bits = tuple(sum(1 << places[cause] for cause in causes[each] if cause in places) for each in own)
        judged[client] = order(Together(model), own, (), After(bits), budget)
    return judged


def own_writes(model: Register, operations: Iterable[Operation]) -> Mapping[str, Judgement]:
    """Order the writes of each register that some client has read after it wrote, so that each saw its last write, or a later one."""
    judged: dict[str, Judgement] = {}
    for key, known in sorted(_by_key(model, operations).items()):
        before = _program_order(known.writes.values())
        asked = [(read, last) for reads in known.reads.values() for read in reads if (last := _last_write(known, read)) is not None]
        stale = [read for read, _ in asked if likeness(_value(read)) not in known.writes]
        for read, last in asked:
            seen = known.writes.get(likeness(_value(read)), last)
            before[seen] |= {last} - {seen}
        try:
            found = tuple(TopologicalSorter(before).static_order())
        except CycleError as circle:
            stale.extend(circle.args[1][:-1])
        if asked:
            judged[key] = Unordered((), tuple(stale)) if stale else Ordered(found)
    return judged


def _by_key(model: Register, operations: Iterable[Operation]) -> dict[str, Sources]:
    by_key: dict[str, list[Operation]] = {}
    for operation in operations:
        by_key.setdefault(operation.request.key, []).append(operation)  # type: ignore[attr-defined]  # requests of the model have keys
    known = {}
    for key, own in by_key.items():
        found = sources(model.initial, own)
        if found is None:
            raise ValueError(
                f"register {key!r}: a value is written twice, or swapped, so that nobody knows who read it from whom; write each once"
            )
        known[key] = found
    return known


def _all(known: Mapping[str, Sources]) -> tuple[Operation, ...]:
    return tuple(
        each for one in known.values() for each in (*one.writes.values(), *(read for reads in one.reads.values() for read in reads))
    )


def _program_order(operations: Iterable[Operation]) -> Edges:
    """Return what the client of each operation had ended before."""
    listed = tuple(operations)
    return {each: {other for other in listed if other.client == each.client and other.before(each)} for each in listed}


def _last_write(known: Sources, read: Operation) -> Operation | None:
    own = [write for write in known.writes.values() if write.client == read.client and write.before(read)]
    return max(own, key=lambda write: write.begins, default=None)


def _value(read: Operation) -> object:
    return read.answer.value if isinstance(read.answer, Value) else None
