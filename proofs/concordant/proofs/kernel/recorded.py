"""Counterexamples to induction on record: the solver found them once, and they are checked each time without it.

They lie beside each proof, in `counterexamples.json`, by what is dropped or mistaken. One that no longer is a counterexample
says nothing, and the solver is asked. `python -m concordant.proofs.ledgers` writes them anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from concordant.proofs.kernel.counterexamples import CounterExample
from concordant.proofs.kernel.finite import FiniteModel, Firing, Universe
from concordant.proofs.kernel.ledger import file
from concordant.proofs.kernel.models import Model, Symbol

PARTS = ("breaks", "action", "arguments", "sizes", "rigid", "state")
Record: TypeAlias = Mapping[str, Any]
"""A counterexample as JSON, in these parts. `sizes`: of the sorts; `rigid`: what never changes; `state`: the relations before."""
Records: TypeAlias = Mapping[str, Mapping[str, Record]]
"""By kind, as in the ledger and for `mutants`, and name."""


def recorded(stem: str) -> Records:
    """Return what is on record for a protocol; nothing, where nothing is."""
    path = file(stem, "counterexamples")
    found: Records = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def standing(model: Model, record: Record | None) -> CounterExample | None:
    """Return the counterexample on record if it is one to this model, and None otherwise."""
    if record is None or not _fits(model, record):
        return None
    names = {sort: tuple(f"{sort.lower()}{number}" for number in range(count)) for sort, count in record["sizes"].items()}
    rigid = {name: value if isinstance(value, int) else _rows(value) for name, value in record["rigid"].items()}
    state = tuple(_rows(record["state"].get(name, ())) for name in model.changing)
    taken = Firing(record["action"], tuple(record["arguments"]))
    example = CounterExample(FiniteModel(model, Universe(names, rigid)), state, taken, record["breaks"])
    return None if example.faults() else example


def record_of(example: CounterExample) -> Record:
    """Return a counterexample as it is kept."""
    universe, model = example.finite.universe, example.finite.model
    return {
        "breaks": example.breaks,
        "action": example.row.action,
        "arguments": list(example.row.arguments),
        "sizes": example.sizes,
        "rigid": {name: value if isinstance(value, int) else sorted(map(list, value)) for name, value in universe.rigid.items()},
        "state": {name: sorted(map(list, rows)) for name, rows in zip(model.changing, example.state, strict=True) if rows},
    }


def written(records: Records) -> str:
    """Return records as the text of their file, one to a line."""
    kinds = (
        f" {json.dumps(kind)}: {{\n"
        + ",\n".join(f"  {json.dumps(name)}: {json.dumps(each, ensure_ascii=False)}" for name, each in entries.items())
        + "\n }"
        for kind, entries in records.items()
        if entries
    )
    return "{\n" + ",\n".join(kinds) + "\n}\n"


def _rows(rows: Iterable[list[int]]) -> frozenset[tuple[int, ...]]:
    return frozenset(map(tuple, rows))


def _fits(model: Model, record: Record) -> bool:
    """Tell whether a record is of this model's sorts, symbols, action and conjunct, and names elements that there are."""
    if set(record) != set(PARTS):
        return False
    sizes, rigid, state = record["sizes"], record["rigid"], record["state"]
    action = model.actions.get(record["action"])
    if (
        action is None
        or record["breaks"] not in model.invariants
        or set(sizes) != set(model.sorts)
        or not set(state) <= set(model.changing)
    ):
        return False
    if any(type(count) is not int or count < 1 for count in sizes.values()) or set(rigid) != set(model.symbols) - set(model.changing):
        return False
    return (
        _is_row(record["arguments"], action.parameters.values(), sizes)
        and all(_is_of(model.symbols[name], rows, sizes) for name, rows in state.items())
        and all(_is_of(model.symbols[name], value, sizes) for name, value in rigid.items())
    )


def _is_of(symbol: Symbol, value: Any, sizes: Mapping[str, int]) -> bool:
    if symbol.rigid and not symbol.domain:
        return _is_row([value], [symbol.range], sizes)
    return isinstance(value, list) and all(_is_row(each, symbol.domain, sizes) for each in value)


def _is_row(row: Any, sorts: Iterable[Any], sizes: Mapping[str, int]) -> bool:
    limits = [sizes.get(str(sort), 0) for sort in sorts]
    return (
        isinstance(row, list) and len(row) == len(limits) and all(type(e) is int and 0 <= e < n for e, n in zip(row, limits, strict=True))
    )
