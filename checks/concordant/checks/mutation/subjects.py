"""What is mutated: the machine of a protocol, or the clauses of a protocol or family; with what is needed to judge its mutants."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from pathlib import Path

from attrs import frozen

from concordant.checks.mutation.functions import Function
from concordant.checks.mutation.judging import Originals, judge
from concordant.checks.mutation.mutants import Mutant, mutants_of
from concordant.checks.mutation.readings import Reading
from concordant.checks.mutation.records import Record
from concordant.checks.mutation.weakening import (
    Requirement,
    Written,
    judge_clause,
    readings_of,
    refutations,
    specified,
    weakened,
    written,
)
from concordant.checks.registry import PROOFS, SCOPES, Protocol, protocols


class Part(Enum):
    """What of a stem is mutated."""

    MACHINE = "machine"
    CLAUSES = "clauses"


@frozen(eq=False)
class Subject:
    """The mutants of a machine, or of clauses.

    `ledger`: the file that lists what survives, beside the scopes. `prepare`: returns how a mutant is judged; where that is to
    be done of many, computes first what all of them need. `protocols`: those whose files a judgement depends on.
    """

    stem: str
    part: Part
    ledger: Path
    mutants: tuple[Mutant, ...]
    prepare: Callable[[bool], Callable[[Mutant], Record]]
    protocols: tuple[Protocol, ...]


def subjects(stems: Sequence[str] = (), every: Sequence[Protocol] | None = None) -> Iterator[Subject]:
    """Yield what is mutated of these stems and families, or of all. `every`: the protocols whose pitfalls may notice."""
    every = protocols() if every is None else every
    for protocol in every:
        if protocol.explored and (not stems or protocol.stem in stems):
            ledger = _ledger(protocol, protocol.stem)
            yield Subject(protocol.stem, Part.MACHINE, ledger, mutants_of(protocol), _of_machine(protocol), (protocol,))
    for each in written(every):
        mutants = tuple(weakened(each.stem, each.functions)) if not stems or each.stem in stems else ()
        if mutants:
            yield Subject(each.stem, Part.CLAUSES, _ledger(each.by, each.stem), mutants, _of_clauses(each, every), tuple(every))


def ledgers(every: Sequence[Protocol] | None = None) -> Iterator[tuple[str, Part, Path]]:
    """Yield what has a ledger, or ought to have one: stem or family, part, and the file."""
    every = protocols() if every is None else every
    yield from ((each.stem, Part.MACHINE, _ledger(each, each.stem)) for each in every if each.explored)
    for each in written(every):
        if any(True for _ in weakened(each.stem, each.functions)):
            yield each.stem, Part.CLAUSES, _ledger(each.by, each.stem)


def families(every: Sequence[Protocol]) -> tuple[str, ...]:
    """List what clauses are written under that is no protocol of its own."""
    stems = {protocol.stem for protocol in every}
    return tuple(each.stem for each in written(every) if each.stem not in stems)


def _ledger(protocol: Protocol, stem: str) -> Path:
    file = Path(str(protocol.load(SCOPES)[-1].__file__))
    in_a_package = protocol.is_ours and len(protocol.load(SCOPES)) > 1  # as scopes that are more than a file are
    return (file.parent if in_a_package else file).with_name(f"{stem}.mutants.json")


def _of_machine(protocol: Protocol) -> Callable[[bool], Callable[[Mutant], Record]]:
    def prepare(many: bool) -> Callable[[Mutant], Record]:
        scopes = Originals(protocol)
        if many:  # before processes are forked, so that each has them
            list(scopes)
            protocol.load(PROOFS)
        return lambda mutant: judge(mutant, scopes, protocol)

    return prepare


def _of_clauses(each: Written, every: Sequence[Protocol]) -> Callable[[bool], Callable[[Mutant], Record]]:
    def needed(functions: Sequence[Function]) -> tuple[tuple[Requirement, ...], tuple[Reading, ...]]:
        return refutations(every, functions), readings_of(every, functions, specified(every))

    def prepare(many: bool) -> Callable[[Mutant], Record]:
        known = needed(each.functions) if many else None
        return lambda mutant: judge_clause(mutant, *(known or needed([mutant.function])), every)

    return prepare
