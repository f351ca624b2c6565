"""Whether operations are linearizable, or sequentially consistent: for clauses, and for recordings of any length."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from concordant.spec.common.consistency.objects import Model, Register, Together
from concordant.spec.common.consistency.operations import Operation, split
from concordant.spec.common.consistency.ordering import After, InTime, Judgement, order
from concordant.spec.common.consistency.registers import register_order


def linearization(model: Model[Any, Any], operations: Iterable[Operation], budget: int | None = None) -> Mapping[str, Judgement]:
    """Order the operations on each object in time; an object is left out while none of its operations was answered.

    A history is linearizable if that of each object is (Herlihy and Wing, theorem 1). `budget`: for each object, see `order`;
    a register in which every value is written once needs none.
    """
    by_key: dict[str, list[Operation]] = {}
    for operation in operations:
        by_key.setdefault(operation.request.key, []).append(operation)  # type: ignore[attr-defined]  # requests of the model have keys
    judged = {}
    for key, own in sorted(by_key.items()):
        required, optional = split(own)
        if required:
            known = register_order(model.initial, own) if isinstance(model, Register) else None
            judged[key] = known or order(model, required, optional, InTime.of(required, optional), budget)
    return judged


def sequential_order(model: Model[Any, Any], operations: Iterable[Operation], budget: int | None = None) -> Judgement:
    """Order all operations so that those of each client keep their order."""
    required, optional = split(operations)
    return order(
        Together(model),
        required,
        optional,
        After(*(tuple(_earlier(each, required) for each in some) for some in (required, optional))),
        budget,
    )


def _earlier(operation: Operation, among: Iterable[Operation]) -> int:
    """Return, as bits, which operations its client had ended before it began another."""
    return sum(1 << place for place, other in enumerate(among) if other.client == operation.client and other.before(operation))
