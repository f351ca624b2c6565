"""Whether operations are linearizable, or sequentially consistent: for clauses, and for recordings of any length."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import is_
from typing import Any

from attrs import define, field

from concordant.spec.common.consistency.objects import MODELS, Model, Register, Together
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


@define(eq=False)
class LastJudged:
    """Judges operations, and remembers the last: explorers ask at once again, to see whether something answers otherwise then.

    The models of this package do not. Of another that shows only if it is asked, so that nothing is remembered.
    """

    model: Model[Any, Any]
    _operations: tuple[Operation, ...] = ()
    _judged: Mapping[str, Judgement] = field(factory=dict)

    def linearization(self, operations: Iterable[Operation]) -> Mapping[str, Judgement]:
        """Order the operations on each object in time; if they are the very objects that were judged last, as then."""
        asked = tuple(operations)
        if type(self.model) not in MODELS or len(asked) != len(self._operations) or not all(map(is_, asked, self._operations)):
            self._operations, self._judged = asked, linearization(self.model, asked)
        return self._judged


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
